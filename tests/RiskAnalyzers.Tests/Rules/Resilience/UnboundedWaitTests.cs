using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Resilience;

public sealed class UnboundedWaitTests() : RuleTest("RISK5005")
{
    private const string Gateway = "interface IRates { Task<string> GetAsync(string code); } class Rates(HttpClient client) : IRates { public async Task<string> GetAsync(string code) => await ";

    private static string Setup(string registration) => $"static class Setup {{ public static void Add(IServiceCollection services) {{ {registration} }} }}";

    [Fact]
    public Task A_client_for_one_call() => Flags("class C { public async Task<string> PostAsync(Uri url, HttpContent content) { using var client = [|new HttpClient()|]; var answer = await client.PostAsync(url, content); return await answer.Content.ReadAsStringAsync(); } }");

    [Fact]
    public Task A_client_in_a_field() => Flags("class C { private readonly HttpClient _client = [|new HttpClient()|]; public Task<string> Rate(string code) => _client.GetStringAsync(code); }");

    [Fact]
    public Task A_static_client() => Flags("class C { static readonly HttpClient Client = [|new()|]; public Task<string> Rate(string code) => Client.GetStringAsync(code); }");

    [Fact]
    public Task A_client_with_a_handler() => Flags("class C { public HttpClient Make(HttpMessageHandler handler) => [|new HttpClient(handler)|]; }");

    [Fact]
    public Task A_client_with_an_address_only() => Flags("class C { readonly HttpClient client; public C(string url) { client = [|new HttpClient { BaseAddress = new Uri(url) }|]; } public Task<string> M() => client.GetStringAsync(\"/\"); }");

    [Fact]
    public Task An_endless_time_out() => Flags("class C : ShopCode { public void M() { [|http.Timeout = Timeout.InfiniteTimeSpan|]; } }");

    [Fact]
    public Task Five_minutes() => Flags("class C : ShopCode { public void M() { [|http.Timeout = TimeSpan.FromMinutes(5)|]; } }");

    [Fact]
    public Task A_hundred_seconds_in_an_initializer() => Flags("class C { readonly HttpClient client = new() { [|Timeout = TimeSpan.FromSeconds(100)|] }; }");

    [Fact]
    public Task A_command_that_may_run_for_ever() => Flags("class C { public int M(System.Data.Common.DbCommand command) { [|command.CommandTimeout = 0|]; return command.ExecuteNonQuery(); } }");

    [Fact]
    public Task In_the_registration() => Flags(Setup("services.AddHttpClient<IRates, Rates>(client => { client.BaseAddress = new Uri(\"https://rates.example\"); [|client.Timeout = TimeSpan.FromMinutes(2)|]; });") + Gateway + "client.GetStringAsync(code); }");

    [Fact]
    public Task A_typed_client_that_is_registered_without_one() => Flags(Setup("services.AddHttpClient<IRates, Rates>(client => client.BaseAddress = new Uri(\"https://rates.example\"));") + Gateway + "[|client.GetStringAsync(code)|]; }");

    [Fact]
    public Task A_named_client_that_is_registered_without_one() => Flags(Setup("services.AddHttpClient(\"rates\");") + "class C(IHttpClientFactory factory) { public async Task<string> M(string code) { var client = factory.CreateClient(\"rates\"); return await [|client.GetStringAsync(code)|]; } }");

    [Fact]
    public Task A_client_in_a_static_method() => Flags("static class Payments { public static async Task<bool> Pay(Order order) { var answer = await [|new HttpClient()|].PostAsJsonAsync(\"https://pay.example\", order); return answer.IsSuccessStatusCode; } }");

    [Fact]
    public Task Ten_seconds_take_its_place() => Fixes(
        "class C { readonly HttpClient client = [|new HttpClient()|]; readonly HttpClient other = [|new() { BaseAddress = null }|]; void M() { [|client.Timeout = Timeout.InfiniteTimeSpan|]; } void N() { } }".Replace("readonly HttpClient client = [|new HttpClient()|]", "readonly HttpClient client = null!"),
        "class C { readonly HttpClient client = null!; readonly HttpClient other = new() { BaseAddress = null, Timeout = TimeSpan.FromSeconds(10) }; void M() { client.Timeout = TimeSpan.FromSeconds(10); } void N() { } }");

    [Fact]
    public Task A_time_out_takes_the_place_of_none() => Fixes(
        "class C { public Task<string> M(string url) => [|new HttpClient()|].GetStringAsync(url); }",
        "class C { public Task<string> M(string url) => new HttpClient() { Timeout = TimeSpan.FromSeconds(10) }.GetStringAsync(url); }");

    [Fact]
    public Task A_time_out_in_the_initializer() => Allows("class C { static readonly HttpClient Client = new() { Timeout = TimeSpan.FromSeconds(5) }; }");

    [Fact]
    public Task A_time_out_in_the_constructor() => Allows("class C { readonly HttpClient client = new(); public C() { client.Timeout = TimeSpan.FromSeconds(10); } }");

    [Fact]
    public Task A_time_out_in_the_same_method() => Allows("class C { public async Task<string> M(string url) { using var client = new HttpClient(); client.Timeout = TimeSpan.FromSeconds(10); return await client.GetStringAsync(url); } }");

    [Fact]
    public Task A_deadline() => Allows("class C { public async Task<string> M(string url) { using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5)); using var client = new HttpClient(); return await client.GetStringAsync(url, limit.Token); } }");

    [Fact]
    public Task A_time_out_from_settings() => Allows("class C : ShopCode { public void M() { http.Timeout = TimeSpan.FromSeconds(config.GetValue<int>(\"Timeout\")); } }");

    [Fact]
    public Task Thirty_seconds() => Allows("class C : ShopCode { public void M() { http.Timeout = TimeSpan.FromSeconds(30); } }");

    [Fact]
    public Task A_typed_client_with_a_time_out() => Allows(Setup("services.AddHttpClient<IRates, Rates>(client => client.Timeout = TimeSpan.FromSeconds(5));") + Gateway + "client.GetStringAsync(code); }");

    [Fact]
    public Task A_typed_client_with_a_resilience_handler() => Allows(Setup("services.AddHttpClient<IRates, Rates>().AddStandardResilienceHandler();") + Gateway + "client.GetStringAsync(code); }");

    [Fact]
    public Task All_clients_have_a_resilience_handler() => Allows(Setup("services.ConfigureHttpClientDefaults(all => all.AddStandardResilienceHandler()); services.AddHttpClient<IRates, Rates>();") + Gateway + "client.GetStringAsync(code); }");

    [Fact]
    public Task The_service_defaults_of_a_shared_project() => Allows("static class Defaults { public static void AddServiceDefaults(this IServiceCollection services) { } } " + Setup("services.AddServiceDefaults(); services.AddHttpClient<IRates, Rates>();") + Gateway + "client.GetStringAsync(code); }");

    [Fact]
    public Task A_typed_client_that_sets_its_own() => Allows(Setup("services.AddHttpClient<Rates>();") + "class Rates { readonly HttpClient _client; public Rates(HttpClient client) { _client = client; _client.Timeout = TimeSpan.FromSeconds(3); } public Task<string> Get(string code) => _client.GetStringAsync(code); }");

    [Fact]
    public Task A_typed_client_that_gets_a_token() => Allows(Setup("services.AddHttpClient<Rates>();") + "class Rates(HttpClient client) { public Task<string> Get(string code, CancellationToken ct) => client.GetStringAsync(code, ct); }");

    [Fact]
    public Task A_client_that_somebody_else_registers() => Allows("class Rates(HttpClient client) { public Task<string> Get(string code) => client.GetStringAsync(code); }");

    [Fact]
    public Task An_endless_client_under_a_resilience_handler() => Allows(Setup("services.AddHttpClient(\"rates\", client => client.Timeout = Timeout.InfiniteTimeSpan).AddStandardResilienceHandler();"));

    [Fact]
    public Task A_command_of_half_a_minute() => Allows("class C { public int M(System.Data.Common.DbCommand command) { command.CommandTimeout = 30; return command.ExecuteNonQuery(); } }");

    [Fact]
    public Task A_session_that_lasts() => Allows("class Options { public TimeSpan IdleTimeout { get; set; } } class C { public void M(Options session) { session.IdleTimeout = TimeSpan.FromMinutes(20); } }");

    [Fact]
    public Task A_spare_for_a_client_that_is_given() => Allows("class Rates { readonly HttpClient client; public Rates(HttpClient? client = null) { this.client = client ?? new HttpClient(); } public Task<string> Get(CancellationToken ct) => client.GetStringAsync(\"https://rates.example/\", ct); }");

    [Fact]
    public Task A_spare_for_a_setting() => Flags("class Rates { static HttpClient? made; public static HttpClient Client => made ??= [|new HttpClient()|]; }");

    [Fact]
    public Task Another_program() => Flags("class Backup { public async Task Run(System.Diagnostics.ProcessStartInfo dump) { using var process = System.Diagnostics.Process.Start(dump)!; await [|process.WaitForExitAsync()|]; } }");

    [Fact]
    public Task Another_program_that_is_waited_for_in_place() => Flags("class Backup { public void Run(System.Diagnostics.Process process) { process.Start(); [|process.WaitForExit()|]; } }");

    [Fact]
    public Task Another_program_with_a_limit() => Allows("class Backup { public async Task Run(System.Diagnostics.Process process, CancellationToken ct) { await process.WaitForExitAsync(ct); if (!process.WaitForExit(5000)) process.Kill(); } }");

    [Fact]
    public Task A_shell_that_asks_who_it_is() => Allows("class C { public string M() { var process = new System.Diagnostics.Process { StartInfo = new System.Diagnostics.ProcessStartInfo { FileName = \"/bin/sh\", Arguments = \"-c \\\"id -u\\\"\", RedirectStandardOutput = true } }; process.Start(); process.WaitForExit(); return process.StandardOutput.ReadToEnd(); } }");

    [Fact]
    public Task A_converter_that_draws_the_invoice() => Flags("class C { public void M(string html) { var info = new System.Diagnostics.ProcessStartInfo(\"wkhtmltopdf\", html + \" invoice.pdf\"); using var process = System.Diagnostics.Process.Start(info)!; [|process.WaitForExit()|]; } }");

    private const string Smtp = """
        public class SmtpClient : IDisposable
        {
            public int Timeout { get; set; }
            public Task ConnectAsync(string host, int port, CancellationToken cancellationToken = default) => Task.CompletedTask;
            public Task SendAsync(object message, CancellationToken cancellationToken = default) => Task.CompletedTask;
            public void Dispose() { }
        }

        """;

    [Fact]
    public Task A_mail_server_within_the_request() => Flags(Smtp + "class Mailer { public async Task SendAsync(object mail) { using var smtp = new SmtpClient(); await [|smtp.ConnectAsync(\"mail\", 587)|]; await smtp.SendAsync(mail); } }");

    [Fact]
    public Task A_token_that_never_ends_the_mail() => Flags(Smtp + "class Mailer { public async Task SendAsync(object mail) { using var smtp = new SmtpClient(); await [|smtp.ConnectAsync(\"mail\", 587, CancellationToken.None)|]; } }");

    [Fact]
    public Task A_mail_of_the_framework() => Flags("class Mailer { public async Task SendAsync(System.Net.Mail.MailMessage mail) { using var smtp = new System.Net.Mail.SmtpClient(\"mail\") { Timeout = 5000 }; await [|smtp.SendMailAsync(mail)|]; } }");

    [Fact]
    public Task A_mail_with_a_time_out() => Allows(Smtp + "class Mailer { public async Task SendAsync(object mail) { using var smtp = new SmtpClient { Timeout = 10000 }; await smtp.ConnectAsync(\"mail\", 587); } }");

    [Fact]
    public Task A_mail_with_a_token() => Allows(Smtp + "class Mailer { public async Task SendAsync(object mail, CancellationToken token) { using var smtp = new SmtpClient(); await smtp.ConnectAsync(\"mail\", 587, token); } public async Task Old(System.Net.Mail.MailMessage mail, CancellationToken token) { using var smtp = new System.Net.Mail.SmtpClient(\"mail\"); await smtp.SendMailAsync(mail, token); } }");
}

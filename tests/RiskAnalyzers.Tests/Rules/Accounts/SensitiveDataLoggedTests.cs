using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Accounts;

public sealed class SensitiveDataLoggedTests() : RuleTest("RISK3005")
{
    [Fact]
    public Task A_password_in_a_template() => Flags("record Login(string Email, string Password); class C : ShopCode { void F(Login r) => log.LogInformation(\"Login with {Password}\", [|r.Password|]); }");

    [Fact]
    public Task A_token_in_an_interpolation() => Flags("class C : ShopCode { void F(string resetToken) => log.LogDebug($\"Reset with {[|resetToken|]}\"); }");

    [Fact]
    public Task A_card_s_number() => Flags(
        "class PaymentCard { public string Number { get; set; } = \"\"; public string Cvv { get; set; } = \"\"; } class C : ShopCode { void F(PaymentCard card) => log.LogInformation(\"{Number} {Cvv}\", [|card.Number|], [|card.Cvv|]); }");

    [Fact]
    public Task A_key_on_the_console() => Flags("class C { void F(string apiKey) => Console.WriteLine(\"Using key \" + [|apiKey|]); }");

    [Fact]
    public Task An_address_of_a_person() => Flags("class C : ShopCode { void F(Customer c) => log.LogWarning(\"Unknown user {Email}\", [|c.Email|]); }");

    [Fact]
    public Task An_address_in_every_line_of_a_scope() => Flags("""
        namespace Serilog.Context { public static class LogContext { public static IDisposable PushProperty(string name, object? value) => throw new InvalidOperationException(name); } }
        class AuditMiddleware
        {
            async Task Run(HttpContext context, Func<Task> next)
            {
                var who = context.User.Identity?.IsAuthenticated == true ? context.User.FindFirst(ClaimTypes.Email)?.Value ?? "unknown" : "anonymous";
                using (Serilog.Context.LogContext.PushProperty("user", [|who|])) await next();
            }
        }
        """);

    [Fact]
    public Task A_claim_with_an_address() => Flags("class C : ShopCode { void F() => log.LogError(\"Failed for {User}\", [|User?.FindFirstValue(ClaimTypes.Email) ?? \"nobody\"|]); }".Replace("[|User?.FindFirstValue(ClaimTypes.Email) ?? \"nobody\"|]", "[|User.FindFirstValue(ClaimTypes.Email)|] ?? \"nobody\""));

    [Fact]
    public Task The_values_of_every_statement() => Flags("static class C { static void Add(IServiceCollection services) => services.AddDbContext<ShopDb>(options => options.LogTo(Console.WriteLine).[|EnableSensitiveDataLogging|]()); }");

    [Fact]
    public Task The_values_of_statements_on_a_developer_s_machine() => Allows("static class C { static void Add(IServiceCollection services, IHostEnvironment environment) => services.AddDbContext<ShopDb>(options => { if (environment.IsDevelopment()) options.EnableSensitiveDataLogging(); }); }");

    [Fact]
    public Task The_values_of_statements_by_a_setting() => Allows("static class C { static void Add(IServiceCollection services, IHostEnvironment environment) => services.AddDbContext<ShopDb>(options => options.EnableSensitiveDataLogging(environment.IsDevelopment())); }");

    [Fact]
    public Task A_claim_with_a_number() => Allows("class C : ShopCode { void F() => log.LogError(\"Failed for {User}\", User.FindFirstValue(ClaimTypes.NameIdentifier)); }");

    [Fact]
    public Task A_whole_request_destructured() => Flags(
        "class RegisterRequest { public string Email { get; set; } = \"\"; public string Password { get; set; } = \"\"; } class C : ShopCode { void F(RegisterRequest request) => log.LogInformation(\"Registering {@Request}\", [|request|]); }");

    [Fact]
    public Task A_record_prints_all_its_members() => Flags("record Charge(decimal Amount, string CardNumber); class C : ShopCode { void F(Charge charge) => log.LogInformation(\"Charging {Charge}\", [|charge|]); }");

    [Fact]
    public Task A_request_as_json() => Flags(
        "class Login { public string Password { get; set; } = \"\"; } class C : ShopCode { void F(Login login) => log.LogInformation(\"Login: {Json}\", JsonSerializer.Serialize([|login|])); }");

    [Fact]
    public Task A_link_that_carries_the_token() => Flags("""
        class C : ShopCode
        {
            async Task F(IdentityUser u)
            {
                var token = await users.GeneratePasswordResetTokenAsync(u);
                var callback = $"https://shop/reset?token={Uri.EscapeDataString(token)}";
                log.LogInformation("Reset link: {Link}", [|callback|]);
            }
        }
        """);

    [Fact]
    public Task A_seeded_password_in_the_message() => Flags("class C : ShopCode { void F() => log.LogInformation([|\"Created admin. Username: admin, Password: P@ssw0rd\"|]); }");

    [Fact]
    public Task Serilog_s_static_logger() => Flags("class C { void F(string otp) => Serilog.Log.Information(\"Code {Code}\", [|otp|]); }");

    [Fact]
    public Task A_generated_log_method() => Flags(
        "static partial class Log { [LoggerMessage(1, LogLevel.Information, \"Token {Token}\")] public static partial void Issued(ILogger logger, string token); public static partial void Issued(ILogger logger, string token) { } } class C : ShopCode { void F(string accessToken) => Log.Issued(log, [|accessToken|]); }");

    [Fact]
    public Task A_header_that_carries_credentials() => Flags("class C : ShopCode { void F() => log.LogInformation(\"Auth: {Header}\", [|Request.Headers[\"Authorization\"]|]); }");

    [Fact]
    public Task A_connection_string() => Flags("class C : ShopCode { void F(string connectionString) => log.LogInformation(\"Connecting to {Db}\", [|connectionString|]); }");

    [Fact]
    public Task The_fix_masks_the_argument() => Fixes(
        "class C : ShopCode { void F(string password) => log.LogInformation(\"Password {Password}\", [|password|]); }",
        "class C : ShopCode { void F(string password) => log.LogInformation(\"Password {Password}\", \"***\"); }");

    [Fact]
    public Task The_fix_masks_the_hole() => Fixes(
        "class C : ShopCode { void F(Customer c) => log.LogInformation($\"Token {[|c.ResetToken|]}\"); }",
        "class C : ShopCode { void F(Customer c) => log.LogInformation($\"Token {\"***\"}\"); }");

    [Fact]
    public Task The_id_of_a_user() => Allows("class C : ShopCode { void F(IdentityUser u) => log.LogInformation(\"Password changed for {UserId}\", u.Id); }");

    [Fact]
    public Task The_last_four_digits() => Allows("class Card { public string Last4 { get; set; } = \"\"; } class C : ShopCode { void F(Card card) => log.LogInformation(\"Card ending {Last4}\", card.Last4); }");

    [Fact]
    public Task The_length_of_a_password() => Allows("class C : ShopCode { void F(string password) => log.LogInformation(\"Length {Length}\", password.Length); }");

    [Fact]
    public Task A_masked_number() => Allows("class C : ShopCode { string Mask(string s) => \"***\"; void F(string cardNumber) => log.LogInformation(\"Card {Card}\", Mask(cardNumber)); }");

    [Fact]
    public Task The_word_without_the_value() => Allows("class C : ShopCode { void F() => log.LogWarning(\"Invalid password: try again. The token expired.\"); }");

    [Fact]
    public Task Whether_a_token_is_there() => Allows("class C : ShopCode { void F(string? token) => log.LogInformation(\"Has token: {HasToken}\", token is not null); }");

    [Fact]
    public Task A_token_s_type_and_expiry() => Allows("class C : ShopCode { void F(string tokenType, DateTime tokenExpiry) => log.LogInformation(\"{Type} until {Expiry}\", tokenType, tokenExpiry); }");

    [Fact]
    public Task A_cancellation_token() => Allows("class C : ShopCode { void F(CancellationToken token) => log.LogInformation(\"Cancelled: {Token}\", token); }");

    [Fact]
    public Task A_class_prints_only_its_name() => Allows("class Login { public string Password { get; set; } = \"\"; } class C : ShopCode { void F(Login login) => log.LogInformation(\"Login {Login}\", login); }");

    [Fact]
    public Task A_request_without_secrets() => Allows("record AddItem(int ProductId, int Quantity); class C : ShopCode { void F(AddItem request) => log.LogInformation(\"{@Request}\", request); }");

    [Fact]
    public Task On_a_developer_s_machine() => Allows("class C : ShopCode { void F(string otp) { if (environment.IsDevelopment()) log.LogDebug(\"Code {Otp}\", otp); } }");

    [Fact]
    public Task Mail_is_no_log() => Allows("class C { interface IMail { void Send(string to, string text); } void F(IMail mail, string email, string resetToken) => mail.Send(email, $\"Your code: {resetToken}\"); }");

    [Fact]
    public Task A_secret_that_is_missing() => Allows("class C : ShopCode { void F(string? webhookSecret) { if (webhookSecret is null) log.LogError(\"Webhook secret is not configured\"); } }");

    [Fact]
    public Task A_scope_with_a_token() => Flags("class C : ShopCode { void F(string jwt) { using (log.BeginScope(new Dictionary<string, object> { [\"token\"] = [|jwt|] })) { } } }");

    [Fact]
    public Task All_headers() => Flags("class C : ShopCode { void F() => log.LogInformation(\"Headers {Headers}\", [|Request.Headers|]); }");

    [Fact]
    public Task A_tag_of_a_trace() => Flags("class C { void F(System.Diagnostics.Activity activity, string apiKey) => activity.SetTag(\"key\", [|apiKey|]); }");

    [Fact]
    public Task A_harmless_tag() => Allows("class C { void F(System.Diagnostics.Activity activity, int orderId) => activity.SetTag(\"order.id\", orderId); }");

    [Fact]
    public Task One_harmless_header() => Allows("class C : ShopCode { void F() => log.LogInformation(\"Agent {Agent}\", Request.Headers[\"User-Agent\"].ToString()); }");

    [Fact]
    public Task The_kind_of_a_tax_id() => Allows("class TaxId { public string Code { get; set; } = \"eu_vat\"; } class C : ShopCode { void F(TaxId id) => log.LogWarning(\"unknown kind {Code}\", id.Code); }");

    [Fact]
    public Task How_many_seats() => Allows("class C : ShopCode { void F(int secretsManagerSeatQuantity) => log.LogInformation(\"{Seats}\", secretsManagerSeatQuantity); }");

    [Fact]
    public Task The_same_line_once() => Flags("class C : ShopCode { void M(Customer customer) => log.LogInformation(\"{Email} {Again}\", [|customer.Email|], customer.Email); }");

    [Fact]
    public Task The_address_of_a_seeded_admin() => Allows("class AdminUserSeeder : ShopCode { void Seed(Customer admin) => log.LogInformation(\"Created {Email}\", admin.Email); }");

    [Fact]
    public Task The_password_of_a_seeded_admin() => Flags("class AdminUserSeeder : ShopCode { void Seed(string password) => log.LogInformation(\"Created with {Password}\", [|password|]); }");

    [Fact]
    public Task Every_request_of_a_pipeline() => Flags("class LoggingBehavior<TRequest, TResponse>(ILogger<LoggingBehavior<TRequest, TResponse>> log) where TRequest : notnull { public async Task<TResponse> Handle(TRequest request, Func<Task<TResponse>> next) { log.LogInformation(\"Request: {Name} {@Request}\", typeof(TRequest).Name, [|request|]); var response = await next(); log.LogInformation(\"Response: {Name} {@Response}\", typeof(TRequest).Name, [|response|]); return response; } }");

    [Fact]
    public Task The_names_of_requests() => Allows("class LoggingBehavior<TRequest, TResponse>(ILogger<LoggingBehavior<TRequest, TResponse>> log) where TRequest : notnull { public async Task<TResponse> Handle(TRequest request, Func<Task<TResponse>> next) { log.LogInformation(\"Request: {Name} {Hash}\", typeof(TRequest).Name, request.GetHashCode()); return await next(); } }");

    [Fact]
    public Task Any_row_of_a_table() => Allows("class PaymentRows<TRow>(ILogger<PaymentRows<TRow>> log) { public void Show(TRow row) => log.LogDebug(\"Row {@Row}\", row); }");

    [Fact]
    public Task The_signature_that_would_have_been_right() => Flags("""
        class WebhookVerifier(ILogger<WebhookVerifier> log)
        {
            public bool Verify(string body, string received, byte[] key)
            {
                var computedHex = Convert.ToHexString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(body)));
                if (computedHex == received) return true;
                log.LogWarning("Signature mismatch. Computed={Computed} Received={Received}", [|computedHex|], received);
                return false;
            }
        }
        """);

    [Fact]
    public Task An_expected_signature_in_a_sentence() => Flags("""
        class CallbackService : ShopCode
        {
            void Check(string data, string signature)
            {
                string expectedSignature = Sign(data);
                if (signature != expectedSignature) log.LogError($"Expected {[|expectedSignature|]} but got {signature.Length} characters");
            }
            string Sign(string data) => data + "x";
        }
        """);

    [Fact]
    public Task The_answer_of_a_token_endpoint() => Flags("""
        class CourierAuth(HttpClient http, ILogger<CourierAuth> log)
        {
            public async Task<string> GetAccessTokenAsync()
            {
                var answer = await http.PostAsync("/oauth/token", null);
                var content = await answer.Content.ReadAsStringAsync();
                log.LogInformation("Token endpoint said {Status} {Body}", answer.StatusCode, [|content|]);
                return content;
            }
        }
        """);

    [Fact]
    public Task Every_claim() => Flags("class C : ShopCode { void F() => log.LogWarning(\"No user id in {Claims}\", string.Join(\", \", [|User.Claims.Select(c => $\"{c.Type}={c.Value}\")|])); }");

    [Fact]
    public Task The_recipient_of_a_mail() => Flags("""
        class SmtpEmailService(ILogger<SmtpEmailService> log)
        {
            public async Task Send(string to, string subject)
            {
                if (subject.Length == 0) log.LogWarning("No subject for {To}", to);
                log.LogInformation("Sending to {To}", [|to|]);
                using var message = new System.Net.Mail.MailMessage("shop@shop.example", to);
                await Task.Yield();
            }
        }
        """);

    [Fact]
    public Task A_length_of_the_right_signature() => Allows("""
        class WebhookVerifier(ILogger<WebhookVerifier> log)
        {
            public bool Verify(byte[] body, string received, byte[] key)
            {
                var computedSignature = Convert.ToHexString(HMACSHA256.HashData(key, body));
                if (computedSignature.Length != received.Length) log.LogWarning("Expected {Expected} characters, got {Received}", computedSignature.Length, received);
                return computedSignature == received;
            }
        }
        """);

    [Fact]
    public Task The_answer_of_another_endpoint() => Allows("""
        class CourierService(HttpClient http, ILogger<CourierService> log)
        {
            public async Task Ship()
            {
                var answer = await http.PostAsync("/ship", null);
                var content = await answer.Content.ReadAsStringAsync();
                log.LogInformation("Courier said {Body}", content);
            }
        }
        """);

    [Fact]
    public Task The_kinds_of_claims() => Allows("class C : ShopCode { void F() => log.LogWarning(\"No user id in {Claims}\", string.Join(\", \", User.Claims.Select(c => c.Type))); }");

    [Fact]
    public Task The_recipient_of_a_transfer() => Allows("class LedgerService(ILogger<LedgerService> log) { public void Move(string to) { log.LogInformation(\"Moving to {To}\", to); Send(to); } void Send(string text) { } }");

    [Fact]
    public Task The_whole_body_of_a_request() => Flags("""
        class HookController(ILogger<HookController> log) : ControllerBase
        {
            public async Task<IActionResult> Post()
            {
                string rawBody;
                using (var reader = new StreamReader(Request.Body)) rawBody = await reader.ReadToEndAsync();
                log.LogError("Cannot read {Body}", rawBody.Length > 500 ? rawBody.Substring(0, 500) : [|rawBody|]);
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_body_of_a_file() => Allows("class Importer(ILogger<Importer> log) { public async Task Load(string path) { using var reader = new StreamReader(path); var json = await reader.ReadToEndAsync(); log.LogInformation(\"Read {Json}\", json); } }");
}

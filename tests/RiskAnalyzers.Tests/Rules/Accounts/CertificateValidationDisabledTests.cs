using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Accounts;

public sealed class CertificateValidationDisabledTests() : RuleTest("RISK3013")
{
    private const string Usings = "using System.Net.Security; using System.Security.Cryptography.X509Certificates;\n";

    [Fact]
    public Task A_callback_that_always_agrees() => Flags(
        "class C { HttpClient F() => new(new HttpClientHandler { [|ServerCertificateCustomValidationCallback = (message, certificate, chain, errors) => true|] }); }");

    [Fact]
    public Task A_callback_with_discards() => Flags("class C { void F(HttpClientHandler h) { [|h.ServerCertificateCustomValidationCallback = (_, _, _, _) => true|]; } }");

    [Fact]
    public Task The_callback_of_the_platform_that_says_it_is_dangerous() => Flags(
        "class C { void F(HttpClientHandler h) { [|h.ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator|]; } }");

    [Fact]
    public Task A_callback_that_agrees_in_a_block() => Flags(
        Usings + "class C { void F() => [|ServicePointManager.ServerCertificateValidationCallback += delegate { return true; }|]; }");

    [Fact]
    public Task A_method_that_agrees() => Flags(
        Usings + "class C { static bool Accept(object s, X509Certificate? c, X509Chain? ch, SslPolicyErrors e) { return true; } void F(SslClientAuthenticationOptions o) { [|o.RemoteCertificateValidationCallback = Accept|]; } }");

    [Fact]
    public Task An_argument_of_a_stream() => Flags(
        Usings + "class C { SslStream F(Stream s) => new(s, false, [|(sender, cert, chain, errors) => true|]); }");

    [Fact]
    public Task A_check_that_is_taken_back() => Flags(
        Usings + "class C { SocketsHttpHandler F() => new() { SslOptions = new SslClientAuthenticationOptions { [|RemoteCertificateValidationCallback = (s, c, ch, errors) => errors == SslPolicyErrors.None || true|] } }; }");

    [Fact]
    public Task A_logged_warning_changes_nothing() => Flags(
        "class C : ShopCode { void F(HttpClientHandler h) { [|h.ServerCertificateCustomValidationCallback = (m, c, ch, e) => { log.LogWarning(\"bad certificate {Errors}\", e); return true; }|]; } }");

    [Fact]
    public Task The_gateway_client_of_a_shop() => Flags(
        "class C { void F(IServiceCollection services) => services.AddHttpClient(\"payments\").ConfigurePrimaryHttpMessageHandler(() => new HttpClientHandler { [|ServerCertificateCustomValidationCallback = (m, c, ch, e) => true|] }); }");

    [Fact]
    public Task A_mail_client_with_a_delegate_of_its_own() => Flags(
        "class MailClient { public Func<object, bool>? ServerCertificateValidationCallback { get; set; } } class C { void F(MailClient client) { [|client.ServerCertificateValidationCallback = c => true|]; } }");

    [Fact]
    public Task A_switch_of_a_broker() => Flags("class KafkaConfig { public bool? EnableSslCertificateVerification { get; set; } } class C { KafkaConfig F() => new() { [|EnableSslCertificateVerification = false|] }; }");

    [Fact]
    public Task A_database_that_nobody_proves_to_be() => Flags("class C { string F() => [|\"Server=db.prod.example;Database=shop;User Id=app;TrustServerCertificate=True;\"|]; }");

    [Fact]
    public Task Policy_errors_that_are_fine() => Flags(
        Usings + "class SslOption { public SslPolicyErrors AcceptablePolicyErrors { get; set; } } class C { SslOption F() => new() { [|AcceptablePolicyErrors = SslPolicyErrors.RemoteCertificateNameMismatch | SslPolicyErrors.RemoteCertificateChainErrors|] }; }");

    [Fact]
    public Task A_chain_that_ignores_everything() => Flags(
        Usings + "class C { void F(X509Chain chain) { [|chain.ChainPolicy.VerificationFlags = X509VerificationFlags.AllFlags|]; } }");

    [Fact]
    public Task An_event_that_agrees() => Flags(
        Usings + "class Redis { public event RemoteCertificateValidationCallback? CertificateValidation; } class C { void F(Redis r) { [|r.CertificateValidation += (s, c, ch, e) => true|]; } }");

    [Fact]
    public Task The_fix_takes_the_callback_out_of_the_initializer() => Fixes(
        "class C { HttpClientHandler F() => new HttpClientHandler { UseCookies = false, [|ServerCertificateCustomValidationCallback = (m, c, ch, e) => true|] }; }",
        "class C { HttpClientHandler F() => new HttpClientHandler { UseCookies = false}; }");

    [Fact]
    public Task The_fix_takes_the_statement() => Fixes(
        """
        class C
        {
            HttpClient F()
            {
                var handler = new HttpClientHandler();
                [|handler.ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator|];
                return new HttpClient(handler);
            }
        }
        """,
        """
        class C
        {
            HttpClient F()
            {
                var handler = new HttpClientHandler();
                return new HttpClient(handler);
            }
        }
        """);

    [Fact]
    public Task The_fix_turns_the_switch() => Fixes(
        "class KafkaConfig { public bool VerifySsl { get; set; } } class C { KafkaConfig F() => new() { [|VerifySsl = false|] }; }",
        "class KafkaConfig { public bool VerifySsl { get; set; } } class C { KafkaConfig F() => new() { VerifySsl = true }; }");

    [Fact]
    public Task The_errors_are_looked_at() => Allows(Usings + "class C { void F(HttpClientHandler h) { h.ServerCertificateCustomValidationCallback = (m, c, ch, errors) => errors == SslPolicyErrors.None; } }");

    [Fact]
    public Task A_pinned_certificate() => Allows("class C { void F(HttpClientHandler h, string pin) { h.ServerCertificateCustomValidationCallback = (m, c, ch, errors) => { if (c is null) return false; return c.GetCertHashString() == pin; }; } }");

    [Fact]
    public Task Only_in_development() => Allows("class C : ShopCode { void F(HttpClientHandler h) { if (environment.IsDevelopment()) h.ServerCertificateCustomValidationCallback = (m, c, ch, e) => true; } }");

    [Fact]
    public Task A_callback_that_asks_the_environment() => Allows("class C : ShopCode { void F(HttpClientHandler h) { h.ServerCertificateCustomValidationCallback = (m, c, ch, e) => environment.IsDevelopment(); } }");

    [Fact]
    public Task Only_in_a_debug_build() => Allows(
        """
        #define DEBUG
        class C
        {
            void F(HttpClientHandler h)
            {
        #if DEBUG
                h.ServerCertificateCustomValidationCallback = (m, c, ch, e) => true;
        #endif
            }
        }
        """);

    [Fact]
    public Task Another_callback_that_agrees() => Allows("class Menu { public Func<string, bool>? ValidateCallback { get; set; } } class C { void F(Menu m) { m.ValidateCallback = _ => true; } }");

    [Fact]
    public Task A_filter_that_takes_everything() => Allows("class C { IEnumerable<int> F(List<int> certificates) => certificates.Where(c => true); }");

    [Fact]
    public Task A_switch_that_is_on() => Allows("class KafkaConfig { public bool? EnableSslCertificateVerification { get; set; } } class C { KafkaConfig F() => new() { EnableSslCertificateVerification = true }; }");

    [Fact]
    public Task A_setting_decides() => Allows("class KafkaConfig { public bool VerifySsl { get; set; } } class C : ShopCode { KafkaConfig F() => new() { VerifySsl = config.GetValue(\"Kafka:VerifySsl\", true) }; }");

    [Fact]
    public Task The_database_on_this_machine() => Allows("class C { string F() => \"Server=localhost,1433;Database=shop;TrustServerCertificate=True;\"; }");

    [Fact]
    public Task A_strict_connection() => Allows("class C { string F() => \"Server=db.prod.example;Database=shop;TrustServerCertificate=False;Encrypt=True\"; }");

    [Fact]
    public Task A_method_that_looks() => Allows(
        Usings + "class C { static bool Accept(object s, X509Certificate? c, X509Chain? ch, SslPolicyErrors e) => e == SslPolicyErrors.None; void F(SslClientAuthenticationOptions o) { o.RemoteCertificateValidationCallback = Accept; } }");

    [Fact]
    public Task A_callback_that_always_refuses() => Allows("class C { void F(HttpClientHandler h) { h.ServerCertificateCustomValidationCallback = (m, c, ch, e) => false; } }");

    [Fact]
    public Task A_client_certificate_of_ones_own() => Allows(Usings + "class C { void F(HttpClientHandler h, X509Certificate2 own) { h.ClientCertificates.Add(own); h.CheckCertificateRevocationList = true; } }");
}

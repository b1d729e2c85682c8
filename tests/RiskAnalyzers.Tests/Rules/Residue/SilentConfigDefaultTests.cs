using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Residue;

public sealed class SilentConfigDefaultTests() : RuleTest("RISK7006")
{
    [Fact]
    public Task A_rate_of_nothing() => Fixes("""
        class C : ShopCode { decimal Tax(decimal net) => net * [|config.GetValue<decimal>("Tax:Rate")|]; }
        """, """
        class C : ShopCode { decimal Tax(decimal net) => net * (config.GetValue<decimal?>("Tax:Rate") ?? throw new InvalidOperationException("Tax:Rate is not configured")); }
        """);

    [Fact]
    public Task A_limit_in_a_local() => Fixes("""
        class C : ShopCode
        {
            bool CanPay(decimal amount)
            {
                var limit = [|config.GetValue<decimal>("Payments:DailyLimit")|];
                return amount < limit;
            }
        }
        """, """
        class C : ShopCode
        {
            bool CanPay(decimal amount)
            {
                var limit = config.GetValue<decimal?>("Payments:DailyLimit") ?? throw new InvalidOperationException("Payments:DailyLimit is not configured");
                return amount < limit;
            }
        }
        """);

    [Fact]
    public Task A_text_that_is_nothing() => Fixes("""
        class C : ShopCode { decimal Fee() => decimal.Parse(config["Payments:Fee"] ?? [|"0"|], CultureInfo.InvariantCulture); }
        """, """
        class C : ShopCode { decimal Fee() => decimal.Parse(config["Payments:Fee"] ?? throw new InvalidOperationException("Payments:Fee is not configured"), CultureInfo.InvariantCulture); }
        """);

    [Theory]
    [InlineData("int F() => [|Convert.ToInt32(Environment.GetEnvironmentVariable(\"MAX_ATTEMPTS\"))|];")]
    [InlineData("decimal F() => decimal.TryParse(config[\"Tax:Vat\"], out var vat) ? vat : [|0m|];")]
    [InlineData("decimal F() => config.GetValue<decimal?>(\"Fees:Commission\") ?? [|0m|];")]
    [InlineData("decimal F() => config.GetValue(\"Fees:Commission\", [|0m|]);")]
    [InlineData("TimeSpan F() => TimeSpan.FromSeconds([|config.GetValue<int>(\"Gateway:TimeoutSeconds\")|]);")]
    [InlineData("bool F() => [|config.GetSection(\"Webhooks\").GetValue<bool>(\"VerifySignature\")|];")]
    [InlineData("decimal F() { var taxRate = config[\"Rate\"]; if (string.IsNullOrEmpty(taxRate)) taxRate = \"0.19\"; return config.GetValue(\"Tax:Germany\", [|0.19m|]); }")]
    public Task Silently_something_else(string member) => Flags($"class C : ShopCode {{ {member} }}");

    [Fact]
    public Task A_number_in_a_field() => Flags("class C : ShopCode { int _max; void F() { _max = [|config.GetValue<int>(\"Cart:MaxItems\")|]; } }");

    [Fact]
    public Task A_rate_that_is_made_up() => Flags("class C : ShopCode { decimal F() { var rate = config[\"Pricing:ExchangeRate\"]; return rate == null ? [|1.1m|] : decimal.Parse(rate, CultureInfo.InvariantCulture); } }");

    [Fact]
    public Task A_limit_without_a_bound() => Flags("class C : ShopCode { decimal F() => decimal.TryParse(config[\"Fraud:MaxAmount\"], out var max) ? max : [|decimal.MaxValue|]; }");

    [Fact]
    public Task A_check_that_is_off() => Flags("class C : ShopCode { bool F() => [|config.GetValue<bool>(\"Orders:RequireFraudCheck\")|]; }");

    [Fact]
    public Task No_time_at_all() => Flags("class C : ShopCode { TimeSpan F() => [|config.GetValue<TimeSpan>(\"Gateway:Timeout\")|]; }");

    [Fact]
    public Task An_answer_that_nobody_reads() => Flags("class C : ShopCode { decimal F() { [|decimal.TryParse(config[\"Tax:Vat\"], out var vat)|]; return vat; } }");

    [Fact]
    public Task A_conversion_of_nothing() => Flags("class C : ShopCode { decimal F() => [|Convert.ToDecimal(config[\"Pricing:Surcharge\"], CultureInfo.InvariantCulture)|]; }");

    [Theory]
    [InlineData("decimal F() => decimal.Parse(config[\"Tax:Rate\"]!, CultureInfo.InvariantCulture);")]
    [InlineData("bool F() => config.GetValue<bool>(\"Shop:SkipValidation\");")]
    [InlineData("string? F() => config.GetValue<string>(\"Tax:Rate\");")]
    [InlineData("decimal F() { if (!decimal.TryParse(config[\"Tax:Rate\"], out var rate)) throw new InvalidOperationException(); return rate; }")]
    [InlineData("decimal F(Dictionary<string, decimal> rates) => rates.GetValueOrDefault(\"Tax:Rate\");")]
    [InlineData("int F() => config.GetValue<int>(\"Tax.DefaultTaxClassId\");")]
    public Task Required_checked_or_harmless(string member) => Allows($"class C : ShopCode {{ {member} }}");

    [Fact]
    public Task A_port() => Allows("class C : ShopCode { int F() => config.GetValue<int>(\"Smtp:Port\"); }");

    [Fact]
    public Task A_switch_of_no_check() => Allows("class C : ShopCode { bool F() => config.GetValue<bool>(\"Shop:ShowBanner\"); }");

    [Fact]
    public Task A_size_of_a_page() => Allows("class C : ShopCode { int F() => config.GetValue<int>(\"Shop:PageSize\"); }");

    [Fact]
    public Task No_discount() => Allows("class C : ShopCode { decimal F() => config.GetValue<decimal>(\"Cart:DiscountPercent\"); }");

    [Fact]
    public Task A_default_as_text() => Allows("class C : ShopCode { int F() => int.Parse(config[\"Jwt:ExpiryMinutes\"] ?? \"60\"); }");

    [Fact]
    public Task A_sensible_default() => Allows("class C : ShopCode { int F() => config.GetValue(\"Cart:MaxItems\", 100); }");

    [Fact]
    public Task A_limit_that_is_clamped() => Allows("class C : ShopCode { int F() => Math.Max(1, config.GetValue<int>(\"Cart:Limit\")); }");

    [Fact]
    public Task A_limit_that_is_checked() => Allows("class C : ShopCode { int F() { var limit = config.GetValue<int>(\"Cart:Limit\"); ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit); return limit; } }");

    [Fact]
    public Task A_rate_that_is_checked() => Allows("class C : ShopCode { decimal F() { var rate = config.GetValue<decimal>(\"Tax:Rate\"); if (rate <= 0) throw new InvalidOperationException(); return rate; } }");

    [Fact]
    public Task A_rate_that_is_required() => Allows("class C : ShopCode { decimal F() => config.GetValue<decimal?>(\"Tax:Rate\") ?? throw new InvalidOperationException(\"Tax:Rate\"); }");

    [Fact]
    public Task The_beginning_of_a_link() => Flags("class C : ShopCode { public string M(string token) => $\"{[|config[\"App:BaseUrl\"]|]}/reset-password?token={token}\"; }");

    [Fact]
    public Task The_beginning_of_a_link_in_a_local() => Flags("class C : ShopCode { public string M(string token) { var baseUrl = [|config[\"Frontend:Url\"]|]; return $\"{baseUrl}/verify-email?token={token}\"; } }");

    [Fact]
    public Task The_beginning_of_a_link_that_must_be_there() => Allows("class C : ShopCode { public string M(string token) { var baseUrl = config[\"Frontend:Url\"] ?? throw new InvalidOperationException(\"Frontend:Url\"); return $\"{baseUrl}/verify-email?token={token}\"; } }");

    [Fact]
    public Task A_text_that_holds_a_setting() => Allows("class C : ShopCode { public string M() => $\"served by {config[\"App:BaseUrl\"]}\"; }");

    [Fact]
    public Task A_setting_that_throws_where_it_is_missing() => Allows("static class Required { public static string GetRequiredValue(this IConfiguration configuration, string name) => configuration[name] ?? throw new InvalidOperationException(name); } class C : ShopCode { public string M() => $\"{config.GetRequiredValue(\"Identity:Url\")}/connect/authorize\"; }");

    [Fact]
    public Task A_credential_that_becomes_empty() => Flags("""
        class StripeAdapter(HttpClient http, string key) { }
        class ProviderFactory
        {
            public StripeAdapter Create(HttpClient http, Dictionary<string, string> decryptedCredentials) => new(http, decryptedCredentials.GetValueOrDefault("ApiKey", [|string.Empty|]));
        }
        """);

    [Fact]
    public Task A_credential_behind_two_question_marks() => Flags("""
        class Gateway { string apiToken = "x", merchant = "x"; public void Init(IReadOnlyDictionary<string, string> credentials) { apiToken = credentials.GetValueOrDefault("ApiToken") ?? [|""|]; merchant = credentials.GetValueOrDefault("MerchantId") ?? ""; } }
        """);

    [Fact]
    public Task The_platform_s_account_for_a_tenant_without_one() => Flags("""
        class VnPaySettings { public string HashSecret { get; set; } = ""; public string TmnCode { get; set; } = ""; }
        class VnPayProvider(VnPaySettings defaultSettings)
        {
            string tmnCode = "", hashSecret = "";
            public void Initialize(Dictionary<string, string> credentials)
            {
                tmnCode = credentials.GetValueOrDefault("TmnCode", [|defaultSettings.TmnCode|]);
                hashSecret = credentials.GetValueOrDefault("HashSecret", defaultSettings.HashSecret);
            }
        }
        """);

    [Fact]
    public Task A_setting_of_a_dictionary() => Flags("""
        class Mailer { public string Key(Dictionary<string, string> settings) => settings.GetValueOrDefault("SmsApiKey", [|""|]); }
        """);

    [Fact]
    public Task A_credential_that_is_required() => Allows("""
        class Gateway { string token = ""; public void Init(Dictionary<string, string> credentials) { token = credentials.GetValueOrDefault("ApiToken") ?? throw new InvalidOperationException("no token"); } }
        """);

    [Fact]
    public Task A_credential_that_is_tested() => Allows("""
        class Gateway { string token = ""; public void Init(Dictionary<string, string> credentials) { token = credentials.GetValueOrDefault("ApiToken", ""); if (string.IsNullOrEmpty(token)) throw new InvalidOperationException("no token"); } }
        """);

    [Fact]
    public Task An_address_with_a_default() => Allows("""
        class Gateway { string url = ""; public void Init(Dictionary<string, string> credentials) => url = credentials.GetValueOrDefault("ApiUrl", "https://api.example.com"); }
        """);

    [Fact]
    public Task A_header_that_may_be_missing() => Allows("""
        class Hooks { public bool Verify(Dictionary<string, string> headers) => headers.GetValueOrDefault("X-Api-Key", "").Length > 0; }
        """);

    private const string Gateways = """
        interface IGatewayProvider { void Initialize(string credentials); } interface IPayClient { } class PayOsClient : IPayClient { public void Initialize(string url, string apiKey) { } } class GatewayRow { public string? EncryptedCredentials { get; set; } }

        """;

    [Fact]
    public Task A_provider_without_its_keys() => Flags(Gateways + """
        class PaymentGatewayFactory { public IGatewayProvider Create(IGatewayProvider provider, GatewayRow row) { [|if|] (!string.IsNullOrEmpty(row.EncryptedCredentials)) { provider.Initialize(row.EncryptedCredentials); } return provider; } }
        """);

    [Fact]
    public Task A_client_that_is_another_one() => Flags(Gateways + """
        class PayOsProvider(IPayClient client) { public void Initialize(string url, string apiKey) { [|if|] (client is PayOsClient known) { known.Initialize(url, apiKey); } } }
        """);

    [Fact]
    public Task A_provider_that_is_refused_without_its_keys() => Allows(Gateways + """
        class PaymentGatewayFactory { public IGatewayProvider? Create(IGatewayProvider provider, GatewayRow row) { if (string.IsNullOrEmpty(row.EncryptedCredentials)) return null; provider.Initialize(row.EncryptedCredentials); return provider; } }
        """);

    [Fact]
    public Task A_provider_with_other_keys() => Allows(Gateways + """
        class PaymentGatewayFactory { public IGatewayProvider Create(IGatewayProvider provider, GatewayRow row, string fallback) { if (!string.IsNullOrEmpty(row.EncryptedCredentials)) { provider.Initialize(row.EncryptedCredentials); } else { provider.Initialize(fallback); } return provider; } }
        """);

    [Fact]
    public Task A_connection_string_that_becomes_nothing() => Flags("class Health { public static void Add(IServiceCollection services, IConfiguration config) => services.AddDbContext<ShopDb>(options => options.EnableDetailedErrors((config.GetConnectionString(\"Shop\") ?? [|\"\"|]).Length > 0)); }");

    [Fact]
    public Task A_provider_s_public_key_that_becomes_nothing() => Flags("class CheckoutController(IConfiguration configuration) : ControllerBase { public IActionResult Start() => Ok(new { key = configuration[\"Stripe:PublishableKey\"] ?? [|string.Empty|] }); }");

    [Fact]
    public Task A_connection_string_that_is_demanded() => Allows("class Health { public static string Of(IConfiguration config) => config.GetConnectionString(\"Shop\") ?? throw new InvalidOperationException(\"no connection string\"); }");
}

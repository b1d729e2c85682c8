using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Residue;

public sealed class PlaceholderSecretTests() : RuleTest("RISK7004")
{
    [Fact]
    public Task A_signing_key_behind_coalescing() => Fixes("""
        class C : ShopCode { string Key() => config["Jwt:SecretKey"] ?? [|"YourSuperSecretKeyThatIsAtLeast32CharactersLong!"|]; }
        """, """
        class C : ShopCode { string Key() => config["Jwt:SecretKey"] ?? throw new InvalidOperationException("Jwt:SecretKey is not configured"); }
        """);

    [Fact]
    public Task Several_settings_before_the_fallback() => Fixes("""
        class C : ShopCode
        {
            string Key()
            {
                var key = config["Jwt:Key"] ?? Environment.GetEnvironmentVariable("JWT_KEY") ?? [|"dev"|];
                return key;
            }
        }
        """, """
        class C : ShopCode
        {
            string Key()
            {
                var key = config["Jwt:Key"] ?? Environment.GetEnvironmentVariable("JWT_KEY") ?? throw new InvalidOperationException("Jwt:Key is not configured");
                return key;
            }
        }
        """);

    [Fact]
    public Task A_section_in_a_local() => Flags("""
        class C : ShopCode
        {
            byte[] Key()
            {
                var jwt = config.GetSection("Jwt");
                return Encoding.UTF8.GetBytes(jwt["Key"] ?? [|"a development key of some length"|]);
            }
        }
        """);

    [Fact]
    public Task A_default_argument() => Flags("""
        class C : ShopCode { string? Secret() => config.GetValue<string>("Stripe:WebhookSecret", [|"whsec_default"|]); }
        """);

    [Fact]
    public Task An_assignment_when_it_is_missing() => Flags("""
        class C : ShopCode
        {
            string Secret()
            {
                var secret = config["Payments:ClientSecret"];
                if (string.IsNullOrWhiteSpace(secret))
                    secret = [|"test"|];
                return secret;
            }
        }
        """);

    [Fact]
    public Task A_ternary_on_an_environment_variable() => Flags("""
        class C
        {
            string Key()
            {
                var key = Environment.GetEnvironmentVariable("STRIPE_API_KEY");
                return key is null ? [|"none-yet"|] : key;
            }
        }
        """);

    [Fact]
    public Task An_empty_key() => Flags("""
        class Options { public string ApiKey { get; set; } = ""; }
        class C : ShopCode { void Set(Options o) { o.ApiKey = config["Stripe:ApiKey"] ?? [|""|]; } }
        """);

    [Fact]
    public Task An_empty_key_by_name() => Flags("""
        class C : ShopCode { byte[] Key() => Encoding.UTF8.GetBytes(config["Jwt:Key"] ?? [|string.Empty|]); }
        """);

    [Theory]
    [InlineData("private static readonly string SigningKey = [|\"this is my custom Secret key for authentication\"|];")]
    [InlineData("private const string ApiKey = [|\"f3b9c2d81a7e4c55b0aa\"|];")]
    [InlineData("public string ClientSecret { get; set; } = [|\"dev-secret-do-not-use\"|];")]
    [InlineData("private readonly string _webhookSecret = [|\"whsec_12345abcdef67890\"|];")]
    [InlineData("private const string Gateway = [|\"sk_test_51H8abcDEFghi\"|];")]
    [InlineData("string Token(string apiKey = [|\"sk_live_4eC39HqLyjWDarjtT1zdp7dc\"|]) => apiKey;")]
    [InlineData("private string GetApiKey() => [|\"9f8e7d6c5b4a39281706\"|];")]
    [InlineData("const string Bus = [|\"amqp://guest:guest@rabbitmq:5672\"|];")]
    [InlineData("public string WebhookSecret { get; set; } = [|\"whsec_test\"|];")]
    [InlineData("object Signer() => new Microsoft.IdentityModel.Tokens.SymmetricSecurityKey([|\"orders-of-the-shop\"u8|].ToArray());")]
    [InlineData("string Db(string host) => [|$\"Host={host};Database=shop;Username=postgres;Password=postgres\"|];")]
    [InlineData("const string Pem = [|\"-----BEGIN PRIVATE KEY-----MIIEvQIBADANBgkqhkiG9w0BAQEFAASC\"|];")]
    [InlineData("public static string EncryptionKey => [|\"b14ca5898a4e4133bbce2ea2315a1916\"|];")]
    public Task A_member_that_holds_one(string member) => Flags($"class C {{ {member} }}");

    [Fact]
    public Task A_connection_string() => Flags("class C { const string Db = [|\"Server=db;Database=Shop;User Id=sa;Password=Your_password123;\"|]; }");

    [Fact]
    public Task An_administrators_password() => Flags("class C { public string AdminPassword { get; init; } = [|\"Admin123!\"|]; }");

    [Fact]
    public Task A_constant() => Flags("class C { private const string JwtSecret = [|\"your-256-bit-secret-key-change-me-please\"|]; }");

    [Theory]
    [InlineData("var password = [|\"P@ssw0rd\"|]; users.AddPasswordAsync(new IdentityUser(), password);")]
    [InlineData("new PasswordHasher<IdentityUser>().HashPassword(new IdentityUser(), [|\"root\"|]);")]
    [InlineData("new System.Security.Cryptography.HMACSHA256(Encoding.UTF8.GetBytes([|\"shop\"|]));")]
    [InlineData("var key = Encoding.ASCII.GetBytes([|\"orders of the shop\"|]);")]
    [InlineData("http.DefaultRequestHeaders.Add(\"X-Api-Key\", [|\"8d5f1b6e2c9a47d3a0f4\"|]);")]
    [InlineData("http.DefaultRequestHeaders.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue(\"Bearer\", [|\"8d5f1b6e2c9a47d3a0f4\"|]);")]
    [InlineData("new NetworkCredential(\"shop\", [|\"Sommer2024\"|]);")]
    [InlineData("var settings = new Dictionary<string, string> { [\"Jwt:Key\"] = [|\"change-me\"|] };")]
    [InlineData("var settings = new Dictionary<string, string> { { \"Smtp:Password\", [|\"hunter2!\"|] } };")]
    [InlineData("var otp = [|\"123456\"|]; log.LogInformation(otp);")]
    public Task A_use_of_one(string statement) => Flags($"class C : ShopCode {{ void M() {{ {statement} }} }}");

    [Fact]
    public Task A_seeded_user() => Flags("class C : ShopCode { void M() { users.CreateAsync(new IdentityUser(\"admin\"), [|\"Admin\"|]); } }");

    [Fact]
    public Task A_constant_that_becomes_the_key() => Flags("""
        class Names { public const string App = "shop"; }
        class C { object Signer() => new Microsoft.IdentityModel.Tokens.SymmetricSecurityKey(Encoding.UTF8.GetBytes([|Names.App|])); }
        """);

    [Fact]
    public Task The_declaration_speaks_for_the_use() => Flags("""
        class C
        {
            private const string SecretKey = [|"super-secret-key-for-the-shop"|];
            object Signer() => new Microsoft.IdentityModel.Tokens.SymmetricSecurityKey(Encoding.UTF8.GetBytes(SecretKey));
        }
        """);

    [Fact]
    public Task A_key_in_the_settings_of_the_jwt() => Flags("""
        class JwtSettings { public string Key { get; set; } = [|"MyVerySecretKeyOfTheShop"|]; public string Issuer { get; set; } = "MySecretShop"; }
        """);

    [Theory]
    [InlineData("int Minutes() => int.Parse(config[\"Jwt:TokenLifetimeMinutes\"] ?? \"60\");")]
    [InlineData("string Key() { var key = config[\"Jwt:Key\"] ?? \"\"; if (string.IsNullOrEmpty(key)) throw new InvalidOperationException(); return key; }")]
    [InlineData("string Key() { if (environment.IsDevelopment()) return config[\"Jwt:Key\"] ?? \"a key for my machine\"; return config[\"Jwt:Key\"]!; }")]
    [InlineData("string Password() => config[\"Smtp:Password\"] ?? \"\";")]
    [InlineData("string Key() => config[\"Jwt:Key\"] ?? Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));")]
    [InlineData("string Database() => config.GetConnectionString(\"Shop\") ?? \"Data Source=shop.db\";")]
    [InlineData("string CacheKey() => config[\"Cache:Key\"] ?? \"orders-of-the-shop-2024\";")]
    public Task A_setting_without_a_secret_in_the_code(string member) => Allows($"class C : ShopCode {{ {member} }}");

    [Fact]
    public Task A_key_for_everybody() => Allows("class C : ShopCode { string PublicKey() => config[\"Stripe:PublishableKey\"] ?? \"pk_test_51H8abcDEFghi\"; }");

    [Fact]
    public Task The_name_of_a_header() => Allows("class C : ShopCode { string Header() => config[\"Auth:ApiKeyHeader\"] ?? \"X-Api-Key\"; }");

    [Fact]
    public Task An_issuer_is_no_secret() => Allows("class C : ShopCode { string Issuer() => config[\"Jwt:Issuer\"] ?? \"Shop\"; }");

    [Fact]
    public Task A_key_that_is_required() => Allows("class C : ShopCode { string Key() => config[\"Jwt:Key\"] ?? throw new InvalidOperationException(\"Jwt:Key is not configured\"); }");

    [Theory]
    [InlineData("private const string ApiKeyHeaderName = \"X-Shop-Api-Key-2\";")]
    [InlineData("private const string ClientSecret = \"client_secret\";")]
    [InlineData("public string ClientSecretColumn { get; set; } = \"client_secret\";")]
    [InlineData("private const string InvalidPassword = \"Auth.InvalidPassword1\";")]
    [InlineData("public string Password { get; set; } = \"\";")]
    [InlineData("public string Password { get; set; } = \"********\";")]
    [InlineData("private const string TokenUrl = \"https://login.example.com/oauth2/token\";")]
    [InlineData("private const string TokenCookie = \"shop-token-v2\";")]
    [InlineData("private const string RefreshToken = \"refresh_token\";")]
    [InlineData("private const string Pattern = \"^(?=.*[A-Z])(?=.*\\\\d).{8,}$\";")]
    [InlineData("string ResetLink(string token) => $\"/reset?token={token}\";")]
    [InlineData("bool IsLive(string apiKey) => apiKey.StartsWith(\"sk_live_\");")]
    [InlineData("bool IsTest(string apiKey) => apiKey.StartsWith(\"sk_test_51H8abcDEFghi\");")]
    [InlineData("string Db(string password) => $\"Host=db;Database=shop;Username=shop;Password={password}\";")]
    [InlineData("const string Bus = \"amqp://rabbitmq:5672\";")]
    [InlineData("bool Login(string password) => password == \"admin123\";")]
    [InlineData("private const string CacheKey = \"prices-2024-v1-abcdef123456\";")]
    [InlineData("string Grant() => new Dictionary<string, string> { [\"grant_type\"] = \"password\" }[\"grant_type\"];")]
    [InlineData("private const string Secret = \"secret\";")]
    [InlineData("private const string Help = \"If you have a node: 'type=node;server=http://node:4570;password=nodepassword'\";")]
    [InlineData("private const string Sample = \"#postgres=User ID=root;Password=myPassword;Host=localhost;\";")]
    [InlineData("private const string Line = \"#node=https://apitoken:SECRET@charge.example.com/\";")]
    [InlineData("public string LicenseKey { get; set; } = \"eyJhbGciOiJQUzI1NiIsImtpZCI6Ikl.eyJpc3MiOiJodHRwczovL3Nob3A.c2lnbmF0dXJl\";")]
    [InlineData("private const string ACCESS_TOKEN_PATTERN = \"paypal:accesstoken-*\";")]
    [InlineData("private const string AccessToken = \"paypal:accesstoken-*\";")]
    [InlineData("public string SecretKeyName { get; set; } = \"jwt-signing-key-2024\";")]
    [InlineData("private const string TokenScheme = \"Bearer 2.0 of the shop\";")]
    public Task A_text_that_is_no_secret(string member) => Allows($"class C {{ {member} }}");

    [Fact]
    public Task A_connection_without_a_password() => Allows("class C { const string Database = \"Server=db;Database=Shop;Integrated Security=true\"; }");

    [Fact]
    public Task A_message() => Allows("class C { private const string PasswordMessage = \"Password must have 8 characters, 1 digit\"; }");

    [Fact]
    public Task The_name_of_a_setting() => Allows("class C { private const string ApiKey = \"Stripe:ApiKey\"; }");

    [Fact]
    public Task A_design_time_factory() => Allows("""
        public interface IDesignTimeDbContextFactory<T> { T CreateDbContext(string[] args); }
        class Factory : IDesignTimeDbContextFactory<string> { public string CreateDbContext(string[] args) => "Host=localhost;Database=shop;Username=postgres;Password=postgres"; }
        """);

    [Fact]
    public Task A_seed_for_developers() => Allows("""
        class C : ShopCode
        {
            async Task Seed()
            {
                if (!environment.IsDevelopment())
                    return;
                await users.CreateAsync(new IdentityUser("admin"), "Admin123!");
            }
        }
        """);

    [Fact]
    public Task A_key_that_is_empty_where_nobody_sets_it() => Flags("""
        class PaymentOptions { public string WebhookSecret { get; set; } = string.Empty; }
        class Gateway(PaymentOptions options) { public bool Verify(string payload, string signature) { using var hmac = new HMACSHA256(Encoding.UTF8.GetBytes([|options.WebhookSecret|])); return CryptographicOperations.FixedTimeEquals(hmac.ComputeHash(Encoding.UTF8.GetBytes(payload)), Convert.FromHexString(signature)); } }
        """);

    [Fact]
    public Task A_key_for_one_hash() => Flags("""
        class HookSettings { public string SigningKey { get; init; } = ""; }
        class Gateway { readonly HookSettings _settings = new(); byte[] Sign(string payload) => HMACSHA256.HashData(Encoding.UTF8.GetBytes([|_settings.SigningKey|]), Encoding.UTF8.GetBytes(payload)); }
        """);

    [Fact]
    public Task A_key_that_must_be_set() => Allows("""
        class PaymentOptions { [Required] public string WebhookSecret { get; set; } = string.Empty; }
        class Gateway(PaymentOptions options) { byte[] Sign(string payload) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(options.WebhookSecret), Encoding.UTF8.GetBytes(payload)); }
        """);

    [Fact]
    public Task A_key_that_the_constructor_asks_for() => Allows("""
        class PaymentOptions { public string WebhookSecret { get; set; } = ""; }
        class Gateway { readonly PaymentOptions _options; public Gateway(PaymentOptions options) { if (string.IsNullOrWhiteSpace(options.WebhookSecret)) throw new InvalidOperationException("no secret"); _options = options; } byte[] Sign(string payload) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(_options.WebhookSecret), Encoding.UTF8.GetBytes(payload)); }
        """);

    [Fact]
    public Task A_key_without_a_default() => Allows("""
        class PaymentOptions { public required string WebhookSecret { get; set; } }
        class Gateway(PaymentOptions options) { byte[] Sign(string payload) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(options.WebhookSecret), Encoding.UTF8.GetBytes(payload)); }
        """);

    [Fact]
    public Task An_empty_text_that_is_signed() => Allows("""
        class PaymentOptions { public string Secret { get; set; } = ""; }
        class Gateway(PaymentOptions options, byte[] key) { byte[] Sign() => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(options.Secret)); }
        """);

    [Fact]
    public Task The_secret_of_an_event_that_may_be_empty() => Flags("""
        class StripeSettings { public string WebhookSecret { get; set; } = string.Empty; }
        class HookController(StripeSettings settings) : ControllerBase { public IActionResult Post(string json) => Ok(Stripe.EventUtility.ConstructEvent(json, Request.Headers["Stripe-Signature"], [|settings.WebhookSecret|]).Type); }
        """);

    [Fact]
    public Task The_secret_of_an_event_from_the_configuration() => Flags("""
        class HookHandler(IConfiguration configuration)
        {
            public string Handle(string json, string header)
            {
                var secret = configuration["Stripe:WebhookSecret"];
                return Stripe.EventUtility.ConstructEvent(json, header, [|secret|]).Type;
            }
        }
        """);

    [Fact]
    public Task The_secret_of_an_event_that_is_asked_for() => Allows("""
        class HookHandler(IConfiguration configuration)
        {
            public string Handle(string json, string header)
            {
                var secret = configuration["Stripe:WebhookSecret"];
                if (string.IsNullOrWhiteSpace(secret)) throw new InvalidOperationException("Stripe:WebhookSecret is not set");
                return Stripe.EventUtility.ConstructEvent(json, header, secret).Type;
            }
        }
        """);

    [Fact]
    public Task The_secret_of_an_event_that_is_demanded() => Allows("""
        class StripeSettings { [Required] public string WebhookSecret { get; set; } = string.Empty; }
        class HookController(StripeSettings settings, IConfiguration config) : ControllerBase { public IActionResult Post(string json) => Ok(Stripe.EventUtility.ConstructEvent(json, "", settings.WebhookSecret).Type + Stripe.EventUtility.ConstructEvent(json, "", config["Stripe:WebhookSecret"] ?? throw new InvalidOperationException("none")).Type); }
        """);
}

using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Residue;

public sealed class UnknownConfigKeyTests() : RuleTest("RISK7011")
{
    protected override (string Path, string Text)[] AdditionalFiles =>
    [
        ("/shop/appsettings.json", """
            {
              // The shop's settings.
              "Jwt": { "SecretKey": "", "Issuer": "Shop", "ExpiryMinutes": 60, },
              "Stripe": { "ApiKey": "", "WebhookSecret": "", "Fees": { "Percent": 1.4 } },
              "ConnectionStrings": { "ShopDb": "" },
              "Tax": { "Rate": 0.19, "Id": "DE" },
              "Origins": [ "https://shop.example", { "Name": "x" } ],
              "AllowedHosts": "*"
            }
            """),
        ("/shop/appsettings.Production.json", """{ "Payments": { "DailyLimit": 1000, "Provider": "stripe" } }"""),
        ("/shop/other.json", """{ "Mail": { "Host": "x" } }"""),
    ];

    [Fact]
    public Task A_letter_too_many() => Fixes("""
        class C : ShopCode { string? Key() => config[[|"Stripe:ApiKeyy"|]]; }
        """, """
        class C : ShopCode { string? Key() => config["Stripe:ApiKey"]; }
        """);

    [Fact]
    public Task In_a_section() => Fixes("""
        class C : ShopCode
        {
            string? Secret()
            {
                var stripe = config.GetSection("Stripe");
                return stripe[/* the hook's */ [|"WebHookSecrets"|]];
            }
        }
        """, """
        class C : ShopCode
        {
            string? Secret()
            {
                var stripe = config.GetSection("Stripe");
                return stripe[/* the hook's */ "WebhookSecret"];
            }
        }
        """);

    [Theory]
    [InlineData("void F(IServiceCollection services) => services.Configure<Order>(config.GetSection([|\"Payment\"|]));")]
    [InlineData("object? F() => config[[|\"Stripe:Apikeys\"|]] ?? throw new InvalidOperationException();")]
    public Task A_key_that_is_nearly_right(string member) => Flags($"class C : ShopCode {{ {member} }}");

    [Fact]
    public Task Letters_that_changed_places() => Flags("class C : ShopCode { object? F() => config.GetSection(\"Stripe\").GetSection(\"Fees\")[[|\"Precent\"|]]; }");

    [Fact]
    public Task A_section_by_its_path() => Flags("class C : ShopCode { void F(IServiceCollection services) => services.AddOptions<Order>().BindConfiguration([|\"Stripes\"|]); }");

    [Fact]
    public Task A_section_that_is_bound() => Flags("class C : ShopCode { object? F() => config.GetSection([|\"Strpe\"|]).Get<Order>(); }");

    [Fact]
    public Task A_connection_string() => Flags("class C : ShopCode { object? F() => config.GetConnectionString([|\"ShopDB1\"|]); }");

    [Fact]
    public Task A_section_of_another_name() => Flags("class C : ShopCode { object? F() => config[[|\"JwtSettings:Issuer\"|]]; }");

    [Fact]
    public Task A_word_less() => Flags("class C : ShopCode { object? F() => config[[|\"Jwt:Key\"|]]; }");

    [Fact]
    public Task Words_in_another_order() => Flags("class C : ShopCode { object? F() => config[[|\"Jwt:KeySecret\"|]]; }");

    [Fact]
    public Task A_limit_with_a_letter_missing() => Flags("class C : ShopCode { object? F() => config.GetValue<decimal>([|\"Payments:DailyLimt\"|]); }");

    [Theory]
    [InlineData("object? F() => config.GetSection(\"Payments\")[\"DailyLimit\"];")]
    [InlineData("object? F() => config[\"Origins:0\"];")]
    [InlineData("object? F() => config.GetSection(\"Stripe:Fees\").GetValue<decimal>(\"Percent\");")]
    [InlineData("object? F() => config[\"Redis:Host\"];")]
    [InlineData("object? F(Dictionary<string, string> names) => names[\"Stripe:ApiKeyy\"];")]
    public Task A_key_that_exists_or_comes_from_elsewhere(string member) => Allows($"class C : ShopCode {{ {member} }}");

    [Fact]
    public Task A_key_that_is_written() => Allows("class C : ShopCode { void F() { config[\"Stripe:ApiKeyy\"] = \"x\"; } }");

    [Fact]
    public Task A_short_key() => Allows("class C : ShopCode { object? F() => config[\"Tax:No\"]; }");

    [Fact]
    public Task An_environment_variable() => Allows("class C : ShopCode { object? F() => Environment.GetEnvironmentVariable(\"Stripe__ApiKeyy\"); }");

    [Fact]
    public Task A_key_that_is_made() => Allows("class C : ShopCode { object? F(string name) => config[\"Stripe:\" + name]; }");

    [Fact]
    public Task A_section_of_another_file() => Allows("class C : ShopCode { object? F() => config[\"Mail:Hots\"]; }");

    [Fact]
    public Task A_key_that_is_like_no_other() => Allows("class C : ShopCode { object? F() => config[\"Stripe:PublishableKey\"]; }");

    [Fact]
    public Task A_variable_of_the_host() => Allows("class C : ShopCode { object? F() => config[\"ASPNETCORE_URLS\"]; }");

    [Fact]
    public Task Case_does_not_matter() => Allows("class C : ShopCode { object? F() => config[\"stripe:apikey\"]; }");

    [Fact]
    public Task A_key_that_exists() => Allows("class C : ShopCode { object? F() => config[\"Stripe:ApiKey\"]; }");
}

public sealed class UnknownConfigKeyWithoutFilesTests() : RuleTest("RISK7011")
{
    [Fact]
    public Task Nobody_knows() => Allows("class C : ShopCode { string? Key() => config[\"Stripe:ApiKeyy\"]; }");
}

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
    [InlineData("object? F() => config.GetValue<decimal>([|\"Payments:DailyLimt\"|]);")]
    [InlineData("object? F() => config[[|\"Jwt:KeySecret\"|]];")]
    [InlineData("object? F() => config[[|\"Jwt:Key\"|]];")]
    [InlineData("object? F() => config[[|\"JwtSettings:Issuer\"|]];")]
    [InlineData("object? F() => config.GetConnectionString([|\"ShopDB1\"|]);")]
    [InlineData("object? F() => config.GetSection(\"Stripe\").GetSection(\"Fees\")[[|\"Precent\"|]];")]
    [InlineData("object? F() => config.GetSection([|\"Strpe\"|]).Get<Order>();")]
    [InlineData("void F(IServiceCollection services) => services.Configure<Order>(config.GetSection([|\"Payment\"|]));")]
    [InlineData("void F(IServiceCollection services) => services.AddOptions<Order>().BindConfiguration([|\"Stripes\"|]);")]
    [InlineData("object? F() => config[[|\"Stripe:Apikeys\"|]] ?? throw new InvalidOperationException();")]
    public Task A_key_that_is_nearly_right(string member) => Flags($"class C : ShopCode {{ {member} }}");

    [Theory]
    [InlineData("object? F() => config[\"Stripe:ApiKey\"];")]
    [InlineData("object? F() => config[\"stripe:apikey\"];")]
    [InlineData("object? F() => config[\"ASPNETCORE_URLS\"];")]
    [InlineData("object? F() => config[\"Stripe:PublishableKey\"];")]
    [InlineData("object? F() => config[\"Mail:Hots\"];")]
    [InlineData("object? F() => config.GetSection(\"Payments\")[\"DailyLimit\"];")]
    [InlineData("object? F(string name) => config[\"Stripe:\" + name];")]
    [InlineData("object? F() => Environment.GetEnvironmentVariable(\"Stripe__ApiKeyy\");")]
    [InlineData("object? F() => config[\"Tax:No\"];")]
    [InlineData("void F() { config[\"Stripe:ApiKeyy\"] = \"x\"; }")]
    [InlineData("object? F() => config[\"Origins:0\"];")]
    [InlineData("object? F() => config.GetSection(\"Stripe:Fees\").GetValue<decimal>(\"Percent\");")]
    [InlineData("object? F() => config[\"Redis:Host\"];")]
    [InlineData("object? F(Dictionary<string, string> names) => names[\"Stripe:ApiKeyy\"];")]
    public Task A_key_that_exists_or_comes_from_elsewhere(string member) => Allows($"class C : ShopCode {{ {member} }}");
}

public sealed class UnknownConfigKeyWithoutFilesTests() : RuleTest("RISK7011")
{
    [Fact]
    public Task Nobody_knows() => Allows("class C : ShopCode { string? Key() => config[\"Stripe:ApiKeyy\"]; }");
}

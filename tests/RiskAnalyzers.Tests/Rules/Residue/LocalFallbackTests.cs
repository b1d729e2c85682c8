using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Residue;

public sealed partial class LocalFallbackTests() : RuleTest("RISK7014")
{
    [Fact]
    public Task A_gateway_on_the_developer_s_machine() => Fixes("""
        class C : ShopCode { Uri Gateway() => new(config["Payments:BaseUrl"] ?? [|"http://localhost:5555"|]); }
        """, """
        class C : ShopCode { Uri Gateway() => new(config["Payments:BaseUrl"] ?? throw new InvalidOperationException("Payments:BaseUrl is not configured")); }
        """);

    [Fact]
    public Task A_connection_string() => Fixes("""
        class C : ShopCode
        {
            string Shop()
            {
                // The orders.
                return config.GetConnectionString("Shop") ?? [|"Server=(localdb)\\mssqllocaldb;Database=Shop"|];
            }
        }
        """, """
        class C : ShopCode
        {
            string Shop()
            {
                // The orders.
                return config.GetConnectionString("Shop") ?? throw new InvalidOperationException("Shop is not configured");
            }
        }
        """);

    [Theory]
    [InlineData("string Authority() => config.GetValue(\"Auth:Authority\", [|\"https://localhost:5001\"|]);")]
    [InlineData("string PayPal() => config[\"PayPal:ApiBase\"] ?? [|\"https://api-m.sandbox.paypal.com\"|];")]
    [InlineData("string Return() { var url = config[\"Checkout:ReturnUrl\"]; if (string.IsNullOrEmpty(url)) url = [|\"http://127.0.0.1/done\"|]; return url; }")]
    [InlineData("string Callback() { var url = config[\"Checkout:CallbackUrl\"]; return url is { Length: > 0 } ? url : [|\"https://shop.ngrok.io/hook\"|]; }")]
    [InlineData("bool Memory() => config.GetValue<bool?>(\"UseInMemoryDatabase\") ?? [|true|];")]
    [InlineData("string Tax() => config[\"Tax:Endpoint\"] ?? [|\"https://test.taxservice.com/v2\"|];")]
    [InlineData("string Issuer() { var issuer = config.GetSection(\"Jwt\")[\"Issuer\"]; issuer ??= [|\"http://localhost\"|]; return issuer; }")]
    public Task A_stand_in(string member) => Flags($"class C : ShopCode {{ {member} }}");

    [Fact]
    public Task A_switch_to_the_sandbox() => Flags("class C : ShopCode { bool Sandbox() => config.GetValue(\"Payments:UseSandbox\", [|true|]); }");

    [Fact]
    public Task The_environment_itself() => Flags("class C : ShopCode { string Name() => Environment.GetEnvironmentVariable(\"ASPNETCORE_ENVIRONMENT\") ?? [|\"Development\"|]; }");

    [Fact]
    public Task A_mode() => Flags("class C : ShopCode { string PayPal() => config[\"PayPal:Mode\"] ?? [|\"sandbox\"|]; }");

    [Fact]
    public Task The_host_of_a_queue() => Flags("class C : ShopCode { string Host() => Environment.GetEnvironmentVariable(\"RABBITMQ_HOST\") ?? [|\"localhost\"|]; }");

    [Fact]
    public Task A_store_in_memory() => Flags("""
        class C : ShopCode
        {
            void Set(DbContextOptionsBuilder options)
            {
                var connection = config.GetConnectionString("Shop");
                if (string.IsNullOrEmpty(connection))
                    [|options.UseInMemoryShop("Shop")|];
                else
                    options.UseShop(connection);
            }
        }
        static class Stores
        {
            public static void UseInMemoryShop(this DbContextOptionsBuilder options, string name) { }
            public static void UseShop(this DbContextOptionsBuilder options, string connection) { }
        }
        """);

    [Fact]
    public Task A_gateway_that_does_nothing() => Flags("""
        class FakeGateway { }
        class StripeGateway { }
        class C : ShopCode
        {
            void Set(IServiceCollection services)
            {
                if (config["Stripe:Account"] is null)
                {
                    [|services.AddSingleton<FakeGateway>()|];
                }
                else
                {
                    services.AddSingleton<StripeGateway>();
                }
            }
        }
        """);

    [Fact]
    public Task Options_that_start_so() => Flags("""
        class GatewayOptions { public string BaseUrl { get; set; } = [|"https://sandbox.gateway.com"|]; public bool UseSandbox { get; set; } = [|true|]; public bool Retry { get; set; } = true; public string Currency { get; set; } = "EUR"; }
        """);

    [Theory]
    [InlineData("string Url() { if (environment.IsDevelopment()) return config[\"Payments:BaseUrl\"] ?? \"http://localhost:5555\"; return config[\"Payments:BaseUrl\"]!; }")]
    [InlineData("string Logs() => config[\"Seq:ServerUrl\"] ?? \"http://localhost:5341\";")]
    [InlineData("string Region() => config[\"Shop:Region\"] ?? \"local\" + Environment.MachineName;")]
    [InlineData("bool Retry() => config.GetValue(\"Payments:Retry\", true);")]
    [InlineData("bool IsLocal(string url) => url == \"http://localhost\";")]
    [InlineData("const string Example = \"http://localhost:5000\";")]
    public Task Ordinary_settings(string member) => Allows($"class C : ShopCode {{ {member} }}");

    [Fact]
    public Task A_language() => Allows("class C : ShopCode { string Language() => config[\"Shop:Culture\"] ?? \"en\"; }");

    [Fact]
    public Task A_text_that_says_local() => Allows("class C : ShopCode { string Note() => config[\"Shop:Note\"] ?? \"Buy from your local dealer\"; }");

    [Fact]
    public Task A_mode_that_is_real() => Allows("class C : ShopCode { string Mode() => config[\"PayPal:Mode\"] ?? \"live\"; }");

    [Fact]
    public Task No_sandbox_by_default() => Allows("class C : ShopCode { bool Live() => config.GetValue(\"Payments:UseSandbox\", false); }");

    [Fact]
    public Task An_origin_that_is_merely_refused() => Allows("class C : ShopCode { string Origin() => config[\"Cors:Origin\"] ?? \"http://localhost:4200\"; }");

    [Fact]
    public Task Where_traces_go() => Allows("class C : ShopCode { string Traces() => config[\"OTEL_EXPORTER_OTLP_ENDPOINT\"] ?? \"http://localhost:4317\"; }");

    [Fact]
    public Task The_real_address() => Allows("class C : ShopCode { string Url() => config[\"Payments:BaseUrl\"] ?? \"https://api.stripe.com\"; }");

    [Fact]
    public Task A_setting_that_is_required() => Allows("class C : ShopCode { string Url() => config[\"Payments:BaseUrl\"] ?? throw new InvalidOperationException(); }");

    [Fact]
    public Task Options_of_a_sandbox() => Allows("""
        class SandboxOptions { public string BaseUrl { get; set; } = "https://sandbox.gateway.com"; }
        """);

    [Fact]
    public Task Memory_for_developers() => Allows("""
        class C : ShopCode
        {
            void Set(IServiceCollection services)
            {
                var connection = config.GetConnectionString("Redis");
                if (connection is null)
                {
                    if (!environment.IsDevelopment())
                        throw new InvalidOperationException("Redis");
                    services.AddDistributedMemoryCache();
                }
            }
        }
        """);

    [Fact]
    public Task Origins_of_developers_in_every_environment() => Flags("class C { public void M(IServiceCollection services) => services.AddCors(o => o.AddPolicy(\"Frontend\", p => [|p.WithOrigins|](\"http://localhost:3000\", \"http://localhost:5173\").AllowAnyHeader().AllowCredentials())); }".Replace("[|p.WithOrigins|]", "p.[|WithOrigins|]"));

    [Fact]
    public Task Origins_of_developers_where_none_are_set() => Flags("class C { public void M(IServiceCollection services, IConfiguration configuration) { var allowed = configuration.GetSection(\"Cors:AllowedOrigins\").Get<string[]>() ?? new[] { \"http://localhost:5173\" }; services.AddCors(o => o.AddDefaultPolicy(p => p.[|WithOrigins|](allowed).AllowCredentials())); } }");

    [Fact]
    public Task Origins_of_the_shop() => Allows("class C { public void M(IServiceCollection services) => services.AddCors(o => o.AddDefaultPolicy(p => p.WithOrigins(\"https://shop.example\", \"http://localhost:3000\"))); }");

    [Fact]
    public Task Origins_of_a_policy_for_development() => Allows("class C { public void M(IServiceCollection services) => services.AddCors(o => o.AddPolicy(\"Development\", p => p.WithOrigins(\"http://localhost:3000\"))); }");

    [Fact]
    public Task The_customer_s_address_as_a_provider_is_told_it() => Flags("class C { public string M(Dictionary<string, string> metadata) => metadata.GetValueOrDefault(\"IpAddress\", [|\"127.0.0.1\"|]); }");

    [Fact]
    public Task The_address_of_another_service_among_several() => Flags("class Startup(IConfiguration config) { public void ConfigureServices(IServiceCollection services) { var productBase = config.GetValue<string>(\"ServiceUrls:ProductService\") ?? [|\"http://localhost:5002\"|]; services.AddHttpClient(\"product\", c => c.BaseAddress = new Uri(productBase)); } }");

    [Fact]
    public Task Where_the_service_itself_listens() => Allows("class OrderHost(IConfiguration config) { public string Listen() => config[\"ASPNETCORE_URLS\"] ?? \"http://localhost:5000\"; }");
}

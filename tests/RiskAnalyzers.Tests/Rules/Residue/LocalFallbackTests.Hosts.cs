namespace RiskAnalyzers.Tests.Rules.Residue;

/// <summary>Addresses of a developer that stand in the code.</summary>
public sealed partial class LocalFallbackTests
{
    [Fact]
    public Task A_redirect_after_a_payment() => Flags("class C : ShopCode { public IActionResult Failed() => Redirect([|\"http://localhost:3000/payment/error\"|]); }");

    [Fact]
    public Task A_link_in_a_mail() => Flags("""
        class C : ShopCode
        {
            public Dictionary<string, string> Receipt(Order order) => new() { { "OrderUrl", $"[|http://localhost:5000/orders/|]{order.Id}" } };
        }
        """);

    [Fact]
    public Task A_link_within_the_text_of_a_mail() => Flags("""
        class C : ShopCode
        {
            public string Body(string token) => $"<p>Welcome!</p>{token.Length}[|<p>Confirm <a href='https://127.0.0.1:7001/confirm?token=|]{token}'>here</a></p>";
        }
        """);

    [Fact]
    public Task The_base_address_of_a_client() => Flags("class C : ShopCode { public void Set(HttpClient client) { client.BaseAddress = new Uri([|\"http://host.docker.internal:8080/\"|]); } }");

    [Fact]
    public Task The_host_of_a_broker() => Flags("class Factory { public string HostName { get; set; } = \"\"; } class C : ShopCode { public object Make() => new Factory { HostName = [|\"localhost\"|] }; }");

    [Fact]
    public Task A_connection_to_the_machine_itself() => Flags("static class Redis { public static object Connect(string configuration) => configuration; } class C : ShopCode { public object Make() => Redis.Connect([|\"localhost:6379\"|]); }");

    [Fact]
    public Task A_tunnel_that_is_told_to_a_provider() => Flags("""
        class C : ShopCode
        {
            public object Session(Order order)
            {
                var options = new Dictionary<string, object>();
                options["notify_url"] = [|"https://amber-tuna-22.ngrok-free.app/webhooks/stripe"|];
                return options;
            }
        }
        """);

    [Fact]
    public Task A_page_of_nobody() => Flags("class Options { public string SuccessUrl { get; set; } = \"\"; } class C : ShopCode { public Options Make() => new() { SuccessUrl = [|\"https://yourdomain.com/success\"|] }; }");

    [Fact]
    public Task A_constant_once() => Flags("""
        class C : ShopCode
        {
            private const string Home = "https://localhost:7042/";
            public IActionResult In() => Redirect([|Home|]);
            public IActionResult Out() => Redirect(Home);
        }
        """);

    [Fact]
    public Task A_list_of_them_once() => Flags("class C : ShopCode { public List<string> Origins() { var origins = new List<string> { [|\"http://localhost:3000\"|], \"http://localhost:5173\" }; return origins; } }");

    [Fact]
    public Task A_program_with_a_class_of_its_own() => Flags("""
        namespace Front;
        class Program
        {
            static void Main(string[] args)
            {
                var builder = WebApplication.CreateBuilder(args);
                builder.Services.AddCors(o => o.AddDefaultPolicy(p => p.[|WithOrigins|]("http://localhost:5173").AllowCredentials()));
                builder.Services.AddAuthentication();
            }
        }
        """);

    [Fact]
    public Task A_method_that_registers_services() => Flags("""
        namespace Front;
        static class Setup
        {
            public static IServiceCollection AddInfrastructure(this IServiceCollection services)
            {
                services.AddAuthentication();
                services.AddHttpClient("Mail", client => client.BaseAddress = new Uri([|"http://localhost:1025"|]));
                return services;
            }
        }
        """);

    [Fact]
    public Task A_tunnel_among_the_origins() => Flags("class C { public void M(IServiceCollection services) => services.AddCors(o => o.AddDefaultPolicy(p => p.[|WithOrigins|](\"https://shop.example\", \"https://dev-shop.ngrok.io\"))); }");

    [Fact]
    public Task A_developer_s_origin_with_the_customer_s_cookies() => Flags("class C { public void M(IServiceCollection services) => services.AddCors(o => o.AddDefaultPolicy(p => p.[|WithOrigins|](\"https://shop.example\", \"http://localhost:3000\").AllowCredentials())); }");

    [Theory]
    [InlineData("public bool IsLocal(string url) => url.StartsWith(\"http://localhost\");")]
    [InlineData("public bool IsLocal(Uri url) => url.Host == \"localhost\" || url.Host is \"127.0.0.1\";")]
    [InlineData("public IActionResult M() { if (environment.IsDevelopment()) return Redirect(\"http://localhost:3000/done\"); return Redirect(\"/done\"); }")]
    [InlineData("public void M() { log.LogInformation(\"Open http://localhost:5000/swagger\"); Console.WriteLine(\"http://localhost:5000\"); }")]
    [InlineData("public void M() => throw new InvalidOperationException(\"No database at http://localhost:5432\");")]
    [InlineData("public ProblemDetails M() => new() { Type = \"https://api.shop.local/errors/stock\", Title = \"Sold out\" };")]
    [InlineData("public string M() => \"Buy from your local dealer: a localhost is no shop\";")]
    [InlineData("public string Image() => \"https://example.com/images/1.jpg\";")]
    [InlineData("public string Policy() => \"connect-src 'self' http://localhost:3000\";")]
    [InlineData("public IActionResult M() => Redirect(\"https://shop.example/payment/error\");")]
    [InlineData("public Order Seed() => new() { CustomerId = \"https://example.com/customers/1\", Currency = \"http://localhost\" };")]
    public Task Hosts_that_do_no_harm(string member) => Allows($"class C : ShopCode {{ {member} }}");

    [Fact]
    public Task A_factory_for_tools() => Allows("""
        interface IDesignTimeDbContextFactory<T> { T CreateDbContext(string[] args); }
        class ShopDbFactory : IDesignTimeDbContextFactory<ShopDb>
        {
            public ShopDb CreateDbContext(string[] args) => Connect("Server=localhost;Database=Shop");
            ShopDb Connect(string connectionString) => new();
        }
        """);

    [Fact]
    public Task A_sign_in_that_comes_back_to_a_port_of_the_customer_s_machine() => Allows("class AccountClients { public List<string> Redirects(int from) { var all = new List<string>(); for (var port = from; port < from + 9; port++) all.Add(string.Format(\"http://localhost:{0}\", port)); return all; } }");

    [Fact]
    public Task A_bridge_to_a_card_reader() => Allows("abstract class Reader { protected abstract string Address { get; } } class WalletReader : Reader { protected override string Address => \"http://127.0.0.1:65092/nfc-bridge/v1\"; }");
}

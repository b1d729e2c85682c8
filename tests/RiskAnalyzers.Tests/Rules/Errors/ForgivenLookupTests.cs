using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Errors;

public sealed class ForgivenLookupTests() : RuleTest("RISK4002")
{
    private static string Code(string body) => $"class C : ShopCode {{ public async Task<object> M(List<Product> products, int id, object o, ClaimsPrincipal user) {{ await Task.Yield(); {body} }} }}";

    [Fact]
    public Task First_or_default() => Flags(Code("return [|products.FirstOrDefault(p => p.Id == id)!|].Price;"));

    [Fact]
    public Task Single_or_default_in_a_local() => Flags(Code("var p = [|products.SingleOrDefault(p => p.Id == id)!|]; return p.Price;"));

    [Fact]
    public Task Awaited() => Flags(Code("var o1 = [|(await db.Orders.FirstOrDefaultAsync(x => x.Id == id))!|]; return o1.Total;"));

    [Fact]
    public Task Find() => Flags(Code("return [|db.Orders.Find(id)!|].Total;"));

    [Fact]
    public Task Find_async() => Flags(Code("return [|(await db.Orders.FindAsync(id))!|].Total;"));

    [Fact]
    public Task A_setting() => Flags(Code("return [|config[\"Stripe:Key\"]!|];"));

    [Fact]
    public Task A_connection_string() => Flags(Code("return [|config.GetConnectionString(\"Shop\")!|];"));

    [Fact]
    public Task An_environment_variable() => Flags(Code("return [|Environment.GetEnvironmentVariable(\"KEY\")!|].Trim();"));

    [Fact]
    public Task Deserialized() => Flags(Code("return [|JsonSerializer.Deserialize<Order>(\"{}\")!|].Total;"));

    [Fact]
    public Task Read_from_a_response() => Flags(Code("return [|(await http.GetFromJsonAsync<Order>(\"x\"))!|].Total;"));

    [Fact]
    public Task A_claim() => Flags(Code("return int.Parse([|user.FindFirstValue(\"sub\")!|]);"));

    [Fact]
    public Task A_cast() => Flags(Code("return [|(o as Order)!|].Total;"));

    [Fact]
    public Task An_exception_takes_its_place() => Fixes(
        Code("var p = [|db.Orders.Find(id)!|]; return p.Total;"),
        Code("var p = db.Orders.Find(id) ?? throw new System.InvalidOperationException(\"db.Orders.Find(id) found nothing\"); return p.Total;"));

    [Fact]
    public Task An_exception_before_a_member() => Fixes(
        Code("return [|db.Orders.Find(id)!|].Total;"),
        Code("return (db.Orders.Find(id) ?? throw new System.InvalidOperationException(\"db.Orders.Find(id) found nothing\")).Total;"));

    [Fact]
    public Task First() => Allows(Code("return products.First(p => p.Id == id).Price;"));

    [Fact]
    public Task A_null_initialiser() => Allows("class C { public string Name { get; set; } = null!; public Order O { get; set; } = default!; }");

    [Fact]
    public Task A_throw() => Allows(Code("var p = products.FirstOrDefault(p => p.Id == id) ?? throw new InvalidOperationException(); return p.Price;"));

    [Fact]
    public Task A_checked_local() => Allows(Code("var p = products.FirstOrDefault(p => p.Id == id); if (p is null) return 0; return p.Price;"));

    [Fact]
    public Task A_forgiven_property() => Allows(Code("return user.Identity!.Name!;"));

    [Fact]
    public Task A_forgiven_navigation() => Allows(Code("return products.Select(p => p.Name!).ToList();"));

    [Fact]
    public Task A_conditional_access() => Allows(Code("return products.FirstOrDefault(p => p.Id == id)?.Price ?? throw new Exception();"));

    [Fact]
    public Task A_required_service() => Allows("class C { object M(IServiceProvider s) => s.GetRequiredService<Order>()!; }");

    [Fact]
    public Task A_forgiven_parameter() => Allows("class C { int M(string? s) => s!.Length; }");

    [Fact]
    public Task A_logical_not() => Allows(Code("return !products.Any(p => p.Id == id);"));

    [Fact]
    public Task A_dictionary() => Allows("class C { string M(Dictionary<string, string> d) => d[\"x\"]!; }");

    [Fact]
    public Task A_cast_that_is_forgiven_a_line_later() => Flags("""
        class C : ShopCode
        {
            public async Task Handle(object data)
            {
                var paid = data as PaymentResult;
                var order = await db.Orders.FirstAsync(o => o.PaymentReference == [|paid!|].TransactionId);
                order.PaymentReference = paid!.TransactionId;
            }
        }
        """);

    [Fact]
    public Task A_row_that_is_forgiven_a_line_later() => Flags("""
        class C : ShopCode
        {
            public async Task Cancel(int id)
            {
                var order = await db.Orders.FirstOrDefaultAsync(o => o.Id == id);
                [|order!|].Status = OrderStatus.Cancelled;
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task A_kept_row_that_somebody_looked_at() => Allows("""
        class C : ShopCode
        {
            public async Task Cancel(int id, bool must)
            {
                var order = await db.Orders.FirstOrDefaultAsync(o => o.Id == id);
                var exists = order is not null;
                if (must && !exists) throw new InvalidOperationException();
                order!.Status = OrderStatus.Cancelled;
            }
        }
        """);

    [Fact]
    public Task A_kept_row_that_is_asserted_elsewhere() => Allows("""
        class C : ShopCode
        {
            static void Require(object? value) { if (value is null) throw new InvalidOperationException(); }
            public async Task Cancel(int id)
            {
                var order = await db.Orders.FindAsync(id);
                Require(order);
                order!.Status = OrderStatus.Cancelled;
            }
        }
        """);

    [Fact]
    public Task A_kept_row_that_was_forgiven_where_it_was_found() => Flags("""
        class C : ShopCode
        {
            public void Cancel(int id)
            {
                var order = [|db.Orders.Find(id)!|];
                order!.Status = OrderStatus.Cancelled;
            }
        }
        """);

    [Fact]
    public Task A_kept_row_is_thrown_for() => Fixes(
        """
        class C : ShopCode
        {
            public decimal Total(int id)
            {
                var order = db.Orders.Find(id);
                return [|order!|].Total;
            }
        }
        """,
        """
        class C : ShopCode
        {
            public decimal Total(int id)
            {
                var order = db.Orders.Find(id);
                return (order ?? throw new System.InvalidOperationException("order found nothing")).Total;
            }
        }
        """);

    [Fact]
    public Task A_kept_answer_that_is_handed_on() => Allows("""
        class C : ShopCode
        {
            public async Task<PaymentResult> Load(string uri)
            {
                var result = await http.GetFromJsonAsync<PaymentResult>(uri);
                return result!;
            }
        }
        """);

    [Fact]
    public Task A_setting_of_the_request() => Flags("""
        public class Tokens(IConfiguration config) { public byte[] Key() => Encoding.UTF8.GetBytes([|config["Jwt:Key"]!|]); }
        """);

    [Fact]
    public Task A_setting_at_the_start() => Allows("""
        var builder = WebApplication.CreateBuilder(args);
        var connection = builder.Configuration.GetConnectionString("Shop")!;
        var issuer = builder.Configuration["Jwt:Issuer"]!;
        builder.Services.AddDbContext<ShopDb>(options => options.EnableDetailedErrors(connection.Length + issuer.Length > 1));
        """);

    [Fact]
    public Task A_setting_of_an_extension_for_the_start() => Allows("""
        public class MailOptions { public string Host { get; set; } = ""; }
        public static class Registration { public static IServiceCollection AddMail(this IServiceCollection services, IConfiguration config) { var mail = config.GetSection("Mail").Get<MailOptions>()!; return services.AddSingleton(mail); } }
        """);

    [Fact]
    public Task A_setting_with_a_default() => Allows("""
        public class Limits(IConfiguration config) { public string Region() => config.GetValue<string>("Region", "eu")!; }
        """);

    [Fact]
    public Task A_row_within_a_query() => Allows("class C : ShopCode { object M() => db.Orders.OrderBy(o => o.Lines.Where(l => l.Quantity > 0).OrderBy(l => l.Id).FirstOrDefault()!.UnitPrice).ToList(); }");

    [Fact]
    public Task A_converter_s_own_element() => Allows("""
        class CardConverter : System.Text.Json.Serialization.JsonConverter<Order>
        {
            public override Order Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => JsonElement.ParseValue(ref reader).Deserialize<Order>(options)!;
            public override void Write(Utf8JsonWriter writer, Order value, JsonSerializerOptions options) { }
        }
        """);

    [Fact]
    public Task A_copy_by_way_of_a_text() => Allows("class C { Order Copy(Order order) => JsonSerializer.Deserialize<Order>(JsonSerializer.Serialize(order))!; }");

    [Fact]
    public Task A_key_at_the_start() => Flags("""
        var builder = WebApplication.CreateBuilder(args);
        var key = Encoding.UTF8.GetBytes([|builder.Configuration["Jwt:Key"]!|]);
        builder.Services.AddDbContext<ShopDb>(options => options.EnableDetailedErrors(key.Length > 1));
        """);

    [Fact]
    public Task A_client_s_secret_in_an_extension() => Flags("""
        public class GoogleOptions { public string ClientId { get; set; } = ""; public string ClientSecret { get; set; } = ""; }
        public static class Registration { public static IServiceCollection AddGoogle(this IServiceCollection services, IConfiguration config) => services.Configure<GoogleOptions>(google => { google.ClientId = config["Google:ClientId"]!; google.ClientSecret = [|config["Google:ClientSecret"]!|]; }); }
        """);

    [Fact]
    public Task The_value_of_a_section() => Flags("""
        public class Tokens(IConfiguration config) { public byte[] Key() => Encoding.UTF8.GetBytes([|config.GetSection("AppSettings:Token").Value!|]); }
        """);

    [Fact]
    public Task A_key_that_was_looked_at_before() => Allows("""
        var builder = WebApplication.CreateBuilder(args);
        if (string.IsNullOrEmpty(builder.Configuration["Jwt:Key"])) throw new InvalidOperationException("Jwt:Key is not set");
        var key = Encoding.UTF8.GetBytes(builder.Configuration["Jwt:Key"]!);
        builder.Services.AddDbContext<ShopDb>(options => options.EnableDetailedErrors(key.Length > 1));
        """);
}

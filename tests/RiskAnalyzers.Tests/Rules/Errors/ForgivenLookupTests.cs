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
}

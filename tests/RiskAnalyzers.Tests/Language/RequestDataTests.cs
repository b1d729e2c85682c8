using Microsoft.CodeAnalysis.CSharp.Syntax;
using RiskAnalyzers.Language;
using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Language;

public sealed class RequestDataTests
{
    [Theory]
    [InlineData("id", true)]
    [InlineData("input.Price", true)]
    [InlineData("input.Lines[0].UnitPrice", true)]
    [InlineData("(long)input.Price", true)]
    [InlineData("input?.Price ?? 0m", true)]
    [InlineData("Request.Query[\"amount\"]", true)]
    [InlineData("Request.Headers[\"X-User\"].ToString().Trim()", true)]
    [InlineData("HttpContext.Request.Form[\"price\"]", true)]
    [InlineData("decimal.Parse(Request.Query[\"amount\"]!)", true)]
    [InlineData("local", true)]
    [InlineData("parsed", true)]
    [InlineData("input.Lines.Select(line => Use(line.UnitPrice)).First()", true)]
    [InlineData("input.Lines.Select(line => line.UnitPrice).First()", true)]
    [InlineData("$\"order-{id}\"", true)]
    [InlineData("stored.Total", false)]
    [InlineData("service", false)]
    [InlineData("prices", false)]
    [InlineData("cancellation", false)]
    [InlineData("DateTime.UtcNow", false)]
    [InlineData("User.Identity!.Name", false)]
    [InlineData("Lookup(id)", false)]
    public void A_value_of_an_action(string expression, bool sent) => Assert.Equal(sent, Holds($$"""
        public class Basket { public decimal Price { get; set; } public List<OrderLine> Lines { get; set; } = new(); }
        public class C : ShopCode
        {
            private object Use(object value) => value;
            private decimal Lookup(int id) => db.Orders.First(o => o.Id == id).Total;
            [HttpPost] public object M(int id, Basket input, [FromServices] IPriceService service, CancellationToken cancellation)
            {
                var stored = db.Orders.First(o => o.Id == 1);
                var copy = input;
                var local = copy.Price;
                int.TryParse(Request.Query["n"], out var parsed);
                return Use({{expression}});
            }
        }
        """));

    [Theory]
    [InlineData("public Task Handle(CreateOrderCommand command, CancellationToken token) { Use(command.Price); return Task.CompletedTask; }", true)]
    [InlineData("public void Place(CreateOrderCommand order) => Use(order.Price);", true)]
    [InlineData("public void Place(CreateOrderCommand order) { foreach (var line in order.Lines) Use(line.UnitPrice); }", true)]
    [InlineData("public void Place(Order order) => Use(order.Total);", false)]
    [InlineData("public void Place(decimal total) => Use(total);", false)]
    [InlineData("public void Place(Order order) { foreach (var line in order.Lines) Use(line.UnitPrice); }", false)]
    [InlineData("[BindProperty] public decimal Price { get; set; } public void Place() => Use(Price);", true)]
    [InlineData("public decimal Price { get; set; } public void Place() => Use(Price);", false)]
    public void A_value_of_a_handler_or_service(string member, bool sent) => Assert.Equal(sent, Holds($$"""
        public record CreateOrderCommand(decimal Price, List<OrderLine> Lines);
        public class C { private object Use(object value) => value; {{member}} }
        """));

    [Theory]
    [InlineData("app.MapPost(\"/x\", (decimal price, ShopDb db, ClaimsPrincipal user) => Use(price));", true)]
    [InlineData("app.MapPost(\"/x\", (decimal price, ShopDb db, ClaimsPrincipal user) => Use(user));", false)]
    [InlineData("app.MapPost(\"/x\", (HttpContext context) => Use(context.Request.Query[\"price\"]));", true)]
    [InlineData("app.MapPost(\"/x\", Price);", true, "static object Price(decimal price) => Use(price);")]
    [InlineData("", false, "static object Price(decimal price) => Use(price);")]
    public void A_value_of_a_mapped_handler(string map, bool sent, string member = "") => Assert.Equal(sent, Holds($$"""
        public static class C { static object Use(object value) => value; {{member}} public static void Run(WebApplication app) { {{map}} } }
        """));

    [Fact]
    public void A_local_that_is_set_from_itself_a_hundred_times_is_asked_about_once() => Assert.True(Holds($$"""
        public class C : ShopCode
        {
            private object Use(object value) => value;
            [HttpPost] public object M(string name, int a, int b)
            {
                var text = "";
                {{string.Concat(Enumerable.Repeat("text = text + DateTime.UtcNow + text; ", 100))}}
                text = text + name;
                return Use(text);
            }
        }
        """));

    private static bool Holds(string code)
    {
        var compilation = Analysis.Compile(("/shop/Sample.cs", code), (Prelude.Path, Prelude.Source));
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        var tree = compilation.SyntaxTrees[0];
        var model = compilation.GetSemanticModel(tree);
        var value = tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>().First(call => call.Expression.ToString() == "Use").ArgumentList.Arguments[0].Expression;
        return RequestData.In(new CompilationFacts(compilation, new ConfigOptions(), [])).Holds(model.GetOperation(value)!);
    }
}

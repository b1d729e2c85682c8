using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using RiskAnalyzers.Language;
using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Language;

public sealed class PersistenceTests
{
    [Theory]
    [InlineData("db.SaveChangesAsync()", nameof(DataReach.Save))]
    [InlineData("db.Orders.FindAsync(1)", nameof(DataReach.Query))]
    [InlineData("db.Orders.Where(o => o.Id > 1).ToListAsync()", nameof(DataReach.Query))]
    [InlineData("db.Orders.Any(o => o.Id > 1)", nameof(DataReach.Query))]
    [InlineData("db.Orders.ExecuteDeleteAsync()", nameof(DataReach.Save))]
    [InlineData("lines.Any(o => o.Id > 1)", nameof(DataReach.None))]
    [InlineData("db.Orders.Add(new Order())", nameof(DataReach.None))]
    [InlineData("http.GetAsync(\"/\")", nameof(DataReach.Remote))]
    [InlineData("http.GetFromJsonAsync<Order>(\"/\")", nameof(DataReach.Remote))]
    [InlineData("orders.KeepAsync(new Order())", nameof(DataReach.Save))]
    [InlineData("orders.OneAsync(1)", nameof(DataReach.Query))]
    [InlineData("orders.Stage(new Order())", nameof(DataReach.None))]
    [InlineData("carts.GetByIdAsync(1)", nameof(DataReach.Query))]
    [InlineData("carts.UpdateAsync(1)", nameof(DataReach.Save))]
    [InlineData("work.CommitAsync()", nameof(DataReach.Save))]
    [InlineData("shipping.KeepAsync(1)", nameof(DataReach.Save))]
    [InlineData("Math.Abs(1)", nameof(DataReach.None))]
    public void A_call_reaches_as_far_as_its_implementation_or_its_words_say(string call, string reach)
    {
        var (facts, operation) = Bind(call);

        Assert.Equal(reach, Persistence.In(facts).Of(operation).ToString());
    }

    [Fact]
    public void A_type_that_a_context_keeps_is_an_entity()
    {
        var (facts, _) = Bind("Math.Abs(1)");

        Assert.True(Persistence.In(facts).IsEntity(facts.Types.Find("Shop.Order")));
        Assert.False(Persistence.In(facts).IsEntity(facts.Types.Find("Shop.PaymentResult")));
    }

    private static (CompilationFacts, IInvocationOperation) Bind(string call)
    {
        var compilation = Analysis.Compile(("/shop/Sample.cs", $$"""
            public interface IOrders { Task KeepAsync(Order order); Task<Order?> OneAsync(int id); object Stage(Order order); }
            public class Orders(ShopDb db) : IOrders
            {
                public async Task KeepAsync(Order order) { Stage(order); await Flush(); }
                public Task<Order?> OneAsync(int id) => db.Orders.FirstOrDefaultAsync(o => o.Id == id);
                public object Stage(Order order) => db.Orders.Add(order);
                private Task Flush() => db.SaveChangesAsync();
            }
            public interface ICartRepository { Task<Order> GetByIdAsync(int id); Task UpdateAsync(int id); }
            public interface IUnitOfWork { Task CommitAsync(); }
            public class Shipping(IOrders orders) { public Task KeepAsync(int id) => orders.KeepAsync(new Order { Id = id }); }
            class C : ShopCode { object M(List<OrderLine> lines, IOrders orders, ICartRepository carts, IUnitOfWork work, Shipping shipping) => {{call}}; }
            """), (Prelude.Path, Prelude.Source));
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        var tree = compilation.SyntaxTrees[0];
        var body = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Single(method => method.Identifier.ValueText == "M").ExpressionBody!.Expression;
        var operation = (IInvocationOperation)compilation.GetSemanticModel(tree).GetOperation(body)!;
        return (new CompilationFacts(compilation, new ConfigOptions(), []), operation);
    }
}

using Microsoft.CodeAnalysis.CSharp.Syntax;
using RiskAnalyzers.Language;
using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Language;

public sealed class ReachTests
{
    private const string Shop = """
        public interface IOrders { Task PlaceAsync(Order order); }
        public class Orders(Stock stock) : IOrders { public Task PlaceAsync(Order order) => stock.TakeAsync(order); }
        public class Stock(Ledger ledger) { public Task TakeAsync(Order order) => ledger.WriteAsync(order); }
        public record Cancel(int Id);
        public class CancelHandler(Ledger ledger) { public Task Handle(Cancel cancel) => ledger.WriteAsync(new Order()); }

        """;

    private const string NobodyAsks = "public class Ledger { public Task WriteAsync(Order order) => Task.CompletedTask; }";

    private const string TheLastAsks = "public class Ledger { public Task WriteAsync(Order order) => order.CustomerId == ClaimsPrincipal.Current!.Identity!.Name ? Task.CompletedTask : throw new UnauthorizedAccessException(); }";

    [Fact]
    public void All_code_up_to_three_calls_away_is_reached() =>
        Assert.Equal(["M", "PlaceAsync", "TakeAsync", "WriteAsync"], Reached("orders.PlaceAsync(new Order())", NobodyAsks, (reach, code) => reach.CodeFrom(code)));

    [Fact]
    public void Towards_callers_nothing_is_bound_where_no_name_leads_to_one() =>
        Assert.Equal(["M", "PlaceAsync"], Reached("orders.PlaceAsync(new Order())", NobodyAsks, (reach, code) => reach.TowardsCallers(code)));

    [Fact]
    public void Towards_callers_a_name_is_followed_as_far_as_it_leads() =>
        Assert.Equal(["M", "PlaceAsync", "TakeAsync", "WriteAsync"], Reached("orders.PlaceAsync(new Order())", TheLastAsks, (reach, code) => reach.TowardsCallers(code)));

    [Fact]
    public void Who_asks_too_far_away_is_not_looked_for() =>
        Assert.Equal(["M", "PlaceAsync"], Reached("orders.PlaceAsync(new Order())", TheLastAsks, (reach, code) => reach.TowardsCallers(code, 1)));

    [Fact]
    public void A_message_goes_to_its_handler_whatever_the_call_is_named() =>
        Assert.Equal(["M", "PassOn", "Handle", "WriteAsync"], Reached("PassOn(new Order())", TheLastAsks, (reach, code) => reach.TowardsCallers(code)));

    private static IEnumerable<string> Reached(string call, string ledger, Func<Reach, IOperation, IEnumerable<ReachedCode>> walk)
    {
        var compilation = Analysis.Compile(("/shop/Sample.cs", $$"""
            {{Shop}}{{ledger}}
            class C(IOrders orders) : ShopCode { object M() => {{call}}; object PassOn(Order order) => Take(new Cancel(order.Id)); object Take(object message) => message; object Unused() => orders; }
            """), (Prelude.Path, Prelude.Source));
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        var tree = compilation.SyntaxTrees[0];
        var method = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Single(each => each.Identifier.ValueText == "M");
        var reach = Reach.In(new CompilationFacts(compilation, new ConfigOptions(), []));
        return walk(reach, compilation.GetSemanticModel(tree).GetOperation(method)!).Select(code => ((MethodDeclarationSyntax)code.Syntax).Identifier.ValueText).Where(name => name != "Take").ToList();
    }
}

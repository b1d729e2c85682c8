using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>An order is placed for goods with a stock, and nothing in the product ever takes from that stock.</summary>
internal sealed class StockNeverTaken : RiskRule
{
    private static readonly HashSet<string> Adding = Words.SetOf("add insert create store save");

    private static readonly HashSet<string> Seeds = Words.SetOf("seed seeds seeder seeding import importer migration sample test fake mock");

    private static readonly HashSet<string> Telling = Words.SetOf("publish raise dispatch enqueue emit produce send");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK2021",
        title: "An order takes nothing from the stock",
        message: "'{0}' adds an order and '{1}' stays as it is: nothing here ever takes from it, so every order sees the same stock and the last item is sold again and again; take it in the same transaction, with the condition that enough is there",
        why: "A stock that is typed in and shown but never reduced is a label. The shop sells what it has not, and finds out when it packs.",
        severity: DiagnosticSeverity.Info);

    public StockNeverTaken() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        var stock = StockTaking.In(on.Facts);
        var reach = Reach.In(on.Facts);
        on.Operation(visit => Check(visit, stock, reach), OperationKind.Invocation);
    }

    private static void Check(OperationVisit visit, StockTaking stock, Reach reach)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (Words.Of(call.TargetMethod.Name) is not [var verb, ..] || !Adding.Contains(verb) || !call.Arguments.Any(argument => IsNewOrder(argument.Value)))
            return;
        if (Words.ContainAny(visit.Member.Name, Seeds) || visit.Member.ContainingType is { } type && Words.ContainAny(type.Name, Seeds))
            return;
        var function = call.EnclosingFunction();
        if (function.Descendants().OfType<IPropertyReferenceOperation>().Select(read => StockTaking.StockOf(read.Property.ContainingType)).FirstOrDefault(member => member is not null) is not { } kept)
            return;
        if (stock.IsTaken || IsTold(function) || reach.CodeFrom(function, depth: 2).Any(code => StockTaking.IsSpokenOf(code.Syntax)))
            return;
        visit.Report(call, Excerpt.Of(call), $"{kept.ContainingType.Name}.{kept.Name}");
    }

    private static bool IsNewOrder(IOperation value)
    {
        value = value.WithoutConversions();
        if (value.Type is not INamedTypeSymbol { TypeKind: TypeKind.Class, Name: var name } || Words.Of(name) is not ([.., "order"] or [.., "order", "entity"]))
            return false;
        return (value is ILocalReferenceOperation local ? Flow.InitialValue(local) : value) is IObjectCreationOperation or IInvocationOperation { TargetMethod: { IsStatic: true, IsExtensionMethod: false } };
    }

    private static bool IsTold(IOperation function) => function.DescendantsInFunction().Any(operation => operation is IInvocationOperation { TargetMethod.Name: var name } && Words.Of(name) is [var verb, ..] && Telling.Contains(verb) && !LogCalls.IsLog((IInvocationOperation)operation));
}

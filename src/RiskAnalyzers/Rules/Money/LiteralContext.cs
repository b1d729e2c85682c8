using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Money;

/// <summary>A currency, country, region or tenant written into code that has an order, cart or customer at hand with one of its own.</summary>
internal sealed class LiteralContext : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK1014",
        title: "A literal stands in for what the order knows",
        message: "'{0}' is written into the code while '{1}' carries its own: whoever differs is charged, taxed or served as somebody else; use '{1}'",
        why: "A literal currency charges 100 yen as 100 dollars, a literal country taxes everybody as if they lived there, and a literal tenant mixes customers. "
            + "It works for as long as everybody is like the developer.");

    public LiteralContext() : base(Risk)
    {
    }

    public override void Listen(RuleListener on) => on.Operation(Check, OperationKind.Literal);

    private static void Check(OperationVisit visit)
    {
        if (visit.Operation is not ILiteralOperation { ConstantValue: { HasValue: true, Value: string { Length: > 1 and < 40 } text } } literal)
            return;
        if (visit.Body is not IBlockOperation || LiteralPlaces.HoldsValues(visit.Member))
            return;
        if (ContextPlace.Of(literal, visit.Member) is not { } place || !place.Kind.Accepts(text))
            return;
        if (ContextCarrier.InScope(literal, place, visit.Member) is { } carrier)
            visit.Report(literal, text, carrier.Text);
    }
}

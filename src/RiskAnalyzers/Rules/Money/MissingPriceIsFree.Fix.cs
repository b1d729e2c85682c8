using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Money;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class MissingPriceIsFreeFix : RiskFix
{
    // What a caller does with the exception wants a look each time.
    public MissingPriceIsFreeFix() : base("RISK1003", fixAll: false)
    {
    }

    protected override async Task Offer(FixOffer offer)
    {
        if (offer.Root.FindNode(offer.Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not ExpressionSyntax found)
            return;
        var literal = found switch
        {
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } coalesce => coalesce.Right,
            ConditionalExpressionSyntax { WhenFalse: LiteralExpressionSyntax whenFalse } => whenFalse,
            ConditionalExpressionSyntax { WhenTrue: LiteralExpressionSyntax whenTrue } => whenTrue,
            _ => null,
        };
        if (literal is null)
            return;
        // A throw expression cannot stand in an expression tree, where the query runs elsewhere.
        var model = await offer.Model().ConfigureAwait(false);
        if (found.IsInExpressionTree(model, offer.Cancellation))
            return;
        var system = model.LookupNamespacesAndTypes(found.SpanStart, name: "InvalidOperationException").IsEmpty ? "System." : "";
        offer.Replace("Throw when there is no price", literal, SyntaxFactory.ParseExpression($"throw new {system}InvalidOperationException(\"No price was found.\")"));
    }
}

using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Money;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class TruncatedMinorUnitsFix : RiskFix
{
    public TruncatedMinorUnitsFix() : base("RISK1001", fixAll: true)
    {
    }

    protected override async Task Offer(FixOffer offer)
    {
        var node = offer.Root.FindNode(offer.Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        var amount = node switch
        {
            CastExpressionSyntax cast => cast.Expression,
            InvocationExpressionSyntax { ArgumentList.Arguments: [{ Expression: var argument }] } => argument,
            _ => null,
        };
        // (long)total * 100 wants its product rounded, not the total.
        if (amount is null || IsMultiplied(node))
            return;
        // A nullable cannot be rounded, and a query's translation may not know how.
        var model = await offer.Model().ConfigureAwait(false);
        if (model.GetTypeInfo(amount, offer.Cancellation).Type is not { SpecialType: SpecialType.System_Decimal or SpecialType.System_Double }
            || node.IsInExpressionTree(model, offer.Cancellation))
            return;
        var inner = amount is ParenthesizedExpressionSyntax parenthesized ? parenthesized.Expression : amount;
        var system = model.LookupNamespacesAndTypes(node.SpanStart, name: "MidpointRounding").IsEmpty ? "System." : "";
        var round = SyntaxFactory.InvocationExpression(SyntaxFactory.ParseExpression(system + "Math.Round"), SyntaxFactory.ArgumentList(SyntaxFactory.SeparatedList(new[]
        {
            SyntaxFactory.Argument(inner.WithoutTrivia()),
            SyntaxFactory.Argument(SyntaxFactory.ParseExpression(system + "MidpointRounding.AwayFromZero")).WithLeadingTrivia(SyntaxFactory.Space),
        })));
        offer.Replace("Round before the cast", amount, round);
    }

    private static bool IsMultiplied(SyntaxNode node)
    {
        var parent = node.Parent;
        while (parent is ParenthesizedExpressionSyntax)
            parent = parent.Parent;
        return parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.MultiplyExpression };
    }
}

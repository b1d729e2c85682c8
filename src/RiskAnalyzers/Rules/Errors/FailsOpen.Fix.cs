namespace RiskAnalyzers.Rules.Errors;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class FailsOpenFix : RiskFix
{
    public FailsOpenFix() : base("RISK4001", fixAll: true)
    {
    }

    protected override Task Offer(FixOffer offer)
    {
        var literal = offer.Root.FindNode(offer.Diagnostic.Location.SourceSpan).DescendantNodesAndSelf().OfType<LiteralExpressionSyntax>()
            .LastOrDefault(node => node.Kind() is SyntaxKind.TrueLiteralExpression or SyntaxKind.FalseLiteralExpression);
        if (literal is null)
            return Task.CompletedTask;
        var opposite = literal.IsKind(SyntaxKind.TrueLiteralExpression) ? SyntaxKind.FalseLiteralExpression : SyntaxKind.TrueLiteralExpression;
        offer.Replace("Deny when the check fails", literal, SyntaxFactory.LiteralExpression(opposite));
        return Task.CompletedTask;
    }
}

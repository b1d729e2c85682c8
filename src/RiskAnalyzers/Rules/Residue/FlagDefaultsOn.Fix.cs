namespace RiskAnalyzers.Rules.Residue;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class FlagDefaultsOnFix : RiskFix
{
    public FlagDefaultsOnFix() : base("RISK7003", fixAll: true)
    {
    }

    protected override Task Offer(FixOffer offer)
    {
        var literal = offer.Root.FindNode(offer.Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true).DescendantNodesAndSelf().OfType<LiteralExpressionSyntax>()
            .FirstOrDefault(node => node.IsKind(SyntaxKind.TrueLiteralExpression));
        if (literal is not null)
            offer.Replace("Default to off", literal, SyntaxFactory.LiteralExpression(SyntaxKind.FalseLiteralExpression));
        return Task.CompletedTask;
    }
}

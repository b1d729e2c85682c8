namespace RiskAnalyzers.Rules.Residue;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class PermissiveDefaultFix : RiskFix
{
    public PermissiveDefaultFix() : base("RISK7008", fixAll: true)
    {
    }

    protected override Task Offer(FixOffer offer)
    {
        var node = offer.Root.FindNode(offer.Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        if (node is not LiteralExpressionSyntax { RawKind: (int)SyntaxKind.TrueLiteralExpression or (int)SyntaxKind.FalseLiteralExpression } literal)
            return Task.CompletedTask;
        var opposite = literal.IsKind(SyntaxKind.TrueLiteralExpression) ? SyntaxKind.FalseLiteralExpression : SyntaxKind.TrueLiteralExpression;
        offer.Replace("Let the check be the default", literal, SyntaxFactory.LiteralExpression(opposite));
        return Task.CompletedTask;
    }
}

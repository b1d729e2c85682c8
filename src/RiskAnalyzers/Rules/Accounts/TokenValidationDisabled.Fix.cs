namespace RiskAnalyzers.Rules.Accounts;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class TokenValidationDisabledFix : RiskFix
{
    // Switching on a check asks for an issuer or an audience to be named; each needs a look.
    public TokenValidationDisabledFix() : base("RISK3012", fixAll: false)
    {
    }

    protected override Task Offer(FixOffer offer)
    {
        if (offer.Root.FindNode(offer.Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is AssignmentExpressionSyntax { Right: LiteralExpressionSyntax { RawKind: (int)SyntaxKind.FalseLiteralExpression } off })
            offer.Replace("Switch the check on", off, SyntaxFactory.LiteralExpression(SyntaxKind.TrueLiteralExpression));
        return Task.CompletedTask;
    }
}

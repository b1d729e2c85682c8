namespace RiskAnalyzers.Rules.Accounts;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class LockoutDisabledFix : RiskFix
{
    private const int UsualAttempts = 5;

    public LockoutDisabledFix() : base("RISK3006", fixAll: true)
    {
    }

    protected override Task Offer(FixOffer offer)
    {
        var value = offer.Root.FindNode(offer.Diagnostic.Location.SourceSpan) switch
        {
            ArgumentSyntax argument => argument.Expression,
            AssignmentExpressionSyntax assignment => assignment.Right,
            _ => null,
        };
        if (value is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.FalseLiteralExpression })
            offer.Replace("Switch lockout on", value, SyntaxFactory.LiteralExpression(SyntaxKind.TrueLiteralExpression));
        else if (value is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NumericLiteralExpression })
            offer.Replace("Lock after five failures", value, SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(UsualAttempts)));
        return Task.CompletedTask;
    }
}

namespace RiskAnalyzers.Rules.Accounts;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class NullExpiryFix : RiskFix
{
    public NullExpiryFix() : base("RISK3022", fixAll: true)
    {
    }

    // end <= now becomes !(end > now), which null does not pass.
    protected override Task Offer(FixOffer offer)
    {
        if (offer.Root.FindNode(offer.Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not BinaryExpressionSyntax comparison)
            return Task.CompletedTask;
        var (kind, text) = comparison.Kind() switch
        {
            SyntaxKind.LessThanExpression => (SyntaxKind.GreaterThanEqualsToken, ">="),
            SyntaxKind.LessThanOrEqualExpression => (SyntaxKind.GreaterThanToken, ">"),
            SyntaxKind.GreaterThanExpression => (SyntaxKind.LessThanEqualsToken, "<="),
            SyntaxKind.GreaterThanOrEqualExpression => (SyntaxKind.LessThanToken, "<"),
            _ => (SyntaxKind.None, ""),
        };
        if (kind == SyntaxKind.None)
            return Task.CompletedTask;
        var operatorToken = SyntaxFactory.Token(kind).WithTriviaFrom(comparison.OperatorToken);
        var turned = SyntaxFactory.BinaryExpression(kind switch
        {
            SyntaxKind.GreaterThanEqualsToken => SyntaxKind.GreaterThanOrEqualExpression,
            SyntaxKind.GreaterThanToken => SyntaxKind.GreaterThanExpression,
            SyntaxKind.LessThanEqualsToken => SyntaxKind.LessThanOrEqualExpression,
            _ => SyntaxKind.LessThanExpression,
        }, comparison.Left.WithoutLeadingTrivia(), operatorToken, comparison.Right.WithoutTrailingTrivia());
        var refusing = SyntaxFactory.PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, SyntaxFactory.ParenthesizedExpression(turned)).WithTriviaFrom(comparison);
        // !(end < now) stands in parentheses already; a second pair and another "not" would only puzzle.
        if (comparison.Parent is ParenthesizedExpressionSyntax { Parent: PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not })
            offer.Replace($"Accept only what ends in the future ('{text}')", not, turned.WithTriviaFrom(not));
        else
            offer.Replace($"Refuse what does not end in the future ('{text}')", comparison, refusing);
        return Task.CompletedTask;
    }
}

namespace RiskAnalyzers.Rules.Residue;

/// <summary>Turns what stands in for a missing setting into an exception that names it: <c>config["Jwt:Key"] ?? throw ...</c>.</summary>
internal static class RequiredSetting
{
    /// <summary>Offers the change where the finding stands behind <c>??</c>.</summary>
    public static void Offer(FixOffer offer)
    {
        if (!offer.Finds<ExpressionSyntax>(out var standIn))
            return;
        var outer = standIn;
        while (outer.Parent is ParenthesizedExpressionSyntax or CastExpressionSyntax)
            outer = (ExpressionSyntax)outer.Parent;
        if (outer.Parent is not BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } coalesce || coalesce.Right != outer)
            return;
        // a ?? (b ?? c): the first setting is the one that the reader knows.
        var first = coalesce;
        while (first.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } before && before.Right == first)
            first = before;
        offer.Replace("Throw when the setting is missing", outer, Thrown(KeyIn(first.Left)));
    }

    /// <summary><c>throw new InvalidOperationException("Jwt:Key is not configured")</c>.</summary>
    public static ThrowExpressionSyntax Thrown(string? key)
    {
        var message = SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal((key ?? "A required setting") + " is not configured"));
        var exception = SyntaxFactory.ObjectCreationExpression(SyntaxFactory.ParseTypeName("System.InvalidOperationException").WithAdditionalAnnotations(Simplifier.Annotation))
            .WithNewKeyword(SyntaxFactory.Token(SyntaxKind.NewKeyword).WithTrailingTrivia(SyntaxFactory.Space))
            .WithArgumentList(SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(message))));
        return SyntaxFactory.ThrowExpression(SyntaxFactory.Token(SyntaxKind.ThrowKeyword).WithTrailingTrivia(SyntaxFactory.Space), exception);
    }

    /// <summary>The key that the expression reads, as its first text says.</summary>
    public static string? KeyIn(SyntaxNode read) =>
        read.DescendantNodes().OfType<LiteralExpressionSyntax>().FirstOrDefault(literal => literal.IsKind(SyntaxKind.StringLiteralExpression))?.Token.ValueText;
}

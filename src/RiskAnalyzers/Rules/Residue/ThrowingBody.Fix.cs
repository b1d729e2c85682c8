namespace RiskAnalyzers.Rules.Residue;

/// <summary>A method whose body says aloud that nobody has written it: what pretended to work fails at the first call.</summary>
internal static class ThrowingBody
{
    public static MethodDeclarationSyntax Of(MethodDeclarationSyntax method)
    {
        var exception = SyntaxFactory.ObjectCreationExpression(SyntaxFactory.ParseTypeName("System.NotImplementedException").WithAdditionalAnnotations(Simplifier.Annotation))
            .WithArgumentList(SyntaxFactory.ArgumentList())
            .NormalizeWhitespace();
        // Without an await, async would only bring a warning.
        var asynchronous = method.Modifiers.IndexOf(SyntaxKind.AsyncKeyword);
        var modifiers = asynchronous < 0 ? method.Modifiers : method.Modifiers.RemoveAt(asynchronous);
        if (method.ExpressionBody is { } arrow)
            return method.WithModifiers(modifiers).WithExpressionBody(arrow.WithExpression(SyntaxFactory.ThrowExpression(Keyword(), exception)));
        var thrown = SyntaxFactory.ThrowStatement(Keyword(), exception, SyntaxFactory.Token(SyntaxKind.SemicolonToken));
        return method.WithModifiers(modifiers).WithBody(method.Body!.WithStatements(SyntaxFactory.SingletonList<StatementSyntax>(thrown.WithAdditionalAnnotations(Formatter.Annotation))));
    }

    private static SyntaxToken Keyword() => SyntaxFactory.Token(SyntaxKind.ThrowKeyword).WithTrailingTrivia(SyntaxFactory.Space);
}

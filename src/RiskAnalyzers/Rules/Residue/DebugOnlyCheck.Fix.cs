namespace RiskAnalyzers.Rules.Residue;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class DebugOnlyCheckFix : RiskFix
{
    public DebugOnlyCheckFix() : base("RISK7013", fixAll: true)
    {
    }

    protected override Task Offer(FixOffer offer)
    {
        if (!offer.Finds<InvocationExpressionSyntax>(out var call) || call.Parent is not ExpressionStatementSyntax { Parent: BlockSyntax } statement || call.Expression is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Assert" })
            return Task.CompletedTask;
        if (call.ArgumentList.Arguments is not [{ NameColon: null, Expression: var condition }, ..] arguments || condition is DeclarationExpressionSyntax || condition.DescendantNodes().Any(node => node is DeclarationExpressionSyntax or SingleVariableDesignationSyntax))
            return Task.CompletedTask;
        var message = arguments.Count > 1 && arguments[1].Expression is LiteralExpressionSyntax { Token.Value: string } said ? said.Token.Text
            : SymbolDisplay.FormatLiteral("Expected " + condition.WithoutTrivia().ToString().Replace("\r", "").Replace("\n", " "), quote: true);
        var exception = SyntaxFactory.ParseTypeName("global::System.InvalidOperationException").WithAdditionalAnnotations(Simplifier.Annotation);
        var thrown = SyntaxFactory.ThrowStatement(SyntaxFactory.ObjectCreationExpression(exception).WithArgumentList(SyntaxFactory.ParseArgumentList($"({message})"))).NormalizeWhitespace();
        thrown = thrown.ReplaceNode(((ObjectCreationExpressionSyntax)thrown.Expression!).Type, exception);
        offer.Replace("Throw, in release builds too", statement, SyntaxFactory.IfStatement(Negated(condition.WithoutTrivia()), thrown.WithLeadingTrivia(SyntaxFactory.ElasticCarriageReturnLineFeed)));
        return Task.CompletedTask;
    }

    private static ExpressionSyntax Negated(ExpressionSyntax condition) => condition switch
    {
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not => not.Operand is ParenthesizedExpressionSyntax inner ? inner.Expression : not.Operand,
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.NotEqualsExpression } different => SyntaxFactory.BinaryExpression(SyntaxKind.EqualsExpression, different.Left, different.Right).NormalizeWhitespace(),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression } same => SyntaxFactory.BinaryExpression(SyntaxKind.NotEqualsExpression, same.Left, same.Right).NormalizeWhitespace(),
        IdentifierNameSyntax or InvocationExpressionSyntax or MemberAccessExpressionSyntax => SyntaxFactory.PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, condition),
        _ => SyntaxFactory.PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, SyntaxFactory.ParenthesizedExpression(condition)),
    };
}

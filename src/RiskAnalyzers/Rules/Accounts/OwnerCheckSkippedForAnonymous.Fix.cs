namespace RiskAnalyzers.Rules.Accounts;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class OwnerCheckSkippedForAnonymousFix : RiskFix
{
    private const string Title = "Refuse the missing caller as well";

    public OwnerCheckSkippedForAnonymousFix() : base("RISK3003", fixAll: true)
    {
    }

    protected override Task Offer(FixOffer offer)
    {
        var reported = offer.Root.FindNode(offer.Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<IfStatementSyntax>();
        if (reported is not { Else: null } check || check.Condition.Span != offer.Diagnostic.Location.SourceSpan)
            return Task.CompletedTask;
        // uid != null && order.CustomerId != uid
        if (check.Condition is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } both)
        {
            if (Absence(both.Left) is { } missing && IsComparison(both.Right))
                offer.Replace(Title, check.Condition, Either(missing, both.Right));
        }
        // if (uid != null) { if (order.CustomerId != uid) return Forbid(); }
        else if (Absence(check.Condition) is { } absent && Only(check.Statement) is IfStatementSyntax { Else: null } nested && IsComparison(nested.Condition))
        {
            offer.Replace(Title, check, nested.WithCondition(Either(absent, nested.Condition)));
        }
        return Task.CompletedTask;
    }

    private static BinaryExpressionSyntax Either(ExpressionSyntax missing, ExpressionSyntax differs) => SyntaxFactory.BinaryExpression(
        SyntaxKind.LogicalOrExpression,
        missing.WithoutTrivia().WithTrailingTrivia(SyntaxFactory.Space),
        SyntaxFactory.Token(SyntaxKind.BarBarToken).WithTrailingTrivia(SyntaxFactory.Space),
        differs.WithoutTrivia());

    private static bool IsComparison(ExpressionSyntax condition) => condition.IsKind(SyntaxKind.NotEqualsExpression);

    private static StatementSyntax? Only(StatementSyntax statement) => statement is BlockSyntax { Statements: [var only] } ? only : statement;

    private static ExpressionSyntax? Absence(ExpressionSyntax presence) => presence switch
    {
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.NotEqualsExpression, Right: LiteralExpressionSyntax } different => SyntaxFactory.BinaryExpression(
            SyntaxKind.EqualsExpression, different.Left, SyntaxFactory.Token(SyntaxKind.EqualsEqualsToken).WithTriviaFrom(different.OperatorToken), different.Right),
        IsPatternExpressionSyntax { Pattern: UnaryPatternSyntax { Pattern: ConstantPatternSyntax constant } } pattern => pattern.WithPattern(constant),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression, Operand: InvocationExpressionSyntax asked } => asked,
        _ => null,
    };
}

namespace RiskAnalyzers.Rules.Money;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class CoalescePrecedenceFix : RiskFix
{
    public CoalescePrecedenceFix() : base("RISK1002", fixAll: true)
    {
    }

    protected override Task Offer(FixOffer offer)
    {
        if (!offer.Finds<BinaryExpressionSyntax>(out var coalesce) || CoalescePrecedence.ArithmeticBesideFallback(coalesce) is not { } arithmetic)
            return Task.CompletedTask;
        offer.Replace("Put the fallback in parentheses", coalesce, arithmetic == coalesce.Left ? MoveIntoLastOperand(coalesce, arithmetic) : MoveIntoLeaf(coalesce));
        return Task.CompletedTask;
    }

    // a ?? 0m * b: (a ?? 0m) takes the place of the leaf 0m.
    private static ExpressionSyntax MoveIntoLeaf(BinaryExpressionSyntax coalesce)
    {
        var leaf = coalesce.Right;
        while (leaf is BinaryExpressionSyntax binary)
            leaf = binary.Left;
        var moved = coalesce.Right.ReplaceNode(leaf, Parenthesized(coalesce.Left, coalesce.OperatorToken, leaf).WithTriviaFrom(leaf));
        // a ?? 0m + b ?? 0m: the second fallback belongs to b.
        return moved is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression, Left: BinaryExpressionSyntax sum } second ? MoveIntoLastOperand(second, sum) : moved;
    }

    // a - b ?? 0m: (b ?? 0m) takes the place of b.
    private static ExpressionSyntax MoveIntoLastOperand(BinaryExpressionSyntax coalesce, BinaryExpressionSyntax arithmetic) =>
        arithmetic.WithRight(Parenthesized(arithmetic.Right, coalesce.OperatorToken, coalesce.Right));

    private static ParenthesizedExpressionSyntax Parenthesized(ExpressionSyntax value, SyntaxToken coalesce, ExpressionSyntax fallback) =>
        SyntaxFactory.ParenthesizedExpression(SyntaxFactory.BinaryExpression(SyntaxKind.CoalesceExpression,
            value.WithoutTrivia().WithTrailingTrivia(SyntaxFactory.Space), coalesce, fallback.WithoutTrivia()));
}

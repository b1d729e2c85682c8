namespace RiskAnalyzers.Rules.Money;

/// <summary><c>price ?? 0m * quantity</c> means <c>price ?? (0m * quantity)</c>: the quantity is silently dropped.</summary>
internal sealed class CoalescePrecedence : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK1002",
        title: "The fallback of ?? swallows the arithmetic beside it",
        message: "'??' binds looser than '{0}': the amount is computed as '{1}'; put the fallback in parentheses",
        why: "The fallback literal belongs to the value before it, but the compiler reads it as the first operand of the arithmetic. "
            + "Quantities, taxes or discounts drop out of totals without an error.");

    public CoalescePrecedence() : base(Risk)
    {
    }

    public override ImmutableArray<string> Supersedes { get; } = ImmutableArray.Create("RISK1003");

    public override void Listen(RuleListener on) => on.Operation(Check, OperationKind.Coalesce);

    private static void Check(OperationVisit visit)
    {
        if (visit.Operation.Syntax is not BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } coalesce)
            return;
        if (visit.Operation.Type is { SpecialType: SpecialType.System_String })
            return;
        if (ArithmeticBesideFallback(coalesce) is not { } arithmetic)
            return;
        var (left, right) = arithmetic == coalesce.Right ? (coalesce.Left.ToString(), $"({coalesce.Right})") : ($"({coalesce.Left})", coalesce.Right.ToString());
        visit.Report(coalesce, arithmetic.OperatorToken.Text, $"{left} ?? {right}");
    }

    /// <summary>The arithmetic without parentheses that the fallback was not meant for, or null.</summary>
    internal static BinaryExpressionSyntax? ArithmeticBesideFallback(BinaryExpressionSyntax coalesce)
    {
        // a ?? 0m * b: a literal that changes nothing, or everything, was never meant as an operand.
        if (coalesce.Right is BinaryExpressionSyntax right && IsArithmetic(right) && IsNeutral(LeftmostLeaf(right), right))
            return right;
        // a - b ?? 0m: the fallback was meant for b alone.
        if (coalesce.Left is BinaryExpressionSyntax left && IsArithmetic(left) && IsZero(coalesce.Right))
            return left;
        return null;
    }

    private static bool IsArithmetic(BinaryExpressionSyntax binary) =>
        binary.Kind() is SyntaxKind.AddExpression or SyntaxKind.SubtractExpression or SyntaxKind.MultiplyExpression or SyntaxKind.DivideExpression;

    private static ExpressionSyntax LeftmostLeaf(ExpressionSyntax expression)
    {
        while (expression is BinaryExpressionSyntax binary && IsArithmetic(binary))
            expression = binary.Left;
        return expression;
    }

    private static bool IsNeutral(ExpressionSyntax leaf, BinaryExpressionSyntax arithmetic) =>
        IsZero(leaf) || (IsOne(leaf) && arithmetic.Kind() is SyntaxKind.MultiplyExpression or SyntaxKind.DivideExpression);

    private static bool IsZero(ExpressionSyntax expression) => ValueOf(expression) == 0m;

    private static bool IsOne(ExpressionSyntax expression) => ValueOf(expression) == 1m;

    private static decimal? ValueOf(ExpressionSyntax expression) => expression is LiteralExpressionSyntax literal
        ? literal.Token.Value switch
        {
            int value => value,
            long value => value,
            decimal value => value,
            double value => value is 0d ? 0m : value is 1d ? 1m : null,
            float value => value is 0f ? 0m : value is 1f ? 1m : null,
            _ => null,
        }
        : null;
}

using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Money;

/// <summary><c>price ?? 0m * quantity</c> means <c>price ?? (0m * quantity)</c>: the quantity is silently dropped.</summary>
internal sealed class CoalescePrecedence : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK1002",
        title: "The fallback of ?? swallows the arithmetic beside it",
        message: "'??' binds looser than '{0}': it is computed as '{1}'; put the fallback in parentheses",
        why: "The fallback literal belongs to the value before it, but the compiler reads it as the first operand of the arithmetic. "
            + "Quantities, taxes or discounts drop out of totals without an error.");

    public CoalescePrecedence() : base(Risk)
    {
    }

    public override ImmutableArray<string> Supersedes { get; } = ImmutableArray.Create("RISK1003");

    public override void Listen(RuleListener on) => on.Operation(Check, OperationKind.Coalesce);

    private static void Check(OperationVisit visit)
    {
        if (visit.Operation is not ICoalesceOperation { Value: var value, Syntax: BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } coalesce })
            return;
        if (visit.Operation.Type is { SpecialType: SpecialType.System_String } || ArithmeticBesideFallback(coalesce) is not { } arithmetic)
            return;
        // a ?? 0m + b ?? 0m is one mistake.
        if (coalesce.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } outer && ArithmeticBesideFallback(outer) is not null)
            return;
        // (total + tax) ?? 0m, where the tax may be missing; where the total may, 0 is what was meant.
        if (arithmetic == coalesce.Left && !EndsInNullable(value))
            return;
        var (left, right) = arithmetic == coalesce.Left ? ($"({coalesce.Left})", coalesce.Right.ToString()) : (coalesce.Left.ToString(), $"({coalesce.Right})");
        visit.Report(coalesce, arithmetic.OperatorToken.Text, $"{left} ?? {right}");
    }

    /// <summary>The operation without parentheses that the fallback was not meant for, or null.</summary>
    internal static BinaryExpressionSyntax? ArithmeticBesideFallback(BinaryExpressionSyntax coalesce)
    {
        // a ?? 0m * b, a ?? false && b: a literal that changes nothing, or everything, was never meant as an operand.
        if (coalesce.Right is BinaryExpressionSyntax right && IsSwallowed(right))
            return right;
        // a ?? 0m + b ?? 0m: the first fallback swallows the second sum.
        if (coalesce.Right is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression, Left: BinaryExpressionSyntax next } && IsSwallowed(next))
            return next;
        // a - b ?? 0m: the fallback was meant for b alone. A product with a missing factor is 0 either way.
        if (coalesce.Left is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression or (int)SyntaxKind.SubtractExpression } sum && IsZero(coalesce.Right))
            return sum;
        // a * b ?? 1: the result was not meant to be 1.
        return coalesce.Left is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.MultiplyExpression or (int)SyntaxKind.DivideExpression } product && IsOne(coalesce.Right) ? product : null;
    }

    private static bool IsSwallowed(BinaryExpressionSyntax binary) => IsArithmetic(binary) ? IsNeutral(LeftmostLeaf(binary), binary)
        : binary.Kind() is SyntaxKind.LogicalAndExpression or SyntaxKind.LogicalOrExpression && LeftmostCondition(binary).Kind() is SyntaxKind.TrueLiteralExpression or SyntaxKind.FalseLiteralExpression;

    private static ExpressionSyntax LeftmostCondition(ExpressionSyntax expression)
    {
        while (expression is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression } binary)
            expression = binary.Left;
        return expression;
    }

    private static bool EndsInNullable(IOperation sum) =>
        sum.WithoutConversions() is IBinaryOperation { RightOperand: var last } && last.WithoutConversions().Type is { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T };

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

    private static bool IsZero(ExpressionSyntax expression) => ValueOf(expression) == 0m || expression is MemberAccessExpressionSyntax { Expression: PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.DecimalKeyword } or IdentifierNameSyntax { Identifier.ValueText: "Decimal" }, Name.Identifier.ValueText: "Zero" };

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

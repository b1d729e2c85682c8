using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Money;

/// <summary>Discounts, and where they are taken off an amount.</summary>
internal static class Discounts
{
    private static readonly HashSet<string> DiscountWords = Words.SetOf("discount discounts coupon voucher promo promotion rebate savings off markdown reduction credit loyalty");

    private static readonly HashSet<string> Clamping = Words.SetOf("clamp min max throwif throwifgreaterthan ensure validate cap");

    /// <summary>The whole operation and the discount where the operation takes one off: <c>a - d</c>, <c>a -= d</c>, <c>a * (1 - p)</c>; else null.</summary>
    public static (IOperation Whole, IOperation Discount)? TakenOff(IOperation operation)
    {
        switch (operation)
        {
            case ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Subtract } assignment:
                return In(assignment.Value) is { } taken ? (assignment, taken) : null;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Subtract } difference when difference.LeftOperand.ConstantNumber() is null:
                return In(difference.RightOperand) is { } subtracted && In(difference.LeftOperand) is null ? (difference, subtracted) : null;
            // a * (1 - p), a * (100 - p) / 100
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Subtract } rest when rest.LeftOperand.ConstantNumber() is 1m or 100m && In(rest.RightOperand) is { } rate:
                var product = rest.Parent;
                while (product is IConversionOperation or IParenthesizedOperation)
                    product = product.Parent;
                return product is IBinaryOperation { OperatorKind: BinaryOperatorKind.Multiply } or ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Multiply } ? (product, rate) : null;
            default:
                return null;
        }
    }

    /// <summary>Whether something keeps the discount within bounds: a comparison, a clamp, a constant, an annotation, or the method that makes it.</summary>
    public static bool IsBounded(IOperation discount)
    {
        discount = discount.WithoutAwait();
        if ((Guards.Of(discount) & (Bounds.Upper | Bounds.Checked)) != 0)
            return true;
        if (discount is IPropertyReferenceOperation { Property: var property } && (Validations.OfAnnotations(property.GetAttributes()) & Bounds.Upper) != 0)
            return true;
        var source = discount is ILocalReferenceOperation local ? Initial(local) : discount;
        if (source is IInvocationOperation { TargetMethod: var maker })
            return IsBoundedBy(maker);
        return source is not null && source != discount && Parts(source).Any(part => (Guards.Of(part) & (Bounds.Upper | Bounds.Checked)) != 0 && IsDiscount(part)) || source is IConditionalOperation or ISwitchExpressionOperation && Parts(source).All(part => !IsDiscount(part));
    }

    private static bool IsBoundedBy(IMethodSymbol maker)
    {
        foreach (var reference in maker.DeclaringSyntaxReferences)
        {
            foreach (var node in reference.GetSyntax().DescendantNodes())
            {
                if (node is InvocationExpressionSyntax { Expression: var called } && Words.Of(called.ToString()) is { IsEmpty: false } words && Clamping.Contains(words[words.Length - 1]) || node is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.GreaterThanExpression or (int)SyntaxKind.LessThanOrEqualExpression })
                    return true;
            }
            // One that only answers with shares of its own; a fixed amount may be larger than the basket.
            if (!reference.GetSyntax().DescendantTokens().Any(token => token.Value is decimal and > 1m and not 100m) && !reference.GetSyntax().DescendantNodes().Any(node => node is MemberAccessExpressionSyntax access && Words.ContainAny(access.Name.Identifier.ValueText, DiscountWords)))
                return true;
        }
        return false;
    }

    private static IEnumerable<IOperation> Parts(IOperation value) => value.DescendantsAndSelf().Where(part => part is ILocalReferenceOperation or IParameterReferenceOperation or IPropertyReferenceOperation or IFieldReferenceOperation);

    private static IOperation? Initial(ILocalReferenceOperation local) => local.EnclosingFunction().DescendantsInFunction().OfType<IVariableDeclaratorOperation>()
        .FirstOrDefault(declarator => SymbolEqualityComparer.Default.Equals(declarator.Symbol, local.Local))?.GetVariableInitializer()?.Value.WithoutAwait();

    // The discount among the factors: discount, price * percentOff / 100, order.Coupon.Amount.
    private static IOperation? In(IOperation value)
    {
        value = value.WithoutAwait();
        return value switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Multiply or BinaryOperatorKind.Divide } product => In(product.LeftOperand) ?? In(product.RightOperand),
            ICoalesceOperation coalesce => In(coalesce.Value),
            IConditionalOperation { WhenFalse: { } whenFalse } choice => In(choice.WhenTrue) ?? In(whenFalse),
            ISwitchExpressionOperation choice => choice.Arms.Select(arm => In(arm.Value)).FirstOrDefault(found => found is not null),
            IConditionalAccessOperation access => IsDiscount(access.WhenNotNull) || IsDiscount(access.Operation) ? access : null,
            IPropertyReferenceOperation { Property.Name: "Value", Instance: { } nullable } when In(nullable) is { } inner => inner,
            _ => IsDiscount(value) ? value : null,
        };
    }

    /// <summary>Whether the property is a discount's amount or share: <c>DiscountValue</c>, <c>Coupon.Percentage</c>; not its code or count.</summary>
    public static bool IsDiscount(IPropertySymbol property) =>
        Words.ContainAny(property.Name, DiscountWords) && !Words.ContainAny(property.Name, Counts)
        || property.ContainingType is { Name: var owner } && Words.ContainAny(owner, DiscountWords) && property.Name is "Value" or "Percent" or "Percentage" or "PercentOff" or "AmountOff" or "Amount";

    private static readonly HashSet<string> Counts = Words.SetOf("id code count limit uses usage max min minimum maximum threshold type kind days quantity number order");

    private static bool IsDiscount(IOperation value) => value.ReferencedSymbol() is { } symbol && value is not IInvocationOperation { TargetMethod.Name: "Min" or "Clamp" }
        && (Words.ContainAny(symbol.Name, DiscountWords) || symbol is IPropertySymbol { ContainingType.Name: var owner } && Words.ContainAny(owner, DiscountWords) && symbol.Name is "Value" or "Amount" or "Percent" or "Percentage" or "Rate");
}

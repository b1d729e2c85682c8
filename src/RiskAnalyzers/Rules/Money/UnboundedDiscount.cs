using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Money;

/// <summary>A discount that is taken off an amount although nothing bounds it: the total may be zero or negative.</summary>
internal sealed class UnboundedDiscount : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK1010",
        title: "A discount is taken off without a bound",
        message: "'{0}' {1}: a discount larger than the amount makes the total negative, and 120 percent pays the customer; {2}",
        why: "Coupons that stack, a percentage typed as 1000, a fixed amount larger than the basket: nothing stops the total at zero, and the order ships.",
        severity: DiagnosticSeverity.Info);

    public UnboundedDiscount() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        on.Operation(Check, OperationKind.Binary, OperationKind.CompoundAssignment);
        on.Operation(CheckRule, OperationKind.Invocation);
    }

    // RuleFor(r => r.DiscountValue).NotEmpty(): it must be there, and may be anything.
    private static void CheckRule(OperationVisit visit)
    {
        var rule = (IInvocationOperation)visit.Operation;
        if (rule.TargetMethod.Name != "RuleFor" || Conditions.Answer(rule) is not { } asked || asked.WithoutConversions() is not IPropertyReferenceOperation { Property: var property })
            return;
        if (!Discounts.IsDiscount(property) || property.Type.WithoutNullable() is not { } type || !Amounts.IsDecimal(type) && !Amounts.IsFloating(type) && type.SpecialType != SpecialType.System_Int32)
            return;
        if ((Validations.In(visit.Facts).Constrain(property) & (Bounds.Upper | Bounds.Checked)) == 0)
            visit.Report(rule, property.Name, "is validated without an upper bound", "say how much it may be");
    }

    private static void Check(OperationVisit visit)
    {
        if (Discounts.TakenOff(visit.Operation) is not ({ } whole, { } discount) || !Amounts.IsDecimal(whole.Type) && !Amounts.IsFloating(whole.Type) || whole.IsInExpressionTree())
            return;
        if (!IsPrice(visit, whole) || Discounts.IsBounded(discount) || IsClamped(whole) || IsLookedAt(visit, whole))
            return;
        if (GuardFlow.Holds(discount, Bounds.Upper | Bounds.Checked, () => visit.Graph))
            return;
        var stacked = whole is ICompoundAssignmentOperation && visit.Operation.Ancestors().Any(ancestor => ancestor is ILoopOperation);
        visit.Report(whole, Excerpt.Of(whole), $"takes '{discount.ReferencedSymbol()?.Name ?? Excerpt.Of(discount)}' off without a bound{(stacked ? ", and one after the other" : "")}", "clamp the result or refuse the discount");
    }

    // What remains is money: by its name, by what it was, or by what it becomes.
    private static bool IsPrice(OperationVisit visit, IOperation whole)
    {
        var money = visit.Facts.MoneyIn(whole.Syntax.SyntaxTree);
        return money.Mean(whole is ICompoundAssignmentOperation running ? running.Target : whole) || whole.Target(visit.Member) is { } target && money.Mean(target.Name);
    }

    // Math.Max(0m, total - discount)
    private static bool IsClamped(IOperation whole)
    {
        for (var ancestor = whole.Parent; ancestor is IBinaryOperation or IConversionOperation or IParenthesizedOperation or IArgumentOperation or IInvocationOperation; ancestor = ancestor.Parent)
        {
            if (ancestor is IInvocationOperation { TargetMethod.Name: "Max" or "Clamp" } or IBinaryOperation { OperatorKind: BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual })
                return true;
        }
        return false;
    }

    // var total = price - discount; if (total < 0) total = 0; return Math.Max(total, 0m);
    private static bool IsLookedAt(OperationVisit visit, IOperation whole)
    {
        var result = whole is ICompoundAssignmentOperation compound ? compound.Target.ReferencedSymbol() : whole.Target(visit.Member);
        if (result is not (ILocalSymbol or IPropertySymbol or IFieldSymbol or IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: not MethodKind.Constructor } }))
            return false;
        foreach (var operation in whole.EnclosingFunction().DescendantsInFunction())
        {
            if (operation.Syntax.SpanStart < whole.Syntax.Span.End && !visit.Operation.Ancestors().Any(ancestor => ancestor is ILoopOperation))
                continue;
            var looked = operation switch
            {
                IBinaryOperation { OperatorKind: BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual } => operation,
                IInvocationOperation { TargetMethod.Name: "Max" or "Clamp" } call => call,
                IInvocationOperation { TargetMethod.Name: var name } call when name.StartsWith("ThrowIf", StringComparison.Ordinal) => call,
                IIsPatternOperation { Pattern: IRelationalPatternOperation } => operation,
                _ => null,
            };
            if (looked is not null && looked.Mentions(result))
                return true;
        }
        return false;
    }
}

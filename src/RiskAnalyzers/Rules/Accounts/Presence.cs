using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>Questions whether there is a caller: <c>uid != null</c>, <c>User.Identity.IsAuthenticated</c>, <c>!string.IsNullOrEmpty(uid)</c>.</summary>
internal static class Presence
{
    /// <summary>The caller whose presence the condition, or one side of its conjunction, demands; null where none.</summary>
    public static IOperation? In(IOperation condition)
    {
        condition = condition.WithoutConversions();
        while (condition is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both)
        {
            if (Of(both.RightOperand.WithoutConversions(), present: true) is { } demanded)
                return demanded;
            condition = both.LeftOperand.WithoutConversions();
        }
        return Of(condition, present: true);
    }

    /// <summary>The caller whose absence the condition asks for; null where none.</summary>
    public static IOperation? Missing(IOperation condition) => Of(condition.WithoutConversions(), present: false);

    private static IOperation? Of(IOperation condition, bool present)
    {
        switch (condition)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var operand }:
                return Of(operand.WithoutConversions(), !present);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } compared when Constant(compared) is var (value, constant):
            {
                var isEqual = compared.OperatorKind == BinaryOperatorKind.Equals;
                // IsAuthenticated == true is presence; uid == null is absence.
                return Caller(value) is { } caller && (constant is bool flag ? flag == isEqual : !isEqual) == present ? caller : null;
            }
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.GreaterThan } positive when positive.RightOperand.IsConstant(0m):
                return present ? Caller(positive.LeftOperand) : null;
            case IIsPatternOperation { Pattern: var pattern, Value: var value }:
                return Caller(value) is { } matched && IsPresent(pattern) is { } demands && demands == present ? matched : null;
            case IInvocationOperation { TargetMethod.Name: "IsNullOrEmpty" or "IsNullOrWhiteSpace" or "IsNull", Arguments: [{ Value: var text }, ..] }:
                return present ? null : Caller(text);
            case IInvocationOperation { TargetMethod.Name: "TryParse", Arguments: [{ Value: var text }, ..] }:
                return present ? Caller(text) : null;
            case IPropertyReferenceOperation { Property.Name: "HasValue", Instance: { } nullable }:
                return present ? Caller(nullable) : null;
            case IPropertyReferenceOperation { Property.Name: "IsAuthenticated" } or IConditionalAccessOperation { WhenNotNull: IPropertyReferenceOperation { Property.Name: "IsAuthenticated" } } or ICoalesceOperation:
                return present && condition.Type.WithoutNullable()?.SpecialType == SpecialType.System_Boolean ? Caller(condition) : null;
            default:
                return condition.ReferencedSymbol() is ILocalSymbol or IPropertySymbol && condition.Type?.SpecialType == SpecialType.System_Boolean && Words.ContainSequence(condition.ReferencedSymbol()!.Name, "is", "authenticated")
                    ? present ? condition : null : null;
        }
    }

    private static (IOperation Value, object? Constant)? Constant(IBinaryOperation compared)
    {
        var (left, right) = (compared.LeftOperand.WithoutConversions(), compared.RightOperand.WithoutConversions());
        if (right.ConstantValue is { HasValue: true, Value: null or bool or "" } onRight)
            return (left, onRight.Value);
        if (left.ConstantValue is { HasValue: true, Value: null or bool or "" } onLeft)
            return (right, onLeft.Value);
        return right is IFieldReferenceOperation { Field: { Name: "Empty", IsStatic: true } } or IDefaultValueOperation ? (left, null) : null;
    }

    private static bool? IsPresent(IPatternOperation pattern) => pattern switch
    {
        IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } } => false,
        IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: bool flag } } => flag,
        INegatedPatternOperation { Pattern: var inner } => !IsPresent(inner),
        IDeclarationPatternOperation or IRecursivePatternOperation or ITypePatternOperation => true,
        _ => null,
    };

    private static IOperation? Caller(IOperation value) => Callers.IsIdentity(value) ? value : null;
}

using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Money;

/// <summary>A value that is looked up, and the constant that stands in for it where nothing is found.</summary>
internal sealed class Fallback
{
    private Fallback(IOperation whole, IOperation lookup, IOperation? literal)
    {
        Whole = whole;
        Lookup = lookup;
        Literal = literal;
    }

    /// <summary>The whole expression.</summary>
    public IOperation Whole { get; }

    /// <summary>What may find nothing.</summary>
    public IOperation Lookup { get; }

    /// <summary>The constant, or null where it is the type's default, which the code does not spell.</summary>
    public IOperation? Literal { get; }

    /// <summary>The constant as a number, or null where it is none.</summary>
    public decimal? Number => Literal is null ? 0m : Literal.ConstantNumber();

    /// <summary>
    /// Reads <c>x ?? 0m</c>, <c>x != null ? x.Price : 0m</c>, <c>prices.TryGetValue(id, out var p) ? p : 0m</c>, <c>prices.GetValueOrDefault(id)</c>; null for anything else.
    /// </summary>
    public static Fallback? Of(IOperation operation)
    {
        switch (operation)
        {
            case ICoalesceOperation coalesce when IsConstant(coalesce.WhenNull):
                return new Fallback(coalesce, coalesce.Value, coalesce.WhenNull);
            case IConditionalOperation { WhenFalse: { } whenFalse, Type: not null } choice when IsConstant(choice.WhenTrue) != IsConstant(whenFalse) && AsksWhetherFound(choice.Condition):
                var isFoundFirst = IsConstant(whenFalse);
                return new Fallback(choice, isFoundFirst ? choice.WhenTrue : whenFalse, isFoundFirst ? whenFalse : choice.WhenTrue);
            case IInvocationOperation { TargetMethod.Name: "GetValueOrDefault" } call:
                return OfDefault(call);
            default:
                return null;
        }
    }

    /// <summary>Whether the condition asks whether a look-up found something: a null test, <c>HasValue</c>, a <c>Try...</c> call, <c>ContainsKey</c>.</summary>
    public static bool AsksWhetherFound(IOperation condition)
    {
        condition = condition.WithoutAwait();
        while (condition is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not)
            condition = not.Operand.WithoutAwait();
        return condition switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } test => test.LeftOperand.IsNull() || test.RightOperand.IsNull(),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both => AsksWhetherFound(both.LeftOperand),
            IIsPatternOperation match => AsksForNull(match.Pattern),
            IPropertyReferenceOperation { Property.Name: "HasValue" } => true,
            IInvocationOperation { TargetMethod.Name: var name } => name.StartsWith("Try", StringComparison.Ordinal) || name is "ContainsKey" or "IsDefined",
            _ => false,
        };
    }

    private static bool AsksForNull(IPatternOperation pattern) => pattern switch
    {
        INegatedPatternOperation not => AsksForNull(not.Pattern),
        IConstantPatternOperation constant => constant.Value.IsNull(),
        IDeclarationPatternOperation => true,
        IRecursivePatternOperation { PropertySubpatterns.IsEmpty: true } => true,
        _ => false,
    };

    // price.GetValueOrDefault(), price.GetValueOrDefault(1m), prices.GetValueOrDefault(sku), prices.GetValueOrDefault(sku, 1m)
    private static Fallback? OfDefault(IInvocationOperation call)
    {
        var isNullable = call.Instance?.Type is { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T };
        if ((isNullable ? call.Instance : ValuePath.Receiver(call)) is not { } lookup)
            return null;
        var given = isNullable ? call.Arguments.FirstOrDefault()?.Value : call.Arguments.LastOrDefault(argument => argument.Parameter?.Name.StartsWith("default", StringComparison.OrdinalIgnoreCase) == true)?.Value;
        return given is null || IsConstant(given) ? new Fallback(call, lookup, given) : null;
    }

    private static bool IsConstant(IOperation operation) =>
        operation.WithoutConversions() is { ConstantValue: { HasValue: true, Value: not null } } or IDefaultValueOperation
        || operation.WithoutConversions() is IFieldReferenceOperation { Field: { ContainingType.TypeKind: TypeKind.Enum } };
}

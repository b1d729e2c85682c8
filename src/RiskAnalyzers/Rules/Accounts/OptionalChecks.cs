using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>Whether a check is on only where a value is there: <c>ValidateIssuer = !string.IsNullOrEmpty(issuer)</c>.</summary>
internal static class OptionalChecks
{
    private static readonly HashSet<string> Presence = new(StringComparer.Ordinal) { "IsNullOrEmpty", "IsNullOrWhiteSpace", "Any", "Exists", "IsNull", "HasValue", "GetValue", "Parse", "TryParse", "GetBoolean", "ToBoolean" };

    /// <summary>Whether the value is true or false by the presence of something that is read at run time.</summary>
    public static bool HangsOnSetting(IOperation value) => HangsOnSetting(value, hops: 2);

    private static bool HangsOnSetting(IOperation value, int hops)
    {
        value = value.WithoutConversions();
        switch (value)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var negated }:
                return HangsOnSetting(negated, hops);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both:
                return HangsOnSetting(both.LeftOperand, hops) || HangsOnSetting(both.RightOperand, hops);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals or BinaryOperatorKind.GreaterThan } compared:
                return IsNothing(compared.RightOperand) && MayBeMissing(compared.LeftOperand) || IsNothing(compared.LeftOperand) && MayBeMissing(compared.RightOperand);
            case IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } } } } asked:
                return MayBeMissing(asked.Value);
            case IIsPatternOperation { Pattern: IRecursivePatternOperation { DeconstructionSubpatterns.IsEmpty: true } } asked:
                return MayBeMissing(asked.Value);
            case ICoalesceOperation { WhenNull: var otherwise } coalesce when otherwise.ConstantValue is { HasValue: true, Value: false }:
                return MayBeMissing(coalesce.Value);
            case IConditionalOperation { WhenTrue: var yes, WhenFalse: { } no } choice when yes.ConstantValue.HasValue && no.ConstantValue.HasValue:
                return HangsOnSetting(choice.Condition, hops);
            case IPropertyReferenceOperation { Property: { Name: "HasValue", ContainingType.SpecialType: SpecialType.None or SpecialType.System_Nullable_T } } present:
                return present.Instance is { } held && MayBeMissing(held);
            case IInvocationOperation call when Presence.Contains(call.TargetMethod.Name):
                return IsRead(call);
            case ILocalReferenceOperation { Local: var local } when hops > 0:
                return InitialiserOf(value, local) is { } initial && HangsOnSetting(initial, hops - 1);
            default:
                return false;
        }
    }

    // A setting whose own default is "on" stays on without it.
    private static bool IsRead(IInvocationOperation call) => call.TargetMethod.Name switch
    {
        "GetValue" or "GetBoolean" => call.Type?.SpecialType == SpecialType.System_Boolean && call.Arguments.All(argument => argument.Value.ConstantValue is not { HasValue: true, Value: true }),
        "Parse" or "ToBoolean" or "TryParse" => call.Arguments.Any(argument => argument.Value.DescendantsAndSelf().Any(part => part is ICoalesceOperation { WhenNull.ConstantValue: { HasValue: true, Value: "false" or "False" } })),
        _ => (call.Instance ?? call.Arguments.FirstOrDefault()?.Value) is { } asked && MayBeMissing(asked),
    };

    private static bool IsNothing(IOperation value) => value.WithoutConversions().ConstantValue is { HasValue: true, Value: null or "" or 0 };

    // What was checked or thrown for when it was read is there.
    private static bool MayBeMissing(IOperation value)
    {
        value = value.WithoutConversions();
        if (value is IPropertyReferenceOperation { Property.Name: "Length" or "Count", Instance: { } counted })
            value = counted;
        if (value is not ILocalReferenceOperation { Local: var local })
            return true;
        return !(InitialiserOf(value, local) is { } initial && initial.DescendantsAndSelf().Any(part => part is IThrowOperation or IInvocationOperation { TargetMethod.Name: "GetRequiredValue" or "GetRequiredSection" or "NotNullOrEmpty" }));
    }

    private static IOperation? InitialiserOf(IOperation use, ILocalSymbol local) =>
        use.ScopeOf(local).Descendants().OfType<IVariableDeclaratorOperation>().FirstOrDefault(declarator => SymbolEqualityComparer.Default.Equals(declarator.Symbol, local))?.Initializer?.Value;
}

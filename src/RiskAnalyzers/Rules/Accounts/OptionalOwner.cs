using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>Checks of an owner that the caller switches off: by leaving out the id that is compared, or by having another role than the one that is named.</summary>
internal static class OptionalOwner
{
    /// <summary>The id of the owner that the request may leave out: <c>if (request.UserId.HasValue &amp;&amp; order.UserId != request.UserId.Value)</c>; null for another condition.</summary>
    public static string? In(IConditionalOperation check)
    {
        if (check.Condition.WithoutConversions() is not IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both || both.RightOperand.WithoutConversions() is not IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } differs)
            return null;
        foreach (var (owner, sent) in new[] { (differs.LeftOperand, differs.RightOperand), (differs.RightOperand, differs.LeftOperand) })
        {
            var id = ValueOf(sent);
            if (IdOf(id) is { } name && owner.WithoutConversions() is IPropertyReferenceOperation { Instance: { } thing, Property.Name: var kept } && Ownership.NamesOwner(kept) && !IsSent(thing) && IsPresent(both.LeftOperand, id))
                return name;
        }
        return null;
    }

    /// <summary>The one role that is refused: <c>if (role == "User" &amp;&amp; order.UserId != userId) return Forbid();</c>; null for another condition.</summary>
    public static string? NamedRole(IConditionalOperation check)
    {
        if (check.Condition.WithoutConversions() is not IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both || RoleOf(both.LeftOperand.WithoutConversions()) is not { } role || IsElse(check))
            return null;
        return both.RightOperand.DescendantsAndSelf().Any(part => part is IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } differs
            && (IsOwner(differs.LeftOperand) && Callers.IsIdentity(differs.RightOperand) || IsOwner(differs.RightOperand) && Callers.IsIdentity(differs.LeftOperand))) ? role : null;
    }

    // A constant that the caller's role is compared with, as text.
    private static string? RoleOf(IOperation condition) => condition is IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } compared && compared.RightOperand.WithoutConversions().ConstantValue is { HasValue: true, Value: string role }
        && compared.LeftOperand.ReferencedSymbol() is { } symbol && Words.Of(symbol.Name) is [.., "role"] ? role : null;

    private static bool IsElse(IConditionalOperation check) => check.Parent is IConditionalOperation { WhenFalse: var otherwise } && otherwise == check;

    private static bool IsOwner(IOperation value) => value.WithoutConversions() is IPropertyReferenceOperation { Property.Name: var name } && Ownership.NamesOwner(name);

    private static IOperation ValueOf(IOperation sent) => sent.WithoutConversions() is IPropertyReferenceOperation { Property.Name: "Value", Instance: { } nullable } ? nullable.WithoutConversions() : sent.WithoutConversions();

    // A parameter, or a member of a message, that names the owner and may be missing.
    private static string? IdOf(IOperation id) => id switch
    {
        IParameterReferenceOperation { Parameter: { Name: var name } parameter } when Ownership.NamesOwner(name) && MayBeMissing(parameter.Type) => name,
        IPropertyReferenceOperation { Property: { Name: var name } property, Instance: { } message } when Ownership.NamesOwner(name) && MayBeMissing(property.Type) && IsSent(message) => name,
        _ => null,
    };

    private static bool IsSent(IOperation value) => value.WithoutConversions() is IParameterReferenceOperation { Type: { } type } && (RequestData.IsCarrier(type) || type.Name.EndsWith("Query", StringComparison.Ordinal) || type.Name.EndsWith("Command", StringComparison.Ordinal));

    private static bool MayBeMissing(ITypeSymbol type) => type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T || type is { SpecialType: SpecialType.System_String, NullableAnnotation: NullableAnnotation.Annotated };

    private static bool IsPresent(IOperation condition, IOperation id) => condition.WithoutConversions() switch
    {
        IPropertyReferenceOperation { Property.Name: "HasValue", Instance: { } asked } => Same(asked, id),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } compared => compared.RightOperand.IsNull() && Same(compared.LeftOperand, id),
        IIsPatternOperation { Pattern: INegatedPatternOperation, Value: var asked } => Same(asked, id),
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: IInvocationOperation { TargetMethod.Name: "IsNullOrEmpty" or "IsNullOrWhiteSpace", Arguments: [{ Value: var asked }] } } => Same(asked, id),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } more => IsPresent(more.LeftOperand, id) || IsPresent(more.RightOperand, id),
        _ => false,
    };

    private static bool Same(IOperation one, IOperation other) => SymbolEqualityComparer.Default.Equals(one.ReferencedSymbol(), other.ReferencedSymbol());
}

using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>A payment's result that says by a flag that the provider answered and by a state what became of the payment, of which only the flag is read.</summary>
internal static class UnreadState
{
    /// <summary>Where the payment is written down as completed by the flag alone, and the state that nobody reads; null where it is read, or the result goes on to somebody else.</summary>
    public static (SyntaxNode Claim, string State)? Of(ILocalSymbol result, IOperation call)
    {
        if (result.Type is not INamedTypeSymbol type || StateOf(type) is not { } state || !type.GetMembers().Any(member => member is IPropertySymbol { Type.SpecialType: SpecialType.System_Boolean } && Outcomes.IsSuccessFlag(member.Name)))
            return null;
        IOperation? flag = null;
        foreach (var operation in call.EnclosingFunction().DescendantsInFunction())
        {
            if (operation is not ILocalReferenceOperation { Local: var mentioned } || !SymbolEqualityComparer.Default.Equals(mentioned, result) || operation.IsAssigned())
                continue;
            if (operation.Parent is not IPropertyReferenceOperation { Property: var read } || SymbolEqualityComparer.Default.Equals(read, state))
                return null;
            if (Outcomes.IsSuccessFlag(read.Name))
                flag ??= operation.Parent;
        }
        return flag?.Ancestor<IConditionalOperation>() is { Syntax: IfStatementSyntax, Condition: var condition, WhenTrue: var whenTrue } && condition.WithoutConversions() == flag && ClaimIn(whenTrue) is { } claim ? (claim.Syntax, $"{result.Name}.{state.Name}") : null;
    }

    private static IPropertySymbol? StateOf(INamedTypeSymbol type) => type.GetMembers().OfType<IPropertySymbol>().FirstOrDefault(property => property is { Name: "Status" or "State" or "PaymentStatus" or "RefundStatus" or "ProviderStatus" or "TransactionStatus", IsStatic: false }
        && property.Type.WithoutNullable() is { SpecialType: SpecialType.System_String } or { TypeKind: TypeKind.Enum });

    // refund.Status = RefundStatus.Completed
    private static IOperation? ClaimIn(IOperation branch) => branch.DescendantsInFunction().FirstOrDefault(operation => operation is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: var name }, Value: var value } && Words.Of(name) is [.., "status" or "state"]
        && (value.WithoutConversions() is IFieldReferenceOperation { Field: { ContainingType.TypeKind: TypeKind.Enum } settled } && (Outcomes.IsSuccessState(settled.Name) || Words.ContainAny(settled.Name, Settled)) || Language.Payments.IsSettledState(value)));

    private static readonly HashSet<string> Settled = Words.SetOf("refunded captured charged settled");
}

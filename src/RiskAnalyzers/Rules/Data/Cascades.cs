using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Data;

/// <summary>Reads from the model's configuration which rows go when another row is deleted.</summary>
internal static class Cascades
{
    // Who may be deleted on request, and what is taken off the shelf.
    private static readonly HashSet<string> Principals = Words.SetOf("user customer account member buyer client tenant vendor seller employee profile product");

    private static readonly HashSet<string> Sales = Words.SetOf("order purchase sale subscription booking reservation rental");

    /// <summary>Whether the dependent rows are sales, or the lines of sales, which the principal's end does not undo.</summary>
    public static bool TakesSales(INamedTypeSymbol principal, INamedTypeSymbol dependent) => Words.Of(principal.Name) is [.., var owner] && Principals.Contains(owner) && Words.Of(dependent.Name) switch
    {
        [.., var sale, "item" or "line" or "detail"] => owner == "product" && Sales.Contains(sale),
        [.., var last] => owner != "product" && Sales.Contains(last),
        _ => false,
    };

    /// <summary>What the call lets be deleted together: said by <c>OnDelete</c>, or left to the default, which for a required key is to cascade. Null where it does not.</summary>
    public static (INamedTypeSymbol Principal, INamedTypeSymbol Dependent, bool IsDefault)? Of(IInvocationOperation call)
    {
        var isDefault = call.TargetMethod.Name == "HasForeignKey";
        if (isDefault ? !LeavesItOpen(call) : !SaysCascade(call))
            return null;
        return call.TargetMethod.ContainingType switch
        {
            { Name: "ReferenceCollectionBuilder", TypeArguments: [INamedTypeSymbol principal, INamedTypeSymbol dependent] } => (principal, dependent, isDefault),
            { Name: "ReferenceReferenceBuilder", TypeArguments: [INamedTypeSymbol one, INamedTypeSymbol other] } when KeyHolder(call) is { } holder => SymbolEqualityComparer.Default.Equals(holder, one) ? (other, one, isDefault) : (one, other, isDefault),
            _ => null,
        };
    }

    private static bool SaysCascade(IInvocationOperation call) => call.Arguments is [.., { Value: var behaviour }] && behaviour.WithoutConversions() is IFieldReferenceOperation { Field.Name: "Cascade" };

    // The last word of the chain, on a key that cannot be empty.
    private static bool LeavesItOpen(IInvocationOperation call) => call.Parent is IExpressionStatementOperation or IReturnOperation && !call.Descendants().Any(part => part is IInvocationOperation { TargetMethod.Name: "OnDelete" or "IsRequired" })
        && call.Descendants().OfType<IAnonymousFunctionOperation>().LastOrDefault() is { Body.Operations: [IReturnOperation { ReturnedValue: { } key }] } && key.WithoutConversions() is IPropertyReferenceOperation { Property.Type: { IsValueType: true, OriginalDefinition.SpecialType: not SpecialType.System_Nullable_T } };

    // HasForeignKey<Invoice>(i => i.OrderId)
    private static ITypeSymbol? KeyHolder(IInvocationOperation call) => call.DescendantsAndSelf().OfType<IInvocationOperation>().FirstOrDefault(part => part.TargetMethod is { Name: "HasForeignKey", TypeArguments.Length: 1 })?.TargetMethod.TypeArguments[0];
}

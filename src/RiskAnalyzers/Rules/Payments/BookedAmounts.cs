using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>Amounts that the model books as they are given: <c>Payment.Create(orderId, amount)</c> for any amount.</summary>
internal static class BookedAmounts
{
    private static readonly HashSet<string> Bookings = Words.SetOf("payment refund transaction charge payout transfer withdrawal deposit installment");

    private static readonly HashSet<string> Makers = Words.SetOf("create new make start open record initiate register");

    /// <summary>Whether the destination is the amount of a payment or refund that the model itself makes, in a public constructor or factory of it.</summary>
    public static bool IsMade(Destination destination, ISymbol member)
    {
        if (member is not IMethodSymbol { DeclaredAccessibility: Accessibility.Public, ContainingType: { TypeKind: TypeKind.Class, IsRecord: false } type } method || Words.Of(type.Name) is not [.., var last] || !Bookings.Contains(last) && last is not "entity")
            return false;
        if (last == "entity" && !Words.ContainAny(type.Name, Bookings) || !(method.MethodKind == MethodKind.Constructor || method.IsStatic && Words.Of(method.Name) is [var verb, ..] && Makers.Contains(verb)))
            return false;
        return destination is { Symbol: IPropertySymbol { SetMethod: { } setter } property, Owner: ISimpleAssignmentOperation { Value: var value } } && SymbolEqualityComparer.Default.Equals(property.ContainingType, type)
            // Who may set it from outside needs no factory; a request of a provider is no booking.
            && setter.DeclaredAccessibility != Accessibility.Public && value.WithoutConversions() is IParameterReferenceOperation;
    }
}

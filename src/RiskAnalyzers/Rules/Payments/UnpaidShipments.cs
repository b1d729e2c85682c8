using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>Orders that keep the state of their payment beside their own, and leave the house without a look at it.</summary>
internal static class UnpaidShipments
{
    private static readonly HashSet<string> Shipped = Words.SetOf("shipped dispatched");

    // With these among the ways to pay, what is shipped may be paid at the door.
    private static readonly HashSet<string> AtTheDoor = Words.SetOf("cod cash delivery invoice offline");

    private static readonly HashSet<string> Paid = Words.SetOf("paid payment paymentinfo paymentstatus ispaid");

    /// <summary>The state of the payment, where the type is an order that keeps one; else null.</summary>
    public static IPropertySymbol? PaymentOf(INamedTypeSymbol type)
    {
        if (Words.Of(type.Name) is not [.., "order" or "purchase"])
            return null;
        IPropertySymbol? payment = null;
        foreach (var property in type.GetMembers().OfType<IPropertySymbol>())
        {
            if (Words.Of(property.Name) is ["payment", "status" or "state"] && property.Type.TypeKind == TypeKind.Enum || Words.Of(property.Name) is ["is", "paid"] && property.Type.SpecialType == SpecialType.System_Boolean)
                payment = property;
            else if (property.Type.TypeKind == TypeKind.Enum && property.Type.GetMembers().Any(way => Words.ContainAny(way.Name, AtTheDoor) && Words.Of(way.Name) is not ["out", ..]) && Words.ContainAny(property.Name, Paid))
                return null;
            // A state of its own that says paid is asked in its place.
            else if (Words.Of(property.Name) is [.., "status" or "state"] && property.Type.GetMembers().Any(state => state is IFieldSymbol && Words.Of(state.Name) is [.., "paid"] or ["payment", ..]))
                return null;
        }
        return payment;
    }

    /// <summary>Whether the method ships and has no word about the payment.</summary>
    public static bool Is(StatusTransition transition, IPropertySymbol payment) => transition.Target is { } target && Words.ContainAny(target, Shipped) && !SymbolEqualityComparer.Default.Equals(transition.State, payment)
        && !transition.Method.DeclaringSyntaxReferences.SelectMany(reference => reference.GetSyntax().DescendantNodes()).OfType<IdentifierNameSyntax>().Any(name => Words.ContainAny(name.Identifier.ValueText, Paid));
}

namespace RiskAnalyzers.Language;

/// <summary>What a member is bound to by others: the member that it overrides, the interface members that it implements.</summary>
internal static class Promises
{
    /// <summary>The method, property or event that the member overrides, or null.</summary>
    public static ISymbol? Overridden(this ISymbol member) => member switch
    {
        IMethodSymbol method => method.OverriddenMethod,
        IPropertySymbol property => property.OverriddenProperty,
        IEventSymbol @event => @event.OverriddenEvent,
        _ => null,
    };

    /// <summary>The members of interfaces that the member implements, openly or explicitly.</summary>
    public static IEnumerable<ISymbol> Implemented(this ISymbol member)
    {
        if (member is not { Kind: SymbolKind.Method or SymbolKind.Property or SymbolKind.Event, ContainingType: { } type })
            yield break;
        foreach (var contract in type.AllInterfaces)
        {
            foreach (var promised in contract.GetMembers())
            {
                if (promised.Kind == member.Kind && SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(promised), member))
                    yield return promised;
            }
        }
    }
}

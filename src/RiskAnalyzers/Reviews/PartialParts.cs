namespace RiskAnalyzers.Reviews;

/// <summary>The definition and the implementation of a partial member.</summary>
internal static class PartialParts
{
    // Partial properties and events are newer than the compiler that we are built against.
    private static readonly Func<IPropertySymbol, IPropertySymbol?>? PropertyImplementation = Getter<IPropertySymbol>();
    private static readonly Func<IEventSymbol, IEventSymbol?>? EventImplementation = Getter<IEventSymbol>();

    public static IEnumerable<ISymbol> Of(ISymbol symbol)
    {
        yield return symbol;
        if (ImplementationOf(symbol) is { } implementation)
            yield return implementation;
    }

    /// <summary>The implementation that stands apart from the symbol; null where the symbol is whole, or is the implementation itself.</summary>
    public static ISymbol? ImplementationOf(ISymbol symbol) => symbol switch
    {
        IMethodSymbol method => method.PartialImplementationPart,
        IPropertySymbol property => PropertyImplementation?.Invoke(property),
        IEventSymbol @event => EventImplementation?.Invoke(@event),
        _ => null,
    };

    private static Func<TSymbol, TSymbol?>? Getter<TSymbol>()
        where TSymbol : class, ISymbol =>
        (Func<TSymbol, TSymbol?>?)typeof(TSymbol).GetProperty("PartialImplementationPart")?.GetGetMethod()?.CreateDelegate(typeof(Func<TSymbol, TSymbol?>));
}

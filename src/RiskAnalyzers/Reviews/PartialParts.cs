using System.Reflection;

namespace RiskAnalyzers.Reviews;

/// <summary>The definition and the implementation of a partial member.</summary>
internal static class PartialParts
{
    // Partial properties and events are newer than the compiler that we are built against.
    private static readonly PropertyInfo? PropertyImplementation = typeof(IPropertySymbol).GetProperty("PartialImplementationPart");
    private static readonly PropertyInfo? EventImplementation = typeof(IEventSymbol).GetProperty("PartialImplementationPart");

    public static IEnumerable<ISymbol> Of(ISymbol symbol)
    {
        yield return symbol;
        var implementation = symbol switch
        {
            IMethodSymbol method => method.PartialImplementationPart,
            IPropertySymbol => (ISymbol?)PropertyImplementation?.GetValue(symbol),
            IEventSymbol => (ISymbol?)EventImplementation?.GetValue(symbol),
            _ => null,
        };
        if (implementation is not null)
            yield return implementation;
    }
}

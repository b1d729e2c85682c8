using System.Runtime.CompilerServices;

namespace RiskAnalyzers.Language;

/// <summary>Whether an attribute of the package can stand anywhere in sight: looking for it on every symbol is worth it only then.</summary>
internal static class AttributeUse
{
    // A compiler keeps the symbols of what it references from one keystroke to the next.
    private static readonly ConditionalWeakTable<IAssemblySymbol, HashSet<string>> References = new();

    /// <param name="compilation">The compilation and what it references.</param>
    /// <param name="attribute">The attribute.</param>
    /// <param name="word">A part of the attribute's name that every use in source must spell.</param>
    public static bool IsPossible(Compilation compilation, INamedTypeSymbol attribute, string word)
    {
        foreach (var reference in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            if (!SymbolEqualityComparer.Default.Equals(reference, attribute.ContainingAssembly) && References.GetValue(reference, NamesIn).Contains(attribute.ContainingAssembly.Name))
                return true;
        }
        return compilation.SyntaxTrees.Any(tree => TextSearch.Contains(tree, word));
    }

    private static HashSet<string> NamesIn(IAssemblySymbol assembly) => new(assembly.Modules.SelectMany(module => module.ReferencedAssemblies).Select(identity => identity.Name), StringComparer.OrdinalIgnoreCase);
}

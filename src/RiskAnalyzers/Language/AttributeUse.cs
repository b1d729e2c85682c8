namespace RiskAnalyzers.Language;

/// <summary>Whether an attribute of the package can stand anywhere in sight: looking for it on every symbol is worth it only then.</summary>
internal static class AttributeUse
{
    /// <param name="compilation">The compilation and what it references.</param>
    /// <param name="attribute">The attribute.</param>
    /// <param name="word">A part of the attribute's name that every use in source must spell.</param>
    public static bool IsPossible(Compilation compilation, INamedTypeSymbol attribute, string word)
    {
        foreach (var reference in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            if (!SymbolEqualityComparer.Default.Equals(reference, attribute.ContainingAssembly)
                && reference.Modules.Any(module => module.ReferencedAssemblySymbols.Contains(attribute.ContainingAssembly, SymbolEqualityComparer.Default)))
                return true;
        }
        return compilation.SyntaxTrees.Any(tree => TextSearch.Contains(tree, word));
    }
}

using System.Runtime.CompilerServices;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>Which types the database keeps unique by something, as far as this compilation configures it.</summary>
internal sealed class UniqueKeys
{
    private static readonly ConditionalWeakTable<Compilation, UniqueKeys> Known = new();

    private readonly Lazy<HashSet<string>> _types;

    private UniqueKeys(Compilation compilation) => _types = new(() => Find(compilation));

    public static UniqueKeys In(CompilationFacts facts) => Known.GetValue(facts.Compilation, compilation => new UniqueKeys(compilation));

    /// <summary>Whether an index or key of the type is unique: <c>HasIndex(...).IsUnique()</c>, <c>[Index(..., IsUnique = true)]</c>.</summary>
    public bool Has(ITypeSymbol type) => _types.Value.Contains(type.Name)
        || type.GetAttributes().Any(attribute => attribute.AttributeClass?.Name is "IndexAttribute" && attribute.NamedArguments.Any(argument => argument is { Key: "IsUnique", Value.Value: true }));

    // By syntax, once a compilation: the types named around the call.
    private static HashSet<string> Find(Compilation compilation)
    {
        var types = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (!TextSearch.Contains(tree, "IsUnique") && !TextSearch.Contains(tree, "HasAlternateKey") && !TextSearch.Contains(tree, "UniqueIndex"))
                continue;
            foreach (var name in tree.GetRoot().DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText is "IsUnique" or "HasAlternateKey" or "UniqueIndex"))
            {
                foreach (var generic in name.Ancestors().TakeWhile(ancestor => ancestor is not BaseNamespaceDeclarationSyntax).SelectMany(Generics))
                    types.UnionWith(generic.TypeArgumentList.Arguments.OfType<SimpleNameSyntax>().Select(type => type.Identifier.ValueText));
            }
        }
        return types;
    }

    private static IEnumerable<GenericNameSyntax> Generics(SyntaxNode node) => node switch
    {
        TypeDeclarationSyntax type => type.BaseList?.DescendantNodes().OfType<GenericNameSyntax>() ?? Enumerable.Empty<GenericNameSyntax>(),
        InvocationExpressionSyntax call => call.Expression.DescendantNodesAndSelf().OfType<GenericNameSyntax>(),
        _ => Enumerable.Empty<GenericNameSyntax>(),
    };
}

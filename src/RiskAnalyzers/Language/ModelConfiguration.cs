namespace RiskAnalyzers.Language;

/// <summary>What the code that configures a database's model says of its types. By syntax, in whatever layout: <c>builder.Entity&lt;Product&gt;().Property(...).IsRowVersion()</c>.</summary>
internal static class ModelConfiguration
{
    /// <summary>The names of the types that stand around calls of these names: in the chain, or as what the class around configures.</summary>
    public static HashSet<string> TypesAround(Compilation compilation, params string[] calls)
    {
        var types = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (!calls.Any(call => TextSearch.Contains(tree, call)))
                continue;
            foreach (var name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>().Where(name => calls.Contains(name.Identifier.ValueText)))
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

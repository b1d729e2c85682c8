using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace RiskAnalyzers.Language;

/// <summary>Which members of one compilation implement or override which.</summary>
internal sealed class ImplementationMap
{
    private static readonly ConditionalWeakTable<Compilation, ImplementationMap> Known = new();

    private readonly Compilation _compilation;
    private readonly Lazy<Dictionary<INamedTypeSymbol, List<INamedTypeSymbol>>> _derived;
    // Every controller of a product derives from the type whose Ok() all of them call: looked for once, not at each call.
    private readonly ConcurrentDictionary<IMethodSymbol, ImmutableArray<IMethodSymbol>> _known = new(SymbolEqualityComparer.Default);

    private ImplementationMap(Compilation compilation)
    {
        _compilation = compilation;
        _derived = new(FindDerived);
    }

    public static ImplementationMap In(Compilation compilation) => Known.GetValue(compilation, each => new ImplementationMap(each));

    /// <summary>The members in this compilation that a call of the method may run: itself, overrides, implementations.</summary>
    public ImmutableArray<IMethodSymbol> Of(IMethodSymbol method) => _known.GetOrAdd((method.ReducedFrom ?? method).OriginalDefinition, each => Find(each).ToImmutableArray());

    private IEnumerable<IMethodSymbol> Find(IMethodSymbol method)
    {
        // An editor shows the source of referenced projects too, a build does not: what is decided must not depend on it.
        if (!method.IsAbstract && !method.DeclaringSyntaxReferences.IsEmpty && SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, _compilation.Assembly))
            yield return method;
        if (method.ContainingType is not { } type || !(method.IsAbstract || method.IsVirtual || method.IsOverride) || !_derived.Value.TryGetValue(type.OriginalDefinition, out var derived))
            yield break;
        foreach (var candidate in derived)
        {
            if (type.TypeKind == TypeKind.Interface)
            {
                // Through the candidate's own construction of the interface: IRepository<Order> promises what OrderRepository keeps.
                foreach (var contract in candidate.AllInterfaces)
                {
                    if (SymbolEqualityComparer.Default.Equals(contract.OriginalDefinition, type.OriginalDefinition)
                        && contract.GetMembers(method.Name).FirstOrDefault(member => SymbolEqualityComparer.Default.Equals(member.OriginalDefinition, method)) is { } promised
                        && candidate.FindImplementationForInterfaceMember(promised)?.OriginalDefinition is IMethodSymbol implementation)
                        yield return implementation;
                }
            }
            else
            {
                foreach (var member in candidate.GetMembers(method.Name))
                {
                    if (member is IMethodSymbol { OverriddenMethod: { } overridden } overriding && SymbolEqualityComparer.Default.Equals(overridden.OriginalDefinition, method))
                        yield return overriding;
                }
            }
        }
    }

    private Dictionary<INamedTypeSymbol, List<INamedTypeSymbol>> FindDerived()
    {
        var derived = new Dictionary<INamedTypeSymbol, List<INamedTypeSymbol>>(SymbolEqualityComparer.Default);
        foreach (var type in SourceTypes(_compilation))
        {
            if (type.TypeKind is not (TypeKind.Class or TypeKind.Struct))
                continue;
            foreach (var contract in type.AllInterfaces.Select(contract => contract.OriginalDefinition).Distinct<INamedTypeSymbol>(SymbolEqualityComparer.Default))
                Add(contract, type);
            for (var ancestor = type.BaseType; ancestor is { SpecialType: SpecialType.None }; ancestor = ancestor.BaseType)
                Add(ancestor.OriginalDefinition, type);
        }
        return derived;

        void Add(INamedTypeSymbol promised, INamedTypeSymbol type)
        {
            if (!derived.TryGetValue(promised, out var types))
                derived[promised] = types = new();
            types.Add(type);
        }
    }

    /// <summary>Every type that the compilation declares, nested ones too.</summary>
    public static IEnumerable<INamedTypeSymbol> SourceTypes(Compilation compilation) => SourceTypes(compilation.Assembly.GlobalNamespace);

    private static IEnumerable<INamedTypeSymbol> SourceTypes(INamespaceOrTypeSymbol container)
    {
        foreach (var member in container.GetMembers())
        {
            if (member is INamedTypeSymbol type)
                yield return type;
            if (member is INamespaceOrTypeSymbol inner)
            {
                foreach (var nested in SourceTypes(inner))
                    yield return nested;
            }
        }
    }
}

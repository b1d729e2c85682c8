using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace RiskAnalyzers.Language;

/// <summary>Which members of one compilation implement or override which.</summary>
internal sealed class ImplementationMap
{
    private static readonly ConditionalWeakTable<Compilation, ImplementationMap> Known = new();

    private readonly Compilation _compilation;
    private readonly DeclaredTypes _types;
    // Every controller of a product derives from the type whose Ok() all of them call: looked for once, not at each call.
    private readonly ConcurrentDictionary<IMethodSymbol, ImmutableArray<IMethodSymbol>> _known = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<INamedTypeSymbol, ImmutableArray<INamedTypeSymbol>> _keepers = new(SymbolEqualityComparer.Default);

    private ImplementationMap(Compilation compilation)
    {
        _compilation = compilation;
        _types = DeclaredTypes.In(compilation);
    }

    public static ImplementationMap In(Compilation compilation) => Known.GetValue(compilation, each => new ImplementationMap(each));

    /// <summary>The members in this compilation that a call of the method may run: itself, overrides, implementations.</summary>
    public ImmutableArray<IMethodSymbol> Of(IMethodSymbol method) => _known.GetOrAdd((method.ReducedFrom ?? method).OriginalDefinition, each => Find(each).ToImmutableArray());

    private IEnumerable<IMethodSymbol> Find(IMethodSymbol method)
    {
        // An editor shows the source of referenced projects too, a build does not: what is decided must not depend on it.
        if (!method.IsAbstract && !method.DeclaringSyntaxReferences.IsEmpty && IsHere(method))
            yield return method;
        if (method.ContainingType is not { } type || !(method.IsAbstract || method.IsVirtual || method.IsOverride))
            yield break;
        if (type.TypeKind != TypeKind.Interface)
        {
            foreach (var member in Bound(_types.All.Where(candidate => candidate.Overrides.Contains(method.Name))).SelectMany(candidate => candidate.GetMembers(method.Name)))
            {
                if (member is IMethodSymbol { OverriddenMethod: { } overridden } overriding && SymbolEqualityComparer.Default.Equals(overridden.OriginalDefinition, method))
                    yield return overriding;
            }
            yield break;
        }
        foreach (var candidate in _keepers.GetOrAdd(type.OriginalDefinition, each => Bound(Keepers(each)).ToImmutableArray()))
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
    }

    // Who may implement the interface, by the names of bases. One from elsewhere may be the base of another from elsewhere, which a class here names instead.
    private IEnumerable<DeclaredType> Keepers(INamedTypeSymbol contract) => IsHere(contract) ? _types.DerivedFrom(contract.Name) : _types.DerivedFrom(contract.Name).Concat(_types.OfForeignBases.Where(type => Holds(type, contract)));

    private static bool Holds(DeclaredType type, INamedTypeSymbol contract) => type.IsPartial || contract.MemberNames.Any(type.Methods.Contains);

    private IEnumerable<INamedTypeSymbol> Bound(IEnumerable<DeclaredType> types) => _types.Bind(types.Where(type => type.Syntax is not InterfaceDeclarationSyntax));

    private bool IsHere(ISymbol symbol) => SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, _compilation.Assembly);

    /// <summary>Every type that the compilation declares, nested ones too.</summary>
    public static IEnumerable<INamedTypeSymbol> SourceTypes(Compilation compilation) => SourceTypes(compilation.Assembly.GlobalNamespace);

    private static IEnumerable<INamedTypeSymbol> SourceTypes(INamespaceOrTypeSymbol container)
    {
        // The nested types alone: to ask a type for all its members makes the compiler declare each of them.
        IEnumerable<INamespaceOrTypeSymbol> members = container is INamespaceSymbol space ? space.GetMembers() : container.GetTypeMembers();
        foreach (var member in members)
        {
            if (member is INamedTypeSymbol type)
                yield return type;
            foreach (var nested in SourceTypes(member))
                yield return nested;
        }
    }
}

using System.Collections.Concurrent;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.CriticalPaths;

/// <summary>
/// The paths that <c>[CriticalPath]</c> attributes give: on a member, its type, a containing type, a base type, an overridden or
/// implemented member or interface, in this assembly or a referenced one, and on the assembly.
/// </summary>
internal sealed class MarkedPaths
{
    public const string AttributeName = "RiskAnalyzers.CriticalPathAttribute";

    private readonly INamedTypeSymbol? _attribute;
    private readonly CriticalPath? _assembly;
    private readonly ConcurrentDictionary<ISymbol, CriticalPath?> _own = new(SymbolEqualityComparer.Default);

    public MarkedPaths(Compilation compilation)
    {
        _attribute = compilation.GetTypeByMetadataName(AttributeName) is { } attribute && AttributeUse.IsPossible(compilation, attribute, "CriticalPath") ? attribute : null;
        _assembly = _attribute is null ? null : Read(compilation.Assembly);
    }

    /// <summary>Whether an attribute can stand on anything here or on what this derives from.</summary>
    public bool AreInSight => _attribute is not null;

    public CriticalPath? Of(ISymbol unit) =>
        _attribute is null ? null : OfMember(unit) ?? OfType(unit as INamedTypeSymbol ?? unit.ContainingType) ?? _assembly;

    /// <summary>Whether the type or a member of it is marked. Nested types are asked for themselves.</summary>
    public bool TouchAny(INamedTypeSymbol type)
    {
        if (_attribute is null)
            return false;
        if (_assembly is not null || OfType(type) is not null)
            return true;
        foreach (var member in type.GetMembers())
        {
            if (OfMember(member) is not null)
                return true;
        }
        return false;
    }

    private CriticalPath? OfMember(ISymbol member)
    {
        if (member is INamedTypeSymbol || member.IsImplicitlyDeclared)
            return null;
        if (Own(member) is { } path)
            return path;
        if (member is IMethodSymbol { AssociatedSymbol: { } associated })
            return OfMember(associated);
        if (member is IFieldSymbol)
            return null;

        for (var overridden = member.Overridden(); overridden is not null; overridden = overridden.Overridden())
        {
            if (Own(overridden) is { } inherited)
                return inherited;
        }
        foreach (var contract in member.ContainingType?.AllInterfaces ?? ImmutableArray<INamedTypeSymbol>.Empty)
        {
            foreach (var promised in contract.GetMembers())
            {
                if (promised.Kind == member.Kind && Own(promised) is { } inherited
                    && SymbolEqualityComparer.Default.Equals(member.ContainingType!.FindImplementationForInterfaceMember(promised), member))
                    return inherited;
            }
        }
        return null;
    }

    private CriticalPath? OfType(INamedTypeSymbol? type)
    {
        for (var container = type; container is not null; container = container.ContainingType)
        {
            for (var ancestor = container; ancestor is not null; ancestor = ancestor.BaseType)
            {
                if (Own(ancestor.OriginalDefinition) is { } path)
                    return path;
            }
            foreach (var contract in container.AllInterfaces)
            {
                if (Own(contract.OriginalDefinition) is { } path)
                    return path;
            }
        }
        return null;
    }

    private CriticalPath? Own(ISymbol symbol) => _own.GetOrAdd(symbol, Read);

    private CriticalPath? Read(ISymbol symbol)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, _attribute))
                return new CriticalPath(attribute.ConstructorArguments is [{ Value: string { Length: > 0 } name }] ? name : "critical", PathOrigin.Attribute);
        }
        return null;
    }
}

using System.Runtime.CompilerServices;

namespace RiskAnalyzers.Language;

/// <summary>
/// The types that the files of a compilation declare, by syntax: each file is read once, and an editor keeps the files it did not change. To ask the
/// compiler for every type and its bases instead would declare and bind the whole product anew after each keystroke.
/// </summary>
internal sealed class DeclaredTypes
{
    private static readonly ConditionalWeakTable<Compilation, DeclaredTypes> Known = new();

    private readonly Compilation _compilation;
    private readonly Lazy<Dictionary<string, List<DeclaredType>>> _byBase;
    private readonly Lazy<IReadOnlyList<DeclaredType>> _ofForeignBases;
    private readonly Lazy<ILookup<string, (DeclaredType, string)>> _sets;

    private DeclaredTypes(Compilation compilation)
    {
        _compilation = compilation;
        All = compilation.SyntaxTrees.SelectMany(tree => FileOutline.Of(tree).Types).ToArray();
        _byBase = new(FindByBase);
        _ofForeignBases = new(FindOfForeignBases);
        _sets = new(() => All.SelectMany(type => type.Sets, (type, set) => (Type: type, Set: set)).ToLookup(each => each.Set.Entity, each => (each.Type, each.Set.Property), StringComparer.Ordinal));
    }

    public static DeclaredTypes In(Compilation compilation) => Known.GetValue(compilation, each => new DeclaredTypes(each));

    /// <summary>Every declared type, nested ones too; a partial type once for each part.</summary>
    public IReadOnlyList<DeclaredType> All { get; }

    /// <summary>The types with a base that no file here declares.</summary>
    public IReadOnlyList<DeclaredType> OfForeignBases => _ofForeignBases.Value;

    /// <summary>What the compiler makes of a declared type; null for what it cannot name, such as a type of one file.</summary>
    public INamedTypeSymbol? Bind(DeclaredType type) => _compilation.Assembly.GetTypeByMetadataName(type.MetadataName);

    /// <summary>The same of several, each type once.</summary>
    public IEnumerable<INamedTypeSymbol> Bind(IEnumerable<DeclaredType> types) => types.Select(Bind).OfType<INamedTypeSymbol>().Distinct<INamedTypeSymbol>(SymbolEqualityComparer.Default);

    /// <summary>The sets of entities of that simple name, as contexts declare them.</summary>
    public IEnumerable<(DeclaredType Holder, string Property)> SetsOf(string entity) => _sets.Value[entity];

    /// <summary>The types whose bases, or whose bases' bases as far as they are declared here, include one of the name.</summary>
    public IEnumerable<DeclaredType> DerivedFrom(string name)
    {
        var seen = new HashSet<DeclaredType>();
        var pending = new Queue<string>();
        pending.Enqueue(name);
        while (pending.Count > 0)
        {
            if (!_byBase.Value.TryGetValue(pending.Dequeue(), out var derived))
                continue;
            foreach (var type in derived)
            {
                if (!seen.Add(type))
                    continue;
                yield return type;
                pending.Enqueue(type.Name);
            }
        }
    }

    private IReadOnlyList<DeclaredType> FindOfForeignBases()
    {
        var names = new HashSet<string>(All.Select(type => type.Name), StringComparer.Ordinal);
        return All.Where(type => type.Bases.Any(name => !names.Contains(name))).ToArray();
    }

    private Dictionary<string, List<DeclaredType>> FindByBase()
    {
        var aliases = _compilation.SyntaxTrees.SelectMany(tree => FileOutline.Of(tree).GlobalAliases).ToLookup(alias => alias.Alias, alias => alias.Target);
        var found = new Dictionary<string, List<DeclaredType>>(StringComparer.Ordinal);
        foreach (var type in All)
        {
            foreach (var name in type.Bases)
            {
                Add(name, type);
                foreach (var target in aliases[name])
                    Add(target, type);
            }
        }
        return found;

        void Add(string name, DeclaredType type)
        {
            if (!found.TryGetValue(name, out var types))
                found[name] = types = new();
            types.Add(type);
        }
    }
}

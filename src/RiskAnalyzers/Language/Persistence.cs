using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace RiskAnalyzers.Language;

/// <summary>
/// What saves, queries and calls out: EF Core, Dapper, ADO.NET and HTTP by their types; a member of the product by what its implementation in
/// the same compilation does, else by the words of its type and name.
/// </summary>
internal sealed class Persistence
{
    private const int Depth = 3;

    private static readonly ConditionalWeakTable<Compilation, Persistence> Known = new();

    private static readonly HashSet<string> StoreWords = new(StringComparer.Ordinal) { "repository", "repo", "repositories", "dao", "dal" };
    private static readonly HashSet<string> RemoteWords = new(StringComparer.Ordinal) { "client", "gateway", "api", "proxy", "http" };
    private static readonly HashSet<string> SaveVerbs = new(StringComparer.Ordinal)
    {
        "save", "update", "insert", "add", "delete", "remove", "create", "upsert", "commit", "persist", "store",
    };

    private static readonly HashSet<string> QueryVerbs = new(StringComparer.Ordinal)
    {
        "get", "find", "load", "list", "query", "fetch", "any", "count", "exists", "first", "single", "read", "search",
    };

    private readonly Compilation _compilation;
    private readonly ImplementationMap _implementations;
    private readonly ConcurrentDictionary<INamedTypeSymbol, bool> _entities = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, DataReach> _methods = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, DataReach> _near = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<(IMethodSymbol, int), DataReach> _written = new();

    private Persistence(Compilation compilation)
    {
        _compilation = compilation;
        _implementations = ImplementationMap.In(compilation);
    }

    public static Persistence In(CompilationFacts facts) => Known.GetValue(facts.Compilation, compilation => new Persistence(compilation));

    /// <summary>What the call does beyond the process: by the library, by its implementation here, else by words.</summary>
    public DataReach Of(IInvocationOperation call)
    {
        var library = DataLibraries.Reach(call);
        return library != DataReach.None ? library : OfMethod(call.TargetMethod);
    }

    /// <summary>What a method of the product does beyond the process.</summary>
    public DataReach OfMethod(IMethodSymbol method) => _methods.GetOrAdd((method.ReducedFrom ?? method).OriginalDefinition, OfProduct);

    /// <summary>What a method of the product does itself or through one member that it calls; deeper down it may happen or not.</summary>
    public DataReach Near(IMethodSymbol method) => _near.GetOrAdd((method.ReducedFrom ?? method).OriginalDefinition, OfNear);

    private DataReach OfNear(IMethodSymbol method)
    {
        var implementations = Implementations(method).ToList();
        return implementations.Count == 0 ? OfWords(method) : implementations.Aggregate(DataReach.None, (reach, each) => reach | OfSyntax(each, 1));
    }

    /// <summary>Whether the type is mapped to a table by a context in this compilation.</summary>
    public bool IsEntity(ITypeSymbol? type) => type is INamedTypeSymbol { SpecialType: SpecialType.None } named && _entities.GetOrAdd(named.OriginalDefinition, FindEntity);

    /// <summary>The members in this compilation that a call of the method may run: itself, overrides, implementations.</summary>
    public IEnumerable<IMethodSymbol> Implementations(IMethodSymbol method) => _implementations.Of(method);

    private DataReach OfProduct(IMethodSymbol method)
    {
        if (method.ContainingType is null || method.MethodKind is not (MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation))
            return DataReach.None;
        var reach = DataReach.None;
        var implemented = false;
        foreach (var implementation in Implementations(method))
        {
            implemented = true;
            reach |= OfSyntax(implementation, Depth);
        }
        return implemented ? reach : OfWords(method);
    }

    // By syntax alone: binding another file for every call would cost more than the rules themselves.
    private DataReach OfSyntax(IMethodSymbol method, int depth)
    {
        if (_written.TryGetValue((method, depth), out var known))
            return known;
        var reach = DataReach.None;
        foreach (var reference in method.DeclaringSyntaxReferences)
        {
            foreach (var (name, receiver) in Calls.Of(reference.GetSyntax()))
                reach |= OfCall(name, receiver, method.ContainingType, depth);
        }
        return _written[(method, depth)] = reach;
    }

    // A member is reached from many others, and after a keystroke from all of them anew.
    private static readonly NodeNotes<(string Name, ExpressionSyntax? Receiver)[]> Calls = new(ReadCalls);

    private static (string Name, ExpressionSyntax? Receiver)[] ReadCalls(SyntaxNode declaration)
    {
        var calls = new List<(string, ExpressionSyntax?)>();
        foreach (var node in declaration.DescendantNodes())
        {
            if (node is not InvocationExpressionSyntax call)
                continue;
            calls.Add(call.Expression switch
            {
                MemberAccessExpressionSyntax access => (access.Name.Identifier.ValueText, access.Expression),
                MemberBindingExpressionSyntax binding => (binding.Name.Identifier.ValueText, null),
                SimpleNameSyntax simple => (simple.Identifier.ValueText, null),
                _ => ("", null),
            });
        }
        return calls.ToArray();
    }

    private DataReach OfCall(string name, ExpressionSyntax? receiver, INamedTypeSymbol type, int depth)
    {
        if (DataLibraries.Reach(name) is var library and not DataReach.None)
            return library;
        if (DataLibraries.IsRemoteCall(name) && receiver is not null && Words.ContainAny(NameOf(receiver), RemoteWords))
            return DataReach.Remote;
        if (name is "ExecuteAsync" or "Execute" && receiver is not null && Words.ContainAny(NameOf(receiver), ConnectionWords))
            return DataReach.Save;
        if (depth == 0)
            return DataReach.None;
        if (receiver is null or ThisExpressionSyntax or BaseExpressionSyntax)
            return MembersOf(type, name).Aggregate(DataReach.None, (reach, member) => reach | OfSyntax(member, depth - 1));
        // A field or property of this type: what its type's member does.
        return FieldType(type, receiver) is { } owner
            ? MembersOf(owner, name).Take(2).Aggregate(DataReach.None, (reach, member) => reach | Implementations(member).Take(3).Select(each => OfSyntax(each, depth - 1)).DefaultIfEmpty(OfWords(member)).Aggregate(DataReach.None, (sum, each) => sum | each))
            : DataReach.None;
    }

    private static readonly HashSet<string> ConnectionWords = new(StringComparer.Ordinal) { "connection", "conn", "db", "database", "sql" };

    private static IEnumerable<IMethodSymbol> MembersOf(INamedTypeSymbol? type, string name)
    {
        for (; type is not null; type = type.BaseType)
        {
            foreach (var member in type.GetMembers(name))
            {
                if (member is IMethodSymbol method)
                    yield return method.OriginalDefinition;
            }
        }
    }

    private static INamedTypeSymbol? FieldType(INamedTypeSymbol type, ExpressionSyntax receiver)
    {
        var name = NameOf(receiver);
        for (var owner = type; owner is not null && name.Length > 0; owner = owner.BaseType)
        {
            foreach (var member in owner.GetMembers(name))
            {
                switch (member)
                {
                    case IFieldSymbol field:
                        return field.Type as INamedTypeSymbol;
                    case IPropertySymbol property:
                        return property.Type as INamedTypeSymbol;
                }
            }
        }
        // A parameter of a primary constructor.
        return type.InstanceConstructors.SelectMany(constructor => constructor.Parameters).FirstOrDefault(parameter => parameter.Name == name)?.Type as INamedTypeSymbol;
    }

    private static string NameOf(ExpressionSyntax receiver) => receiver switch
    {
        IdentifierNameSyntax identifier => identifier.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        _ => "",
    };

    private static DataReach OfWords(IMethodSymbol method)
    {
        var type = method.ContainingType;
        var verb = Words.Of(method.Name).FirstOrDefault() ?? "";
        if (EntityFramework.IsUnitOfWork(type))
            return verb is "save" or "commit" or "complete" ? DataReach.Save : DataReach.None;
        if (!IsAwaitable(method))
            return DataReach.None;
        if (Words.ContainAny(type.Name, StoreWords) || (Words.Of(type.Name).LastOrDefault() is "store" or "dal"))
            return QueryVerbs.Contains(verb) ? DataReach.Query : SaveVerbs.Contains(verb) ? DataReach.Save : DataReach.None;
        var last = Words.Of(type.Name).LastOrDefault() ?? "";
        if (last is "client" or "gateway")
            return DataReach.Remote;
        // A service that looks one thing up by its key asks the database or another service for it.
        if (last == "service" && QueryVerbs.Contains(verb) && Words.ContainSequence(method.Name, "by", "id"))
            return DataReach.Query;
        return DataReach.None;
    }

    private static bool IsAwaitable(IMethodSymbol method) => method.ReturnType.Name is "Task" or "ValueTask";

    private bool FindEntity(INamedTypeSymbol entity)
    {
        var types = DeclaredTypes.In(_compilation);
        return types.SetsOf(entity.Name).Any(declared => types.Bind(declared.Holder) is { } holder && EntityFramework.IsContext(holder) && holder.GetMembers(declared.Property)
            .Any(member => member is IPropertySymbol { Type: INamedTypeSymbol { TypeArguments: [var kept] } set } && EntityFramework.IsSet(set) && SymbolEqualityComparer.Default.Equals(kept.OriginalDefinition, entity)));
    }
}

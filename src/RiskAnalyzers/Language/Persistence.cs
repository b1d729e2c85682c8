using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace RiskAnalyzers.Language;

/// <summary>What a call does beyond the process.</summary>
[Flags]
internal enum DataReach
{
    None = 0,

    /// <summary>Reads from a database.</summary>
    Query = 1,

    /// <summary>Writes to a database, at once.</summary>
    Save = 2,

    /// <summary>Talks to another service.</summary>
    Remote = 4,
}

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

    private static readonly HashSet<string> SaveCalls = new(StringComparer.Ordinal)
    {
        "SaveChanges", "SaveChangesAsync", "ExecuteNonQuery", "ExecuteNonQueryAsync", "ExecuteDelete", "ExecuteDeleteAsync", "ExecuteUpdate", "ExecuteUpdateAsync",
        "ExecuteSqlRaw", "ExecuteSqlRawAsync", "ExecuteSqlInterpolated", "ExecuteSqlInterpolatedAsync", "ExecuteSql", "ExecuteSqlAsync",
        "InsertOneAsync", "ReplaceOneAsync", "UpdateOneAsync", "DeleteOneAsync", "InsertManyAsync", "UpsertItemAsync", "CreateItemAsync", "ReplaceItemAsync",
    };

    private static readonly HashSet<string> QueryCalls = new(StringComparer.Ordinal)
    {
        "ToListAsync", "ToArrayAsync", "ToDictionaryAsync", "FirstAsync", "FirstOrDefaultAsync", "SingleAsync", "SingleOrDefaultAsync", "LastAsync", "LastOrDefaultAsync",
        "AnyAsync", "AllAsync", "CountAsync", "LongCountAsync", "SumAsync", "MaxAsync", "MinAsync", "AverageAsync", "FindAsync", "ContainsAsync", "LoadAsync",
        "QueryAsync", "QueryFirstAsync", "QueryFirstOrDefaultAsync", "QuerySingleAsync", "QuerySingleOrDefaultAsync", "QueryMultipleAsync",
        "ExecuteScalar", "ExecuteScalarAsync", "ExecuteReader", "ExecuteReaderAsync", "ReadItemAsync",
    };

    private static readonly HashSet<string> RemoteCalls = new(StringComparer.Ordinal)
    {
        "GetFromJsonAsync", "PostAsJsonAsync", "PutAsJsonAsync", "PatchAsJsonAsync", "DeleteFromJsonAsync", "GetStringAsync", "GetStreamAsync", "GetByteArrayAsync",
        "PostAsync", "PutAsync", "PatchAsync", "SendAsync", "GetAsync", "DeleteAsync", "Send",
    };

    private static readonly HashSet<string> SyncTerminals = new(StringComparer.Ordinal)
    {
        "ToList", "ToArray", "ToDictionary", "ToHashSet", "First", "FirstOrDefault", "Single", "SingleOrDefault", "Last", "LastOrDefault", "Any", "All", "Count", "LongCount", "Sum", "Max", "Min", "Average",
    };

    private readonly Compilation _compilation;
    private readonly Lazy<Dictionary<INamedTypeSymbol, List<INamedTypeSymbol>>> _derived;
    private readonly Lazy<HashSet<ISymbol>> _entities;
    private readonly ConcurrentDictionary<IMethodSymbol, DataReach> _methods = new(SymbolEqualityComparer.Default);

    private Persistence(Compilation compilation)
    {
        _compilation = compilation;
        _derived = new(FindDerived);
        _entities = new(FindEntities);
    }

    public static Persistence In(CompilationFacts facts) => Known.GetValue(facts.Compilation, compilation => new Persistence(compilation));

    /// <summary>What the call does beyond the process: by the library, by its implementation here, else by words.</summary>
    public DataReach Of(IInvocationOperation call)
    {
        var library = OfLibrary(call);
        return library != DataReach.None ? library : OfMethod(call.TargetMethod);
    }

    /// <summary>What a method of the product does beyond the process.</summary>
    public DataReach OfMethod(IMethodSymbol method) => _methods.GetOrAdd((method.ReducedFrom ?? method).OriginalDefinition, OfProduct);

    /// <summary>Whether the type is mapped to a table by a context in this compilation.</summary>
    public bool IsEntity(ITypeSymbol? type) => type is not null && _entities.Value.Contains(type.OriginalDefinition);

    /// <summary>The members in this compilation that a call of the method may run: itself, overrides, implementations.</summary>
    public IEnumerable<IMethodSymbol> Implementations(IMethodSymbol method)
    {
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        if (!method.IsAbstract && !method.DeclaringSyntaxReferences.IsEmpty)
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

    /// <summary>Whether the type is an EF context, or an interface that stands for one.</summary>
    public static bool IsContext(ITypeSymbol? type)
    {
        for (var ancestor = type; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (ancestor.Name == "DbContext")
                return true;
        }
        return type is { TypeKind: TypeKind.Interface } && type.Name.EndsWith("Context", StringComparison.Ordinal)
            && (!type.GetMembers("SaveChangesAsync").IsEmpty || !type.GetMembers("SaveChanges").IsEmpty);
    }

    /// <summary>Whether the type is <c>DbSet&lt;T&gt;</c>.</summary>
    public static bool IsSet(ITypeSymbol? type)
    {
        for (var ancestor = type; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (ancestor.Name is "DbSet" or "IDbSet" && ancestor is INamedTypeSymbol { IsGenericType: true })
                return true;
        }
        return false;
    }

    /// <summary>Whether the type is a query that a database answers, as far as the type can tell.</summary>
    public static bool IsQueryable(ITypeSymbol? type) => IsSet(type)
        || type is { Name: "IQueryable" or "IOrderedQueryable" or "IIncludableQueryable" }
        || (type is not null and not IArrayTypeSymbol && type.AllInterfaces.Any(contract => contract.Name == "IQueryable"));

    /// <summary>The query or set that a query operator is called on: the receiver, or the first argument of an extension.</summary>
    public static IOperation? Receiver(IInvocationOperation call) =>
        (call.Instance ?? (call.TargetMethod is { IsExtensionMethod: true } || call.TargetMethod.ReducedFrom is not null ? call.Arguments.FirstOrDefault()?.Value : null))?.WithoutConversions();

    /// <summary>Where a chain of calls begins: <c>db.Orders</c> of <c>db.Orders.Where(...).AsNoTracking()</c>.</summary>
    public static IOperation Source(IOperation chain)
    {
        chain = chain.WithoutAwait();
        while (chain is IInvocationOperation call && Receiver(call) is { } receiver && (IsQueryable(receiver.Type) || receiver is IInvocationOperation))
            chain = receiver.WithoutAwait();
        return chain;
    }

    /// <summary>Whether the call is <c>SaveChanges</c> of a context or unit of work.</summary>
    public static bool IsSaveChanges(IInvocationOperation call) => call.TargetMethod.Name is "SaveChanges" or "SaveChangesAsync"
        || (call.TargetMethod.Name is "SaveEntitiesAsync" or "SaveAsync" or "Save" or "CommitAsync" or "Commit" or "CompleteAsync" or "Complete" or "SaveChangesWithoutEventsAsync"
            && call.TargetMethod.ContainingType is { } type && IsUnitOfWork(type));

    /// <summary>Whether the type is a unit of work by its name.</summary>
    public static bool IsUnitOfWork(ITypeSymbol type) => Words.ContainSequence(type.Name, "unit", "of", "work") || Words.ContainSequence(type.Name, "uow");

    /// <summary>Whether a transaction is begun in the function around the operation, or the operation runs inside one that a helper began.</summary>
    public static bool IsInTransaction(IOperation operation)
    {
        for (var ancestor = operation; ancestor is not null; ancestor = ancestor.Parent)
        {
            if (ancestor is IInvocationOperation call && Words.ContainAny(call.TargetMethod.Name, TransactionWords))
                return true;
            if (ancestor.Parent is not null && ancestor is not IAnonymousFunctionOperation and not ILocalFunctionOperation)
                continue;
            if (ancestor.DescendantsInFunction().Any(BeginsTransaction))
                return true;
        }
        return false;
    }

    private static readonly HashSet<string> TransactionWords = new(StringComparer.Ordinal) { "transaction", "transactions", "transactional", "transacted" };

    private static bool BeginsTransaction(IOperation operation) => operation switch
    {
        IInvocationOperation call => Words.ContainAny(call.TargetMethod.Name, TransactionWords) && !call.TargetMethod.Name.StartsWith("Get", StringComparison.Ordinal),
        IObjectCreationOperation creation => creation.Type is { } type && Words.ContainAny(type.Name, TransactionWords) && type.Name.EndsWith("Scope", StringComparison.Ordinal),
        _ => false,
    };

    /// <summary>
    /// The innermost loop that runs the operation again and again, or null: <c>for</c>, <c>foreach</c>, <c>while</c>, or the call that runs a lambda for each element.
    /// </summary>
    public static IOperation? LoopAround(IOperation operation)
    {
        for (var (child, ancestor) = (operation, operation.Parent); ancestor is not null; (child, ancestor) = (ancestor, ancestor.Parent))
        {
            switch (ancestor)
            {
                case ILoopOperation loop when loop.Body == child:
                    return loop;
                case ILocalFunctionOperation:
                    return null;
                case IAnonymousFunctionOperation:
                    return ForEachOf(ancestor);
            }
        }
        return null;
    }

    private static IInvocationOperation? ForEachOf(IOperation lambda) =>
        lambda.Ancestor<IArgumentOperation>() is { Parent: IInvocationOperation call }
            && call.TargetMethod.Name is "ForEach" or "ForEachAsync" or "Select" && call.TargetMethod.ContainingType.Name is "List" or "Parallel" or "Enumerable"
            ? call
            : null;

    private static DataReach OfLibrary(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        var name = method.Name;
        if (IsSaveChanges(call))
            return DataReach.Save;
        if (method.ContainingType is not { } type)
            return DataReach.None;
        switch (type.Name)
        {
            case "EntityFrameworkQueryableExtensions" or "RelationalQueryableExtensions":
                return SaveCalls.Contains(name) ? DataReach.Save : QueryCalls.Contains(name) ? DataReach.Query : DataReach.None;
            case "RelationalDatabaseFacadeExtensions":
                return SaveCalls.Contains(name) ? DataReach.Save : DataReach.None;
            case "EntityFrameworkQueryableExtensionsInternal" or "DbSet":
                return name is "Find" or "FindAsync" ? DataReach.Query : DataReach.None;
            case "SqlMapper":
                return name.StartsWith("Query", StringComparison.Ordinal) || name.StartsWith("ExecuteScalar", StringComparison.Ordinal) || name.StartsWith("ExecuteReader", StringComparison.Ordinal) ? DataReach.Query : DataReach.Save;
            case "HttpClient" or "HttpClientJsonExtensions" or "HttpMessageInvoker":
                return RemoteCalls.Contains(name) ? DataReach.Remote : DataReach.None;
            case "Queryable":
                return SyncTerminals.Contains(name) && BeginsAtContext(call) ? DataReach.Query : DataReach.None;
            case "Enumerable":
                return SyncTerminals.Contains(name) && Receiver(call) is { } source && IsQueryable(source.Type) && BeginsAtContext(call) ? DataReach.Query : DataReach.None;
        }
        if (name is "Find" or "FindAsync" && IsContext(type))
            return DataReach.Query;
        if (name.StartsWith("Execute", StringComparison.Ordinal) && type.Name.EndsWith("Command", StringComparison.Ordinal) && type.Name is not "ICommand")
            return name.Contains("NonQuery") ? DataReach.Save : name.Contains("Scalar") || name.Contains("Reader") ? DataReach.Query : DataReach.None;
        return DataReach.None;
    }

    private static bool BeginsAtContext(IInvocationOperation call) => Receiver(call) is { } receiver && Source(receiver) switch
    {
        IPropertyReferenceOperation { Instance: { } owner } set => IsSet(set.Type) || IsContext(owner.Type),
        IInvocationOperation { TargetMethod.Name: "Set" } set => IsSet(set.Type),
        var other => IsSet(other.Type),
    };

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
        var reach = DataReach.None;
        foreach (var reference in method.DeclaringSyntaxReferences)
        {
            foreach (var node in reference.GetSyntax().DescendantNodes())
            {
                if (node is not InvocationExpressionSyntax call)
                    continue;
                var (name, receiver) = call.Expression switch
                {
                    MemberAccessExpressionSyntax access => (access.Name.Identifier.ValueText, access.Expression),
                    MemberBindingExpressionSyntax binding => (binding.Name.Identifier.ValueText, null),
                    SimpleNameSyntax simple => (simple.Identifier.ValueText, null),
                    _ => ("", null),
                };
                reach |= OfCall(name, receiver, method.ContainingType, depth);
            }
        }
        return reach;
    }

    private DataReach OfCall(string name, ExpressionSyntax? receiver, INamedTypeSymbol type, int depth)
    {
        if (SaveCalls.Contains(name))
            return DataReach.Save;
        if (QueryCalls.Contains(name))
            return DataReach.Query;
        if (RemoteCalls.Contains(name) && receiver is not null && Words.ContainAny(NameOf(receiver), RemoteWords))
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
        if (IsUnitOfWork(type))
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

    private Dictionary<INamedTypeSymbol, List<INamedTypeSymbol>> FindDerived()
    {
        var derived = new Dictionary<INamedTypeSymbol, List<INamedTypeSymbol>>(SymbolEqualityComparer.Default);
        foreach (var type in SourceTypes(_compilation.Assembly.GlobalNamespace))
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

    private HashSet<ISymbol> FindEntities()
    {
        var entities = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var type in SourceTypes(_compilation.Assembly.GlobalNamespace).Where(IsContext))
        {
            foreach (var member in type.GetMembers())
            {
                if (member is IPropertySymbol { Type: INamedTypeSymbol { TypeArguments: [var entity] } set } && IsSet(set))
                    entities.Add(entity.OriginalDefinition);
            }
        }
        return entities;
    }

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

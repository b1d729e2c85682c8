namespace RiskAnalyzers.Language;

/// <summary>What the calls of EF Core, Dapper, ADO.NET, MongoDB, Cosmos, Identity and <c>HttpClient</c> reach, by their types; by name alone where there is only syntax.</summary>
internal static class DataLibraries
{
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
        "GetRolesAsync", "GetUsersInRoleAsync", "IsInRoleAsync",
    };

    private static readonly HashSet<string> RemoteCalls = new(StringComparer.Ordinal)
    {
        "GetFromJsonAsync", "PostAsJsonAsync", "PutAsJsonAsync", "PatchAsJsonAsync", "DeleteFromJsonAsync", "GetStringAsync", "GetStreamAsync", "GetByteArrayAsync",
        "PostAsync", "PutAsync", "PatchAsync", "SendAsync", "GetAsync", "DeleteAsync", "Send",
    };

    // What ASP.NET Core Identity looks up in the store of users; roles are few, and those of RoleManager are no matter.
    private static readonly HashSet<string> IdentityQueries = new(StringComparer.Ordinal)
    {
        "GetRolesAsync", "GetUsersInRoleAsync", "IsInRoleAsync", "GetClaimsAsync", "GetUsersForClaimAsync", "GetLoginsAsync", "GetUserAsync",
        "FindByIdAsync", "FindByEmailAsync", "FindByNameAsync", "FindByLoginAsync",
    };

    // Each of them writes at once, and half of the account with it. An update of the user is mostly a stamp or a profile.
    private static readonly HashSet<string> IdentitySaves = new(StringComparer.Ordinal)
    {
        "CreateAsync", "AddToRoleAsync", "AddToRolesAsync", "RemoveFromRoleAsync", "RemoveFromRolesAsync", "AddPasswordAsync", "RemovePasswordAsync",
    };

    private static readonly HashSet<string> SyncTerminals = new(StringComparer.Ordinal)
    {
        "ToList", "ToArray", "ToDictionary", "ToHashSet", "First", "FirstOrDefault", "Single", "SingleOrDefault", "Last", "LastOrDefault", "Any", "All", "Count", "LongCount", "Sum", "Max", "Min", "Average",
    };

    /// <summary>What a method of that name reaches, whoever declares it; for code that is read without being bound.</summary>
    public static DataReach Reach(string name) => SaveCalls.Contains(name) ? DataReach.Save : QueryCalls.Contains(name) ? DataReach.Query : DataReach.None;

    /// <summary>Whether HTTP clients have a method of that name that sends a request.</summary>
    public static bool IsRemoteCall(string name) => RemoteCalls.Contains(name);

    /// <summary>Whether a member of the product promises by its name that it only reads: what it saves on the way is its own affair.</summary>
    public static bool IsNamedAsRead(IMethodSymbol method) => Words.Of(method.Name) is [var verb, ..] && ReadVerbs.Contains(verb);

    private static readonly HashSet<string> ReadVerbs = Words.SetOf("get find load list query fetch read search calculate compute validate is has can prepare format build map to check");

    /// <summary>What the call of a library's method reaches.</summary>
    public static DataReach Reach(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        var name = method.Name;
        if (EntityFramework.IsSaveChanges(call))
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
            case "UserManager":
                return IdentityQueries.Contains(name) ? DataReach.Query : IdentitySaves.Contains(name) ? DataReach.Save : DataReach.None;
            case "HttpClient" or "HttpClientJsonExtensions" or "HttpMessageInvoker":
                return RemoteCalls.Contains(name) ? DataReach.Remote : DataReach.None;
            case "Queryable":
                return SyncTerminals.Contains(name) && EntityFramework.BeginsAtContext(call) ? DataReach.Query : DataReach.None;
            case "Enumerable":
                return SyncTerminals.Contains(name) && EntityFramework.Receiver(call) is { } source && EntityFramework.IsQueryable(source.Type) && EntityFramework.BeginsAtContext(call) ? DataReach.Query : DataReach.None;
        }
        if (name is "Find" or "FindAsync" && EntityFramework.IsContext(type))
            return DataReach.Query;
        if (name.StartsWith("Execute", StringComparison.Ordinal) && type.Name.EndsWith("Command", StringComparison.Ordinal) && type.Name is not "ICommand")
            return name.Contains("NonQuery") ? DataReach.Save : name.Contains("Scalar") || name.Contains("Reader") ? DataReach.Query : DataReach.None;
        return DataReach.None;
    }
}

using System.Text.RegularExpressions;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Data;

/// <summary>Queries that nothing narrows: they stand for every row of a table.</summary>
internal static class WholeTables
{
    private static readonly HashSet<string> PassThrough = Words.SetOf(
        "Include ThenInclude AsNoTracking AsNoTrackingWithIdentityResolution AsTracking AsSplitQuery AsSingleQuery IgnoreQueryFilters IgnoreAutoIncludes TagWith TagWithCallSite AsQueryable "
        + "OrderBy OrderByDescending ThenBy ThenByDescending Select");

    private static readonly HashSet<string> Loads = Words.SetOf("ToList ToListAsync ToArray ToArrayAsync AsEnumerable AsAsyncEnumerable ToHashSet ToHashSetAsync");

    // Tables that every product loads whole, because they are small and stay so.
    private static readonly HashSet<string> SmallTables = Words.SetOf(
        "currency currencies country countries language languages store stores setting settings role roles permission permissions template templates status statuses type types zone zones region regions province state "
        + "tax rate rates plan plans feature features flag tenant tenants method methods warehouse unit measure level levels tier tiers group groups configuration config locale widget plugin provider providers mapping attribute attributes topic menu");

    private static readonly Regex WholeSelect = new(@"^\s*SELECT\s+(?!TOP\b|COUNT\b|MAX\b|MIN\b|SUM\b)[\w\s.,*\[\]""`]+?\s+FROM\s+(?<table>[\w.\[\]""`]+)\s*(ORDER\s+BY\s+[\w\s.,]+)?;?\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>The table whose every row the query stands for, or null where something narrows it or it is not known to be one.</summary>
    public static IOperation? Of(IOperation query, int depth = 2)
    {
        query = query.WithoutAwait();
        while (query is IInvocationOperation call && EntityFramework.Receiver(call) is { } receiver && (PassThrough.Contains(call.TargetMethod.Name) && !SelectsOneColumn(call) || KeepsEveryRow(call)))
            query = receiver.WithoutAwait();
        switch (query)
        {
            case IPropertyReferenceOperation { Property: var property }:
                return EntityFramework.IsSet(property.Type) || EntityFramework.IsQueryable(property.Type) && (property.Name is "Table" or "TableNoTracking" or "Entities" or "All" || property is { Name: "Users", ContainingType.Name: "UserManager" }) ? query : null;
            case IFieldReferenceOperation { Field.Type: var type }:
                return EntityFramework.IsSet(type) ? query : null;
            case IInvocationOperation { TargetMethod: { Name: "Set", Parameters.IsEmpty: true } method }:
                return EntityFramework.IsSet(method.ReturnType) ? query : null;
            case IInvocationOperation { TargetMethod.Name: "Find" or "FindAsync" } find when HasEmptyFilter(find):
                return EntityFramework.Receiver(find);
            case ILocalReferenceOperation { Local: var local } when depth > 0:
                return OnlyValue(query, local) is { } value ? Of(value, depth - 1) : null;
            default:
                return null;
        }
    }

    /// <summary>The table that the operation loads into memory whole: <c>db.Orders.ToList()</c>, <c>await db.Orders.AsNoTracking().ToListAsync()</c>; its name.</summary>
    public static string? LoadedBy(IOperation operation)
    {
        if (operation.WithoutAwait() is not IInvocationOperation call)
            return null;
        if (call.TargetMethod is { ContainingType.Name: "SqlMapper", Name: "Query" or "QueryAsync" } && SqlText.SentBy(call) is { } sql)
            return WholeSelect.Match(SqlText.Read(sql).Text) is { Success: true } select ? select.Groups["table"].Value : null;
        return Loads.Contains(call.TargetMethod.Name) && EntityFramework.Receiver(call) is { } query && Of(query) is { } table && !IsSmall(query.Type) ? NameOf(table) : null;
    }

    /// <summary>Whether the call of a MongoDB collection is given a filter that lets everything through: <c>_ => true</c>, <c>FilterDefinition&lt;T&gt;.Empty</c>, <c>new BsonDocument()</c>.</summary>
    public static bool HasEmptyFilter(IInvocationOperation call)
    {
        if (call.TargetMethod.ContainingType is not { Name: "IMongoCollection" or "IMongoCollectionExtensions" })
            return false;
        var receiver = EntityFramework.Receiver(call);
        return call.Arguments.Select(argument => argument.Value.WithoutConversions()).FirstOrDefault(value => value != receiver) switch
        {
            IMemberReferenceOperation { Member.Name: "Empty" } => true,
            IObjectCreationOperation { Type.Name: "BsonDocument", Arguments.IsEmpty: true, Initializer: null } => true,
            { } filter => LambdaOf(filter)?.Body.Operations.LastOrDefault() is IReturnOperation { ReturnedValue.ConstantValue: { HasValue: true, Value: true } },
            null => false,
        };
    }

    /// <summary>Whether the rows are of a kind of which there are few: currencies, countries, roles.</summary>
    public static bool IsSmall(ITypeSymbol? rows) =>
        rows is INamedTypeSymbol { TypeArguments: [.., var row] } ? Words.Of(row.Name) is var words && (words.IsEmpty || SmallTables.Contains(words[words.Length - 1])) : rows is IArrayTypeSymbol { ElementType: var element } && Words.ContainAny(element.Name, SmallTables);

    /// <summary>What a local always holds: the value it is declared with, where nothing is assigned to it later.</summary>
    public static IOperation? OnlyValue(IOperation reference, ILocalSymbol local)
    {
        IOperation? value = null;
        foreach (var operation in reference.WholeBody().Descendants())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation { Symbol: var declared } declarator when SymbolEqualityComparer.Default.Equals(declared, local):
                    value = declarator.GetVariableInitializer()?.Value;
                    break;
                case IAssignmentOperation { Target: ILocalReferenceOperation { Local: var assigned } } when SymbolEqualityComparer.Default.Equals(assigned, local):
                    return null;
            }
        }
        return value;
    }

    /// <summary>The name of a table that <see cref="Of"/> found.</summary>
    public static string NameOf(IOperation table) => table switch
    {
        IInvocationOperation { TargetMethod.TypeArguments: [var row] } => row.Name,
        IPropertyReferenceOperation { Property: { Name: "Table" or "TableNoTracking" or "Entities" or "All", Type: INamedTypeSymbol { TypeArguments: [var row] } } } => row.Name,
        _ => table.ReferencedSymbol()?.Name ?? "the table",
    };

    private static bool SelectsOneColumn(IInvocationOperation call) => call.TargetMethod.Name == "Select" && Predicate(call) is IPropertyReferenceOperation;

    // Where(_ => true)
    private static bool KeepsEveryRow(IInvocationOperation call) => call.TargetMethod.Name == "Where" && Predicate(call)?.ConstantValue is { HasValue: true, Value: true };

    private static IOperation? Predicate(IInvocationOperation call) => call.Arguments.LastOrDefault() is { Value: var value } && LambdaOf(value) is { } lambda
        ? (lambda.Body.Operations.LastOrDefault() as IReturnOperation)?.ReturnedValue?.WithoutConversions()
        : null;

    /// <summary>The lambda that the argument is, whether it becomes a delegate or an expression tree.</summary>
    public static IAnonymousFunctionOperation? LambdaOf(IOperation argument) => argument.WithoutConversions() switch
    {
        IAnonymousFunctionOperation lambda => lambda,
        IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda } => lambda,
        _ => null,
    };
}

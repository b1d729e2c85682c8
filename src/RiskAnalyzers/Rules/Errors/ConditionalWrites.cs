using System.Text.RegularExpressions;
using RiskAnalyzers.Language;
using RiskAnalyzers.Rules.Data;

namespace RiskAnalyzers.Rules.Errors;

/// <summary>
/// Writes to one row that only happen where a column still holds what was seen: <c>UPDATE Wallets SET Balance = Balance - @a WHERE Id = @id AND Balance >= @a</c>.
/// How many rows they changed is the only sign of whether they did.
/// </summary>
internal static class ConditionalWrites
{
    private static readonly HashSet<string> ByQuery = new(StringComparer.Ordinal) { "ExecuteUpdate", "ExecuteUpdateAsync" };

    private static readonly HashSet<string> BySql = new(StringComparer.Ordinal)
    {
        "ExecuteSqlRaw", "ExecuteSqlRawAsync", "ExecuteSqlInterpolated", "ExecuteSqlInterpolatedAsync", "ExecuteSql", "ExecuteSqlAsync", "Execute", "ExecuteAsync",
    };

    private static readonly Regex Update = new(@"^\s*UPDATE\s.+?\sSET\s(?<set>.+?)\sWHERE\s(?<where>[^;]+);?\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline, TimeSpan.FromMilliseconds(200));

    private static readonly Regex Written = new(@"(?:^|,)\s*[\[""`]?(?:\w+\.)?(?<column>\w+)[\]""`]?\s*=(?!=)", RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(200));

    private static readonly Regex ByKey = new(@"\b\w*id[\]""`]?\s*=", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(200));

    private static readonly Regex Nested = new(@"\b(?:SELECT|UPDATE|SET|FROM)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(200));

    /// <summary>Whether the call writes to one row on a condition about a column that it writes.</summary>
    public static bool Is(IInvocationOperation call)
    {
        var name = call.TargetMethod.Name;
        return ByQuery.Contains(name) ? call.TargetMethod.ContainingType?.Name is "EntityFrameworkQueryableExtensions" or "RelationalQueryableExtensions" && IsQuery(call)
            : BySql.Contains(name) && call.TargetMethod.ContainingType?.Name is "RelationalDatabaseFacadeExtensions" or "SqlMapper" && SqlText.SentBy(call) is { } sql && IsSql(SqlText.Read(sql).Text);
    }

    private static bool IsSql(string text)
    {
        if (Update.Match(text) is not { Success: true } update || !ByKey.IsMatch(update.Groups["where"].Value))
            return false;
        var where = update.Groups["where"].Value;
        // Another statement, or a query of its own, decides there.
        if (Nested.IsMatch(where))
            return false;
        foreach (Match column in Written.Matches(update.Groups["set"].Value))
        {
            var written = column.Groups["column"].Value;
            if (!IsTime(written) && !written.EndsWith("id", StringComparison.OrdinalIgnoreCase) && Regex.IsMatch(where, @"\b" + written + @"[\]""`]?\s*(?:>=?|<=?|=|<>|!=|IN\b)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(200)))
                return true;
        }
        return false;
    }

    // db.Wallets.Where(w => w.Id == id && w.Balance >= amount).ExecuteUpdateAsync(s => s.SetProperty(w => w.Balance, w => w.Balance - amount))
    private static bool IsQuery(IInvocationOperation call)
    {
        var written = call.Arguments.SelectMany(argument => argument.Value.Descendants()).OfType<IInvocationOperation>().Where(set => set.TargetMethod.Name == "SetProperty")
            .Select(set => set.Arguments.FirstOrDefault()?.Value is { } column && WholeTables.LambdaOf(column)?.Body.Descendants().OfType<IPropertyReferenceOperation>().FirstOrDefault() is { Property.Name: var name } ? name : "").ToList();
        bool byKey = false, guarded = false;
        for (var query = EntityFramework.Receiver(call); query is IInvocationOperation step; query = EntityFramework.Receiver(step))
        {
            if (step.TargetMethod.Name != "Where" || step.Arguments.LastOrDefault() is not { Value: var value } || WholeTables.LambdaOf(value) is not { } filter)
                continue;
            foreach (var compared in filter.Body.Descendants().OfType<IPropertyReferenceOperation>())
            {
                if (compared.Instance?.WithoutConversions() is not IParameterReferenceOperation { Parameter.ContainingSymbol: var row } || !SymbolEqualityComparer.Default.Equals(row, filter.Symbol))
                    continue;
                byKey |= Words.Of(compared.Property.Name) is [.., "id"] && compared.Ancestor<IBinaryOperation>() is { OperatorKind: BinaryOperatorKind.Equals };
                guarded |= written.Contains(compared.Property.Name) && !IsTime(compared.Property.Name);
            }
        }
        return byKey && guarded;
    }

    // A stamp that is not set twice harms nobody.
    private static bool IsTime(string column) => Words.Of(column) is [.., "at" or "on" or "date" or "time" or "utc"];
}

using System.Text.RegularExpressions;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Data;

/// <summary>A bulk update or delete that nothing narrows: it hits every row.</summary>
internal sealed class UnfilteredBulkWrite : RiskRule
{
    private static readonly HashSet<string> Bulk = Words.SetOf("ExecuteDelete ExecuteDeleteAsync ExecuteUpdate ExecuteUpdateAsync DeleteFromQuery DeleteFromQueryAsync UpdateFromQuery UpdateFromQueryAsync BatchDelete BatchDeleteAsync BatchUpdate BatchUpdateAsync");

    private static readonly HashSet<string> ManyOfMongo = Words.SetOf("DeleteMany DeleteManyAsync UpdateMany UpdateManyAsync");

    // Tables that are emptied as a matter of course, and code whose purpose it is.
    private static readonly HashSet<string> Expendable = Words.SetOf("staging temp temporary tmp outbox inbox queue queued audit log logs cache cached snapshot projection");
    private static readonly HashSet<string> Preparation = Words.SetOf("seed seeder seeding migration migrations migrate fixture test tests install installation uninstall uninstaller setup demo sample");

    private static readonly Regex Statement = new(@"^\s*(?<verb>DELETE(\s+FROM)?|UPDATE|TRUNCATE(\s+TABLE)?|DROP\s+TABLE(\s+IF\s+EXISTS)?)\s+(?!(TABLE|FROM|IF)\b)(?<table>[\w.\[\]""`]*\w[\]""`]*)(?![\w.\[\]""`" + "\u25CA" + @"])(?<rest>.*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline);
    private static readonly Regex Narrowing = new(@"\b(WHERE|JOIN|FROM|USING|LIMIT|TOP)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK6005",
        title: "A bulk write without a filter",
        message: "'{0}' hits every row of '{1}': nothing says which; filter it before, or say in the code how many rows it may touch",
        why: "One missing Where has repriced whole catalogues and emptied production tables. Nothing asks back: the statement is committed when it returns.");

    public UnfilteredBulkWrite() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        on.Operation(Check, OperationKind.Invocation, OperationKind.ObjectCreation, OperationKind.SimpleAssignment);
        on.Operation(CheckLoop, OperationKind.Loop);
    }

    // foreach (var product in db.Products) product.Price *= factor;
    private static void CheckLoop(OperationVisit visit)
    {
        if (visit.Operation is IForEachLoopOperation loop && WholeTableLoops.Of(loop) is var (place, what, table))
            Report(visit, place, what, table);
    }

    private static void Check(OperationVisit visit)
    {
        if (visit.Operation is IInvocationOperation call && (Unfiltered(call) ?? EmptyFilter(call) ?? WholeRange(call) ?? ByName(call, visit)) is { } table)
            Report(visit, call.TargetMethod.Name, table);
        else if (SqlText.SentBy(visit.Operation) is { } sql && visit.Operation.Parent is not IArgumentOperation)
            CheckSql(visit, sql);
    }

    private static string? Unfiltered(IInvocationOperation call) =>
        Bulk.Contains(call.TargetMethod.Name) && EntityFramework.Receiver(call) is { } query && WholeTables.Of(query) is { } table ? WholeTables.NameOf(table) : null;

    private static string? EmptyFilter(IInvocationOperation call) =>
        ManyOfMongo.Contains(call.TargetMethod.Name) && WholeTables.HasEmptyFilter(call) ? EntityFramework.Receiver(call).ReferencedSymbol()?.Name ?? "the collection" : null;

    // db.Coupons.RemoveRange(db.Coupons), also of a list that holds all of it
    private static string? WholeRange(IInvocationOperation call)
    {
        if (call.TargetMethod.Name is not ("RemoveRange" or "BulkDelete" or "BulkDeleteAsync") || call.Arguments.FirstOrDefault(argument => argument.Parameter?.Type.SpecialType != SpecialType.System_String && argument.Value != EntityFramework.Receiver(call)) is not { Value: var rows })
            return null;
        if (rows.WithoutAwait() is ILocalReferenceOperation { Local: var local })
            rows = WholeTables.OnlyValue(rows, local) ?? rows;
        return WholeTables.LoadedBy(rows) ?? (WholeTables.Of(rows) is { } table ? WholeTables.NameOf(table) : null);
    }

    // A store of the product's own: orders.DeleteAllAsync()
    private static string? ByName(IInvocationOperation call, OperationVisit visit)
    {
        var isWhole = Words.Of(call.TargetMethod.Name) switch
        {
            ["delete" or "remove" or "clear" or "purge", "all", .. var rest] => rest.IsEmpty || rest is ["async"],
            ["truncate", ..] => true,
            _ => false,
        };
        if (!isWhole || call.TargetMethod.ContainingType is not { } store || call.Arguments.Any(argument => argument.Parameter?.Type.Name is not ("CancellationToken" or "Boolean")))
            return null;
        return Words.Of(store.Name) is [.., "repository" or "repo" or "dao" or "store"] && Persistence.In(visit.Facts).Of(call) is DataReach.Save or DataReach.None && !Words.ContainAny(store.Name, InMemory) ? store.Name : null;
    }

    private static readonly HashSet<string> InMemory = Words.SetOf("memory cache session local state");

    private static void CheckSql(OperationVisit visit, IOperation sql)
    {
        if (sql.Type?.Name is not ("String" or "FormattableString"))
            return;
        var text = SqlText.Read(sql).Text;
        if (text.Length < 10)
            return;
        foreach (var statement in text.Split(';').Select(part => Statement.Match(part)).Where(HitsEveryRow))
        {
            Report(visit, Regex.Replace(statement.Groups["verb"].Value.ToUpperInvariant(), @"\s+", " "), statement.Groups["table"].Value);
            return;
        }
    }

    private static bool HitsEveryRow(Match statement)
    {
        if (!statement.Success)
            return false;
        var rest = statement.Groups["rest"].Value.Trim();
        switch (char.ToUpperInvariant(statement.Groups["verb"].Value[0]))
        {
            case 'D' when statement.Groups["verb"].Value.StartsWith("DELETE", StringComparison.OrdinalIgnoreCase):
                return rest.Length == 0;
            case 'U':
                return rest.StartsWith("SET", StringComparison.OrdinalIgnoreCase) && !Narrowing.IsMatch(rest) && !EndsInUnknownClause(rest);
            default:
                return true;
        }
    }

    // "... SET Price = {price} {where}": what comes last may be the filter. "... SET Price = {price}" is none.
    private static bool EndsInUnknownClause(string rest)
    {
        var last = rest.LastIndexOf(SqlText.Hole);
        if (last < 0)
            return false;
        var before = rest.Substring(0, last).TrimEnd(' ', '\'', '\n', '\r', '\t');
        return before.Length == 0 || "=+-*/(,".IndexOf(before[before.Length - 1]) < 0;
    }

    private static void Report(OperationVisit visit, string write, string table) => Report(visit, visit.Operation, write, table);

    private static void Report(OperationVisit visit, IOperation place, string write, string table)
    {
        // A store for any kind of row means what its caller means.
        if (visit.Member.ContainingType is { IsGenericType: true } || Words.ContainAny(table, Expendable) || table.Contains('#') || Words.ContainAny(visit.Member.Name, Preparation) || visit.Member.ContainingType is { } type && Words.ContainAny(type.Name, Preparation))
            return;
        visit.Report(place, write, table);
    }
}

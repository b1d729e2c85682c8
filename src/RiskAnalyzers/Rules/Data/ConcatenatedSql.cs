using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Data;

/// <summary>SQL with a run-time text in it that is no parameter.</summary>
internal sealed class ConcatenatedSql : RiskRule
{
    // Their names cannot be parameters, and no customer chooses them.
    private static readonly HashSet<string> Definitions = new("CREATE ALTER DROP BACKUP RESTORE TRUNCATE GRANT USE PRAGMA VACUUM REINDEX".Split(' '), StringComparer.OrdinalIgnoreCase);

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK6006",
        title: "SQL is put together from text",
        message: "'{0}' becomes part of the SQL: whoever chooses it chooses the statement; pass it as a parameter",
        why: "A quote in a coupon code or a search box ends the literal, and what follows is executed: prices, orders and password hashes are read or rewritten.");

    public ConcatenatedSql() : base(Risk)
    {
    }

    public override void Listen(RuleListener on) => on.Operation(Check, OperationKind.Invocation, OperationKind.ObjectCreation, OperationKind.SimpleAssignment);

    private static void Check(OperationVisit visit)
    {
        // A FormattableString carries its values as parameters.
        if (SqlText.SentBy(visit.Operation) is not { } sent || sent.Type?.SpecialType != SpecialType.System_String || sent.ConstantValue.HasValue)
            return;
        var sql = SqlText.Read(sent);
        // Text that arrives whole is the business of whoever put it together.
        var text = sql.Text.Trim(SqlText.Hole, ' ', '\r', '\n', '\t');
        if (text.Length == 0 || Definitions.Contains(text.Split(' ', '\r', '\n')[0]))
            return;
        if (sql.Holes.FirstOrDefault(hole => !HarmlessText.Is(hole)) is { } given)
            visit.Report(sent, NameOf(given));
    }

    private static string NameOf(IOperation hole) => hole.WithoutConversions() switch
    {
        IInvocationOperation { Instance: { } instance } call when call.TargetMethod.ContainingType.SpecialType == SpecialType.System_String => NameOf(instance),
        IInvocationOperation { TargetMethod.Name: "Join", Arguments: [_, .., var last] } => NameOf(last.Value),
        var other => other.ReferencedSymbol()?.Name ?? other.Syntax.ToString(),
    };
}

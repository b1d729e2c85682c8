using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Errors;

/// <summary>A catch-all after which the code goes on as if the work had been done.</summary>
internal sealed class SwallowedException : RiskRule
{
    private static readonly HashSet<string> Work = Words.SetOf(
        "save update insert add delete remove charge capture refund pay authorize void cancel create place submit process complete confirm reserve release send publish enqueue dispatch emit "
        + "transfer credit debit withdraw deposit apply assign register approve reject commit execute reset change set mark write persist store deduct adjust decrement increment sync import migrate");

    private static readonly HashSet<string> Needed = Words.SetOf("secret secrets credential credentials vault");

    private static readonly HashSet<string> CleanUp = Words.SetOf("dispose close delete cleanup clean rollback stop flush abort kill release unsubscribe disconnect unlock cancel exit detach clear");

    // A page without its label or link is a page all the same.
    private static readonly HashSet<string> Decorations = Words.SetOf("url uri link links label labels title enclosure caption thumbnail breadcrumb");

    private static readonly HashSet<string> Courtesy = Words.SetOf("cache metric metrics telemetry log mail email mailer emailer receipt notifier sms notification notifications notify analytics track signal hub push broadcast activity");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK4005",
        title: "An exception is swallowed and the work counts as done",
        message: "Every exception of '{0}' ends here, and '{1}' goes on as if {2}: rethrow it, or record the failure",
        why: "Nine of ten catastrophic failures in one study of production incidents came from errors that were caught and mishandled. On a critical "
            + "path the customer is told that it worked, and nobody learns otherwise.");

    public SwallowedException() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        on.Operation(Check, OperationKind.CatchClause);
        on.Operation(CheckLost, OperationKind.CatchClause);
    }

    // catch { return Unauthorized("Expired session"); } says so of a database that is down, too.
    private static void CheckLost(OperationVisit visit)
    {
        var clause = (ICatchClauseOperation)visit.Operation;
        if (LostExceptions.WorkOf(clause, visit.Member) is { } work)
            visit.Report(((CatchClauseSyntax)clause.Syntax).CatchKeyword, work, visit.Member.ReadableName(), "nothing else could fail there, and writes it down nowhere");
    }

    private static void Check(OperationVisit visit)
    {
        var clause = (ICatchClauseOperation)visit.Operation;
        // Not every update that fails is a row that was there before: a dead-lock, a column that is too short, a lost connection.
        var isTakenForDuplicate = clause is { ExceptionType.Name: "DbUpdateException" or "DbException" or "SqlException" or "NpgsqlException", Filter: null, Parent: ITryOperation { Body: var tried } }
            && tried.DescendantsInFunction().Any(operation => operation is IInvocationOperation { TargetMethod.Name: "SaveChanges" or "SaveChangesAsync" });
        if (!clause.IsCatchAll() && !isTakenForDuplicate || clause.Parent is not ITryOperation attempt || clause.Leaves() || !clause.OnlyLogs())
            return;
        // Several clauses: an earlier one may handle what matters.
        if (attempt.Catches.Length > 1 && attempt.Catches[0].Throws())
            return;
        if (SaysByFlag(attempt) || IsProgram(attempt, visit.Member) || visit.Member.ContainingType is { } type && Words.ContainAny(type.Name, Seeds))
            return;
        var isSilent = clause.Handler.Operations.IsEmpty;
        if (WorkIn(attempt.Body, isSilent) is not { } work)
            return;
        visit.Report(((CatchClauseSyntax)clause.Syntax).CatchKeyword, work, visit.Member.ReadableName(), isTakenForDuplicate ? "it had been done before; ask for the unique key" : "it had worked");
    }

    // try { ...; app.Run(); } catch (Exception e) { Log.Fatal(e, "Host terminated"); }: behind it the program ends.
    private static bool IsProgram(ITryOperation attempt, ISymbol member) => member.Name is "Main" or WellKnownMemberNames.TopLevelStatementsEntryPointMethodName
        && attempt.Body.DescendantsInFunction().Any(operation => operation is IInvocationOperation { TargetMethod.Name: "Run" or "RunAsync" or "StartAsync" } or IInvalidOperation { Syntax: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Run" or "RunAsync" } } });

    private static readonly HashSet<string> Seeds = Words.SetOf("seed seeder seeding");

    // var success = false; try { ...; success = true; } catch { log } return Json(new { success });
    private static bool SaysByFlag(ITryOperation attempt) => attempt.Body.Operations.LastOrDefault() is IExpressionStatementOperation { Operation: ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: { Type.SpecialType: SpecialType.System_Boolean } flag }, Value: var value } }
        && value.IsConstant(true) && attempt.EnclosingFunction().DescendantsInFunction().Any(operation => operation is ILocalReferenceOperation use && use.Syntax.SpanStart > attempt.Syntax.Span.End && SymbolEqualityComparer.Default.Equals(use.Local, flag));

    // The first call that changes something. A silent clause needs less: whatever fails in it, nobody ever knows.
    private static string? WorkIn(IBlockOperation body, bool isSilent)
    {
        string? first = null;
        foreach (var operation in body.DescendantsInFunction())
        {
            // A library that is not at hand still has names.
            if (operation is IInvalidOperation { Syntax: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var unknown } } } && IsOfNeed(unknown))
                return unknown;
            if (operation is not IInvocationOperation call || LogCalls.IsLog(call))
                continue;
            var name = call.TargetMethod.Name;
            var words = Words.Of(name);
            // Without its keys the service runs on, and nothing that needs them works.
            if (IsOfNeed(name))
                return name;
            if (words.IsEmpty || words[0] is "parse" or "try" or "get" or "to" or "format" or "is" || CleanUp.Contains(words[0]))
                continue;
            if (IsCourtesy(call) || IsOfFramework(call.TargetMethod.ContainingType) || words.HaveAny(Decorations))
                continue;
            if (Work.Contains(words[0]))
                return name;
            first ??= name;
        }
        return isSilent ? first : null;
    }

    private static bool IsOfNeed(string name) => Words.Of(name) is ["get" or "load" or "fetch" or "read" or "retrieve", ..] words && words.HaveAny(Needed);

    // Filling a list, building a document, reading a file: local work, whose loss shows in what is returned.
    private static bool IsOfFramework(INamedTypeSymbol? type) => type?.RootNamespace() == "System";

    private static bool IsCourtesy(IInvocationOperation call) =>
        Words.ContainAny(call.TargetMethod.Name, Courtesy)
        || call.TargetMethod.ContainingType is { } type && Words.ContainAny(type.Name, Courtesy)
        || call.Instance?.ReferencedSymbol() is { } receiver && Words.ContainAny(receiver.Name, Courtesy);
}

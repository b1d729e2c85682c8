using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Resilience;

/// <summary>A service that goes on to start although its database could not be brought up to date.</summary>
internal sealed class FailedStart : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK5012",
        title: "A service starts although its database is not ready",
        message: "When '{0}' fails it is only written down, and the service starts on a database that is not what the code expects: every order then fails in its own way; throw, so that the old version keeps running",
        why: "A deployment that fails at once is rolled back. One that starts on an old schema answers its health check, takes over from the version that worked, and fails order after order.");

    private static readonly HashSet<string> Migrations = Words.SetOf("Migrate MigrateAsync EnsureCreated EnsureCreatedAsync ApplyMigrations ApplyMigrationsAsync MigrateUp");

    private static readonly HashSet<string> Verbs = Words.SetOf("migrate seed initialize initialise apply prepare upgrade ensure");

    private static readonly HashSet<string> Nouns = Words.SetOf("database db migrations migration schema data tables context");

    private static readonly HashSet<string> Stops = Words.SetOf("Exit FailFast StopApplication StopAsync Abort");

    private static readonly HashSet<string> Hosts = Words.SetOf("IApplicationBuilder WebApplication IHost IServiceProvider IServiceScope WebApplicationBuilder");

    public FailedStart() : base(Risk)
    {
    }

    public override ImmutableArray<string> Supersedes { get; } = ImmutableArray.Create("RISK4005");

    public override void Listen(RuleListener on) => on.Operation(Check, OperationKind.Try);

    private static void Check(OperationVisit visit)
    {
        var attempt = (ITryOperation)visit.Operation;
        if (attempt.Catches.IsEmpty || !IsAtStart(visit) || Prepared(attempt) is not { } prepared)
            return;
        if (attempt.Catches.FirstOrDefault(Swallows) is not { } swallowing || attempt.Ancestors().Any(ancestor => ancestor is ILoopOperation) || Environments.IsForDevelopersOnly(attempt) || EndsProgram(swallowing, visit))
            return;
        var place = swallowing.Handler.Operations.FirstOrDefault(statement => Catches.IsLogging(statement) && statement is IExpressionStatementOperation) ?? swallowing.Handler.Operations.FirstOrDefault();
        if (place is null)
            visit.Report(((CatchClauseSyntax)swallowing.Syntax).CatchKeyword, prepared);
        else
            visit.Report(place, prepared);
    }

    // The program itself, its Startup, an extension of its host, or a service that starts with it.
    private static bool IsAtStart(OperationVisit visit)
    {
        if (visit.Member is not IMethodSymbol method)
            return false;
        if (method.Name is WellKnownMemberNames.TopLevelStatementsEntryPointMethodName or "Main" || method.ContainingType.Name is "Startup" or "Program")
            return true;
        return method.IsStatic && method.Parameters.Any(parameter => Hosts.Contains(parameter.Type.Name))
            || method.Name is "StartAsync" or "StartingAsync" && method.ContainingType.AllInterfaces.Any(contract => contract.Name == "IHostedService");
    }

    private static string? Prepared(ITryOperation attempt)
    {
        foreach (var operation in attempt.Body.DescendantsInFunction())
        {
            if (operation is not IInvocationOperation { TargetMethod.Name: var name } call || LogCalls.IsLog(call) || call.Ancestor<ITryOperation>() is { Catches.IsEmpty: false } nearest && nearest != attempt && nearest.Body.Syntax.Span.Contains(call.Syntax.Span))
                continue;
            if (Migrations.Contains(name) || Words.Of(name) is [var verb, ..] words && Verbs.Contains(verb) && (words.HaveAny(Nouns) || verb is "seed" or "initialize" or "initialise" && (verb is "seed" && words.Length == 1 || verb is "seed" && words is [_, "async"] || Words.ContainAny(call.TargetMethod.ContainingType.Name, SeedTypes))))
                return name;
        }
        return null;
    }

    private static readonly HashSet<string> SeedTypes = Words.SetOf("seed seeder initializer initialiser database db context data");

    private static bool Swallows(ICatchClauseOperation clause) => (clause.IsCatchAll() || clause.ExceptionType.Name is "DbException" or "SqlException" or "NpgsqlException" or "InvalidOperationException") && !clause.Throws()
        && !clause.Handler.DescendantsInFunction().Any(operation => operation is IInvocationOperation { TargetMethod.Name: var name } && Stops.Contains(name) || operation is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "ExitCode" } });

    // return; in the program itself ends it, and so does the end of what would have run.
    private static bool EndsProgram(ICatchClauseOperation clause, OperationVisit visit) =>
        visit.Member.Name is WellKnownMemberNames.TopLevelStatementsEntryPointMethodName or "Main" && (clause.Handler.Operations.LastOrDefault() is IReturnOperation
            || clause.Parent is ITryOperation attempt && attempt.Body.DescendantsInFunction().Any(operation => operation is IInvocationOperation { TargetMethod.Name: "Run" or "RunAsync" }));
}

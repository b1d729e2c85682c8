using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Resilience;

/// <summary>Work that runs at once and must not: several queries on one context, shared results, or a flood of calls to another service.</summary>
internal sealed class UnsafeFanOut : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK5007",
        title: "Work runs at once that must not",
        message: "'{0}' {1}",
        why: "A DbContext serves one operation at a time; a second one throws, or reads what the first one is writing. A gateway that gets a thousand charges in the same moment refuses most of them, and nobody knows which.");

    public UnsafeFanOut() : base(Risk)
    {
    }

    // The loop that another rule may see in the lambda is the one that this rule speaks of.
    public override ImmutableArray<string> Supersedes { get; } = ImmutableArray.Create("RISK6002");

    public override void Listen(RuleListener on) => on.Operation(Check, OperationKind.Invocation);

    private static void Check(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        var risk = (call.TargetMethod.ContainingType?.Name, call.TargetMethod.Name) switch
        {
            ("Task", "WhenAll") => OfTasks(call, visit.Facts),
            ("Parallel", "ForEachAsync" or "ForEach" or "For" or "ForAsync" or "Invoke") or ("ParallelEnumerable", "ForAll") => OfLambdas(call, visit.Facts),
            _ => null,
        };
        if (risk is not null)
            visit.Report(call, call.TargetMethod.Name, risk);
    }

    private static string? OfLambdas(IInvocationOperation call, CompilationFacts facts)
    {
        foreach (var lambda in call.Arguments.SelectMany(argument => argument.Value.Descendants()).OfType<IAnonymousFunctionOperation>())
        {
            if (SharedWork.OnContext(lambda, lambda, facts) is not null)
                return OnOneContext;
            if (SharedWork.ChangedBy(lambda, afterAwait: false) is { } changed)
                return Changing(changed);
        }
        return null;
    }

    private static string? OfTasks(IInvocationOperation call, CompilationFacts facts)
    {
        var tasks = StartedTasks.Of(call).ToList();
        if (tasks.Count(task => !task.IsRepeated && SharedWork.OnContext(task.Work, null, facts) is not null) > 1)
            return OnOneContext;
        foreach (var task in tasks)
        {
            if (!task.IsRepeated)
                continue;
            if (SharedWork.OnContext(task.Work, task.Scope, facts) is not null)
                return OnOneContext;
            if (task.Work is IAnonymousFunctionOperation { Symbol.IsAsync: true } lambda && SharedWork.ChangedBy(lambda, afterAwait: true) is { } changed)
                return Changing(changed);
            if (SharedWork.OutwardCall(task.Work, facts) is { } outward && !StartedTasks.AreLimited(task, call))
                return $"calls '{outward}' for all elements at once: a long list floods the other side, which refuses most of them or goes down; limit how many run with Parallel.ForEachAsync";
        }
        return null;
    }

    private const string OnOneContext = "runs several operations on one DbContext at once: it throws or mixes up what it read when they overlap; await them one after the other, or give each a context of its own";

    private static string Changing(string what) => $"changes '{what}' from several threads at once: entries and increments are lost; return the results and put them together afterwards";
}

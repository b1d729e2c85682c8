using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Resilience;

/// <summary>A call that is tried again and again: without a limit, or without a pause between the attempts.</summary>
internal sealed class UnboundedRetry : RiskRule
{
    private const string Limit = "limit";
    private const string Pause = "pause";

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK5002",
        title: "A failing call is retried without limit or pause",
        message: "'{0}' is tried again without a {1}: while it is down every caller hammers it and keeps it down; stop after a few attempts, with a growing, randomised pause between them",
        why: "Retries without limit and back-off turn a short outage into a long one: what comes up again is knocked over by everyone who has been waiting, and the customers' requests never end.");

    public UnboundedRetry() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        on.Operation(CheckLoop, OperationKind.Loop);
        on.Operation(CheckCall, OperationKind.Invocation);
        on.Operation(CheckJump, OperationKind.Branch);
        on.Operation(CheckOption, OperationKind.SimpleAssignment);
    }

    private static void CheckLoop(OperationVisit visit)
    {
        if (visit.Operation is not (IWhileLoopOperation or IForLoopOperation) || RetryLoops.Attempted((ILoopOperation)visit.Operation, visit.Facts) is not { } call)
            return;
        var loop = (ILoopOperation)visit.Operation;
        if (IsPump(visit.Member) || Words.ContainAny(visit.Member.Name, Trials))
            return;
        var lacks = !RetryLoops.IsBounded(loop) ? Limit : RetryLoops.HammersRemote(loop, call, visit.Facts) ? Pause : null;
        if (lacks is not null)
            visit.Report(loop.Syntax.GetFirstToken(), call.TargetMethod.Name, lacks);
    }

    private static void CheckCall(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (RetryPolicies.IsUnlimited(call))
            visit.Report(call.CalledName(), call.TargetMethod.Name, Limit);
        else if (RetryPolicies.IsImmediate(call))
            visit.Report(call.CalledName(), call.TargetMethod.Name, Pause);
        else if (RetryLoops.CallsItselfAgain(call, visit.Member))
            visit.Report(call, call.TargetMethod.Name, Limit);
    }

    private static void CheckJump(OperationVisit visit)
    {
        if (RetryLoops.TriedAgainBy((IBranchOperation)visit.Operation, visit.Facts) is { } call && !(IsInBackground(visit.Member) && RetryLoops.PausesBefore(visit.Operation)))
            visit.Report(visit.Operation, call.TargetMethod.Name, Limit);
    }

    private static void CheckOption(OperationVisit visit)
    {
        var assignment = (ISimpleAssignmentOperation)visit.Operation;
        if (assignment.Target is IPropertyReferenceOperation { Property: var option } && RetryPolicies.CountsAttempts(option.Name) && RetryPolicies.IsEndless(assignment.Value))
            visit.Report(assignment, option.Name, Limit);
    }

    // What waits for the clock of a provider's test mode waits for nobody's money.
    private static readonly HashSet<string> Trials = Words.SetOf("test tests testing");

    // A listener that connects again as long as the process runs is what it is for, if it pauses in between.
    private static bool IsInBackground(ISymbol member) => member.ContainingType.AllInterfaces.Any(contract => contract.Name == "IHostedService");

    // A worker that takes message after message runs as long as the process does.
    private static bool IsPump(ISymbol member) => member is IMethodSymbol { IsOverride: true, Name: "ExecuteAsync" };
}

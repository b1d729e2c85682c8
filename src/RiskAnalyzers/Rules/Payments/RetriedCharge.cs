using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>A charge that is tried again without an idempotency key: each attempt may be a payment.</summary>
internal sealed class RetriedCharge : RiskRule
{
    private static readonly HashSet<string> Runners = new("execute retry policy pipeline resilience".Split(' '), StringComparer.Ordinal);

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK2004",
        title: "A payment call is retried without an idempotency key",
        message: "'{0}' is tried again after an error without an idempotency key: a time-out whose charge went through is charged twice; pass one key for all attempts",
        why: "The gateway may have taken the money before the answer was lost. Without a key that all attempts share, the retry takes it again.");

    public RetriedCharge() : base(Risk)
    {
    }

    public override void Listen(RuleListener on) => on.Operation(Check, OperationKind.Invocation);

    private static void Check(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (!Language.Payments.MovesMoney(call) || !IsRetried(call) || Language.Payments.HasIdempotencyKey(call))
            return;
        visit.Report(call, call.TargetMethod.Name);
    }

    private static bool IsRetried(IInvocationOperation call)
    {
        ITryOperation? attempt = null;
        foreach (var ancestor in call.Ancestors())
        {
            switch (ancestor)
            {
                case ITryOperation attempted when attempted.Body.Syntax.Span.Contains(call.Syntax.Span):
                    attempt ??= attempted;
                    break;
                // Orders of a list are different payments; only a loop without items tries the same one again.
                case IForEachLoopOperation:
                    return false;
                case IWhileLoopOperation or IForLoopOperation:
                    return attempt is not null && attempt.Catches.Any(clause => !AlwaysLeaves(clause));
                case IAnonymousFunctionOperation { Parent: IDelegateCreationOperation { Parent: IArgumentOperation { Parent: IInvocationOperation runner } } }:
                    return Runs(runner);
                case ILocalFunctionOperation:
                    return false;
            }
        }
        return false;
    }

    // A clause whose last statement throws or returns ends the loop, unless it asked before whether to go on.
    private static bool AlwaysLeaves(ICatchClauseOperation clause) =>
        clause.Handler.Operations.LastOrDefault() is IThrowOperation or IReturnOperation or IExpressionStatementOperation { Operation: IThrowOperation } or IBranchOperation { BranchKind: BranchKind.Break }
        && clause.Filter is null
        && !clause.Handler.DescendantsInFunction().Any(operation => operation is IBranchOperation { BranchKind: BranchKind.Continue });

    private static bool Runs(IInvocationOperation runner) =>
        Words.ContainAny(runner.TargetMethod.Name, Runners)
        && (runner.TargetMethod.ContainingType is { } type && (Words.ContainAny(type.Name, Runners) || type.ContainingNamespace?.Name is "Polly")
            || runner.Instance?.ReferencedSymbol() is { } receiver && Words.ContainAny(receiver.Name, Runners)
            || Words.Of(runner.TargetMethod.Name).Contains("retry"));
}

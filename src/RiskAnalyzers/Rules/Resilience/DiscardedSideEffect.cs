using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Resilience;

/// <summary>A task that changes something and that nobody awaits: its failure is never seen, and its scope may be gone before it runs.</summary>
internal sealed class DiscardedSideEffect : RiskRule
{
    private static readonly HashSet<string> Verbs = new((
        "charge capture refund pay save send publish audit notify update insert add delete remove create process place submit enqueue complete cancel confirm release reserve write store sync handle execute "
        + "apply credit debit transfer record register approve finalize fulfill ship log invoke dispatch emit raise trigger schedule").Split(' '), StringComparer.Ordinal);

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK5004",
        title: "Work on a critical path is started and forgotten",
        message: "'{0}' is started and nobody awaits it: when it fails nobody learns, and the request's services may be disposed under it; await it, or hand it to a queue",
        why: "Receipts, refunds and audit entries vanish without a trace. A scoped DbContext is disposed as soon as the request ends, in the middle of the work.");

    public DiscardedSideEffect() : base(Risk)
    {
    }

    public override void Listen(RuleListener on) => on.Operation(Check, OperationKind.ExpressionStatement);

    private static void Check(OperationVisit visit)
    {
        var statement = (IExpressionStatementOperation)visit.Operation;
        var dropped = statement.Operation is ISimpleAssignmentOperation { Target: IDiscardOperation, Value: var value } ? value.WithoutConversions() : statement.Operation;
        if (dropped is IConditionalAccessOperation access)
            dropped = access.WhenNotNull;
        if (dropped is not IInvocationOperation { Type: { Name: "Task" or "ValueTask" } } call)
            return;
        // Somebody observes the failure.
        if (call.TargetMethod.Name == "ContinueWith")
            return;
        if (call.TargetMethod is { Name: "Run", ContainingType.Name: "Task" } or { Name: "StartNew", ContainingType.Name: "TaskFactory" })
        {
            if (CapturedWork(call) is { } work)
                visit.Report(call, work);
            return;
        }
        var words = Words.Of(call.TargetMethod.Name);
        if (words.IsEmpty || !Verbs.Contains(words[0]) || IsHostedService(visit.Member.ContainingType))
            return;
        visit.Report(call, call.TargetMethod.Name);
    }

    // What a background lambda does with things of the request; a catch around all of it means that somebody thought about failing.
    private static string? CapturedWork(IInvocationOperation run)
    {
        if (run.Arguments.FirstOrDefault()?.Value.WithoutConversions() is not IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda })
            return null;
        foreach (var operation in lambda.Body.DescendantsInFunction())
        {
            if (operation is IInvocationOperation call && Words.Of(call.TargetMethod.Name) is { IsEmpty: false } words && Verbs.Contains(words[0]) && !Catches.IsLogCall(call) && IsCaptured(call.Instance))
                return call.TargetMethod.Name;
        }
        return null;
    }

    private static bool IsCaptured(IOperation? instance) => instance?.WithoutConversions() switch
    {
        IInstanceReferenceOperation => true,
        IFieldReferenceOperation { Instance: IInstanceReferenceOperation } or IPropertyReferenceOperation { Instance: IInstanceReferenceOperation } or IParameterReferenceOperation => true,
        IMemberReferenceOperation { Instance: { } inner } => IsCaptured(inner),
        _ => false,
    };

    private static bool IsHostedService(INamedTypeSymbol? type) => type is not null && type.AllInterfaces.Any(contract => contract.Name == "IHostedService");
}

using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Resilience;

/// <summary>A task that changes something and that nobody awaits: its failure is never seen, and its scope may be gone before it runs.</summary>
internal sealed class DiscardedSideEffect : RiskRule
{
    private static readonly HashSet<string> Verbs = Words.SetOf(
        "charge capture refund pay save send publish audit notify update insert add delete remove create process place submit enqueue complete cancel confirm release reserve write store sync handle execute "
        + "apply credit debit transfer record register approve finalize fulfill ship log invoke dispatch emit raise trigger schedule");

    // Measurements are sampled and dropped anyway.
    private static readonly HashSet<string> Measurements = Words.SetOf("metric metrics telemetry gauge counter histogram");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK5004",
        title: "Work on a critical path is started and forgotten",
        message: "'{0}' is started and nobody awaits it: when it fails nobody learns, and the request's services may be disposed under it; await it, or hand it to a queue",
        why: "Receipts, refunds and audit entries vanish without a trace. A scoped DbContext is disposed as soon as the request ends, in the middle of the work.");

    public DiscardedSideEffect() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        on.Operation(Check, OperationKind.ExpressionStatement);
        on.Operation(CheckUnusedTask, OperationKind.VariableDeclarator);
    }

    // var sending = mailer.SendReceiptAsync(order); and nothing more of it.
    private static void CheckUnusedTask(OperationVisit visit)
    {
        var declarator = (IVariableDeclaratorOperation)visit.Operation;
        if (declarator.Symbol.Type is not { Name: "Task" or "ValueTask" } || declarator.GetVariableInitializer()?.Value.WithoutConversions() is not IInvocationOperation call || Changes(call, visit.Member) is not { } work)
            return;
        if (declarator.EnclosingFunction().Descendants().Any(operation => operation is ILocalReferenceOperation { Local: var mentioned } && SymbolEqualityComparer.Default.Equals(mentioned, declarator.Symbol)))
            return;
        visit.Report(call, work);
    }

    private static void Check(OperationVisit visit)
    {
        var statement = (IExpressionStatementOperation)visit.Operation;
        var dropped = statement.Operation is ISimpleAssignmentOperation { Target: IDiscardOperation, Value: var value } ? value.WithoutConversions() : statement.Operation;
        if (dropped is IConditionalAccessOperation access)
            dropped = access.WhenNotNull;
        if (dropped is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } configured })
            dropped = configured.WithoutConversions();
        if (dropped is IInvocationOperation call && Changes(call, visit.Member) is { } work)
            visit.Report(call, work);
    }

    // AddInvoiceLogs, RecordKeyUsage: what may be missing one day; not what an audit asks for.
    private static bool IsTrace(ImmutableArray<string> words) => words[0] is "add" or "record" or "write" or "save" or "insert" && !words.Any(word => word is "audit" or "payment" or "security")
        && (words[words.Length - 1] == "async" ? words.Length > 1 ? words[words.Length - 2] : "" : words[words.Length - 1]) is "logs" or "usage" or "heartbeat" or "visit" or "visits" or "views" or "hits";

    // new Thread(() => Charge(order)).Start()
    private static string? ThreadWork(IInvocationOperation start) => start is { TargetMethod: { Name: "Start", ContainingType.Name: "Thread" }, Instance: IObjectCreationOperation { Type.Name: "Thread", Arguments: [{ Value: var work }, ..] } } ? WorkOf(work) : null;

    // What the call changes without anybody waiting for it; somebody who continues it observes the failure.
    private static string? Changes(IInvocationOperation call, ISymbol member)
    {
        if (call.TargetMethod is { Name: "Run", ContainingType.Name: "Task" } or { Name: "StartNew", ContainingType.Name: "TaskFactory" } or { Name: "QueueUserWorkItem" or "UnsafeQueueUserWorkItem", ContainingType.Name: "ThreadPool" })
            return CapturedWork(call);
        if (ThreadWork(call) is { } threaded)
            return threaded;
        if (call.Type?.Name is not ("Task" or "ValueTask") || call.TargetMethod.Name == "ContinueWith")
            return null;
        var words = Words.Of(call.TargetMethod.Name);
        return words.IsEmpty || !Verbs.Contains(words[0]) || words.HaveAny(Measurements) || IsTrace(words) || IsHostedService(member.ContainingType) ? null : call.TargetMethod.Name;
    }

    // What a background lambda does with things of the request; a catch around all of it means that somebody thought about failing.
    private static string? CapturedWork(IInvocationOperation run) => run.Arguments.FirstOrDefault() is { Value: var work } ? WorkOf(work) : null;

    private static string? WorkOf(IOperation work)
    {
        var target = (work.WithoutConversions() as IDelegateCreationOperation)?.Target;
        if (target is IMethodReferenceOperation { Method.Name: var named } reference)
            return Words.Of(named) is { IsEmpty: false } verbs && Verbs.Contains(verbs[0]) && IsCaptured(reference.Instance) ? named : null;
        if (target is not IAnonymousFunctionOperation lambda)
            return null;
        foreach (var operation in lambda.Body.DescendantsInFunction())
        {
            if (operation is IInvocationOperation call && Words.Of(call.TargetMethod.Name) is { IsEmpty: false } words && Verbs.Contains(words[0]) && !MakesItsOwn(call) && !StaysInMemory(call) && (!LogCalls.IsLog(call) || IsRecord(call)) && IsCaptured(call.Instance))
                return call.TargetMethod.Name;
        }
        return null;
    }

    // A scope, context or client of its own outlives the request.
    private static bool MakesItsOwn(IInvocationOperation call) => call.TargetMethod.Name is "CreateScope" or "CreateAsyncScope" or "CreateDbContext" or "CreateDbContextAsync" or "CreateClient";

    // timers.Remove(key): a list is tidied, nothing is written anywhere.
    private static bool StaysInMemory(IInvocationOperation call) => call.TargetMethod.ContainingType?.ContainingNamespace is { Name: "Generic" or "Concurrent", ContainingNamespace.Name: "Collections" };

    // audit.LogPaymentActionAsync(...) writes the record that somebody will be asked for.
    private static bool IsRecord(IInvocationOperation call) => call.Type?.Name is "Task" or "ValueTask" && Words.Of(call.TargetMethod.Name).Length > 2;

    private static bool IsCaptured(IOperation? instance) => instance?.WithoutConversions() switch
    {
        IInstanceReferenceOperation => true,
        IFieldReferenceOperation { Instance: IInstanceReferenceOperation } or IPropertyReferenceOperation { Instance: IInstanceReferenceOperation } or IParameterReferenceOperation => true,
        IMemberReferenceOperation { Instance: { } inner } => IsCaptured(inner),
        _ => false,
    };

    private static bool IsHostedService(INamedTypeSymbol? type) => type is not null && type.AllInterfaces.Any(contract => contract.Name == "IHostedService");
}

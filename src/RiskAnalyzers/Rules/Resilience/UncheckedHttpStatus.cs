using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Resilience;

/// <summary>An HTTP response whose body is read, or which is dropped, before anybody looked whether the call worked.</summary>
internal sealed class UncheckedHttpStatus : RiskRule
{
    private static readonly HashSet<string> Senders = new(StringComparer.Ordinal)
    {
        "SendAsync", "GetAsync", "PostAsync", "PutAsync", "PatchAsync", "DeleteAsync", "PostAsJsonAsync", "PutAsJsonAsync", "PatchAsJsonAsync", "DeleteAsJsonAsync", "Send",
        "ExecuteAsync", "Execute", "ExecuteGetAsync", "ExecutePostAsync", "ExecutePutAsync",
    };

    private static readonly HashSet<string> Checks = new(StringComparer.Ordinal)
    {
        "IsSuccessStatusCode", "EnsureSuccessStatusCode", "StatusCode", "EnsureSuccessStatusCodeAsync", "EnsureSuccess",
        "IsSuccessful", "IsSuccessfulWithContent", "ResponseStatus", "ErrorException", "ErrorMessage", "ThrowIfError", "Error",
    };

    private static readonly HashSet<string> Bodies = new(StringComparer.Ordinal) { "Content", "Headers", "Data", "RawBytes", "ContentHeaders" };

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK5001",
        title: "An HTTP response is used without looking at its status",
        message: "'{0}' may answer with an error, and {1}",
        why: "HttpClient does not throw for 402 or 500. The body of an error becomes an object whose amount is 0 and whose first enum value may mean paid.");

    public UncheckedHttpStatus() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        if (on.Type("System.Net.Http.HttpResponseMessage") is { } response)
            on.Operation(visit => Check(visit, response), OperationKind.Invocation);
    }

    private static void Check(OperationVisit visit, INamedTypeSymbol response)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (!Senders.Contains(call.TargetMethod.Name) || call.Type.AwaitedType() is not { } answer || !answer.Is(response) && answer is not { Name: "RestResponse", ContainingNamespace.Name: "RestSharp" })
            return;
        IOperation value = call;
        // var task = http.GetAsync(...); var response = await task;
        if (call.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { Type.Name: "Task" } pending } } && call.EnclosingFunction().DescendantsInFunction().OfType<IAwaitOperation>()
                .FirstOrDefault(each => each.Operation.WithoutConversions() is ILocalReferenceOperation { Local: var awaited } && SymbolEqualityComparer.Default.Equals(awaited, pending)) is { } later)
            value = later;
        while (value.Parent is IAwaitOperation or IConversionOperation or IParenthesizedOperation
            || value.Parent is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "GetAwaiter" or "GetResult" }
            || value.Parent is IPropertyReferenceOperation { Property.Name: "Result" } && value.Type is { Name: "Task" or "ValueTask" })
            value = value.Parent;

        var isUnchecked = value.Parent switch
        {
            // A task that nobody awaits is another risk.
            IExpressionStatementOperation => value != call,
            ISimpleAssignmentOperation { Target: IDiscardOperation } => value != call,
            IPropertyReferenceOperation { Property.Name: "Content" or "Data" } => true,
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } => IsUnchecked(local, call) && !IsBodyRefused(local, call),
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } } => IsUnchecked(local, call) && !IsBodyRefused(local, call),
            _ => false,
        };
        if (isUnchecked)
            visit.Report(call, call.TargetMethod.Name, LocalOf(value) is { } kept && IsWrittenDown(kept, call) ? Noted : Unseen);
    }

    private const string Unseen = "nobody looks at the status: an error page deserialises into an object full of defaults; call EnsureSuccessStatusCode";
    private const string Noted = "that is only written down: what was asked for counts as done; call EnsureSuccessStatusCode, or tell the caller";

    private static ILocalSymbol? LocalOf(IOperation value) => value.Parent switch
    {
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var declared } } => declared,
        ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var set } } => set,
        _ => null,
    };

    private static bool IsWrittenDown(ILocalSymbol local, IOperation call) => call.EnclosingFunction().Descendants().Any(operation => operation is ILocalReferenceOperation { Local: var mentioned, Parent: IPropertyReferenceOperation status }
        && SymbolEqualityComparer.Default.Equals(mentioned, local) && Checks.Contains(status.Property.Name));

    private static bool IsUnchecked(ILocalSymbol local, IOperation call)
    {
        foreach (var operation in call.EnclosingFunction().Descendants())
        {
            if (operation is not ILocalReferenceOperation { Local: var mentioned, Parent: var use } || !SymbolEqualityComparer.Default.Equals(mentioned, local))
                continue;
            switch (use)
            {
                case IPropertyReferenceOperation { Property.Name: var body } when Bodies.Contains(body):
                    break;
                // A status that is only written down has not been looked at.
                case IPropertyReferenceOperation written when Checks.Contains(written.Property.Name) && IsOnlyWritten(written):
                    break;
                case IMemberReferenceOperation { Member.Name: var name } when Checks.Contains(name):
                case IInvocationOperation { TargetMethod.Name: var method } when Checks.Contains(method):
                    return false;
                case IAssignmentOperation assignment when assignment.Target == operation:
                    break;
                case IInvocationOperation { TargetMethod.Name: "Dispose" }:
                    break;
                default:
                    // Returned, passed on, matched: somebody else looks.
                    return false;
            }
        }
        return true;
    }

    // if (body["error"] is { } error) throw: whoever refuses what the body says needs no status. A look whether there is a body is not enough.
    private static bool IsBodyRefused(ILocalSymbol response, IOperation call)
    {
        var function = call.EnclosingFunction();
        var bodies = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var operation in function.DescendantsInFunction())
        {
            if (operation is IVariableDeclaratorOperation declarator && declarator.GetVariableInitializer() is { Value: var value } && (value.Mentions(response) || bodies.Any(value.Mentions)))
                bodies.Add(declarator.Symbol);
        }
        bodies.Remove(response);
        return bodies.Count > 0 && function.DescendantsInFunction().Any(operation => operation is IConditionalOperation { Condition: var condition, WhenTrue: var refused }
            && refused.DescendantsAndSelf().Any(each => each is IThrowOperation) && condition.DescendantsAndSelf().Any(each => each is IMemberReferenceOperation or IInvocationOperation or IConditionalAccessOperation && bodies.Any(each.Mentions) && !IsPresence(each)));
    }

    private static bool IsPresence(IOperation operation) => operation is IInvocationOperation { TargetMethod.Name: "IsNullOrEmpty" or "IsNullOrWhiteSpace" };

    private static bool IsOnlyWritten(IOperation status)
    {
        foreach (var ancestor in status.Ancestors())
        {
            switch (ancestor)
            {
                case IInvocationOperation call when LogCalls.IsLog(call):
                    return true;
                case IConditionalOperation { Syntax: IfStatementSyntax } choice when choice.Condition.Syntax.Span.Contains(status.Syntax.Span):
                    return Catches.IsLogging(choice);
                case IExpressionStatementOperation or IReturnOperation or IVariableDeclaratorOperation or IAnonymousFunctionOperation:
                    return false;
            }
        }
        return false;
    }
}

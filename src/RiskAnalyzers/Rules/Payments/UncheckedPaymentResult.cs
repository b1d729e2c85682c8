using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>A charge or refund whose answer nobody reads.</summary>
internal sealed class UncheckedPaymentResult : RiskRule
{
    // With these the customer's browser goes on to confirm the payment; the answer itself decides nothing yet.
    private static readonly HashSet<string> HandedOn = new(StringComparer.OrdinalIgnoreCase) { "ClientSecret", "Url", "RedirectUrl", "ApprovalUrl", "CheckoutUrl", "PaymentUrl", "Links", "NextAction" };

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK2002",
        title: "The result of a payment call is never inspected",
        message: "'{0}' reports a declined payment in its result, and nobody reads whether it worked: check the outcome before anything counts as paid",
        why: "Gateways report declines in the return value, not by an exception. Whoever ignores it ships goods that nobody paid for, or tells a customer that the refund is on its way.");

    public UncheckedPaymentResult() : base(Risk)
    {
    }

    public override ImmutableArray<string> Supersedes { get; } = ImmutableArray.Create("RISK4004");

    public override void Listen(RuleListener on) => on.Operation(Check, OperationKind.Invocation);

    private static void Check(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        var result = call.Type.AwaitedType();
        if (result is null || (result.SpecialType != SpecialType.System_Boolean && !Outcomes.IsCarriedBy(result)) || !Language.Payments.MovesMoney(call))
            return;
        if (IsDropped(call) || (LocalOf(call) is { } local && !IsInspected(local, call)))
            visit.Report(call, call.TargetMethod.Name);
    }

    private static bool IsDropped(IInvocationOperation call)
    {
        var awaited = Outermost(call);
        // A task that nobody awaits is another risk.
        if (awaited == call && call.Type is { Name: "Task" or "ValueTask" })
            return false;
        return awaited.Parent is IExpressionStatementOperation or ISimpleAssignmentOperation { Target: IDiscardOperation };
    }

    private static ILocalSymbol? LocalOf(IInvocationOperation call) => Outermost(call).Parent switch
    {
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => declarator.Symbol,
        ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } } => local,
        _ => null,
    };

    private static IOperation Outermost(IOperation call)
    {
        var current = call;
        while (current.Parent is IAwaitOperation or IConversionOperation or IParenthesizedOperation
            || current.Parent is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "GetAwaiter" or "GetResult" or "AsTask" }
            || current.Parent is IPropertyReferenceOperation { Property.Name: "Result" } && current.Type is { Name: "Task" or "ValueTask" }
            || current.Parent is IConditionalAccessOperation)
            current = current.Parent;
        return current;
    }

    // Reading an id is not inspecting; anything else that is done with the result may be.
    private static bool IsInspected(ILocalSymbol local, IOperation call)
    {
        foreach (var operation in call.EnclosingFunction().Descendants())
        {
            if (operation is not ILocalReferenceOperation { Local: var mentioned } || !SymbolEqualityComparer.Default.Equals(mentioned, local))
                continue;
            if (operation.Parent is ISimpleAssignmentOperation { Target: var target } && target == operation)
                continue;
            if (!IsIdle(operation))
                return true;
        }
        return false;
    }

    private static bool IsIdle(IOperation mention)
    {
        if (mention.Parent is IMemberReferenceOperation { Member: var member } reference && reference.Instance == mention)
            return !Outcomes.IsOutcomeMember(member) && !HandedOn.Contains(member.Name);
        if (mention.Parent is IInvocationOperation { Instance: var instance, TargetMethod: var method } && instance == mention)
            return method.Name is "ToString" or "GetHashCode";
        // Written to a log, where no code decides by it.
        return mention.Ancestor<IInvocationOperation>() is { } logged && logged != mention.Parent && Catches.IsLogCall(logged)
            || mention.Parent is IArgumentOperation { Parent: IInvocationOperation call } && Catches.IsLogCall(call);
    }
}

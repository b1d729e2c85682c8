using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>A provider's event that is known by the order or payment it is about, so that the next one counts as a repetition.</summary>
internal sealed class BorrowedEventId : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK2023",
        title: "An event is known by the order or payment it is about",
        message: "'{0}' is the same for every event of one order or payment: 'paid' after 'failed', and every refund, is taken for a repetition and dropped; use the provider's id of the event, or join the state to it",
        why: "Handlers drop events whose id they have seen. With the order's number as the id, the first event of an order is the last one that counts.");

    public BorrowedEventId() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        on.Operation(CheckCreation, OperationKind.ObjectCreation);
        on.Operation(CheckLocal, OperationKind.VariableDeclarator);
        on.Operation(CheckAssignment, OperationKind.SimpleAssignment);
    }

    // new WebhookResult(GatewayEventId: callback.OrderId)
    private static void CheckCreation(OperationVisit visit)
    {
        foreach (var argument in ((IObjectCreationOperation)visit.Operation).Arguments)
        {
            if (argument.Parameter is { } parameter && IsEventId(parameter.Name))
                Judge(visit, argument.Value);
        }
    }

    // var eventId = payload.TransactionId;
    private static void CheckLocal(OperationVisit visit)
    {
        var local = (IVariableDeclaratorOperation)visit.Operation;
        if (IsEventId(local.Symbol.Name) && local.GetVariableInitializer() is { Value: var value })
            Judge(visit, value);
    }

    // entry.ExternalEventId = callback.OrderId
    private static void CheckAssignment(OperationVisit visit)
    {
        var assignment = (ISimpleAssignmentOperation)visit.Operation;
        if (assignment.Target is IPropertyReferenceOperation { Property: { IsIndexer: false, Name: var name } } && IsEventId(name))
            Judge(visit, assignment.Value);
    }

    private static bool IsEventId(string name) => Words.Of(name) is [.., "event" or "notification" or "webhook", "id" or "key"] or ["deduplication", ..] or ["dedup", ..];

    private static void Judge(OperationVisit visit, IOperation value)
    {
        if (!IsOfWebhook(visit.Member) || Source(value) is not { } source || !IsSubject(source.Name))
            return;
        visit.Report(value, source.Name);
    }

    private static bool IsOfWebhook(ISymbol member) => member is IMethodSymbol method && Callbacks.Speaks(method.Name + " " + method.ContainingType.Name, method.ContainingType.Name + " " + method.Name)
        || member is IMethodSymbol { Parameters: var parameters } && parameters.Any(parameter => Callbacks.Speaks(parameter.Type.Name, parameter.Type.Name));

    // callback.OrderId, long.Parse(..), number.ToString(), id ?? ""
    private static ISymbol? Source(IOperation value)
    {
        value = value.WithoutConversions();
        while (true)
        {
            switch (value)
            {
                case IInvocationOperation { TargetMethod.Name: "ToString" or "Trim", Instance: { } inner }:
                    value = inner.WithoutConversions();
                    break;
                case ICoalesceOperation { Value: var first, WhenNull: var second } when second.ConstantValue.HasValue || second.WithoutConversions() is IFieldReferenceOperation { Field.Name: "Empty" }:
                    value = first.WithoutConversions();
                    break;
                case IConditionalAccessOperation { WhenNotNull: var member }:
                    value = member.WithoutConversions();
                    break;
                case ILocalReferenceOperation or IParameterReferenceOperation or IPropertyReferenceOperation { Property.IsIndexer: false }:
                    return value.ReferencedSymbol();
                default:
                    return null;
            }
        }
    }

    private static readonly HashSet<string> Subjects = Words.SetOf("order transaction txn trans payment invoice intent charge reference");

    // orderId, TxnRef, PaymentIntentId, AppTransId; not eventId, nor transactionEventId.
    private static bool IsSubject(string name) => Words.Of(name) is { IsEmpty: false } words && words.HaveAny(Subjects) && !words.Any(word => word is "event" or "notification" or "webhook" or "delivery" or "message" or "attempt")
        && words[words.Length - 1] is "id" or "ref" or "reference" or "number" or "code" or "no" or "order";
}

using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>A provider says that something was paid, and nobody asks how much.</summary>
internal sealed class UncomparedAmount : RiskRule
{
    private static readonly HashSet<string> Polls = Words.SetOf("refresh poll sync synchronize reconcile verify confirm success complete return callback webhook ipn status capture check");

    private static readonly HashSet<string> Inquiries = Words.SetOf("retrieve verify query lookup get fetch check find");

    private static readonly HashSet<string> Carriers = Words.SetOf("result validation response answer outcome status info event notification");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK2017",
        title: "A payment counts as paid, whatever its amount",
        message: "'{0}' takes this for paid on the provider's word, and nobody compares the amount with what was due: a payment of one cent settles any order; compare amount and currency before",
        why: "The event says that a payment succeeded, not that it was the right one. Transfers with a wrong amount, tampered payment links and mixed-up references all arrive as 'paid'.",
        severity: DiagnosticSeverity.Info);

    public UncomparedAmount() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        var persistence = Persistence.In(on.Facts);
        var reach = Reach.In(on.Facts);
        on.Operation(visit => CheckMark(visit, persistence, reach), OperationKind.SimpleAssignment, OperationKind.Invocation);
        on.Operation(CheckAnswer, OperationKind.ObjectCreation);
        on.Operation(CheckHandedOn, OperationKind.Invocation);
    }

    // await orders.ProcessPaymentSuccessAsync(intent.Id): how much the intent says that came in goes no further.
    private static void CheckHandedOn(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (Words.Of(call.TargetMethod.Name) is not [var verb, ..] words || !Settling.Contains(verb) || !words.HaveAny(Paying) || Outcomes.SpeaksOfFailure(call.TargetMethod.Name) || Words.ContainAny(call.TargetMethod.Name, Returned) || call.Instance is null or IInstanceReferenceOperation || visit.Member is not IMethodSymbol method)
            return;
        if (!Callbacks.IsCallback(method) && !Words.ContainAny(method.ContainingType.Name, Hooks) || call.Arguments.Select(argument => HolderOf(argument.Value)).FirstOrDefault(holder => holder is not null) is not { } payment)
            return;
        if (call.Arguments.Any(argument => argument.Value.DescendantsAndSelf().Any(part => part.ReferencedSymbol() is { } given && AmountsCompared.IsAmount(given.Name) || SymbolEqualityComparer.Default.Equals(part.ReferencedSymbol(), payment) && part.Parent is not IMemberReferenceOperation)))
            return;
        if (!AmountsCompared.In(visit.Body))
            visit.Report(call, method.Name);
    }

    // The local that an id is read from, where it says how much as well.
    private static ISymbol? HolderOf(IOperation value) => value.WithoutConversions() is IPropertyReferenceOperation { Property.Name: var id, Instance: { } holder } && Words.Of(id) is [.., "id" or "reference"] && holder.WithoutConversions() is ILocalReferenceOperation or IParameterReferenceOperation
        && holder.Type is INamedTypeSymbol { Name: "PaymentIntent" or "Charge" or "Session" or "Invoice" or "Capture" } provider && AmountsCompared.HasAmount(provider) ? holder.ReferencedSymbol() : null;

    private static readonly HashSet<string> Settling = Words.SetOf("process handle mark confirm complete fulfill fulfil finalize settle update");

    private static readonly HashSet<string> Paying = Words.SetOf("paid payment success succeeded order checkout");

    // case "payment_intent.succeeded": order.Status = OrderStatus.Paid;
    private static void CheckMark(OperationVisit visit, Persistence persistence, Reach reach)
    {
        if (Marked(visit.Operation) is not { } record || visit.Member is not IMethodSymbol method || !AmountsCompared.HasAmount(record.Type) || !IsOfProvider(method, visit.Body))
            return;
        if (!StoredRows.IsStored(record, visit, persistence) || visit.Body.Descendants().FirstOrDefault(operation => Marked(operation) is not null) != visit.Operation)
            return;
        if (reach.From(visit.Body, depth: 2).Any(AmountsCompared.In) || AmountsCompared.ByCallers(method))
            return;
        visit.Report(visit.Operation, method.Name);
    }

    private static IOperation? Marked(IOperation operation) => operation switch
    {
        ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Instance: { } holder } } assignment when Language.Payments.MarksSettled(assignment) && !Words.ContainAny(assignment.Syntax.ToString(), Returned) => holder is IInstanceReferenceOperation ? null : holder,
        // payment.Status = Enum.Parse<PaymentStatus>(dto.Status): whatever the event says.
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Instance: { } holder and not IInstanceReferenceOperation, Property: { Type.TypeKind: TypeKind.Enum, Name: var name } }, Value: var text } when Words.Of(name) is [.., "status" or "state"]
            && text.WithoutConversions() is IInvocationOperation { TargetMethod: { Name: "Parse", ContainingType.Name: "Enum" } } parse && parse.Arguments.Any(argument => argument.Value.WithoutConversions() is IPropertyReferenceOperation { Instance: IParameterReferenceOperation }) => holder,
        IInvocationOperation { Instance: { } owner and not IInstanceReferenceOperation, TargetMethod: { ContainingType.TypeKind: TypeKind.Class } method } when method.ReturnType.Name is not ("Task" or "ValueTask")
            && Words.Of(method.Name) is ["mark", "as", "paid" or "captured", ..] or ["mark", "paid", ..] or ["mark", "payment", "completed" or "succeeded" or "paid", ..] or ["complete" or "confirm", "payment", ..] or ["set", "paid", ..] or ["set", "payment", "success" or "succeeded" or "successful" or "completed" or "paid", ..] or ["set", "as", "paid", ..] => owner,
        _ => null,
    };

    private static readonly HashSet<string> Returned = Words.SetOf("refunded refund");

    // Called by the provider, or asking it; who charges names the amount himself.
    private static bool IsOfProvider(IMethodSymbol method, IOperation body)
    {
        if (body.Descendants().Any(operation => operation is IInvocationOperation call && Language.Payments.MovesMoney(call)))
            return false;
        if (Callbacks.IsCallback(method) || Words.ContainAny(method.ContainingType.Name, Hooks))
            return true;
        return Words.ContainAny(method.Name + " " + method.ContainingType.Name, Polls) && body.Descendants().Any(operation => operation is IInvocationOperation { TargetMethod: { ContainingType: { } owner } asked } && Words.Of(asked.Name) is [var verb, ..] words && (Inquiries.Contains(verb) || verb is "process" or "handle" or "complete" && words.HaveAny(Returns))
            && (Language.Payments.IsOfProvider(owner) || Words.Of(owner.Name) is [.., "gateway" or "provider"] || (words.Contains("status") || words.HaveAny(Returns)) && Language.Payments.SpeakOfPayment(owner.Name)));
    }

    // paymentService.ProcessCallbackAsync(token)
    private static readonly HashSet<string> Returns = Words.SetOf("callback result return response");

    private static readonly HashSet<string> Hooks = Words.SetOf("webhook webhooks ipn");

    // return new StatusResult(Status: Map(response.Code), Reference: response.Id): the amount of the response goes no further.
    private static void CheckAnswer(OperationVisit visit)
    {
        var creation = (IObjectCreationOperation)visit.Operation;
        if (creation.Type is not INamedTypeSymbol { SpecialType: SpecialType.None } answer || Words.Of(answer.Name) is not [.., var last] || !Carriers.Contains(last) || visit.Member is not IMethodSymbol method || AmountsCompared.HasAmount(answer)
            || !Words.ContainAny(method.Name, Asking) && !Callbacks.IsCallback(method))
            return;
        if (SettledIn(creation) is not { } state || !AmountsCompared.Arrives(creation.EnclosingFunction(), visit.Body) || AmountsCompared.In(visit.Body) || AmountsCompared.ByCallers(method))
            return;
        visit.Report(state, method.Name);
    }

    private static readonly HashSet<string> Asking = Words.SetOf("webhook callback status query verify ipn notification poll refresh lookup confirm check");

    private static IOperation? SettledIn(IObjectCreationOperation creation)
    {
        var given = creation.Arguments.Select(argument => argument.Value).Concat(creation.Initializer?.Initializers.OfType<ISimpleAssignmentOperation>().Select(assignment => assignment.Value) ?? Enumerable.Empty<IOperation>());
        foreach (var value in given)
        {
            var state = value.WithoutConversions();
            if ((state.Type.WithoutNullable() ?? state.Type) is not { TypeKind: TypeKind.Enum } states || !Language.Payments.SpeakOfPayment(states.Name) || Words.Of(states.Name) is not [.., "status" or "state"])
                continue;
            if (state is ILocalReferenceOperation local)
                return Flow.InitialValue(local) is IInvocationOperation { Arguments: { IsEmpty: false } } mapped && mapped.Arguments.Any(argument => argument.Value.DescendantsAndSelf().OfType<IPropertyReferenceOperation>().Any()) ? mapped : null;
            return Language.Payments.IsSettledState(state) && !Words.ContainAny(state.Syntax.ToString(), Returned) ? state : null;
        }
        return null;
    }
}

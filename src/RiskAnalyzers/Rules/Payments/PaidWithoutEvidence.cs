using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>Something becomes paid or refunded in code that has seen no answer of a payment provider.</summary>
internal sealed class PaidWithoutEvidence : RiskRule
{
    private static readonly HashSet<string> Evidence = Words.SetOf(
        "event webhook notification callback response result message ipn transaction intent charge session receipt confirmation confirmed succeeded completed captured paid settled received refunded saga consumer verified "
        + "evidence reference gateway answer reply");

    private static readonly HashSet<string> Inquiries = Words.SetOf("verify capture confirm charge refund pay check validate authorize retrieve settle execute transfer");

    private static readonly HashSet<string> Free = Words.SetOf("free zero cash cod offline manual invoice test sandbox demo");

    private static readonly HashSet<string> Views = Words.SetOf("model dto request response search filter query view result settings option options criteria message event command info summary notification");

    private static readonly HashSet<string> Seeds = Words.SetOf("seed seeder seeding sample demo test fake mock initializer initialize migration install installation import builder factory generator consumer saga webhook ipn simulate");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK2010",
        title: "Something is marked as paid without an answer from the provider",
        message: "'{0}' makes this '{1}' although {2}: what follows relies on money that did not move; set it from the gateway's final result or a verified event",
        why: "An order that turns paid because a request said so was paid by nobody. The state has to follow from a charge, a capture or an event of the provider, with amount and currency compared.");

    public PaidWithoutEvidence() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        var requests = RequestData.In(on.Facts);
        var endpoints = Endpoints.In(on.Facts);
        on.Operation(visit => Check(visit, endpoints), OperationKind.SimpleAssignment, OperationKind.Invocation);
        on.Operation(CheckDefault, OperationKind.PropertyInitializer);
        on.Operation(visit => CheckAnswer(visit, requests), OperationKind.SwitchCase, OperationKind.SwitchExpressionArm, OperationKind.SimpleAssignment);
    }

    // public PaymentStatus Status { get; set; } = PaymentStatus.Completed; whoever forgets to set it has been paid.
    private static void CheckDefault(OperationVisit visit)
    {
        var initializer = (IPropertyInitializerOperation)visit.Operation;
        if (initializer.Value.WithoutConversions() is not IFieldReferenceOperation { Field: { ContainingType: { TypeKind: TypeKind.Enum } states } state } || !Outcomes.IsSuccessState(state.Name) && state.Name is not ("Refunded" or "Captured"))
            return;
        if (initializer.InitializedProperties is not [{ ContainingType: { } holder, SetMethod: not null }, ..] || Words.ContainAny(holder.Name, Views) || Words.ContainAny(holder.Name, Seeds))
            return;
        if (Language.Payments.SpeakOfPayment(states.Name) || Language.Payments.SpeakOfPayment(holder.Name) && Words.Of(states.Name) is [.., "status" or "state"])
            visit.Report(initializer.Value, holder.Name, state.Name, "nobody has set a state yet");
    }

    // case "processing": result.IsSuccess = true; and payment.Status = request.IsSuccess ? Paid : Failed;
    private static void CheckAnswer(OperationVisit visit, RequestData requests)
    {
        var found = visit.Operation switch
        {
            ISwitchCaseOperation section => PendingStates.Of(section),
            ISwitchExpressionArmOperation arm => PendingStates.Of(arm, visit.Member),
            ISimpleAssignmentOperation assignment => PendingStates.Of(assignment),
            _ => null,
        };
        if (found is var (answer, success, at) && !PendingStates.IsBeginning(visit.Member))
            visit.Report(at, visit.Member.Name, success, $"'{answer}' says that no money has moved yet");
        else if (visit.Member is IMethodSymbol method && visit.Operation is ISimpleAssignmentOperation { Value: var chosen } && (OfCaller(chosen, requests) ?? (Words.ContainAny(method.ContainingType.Name, Workers) ? null : StateOfCaller((ISimpleAssignmentOperation)visit.Operation, requests))) is { } state && !Callbacks.IsCallback(method) && !IsForStaff(method))
            visit.Report(visit.Operation, method.Name, state, "only the caller says so");
    }

    // payment.Status = request.NewStatus; whoever sends it says what was paid.
    private static string? StateOfCaller(ISimpleAssignmentOperation assignment, RequestData requests)
    {
        if (assignment.Target is not IPropertyReferenceOperation { Property: { ContainingType: { } record } target, Instance: { } owner } || owner is IInstanceReferenceOperation || assignment.Value.WithoutConversions() is not IPropertyReferenceOperation { Property: { Type: var sent, ContainingType: { } form } } value)
            return null;
        if (sent.WithoutNullable() is not INamedTypeSymbol { TypeKind: TypeKind.Enum } states || !Language.Payments.SpeakOfPayment(states.Name) || Words.Of(states.Name) is not [.., "status" or "state"] || !states.MemberNames.Any(Outcomes.IsSuccessState))
            return null;
        return !Words.ContainAny(record.Name, Views) && !Words.ContainAny(form.Name, Signals) && target.Type.WithoutNullable() is { TypeKind: TypeKind.Enum } && requests.Holds(value) ? Excerpt.Of(value) : null;
    }

    // What a worker is handed, the program itself has asked for.
    private static readonly HashSet<string> Workers = Words.SetOf("hosted worker background job queue");

    // What a provider sends says so in its name, and is verified elsewhere.
    private static readonly HashSet<string> Signals = Words.SetOf("event webhook notification callback ipn message response result filter search query");

    private static string? OfCaller(IOperation value, RequestData requests)
    {
        value = value.WithoutConversions();
        if (value is not IConditionalOperation { Condition: var asked, WhenTrue: var whenTrue } || asked.WithoutConversions() is not IPropertyReferenceOperation { Property: { Type.SpecialType: SpecialType.System_Boolean, ContainingType: { } holder } } flag)
            return null;
        var settled = whenTrue.WithoutConversions() is IInvocationOperation { TargetMethod.Name: "ToString", Instance: { } named } ? named : whenTrue;
        return (Language.Payments.IsSettledState(settled) || settled.WithoutConversions() is IFieldReferenceOperation { Field: { ContainingType.TypeKind: TypeKind.Enum } state } && Outcomes.IsSuccessState(state.Name) && (Language.Payments.SpeakOfPayment(state.ContainingType.Name) || state.ContainingType.Name.Contains("Transaction")))
            && !Words.ContainAny(holder.Name, Evidence) && (requests.Holds(flag) || RequestData.IsCarrier(holder) && flag.Instance is IParameterReferenceOperation && holder.Name.EndsWith("Request", StringComparison.Ordinal)) ? Excerpt.Of(settled) : null;
    }

    private static void Check(OperationVisit visit, Endpoints endpoints)
    {
        if (!Language.Payments.MarksSettled(visit.Operation) && !IsOwnTransition(visit.Operation) || visit.Member is not IMethodSymbol { MethodKind: MethodKind.Ordinary } method || method.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected)
            return;
        if (Receiver(visit.Operation) is not { } receiver || receiver is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } || IsView(receiver))
            return;
        if (Words.ContainAny(method.Name, Seeds) || Words.ContainAny(method.ContainingType.Name, Seeds) || Words.Of(method.Name) is ["mark" or "set", ..] && endpoints.Of(method) is null || Words.ContainAny(method.Name, Free) || IsTest(method))
            return;
        // Staff books what came by other ways; what is paid back has to leave by the provider all the same.
        if (method.Parameters.Any(IsEvidence) || IsForStaff(method) && !State(visit.Operation).StartsWith("Refund", StringComparison.Ordinal))
            return;
        if (IsSeen(visit.Body, visit.Operation) || IsForFree(visit.Operation))
            return;
        // One place for one decision: the first of status, flag and time.
        if (visit.Body.DescendantsAndSelf().FirstOrDefault(Language.Payments.MarksSettled) is { } first && first != visit.Operation && first.Parent?.Parent == visit.Operation.Parent?.Parent)
            return;
        visit.Report(visit.Operation, method.Name, State(visit.Operation), "no answer of a payment provider is in sight");
    }

    private static readonly HashSet<string> Kept = Words.SetOf("order payment invoice booking subscription transaction bill reservation enrollment");

    // order.MarkPaymentCompleted(), order.ProcessRefund(): a transition of the record itself, not a call of the gateway.
    private static bool IsOwnTransition(IOperation operation) => operation is IInvocationOperation { Instance: ILocalReferenceOperation or IParameterReferenceOperation, TargetMethod: { IsAsync: false, ContainingType: { TypeKind: TypeKind.Class } type } method }
        && Words.Of(type.Name) is [.., var kept] && Kept.Contains(kept) && method.ReturnType.Name is not ("Task" or "ValueTask") && method.Parameters.All(parameter => parameter.Type.SpecialType is SpecialType.System_String or SpecialType.System_DateTime)
        && Words.Of(method.Name) is ["process" or "mark", "refund" or "refunded"] or ["mark", "payment", "completed" or "succeeded" or "paid"] or ["complete" or "confirm", "payment"] or ["refund"] or ["mark", "as", "refunded"];

    // What the framework hands in to work with is no evidence, whatever it is called.
    private static bool IsEvidence(IParameterSymbol parameter)
    {
        // An interface of a library that is not at hand still looks like one.
        if (parameter.Type is INamedTypeSymbol service && (service.TypeKind == TypeKind.Interface || service.TypeKind == TypeKind.Error && service.Name is ['I', >= 'A' and <= 'Z', ..]))
            return service.TypeArguments.Any(argument => Words.ContainAny(argument.Name, Evidence)) || service.Name is "IFormCollection";
        return Words.ContainAny(parameter.Type.Name, Evidence) || Words.ContainAny(parameter.Name, Evidence);
    }

    private static IOperation? Receiver(IOperation operation) => operation switch
    {
        ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Instance: var instance } } => instance,
        IInvocationOperation { Instance: var instance } => instance,
        _ => null,
    };

    private static bool IsView(IOperation receiver) => receiver.Type is not { } type || Words.ContainAny(type.Name, Views);

    private static bool IsTest(IMethodSymbol method) => method.GetAttributes().Any(attribute => attribute.AttributeClass?.Name is "FactAttribute" or "TheoryAttribute" or "TestAttribute" or "TestMethodAttribute");

    private static bool IsForStaff(IMethodSymbol method) =>
        Words.ContainAny(method.ContainingType.Name, Staff) || method.NamespaceName()?.Contains("Admin") == true
        || method.GetAttributes().Concat(method.ContainingType.GetAttributes()).Any(attribute => attribute.AttributeClass?.Name == "AuthorizeAttribute"
            && (attribute.NamedArguments.Any(argument => argument.Key is "Roles" or "Policy") || attribute.ConstructorArguments.Length > 0));

    private static readonly HashSet<string> Staff = Words.SetOf("admin administration backoffice");

    // A call that moves money or asks about it, or a value that stands for the provider's answer.
    private static bool IsSeen(IOperation body, IOperation marking)
    {
        foreach (var operation in body.DescendantsAndSelf())
        {
            switch (operation)
            {
                case IInvocationOperation call when call != marking && (Language.Payments.MovesMoney(call)
                    || Words.Of(call.TargetMethod.Name) is [var verb, ..] && Inquiries.Contains(verb) && (Language.Payments.SpeakOfPayment(call.TargetMethod.Name) || Language.Payments.SpeakOfPayment(call.TargetMethod.ContainingType.Name))
                    || call.TargetMethod.ContainingType is { } type && Words.Of(type.Name) is var words && words.Any(word => word is "gateway" or "stripe" or "paypal" or "adyen" or "braintree" or "provider" or "psp")):
                    return true;
                case ILocalReferenceOperation { Local: var local } reference when Words.ContainAny(local.Name, Evidence) && !Words.ContainAny(local.Name, Free) && !IsOfOwnMaking(reference):
                    return true;
                case IIsPatternOperation or IPropertyReferenceOperation { Property.ContainingType.Name: "PaymentIntent" or "Charge" or "Session" }:
                    if (operation is IPropertyReferenceOperation)
                        return true;
                    break;
            }
        }
        return false;
    }

    // var result = Payment.Create(...); the record that is made here says nothing about the provider.
    private static bool IsOfOwnMaking(ILocalReferenceOperation local) => Flow.InitialValue(local) is IObjectCreationOperation or IInvocationOperation { TargetMethod: { IsStatic: true, Name: "Create" or "New" or "Begin" or "Start" } }
        || Flow.InitialValue(local) is IInvocationOperation { Instance: { } receiver } call && (Language.Payments.MarksSettled(call) || receiver.WithoutConversions() is IPropertyReferenceOperation { Instance: ILocalReferenceOperation owner } && IsOfOwnMaking(owner));

    // Nothing was due, or it is paid by other means, or the branch asked for the provider's word.
    private static bool IsForFree(IOperation operation)
    {
        foreach (var ancestor in operation.Ancestors())
        {
            var condition = ancestor switch
            {
                IConditionalOperation { Condition: var asked } => asked,
                ISwitchCaseOperation or ISwitchExpressionArmOperation => ancestor.Parent,
                _ => null,
            };
            if (condition is null)
                continue;
            if (condition.DescendantsAndSelf().Any(part => part.IsConstant(0m) || part.ReferencedSymbol() is { } symbol && (Words.ContainAny(symbol.Name, Free) || Words.ContainAny(symbol.Name, Evidence) && symbol is not IFieldSymbol)))
                return true;
        }
        return false;
    }

    private static readonly HashSet<string> Returned = Words.SetOf("refund refunded");

    private static string State(IOperation operation) => operation switch
    {
        ISimpleAssignmentOperation { Value: var value } when value.WithoutConversions() is IFieldReferenceOperation { Field.Name: var name } => name,
        ISimpleAssignmentOperation { Target: var target } => target.ReferencedSymbol()?.Name ?? "paid",
        IInvocationOperation { TargetMethod.Name: var name } => Words.ContainAny(name, Returned) ? "Refunded" : "paid",
        _ => "paid",
    };
}

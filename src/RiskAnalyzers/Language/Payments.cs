namespace RiskAnalyzers.Language;

/// <summary>What is a payment call, decided once: by the provider's library, or by the words of method, receiver and result.</summary>
internal static class Payments
{
    private static readonly HashSet<string> Movers = Words.SetOf("charge capture pay refund payout transfer debit withdraw settle disburse");

    // Verbs that move money only together with a noun or a receiver that says so: ProcessPayment, CreateCharge, gateway.Authorize.
    private static readonly HashSet<string> Makers = Words.SetOf("process create make execute submit confirm authorize authorise void cancel reverse release complete initiate perform send place issue take collect");

    private static readonly HashSet<string> Nouns = Words.SetOf("payment payments charge charges refund refunds payout payouts transfer intent capture card debit sale");

    private static readonly HashSet<string> Receivers = Words.SetOf(
        "gateway payment payments stripe paypal adyen braintree klarna mollie square billing acquirer psp processor refund refunds charge charges payout payouts wallet bank merchant checkout");

    private static readonly HashSet<string> Readers = Words.SetOf("get find list fetch load query read status details history lookup search is has can validate calculate build map to log notify send email handle on");

    private static readonly HashSet<string> Libraries = new(StringComparer.Ordinal) { "Stripe", "Adyen", "PayPal", "PayPalCheckoutSdk", "PaypalServerSdk", "Braintree", "Square", "Mollie" };

    private static readonly HashSet<string> LibraryVerbs = Words.SetOf("create capture confirm refund cancel charge pay authorize sale submit void finalize transfer");

    // A stored card, a link or a set-up intent moves nothing yet.
    private static readonly HashSet<string> AroundPayments = Words.SetOf("method methods link links setup configuration domain");

    private static readonly HashSet<string> LibraryServices = Words.SetOf("service client gateway api");

    private static readonly HashSet<string> IdempotencyWords = Words.SetOf("idempotency idempotent idempotence");

    private static readonly HashSet<string> Amounts = Words.SetOf("amount total price cents sum value");

    // A whole number is an amount where its name counts the small coin.
    private static readonly HashSet<string> MinorUnits = Words.SetOf("cents minor pence");

    /// <summary>Whether the call moves money, or makes a provider move it: charges, captures, refunds, pays out.</summary>
    public static bool MovesMoney(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        var words = Words.Of(method.Name);
        if (words.IsEmpty)
            return false;
        if (IsOfLibrary(method.ContainingType))
            // An intent is charged when it is confirmed, which the customer's browser does.
            return LibraryVerbs.Contains(words[0]) && !(words[0] == "create" && Words.Of(method.ContainingType.Name).Contains("intent")) && Words.ContainAny(method.ContainingType.Name, Nouns) && Words.ContainAny(method.ContainingType.Name, LibraryServices)
                && !Words.ContainAny(method.ContainingType.Name, AroundPayments);
        if (Readers.Contains(words[0]) || TellsSomebody(call, words))
            return false;
        if (Movers.Contains(words[0]))
            return IsPaymentReceiver(call) || HasAmount(method) || (words.Length > 1 && Nouns.Contains(words[1]));
        return Makers.Contains(words[0]) && (words.HaveAny(Nouns) && (IsPaymentReceiver(call) || HasAmount(method) || Outcomes.IsCarriedBy(method.ReturnType.AwaitedType()))
            || (words[0] is "authorize" or "authorise" or "void" && IsPaymentReceiver(call) && !method.ContainingType.Name.Contains("Authorization")));
    }

    // hub.SendPaymentUpdate, mailer.SendRefundReceipt: the news of a payment moves nothing.
    private static bool TellsSomebody(IInvocationOperation call, ImmutableArray<string> words) => words[0] is "send" && words.HaveAny(News)
        || call.TargetMethod.ContainingType is { } type && Words.ContainAny(type.Name, Channels) || call.Instance?.ReferencedSymbol() is { } receiver && Words.ContainAny(receiver.Name, Channels);

    private static readonly HashSet<string> News = Words.SetOf("update updates status notification email mail message receipt confirmation reminder link alert event");

    private static readonly HashSet<string> Channels = Words.SetOf("hub notifier notification notifications mailer email mail sms broadcaster signalr metrics telemetry audit");

    /// <summary>Whether a member of this name takes or returns money: <c>ProcessPaymentAsync</c>, <c>RefundAsync</c>, <c>CapturePayment</c>.</summary>
    public static bool IsPayment(string name) =>
        Words.Of(name) is [var verb, ..] words && !Readers.Contains(verb) && (Movers.Contains(verb) && verb != "transfer" || (Makers.Contains(verb) || verb == "handle") && words.HaveAny(Nouns));

    /// <summary>Whether the type belongs to the library of a payment provider.</summary>
    public static bool IsOfProvider(INamedTypeSymbol? type) => IsOfLibrary(type);

    /// <summary>Whether the name speaks of an idempotency key.</summary>
    public static bool IsIdempotencyKey(string name) => Words.ContainAny(name, IdempotencyWords);

    /// <summary>Whether the call passes an idempotency key: an argument of that name, or an options object that has it set.</summary>
    public static bool HasIdempotencyKey(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.ArgumentKind == ArgumentKind.DefaultValue || argument.Value.ConstantValue is { HasValue: true, Value: null })
                continue;
            if (argument.Parameter is { } parameter && IsIdempotencyKey(parameter.Name) || argument.Value.DescendantsAndSelf().Any(SetsKey))
                return true;
            if (argument.Value.ReferencedSymbol() is ILocalSymbol or IParameterSymbol && argument.Value.ReferencedSymbol() is { } passed && (IsIdempotencyKey(passed.Name) || IsSetWithKey(call, passed)))
                return true;
        }
        return false;
    }

    /// <summary>Whether the name has a word of payments in it.</summary>
    public static bool SpeakOfPayment(string name) => IsReceiver(name) || Words.ContainAny(name, Nouns);

    // PayPal writes itself with two capitals.
    private static bool IsReceiver(string name) => Words.ContainAny(name, Receivers) || Words.ContainSequence(name, "pay", "pal");

    /// <summary>
    /// Whether the operation marks something as paid or refunded: a status that becomes <c>Paid</c>, a flag such as <c>IsPaid</c> that becomes true, a time
    /// such as <c>PaidAt</c> that is set, a call such as <c>order.MarkAsPaid()</c>.
    /// </summary>
    public static bool MarksSettled(IOperation operation) => operation switch
    {
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation or IFieldReferenceOperation, Value: var value } assignment => assignment.Target.ReferencedSymbol() is { } member && SaysSettled(member, value),
        IInvocationOperation { Instance: not null, TargetMethod.Name: var name } call => Words.Of(name) is ["mark" or "set", ..] && Words.ContainAny(name, SettledWords) && !Outcomes.SpeaksOfFailure(name)
            || Words.Of(name) is ["set" or "update" or "change", ..] && Words.ContainAny(name, StatusWords) && call.Arguments.Any(argument => IsSettledState(argument.Value)),
        _ => false,
    };

    /// <summary>Whether the value is a state that says that money has moved: <c>OrderStatus.Paid</c>, <c>PaymentStatus.Completed</c>, <c>"paid"</c>.</summary>
    public static bool IsSettledState(IOperation value) => value.WithoutConversions() switch
    {
        IFieldReferenceOperation { Field: var state } when state.ContainingType.TypeKind == TypeKind.Enum || state.IsStatic =>
            !Outcomes.SpeaksOfFailure(state.Name) && !Words.ContainAny(state.Name, Unsettled)
            && (Words.ContainAny(state.Name, SettledWords) || Outcomes.IsSuccessState(state.Name) && SpeakOfPayment(state.ContainingType.Name) && !Words.ContainAny(state.Name, Reserved)),
        { ConstantValue: { HasValue: true, Value: string text } } => Words.Of(text) is ["paid" or "captured" or "settled" or "refunded"] or ["payment", "completed" or "succeeded" or "received"],
        _ => false,
    };

    private static readonly HashSet<string> SettledWords = Words.SetOf("paid captured settled charged refunded");

    private static readonly HashSet<string> Unsettled = Words.SetOf("partially pending awaiting un to not pre failed be");

    // Says that a payment may be taken, not that it was.
    private static readonly HashSet<string> Reserved = Words.SetOf("authorized authorised active valid verified accepted approved confirmed");

    private static readonly HashSet<string> StatusWords = Words.SetOf("status state stage payment outcome");

    private static bool SaysSettled(ISymbol member, IOperation value)
    {
        var words = Words.Of(member.Name);
        if (value.ConstantValue is { HasValue: true, Value: true })
            return words is ["is", "paid" or "refunded" or "captured" or "settled"] or ["paid" or "refunded" or "captured"] or ["payment", "received" or "completed" or "succeeded"] or ["is", "payment", "received" or "completed"];
        if (words is ["paid" or "refunded" or "captured", "at" or "on" or "date" or "utc", ..])
            return value.WithoutConversions() is IPropertyReferenceOperation { Property.Name: "UtcNow" or "Now" } or IInvocationOperation { TargetMethod.Name: "GetUtcNow" or "GetLocalNow" };
        return words.HaveAny(StatusWords) && (IsSettledState(value) || member.ContainingType is { } record && IsRecordOfPayment(record.Name) && value.ConstantValue is { HasValue: true, Value: string text } && Words.Of(text) is ["succeeded" or "completed" or "success" or "successful"]);
    }

    // payment.Status = "Succeeded"; of a payment that is all it takes, of a job it says nothing.
    private static bool IsRecordOfPayment(string name) => Words.Of(name) is [.., "payment" or "charge" or "refund"] or [.., "payment", "transaction" or "record" or "entity" or "attempt"];

    private static bool SetsKey(IOperation operation) =>
        operation is ISimpleAssignmentOperation assignment && assignment.Target.ReferencedSymbol() is { } target && IsIdempotencyKey(target.Name)
        || operation.ReferencedSymbol() is { } symbol && IsIdempotencyKey(symbol.Name)
        || operation.ConstantValue is { HasValue: true, Value: string text } && text.IndexOf("idempotency", StringComparison.OrdinalIgnoreCase) >= 0;

    // var options = new RequestOptions { IdempotencyKey = key }; ... options passed later.
    private static bool IsSetWithKey(IOperation call, ISymbol local) => call.EnclosingFunction().Descendants().Any(operation =>
        operation is IVariableDeclaratorOperation declarator && SymbolEqualityComparer.Default.Equals(declarator.Symbol, local) && declarator.GetVariableInitializer() is { } initializer && initializer.Value.DescendantsAndSelf().Any(SetsKey)
        || operation is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Instance: { } instance, Property: var property } } && IsIdempotencyKey(property.Name) && SymbolEqualityComparer.Default.Equals(instance.ReferencedSymbol(), local));

    private static bool IsPaymentReceiver(IInvocationOperation call) =>
        call.TargetMethod.ContainingType is { } type && IsReceiver(type.Name)
        || call.Instance?.ReferencedSymbol() is { } receiver && IsReceiver(receiver.Name);

    private static bool HasAmount(IMethodSymbol method) => method.Parameters.Any(parameter => parameter.Type.WithoutNullable()?.SpecialType is SpecialType.System_Decimal or SpecialType.System_Int64 && Words.ContainAny(parameter.Name, Amounts)
        || parameter.Type.SpecialType == SpecialType.System_Int32 && Words.ContainAny(parameter.Name, MinorUnits));

    /// <summary>Whether the type comes from a payment provider's library.</summary>
    public static bool IsOfLibrary(INamedTypeSymbol? type) => type?.RootNamespace() is { } root && Libraries.Contains(root) && type.Locations.All(location => location.IsInMetadata);
}

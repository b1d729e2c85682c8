using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>A charge or refund whose answer was lost and that counts as failed.</summary>
internal sealed class UnknownOutcomeIsFailure : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK2014",
        title: "A payment whose answer was lost counts as failed",
        message: "When no answer of '{0}' arrives, the money may have moved, and this says '{1}': the next attempt pays twice; record it as unknown and ask the provider",
        why: "A time-out says nothing about the payment. Whoever calls it failed lets the customer pay again, or refunds a second time, and nobody looks for the first.");

    public UnknownOutcomeIsFailure() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        var persistence = Persistence.In(on.Facts);
        on.Operation(visit => Check(visit, persistence), OperationKind.CatchClause);
    }

    private static void Check(OperationVisit visit, Persistence persistence)
    {
        var clause = (ICatchClauseOperation)visit.Operation;
        if (!LosesTheAnswer(clause) || clause.Throws() || clause.Parent is not ITryOperation attempt || FailureIn(clause, visit.Member) is not var (failure, at))
            return;
        if (IsFollowedUp(clause.Handler) || IsLeftToAnEarlier(clause, attempt) || PaymentIn(attempt.Body, visit.Member, persistence) is not { } payment)
            return;
        // The state that is written down says most; a flag says little more than the clause.
        visit.Report(at?.GetLocation() ?? ((CatchClauseSyntax)clause.Syntax).CatchKeyword.GetLocation(), payment, failure);
    }

    private static readonly HashSet<string> Transport = new(StringComparer.Ordinal)
    {
        "HttpRequestException", "TaskCanceledException", "OperationCanceledException", "TimeoutException", "TimeoutRejectedException", "WebException", "IOException", "SocketException", "RpcException", "FlurlHttpException", "HttpException",
    };

    private static bool LosesTheAnswer(ICatchClauseOperation clause) => clause.IsCatchAll() || clause.ExceptionType is { } caught && Transport.Contains(caught.Name);

    // An earlier clause that takes the lost answers and keeps them open leaves only defects to this one.
    private static bool IsLeftToAnEarlier(ICatchClauseOperation clause, ITryOperation attempt) => clause.IsCatchAll() && attempt.Catches.TakeWhile(other => other != clause)
        .Any(other => other.ExceptionType is { Name: "HttpRequestException" or "TimeoutException" or "TaskCanceledException" or "OperationCanceledException" } && FailureIn(other, null) is null);

    private static readonly HashSet<string> Failures = Words.SetOf("fail failed failure declined rejected error cancelled canceled unsuccessful refused denied unpaid");

    private static readonly HashSet<string> Open = Words.SetOf("unknown pending indeterminate uncertain ambiguous reconcile reconciliation review processing unconfirmed inconclusive investigate manual");

    // What the clause answers or sets: a result that did not succeed, a state that says so, false.
    private static (string Text, SyntaxNode? At)? FailureIn(ICatchClauseOperation clause, ISymbol? member)
    {
        foreach (var operation in clause.Handler.DescendantsInFunction())
        {
            var found = operation switch
            {
                IReturnOperation { ReturnedValue: { } returned } => OfAnswer(returned, member),
                ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Member: var set }, Value: var value } when operation.Parent is not IObjectOrCollectionInitializerOperation => OfMember(set.Name, value),
                IInvocationOperation { Instance: not null } call when !LogCalls.IsLog(call) => OfCall(call),
                _ => null,
            };
            if (found is not null)
                return found;
        }
        return null;
    }

    private static (string Text, SyntaxNode? At)? OfAnswer(IOperation returned, ISymbol? member)
    {
        var value = returned.WithoutAwait();
        if (value is IInvocationOperation { TargetMethod.Name: "FromResult", Arguments: [{ Value: var result }] })
            value = result.WithoutConversions();
        switch (value)
        {
            case { ConstantValue: { HasValue: true, Value: false } } when member is null || Polarities.Of(member.Name) != Polarity.Deny:
            case ITupleOperation { Elements: [{ ConstantValue: { HasValue: true, Value: false } }, ..] }:
                return ("false", null);
            case IFieldReferenceOperation { Field: { ContainingType.TypeKind: TypeKind.Enum } state } when SaysFailed(state.Name):
                return (state.Name, value.Syntax);
            case IMemberReferenceOperation { Instance: null, Member: { IsStatic: true } kept } when SaysFailed(kept.Name):
                return (kept.Name, null);
            case IInvocationOperation { TargetMethod: { IsStatic: true } factory } made when SaysFailed(factory.Name) && made.Arguments.All(argument => !IsOpen(argument.Value)):
                return (factory.Name, null);
            case IObjectCreationOperation creation:
                return OfCreation(creation);
            default:
                return null;
        }
    }

    // new PaymentResult(false, ...), new PaymentResult { IsSuccess = false, Status = PaymentStatus.Failed }
    private static (string Text, SyntaxNode? At)? OfCreation(IObjectCreationOperation creation)
    {
        (string Text, SyntaxNode? At)? found = null;
        foreach (var argument in creation.Arguments)
        {
            if (IsOpen(argument.Value))
                return null;
            if (argument.Parameter is { } parameter && (found is null || found.Value.At is null))
                found = OfMember(parameter.Name, argument.Value) ?? found;
        }
        foreach (var initial in creation.Initializer?.Initializers ?? ImmutableArray<IOperation>.Empty)
        {
            if (initial is not ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Member: var set }, Value: var value })
                continue;
            if (IsOpen(value))
                return null;
            if (found is null || found.Value.At is null)
                found = OfMember(set.Name, value) ?? found;
        }
        return found;
    }

    private static (string Text, SyntaxNode? At)? OfMember(string name, IOperation value)
    {
        if (value.ConstantValue is { HasValue: true, Value: var constant })
            return constant switch
            {
                false when Outcomes.IsSuccessFlag(name) => (name + " = false", null),
                string { Length: < 40 } text when Words.Of(name) is [.., "status" or "state" or "outcome"] && SaysFailed(text) => (text, value.Syntax),
                int when value.WithoutConversions() is IFieldReferenceOperation { Field: { ContainingType.TypeKind: TypeKind.Enum } each } && SaysFailed(each.Name) => (each.Name, value.Syntax),
                _ => null,
            };
        return null;
    }

    // payment.MarkAsFailed(), order.SetStatus(PaymentStatus.Failed), payments.UpdateStatusAsync(id, "failed")
    private static (string Text, SyntaxNode? At)? OfCall(IInvocationOperation call)
    {
        var words = Words.Of(call.TargetMethod.Name);
        if (words is ["mark" or "set", ..] && words.Any(Failures.Contains) || words is ["fail" or "decline"])
            return (call.TargetMethod.Name, call.Syntax);
        return words is ["set" or "update" or "change" or "mark", ..] ? call.Arguments.Select(argument => OfMember("Status", argument.Value)).FirstOrDefault(state => state is not null) : null;
    }

    private static bool SaysFailed(string name) => Words.ContainAny(name, Failures) && !Words.ContainAny(name, Open);

    private static bool IsOpen(IOperation value) => value.WithoutConversions() is IFieldReferenceOperation { Field: { ContainingType.TypeKind: TypeKind.Enum } state } && Words.ContainAny(state.Name, Open)
        || value.ConstantValue is { HasValue: true, Value: string { Length: < 40 } text } && Words.Of(text) is [var word] && Open.Contains(word);

    private static readonly HashSet<string> FollowUps = Words.SetOf("reconcile reconciliation retrieve inquire inquiry requery schedule enqueue queue verify poll void reverse refund resolve");

    // The provider is asked, the case is put aside for somebody who asks, or the payment is taken back.
    private static bool IsFollowedUp(IOperation handler) => handler.DescendantsInFunction().Any(operation => operation is IInvocationOperation call && !LogCalls.IsLog(call) && Words.Of(call.TargetMethod.Name) is { IsEmpty: false } words
            && (words.Any(FollowUps.Contains) || words is ["get" or "query" or "fetch" or "check", ..] && words.Contains("status"))
        || operation is ISimpleAssignmentOperation { Value: var value } && IsOpen(value));

    private static readonly HashSet<string> Beginnings = Words.SetOf("intent session link url form token customer method methods sheet qr page setup provider factory builder options");

    private static string? PaymentIn(IOperation body, ISymbol member, Persistence persistence)
    {
        var isPayment = member is IMethodSymbol && Language.Payments.IsPayment(member.Name) && !Words.ContainAny(member.Name, Beginnings);
        foreach (var operation in body.Descendants())
        {
            switch (operation)
            {
                case IInvocationOperation call when Language.Payments.MovesMoney(call):
                    // What only books in the shop's own tables is rolled back with them.
                    if (!Words.ContainAny(call.TargetMethod.Name, Beginnings) && !IsBookkeeping(call, persistence))
                        return call.TargetMethod.Name;
                    break;
                case IInvocationOperation call when isPayment && (persistence.Of(call).HasFlag(DataReach.Remote) || Language.Payments.IsOfProvider(call.TargetMethod.ContainingType)):
                // A provider's library that is not at hand.
                case IAwaitOperation { Operation: IInvalidOperation } when isPayment:
                    return member.Name;
            }
        }
        return null;
    }

    private static bool IsBookkeeping(IInvocationOperation call, Persistence persistence)
    {
        var reach = persistence.Of(call);
        return (reach & (DataReach.Save | DataReach.Query)) != 0 && !reach.HasFlag(DataReach.Remote) && !Language.Payments.IsOfProvider(call.TargetMethod.ContainingType);
    }
}

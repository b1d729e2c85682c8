using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>A part of the code that says of a payment that it failed.</summary>
/// <param name="Text">The words in which it says so.</param>
/// <param name="At">Where it says so first.</param>
/// <param name="IsAnswer">Whether it is answered to the caller, and not written down.</param>
/// <param name="IsState">Whether it names a state, and does more than deny success.</param>
internal sealed record FailedAnswer(string Text, SyntaxNode At, bool IsAnswer, bool IsState);

/// <summary>The answers and states by which code says that a payment failed, and what keeps the case open instead.</summary>
internal static class FailedAnswers
{
    /// <summary>What an answer without a payment says.</summary>
    public const string Nothing = "null";

    private static readonly HashSet<string> Failures = Words.SetOf("fail failed failure declined rejected error cancelled canceled unsuccessful refused denied unpaid");

    private static readonly HashSet<string> Open = Words.SetOf("unknown pending indeterminate uncertain ambiguous reconcile reconciliation review processing unconfirmed inconclusive investigate manual");

    private static readonly HashSet<string> FollowUps = Words.SetOf("reconcile reconciliation retrieve inquire inquiry requery schedule enqueue queue verify poll void reverse refund resolve");

    /// <summary>What the clause answers or sets: a result that did not succeed, a state that says so, false, nothing.</summary>
    public static FailedAnswer? In(ICatchClauseOperation clause, ISymbol? member) => In(clause.Handler, member);

    /// <summary>What a branch answers or sets: a result that did not succeed, a state that says so, false, nothing.</summary>
    public static FailedAnswer? In(IOperation branch, ISymbol? member)
    {
        foreach (var operation in branch.DescendantsInFunction())
        {
            var found = operation switch
            {
                IReturnOperation { ReturnedValue: { } returned } => OfAnswer(returned, operation, member),
                ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Member: var set }, Value: var value } when operation.Parent is not IObjectOrCollectionInitializerOperation => OfMember(set.Name, value, operation),
                IInvocationOperation { Instance: not null } call when !LogCalls.IsLog(call) => OfCall(call),
                _ => null,
            };
            if (found is not null)
                return found;
        }
        return null;
    }

    /// <summary>Whether the provider is asked, the case is put aside for somebody who asks, or the payment is taken back.</summary>
    public static bool IsFollowedUp(IOperation handler) => handler.DescendantsInFunction().Any(operation => operation is IInvocationOperation call && !LogCalls.IsLog(call) && Words.Of(call.TargetMethod.Name) is { IsEmpty: false } words
            && (words.HaveAny(FollowUps) || words is ["get" or "query" or "fetch" or "check", ..] && words.Contains("status"))
        || operation is ISimpleAssignmentOperation { Value: var value } && IsOpen(value));

    private static FailedAnswer? OfAnswer(IOperation returned, IOperation statement, ISymbol? member)
    {
        var value = returned.AsAnswered();
        if (value is IInvocationOperation { TargetMethod.Name: "FromResult", Arguments: [{ Value: var result }] })
            value = result.AsAnswered();
        switch (value)
        {
            case { ConstantValue: { HasValue: true, Value: false } } when member is null || Polarities.Of(member.Name) != Polarity.Deny:
            case ITupleOperation { Elements: [{ ConstantValue: { HasValue: true, Value: false } }, ..] }:
                return new("false", statement.Syntax, IsAnswer: true, IsState: false);
            case { ConstantValue: { HasValue: true, Value: null } } when member is { DeclaredAccessibility: not Accessibility.Private } && Language.Payments.IsPayment(member.Name) && Words.Of(member.Name)[0] is not ("cancel" or "void" or "release"):
                return new(Nothing, statement.Syntax, IsAnswer: true, IsState: false);
            case IFieldReferenceOperation { Field: { ContainingType.TypeKind: TypeKind.Enum } state } when SaysFailed(state.Name):
                return new(state.Name, value.Syntax, IsAnswer: true, IsState: true);
            case IMemberReferenceOperation { Instance: null, Member: { IsStatic: true } kept } when SaysFailed(kept.Name):
                return new(kept.Name, value.Syntax, IsAnswer: true, IsState: false);
            case IInvocationOperation { TargetMethod: { IsStatic: true } factory } made when SaysFailed(factory.Name) && made.Arguments.All(argument => !IsOpen(argument.Value)):
                return new(factory.Name, statement.Syntax, IsAnswer: true, IsState: false);
            // The library of the results is not at hand.
            case IInvalidOperation { Syntax: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var unbound, Expression: SimpleNameSyntax { Identifier.ValueText: "Error" or "Errors" or "Result" or "Outcome" } } } } when SaysFailed(unbound):
                return new(unbound, statement.Syntax, IsAnswer: true, IsState: false);
            case IObjectCreationOperation creation:
                return OfCreation(creation);
            default:
                return null;
        }
    }

    // new PaymentResult(false, ...), new PaymentResult { IsSuccess = false, Status = PaymentStatus.Failed }: the state says most, but the reader stops at what comes first.
    private static FailedAnswer? OfCreation(IObjectCreationOperation creation)
    {
        FailedAnswer? found = null;
        foreach (var argument in creation.Arguments)
        {
            if (IsOpen(argument.Value))
                return null;
            if (argument.Parameter is { } parameter)
                found = Joined(found, OfMember(parameter.Name, argument.Value, argument));
        }
        foreach (var initial in creation.Initializer?.Initializers ?? ImmutableArray<IOperation>.Empty)
        {
            if (initial is not ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Member: var set }, Value: var value })
                continue;
            if (IsOpen(value))
                return null;
            found = Joined(found, OfMember(set.Name, value, initial));
        }
        return found is null ? null : found with { IsAnswer = true };
    }

    private static FailedAnswer? Joined(FailedAnswer? first, FailedAnswer? next) =>
        first is null || next is null ? first ?? next : next.IsState && !first.IsState ? next with { At = first.At } : first;

    private static FailedAnswer? OfMember(string name, IOperation value, IOperation whole)
    {
        if (value.ConstantValue is { HasValue: true, Value: var constant })
            return constant switch
            {
                false when Outcomes.IsSuccessFlag(name) => new(name + " = false", whole.Syntax, IsAnswer: false, IsState: false),
                string { Length: < 40 } text when Words.Of(name) is [.., "status" or "state" or "outcome"] && SaysFailed(text) => new(text, value.Syntax, IsAnswer: false, IsState: true),
                int when value.WithoutConversions() is IFieldReferenceOperation { Field: { ContainingType.TypeKind: TypeKind.Enum } each } && SaysFailed(each.Name) => new(each.Name, value.Syntax, IsAnswer: false, IsState: true),
                _ => null,
            };
        return null;
    }

    // payment.MarkAsFailed(), order.SetStatus(PaymentStatus.Failed), payments.UpdateStatusAsync(id, "failed")
    private static FailedAnswer? OfCall(IInvocationOperation call)
    {
        var words = Words.Of(call.TargetMethod.Name);
        if (words is ["mark" or "set", ..] && words.HaveAny(Failures) || words is ["fail" or "decline"])
            return new(call.TargetMethod.Name, call.Syntax, IsAnswer: false, IsState: true);
        return words is ["set" or "update" or "change" or "mark", ..] ? call.Arguments.Select(argument => OfMember("Status", argument.Value, argument)).FirstOrDefault(state => state is not null) : null;
    }

    private static bool SaysFailed(string name) => Words.ContainAny(name, Failures) && !Words.ContainAny(name, Open);

    private static bool IsOpen(IOperation value) => value.WithoutConversions() is IFieldReferenceOperation { Field: { ContainingType.TypeKind: TypeKind.Enum } state } && Words.ContainAny(state.Name, Open)
        || value.ConstantValue is { HasValue: true, Value: string { Length: < 40 } text } && Words.Of(text) is [var word] && Open.Contains(word);
}

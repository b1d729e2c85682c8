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
        on.Operation(CheckRefusedQuestion, OperationKind.Conditional);
    }

    private static void Check(OperationVisit visit, Persistence persistence)
    {
        var clause = (ICatchClauseOperation)visit.Operation;
        if (clause.Parent is not ITryOperation attempt || !LosesTheAnswer(clause) && !IsOfProvider(clause) || clause.Throws() || FailedAnswers.In(clause, visit.Member) is not { } failure)
            return;
        // A provider's own exception is its refusal, unless it becomes nothing at all.
        if (!LosesTheAnswer(clause) && failure.Text != FailedAnswers.Nothing)
            return;
        if (FailedAnswers.IsFollowedUp(clause.Handler) || IsLeftToAnEarlier(clause, attempt))
            return;
        if (PaymentIn(attempt.Body, visit.Member, persistence) is { } payment)
            // Where the shop's own work is tried as well, the clause as a whole turns a payment that worked into a failure.
            visit.Report(failure.IsAnswer && !failure.IsState && Saves(attempt.Body, persistence) ? ((CatchClauseSyntax)clause.Syntax).CatchKeyword.GetLocation() : failure.At.GetLocation(), payment, failure.Text);
        else if (failure.IsState && AsksForStatus(visit.Member) && Asks(attempt.Body, persistence))
            visit.Report(failure.At, visit.Member.Name, failure.Text);
    }

    // if (!response.IsSuccessStatusCode) return new PaymentStatusResult { Status = "failed" }: that the provider does not answer says nothing of the payment.
    private static void CheckRefusedQuestion(OperationVisit visit)
    {
        var choice = (IConditionalOperation)visit.Operation;
        if (choice.Syntax is IfStatementSyntax && AsksForStatus(visit.Member) && IsNoAnswer(choice.Condition) && FailedAnswers.In(choice.WhenTrue, visit.Member) is { IsState: true, IsAnswer: true } failure && !FailedAnswers.IsFollowedUp(choice.WhenTrue))
            visit.Report(failure.At, visit.Member.Name, failure.Text);
    }

    private static bool IsNoAnswer(IOperation condition) => condition.WithoutConversions() switch
    {
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var operand } => operand.WithoutConversions() is IPropertyReferenceOperation { Property.Name: "IsSuccessStatusCode" or "IsSuccessful" },
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals, LeftOperand: var flag, RightOperand: var no } => no.IsConstant(false) && flag.WithoutConversions() is IPropertyReferenceOperation { Property.Name: "IsSuccessStatusCode" or "IsSuccessful" },
        _ => false,
    };

    private static readonly HashSet<string> Questions = Words.SetOf("get query check fetch retrieve read inquire lookup poll refresh sync verify track");

    /// <summary>Whether the member asks a provider what became of a payment: <c>GetPaymentStatusAsync</c>, <c>QueryRefundStatus</c>, <c>StripeGateway.GetStatusAsync</c>.</summary>
    internal static bool AsksForStatus(ISymbol member) => member is IMethodSymbol && Words.Of(member.Name) is [var verb, ..] words && Questions.Contains(verb) && words.Any(word => word is "status" or "state" or "outcome")
        && (Language.Payments.SpeakOfPayment(member.Name) || Language.Payments.SpeakOfPayment(member.ContainingType?.Name ?? ""));

    private static bool Asks(IOperation body, Persistence persistence) => body.Descendants().Any(operation => operation is IInvocationOperation call && (persistence.Of(call).HasFlag(DataReach.Remote) || Language.Payments.IsOfProvider(call.TargetMethod.ContainingType))
        || operation is IAwaitOperation { Operation: IInvalidOperation });

    private static bool Saves(IOperation body, Persistence persistence) => body.Descendants().Any(operation => operation is IInvocationOperation call && persistence.Of(call).HasFlag(DataReach.Save));

    private static readonly HashSet<string> Transport = new(StringComparer.Ordinal)
    {
        "HttpRequestException", "TaskCanceledException", "OperationCanceledException", "TimeoutException", "TimeoutRejectedException", "WebException", "IOException", "SocketException", "RpcException", "FlurlHttpException", "HttpException",
    };

    private static bool LosesTheAnswer(ICatchClauseOperation clause) => clause.IsCatchAll() || clause.ExceptionType is { } caught && Transport.Contains(caught.Name);

    // An earlier clause that takes the lost answers and keeps them open leaves only defects to this one.
    private static bool IsLeftToAnEarlier(ICatchClauseOperation clause, ITryOperation attempt) => clause.IsCatchAll() && attempt.Catches.TakeWhile(other => other != clause)
        .Any(other => other.ExceptionType is { Name: "HttpRequestException" or "TimeoutException" or "TaskCanceledException" or "OperationCanceledException" } && FailedAnswers.In(other, null) is null);

    private static bool IsOfProvider(ICatchClauseOperation clause) => clause.ExceptionType is INamedTypeSymbol { Name: "StripeException" or "PayPalException" or "AdyenException" or "BraintreeException" or "MollieApiException" or "ApiException" } caught && (Language.Payments.IsOfProvider(caught) || caught.Name != "ApiException");

    private static readonly HashSet<string> Beginnings = Words.SetOf("intent session link url form token customer method methods sheet qr page setup provider factory builder options");

    private static string? PaymentIn(IOperation body, ISymbol member, Persistence persistence)
    {
        var isPayment = member is IMethodSymbol && Language.Payments.IsPayment(member.Name) && (!Words.ContainAny(member.Name, Beginnings) || Words.Of(member.Name)[0] is "confirm" or "capture");
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

using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>A refund, release or reversal whose failure is only logged, or a batch that counts as done after some items failed.</summary>
internal sealed class FailedCompensation : RiskRule
{
    private static readonly HashSet<string> Undo = Words.SetOf("refund reverse release void undo revert restore compensate unreserve restock chargeback");

    private static readonly HashSet<string> Cancellable = Words.SetOf("payment authorization authorisation reservation reservations charge hold subscription intent order booking shipment stock inventory");

    private static readonly HashSet<string> Technical = Words.SetOf("transaction semaphore mutex lock locker connection stream pool context unit scope handle lease memory buffer distributed");

    private static readonly HashSet<string> Records = Words.SetOf("product products category categories database backup page pages file files theme settings customer customers user users item items entity entities");

    private static readonly HashSet<string> Holdings = Words.SetOf("stock inventory warehouse quantity quantities balance points credit reservation");

    private static readonly HashSet<string> Done = Words.SetOf("completed complete processed done finished succeeded success closed settled");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK2013",
        title: "A failed refund or reversal is only logged",
        message: "When '{0}' fails, only a log line knows of it: the customer's money or the stock stays taken; record the failure, queue it for another try, or rethrow",
        why: "What compensates is the last line of defence. If it fails and only a log says so, nobody tries again, and a batch that is closed over failed items hides them for good.");

    public FailedCompensation() : base(Risk)
    {
    }

    public override ImmutableArray<string> Supersedes { get; } = ImmutableArray.Create("RISK4005");

    public override void Listen(RuleListener on)
    {
        on.Operation(Check, OperationKind.CatchClause);
        on.Operation(CheckResult, OperationKind.Conditional);
    }

    // var refund = await gateway.RefundAsync(...); if (!refund.Success) log.LogError(...); and on.
    private static void CheckResult(OperationVisit visit)
    {
        var choice = (IConditionalOperation)visit.Operation;
        if (choice.Syntax is not IfStatementSyntax { IfKeyword: var keyword })
            return;
        var (asked, refused) = choice.Condition.WithoutConversions() is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var negated } ? (negated.WithoutConversions(), choice.WhenTrue) : (choice.Condition.WithoutConversions(), choice.WhenFalse);
        if (refused is null || !Catches.IsLogging(refused) || refused is IBlockOperation { Operations.IsEmpty: true })
            return;
        var flag = asked is IPropertyReferenceOperation { Property: var member, Instance: { } holder } && Outcomes.IsSuccessFlag(member.Name) ? holder.WithoutConversions() : asked;
        var call = flag is ILocalReferenceOperation local ? Flow.InitialValue(local) : flag.WithoutAwait();
        if (call is IInvocationOperation compensation && Compensates(compensation) && !IsTriedAgain(choice))
            visit.Report(keyword, compensation.TargetMethod.Name);
    }

    private static void Check(OperationVisit visit)
    {
        var clause = (ICatchClauseOperation)visit.Operation;
        if (clause.IsCancellation() || clause.Throws() || clause.Parent is not ITryOperation attempt || !clause.Handler.Operations.All(statement => Catches.IsLogging(statement) || statement is IBranchOperation { BranchKind: BranchKind.Continue } or IReturnOperation { ReturnedValue: null }))
            return;
        if (attempt.Catches.Length > 1 && attempt.Catches[0].Throws())
            return;
        if (attempt.Body.DescendantsInFunction().OfType<IInvocationOperation>().FirstOrDefault(Compensates) is { } compensation)
        {
            if (!IsTriedAgain(clause))
                visit.Report(((CatchClauseSyntax)clause.Syntax).CatchKeyword, compensation.TargetMethod.Name);
            return;
        }
        if (BatchDone(attempt) is { } done)
            visit.Report(done, "the loop");
    }

    private static bool Compensates(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        var words = Words.Of(method.Name);
        if (words.IsEmpty || LogCalls.IsLog(call) || method.ContainingType is not { } type || Words.ContainAny(type.Name, Technical) || call.Instance?.ReferencedSymbol() is { } receiver && Words.ContainAny(receiver.Name, Technical))
            return false;
        if (words.Any(word => word is "lock" or "email" or "mail" or "notification" or "event" or "transaction" && words.Length > 1 && words[0] is not "void" and not "refund"))
            return false;
        // A restored product or backup is no compensation; restored stock is.
        if (words[0] is "restore" or "undo" && words.Length > 1 && words.HaveAny(Records))
            return words.HaveAny(Holdings) || Words.ContainAny(type.Name, Holdings);
        return Undo.Contains(words[0])
            || words[0] is "cancel" && (words.HaveAny(Cancellable) || Words.ContainAny(type.Name, Cancellable))
            || words[0] is "process" or "issue" or "create" or "submit" or "send" or "execute" && words.Any(word => word is "refund" or "reversal" or "compensation");
    }

    private static bool IsTriedAgain(IOperation operation) => operation.Ancestors()
        .TakeWhile(ancestor => ancestor is not (IAnonymousFunctionOperation or ILocalFunctionOperation))
        .Any(ancestor => ancestor is IWhileLoopOperation or IForLoopOperation);

    // foreach (...) { try { ... } catch { log } } batch.Status = Completed;
    private static IOperation? BatchDone(ITryOperation attempt)
    {
        if (attempt.Ancestor<IForEachLoopOperation>() is not { Parent: IBlockOperation block } loop || attempt.EnclosingFunction() != loop.EnclosingFunction())
            return null;
        return block.Operations.SkipWhile(statement => statement != loop).Skip(1).OfType<IExpressionStatementOperation>().Select(statement => statement.Operation).FirstOrDefault(operation =>
            operation is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "Status" or "State" }, Value: var value } && value.WithoutConversions() is IFieldReferenceOperation { Field: { ContainingType.TypeKind: TypeKind.Enum } state } && Words.Of(state.Name) is [var word] && Done.Contains(word)
            || operation is IInvocationOperation { Instance: not null, TargetMethod.Name: var name } && Words.Of(name) is ["mark", .., var last] && Done.Contains(last));
    }
}

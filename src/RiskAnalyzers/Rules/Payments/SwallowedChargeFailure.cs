using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>A charge whose exception ends in a log line, after which the order goes on.</summary>
internal sealed class SwallowedChargeFailure : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK2003",
        title: "A failed payment call goes on as if it had worked",
        message: "When '{0}' throws, only a log line remains and '{1}' goes on: the order counts as paid, or the refund as made; stop, or record the failure on the order",
        why: "A time-out or decline thrown by the gateway is swallowed and the code after it marks the order as paid, ships it, or closes the refund.");

    public SwallowedChargeFailure() : base(Risk)
    {
    }

    public override ImmutableArray<string> Supersedes { get; } = ImmutableArray.Create("RISK2013", "RISK4005");

    public override void Listen(RuleListener on) => on.Operation(Check, OperationKind.CatchClause);

    private static void Check(OperationVisit visit)
    {
        var clause = (ICatchClauseOperation)visit.Operation;
        if (clause.IsCancellation() || clause.Throws() || clause.Parent is not ITryOperation attempt)
            return;
        if (clause.Leaves() ? !AnswersSuccess(clause, visit.Member) : !clause.OnlyLogs() && !SetsSuccess(clause.Handler) && !(OnlyTells(clause) && GoesOnAsPaid(attempt)))
            return;
        if (attempt.Body.DescendantsInFunction().OfType<IInvocationOperation>().FirstOrDefault(Language.Payments.MovesMoney) is not { } charge)
            return;
        // Retry loops go round again; they are looked at for their own risk.
        if (clause.Ancestors().TakeWhile(ancestor => ancestor is not (IAnonymousFunctionOperation or ILocalFunctionOperation)).Any(ancestor => ancestor is IWhileLoopOperation or IForLoopOperation))
            return;
        if (clause.OnlyLogs() && IsAskedLater(attempt))
            return;
        visit.Report(((CatchClauseSyntax)clause.Syntax).CatchKeyword, charge.TargetMethod.Name, visit.Member.Name);
    }

    private static readonly HashSet<string> Worked = Words.SetOf("charged paid success succeeded ok captured refunded approved completed");

    private static readonly HashSet<string> Telling = Words.SetOf("send notify alert email track increment record");

    private static bool SetsSuccess(IOperation handler) => handler.DescendantsInFunction().Any(operation =>
        operation is ISimpleAssignmentOperation { Value: var value, Target: var target }
        && (target is IPropertyReferenceOperation or IFieldReferenceOperation && value.WithoutConversions() is IFieldReferenceOperation { Field.ContainingType.TypeKind: TypeKind.Enum } && Outcomes.IsSuccess(value)
            || value.ConstantValue is { HasValue: true, Value: true } && target.ReferencedSymbol() is { } flag && Words.ContainAny(flag.Name, Worked) && !Outcomes.SpeaksOfFailure(flag.Name)));

    // What the catch clause answers is what the caller hears when all went well. A check that says yes is another rule's.
    private static bool AnswersSuccess(ICatchClauseOperation clause, ISymbol member)
    {
        var answers = clause.Handler.DescendantsInFunction().OfType<IReturnOperation>().ToList();
        return answers.Count > 0 && !clause.Handler.DescendantsInFunction().Any(operation => operation is IBranchOperation) && answers.All(answer => answer.ReturnedValue?.AsAnswered() switch
        {
            IInvocationOperation { TargetMethod: { Name: "Ok" or "NoContent" or "Accepted" or "Created" or "CreatedAtAction" } } => true,
            IObjectCreationOperation { Type.Name: "OkResult" or "OkObjectResult" or "NoContentResult" or "AcceptedResult" } => true,
            { ConstantValue: { HasValue: true, Value: true } } => Polarities.Of(member.Name) != Polarity.Deny && Polarities.Of(member.Name) != Polarity.Allow,
            _ => false,
        });
    }

    // A mail to somebody records nothing on the order.
    private static bool OnlyTells(ICatchClauseOperation clause) => clause.Handler.Operations.All(statement => Catches.IsLogging(statement)
        || statement is IExpressionStatementOperation { Operation: var expression } && expression.WithoutAwait() is IInvocationOperation call && Words.Of(call.TargetMethod.Name) is [var verb, ..] && Telling.Contains(verb)
            && Words.ContainAny(call.TargetMethod.ContainingType?.Name ?? "", Channels));

    private static readonly HashSet<string> Channels = Words.SetOf("mailer mail email notifier notification notifications sms slack metrics telemetry alerts");

    private static bool GoesOnAsPaid(ITryOperation attempt) => attempt.Parent is IBlockOperation block
        && block.Operations.SkipWhile(statement => statement != attempt).Skip(1).Any(statement => statement.DescendantsInFunction().Any(Language.Payments.MarksSettled));

    // var result = ...; try { result = await Charge(); } catch { log } if (result is not { Success: true }) return ...
    private static bool IsAskedLater(ITryOperation attempt)
    {
        // A local that is set, or a result whose state is set, where the call came back; else it stays what it was.
        var set = attempt.Body.DescendantsInFunction().OfType<ISimpleAssignmentOperation>()
            .Select(assignment => assignment.Target is IPropertyReferenceOperation { Instance: ILocalReferenceOperation { Local: var result }, Property: var property } && Outcomes.IsOutcomeMember(property) && Outcomes.IsSuccess(assignment.Value) ? result : assignment.Target.ReferencedSymbol())
            .OfType<ILocalSymbol>().ToList();
        if (set.Count == 0 || attempt.Parent is not IBlockOperation block)
            return false;
        return block.Operations.SkipWhile(statement => statement != attempt).Skip(1).SelectMany(statement => statement.DescendantsInFunction()).Any(operation => operation is ILocalReferenceOperation { Local: var local }
            && set.Contains(local, SymbolEqualityComparer.Default) && operation.Ancestors().TakeWhile(ancestor => ancestor is not IBlockOperation).Any(ancestor =>
                ancestor is IConditionalOperation or ISwitchOperation or ISwitchExpressionOperation or IReturnOperation or ICoalesceOperation || ancestor is IArgumentOperation));
    }
}

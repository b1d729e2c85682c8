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
        if (clause.IsCancellation() || clause.Leaves() || clause.Parent is not ITryOperation attempt)
            return;
        if (!clause.OnlyLogs() && !SetsSuccess(clause.Handler))
            return;
        if (attempt.Body.DescendantsInFunction().OfType<IInvocationOperation>().FirstOrDefault(Language.Payments.MovesMoney) is not { } charge)
            return;
        // Retry loops go round again; they are looked at for their own risk.
        if (clause.Ancestors().TakeWhile(ancestor => ancestor is not (IAnonymousFunctionOperation or ILocalFunctionOperation)).Any(ancestor => ancestor is IWhileLoopOperation or IForLoopOperation))
            return;
        visit.Report(((CatchClauseSyntax)clause.Syntax).CatchKeyword, charge.TargetMethod.Name, visit.Member.Name);
    }

    private static bool SetsSuccess(IOperation handler) => handler.DescendantsInFunction().Any(operation =>
        operation is ISimpleAssignmentOperation { Value: var value, Target: IPropertyReferenceOperation or IFieldReferenceOperation }
        && value.WithoutConversions() is IFieldReferenceOperation { Field.ContainingType.TypeKind: TypeKind.Enum } && Outcomes.IsSuccess(value));
}

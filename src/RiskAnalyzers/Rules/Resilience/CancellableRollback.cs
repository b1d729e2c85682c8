using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Resilience;

/// <summary>A rollback or compensation that the request's own cancellation can stop.</summary>
internal sealed class CancellableRollback : RiskRule
{
    private static readonly HashSet<string> Verbs = Words.SetOf("rollback roll refund release compensate cancel void undo revert restore reverse unreserve return unlock reset mark fail");

    // What writes down that the work has failed, where the failure may be the cancellation itself.
    private static readonly HashSet<string> Recorders = Words.SetOf("save update persist record write insert upsert");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK5011",
        title: "A rollback can be cancelled by what made it necessary",
        message: "'{0}' undoes work or records its failure, but stops when '{1}' is cancelled, which may be why it runs: pass CancellationToken.None",
        why: "The customer closes the browser, the request is cancelled, the catch clause begins to undo the charge, and stops at once because its token is cancelled.");

    public CancellableRollback() : base(Risk)
    {
    }

    public override void Listen(RuleListener on) => on.Operation(Check, OperationKind.Invocation);

    private static void Check(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        var words = Words.Of(call.TargetMethod.Name);
        if (words.IsEmpty || !(Verbs.Contains(words[0]) ? IsInCleanUp(call) : Recorders.Contains(words[0]) && IsAfterCancellation(call)))
            return;
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Type.Name != "CancellationToken" || argument.ArgumentKind == ArgumentKind.DefaultValue || RequestToken(argument.Value) is not { } token)
                continue;
            visit.Report(argument.Syntax, call.TargetMethod.Name, token);
            return;
        }
    }

    private static bool IsInCleanUp(IOperation operation) => operation.Ancestors().TakeWhile(ancestor => ancestor is not (IAnonymousFunctionOperation or ILocalFunctionOperation))
        .Any(ancestor => ancestor is ICatchClauseOperation || ancestor.Parent is ITryOperation { Finally: { } last } && last == ancestor);

    // A clause that the cancellation itself may have led to: none before it takes it, and no filter keeps it out.
    private static bool IsAfterCancellation(IOperation operation)
    {
        foreach (var ancestor in operation.Ancestors())
        {
            switch (ancestor)
            {
                case IAnonymousFunctionOperation or ILocalFunctionOperation:
                    return false;
                case ICatchClauseOperation clause:
                    return clause.IsCancellation() || clause.IsCatchAll() && clause.Filter is null && clause.Parent is ITryOperation attempt
                        && !attempt.Catches.TakeWhile(other => other != clause).Any(Catches.IsCancellation)
                        && attempt.Body.DescendantsInFunction().Any(inner => inner is IParameterReferenceOperation { Type.Name: "CancellationToken" } or IPropertyReferenceOperation { Type.Name: "CancellationToken", Property.Name: not "None" } or IFieldReferenceOperation { Type.Name: "CancellationToken" });
            }
        }
        return false;
    }

    private static string? RequestToken(IOperation value) => value.WithoutConversions() switch
    {
        IParameterReferenceOperation parameter => parameter.Parameter.Name,
        IPropertyReferenceOperation { Property.Name: "RequestAborted" or "CancellationToken" or "ApplicationStopping" } property => property.Property.Name,
        IFieldReferenceOperation { Field.IsStatic: false } field => field.Field.Name,
        _ => null,
    };
}

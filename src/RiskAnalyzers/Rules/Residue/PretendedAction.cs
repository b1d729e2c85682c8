using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Residue;

/// <summary>A member that says it charges, refunds, sends or books, writes a line to the log at most, and answers that it did.</summary>
internal static class PretendedAction
{
    private static readonly HashSet<string> ActionVerbs = Words.SetOf(
        "charge capture refund pay void transfer payout settle debit withdraw send notify email publish ship dispatch book reserve cancel submit deliver upload fulfill process issue revoke block reverse release schedule create");

    private static readonly HashSet<string> CreatedNouns = Words.SetOf("payment charge refund shipment label payout invoice transfer intent subscription booking reservation");

    private static readonly HashSet<string> SilentTypes = Words.SetOf("null noop no fake mock stub dummy test tests console logging log debug dev development sample empty disabled memory inmemory simulator simulated sandbox");

    private static readonly HashSet<string> Helpers = Words.SetOf("delay yield fromresult newguid tostring concat format substring join isnullorempty isnullorwhitespace round abs getutcnow trim toupper tolower toupperinvariant tolowerinvariant next nextdouble wait configureawait throwifnull throwifnullorempty throwifnegativeorzero");

    /// <summary>What plays the work, or null where the member does some or promises none.</summary>
    public static IOperation? In(IOperation body, ISymbol member)
    {
        if (body is not IBlockOperation || member is not IMethodSymbol { MethodKind: MethodKind.Ordinary, IsVirtual: false, IsOverride: false, IsAbstract: false } method)
            return null;
        if (!PromisesWork(method) || Words.ContainAny(method.ContainingType.Name, SilentTypes))
            return null;
        var isStep = IsStepOfWebhook(method);
        IOperation? logged = null, success = null;
        foreach (var operation in body.DescendantsInFunction())
        {
            switch (operation)
            {
                case IInvocationOperation call when LogCalls.IsLog(call):
                    // The first lines of a webhook's step refuse what it cannot read.
                    logged = isStep ? call : logged ?? call;
                    break;
                case IInvocationOperation call when !IsHelper(call):
                case IAssignmentOperation assignment when !IsOwn(assignment.Target):
                case IIncrementOrDecrementOperation or ILoopOperation or IAnonymousFunctionOperation or ILocalFunctionOperation or IDynamicInvocationOperation or IUsingOperation or ILockOperation:
                    return null;
                case IReturnOperation { ReturnedValue: { } returned } when IsSuccess(returned):
                    success ??= returned;
                    break;
            }
        }
        return method.ReturnType.AwaitedType() is null ? logged : success;
    }

    private static bool PromisesWork(IMethodSymbol method)
    {
        var words = Words.Of(method.Name);
        // A message that is taken from its queue and only written down is gone.
        return MessageConsumers.Are(method) || IsStepOfWebhook(method) || words.Length > 0 && ActionVerbs.Contains(words[0]) && (words[0] != "create" || words.Skip(1).Any(CreatedNouns.Contains))
            && method.Parameters.Any(parameter => parameter.Type.Name != "CancellationToken");
    }

    private static readonly HashSet<string> Arrivals = Words.SetOf("dispute disputed chargeback refund refunded failed failure succeeded completed paid captured expired canceled cancelled");

    // HandleChargeDispute(Event stripeEvent) in StripeWebhookService: the provider is told that it was handled.
    private static bool IsStepOfWebhook(IMethodSymbol method) => Words.Of(method.Name) is ["handle" or "process" or "on", ..] words && words.HaveAny(Arrivals) && (Words.ContainAny(method.ContainingType.Name, Webhooks) || Words.ContainSequence(method.ContainingType.Name, "web", "hook"))
        && method.Parameters.Any(parameter => parameter.Type.Name != "CancellationToken");

    private static readonly HashSet<string> Webhooks = Words.SetOf("webhook webhooks ipn callback callbacks");

    private static bool IsHelper(IInvocationOperation call) =>
        Helpers.Contains(call.TargetMethod.Name.ToLowerInvariant()) || call.TargetMethod.IsStatic && Outcomes.IsSuccess(call)
        || call.TargetMethod.IsStatic && call.TargetMethod.Name is "Failure" or "Fail" or "Failed" or "Error";

    // A local, or a member of the object that is being made.
    private static bool IsOwn(IOperation target) => target is ILocalReferenceOperation or IDiscardOperation or IDeclarationExpressionOperation
        || target is IMemberReferenceOperation { Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } };

    private static bool IsSuccess(IOperation returned)
    {
        returned = returned.WithoutAwait();
        if (returned is IInvocationOperation { TargetMethod.Name: "FromResult", Arguments: [var wrapped] })
            returned = wrapped.Value.WithoutConversions();
        return returned.ConstantValue is { HasValue: true, Value: true } || returned is ITupleOperation { Elements: [var first, ..] } && first.ConstantValue is { HasValue: true, Value: true } || Outcomes.IsSuccess(returned);
    }
}

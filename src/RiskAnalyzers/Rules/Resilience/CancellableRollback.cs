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
        title: "Work that must be finished can be cancelled",
        message: "'{0}' {1}, but stops when '{2}' is cancelled{3}: pass CancellationToken.None",
        why: "The customer closes the browser, the request is cancelled, the catch clause begins to undo the charge, and stops at once because its token is cancelled.");

    public CancellableRollback() : base(Risk)
    {
    }

    public override void Listen(RuleListener on) => on.Operation(Check, OperationKind.Invocation);

    private static void Check(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        var words = Words.Of(call.TargetMethod.Name);
        if (words.IsEmpty)
            return;
        var undoes = Verbs.Contains(words[0]) ? IsInCleanUp(call) : Recorders.Contains(words[0]) && IsAfterCancellation(call) || Closers.Contains(words[0]) && IsInCancellation(call);
        var moved = undoes || !Recorders.Contains(words[0]) && words[0] != "commit" && words[0] != "complete" ? null : MovedBefore(call, visit);
        if (!undoes && moved is null)
            return;
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Type.Name != "CancellationToken" || argument.ArgumentKind == ArgumentKind.DefaultValue || RequestToken(argument.Value) is not { } token)
                continue;
            if (undoes)
                visit.Report(argument.Syntax, call.TargetMethod.Name, "undoes work or records its failure", token, ", which may be why it runs");
            else
                visit.Report(argument.Syntax, call.TargetMethod.Name, $"records what '{moved!.TargetMethod.Name}' has done {(IsSentOut(moved) ? "outside" : "with the money")} already", token, "");
            return;
        }
    }

    // The money has moved: the first save behind the call is what the shop will know of it.
    private static IInvocationOperation? MovedBefore(IInvocationOperation save, OperationVisit visit)
    {
        if ((Persistence.In(visit.Facts).Of(save) & DataReach.Save) == 0 || visit.Member.ContainingType is { } type && type.AllInterfaces.Any(contract => contract.Name == "IHostedService"))
            return null;
        IInvocationOperation? moved = null;
        foreach (var operation in save.EnclosingFunction().DescendantsInFunction())
        {
            if (operation.Syntax.SpanStart >= save.Syntax.SpanStart)
                break;
            if (operation is not IInvocationOperation call || call.Syntax.Span.Contains(save.Syntax.Span))
                continue;
            if ((IsCharged(call) || IsSentOut(call)) && !IsRefused(call, save))
                moved = call;
            // An earlier save speaks for those that follow.
            else if (moved is not null && (Persistence.In(visit.Facts).Of(call) & DataReach.Save) != 0 && LeadsTo(call, save))
                return null;
        }
        return moved;
    }

    // Awaited, so that it is done with when the save comes; a save of the product's own is another record.
    private static bool IsCharged(IInvocationOperation call) => Language.Payments.MovesMoney(call) && call.Syntax.FirstAncestorOrSelf<AwaitExpressionSyntax>() is not null && call.TargetMethod.ContainingType is { TypeKind: TypeKind.Interface } or { DeclaringSyntaxReferences.IsEmpty: true };

    // courier.CreateOrderAsync(order, token): a parcel is booked, and its number stands nowhere yet.
    private static bool IsSentOut(IInvocationOperation call) => call.TargetMethod.ContainingType is { TypeKind: TypeKind.Interface, Name: var service } && Words.Of(service) is [.., "service" or "client" or "gateway" or "provider" or "carrier" or "courier" or "api"] words && words.HaveAny(Carriers)
        && Words.Of(call.TargetMethod.Name) is ["create" or "submit" or "book" or "dispatch" or "mark" or "cancel" or "request" or "schedule" or "order", ..] && call.Syntax.FirstAncestorOrSelf<AwaitExpressionSyntax>() is not null && call.Type.AwaitedType() is { SpecialType: SpecialType.None, TypeKind: TypeKind.Class };

    private static readonly HashSet<string> Carriers = Words.SetOf("delivery courier carrier parcel parcels logistics dhl fedex ups aramex shippo quiqup");

    // In the branch that found out that nothing was charged there is nothing to lose.
    private static bool IsRefused(IInvocationOperation call, IOperation save) => save.Ancestors().Any(ancestor => ancestor is ICatchClauseOperation clause && clause.Parent is ITryOperation attempt && attempt.Body.Syntax.Span.Contains(call.Syntax.Span)
        || ancestor is IConditionalOperation { Condition: IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } } choice && choice.WhenTrue.Syntax.Span.Contains(save.Syntax.Span) && choice.Syntax.SpanStart > call.Syntax.SpanStart);

    private static bool LeadsTo(IOperation first, IOperation second) => first.Ancestors().TakeWhile(ancestor => !ancestor.Syntax.Span.Contains(second.Syntax.Span)).All(ancestor => ancestor is not (IConditionalOperation or ICatchClauseOperation or ISwitchCaseOperation));

    private static readonly HashSet<string> Closers = Words.SetOf("complete log set change end close finish");

    private static bool IsInCancellation(IOperation operation) => operation.Ancestors().TakeWhile(ancestor => ancestor is not (IAnonymousFunctionOperation or ILocalFunctionOperation)).OfType<ICatchClauseOperation>().FirstOrDefault() is { Filter: null } clause && clause.IsCancellation();

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

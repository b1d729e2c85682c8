using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Data;

/// <summary>A mail or other notice that is sent after the save it tells of, and whose failure the caller takes for a failure of the whole.</summary>
internal sealed class FailingNotice : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK6016",
        title: "A notice that fails makes what is saved look failed",
        message: "'{0}' comes after '{1}' in line {2} has saved: when the mail server or the hub is down, the caller is told that it all failed and does it again; catch and log what goes wrong here, or send it from an outbox",
        why: "The order is placed and paid, the mail server answers late, and the shop shows an error page. The customer orders a second time, and what should have followed the mail never runs.",
        severity: DiagnosticSeverity.Info);

    private static readonly HashSet<string> Notices = Words.SetOf("mail mails email emails mailer sms smtp notification notifications notifier notify push hub whatsapp telegram slack");

    private static readonly HashSet<string> Verbs = Words.SetOf("send notify email mail push broadcast");

    // What is put somewhere to be sent later cannot fail like this.
    private static readonly HashSet<string> Later = Words.SetOf("queue queued enqueue outbox bus publisher background job jobs scheduler channel event events mediator repository logger log");

    public FailingNotice() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        var persistence = Persistence.In(on.Facts);
        on.Operation(visit => Check(visit, persistence), OperationKind.Invocation);
    }

    private static void Check(OperationVisit visit, Persistence persistence)
    {
        var notice = (IInvocationOperation)visit.Operation;
        if (!IsNotice(notice) || !IsWaitedFor(notice) || IsOfOtherKind(visit.Member))
            return;
        var function = notice.EnclosingFunction();
        if (function is IAnonymousFunctionOperation && function.Syntax.Parent is ArgumentSyntax && !IsEndpoint(function))
            return;
        IInvocationOperation? save = null;
        foreach (var operation in function.DescendantsInFunction())
        {
            if (operation.Syntax.SpanStart >= notice.Syntax.SpanStart)
                break;
            if (operation is not IInvocationOperation call || call.Syntax.Span.Contains(notice.Syntax.Span))
                continue;
            // The first notice speaks for those that follow.
            if (save is not null && IsNotice(call))
                return;
            if ((persistence.Of(call) & (DataReach.Save | DataReach.Remote)) == DataReach.Save && !DataLibraries.IsNamedAsRead(call.TargetMethod) && !IsNotice(call))
                save = call;
        }
        if (save is null || !HoldsFor(save, notice) || IsForgiven(notice, save) || persistence.Implementations(notice.TargetMethod).Any(Forgives))
            return;
        visit.Report(notice, notice.TargetMethod.Name, save.TargetMethod.Name, save.Syntax.GetLocation().GetLineSpan().StartLinePosition.Line + 1);
    }

    // emails.SendOrderConfirmationAsync(...), hub.Clients.All.SendAsync(...), notifications.NotifyAdminsAsync(...)
    private static bool IsNotice(IInvocationOperation call)
    {
        if (Words.Of(call.TargetMethod.Name) is not [var verb, ..] words || !Verbs.Contains(verb) || words.HaveAny(Later))
            return false;
        if (call.TargetMethod.ContainingType is not { } owner || Words.ContainAny(owner.Name, Later))
            return false;
        return Words.ContainAny(owner.Name, Notices) || owner.Name is "IClientProxy" or "ClientProxyExtensions" or "SmtpClient" || words.HaveAny(Notices) && call.Instance is not null and not IInstanceReferenceOperation;
    }

    private static bool IsWaitedFor(IInvocationOperation call)
    {
        IOperation value = call;
        while (value.Parent is IConversionOperation or IConditionalAccessOperation || value.Parent is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" })
            value = value.Parent;
        return value.Parent is IAwaitOperation || call.Type?.SpecialType is SpecialType.System_Void && value.Parent is IExpressionStatementOperation;
    }

    private static readonly HashSet<string> Others = Words.SetOf("job worker consumer background hosted seeder cleanup reminder handler");

    // Here the notice is all that was asked for.
    private static readonly HashSet<string> Purposes = Words.SetOf("forgot forgotten resend notify remind invite");

    // What nobody waits for is told nobody that it failed. A handler of a command has its caller.
    private static bool IsOfOtherKind(ISymbol member) => member.ContainingType is not { } type || Words.ContainAny(type.Name, Notices) || Words.ContainAny(member.Name, Purposes) || Words.ContainAny(type.Name, Purposes) || Words.Of(type.Name) is [.., var last] words && Others.Contains(last) && !(last == "handler" && !words.Contains("event") && !words.Contains("notification"))
        || member is IMethodSymbol { Parameters: [{ Type.Name: var message }, ..] } && Words.Of(message) is [.., "event" or "notification"];

    private static bool IsEndpoint(IOperation lambda) => lambda.Ancestor<IInvocationOperation>() is { TargetMethod.Name: var name } && name.StartsWith("Map", StringComparison.Ordinal);

    // The save of another branch, or of what is done where it failed, is none that came before.
    private static bool HoldsFor(IOperation save, IOperation notice)
    {
        foreach (var ancestor in save.Ancestors())
        {
            if (ancestor.Syntax.Span.Contains(notice.Syntax.Span))
                return !(ancestor is IConditionalOperation or ISwitchOperation) && !notice.Ancestors().TakeWhile(each => each != ancestor).Any(each => each is ICatchClauseOperation || Leaves(each));
            if (ancestor is ICatchClauseOperation || ancestor is IConditionalOperation { WhenTrue: var branched } && Flow.Leaves(branched))
                return false;
        }
        return false;
    }

    private static bool Leaves(IOperation branch) => branch is IConditionalOperation { Syntax: IfStatementSyntax, WhenTrue: var inside } && Flow.Leaves(inside) && inside.DescendantsAndSelf().Any(each => each is IThrowOperation);

    // try { await emails.SendAsync(...); } catch (Exception e) { log.LogWarning(e, ...); } after the save.
    private static bool IsForgiven(IOperation notice, IOperation save)
    {
        foreach (var ancestor in notice.Ancestors())
        {
            if (ancestor is ITryOperation attempt && attempt.Body.Syntax.Span.Contains(notice.Syntax.Span) && !attempt.Syntax.Span.Contains(save.Syntax.Span) && attempt.Catches.Any(IsForAll))
                return true;
            // What fails here is answered as it is: with a success all the same.
            if (ancestor is ITryOperation whole && whole.Body.Syntax.Span.Contains(notice.Syntax.Span) && whole.Catches.Any(clause => IsForAll(clause) && !clause.Handler.Descendants().Any(each => each is IThrowOperation or IReturnOperation)))
                return true;
        }
        return false;
    }

    private static bool IsForAll(ICatchClauseOperation clause) => clause.ExceptionType is null or { Name: "Exception" or "Object" } && clause.Filter is null && !clause.Handler.Descendants().Any(each => each is IThrowOperation);

    // The sender catches for itself, or only writes down what is to be sent.
    private static bool Forgives(IMethodSymbol sender) => sender.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax().DescendantNodes().Any(node => node switch
    {
        CatchClauseSyntax { Declaration: null or { Type: IdentifierNameSyntax { Identifier.ValueText: "Exception" } } } clause => !clause.DescendantNodes().Any(each => each is ThrowStatementSyntax or ThrowExpressionSyntax),
        IdentifierNameSyntax { Identifier.ValueText: var name } => name is "Task" ? false : Words.ContainAny(name, Storing) || name is "Add" or "AddAsync" or "LogInformation",
        _ => false,
    }));

    private static readonly HashSet<string> Storing = Words.SetOf("queue enqueue channel outbox writer background hangfire");
}

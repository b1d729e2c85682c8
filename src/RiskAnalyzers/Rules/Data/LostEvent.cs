using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Data;

/// <summary>An event that is published after the save it tells of, with nothing that publishes it when the process ends in between.</summary>
internal sealed class LostEvent : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK6012",
        title: "An event may be lost after its change is saved",
        message: "'{0}' tells others what '{1}' in line {2} has saved: a crash or a broker that is down in between leaves them with the old state for ever; write the event with the change, into an outbox",
        why: "The order is saved, the process is restarted, the event is never sent: stock is not reduced, nothing is shipped, and nobody sees an error.",
        severity: DiagnosticSeverity.Info);

    public LostEvent() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        var persistence = Persistence.In(on.Facts);
        on.Operation(visit => Check(visit, persistence), OperationKind.Invocation);
    }

    private static void Check(OperationVisit visit, Persistence persistence)
    {
        var publish = (IInvocationOperation)visit.Operation;
        if (!Brokers.Publishes(publish) || Brokers.HasOutbox(visit.Compilation))
            return;
        IInvocationOperation? save = null;
        foreach (var operation in publish.EnclosingFunction().DescendantsInFunction())
        {
            if (operation.Syntax.SpanStart >= publish.Syntax.SpanStart)
                break;
            if (operation is not IInvocationOperation call || call.Syntax.Span.Contains(publish.Syntax.Span) || call.Ancestor<ISwitchCaseOperation>() is { } other && !other.Syntax.Span.Contains(publish.Syntax.Span))
                continue;
            // The first event speaks for those that follow.
            if (save is not null && Brokers.Publishes(call))
                return;
            if ((persistence.Of(call) & (DataReach.Save | DataReach.Remote)) == DataReach.Save && !DataLibraries.IsNamedAsRead(call.TargetMethod))
                save = call;
        }
        if (save is not null)
            visit.Report(publish, publish.TargetMethod.Name, save.TargetMethod.Name, save.Syntax.GetLocation().GetLineSpan().StartLinePosition.Line + 1);
    }
}

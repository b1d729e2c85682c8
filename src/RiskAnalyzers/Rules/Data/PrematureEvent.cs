using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Data;

/// <summary>An event that is published before the save of the change it tells of.</summary>
internal sealed class PrematureEvent : RiskRule
{
    private static readonly HashSet<string> Registering = Words.SetOf("add update remove attach insert delete");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK6017",
        title: "An event goes out before its change is saved",
        message: "'{0}' tells others of a change that only '{1}' in line {2} saves: where that fails they act on what never happened; save first, or write the event with the change, into an outbox",
        why: "The event says that the stock is gone or the order is paid. Then the save fails, and every other service goes on with what this one has rolled back.");

    public PrematureEvent() : base(Risk)
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
        if (!Brokers.Publishes(publish) || Brokers.WaitsInOutbox(visit.Compilation))
            return;
        var told = Told(publish);
        if (told.Count == 0)
            return;
        var changed = false;
        foreach (var operation in publish.EnclosingFunction().DescendantsInFunction())
        {
            if (operation.Syntax.SpanStart < publish.Syntax.SpanStart)
            {
                changed |= Changes(operation, told);
                // What was saved already, and an event before this one, are other findings.
                if (operation is IInvocationOperation earlier && !earlier.Syntax.Span.Contains(publish.Syntax.Span) && IsOnTheWay(earlier, publish) && (Saves(earlier, persistence) || Brokers.Publishes(earlier)))
                    return;
                continue;
            }
            if (operation is not IInvocationOperation save || !Saves(save, persistence) || !IsOnTheWay(save, publish) || !(changed && EntityFramework.IsSaveChanges(save) || save.Arguments.Any(argument => told.Contains(argument.Value.WithoutConversions().ReferencedSymbol(), SymbolEqualityComparer.Default))))
                continue;
            visit.Report(publish, publish.TargetMethod.Name, save.TargetMethod.Name, save.Syntax.GetLocation().GetLineSpan().StartLinePosition.Line + 1);
            return;
        }
    }

    private static bool Saves(IInvocationOperation call, Persistence persistence) =>
        (persistence.Of(call) & (DataReach.Save | DataReach.Remote)) == DataReach.Save && !DataLibraries.IsNamedAsRead(call.TargetMethod) && !Brokers.Publishes(call);

    // The things whose values the message carries.
    private static HashSet<ISymbol> Told(IInvocationOperation publish)
    {
        var told = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var argument in publish.Arguments)
        {
            foreach (var part in argument.Value.DescendantsAndSelf())
            {
                if (part is ILocalReferenceOperation or IParameterReferenceOperation && part.Type is { IsReferenceType: true, SpecialType: SpecialType.None } && part.ReferencedSymbol() is { } thing)
                    told.Add(thing);
            }
        }
        return told;
    }

    // order.Status = Paid; db.Orders.Add(order); order.Cancel();
    private static bool Changes(IOperation operation, HashSet<ISymbol> told) => operation switch
    {
        IAssignmentOperation { Target: IPropertyReferenceOperation { Instance: { } owner } } => Is(owner, told),
        IInvocationOperation { TargetMethod: { Name: var name } } call when Words.Of(name) is [var verb, ..] && Registering.Contains(verb) => call.Arguments.Any(argument => Is(argument.Value, told)),
        IInvocationOperation { Instance: { } owner, Type.SpecialType: SpecialType.System_Void } => Is(owner, told),
        _ => false,
    };

    private static bool Is(IOperation value, HashSet<ISymbol> told) => value.WithoutConversions().ReferencedSymbol() is { } symbol && told.Contains(symbol);

    // Whether one run of the code reaches both: neither stands in a case, branch or catch of its own that the other is left by.
    private static bool IsOnTheWay(IOperation other, IInvocationOperation publish)
    {
        for (var part = other; part?.Parent is { } parent && !part.Syntax.Span.Contains(publish.Syntax.Span); part = parent)
        {
            if (part is ISwitchCaseOperation or ICatchClauseOperation or ISwitchExpressionArmOperation || parent is IConditionalOperation { WhenFalse: { } otherwise } choice && (part == choice.WhenTrue || part == otherwise) && choice.Syntax.Span.Contains(publish.Syntax.Span))
                return false;
        }
        for (IOperation? part = publish; part?.Parent is { } parent && !part.Syntax.Span.Contains(other.Syntax.Span); part = parent)
        {
            if (part is ISwitchCaseOperation or ICatchClauseOperation or ISwitchExpressionArmOperation)
                return false;
            // if (missing) { await bus.Publish(new Rejected(...)); return; }
            if (part is IBlockOperation block && block.Operations.Any(statement => statement.Syntax.SpanStart > publish.Syntax.SpanStart && statement is IReturnOperation or IBranchOperation or IExpressionStatementOperation { Operation: IThrowOperation }))
                return false;
        }
        return true;
    }
}

using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Data;

/// <summary>Two saves that belong together, with no transaction around them.</summary>
internal sealed class SplitSave : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK6001",
        title: "Two saves without a transaction",
        message: "'{0}' saves a second time what belongs to '{1}' in line {2}: a crash or an error in between leaves half of it; save once, or begin a transaction around both",
        why: "The debit is saved, the credit is not. Nobody notices until the books are closed, and no log says which half is missing.",
        severity: DiagnosticSeverity.Info);

    public SplitSave() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        var persistence = Persistence.In(on.Facts);
        on.Operation(visit => Check(visit, persistence), OperationKind.Invocation);
    }

    private const int Dozens = 24;

    private static void Check(OperationVisit visit, Persistence persistence)
    {
        var second = (IInvocationOperation)visit.Operation;
        if (!Saves(second, persistence) || Preparation.Is(visit.Member) || Words.Of(visit.Member.ContainingType?.Name ?? "") is [.., "hook"])
            return;
        var function = second.EnclosingFunction();
        // A member that saves dozens of times is a script, whose every save stands for itself; looking at all pairs of them is dear, too.
        if (function.DescendantsInFunction().OfType<IInvocationOperation>().Where(call => Saves(call, persistence)).Take(Dozens).Count() == Dozens)
            return;
        if (First(second, function, persistence) is not { } first || First(first, function, persistence) is not null || KeepsOnlyWhatMayRunAgain(first, function))
            return;
        if (RepeatedSaves.Are(first, second, function) || !WeightyWrites.Follow(first, second, function) || Transactions.Enclose(second) || IsDeferred(second) || IsTransactional(visit.Member) || HasTransactionPipeline(visit))
            return;
        visit.Report(second, second.TargetMethod.Name, first.TargetMethod.Name, first.Syntax.GetLocation().GetLineSpan().StartLinePosition.Line + 1);
    }

    private static bool Saves(IInvocationOperation call, Persistence persistence) =>
        !DataLibraries.IsNamedAsRead(call.TargetMethod) && persistence.Of(call) is var reach && (reach & DataReach.Save) != 0 && (reach & DataReach.Remote) == 0 && (DataLibraries.Reach(call) != DataReach.None || (persistence.Near(call.TargetMethod) & DataReach.Save) != 0) && !AsideWrites.Are(call) && !RepeatedSaves.Is(call) && !Language.Payments.MovesMoney(call);

    // The nearest save before it on the same way, unless the outside world was told something in between: then the first is the
    // row that says so, and the second the answer.
    private static IInvocationOperation? First(IInvocationOperation second, IOperation function, Persistence persistence)
    {
        IInvocationOperation? first = null;
        var changes = false;
        foreach (var operation in function.DescendantsInFunction())
        {
            if (operation.Syntax.SpanStart >= second.Syntax.SpanStart || operation.Syntax.Span.Contains(second.Syntax.Span))
                continue;
            if (operation is not IInvocationOperation call)
            {
                changes |= operation is IAssignmentOperation { Target: IMemberReferenceOperation } or IIncrementOrDecrementOperation { Target: IMemberReferenceOperation };
            }
            else if (AsideWrites.TellOutside(call, persistence))
            {
                first = null;
            }
            else if (Saves(call, persistence) && !second.Syntax.Span.Contains(call.Syntax.Span))
            {
                if (!AreOnOneWay(call, second))
                    continue;
                first = call;
                changes = false;
            }
            else
            {
                changes |= ChangesSomething(call);
            }
        }
        if (first is null)
            return null;
        // A context has to have something new to save; a store is given what it saves.
        if (EntityFramework.IsSaveChanges(second))
            return changes && (!EntityFramework.IsSaveChanges(first) || IsSameContext(first, second)) ? first : null;
        return HasContent(first) && HasContent(second) ? first : null;
    }

    // await db.BumpRevisionAsync(id); await db.SaveChangesAsync();
    private static bool KeepsOnlyWhatMayRunAgain(IInvocationOperation first, IOperation function)
    {
        if (!EntityFramework.IsSaveChanges(first))
            return false;
        var calls = function.DescendantsInFunction().OfType<IInvocationOperation>().Where(call => call.Syntax.SpanStart < first.Syntax.SpanStart).ToList();
        return calls.Any(RepeatedSaves.Is) && !calls.Any(ChangesSomething)
            && !function.DescendantsInFunction().Any(operation => operation is IAssignmentOperation { Target: IMemberReferenceOperation } or IIncrementOrDecrementOperation { Target: IMemberReferenceOperation } && operation.Syntax.SpanStart < first.Syntax.SpanStart);
    }

    private static bool ChangesSomething(IInvocationOperation call) => Words.Of(call.TargetMethod.Name) is ["add" or "remove" or "update" or "attach" or "set" or "mark" or "apply" or "cancel" or "complete" or "increase" or "decrease" or "reserve", ..];

    private static bool IsSameContext(IInvocationOperation first, IInvocationOperation second) => SymbolEqualityComparer.Default.Equals(first.Instance.ReferencedSymbol(), second.Instance.ReferencedSymbol());

    private static bool HasContent(IInvocationOperation call) => EntityFramework.IsSaveChanges(call) || call.Arguments.Any(argument => argument.ArgumentKind != ArgumentKind.DefaultValue && argument.Parameter?.Type.Name != "CancellationToken");

    // Not in branches that exclude each other, and the first does not lead out of the function.
    private static bool AreOnOneWay(IOperation first, IOperation second)
    {
        for (var (child, ancestor) = (first, first.Parent); ancestor is not null; (child, ancestor) = (ancestor, ancestor.Parent))
        {
            if (ancestor.Syntax.Span.Contains(second.Syntax.Span))
            {
                return ancestor switch
                {
                    IConditionalOperation conditional => child == conditional.Condition,
                    ISwitchOperation selection => child == selection.Value,
                    ISwitchExpressionOperation selection => child == selection.Value,
                    ITryOperation attempt => !attempt.Catches.Any(clause => clause.Syntax.Span.Contains(second.Syntax.Span)),
                    _ => true,
                };
            }
            // What breaks out of a switch goes on behind it.
            if (ancestor is IBlockOperation { Operations: [.., IBranchOperation { BranchKind: BranchKind.Break }], Parent: ISwitchCaseOperation })
                continue;
            if (ancestor is IReturnOperation or IThrowOperation or ICatchClauseOperation or IBlockOperation { Operations: [.., IReturnOperation or IBranchOperation or IThrowOperation or IExpressionStatementOperation { Operation: IThrowOperation }] })
                return false;
        }
        return true;
    }

    // A scope of the product's own that commits at its end.
    private static bool IsDeferred(IOperation operation) => operation.Ancestors().Any(ancestor => ancestor is IUsingOperation { Resources: var resources }
        && resources.DescendantsAndSelf().OfType<IObjectCreationOperation>().Any(creation => creation.Type is { } type && Words.Of(type.Name) is [.., "scope"] && creation.Syntax.ToString().IndexOf("commit", StringComparison.OrdinalIgnoreCase) >= 0));

    private static bool IsTransactional(ISymbol member) => member.GetAttributes().Concat(member.ContainingType?.GetAttributes() ?? ImmutableArray<AttributeData>.Empty)
        .Any(attribute => attribute.AttributeClass is { } type && (Words.Of(type.Name).Any(word => word.StartsWith("transact", StringComparison.Ordinal)) || EntityFramework.IsUnitOfWork(type)));

    // A pipeline behaviour or filter of the product runs every handler in a transaction.
    private static bool HasTransactionPipeline(OperationVisit visit) => Pipelines.GetValue(visit.Compilation, compilation => new(DeclaredTypes.In(compilation).All.Any(type =>
        Words.Of(type.Name) is [.., "behavior" or "behaviour" or "middleware" or "filter" or "decorator" or "interceptor"] words && words.Any(word => word is "transaction" or "transactional" or "work")))).Value;

    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<Compilation, Answer> Pipelines = new();

    private sealed class Answer
    {
        public Answer(bool value) => Value = value;

        public bool Value { get; }
    }
}

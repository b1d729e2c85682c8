using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Data;

/// <summary>A database or another service is asked once for each element of a loop.</summary>
internal sealed class CallInLoop : RiskRule
{
    // Loops that go round for another reason than one element after the other.
    internal static readonly HashSet<string> Rounds = Words.SetOf("attempt attempts retry retries tries page pages paging offset skip batch batches chunk chunks slice bucket shard retrycount");

    // What fills the shop once, or moves data from one place to another.
    private static readonly HashSet<string> Pulls = Words.SetOf("TryDequeue Dequeue TryTake TryPop Pop Read ReadAsync MoveNext");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK6002",
        title: "A database or service call for each element",
        message: "'{0}' {1} for each element of the loop: {2}",
        why: "Ten lines in the cart are ten round trips, a thousand products are a thousand. A failure in the middle leaves half of the order written.",
        severity: DiagnosticSeverity.Info);

    public CallInLoop() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        var persistence = Persistence.In(on.Facts);
        on.Operation(visit => Check(visit, persistence), OperationKind.Invocation);
    }

    private static void Check(OperationVisit visit, Persistence persistence)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (Loops.Around(call) is not { } loop || !GoesByElement(loop, call))
            return;
        var kind = KindOf(call, loop, persistence);
        if (kind == DataReach.None || IsAddressed(call.TargetMethod) || TameLoops.Have(call, loop, visit.Member) || Preparation.Is(visit.Member) || kind == DataReach.Save && (TameLoops.SaveEachOnItsOwn(call, loop, persistence) || RepeatedSaves.Is(call)) || TameLoops.AskACache(call, loop, persistence))
            return;
        // The first of its kind speaks for the loop.
        if (Before(call, loop).Any(earlier => KindOf(earlier, loop, persistence) == kind))
            return;
        var (does, instead) = kind switch
        {
            DataReach.Save => ("saves", "a failure in the middle leaves half of it written; save once, after the loop"),
            DataReach.Remote => ("calls another service", "the loop takes as long as all answers together; ask for all of them at once"),
            _ => ("queries the database", "the loop takes as long as all round trips together; load what it needs before, with one query"),
        };
        visit.Report(call, call.TargetMethod.Name, does, instead);
    }

    private static DataReach KindOf(IInvocationOperation call, IOperation loop, Persistence persistence)
    {
        var reach = persistence.Of(call);
        if (reach == DataReach.None)
            return DataReach.None;
        if (DataLibraries.Reach(call) == DataReach.None)
        {
            // A service of another project may ask a database or a cache: nobody can tell from here.
            if (Words.Of(call.TargetMethod.ContainingType.Name) is [.., "service"] && !persistence.Implementations(call.TargetMethod).Any())
                return DataReach.None;
            reach &= persistence.Near(call.TargetMethod);
            if (reach == DataReach.None)
                return DataReach.None;
        }
        if ((reach & DataReach.Save) != 0 && !DataLibraries.IsNamedAsRead(call.TargetMethod))
            return EntityFramework.IsSaveChanges(call) || DependsOn(call, loop) ? DataReach.Save : DataReach.None;
        if (!DependsOn(call, loop))
            return DataReach.None;
        return (reach & ~DataReach.Remote) != 0 ? DataReach.Query : DataReach.Remote;
    }

    private static bool GoesByElement(IOperation loop, IInvocationOperation call)
    {
        switch (loop)
        {
            // A stream is consumed message by message.
            case IForEachLoopOperation each:
                return !each.IsAsynchronous && !SpeaksOfRounds(each.Collection) && each.Locals.All(local => !Words.ContainAny(local.Name, Rounds)) && !IsFixed(each.Collection);
            case IForLoopOperation { Condition: { } condition } counted:
                return !SpeaksOfRounds(condition) && !counted.AtLoopBottom.Any(SpeaksOfRounds) && condition.Descendants().Any(operation => operation is IPropertyReferenceOperation { Property.Name: "Count" or "Length" });
            case IWhileLoopOperation { Condition: { } condition }:
                return condition.DescendantsAndSelf().Any(operation => operation is IInvocationOperation { TargetMethod.Name: var name } && Pulls.Contains(name)) && !SpeaksOfRounds(condition) || IsDrain(condition, loop);
            // Tasks that a Select makes are awaited together.
            case IInvocationOperation { TargetMethod: { ContainingType.Name: var type, Name: var name } }:
                return type == "List" && name == "ForEach" || type == "Enumerable" && call.Type.AwaitedType() is { } result && SymbolEqualityComparer.Default.Equals(result, call.Type);
            default:
                return false;
        }
    }

    // while (queue.Count > 0) { var next = queue.Dequeue(); ... }
    private static bool IsDrain(IOperation condition, IOperation loop) => condition.DescendantsAndSelf().Any(operation => operation is IPropertyReferenceOperation { Property.Name: "Count" } or IInvocationOperation { TargetMethod.Name: "Any" })
        && loop.Descendants().Any(operation => operation is IInvocationOperation { TargetMethod.Name: "Dequeue" or "Pop", Instance.Type.Name: "Queue" or "Stack" or "PriorityQueue" });

    private static bool SpeaksOfRounds(IOperation operation) => operation.DescendantsAndSelf().Any(part => part.ReferencedSymbol() is { } symbol && Words.ContainAny(symbol.Name, Rounds));

    // A handful of literals: new[] { "EUR", "USD" }
    private static bool IsFixed(IOperation collection)
    {
        collection = collection.WithoutConversions();
        if (collection is ILocalReferenceOperation { Local: var local })
            collection = WholeTables.OnlyValue(collection, local)?.WithoutConversions() ?? collection;
        return collection is IArrayCreationOperation { Initializer.ElementValues: var elements } && elements.All(element => element.ConstantValue.HasValue || element is IFieldReferenceOperation { Field.IsStatic: true })
            || collection is IFieldReferenceOperation { Field: { IsStatic: true, IsReadOnly: true } } || collection.Syntax is CollectionExpressionSyntax
            || collection is IInvocationOperation { TargetMethod: { Name: "GetValues" or "GetNames", ContainingType.Name: "Enum" } };
    }

    // The element, or something that the body made of it, goes into the call.
    private static bool DependsOn(IInvocationOperation call, IOperation loop) => call.DescendantsAndSelf().Any(operation => operation switch
    {
        ILocalReferenceOperation { Local: var local } => local.DeclaringSyntaxReferences.Any(reference => loop.Syntax.Span.Contains(reference.Span) && !call.Syntax.Span.Contains(reference.Span)),
        IParameterReferenceOperation { Parameter: var parameter } => parameter.DeclaringSyntaxReferences.Any(reference => loop.Syntax.Span.Contains(reference.Span) && !call.Syntax.Span.Contains(reference.Span)),
        _ => false,
    });

    // A mail or message goes to one at a time, however it is sent.
    private static bool IsAddressed(IMethodSymbol method) => Words.Of(method.Name) is ["send" or "notify" or "publish" or "email" or "enqueue", ..];

    private static IEnumerable<IInvocationOperation> Before(IInvocationOperation call, IOperation loop) => loop.Descendants().OfType<IInvocationOperation>().TakeWhile(earlier => earlier != call)
        .Where(earlier => earlier.Syntax.SpanStart < call.Syntax.SpanStart && Loops.Around(earlier) == loop && !call.Syntax.Span.Contains(earlier.Syntax.Span));
}

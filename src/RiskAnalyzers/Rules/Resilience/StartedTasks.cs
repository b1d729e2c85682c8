using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Resilience;

/// <summary>Work whose task is awaited together with others.</summary>
/// <param name="Work">The call, lambda or method that does it.</param>
/// <param name="IsRepeated">Whether it is started once for each element.</param>
/// <param name="Scope">What is run again for each element, so that what is made in it is not shared.</param>
/// <param name="Source">The elements.</param>
internal sealed record StartedTask(IOperation Work, bool IsRepeated, IOperation? Scope, IOperation? Source);

/// <summary>Finds what <c>Task.WhenAll</c> waits for.</summary>
internal static class StartedTasks
{
    private static readonly string[] Brakes = { "SemaphoreSlim", "RateLimiter", "Semaphore", "Bulkhead", "WaitAsync(", "Throttle" };

    private static readonly HashSet<string> Limits = Words.SetOf("Take Chunk Batch Buffer");

    /// <summary>The work behind the tasks: one by one, for each element of a sequence, or added to a list in a loop.</summary>
    public static IEnumerable<StartedTask> Of(IInvocationOperation whenAll)
    {
        foreach (var argument in whenAll.Arguments)
        {
            var values = argument.Value.WithoutConversions() switch
            {
                IArrayCreationOperation { Initializer.ElementValues: var elements } => elements,
                var one and (IInvocationOperation or ILocalReferenceOperation or IParameterReferenceOperation or IMemberReferenceOperation) => ImmutableArray.Create(one),
                // A collection expression, or a span of parameters, for which this version of the compiler's interface has no name.
                var several => several.ChildOperations.ToImmutableArray(),
            };
            foreach (var value in values)
            {
                foreach (var task in Behind(value.WithoutConversions(), whenAll))
                    yield return task;
            }
        }
    }

    /// <summary>Whether something keeps the elements few, or how many run at once.</summary>
    public static bool AreLimited(StartedTask task, IInvocationOperation whenAll)
    {
        if (whenAll.EnclosingFunction().Syntax.ToString() is var text && Brakes.Any(text.Contains))
            return true;
        for (var source = task.Source?.WithoutConversions(); source is not null;)
        {
            switch (source)
            {
                case IInvocationOperation call when Limits.Contains(call.TargetMethod.Name):
                case IArrayCreationOperation or IObjectOrCollectionInitializerOperation or IFieldReferenceOperation { Field: { IsStatic: true, IsReadOnly: true } }:
                    return true;
                case IInvocationOperation { TargetMethod.Name: "Range" } range:
                    return range.Arguments.Length == 2 && range.Arguments[1].Value.ConstantValue.HasValue;
                case IInvocationOperation { TargetMethod.Name: "GetValues" }:
                    return true;
                case IInvocationOperation call:
                    source = EntityFramework.Receiver(call)?.WithoutConversions();
                    break;
                case ILocalReferenceOperation { Local: var local }:
                    // A batch of a batched list, or a list of a few that is written out.
                    return whenAll.Ancestors().OfType<IForEachLoopOperation>().Any(loop => loop.Locals.Any(each => SymbolEqualityComparer.Default.Equals(each, local)) && loop.Collection.Descendants().OfType<IInvocationOperation>().Any(call => Limits.Contains(call.TargetMethod.Name)))
                        || Initial(local, whenAll)?.WithoutConversions() is IArrayCreationOperation or IObjectCreationOperation { Initializer: not null } || Initial(local, whenAll) is IInvocationOperation { TargetMethod.Name: var made } && Limits.Contains(made);
                default:
                    return false;
            }
        }
        return false;
    }

    private static IEnumerable<StartedTask> Behind(IOperation value, IInvocationOperation whenAll)
    {
        value = WithoutListing(value);
        if (value is ILocalReferenceOperation { Local: var local })
        {
            if (Initial(local, whenAll) is not { } initial)
                yield break;
            foreach (var added in AddedTo(local, whenAll))
                yield return added;
            initial = WithoutListing(initial.WithoutConversions());
            if (initial is ILocalReferenceOperation)
                yield break;
            value = initial;
        }
        if (value is IInvocationOperation { TargetMethod.Name: "Select" } select && select.Arguments.LastOrDefault()?.Value.WithoutConversions() is IDelegateCreationOperation { Target: var work })
            yield return new StartedTask(work, true, work, EntityFramework.Receiver(select));
        else if (value is IInvocationOperation call && call.Type?.Name is "Task" or "ValueTask")
            yield return new StartedTask(call, false, null, null);
    }

    private static IEnumerable<StartedTask> AddedTo(ILocalSymbol tasks, IOperation place)
    {
        foreach (var operation in place.EnclosingFunction().DescendantsInFunction())
        {
            if (operation is not IInvocationOperation { TargetMethod.Name: "Add", Instance: ILocalReferenceOperation { Local: var list }, Arguments: [{ Value: var task }] } add || !SymbolEqualityComparer.Default.Equals(list, tasks))
                continue;
            var loop = add.Ancestors().OfType<ILoopOperation>().FirstOrDefault();
            yield return new StartedTask(task.WithoutConversions(), loop is not null, loop?.Body, (loop as IForEachLoopOperation)?.Collection);
        }
    }

    private static IOperation WithoutListing(IOperation value)
    {
        while (value is IInvocationOperation { TargetMethod.Name: "ToList" or "ToArray" or "AsEnumerable" } listing && EntityFramework.Receiver(listing) is { } receiver)
            value = receiver.WithoutConversions();
        return value;
    }

    private static IOperation? Initial(ILocalSymbol local, IOperation place)
    {
        foreach (var operation in place.EnclosingFunction().DescendantsInFunction())
        {
            if (operation is IVariableDeclaratorOperation declarator && SymbolEqualityComparer.Default.Equals(declarator.Symbol, local))
                return declarator.GetVariableInitializer()?.Value.WithoutConversions();
        }
        return null;
    }
}

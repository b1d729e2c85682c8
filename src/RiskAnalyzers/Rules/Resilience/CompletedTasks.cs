using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Resilience;

/// <summary>Which tasks are known to be done, so that nobody waits who reads their result.</summary>
internal static class CompletedTasks
{
    /// <summary>Whether the task is done when the place is reached: made from a result, awaited before, asked whether it is done, or handed to its own continuation.</summary>
    public static bool Contain(IOperation task, IOperation place)
    {
        task = Root(task);
        switch (task)
        {
            case IAwaitOperation:
            case IInvocationOperation { TargetMethod: { Name: "FromResult" or "FromException" or "FromCanceled", ContainingType.Name: "Task" or "ValueTask" } }:
            case IPropertyReferenceOperation { Property: { Name: "CompletedTask", IsStatic: true } }:
                return true;
        }
        if (task is not (ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation) || task.ReferencedSymbol() is not { } symbol)
            return false;
        return SourceOf(task, symbol, place) is { } source ? IsContinuation(source) || source.ReferencedSymbol() is { } tasks && IsSettled(tasks, place) : IsSettled(symbol, place);
    }

    // tasks[0] is as done as all of them.
    private static IOperation Root(IOperation task)
    {
        task = task.WithoutConversions();
        while (true)
        {
            switch (task)
            {
                case IArrayElementReferenceOperation element:
                    task = element.ArrayReference.WithoutConversions();
                    break;
                case IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } list }:
                    task = list.WithoutConversions();
                    break;
                case IPropertyReferenceOperation { Instance: { } owner } property when property.Property.Name is "Value" or "Task" or "Item1" or "Item2":
                    task = owner.WithoutConversions();
                    break;
                default:
                    return task;
            }
        }
    }

    // The collection that a loop variable or a lambda's parameter comes from.
    private static IOperation? SourceOf(IOperation task, ISymbol symbol, IOperation place)
    {
        foreach (var ancestor in place.Ancestors())
        {
            switch (ancestor)
            {
                case IForEachLoopOperation loop when loop.Locals.Any(local => SymbolEqualityComparer.Default.Equals(local, symbol)):
                    return loop.Collection.WithoutConversions();
                case IAnonymousFunctionOperation lambda when task is IParameterReferenceOperation && SymbolEqualityComparer.Default.Equals(lambda.Symbol, symbol.ContainingSymbol):
                    return lambda.Ancestor<IInvocationOperation>() is not { } call ? null
                        : call.TargetMethod.Name == "ContinueWith" ? call
                        : EntityFramework.Receiver(call) is { } receiver ? EntityFramework.Source(receiver) : null;
            }
        }
        return null;
    }

    private static bool IsContinuation(IOperation source) => source is IInvocationOperation { TargetMethod.Name: "ContinueWith" or "ContinueWhenAll" };

    private static bool IsSettled(ISymbol tasks, IOperation place)
    {
        var root = place;
        while (root.Parent is not null)
            root = root.Parent;
        foreach (var operation in root.Descendants())
        {
            if (operation.Syntax.SpanStart >= place.Syntax.SpanStart || !Settles(operation))
                continue;
            // A declaration does not mention what it declares.
            if (operation is IVariableDeclaratorOperation { Symbol: var declared } ? SymbolEqualityComparer.Default.Equals(declared, tasks) : operation.Mentions(tasks))
                return true;
        }
        return false;
    }

    private static bool Settles(IOperation operation) => operation switch
    {
        IAwaitOperation or ISimpleAssignmentOperation { Value: IAwaitOperation } => true,
        IInvocationOperation { TargetMethod: { Name: "WaitAll" or "Wait", ContainingType.Name: "Task" } } => true,
        IPropertyReferenceOperation { Property: { Name: "IsCompleted" or "IsCompletedSuccessfully" or "IsFaulted" or "Status", ContainingType.Name: "Task" or "ValueTask" } } => true,
        // var first = await Task.WhenAny(...);
        IVariableDeclaratorOperation declarator => declarator.GetVariableInitializer()?.Value.WithoutConversions() is IAwaitOperation or IInvocationOperation { TargetMethod.Name: "FromResult" },
        _ => false,
    };
}

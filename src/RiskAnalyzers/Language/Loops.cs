namespace RiskAnalyzers.Language;

/// <summary>Code that runs again and again.</summary>
internal static class Loops
{
    /// <summary>
    /// The innermost loop that runs the operation again and again, or null: <c>for</c>, <c>foreach</c>, <c>while</c>, or the call that runs a lambda for each element.
    /// </summary>
    public static IOperation? Around(IOperation operation)
    {
        for (var (child, ancestor) = (operation, operation.Parent); ancestor is not null; (child, ancestor) = (ancestor, ancestor.Parent))
        {
            switch (ancestor)
            {
                case ILoopOperation loop when loop.Body == child:
                    return loop;
                case ILocalFunctionOperation:
                    return null;
                case IAnonymousFunctionOperation:
                    return ForEachOf(ancestor);
            }
        }
        return null;
    }

    // Operators that run their lambda once an element.
    private static readonly HashSet<string> Operators = Words.SetOf("Select SelectMany Where Sum Min Max Average Any All Count First FirstOrDefault Single SingleOrDefault Last LastOrDefault ToDictionary ToLookup GroupBy OrderBy OrderByDescending Aggregate");

    private static IInvocationOperation? ForEachOf(IOperation lambda)
    {
        if (lambda.Ancestor<IArgumentOperation>() is not { Parent: IInvocationOperation { TargetMethod: { Name: var name, ContainingType.Name: var type } } call } || lambda.IsInExpressionTree())
            return null;
        return type switch
        {
            "List" or "Parallel" => name is "ForEach" or "ForEachAsync",
            "Enumerable" => Operators.Contains(name),
            _ => false,
        } ? call : null;
    }
}

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

    private static IInvocationOperation? ForEachOf(IOperation lambda) =>
        lambda.Ancestor<IArgumentOperation>() is { Parent: IInvocationOperation call }
            && call.TargetMethod.Name is "ForEach" or "ForEachAsync" or "Select" && call.TargetMethod.ContainingType.Name is "List" or "Parallel" or "Enumerable"
            ? call
            : null;
}

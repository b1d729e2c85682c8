namespace RiskAnalyzers.Language;

/// <summary>What a catch clause does with the exception.</summary>
internal static class Catches
{
    /// <summary>Whether the clause takes every exception: no type, <c>Exception</c>, or a filter that is always true.</summary>
    public static bool IsCatchAll(this ICatchClauseOperation clause) =>
        (clause.ExceptionType is null or { SpecialType: SpecialType.System_Object } || clause.ExceptionType is { Name: "Exception" or "SystemException" or "ApplicationException", ContainingNamespace.Name: "System" })
        && clause.Filter is null or { ConstantValue: { HasValue: true, Value: true } };

    /// <summary>Whether the clause takes only the end of a cancelled operation.</summary>
    public static bool IsCancellation(this ICatchClauseOperation clause) => clause.ExceptionType?.Name is "OperationCanceledException" or "TaskCanceledException";

    /// <summary>Whether anything in the clause throws.</summary>
    public static bool Throws(this ICatchClauseOperation clause) => clause.Handler.DescendantsInFunction().Any(operation =>
        operation is IThrowOperation or IInvocationOperation { TargetMethod: { Name: "Throw" or "Fail" or "FailFast" or "Rethrow" } });

    /// <summary>Whether the clause leaves the member: it returns, throws, goes on with a loop or leaves it.</summary>
    public static bool Leaves(this ICatchClauseOperation clause) => clause.Throws() || clause.Handler.DescendantsInFunction().Any(operation => operation is IReturnOperation or IBranchOperation);

    /// <summary>Whether the clause does nothing with the exception but write it down, if that.</summary>
    public static bool OnlyLogs(this ICatchClauseOperation clause) => clause.Handler.Operations.All(IsLogging);

    /// <summary>Whether the statement writes something to a log, a trace, the console or telemetry.</summary>
    public static bool IsLogging(IOperation statement) => statement switch
    {
        IExpressionStatementOperation { Operation: var expression } => expression.WithoutAwait() is IInvocationOperation call && LogCalls.IsLog(call)
            || expression is IConditionalAccessOperation { WhenNotNull: var called } && called.WithoutAwait() is IInvocationOperation conditional && LogCalls.IsLog(conditional)
            || expression is ISimpleAssignmentOperation { Target: IDiscardOperation },
        IVariableDeclarationGroupOperation or IEmptyOperation => true,
        IBlockOperation block => block.Operations.All(IsLogging),
        IConditionalOperation { WhenTrue: var whenTrue, WhenFalse: var whenFalse } => IsLogging(whenTrue) && (whenFalse is null || IsLogging(whenFalse)),
        _ => false,
    };
}

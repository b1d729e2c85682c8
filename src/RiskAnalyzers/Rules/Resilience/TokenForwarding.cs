using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Resilience;

/// <summary>Which calls would take a cancellation token and get none.</summary>
internal static class TokenForwarding
{
    /// <summary>The function's token, unless its name says that nobody wants it.</summary>
    public static IParameterSymbol? TokenOf(IMethodSymbol function) =>
        IsAwaitable(function.ReturnType) ? function.Parameters.FirstOrDefault(parameter => IsToken(parameter.Type) && parameter.Name.Trim('_').Length > 0) : null;

    /// <summary>
    /// The calls under the operation that take a token and get none, in order. None where somebody decided against it with <c>CancellationToken.None</c>, and none from
    /// the first movement of money on: what follows it must run to its end.
    /// </summary>
    public static IEnumerable<IInvocationOperation> DeafCalls(IOperation body)
    {
        var calls = new List<IInvocationOperation>();
        var moneyMoves = int.MaxValue;
        foreach (var operation in body.Descendants())
        {
            switch (operation)
            {
                case IPropertyReferenceOperation { Property: { Name: "None", ContainingType.Name: "CancellationToken" } }:
                    return Enumerable.Empty<IInvocationOperation>();
                case IInvocationOperation call when Language.Payments.MovesMoney(call):
                    moneyMoves = Math.Min(moneyMoves, call.Syntax.SpanStart);
                    break;
                case IInvocationOperation call when IsAwaitable(call.Type) && call.TargetMethod.Name != "ContinueWith" && !RunsOn(call) && Slot(call) is not null:
                    calls.Add(call);
                    break;
            }
        }
        return calls.Where(call => call.Syntax.SpanStart < moneyMoves);
    }

    /// <summary>The parameter that would take the token: an optional one that is left out, or the last one of an overload with one parameter more.</summary>
    public static IParameterSymbol? Slot(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (method is { ContainingType.Name: "Task" or "TaskFactory", Name: "Run" or "StartNew" })
            return null;
        foreach (var parameter in method.Parameters)
        {
            if (IsToken(parameter.Type))
                return call.Arguments.Any(argument => argument.ArgumentKind == ArgumentKind.DefaultValue && SymbolEqualityComparer.Default.Equals(argument.Parameter, parameter)) ? parameter : null;
        }
        foreach (var member in method.ContainingType?.GetMembers(method.Name) ?? ImmutableArray<ISymbol>.Empty)
        {
            if (member is IMethodSymbol overload && overload.Parameters.Length == method.Parameters.Length + 1 && overload.TypeParameters.Length == method.TypeParameters.Length && overload.IsStatic == method.IsStatic
                && IsToken(overload.Parameters[overload.Parameters.Length - 1].Type) && IsAwaitable(overload.ReturnType) && TakesTheSame(method.OriginalDefinition, overload.OriginalDefinition))
                return overload.Parameters[overload.Parameters.Length - 1];
        }
        return null;
    }

    private static bool TakesTheSame(IMethodSymbol method, IMethodSymbol overload)
    {
        for (var i = 0; i < method.Parameters.Length; i++)
        {
            if (method.Parameters[i].RefKind != overload.Parameters[i].RefKind || method.Parameters[i].Type.ToDisplayString() != overload.Parameters[i].Type.ToDisplayString())
                return false;
        }
        return true;
    }

    // Clean-up, and work in the background, must not stop with the request.
    private static bool RunsOn(IOperation operation) => operation.Ancestors().Any(ancestor => ancestor is ICatchClauseOperation or ISimpleAssignmentOperation { Target: IDiscardOperation }
        || ancestor.Parent is ITryOperation { Finally: { } last } && last == ancestor
        || ancestor is IInvocationOperation { TargetMethod.Name: "Run" or "StartNew" or "QueueUserWorkItem" or "Enqueue" or "EnqueueAsync" or "QueueBackgroundWorkItemAsync" or "Register" or "ContinueWith" });

    private static bool IsToken(ITypeSymbol type) => type is { Name: "CancellationToken", ContainingNamespace.Name: "Threading" };

    private static bool IsAwaitable(ITypeSymbol? type) => type?.Name is "Task" or "ValueTask" or "IAsyncEnumerable";
}

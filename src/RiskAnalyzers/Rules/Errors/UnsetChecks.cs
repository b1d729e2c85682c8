using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Errors;

/// <summary>Checks that are off as long as what they check with is missing: <c>if (secret is null) return true;</c></summary>
internal static class UnsetChecks
{
    private static readonly HashSet<string> Needed = Words.SetOf("secret key signature token hash hmac certificate password pepper issuer audience header");

    /// <summary>Whether the condition holds where a secret, key or signature is missing.</summary>
    public static bool IsMissing(IOperation condition)
    {
        condition = condition.WithoutConversions();
        return condition switch
        {
            IInvocationOperation { TargetMethod: { Name: "IsNullOrEmpty" or "IsNullOrWhiteSpace" }, Arguments: [{ Value: var text }] } => IsNeeded(text),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals, LeftOperand: var left, RightOperand: var right } => right.IsNullOrEmpty() && IsNeeded(left),
            IIsPatternOperation { Pattern: IConstantPatternOperation { Value: var pattern }, Value: var asked } => pattern.IsNullOrEmpty() && IsNeeded(asked),
            _ => false,
        };
    }

    private static bool IsNeeded(IOperation value) => Settings.Read(value.WithoutConversions()) is { Leaf: var leaf } ? Words.ContainAny(leaf, Needed)
        : value.WithoutConversions().ReferencedSymbol() is { } symbol and not IMethodSymbol && Words.ContainAny(symbol.Name, Needed);
}

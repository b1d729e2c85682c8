using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Money;

/// <summary>Whether a function looks at currencies before it combines amounts.</summary>
internal static class CurrencyLook
{
    private static readonly HashSet<string> Verbs = Words.SetOf("convert exchange ensure check assert guard require verify validate same match matches compare rate rates group");

    private static readonly HashSet<string> CurrencyWords = Words.SetOf("currency currencies exchange convert converter converted");

    private static readonly HashSet<string> Keyed = new(StringComparer.Ordinal) { "GroupBy", "ToLookup", "Distinct", "DistinctBy", "ToDictionary", "Join", "All", "Any", "Where", "First", "Single", "FirstOrDefault", "SingleOrDefault", "Count", "Contains", "OrderBy" };

    /// <summary>Whether a currency is compared, grouped by, converted or checked anywhere in the function; to copy one is no look.</summary>
    public static bool IsTaken(IOperation place, ISymbol member, ITypeSymbol type)
    {
        if (Words.ContainAny(member.Name, CurrencyWords) || member.ContainingType is { } owner && Words.ContainAny(owner.Name, CurrencyWords))
            return true;
        foreach (var operation in place.WholeBody().Descendants())
        {
            switch (operation)
            {
                case IInvocationOperation { TargetMethod: var called } when Words.ContainAny(called.Name, CurrencyWords):
                    return true;
                case IPropertyReferenceOperation { Property: var property } read when CurrencyAmount.IsCurrency(property.Name) && IsLook(read):
                case IParameterReferenceOperation { Parameter: var parameter } given when CurrencyAmount.IsCurrency(parameter.Name) && IsLook(given):
                    return true;
            }
        }
        return false;
    }

    private static bool IsLook(IOperation currency)
    {
        for (var (child, ancestor) = (currency, currency.Parent); ancestor is not null; (child, ancestor) = (ancestor, ancestor.Parent))
        {
            switch (ancestor)
            {
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison:
                    return !comparison.LeftOperand.IsNullOrEmpty() && !comparison.RightOperand.IsNullOrEmpty();
                case IIsPatternOperation { Pattern: var pattern }:
                    return pattern is IConstantPatternOperation { Value: var value } && !value.IsNullOrEmpty() || pattern is INegatedPatternOperation { Pattern: IConstantPatternOperation { Value: var denied } } && !denied.IsNullOrEmpty();
                case ISwitchExpressionOperation or ISwitchOperation:
                    return true;
                case IPropertyReferenceOperation { Property.IsIndexer: true } indexer:
                    return indexer.Arguments.Any(argument => argument == child);
                case IInvocationOperation call:
                    if (call.TargetMethod.Name == "Equals" || Words.ContainAny(call.TargetMethod.Name, Verbs) || Keyed.Contains(call.TargetMethod.Name))
                        return true;
                    if (call.TargetMethod.Name is not ("ToUpper" or "ToUpperInvariant" or "ToLower" or "ToLowerInvariant" or "Trim" or "Select" or "ToString"))
                        return false;
                    break;
                case IObjectCreationOperation or IAssignmentOperation or IInterpolatedStringOperation:
                    return false;
                case IAnonymousObjectCreationOperation when ancestor.Ancestor<IInvocationOperation>() is { TargetMethod.Name: "GroupBy" }:
                    return true;
            }
        }
        return false;
    }
}

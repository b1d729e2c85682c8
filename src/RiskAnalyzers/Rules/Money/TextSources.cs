using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Money;

/// <summary>Where a text that is read as an amount comes from.</summary>
internal static class TextSources
{
    private static readonly HashSet<string> TypedWords = Words.SetOf("form entered typed model view search filter term");

    /// <summary>Whether a person typed the text into a form or a search, in the culture of their own request.</summary>
    public static bool IsTyped(IOperation text, ISymbol member)
    {
        if (member.ContainingType is { } owner && (owner.Name.EndsWith("TagHelper", StringComparison.Ordinal) || owner.Name.EndsWith("ModelBinder", StringComparison.Ordinal)))
            return true;
        foreach (var part in text.DescendantsAndSelf())
        {
            switch (part)
            {
                case IInvocationOperation { TargetMethod.ContainingType.Name: "IFormCollection" or "StringValues" }:
                case IPropertyReferenceOperation { Property.ContainingType.Name: "IFormCollection" }:
                    return true;
                // One of several texts under one name, as forms and queries post them.
                case IInvocationOperation { TargetMethod.Name: "FirstOrDefault" or "First" or "LastOrDefault", Arguments: [{ Value: var values }, ..] } when values.WithoutConversions() is IParameterReferenceOperation { Type: IArrayTypeSymbol or { Name: "StringValues" } }:
                    return true;
                case IMemberReferenceOperation { Member: IPropertySymbol { ContainingType: { } holder } property }
                    when holder.Name.EndsWith("Model", StringComparison.Ordinal) || Words.ContainAny(property.Name, TypedWords) || Words.ContainAny(holder.Name, TypedWords):
                    return true;
                case ILocalReferenceOperation { Local.Name: var local } when Words.ContainAny(local, TypedWords):
                case IParameterReferenceOperation { Parameter.Name: var parameter } when Words.ContainAny(parameter, TypedWords):
                    return true;
            }
        }
        return false;
    }
}

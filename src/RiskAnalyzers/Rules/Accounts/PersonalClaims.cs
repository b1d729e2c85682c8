using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>Reads of a claim that says more of a person than his number: his address, his telephone.</summary>
internal static class PersonalClaims
{
    private static readonly HashSet<string> Readers = Words.SetOf("FindFirst FindFirstValue FindFirstOrDefault GetClaim GetClaimValue");

    private static readonly HashSet<string> Claims = new(StringComparer.OrdinalIgnoreCase) { "Email", "email", "emails", "MobilePhone", "HomePhone", "phone_number", "StreetAddress", "DateOfBirth", "birthdate" };

    /// <summary>Whether the value is such a claim, or a local that holds one.</summary>
    public static bool IsRead(IOperation part) => part switch
    {
        IPropertyReferenceOperation { Property.Name: "Value", Instance: { } claim } => claim is IConditionalAccessInstanceOperation ? part.Ancestor<IConditionalAccessOperation>() is { } access && Reads(access.Operation) : Reads(claim),
        IConditionalAccessOperation or IInvocationOperation => Reads(part),
        ILocalReferenceOperation { Local.Type.SpecialType: SpecialType.System_String } local when Flow.InitialValue(local) is { } initial and (IConditionalOperation or ICoalesceOperation or IConditionalAccessOperation or IInvocationOperation or IPropertyReferenceOperation) => Reads(initial),
        _ => false,
    };

    private static bool Reads(IOperation value) => value.DescendantsAndSelf().Any(part => part is IInvocationOperation call && Readers.Contains(call.TargetMethod.Name)
        && call.Arguments.Any(argument => argument.Value.WithoutConversions() is IFieldReferenceOperation { Field.Name: var named } && Claims.Contains(named) || argument.Value.ConstantValue is { HasValue: true, Value: string text } && Claims.Contains(text)));
}

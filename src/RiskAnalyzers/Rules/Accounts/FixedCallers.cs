using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>A current-user service that was never finished: the same user, role and sign-in for every request.</summary>
internal static class FixedCallers
{
    private static readonly HashSet<string> StandIns = Words.SetOf("fake mock stub test tests design null anonymous system background console development debug dummy sample seed worker job");

    private static readonly HashSet<string> Ids = Words.SetOf("id guid uid");

    /// <summary>Whether the type answers who is calling, and is no stand-in for tests or jobs.</summary>
    public static bool IsCurrentUser(INamedTypeSymbol type) => Words.Of(type.Name) is var words && !words.HaveAny(StandIns)
        && (Words.ContainSequence(type.Name, "current", "user") || Words.ContainSequence(type.Name, "user", "context") || Words.ContainSequence(type.Name, "user", "accessor") || Words.ContainSequence(type.Name, "current", "customer") || Words.ContainSequence(type.Name, "current", "account"));

    /// <summary>The fixed answer of a property about the caller, as the message names it; null where it is read at run time or harmless.</summary>
    public static string? Of(IPropertySymbol property, IOperation value)
    {
        value = value.WithoutConversions();
        if (property.Type.SpecialType == SpecialType.System_Boolean)
            return property.Name is "IsAuthenticated" or "IsAdmin" or "IsSignedIn" or "IsLoggedIn" && value.IsConstant(true) ? property.Name : null;
        var constant = value is IInvocationOperation { TargetMethod: { Name: "Parse", ContainingType.Name: "Guid" }, Arguments: [{ Value: var text }, ..] } ? text : value is IObjectCreationOperation { Type.Name: "Guid", Arguments: [{ Value: var given }] } ? given : value;
        if (constant.ConstantValue is not { HasValue: true, Value: { } fixedValue } || fixedValue is "")
            return null;
        var words = Words.Of(property.Name);
        return words is [.., var last] && Ids.Contains(last) && (words.Length == 1 || words[0] is "user" or "customer" or "account") || words is ["role"] or ["user", "role"] ? fixedValue.ToString() : null;
    }
}

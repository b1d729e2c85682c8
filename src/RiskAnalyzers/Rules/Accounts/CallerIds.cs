using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>Where code reads the id of whoever calls: the subject of a token, the current user's id.</summary>
internal static class CallerIds
{
    private static readonly HashSet<string> Subjects = new(StringComparer.OrdinalIgnoreCase)
    {
        "sub", "id", "uid", "oid", "nameid", "user_id", "userid", "customerid", "customer_id", "NameIdentifier", "Sub", "NameId", "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier", "tenantid", "tenant_id",
    };

    private static readonly HashSet<string> Readers = Words.SetOf("FindFirst FindFirstValue FirstOrDefault SingleOrDefault GetClaim GetClaimValue FindClaim");

    private static readonly HashSet<string> Persons = Words.SetOf("user customer caller member owner buyer tenant account");

    /// <summary>Whether the name is that of the caller's id: <c>UserId</c>, <c>GetCurrentUserId</c>.</summary>
    public static bool Name(string name)
    {
        var words = Words.Of(name);
        if (words is [.., "async"])
            words = words.RemoveAt(words.Length - 1);
        return words is [.., var person, "id" or "guid" or "key" or "uid"] && Persons.Contains(person) && (words.Length == 2 || words[0] is "get" or "current" or "try" or "my" or "require" or "read" or "resolve" or "extract");
    }

    /// <summary>Whether the value is the caller's id, or what is left of it after parsing.</summary>
    public static bool IsRead(IOperation value)
    {
        value = value.WithoutAwait();
        switch (value)
        {
            case IConditionalAccessOperation conditional:
                return IsRead(conditional.Operation) || conditional.WhenNotNull is IPropertyReferenceOperation { Property.Name: var name } && Name(name) && Callers.IsIdentity(conditional.Operation) || conditional.WhenNotNull.DescendantsAndSelf().Any(IsReader);
            case IPropertyReferenceOperation property:
                return property.Instance is { } owner && (IsRead(owner) || Name(property.Property.Name) && Callers.IsIdentity(owner));
            case IInvocationOperation call:
                return IsReader(call);
            case ICoalesceOperation coalesce:
                return IsRead(coalesce.Value) || IsRead(coalesce.WhenNull);
            case ILocalReferenceOperation { Local: var local }:
                return DeclaredAs(value, local) is { } initial && initial is not ILocalReferenceOperation && IsRead(initial);
            default:
                return false;
        }
    }

    /// <summary>Whether anything in the code reads the caller's id.</summary>
    public static bool AreReadIn(IOperation code) => code.DescendantsAndSelf().Any(part => IsReader(part) || part is ILocalReferenceOperation && IsRead(part));

    // FindFirst(ClaimTypes.NameIdentifier), Claims.FirstOrDefault(claim => claim.Type == "sub"), GetUserId()
    private static bool IsReader(IOperation part) => part is IInvocationOperation call
        && (Readers.Contains(call.TargetMethod.Name) ? SpeaksOfSubject(call) && (call.TargetMethod.ContainingType.Name is not ("Enumerable" or "Queryable") || Callers.IsIdentity(call.Arguments[0].Value)) : call.TargetMethod.Name is "GetUserId" && Callers.IsIdentity(call.Arguments.FirstOrDefault()?.Value ?? call.Instance));

    private static bool SpeaksOfSubject(IInvocationOperation call) => call.Arguments.Any(argument => argument.Value.DescendantsAndSelf().Any(part =>
        part is IFieldReferenceOperation { Field.Name: var field } && Subjects.Contains(field) || part.ConstantValue is { HasValue: true, Value: string text } && Subjects.Contains(text)));

    private static IOperation? DeclaredAs(IOperation use, ILocalSymbol local) =>
        use.ScopeOf(local).Descendants().OfType<IVariableDeclaratorOperation>().FirstOrDefault(declarator => SymbolEqualityComparer.Default.Equals(declarator.Symbol, local))?.Initializer?.Value.WithoutAwait();
}

using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Residue;

/// <summary>What a text in the code is used for, as a secret.</summary>
/// <param name="Name">What the reader calls it: the setting, symbol or parameter that it goes to.</param>
/// <param name="Kind">Which kind of secret it is.</param>
/// <param name="IsCertain">Whether the use alone makes it one: key bytes, a password that is hashed; not merely a name.</param>
/// <param name="IsConstant">Whether it is declared once under its name, as names of headers, claims and settings are.</param>
internal sealed record SecretUse(string Name, SecretKind Kind, bool IsCertain, bool IsConstant)
{
    private static readonly HashSet<string> KeyOwners = Words.SetOf("jwt signing symmetric security encryption hmac aes webhook stripe gateway shared token auth crypto cipher paypal adyen razorpay sendgrid twilio aws azure");

    private static readonly HashSet<string> KeyTypes = new(StringComparer.Ordinal) { "SymmetricSecurityKey", "HMACSHA256", "HMACSHA512", "HMACSHA384", "HMACSHA1", "HMACMD5", "HMACSHA3_256", "AesGcm", "JsonWebKey" };

    private static readonly HashSet<string> PasswordTakers = new(StringComparer.Ordinal)
    {
        "CreateAsync", "CreateUserAsync", "CreateUser", "AddPasswordAsync", "ResetPasswordAsync", "ChangePasswordAsync", "HashPassword", "EnhancedHashPassword", "Hash", "HashPasswordAsync", "SetPassword", "EnsureUser", "EnsureUserAsync",
    };

    /// <summary>What the text is used for, or null where that is no secret.</summary>
    public static SecretUse? Of(IOperation text, ISymbol member)
    {
        if (AsBytes(text) is { } bytes)
            return IsKeyMaterial(bytes, member) ? new SecretUse(bytes.Target(member)?.Name ?? "key", SecretKind.Key, IsCertain: true, IsConstant: false) : null;
        if (NamedByKey(text) is { } key)
            return KindOf(key) is { } ofKey ? new SecretUse(key, ofKey, IsCertain: false, IsConstant: false) : null;
        if (text.Target(member) is not { } target)
            return null;
        if (target is IParameterSymbol { ContainingSymbol: IMethodSymbol method } parameter && IsPasswordTaker(method) && (KindOf(parameter) == SecretKind.Password || method.Name.Contains("Hash") && parameter.Type.SpecialType == SpecialType.System_String))
            return new SecretUse(KindOf(parameter) == SecretKind.Password ? parameter.Name : "password", SecretKind.Password, IsCertain: true, IsConstant: false);
        if (target is IMethodSymbol made)
            return made.MethodKind is MethodKind.Ordinary or MethodKind.LocalFunction && Secrets.Of(made) is SecretKind.Key or SecretKind.Password ? new SecretUse(made.Name, Secrets.Of(made), IsCertain: false, IsConstant: true) : null;
        return KindOf(target) is { } kind ? new SecretUse(target.Name, kind, IsCertain: false, target is IFieldSymbol { IsConst: true } or IFieldSymbol { IsStatic: true, IsReadOnly: true }) : null;
    }

    /// <summary>Whether the value becomes the key of a signature or cipher.</summary>
    public static bool IsKeyMaterial(IOperation bytes, ISymbol member)
    {
        if (bytes.Parent is IArgumentOperation { Parent: IObjectCreationOperation { Type.Name: var made } })
            return KeyTypes.Contains(made);
        if (bytes.Target(member) is not { } target)
            return false;
        return target is IParameterSymbol { Name: "key" or "secret" or "keyBytes", ContainingSymbol.ContainingType.Name: var owner } && (KeyTypes.Contains(owner) || owner.StartsWith("HMAC", StringComparison.Ordinal))
            || target is ILocalSymbol or IFieldSymbol or IPropertySymbol && (Words.Of(target.Name) is ["key"] or ["key", "bytes"] or [_, "key"] or [_, "key", "bytes"] or ["secret"] or ["secret", "bytes"] || KindOf(target) is SecretKind.Key);
    }

    /// <summary>Which kind of secret the symbol's name means, or null.</summary>
    public static SecretKind? KindOf(ISymbol symbol)
    {
        if (!Secrets.CanHold(Secrets.TypeOf(symbol)))
            return null;
        if (KindOf(symbol.Name) is { } kind)
            return kind;
        return symbol.Name is "Key" or "key" or "_key" && symbol is IFieldSymbol or IPropertySymbol && symbol.ContainingType is { } owner && Words.ContainAny(owner.Name, KeyOwners) ? SecretKind.Key : null;
    }

    /// <summary>Which kind of secret the name or key means, or null: also <c>Jwt:Key</c> and <c>StripeKey</c>.</summary>
    public static SecretKind? KindOf(string name)
    {
        var kind = Secrets.Of(name);
        if (kind is SecretKind.Key or SecretKind.Token or SecretKind.Password)
            return Words.ContainSequence(name, "connection", "string") ? null : kind;
        if (kind == SecretKind.OneTime)
            return Words.ContainAny(name, OneTimeWords) ? kind : null;
        var words = Words.Of(name);
        return words.Length > 1 && words[words.Length - 1] == "key" && words.HaveAny(KeyOwners) && !words.HaveAny(PublicWords) ? SecretKind.Key : null;
    }

    private static readonly HashSet<string> OneTimeWords = Words.SetOf("otp code totp");

    private static readonly HashSet<string> PublicWords = Words.SetOf("public publishable cache idempotency header name claim policy scheme section lookup lock partition sort foreign primary redis");

    private static bool IsPasswordTaker(IMethodSymbol method) => PasswordTakers.Contains(method.Name) || method.Name.EndsWith("HashPassword", StringComparison.Ordinal);

    private static IOperation? AsBytes(IOperation text) =>
        text.Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "GetBytes" or "FromBase64String" or "FromHexString" } bytes } ? bytes : null;

    // headers["X-Api-Key"] = "...", { "Jwt:Key", "..." }, Add("Authorization", "..."): the key names the value.
    private static string? NamedByKey(IOperation text)
    {
        switch (text.Parent)
        {
            case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: [{ Value.ConstantValue: { HasValue: true, Value: string key } }] } } assignment when assignment.Value == text:
                return key;
            case IArgumentOperation { Parameter: { Ordinal: > 0, Name: "value" or "values" or "val" } parameter, Parent: IInvocationOperation call }:
                foreach (var argument in call.Arguments)
                {
                    if (argument.Parameter?.Ordinal == parameter.Ordinal - 1 && argument.Value.ConstantValue is { HasValue: true, Value: string name })
                        return name;
                }
                return null;
            case IArgumentOperation { Parameter.Name: "parameter", Parent: IObjectCreationOperation { Type.Name: "AuthenticationHeaderValue" } }:
                return "ApiToken";
            default:
                return null;
        }
    }
}

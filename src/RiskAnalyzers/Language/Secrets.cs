using System.Collections.Concurrent;

namespace RiskAnalyzers.Language;

/// <summary>What a value is that must not leak.</summary>
internal enum SecretKind
{
    None,

    /// <summary>What a person types to prove who they are.</summary>
    Password,

    /// <summary>Card and bank data.</summary>
    Card,

    /// <summary>A key or secret of the service itself.</summary>
    Key,

    /// <summary>A token that opens a session or an API.</summary>
    Token,

    /// <summary>A code or link that is good for one reset, confirmation or sign-in.</summary>
    OneTime,

    /// <summary>Data about a person: addresses, numbers, dates.</summary>
    Personal,
}

/// <summary>Which names and symbols hold secrets or personal data. Whole words decide, and the last word of a name says what it is: a password length is no password.</summary>
internal static class Secrets
{
    // A name that ends in one of these is about a secret and is none itself.
    private static readonly HashSet<string> AboutSuffix = Words.SetOf(
        "length count counts id ids type kind policy path file folder directory header headers name names expiry expires expiration expire expired at on date time timespan lifetime "
        + "minutes seconds hours days ttl validity valid required enabled disabled options option settings setting config configuration provider providers service handler manager factory "
        + "generator validator repository store storage hasher url uri endpoint hint strength score attempts attempt limit changed confirmed sent verified verification exists index size format "
        + "formatter purpose purposes claim claims prefix label field error errors message messages result results status state source model request response issuer audience scheme parameter "
        + "parameters param params version algorithm encoding rule rules regex pattern template subject title text description placeholder reader writer parser builder context event "
        + "page view form input cache resource mode method group section entity dto info notification notifications job task queue address2 usage used revoked masked last 4 flag "
        + "quantity seats chars characters signing encrypted protected ciphertext attribute permission permissions constant constants keyname property converter requirement requirements per rate price cost balance");

    // A name that has one of these anywhere speaks of something harmless, or of a secret made harmless.
    private static readonly HashSet<string> Harmless = Words.SetOf(
        "masked mask redacted redact obfuscated sanitized truncated cancellation syntax antiforgery xsrf has is use uses require requires should can allow allows allowed must no min max "
        + "minimum maximum total public publishable primary foreign idempotency continuation paging pagination next page change concurrency lock lease json xml lexer separator delimiter delim "
        + "placeholder correlation trace sort partition row cache routing localization resource design theme css span stop start end tracking shortcut hot widget "
        + "missing invalid wrong unknown forgot remember needs");

    private static readonly HashSet<string> Digests = Words.SetOf("hash hashed salt hashes digest salted");

    // The confirmation code of a booking is a number for the customer's letter, not a proof of who they are.
    private static readonly HashSet<string> Bookings = Words.SetOf("order booking reservation shipment payment authorization");

    private static readonly HashSet<string> PasswordWords = Words.SetOf("password passwords pwd passwd passcode passphrase pin userpassword plainpassword newpassword");
    private static readonly HashSet<string> CardWords = Words.SetOf("cvv cvc cvn cardnumber creditcardnumber iban ccnumber");
    private static readonly HashSet<string> KeyWords = Words.SetOf("secret secrets apikey apisecret secretkey privatekey connectionstring clientsecret signingkey");
    private static readonly HashSet<string> TokenWords = Words.SetOf("token tokens jwt accesstoken refreshtoken bearer apitoken authtoken");
    private static readonly HashSet<string> OneTimeWords = Words.SetOf("otp totp passcode resettoken resetcode verificationcode otpcode otps magiclink");
    private static readonly HashSet<string> PersonalWords = Words.SetOf("email emails mail phone telephone mobile msisdn ssn passport birthday dob iban");

    private static readonly string[][] CardPhrases = Phrases("card number", "card no", "credit card", "card pan", "card security code", "card verification", "bank account", "security code", "track data", "card code");
    private static readonly string[][] KeyPhrases = Phrases(
        "api key", "private key", "secret key", "signing key", "encryption key", "connection string", "access key", "master key", "shared key", "account key", "merchant key", "hash key", "salt key");
    private static readonly string[][] OneTimePhrases = Phrases(
        "reset token", "reset code", "reset link", "reset url", "reset key", "reset uri", "verification code", "verification token", "verification link", "verification key", "confirmation code", "confirmation token",
        "confirmation link", "confirmation key", "confirm token", "confirm code", "confirm link", "activation code", "activation token", "activation link", "activation key", "activate token", "one time", "magic link", "magic token", "login code",
        "authentication code", "recovery code", "recovery codes", "backup code", "backup codes", "invite code", "invite token", "invitation token", "invitation code", "two factor code",
        "mfa code", "verify code", "verify token", "sms code", "email code", "login link", "unlock token", "unsubscribe token", "email token", "phone code", "validation code", "validation token");
    private static readonly string[][] TokenPhrases = Phrases("session key", "session token", "session secret", "auth cookie");
    private static readonly string[][] PersonalPhrases = Phrases(
        "e mail", "social security", "date of birth", "birth date", "national id", "tax id", "passport number", "driver license", "drivers license", "mobile number", "phone number");

    // Members whose own name says nothing: their type says what they are (card.Number, otp.Code, refreshToken.Value).
    private static readonly HashSet<string> Nameless = new(StringComparer.Ordinal) { "Number", "Value", "Code", "Key", "Text", "Plain", "Raw", "Data", "PlainText" };

    private static readonly string[] Makers = { "Get", "Generate", "Create", "New", "Issue", "Build", "Make", "Decrypt", "Write" };

    private const int CacheLimit = 50_000;
    private static readonly ConcurrentDictionary<string, SecretKind> Cache = new(StringComparer.Ordinal);

    /// <summary>What a thing of this name holds.</summary>
    public static SecretKind Of(string name)
    {
        if (Cache.TryGetValue(name, out var kind))
            return kind;
        kind = Judge(name);
        if (Cache.Count > CacheLimit)
            Cache.Clear();
        Cache[name] = kind;
        return kind;
    }

    /// <summary>Whether the name says that the value is a digest or salt, not the secret itself.</summary>
    public static bool IsDigest(string name) => Words.ContainAny(name, Digests);

    private static SecretKind Judge(string name)
    {
        var words = Words.Of(name);
        if (words.IsEmpty || AboutSuffix.Contains(Last(words)) && !IsLink(words))
            return SecretKind.None;
        foreach (var word in words)
        {
            if (Harmless.Contains(word))
                return SecretKind.None;
        }
        if (Contains(words, OneTimeWords) || ContainsPhrase(words, OneTimePhrases))
            return Contains(words, Bookings) ? SecretKind.None : SecretKind.OneTime;
        if (Contains(words, CardWords) || ContainsPhrase(words, CardPhrases) || (words.Length == 1 && words[0] == "pan"))
            return SecretKind.Card;
        // The key, token or salt of a password is another thing than the password.
        if (Contains(words, PasswordWords) && !IsPostal(name))
            return Last(words) switch
            {
                "key" or "keys" => SecretKind.Key,
                "token" or "tokens" => SecretKind.OneTime,
                "salt" or "salts" => SecretKind.None,
                _ => SecretKind.Password,
            };
        if (Contains(words, KeyWords) || ContainsPhrase(words, KeyPhrases))
            return SecretKind.Key;
        if (Last(words) is "hash" or "salt")
            return SecretKind.None;
        if (TokenWords.Contains(Last(words)) || (words.Length > 1 && TokenWords.Contains(words[0]) && Last(words) is "string" or "value" or "raw" or "plain" or "bytes" or "hex") || ContainsPhrase(words, TokenPhrases))
            return IsDeviceToken(words) ? SecretKind.None : SecretKind.Token;
        if (PersonalWords.Contains(Last(words)) || ContainsPhrase(words, PersonalPhrases)
            || (words.Length > 1 && PersonalWords.Contains(words[words.Length - 2]) && Last(words) is "address" or "number" or "normalized"))
            return SecretKind.Personal;
        return SecretKind.None;
    }

    /// <summary>What a local, parameter, field, property or a method that makes a value holds; nothing where its type cannot hold such a value.</summary>
    public static SecretKind Of(ISymbol? symbol)
    {
        switch (symbol)
        {
            case null or INamespaceOrTypeSymbol:
                return SecretKind.None;
            case IFieldSymbol { IsConst: true, ContainingType.TypeKind: TypeKind.Enum }:
                return SecretKind.None;
            case IMethodSymbol method:
                return CanHold(method.ReturnType.AwaitedType()) ? Of(MadeBy(method.Name)) : SecretKind.None;
        }
        if (!CanHold(TypeOf(symbol)))
            return SecretKind.None;
        // A constant is the name of a setting, a claim or a form field, unless its value says otherwise; rules about literals look at those.
        if (symbol is IFieldSymbol { IsConst: true })
            return SecretKind.None;
        var kind = Of(symbol.Name);
        if (kind == SecretKind.None && Nameless.Contains(symbol.Name) && symbol.ContainingType is { } owner)
            kind = Of(owner.Name + symbol.Name);
        // The code of a tax id is its country, the key of a phone its kind.
        if (kind == SecretKind.Personal && symbol.Name is "Code" or "Key")
            kind = SecretKind.None;
        return kind;
    }

    /// <summary>What an operation yields, told by the symbol it names or by the constant key it looks up: <c>headers["X-Api-Key"]</c> is an API key.</summary>
    public static SecretKind Of(IOperation? operation)
    {
        operation = operation?.WithoutAwait();
        return operation switch
        {
            null => SecretKind.None,
            IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: [{ Value.ConstantValue: { HasValue: true, Value: string key } }] } => Of(key),
            IArrayElementReferenceOperation => SecretKind.None,
            IInvocationOperation { TargetMethod.Name: "ToString" or "Trim" or "ToLower" or "ToUpper" or "ToLowerInvariant" or "ToUpperInvariant" or "Normalize" or "First" or "FirstOrDefault" or "Single", Instance: var instance } call
                => Of(instance ?? (call.Arguments.Length > 0 ? call.Arguments[0].Value : null)),
            IInvocationOperation { TargetMethod.Name: "GetValue" or "GetString" or "GetRequiredValue" or "GetSecret", Arguments: var arguments } => OfKey(arguments),
            IConditionalAccessOperation conditional => Of(conditional.WhenNotNull),
            ICoalesceOperation coalesce => Of(coalesce.Value),
            _ => Of(operation.ReferencedSymbol()),
        };
    }

    /// <summary>Whether a value of the type can be a secret at all: text, bytes, numbers, but no flag, date, enumeration or object.</summary>
    public static bool CanHold(ITypeSymbol? type)
    {
        type = type.WithoutNullable();
        if (type is IArrayTypeSymbol array)
            type = array.ElementType;
        switch (type)
        {
            case null or { TypeKind: TypeKind.Enum or TypeKind.Error }:
                return false;
            case { SpecialType: SpecialType.System_String or SpecialType.System_Byte or SpecialType.System_Char or SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_Object }:
                return true;
            case { Name: "Guid" or "StringValues" or "SecureString" or "Uri" }:
                return true;
            case INamedTypeSymbol { TypeArguments: [var element], Name: "Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory" or "IEnumerable" or "List" or "IList" or "IReadOnlyList" or "ICollection" or "IReadOnlyCollection" or "ImmutableArray" }:
                return element.SpecialType is SpecialType.System_String or SpecialType.System_Byte or SpecialType.System_Char;
            default:
                return false;
        }
    }

    /// <summary>The type of a symbol's value, or null for a symbol that has none.</summary>
    public static ITypeSymbol? TypeOf(ISymbol? symbol) => symbol switch
    {
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        IPropertySymbol property => property.Type,
        IFieldSymbol field => field.Type,
        IMethodSymbol method => method.ReturnType.AwaitedType(),
        _ => null,
    };

    // GeneratePasswordResetTokenAsync makes a PasswordResetToken; ValidateToken and HashPassword make no secret.
    private static string MadeBy(string method)
    {
        foreach (var maker in Makers)
        {
            if (method.Length > maker.Length && method.StartsWith(maker, StringComparison.Ordinal) && char.IsUpper(method[maker.Length]))
                return method.EndsWith("Async", StringComparison.Ordinal) ? method.Substring(maker.Length, method.Length - maker.Length - 5) : method.Substring(maker.Length);
        }
        return "";
    }

    private static SecretKind OfKey(ImmutableArray<IArgumentOperation> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.Value.ConstantValue is { HasValue: true, Value: string key })
                return Of(key);
        }
        return SecretKind.None;
    }

    private static bool IsPostal(string name) => Words.ContainSequence(name, "pin", "code") || Words.ContainSequence(name, "zip", "pin") || Words.ContainSequence(name, "pin", "point");

    private static bool IsLink(ImmutableArray<string> words) => Last(words) is "url" or "uri" && (words.Contains("reset") || words.Contains("magic") || words.Contains("activation"));

    private static bool IsDeviceToken(ImmutableArray<string> words) => words.Contains("device") || words.Contains("push") || words.Contains("fcm") || words.Contains("template") || words.Contains("message");

    private static string Last(ImmutableArray<string> words) => words[words.Length - 1];

    private static bool Contains(ImmutableArray<string> words, HashSet<string> set)
    {
        foreach (var word in words)
        {
            if (set.Contains(word))
                return true;
        }
        return false;
    }

    private static bool ContainsPhrase(ImmutableArray<string> words, string[][] phrases)
    {
        foreach (var phrase in phrases)
        {
            for (var start = 0; start + phrase.Length <= words.Length; start++)
            {
                if (words[start] == phrase[0] && phrase.Select((word, i) => words[start + i] == word).All(same => same))
                    return true;
            }
        }
        return false;
    }

    private static string[][] Phrases(params string[] phrases) => phrases.Select(phrase => phrase.Split(' ')).ToArray();
}

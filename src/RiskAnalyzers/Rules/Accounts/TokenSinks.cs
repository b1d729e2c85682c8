using RiskAnalyzers.Language;
using RiskAnalyzers.Rules;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>Follows a value up to the token, code or password that is made of it.</summary>
internal static class TokenSinks
{
    private static readonly HashSet<string> PassThrough = new(StringComparer.Ordinal)
    {
        "ToBase64String", "ToHexString", "ToHexStringLower", "ToString", "GetBytes", "GetString", "Concat", "Format", "Join", "Encode", "EncodeToString", "Base64UrlEncode", "HashData", "ComputeHash",
        "EscapeDataString", "UrlEncode", "ToArray", "Select", "Repeat", "Range", "Take", "OrderBy", "Replace", "Substring", "Abs", "Max", "Min", "ToInt32", "Reverse", "ToChar", "Create",
    };

    private static readonly HashSet<string> Collecting = new(StringComparer.Ordinal) { "Append", "Add", "Insert", "AppendFormat", "Push", "Enqueue", "Write" };

    private static readonly HashSet<string> Challenges = new(StringComparer.Ordinal)
    {
        "otp", "totp", "verification", "verify", "twofactor", "mfa", "2fa", "passcode", "reset", "forgot", "activation",
    };

    // A hole beside the clock that no outsider can fill makes the whole unguessable.
    private static readonly HashSet<string> Strong = new(StringComparer.Ordinal) { "signature", "sig", "hmac", "mac", "hash", "random", "nonce", "guid", "secret", "key", "sign", "salt" };

    private static readonly HashSet<string> Trades = new(StringComparer.Ordinal) { "service", "generator", "manager", "helper", "provider", "handler", "command", "factory", "utils", "util", "helpers", "creator", "issuer" };

    private static readonly string[] MakerVerbs = { "Generate", "Create", "New", "Next", "Make", "Issue" };

    /// <summary>The name of the secret that the value becomes, or null.</summary>
    public static string? NameOf(IOperation value, OperationVisit visit, int hops, bool ofClock = false)
    {
        while (value.Parent is { } parent)
        {
            switch (parent)
            {
                case IConversionOperation or IParenthesizedOperation or IAwaitOperation or ICoalesceOperation or ISwitchExpressionArmOperation or ISwitchExpressionOperation or IConditionalAccessOperation
                    or IInterpolationOperation or IArrayInitializerOperation or IArrayCreationOperation or IDelegateCreationOperation or IImplicitIndexerReferenceOperation or { Syntax: CollectionExpressionSyntax }:
                    break;
                case IConditionalOperation conditional when conditional.Condition != value && conditional.Type is not null:
                    break;
                case IArrayElementReferenceOperation element when element.ArrayReference != value:
                    break;
                case IInterpolatedStringOperation or IBinaryOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Remainder or BinaryOperatorKind.Multiply or BinaryOperatorKind.Subtract }:
                    if (ofClock && HasStrongPart(parent, value))
                        return null;
                    break;
                case IInvocationOperation call when call.Instance == value:
                    if (!Secrets.CanHold(call.Type) || call.TargetMethod.Name is "GetHashCode" or "CompareTo" or "IndexOf")
                        return null;
                    break;
                case IArgumentOperation argument:
                    if (PassedOn(argument, value, visit, hops, ofClock) is not { } result)
                        return null;
                    if (result.Token is not null)
                        return result.Token;
                    value = result.Through!;
                    continue;
                case IReturnOperation:
                    if (value.EnclosingFunction() is IAnonymousFunctionOperation lambda)
                    {
                        value = lambda;
                        continue;
                    }
                    return FunctionAround(value, visit) is { } function && IsMaker(function) ? function.Name : MemberName(visit.Member);
                case IAssignmentOperation assignment when assignment.Value == value:
                    return Stored(assignment.Target, visit, hops, ofClock);
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }:
                    return Local(declarator.Symbol, visit, hops, ofClock);
                case IPropertyInitializerOperation { InitializedProperties: [var property, ..] }:
                    return IsToken(property) ? property.Name : null;
                case IFieldInitializerOperation { InitializedFields: [var field, ..] }:
                    return IsToken(field) ? field.Name : null;
                default:
                    return null;
            }
            value = parent;
        }
        return null;
    }

    /// <summary>Whether the function's result is a token, by its own name or by that of its type: <c>OtpService.GenerateCode</c>.</summary>
    public static bool IsMaker(IMethodSymbol method)
    {
        if (!Secrets.CanHold(method.ReturnType.AwaitedType()))
            return false;
        if (IsStrong(Secrets.Of(method), method.Name) || IsVoucher(method.Name) || Words.ContainSequence(method.Name, "session", "id") && Array.Exists(MakerVerbs, verb => method.Name.StartsWith(verb, StringComparison.Ordinal)))
            return true;
        if (method.ContainingType is not { } owner || Array.Find(MakerVerbs, verb => method.Name.StartsWith(verb, StringComparison.Ordinal)) is not { } verb)
            return false;
        var rest = Words.Of(method.Name.EndsWith("Async", StringComparison.Ordinal) ? method.Name.Substring(0, method.Name.Length - 5) : method.Name).RemoveAt(0);
        if (rest.Length > 0 && rest[rest.Length - 1] is not ("code" or "string" or "digits" or "key" or "value" or "pin"))
            return false;
        var kept = Words.Of(owner.Name).Where(word => !Trades.Contains(word)).Concat(rest.Length > 0 ? new[] { rest[rest.Length - 1] } : Array.Empty<string>());
        var name = string.Join("_", kept);
        return IsStrong(Secrets.Of(name), name) || IsVoucher(name);
    }

    private static string? MemberName(ISymbol member)
    {
        if (member is IMethodSymbol { AssociatedSymbol: { } associated })
            member = associated;
        return member is IPropertySymbol && IsToken(member) ? member.Name : null;
    }

    private static IMethodSymbol? FunctionAround(IOperation value, OperationVisit visit) =>
        value.EnclosingFunction() is ILocalFunctionOperation local ? local.Symbol : visit.Member as IMethodSymbol;

    private static bool IsToken(ISymbol? symbol) =>
        symbol is not null && (IsStrong(Secrets.Of(symbol), symbol.Name)
            || (Secrets.CanHold(Secrets.TypeOf(symbol)) && (IsVoucher(symbol.Name) || symbol is { Name: "Code", ContainingType: { } voucher } && IsVoucher(voucher.Name + "Code") || Words.ContainSequence(symbol.Name, "session", "id"))));

    private static bool IsStrong(SecretKind kind, string name) =>
        kind is SecretKind.Key or SecretKind.Token or SecretKind.OneTime || (kind is SecretKind.Password && !Secrets.IsDigest(name));

    private static bool IsVoucher(string name) =>
        (Words.ContainSequence(name, "coupon", "code") || Words.ContainSequence(name, "gift", "card", "code") || Words.ContainSequence(name, "gift", "code") || Words.ContainSequence(name, "giftcard", "code")
            || Words.ContainSequence(name, "voucher", "code") || Words.ContainSequence(name, "promo", "code")) && !name.EndsWith("Id", StringComparison.Ordinal);

    // Null: the value ends here. A token: it has become one. Otherwise it goes on through the call.
    private static (string? Token, IOperation? Through)? PassedOn(IArgumentOperation argument, IOperation value, OperationVisit visit, int hops, bool ofClock)
    {
        switch (argument.Parent)
        {
            case IPropertyReferenceOperation { Type.SpecialType: SpecialType.System_Char or SpecialType.System_String } indexer:
                return (null, indexer);
            case IInvocationOperation { Instance: ILocalReferenceOperation { Local: var builder } } collecting when Collecting.Contains(collecting.TargetMethod.Name):
                return Local(builder, visit, hops, ofClock) is { } built ? (built, null) : null;
            case IInvocationOperation { TargetMethod.Name: "NextBytes" }:
                return null;
            case IInvocationOperation call when PassThrough.Contains(call.TargetMethod.Name) && !call.TargetMethod.ContainingType.Name.StartsWith("HMAC", StringComparison.Ordinal):
                return (null, call);
            case IObjectCreationOperation { Type.SpecialType: SpecialType.System_String } text:
                return (null, text);
        }
        if (argument.Parameter is not { } parameter || IsLog(parameter))
            return null;
        if (IsToken(parameter))
            return (parameter.Name, null);
        var names = argument.Parent is IInvocationOperation { TargetMethod: var method } ? method : null;
        return value.DescendantsAndSelf().FirstOrDefault(part => part is ILocalReferenceOperation { Local.Name: var code } && IsCode(code)) is ILocalReferenceOperation { Local: var local }
            && ((names is not null && Words.ContainAny(names.Name, Challenges)) || SpeaksOfChallenge(argument)) ? (local.Name, null) : null;
    }

    private static bool IsLog(IParameterSymbol parameter) => Words.ContainAny(parameter.ContainingType?.Name ?? "", LogWords);

    private static readonly HashSet<string> LogWords = new(StringComparer.Ordinal) { "logger", "log", "claim", "claims" };

    private static string? Stored(IOperation target, OperationVisit visit, int hops, bool ofClock)
    {
        switch (target)
        {
            case ILocalReferenceOperation { Local: var local }:
                return Local(local, visit, hops, ofClock);
            case IArrayElementReferenceOperation { ArrayReference: ILocalReferenceOperation { Local: var array } }:
                return Local(array, visit, hops, ofClock);
            default:
                return target.ReferencedSymbol() is { } symbol && IsToken(symbol) ? symbol.Name : null;
        }
    }

    private static string? Local(ILocalSymbol local, OperationVisit visit, int hops, bool ofClock)
    {
        if (IsToken(local))
            return local.Name;
        // A name of its own that says something harmless is believed: a correlation id stays one wherever it goes.
        if (hops == 0 || Words.Of(local.Name) is [.., "id"])
            return null;
        if (!ofClock && IsCode(local.Name) && (Words.ContainAny(visit.Member.Name, Challenges) || Words.ContainAny(visit.Member.ContainingType?.Name ?? "", Challenges)))
            return local.Name;
        foreach (var operation in visit.Body.DescendantsAndSelf())
        {
            if (operation is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local) && NameOf(reference, visit, hops - 1, ofClock) is { } token)
                return token;
        }
        return null;
    }

    private static bool IsCode(string name) => Words.Of(name) is [.., "code" or "pin" or "otp" or "digits"];

    private static bool SpeaksOfChallenge(IArgumentOperation argument)
    {
        foreach (var part in argument.Parent!.DescendantsAndSelf())
        {
            if (part is ILiteralOperation { ConstantValue: { HasValue: true, Value: string text } } && Words.ContainAny(text, Challenges))
                return true;
        }
        return false;
    }

    private static bool HasStrongPart(IOperation text, IOperation except)
    {
        foreach (var part in text.DescendantsAndSelf())
        {
            if (part == except || part is not (ILocalReferenceOperation or IParameterReferenceOperation or IMemberReferenceOperation or IInvocationOperation))
                continue;
            if (part.ReferencedSymbol() is { } symbol && (Words.ContainAny(symbol.Name, Strong) || symbol.Name is "NewGuid" || symbol.ContainingType?.Name is "RandomNumberGenerator"))
                return true;
        }
        return false;
    }
}

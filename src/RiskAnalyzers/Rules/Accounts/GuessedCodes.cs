using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>Short codes, sent by mail or text message, that are compared with what somebody typed while nobody counts how often.</summary>
internal sealed class GuessedCodes
{
    private static readonly HashSet<string> Codes = Words.SetOf("otp otps code pin");

    private static readonly HashSet<string> Kinds = Words.SetOf("otp otps verification mfa totp sms");

    private static readonly HashSet<string> Counting = Words.SetOf("attempt attempts failed failures tries retries lockout throttle limit limiter");

    private static readonly HashSet<string> Stores = Words.SetOf("repository repo store specification");

    private static readonly HashSet<string> Asking = Words.SetOf("verify validate check confirm consume login signin authenticate handle reset use get redeem");

    private readonly RequestData _request;

    public GuessedCodes(CompilationFacts facts) => _request = RequestData.In(facts);

    /// <summary>Whether the comparison or look-up is the only thing between a stranger and a code that has a million values.</summary>
    public bool Are(IOperation question, ISymbol member)
    {
        if (CodeOf(question) is not { } row || CountsIn(row))
            return false;
        if (member is not IMethodSymbol method || Words.ContainAny(method.ContainingType.Name, Stores) || !Words.ContainAny(method.Name, Asking))
            return false;
        return !Counts(method) && !Counts(method.ContainingType) && !CountsIn(method.ContainingType);
    }

    // otp.CodeHash != Hash(code), otps.FirstOrDefault(o => o.Email == email && o.Code == code), otps.GetByEmailAndOtpAsync(email, otp): the row's type.
    private INamedTypeSymbol? CodeOf(IOperation question)
    {
        switch (question)
        {
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } compared:
                return RowOf(compared.LeftOperand) is { } left && IsTyped(compared.RightOperand) ? left : RowOf(compared.RightOperand) is { } right && IsTyped(compared.LeftOperand) ? right : null;
            case IInvocationOperation { TargetMethod: { Name: var name } } call when name.StartsWith("Get", StringComparison.Ordinal) || name.StartsWith("Find", StringComparison.Ordinal):
                return Words.Of(name) is var words && words.Contains("by") && words.Any(word => word is "otp" or "code") && call.Type.AwaitedType() is INamedTypeSymbol { TypeKind: TypeKind.Class } row && IsCodeRow(row) && call.Arguments.Any(argument => IsTyped(argument.Value)) ? row : null;
            default:
                return null;
        }
    }

    private static INamedTypeSymbol? RowOf(IOperation value) => value.WithoutConversions() is IPropertyReferenceOperation { Property: { Name: var name, Type.SpecialType: SpecialType.System_String or SpecialType.System_Int32, ContainingType: { } row } }
        && Words.ContainAny(name, Codes) && (IsCodeRow(row) || Secrets.Of(name) == SecretKind.OneTime && !RequestData.IsCarrier(row)) ? row : null;

    private static bool IsCodeRow(INamedTypeSymbol row) => Words.ContainAny(row.Name, Kinds) && row.IsOfTheProduct() && !RequestData.IsCarrier(row) && row.TypeKind == TypeKind.Class;

    // What somebody typed in, as it is or hashed.
    private bool IsTyped(IOperation value)
    {
        value = value.WithoutConversions();
        if (value is IInvocationOperation { Arguments: [{ Value: var inner }, ..] })
            value = inner.WithoutConversions();
        return value is IParameterReferenceOperation { Parameter: { Name: var name, ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Ordinary } } } && Words.ContainAny(name, Codes)
            || value is IPropertyReferenceOperation { Property.Name: var sent } && Words.ContainAny(sent, Codes) && _request.Holds(value);
    }

    private static bool CountsIn(INamedTypeSymbol type)
    {
        foreach (var name in type.MemberNames)
        {
            if (Words.ContainAny(name, Counting))
                return true;
        }
        return false;
    }

    private static bool Counts(ISymbol symbol) => symbol.GetAttributes().Any(attribute => attribute.AttributeClass is { } type && Words.ContainAny(type.Name, Counting));
}

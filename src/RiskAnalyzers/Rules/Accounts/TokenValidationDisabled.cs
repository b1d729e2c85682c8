using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>A part of a token's validation that is switched off: an expired, foreign or forged token gets in.</summary>
internal sealed class TokenValidationDisabled : RiskRule
{
    private static readonly Dictionary<string, string> Switches = new(StringComparer.Ordinal)
    {
        ["ValidateIssuer"] = "tokens of any issuer",
        ["ValidateAudience"] = "tokens that were issued for another service",
        ["ValidateLifetime"] = "expired tokens",
        ["ValidateIssuerSigningKey"] = "tokens signed with a key that was never checked",
        ["RequireSignedTokens"] = "tokens without a signature",
        ["RequireExpirationTime"] = "tokens that never expire",
        ["RequireAudience"] = "tokens for no particular service",
    };

    private static readonly HashSet<string> Expired = new(StringComparer.Ordinal) { "expired", "expiry", "refresh", "refreshed", "renew", "revoke", "logout" };

    private static readonly HashSet<string> TokenWords = new(StringComparer.Ordinal) { "token", "jwt", "bearer", "oidc", "oauth" };

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK3012",
        title: "Token validation switched off",
        message: "'{0}' accepts {1}; {2}",
        why: "A bearer token is all that stands between a caller and an account. Each check that is switched off is one that a forged or stolen token need not pass.");

    public TokenValidationDisabled() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        on.Operation(CheckAssignment, OperationKind.SimpleAssignment);
        on.Operation(CheckNone, OperationKind.FieldReference, OperationKind.ObjectCreation);
        on.Operation(CheckCall, OperationKind.Invocation);
    }

    private static void CheckAssignment(OperationVisit visit)
    {
        var assignment = (ISimpleAssignmentOperation)visit.Operation;
        if (assignment.Target is not IPropertyReferenceOperation { Property: { ContainingType: { } type } property })
            return;
        if (property.Name == "Expires" && type.Name == "SecurityTokenDescriptor" && IsLong(assignment.Value, visit.Member))
            visit.Report(assignment, assignment.Syntax.ToString(), "the token long after its owner was blocked or changed the password", "issue it for minutes and renew it with a refresh token that can be revoked");
        if (type.Name == "TokenValidationParameters")
            CheckParameter(visit, assignment, property.Name);
        else if (property.Name == "RequireHttpsMetadata" && assignment.Value.IsConstant(false) && !Environments.IsForDevelopersOnly(assignment))
            visit.Report(assignment, assignment.Syntax.ToString(), "signing keys over plain HTTP, from whoever answers", "leave it on outside Development");
        else if (property.Name == "VerifySignature" && assignment.Value.IsConstant(false) && Words.ContainAny(type.Name, TokenWords))
            visit.Report(assignment, assignment.Syntax.ToString(), "tokens with any signature", "switch it on");
    }

    private static void CheckParameter(OperationVisit visit, ISimpleAssignmentOperation assignment, string name)
    {
        if (Switches.TryGetValue(name, out var accepted))
        {
            if (name == "ValidateLifetime" && ReadsExpiredTokens(visit) || Environments.IsForDevelopersOnly(assignment))
                return;
            if (assignment.Value.IsConstant(false))
                visit.Report(assignment, assignment.Syntax.ToString(), accepted, "switch it on and name what is valid");
            else if (OptionalChecks.HangsOnSetting(assignment.Value))
                visit.Report(assignment, assignment.Syntax.ToString(), accepted + " as soon as a setting is missing", "leave it on and refuse to start without the setting");
            return;
        }
        switch (name)
        {
            case "SignatureValidator" or "SignatureValidatorUsingConfiguration" or "TokenReader" when LambdaOf(assignment.Value) is { } lambda && ReturnsUnread(lambda):
                visit.Report(assignment, name, "any text that looks like a token, signed by nobody", "delete it and set the signing key");
                break;
            case "IssuerValidator" when LambdaOf(assignment.Value) is { } lambda && ReturnedBy(lambda) is { Length: > 0 } issuers && issuers.All(issuer => issuer.WithoutConversions() is IParameterReferenceOperation):
                visit.Report(assignment, name, "tokens of any issuer", "compare it with the issuer that is meant");
                break;
            case "LifetimeValidator" or "IssuerSigningKeyValidator" or "AlgorithmValidator" or "AudienceValidator" when LambdaOf(assignment.Value) is { } lambda && AlwaysTrue(lambda):
                visit.Report(assignment, name, "every token", "check what it is given");
                break;
            case "ClockSkew" when IsDays(assignment.Value):
                visit.Report(assignment, assignment.Syntax.ToString(), "tokens long after they expired", "allow a few minutes");
                break;
        }
    }

    // A refresh reads the claims of a token that has just expired; its own check is the refresh token.
    private static bool ReadsExpiredTokens(OperationVisit visit) =>
        Words.ContainAny(visit.Member.Name, Expired) || (visit.Operation.EnclosingFunction() is ILocalFunctionOperation local && Words.ContainAny(local.Symbol.Name, Expired))
        || (visit.Member.Name is "Handle" or "HandleAsync" && Words.ContainAny(visit.Member.ContainingType.Name, Expired));

    private static void CheckNone(OperationVisit visit)
    {
        if (visit.Operation is IObjectCreationOperation { Type.Name: "JwtSecurityToken" } issued && issued.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == "expires") is { Value: var end } lifetime && IsLong(end, visit.Member))
            visit.Report(lifetime, lifetime.Syntax.ToString(), "the token long after its owner was blocked or changed the password", "issue it for minutes and renew it with a refresh token that can be revoked");
        if (visit.Operation is IFieldReferenceOperation { Field: { Name: "None", ContainingType.Name: "SecurityAlgorithms" } or { Name: "none", ContainingType.Name: "JwsAlgorithm" } })
        {
            if (visit.Operation.Parent is not IBinaryOperation)
                visit.Report(visit.Operation, visit.Operation.Syntax.ToString(), "a token without a signature", "sign with a key");
        }
        else if (visit.Operation is IObjectCreationOperation { Type.Name: "JwtSecurityToken" or "JsonWebToken", Arguments: [{ Value.Type.SpecialType: SpecialType.System_String }] })
        {
            CheckReading(visit, visit.Operation);
        }
        else if (visit.Operation is IObjectCreationOperation { Type.Name: "NoneAlgorithm" })
        {
            visit.Report(visit.Operation, visit.Operation.Syntax.ToString(), "a token without a signature", "sign with a key");
        }
    }

    private static void CheckCall(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        switch (call.TargetMethod.Name)
        {
            case "WithVerifySignature" or "SetVerifySignature" when call.Arguments.Any(argument => argument.Value.IsConstant(false)):
            case "DoNotVerifySignature" or "DoNotVerify":
                visit.Report(call, call.TargetMethod.Name, "tokens with any signature", "verify it");
                break;
            case "ReadJwtToken" or "ReadJsonWebToken" or "ReadToken" when IsHandler(call.TargetMethod.ContainingType):
                CheckReading(visit, call);
                break;
        }
    }

    // handler.ReadJwtToken(token).Claims: the text says who the caller is, and nobody asked whether it is true.
    private static void CheckReading(OperationVisit visit, IOperation read)
    {
        if (visit.Member is not IMethodSymbol || IsInBrowser(visit.Member.ContainingType) || !ReadsIdentity(read, visit.Body))
            return;
        foreach (var operation in visit.Body.DescendantsAndSelf())
        {
            if (operation is IInvocationOperation { TargetMethod.Name: var name } && name.StartsWith("Validate", StringComparison.Ordinal) && name.IndexOf("Token", StringComparison.Ordinal) >= 0)
                return;
        }
        visit.Report(read, read.Syntax.ToString(), "whatever the caller wrote into the token, as nothing checks its signature", "use ValidateToken before trusting a claim");
    }

    // Blazor's provider tells the page in the caller's own browser who is signed in; the service behind it checks.
    private static bool IsInBrowser(INamedTypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type.Name == "AuthenticationStateProvider")
                return true;
        }
        return false;
    }

    private static bool ReadsIdentity(IOperation read, IOperation body)
    {
        IOperation result = read;
        while (result.Parent is IConversionOperation or IParenthesizedOperation or IConditionalAccessOperation)
            result = result.Parent;
        if (IsIdentity(result.Parent))
            return true;
        if (result is IConditionalAccessOperation access && access.WhenNotNull.DescendantsAndSelf().Any(IsIdentity))
            return true;
        if (result.Parent is not IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } })
            return false;
        return body.DescendantsAndSelf().Any(operation => operation is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local)
            && (IsIdentity(reference.Parent) || (reference.Parent is IConditionalAccessOperation conditional && conditional.WhenNotNull.DescendantsAndSelf().Any(IsIdentity))));
    }

    private static bool IsIdentity(IOperation? operation) => operation is IPropertyReferenceOperation { Property.Name: "Subject" or "Payload" or "Actor" } || operation is IPropertyReferenceOperation { Property.Name: "Claims" } && !IsNumberOf(operation) || operation is IInvocationOperation { TargetMethod.Name: "GetClaim" or "GetPayloadValue" or "TryGetClaim" };

    // jwt.Claims.First(claim => claim.Type == "jti"): which token this is and when it ends says nothing of who sends it.
    private static bool IsNumberOf(IOperation claims)
    {
        var source = claims.Parent is IConversionOperation conversion ? conversion.Parent : claims.Parent;
        return source is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "First" or "FirstOrDefault" or "Single" or "SingleOrDefault", Arguments: [_, { Value: var choice }] } }
            && choice.Syntax is LambdaExpressionSyntax { Body: BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression, Right: var wanted } }
            && wanted is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Jti" or "Exp" or "Iat" } or LiteralExpressionSyntax { Token.ValueText: "jti" or "exp" or "iat" };
    }

    private static bool IsHandler(INamedTypeSymbol type) => type.Name is "JwtSecurityTokenHandler" or "JsonWebTokenHandler" or "SecurityTokenHandler" or "TokenHandler" or "ISecurityTokenValidator";

    private static IAnonymousFunctionOperation? LambdaOf(IOperation value) => value.WithoutConversions() switch
    {
        IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda } => lambda,
        IAnonymousFunctionOperation lambda => lambda,
        _ => null,
    };

    private static bool ReturnsUnread(IAnonymousFunctionOperation lambda) => ReturnedBy(lambda) is [var value] && value.WithoutConversions() switch
    {
        IObjectCreationOperation { Type.Name: "JwtSecurityToken" or "JsonWebToken" } => true,
        IInvocationOperation { TargetMethod.Name: "ReadJwtToken" or "ReadToken" or "ReadJsonWebToken" } => true,
        ILocalReferenceOperation { Local.Type.Name: "JwtSecurityToken" or "JsonWebToken" or "SecurityToken" } => !lambda.Body.DescendantsAndSelf().Any(operation => operation is IThrowOperation or IConditionalOperation),
        _ => false,
    };

    private static bool AlwaysTrue(IAnonymousFunctionOperation lambda) => ReturnedBy(lambda) is { Length: > 0 } values && values.All(value => value.ConstantValue is { HasValue: true, Value: true });

    private static ImmutableArray<IOperation> ReturnedBy(IAnonymousFunctionOperation lambda) =>
        lambda.Body.DescendantsInFunction().OfType<IReturnOperation>().Select(result => result.ReturnedValue).OfType<IOperation>().ToImmutableArray();

    // An access token of a week or more; a refresh token and the link of an invitation may live that long.
    private static bool IsLong(IOperation end, ISymbol member) => !Words.ContainAny(member.Name, LongLived) && !Words.ContainAny(member.ContainingType?.Name ?? "", LongLived) && end.WithoutConversions() is IInvocationOperation { TargetMethod: { Name: var unit, ContainingType.Name: "DateTime" or "DateTimeOffset" }, Arguments: [{ Value: var count }] }
        && (unit is "AddMonths" or "AddYears" || unit == "AddDays" && count.ConstantNumber() >= 7);

    private static readonly HashSet<string> LongLived = Words.SetOf("license licence licensing licences licenses refresh remember invite invitation machine unsubscribe device");

    private static bool IsDays(IOperation value) => value.WithoutConversions() is IInvocationOperation { TargetMethod: { ContainingType.Name: "TimeSpan", Name: var unit }, Arguments: [{ Value: var count }, ..] }
        && (unit == "FromDays" || (unit == "FromHours" && count.ConstantNumber() >= 1) || (unit == "FromMinutes" && count.ConstantNumber() > 60));
}

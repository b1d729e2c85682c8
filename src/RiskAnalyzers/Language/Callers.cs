using System.Collections.Concurrent;

namespace RiskAnalyzers.Language;

/// <summary>What code does about whoever calls it.</summary>
[Flags]
internal enum CallerChecks
{
    None = 0,

    /// <summary>Reads claims, a principal or the current user.</summary>
    Identity = 1,

    /// <summary>Reads what visitors without an account have as well: a session, a work context, a cookie.</summary>
    Visitor = 2,

    /// <summary>Refuses somebody: 401, 403, a challenge, an authorization service.</summary>
    Denies = 4,

    /// <summary>Looks at a key, signature, code or one-time token that the caller must know.</summary>
    Proof = 8,
}

/// <summary>Who is calling, as code asks for it.</summary>
internal static class Callers
{
    // Several rules ask the same of one body, and each is reached from many endpoints.
    private static readonly NodeNotes<CallerChecks> Known = new(Read);

    private const int NameLimit = 50_000;
    private static readonly ConcurrentDictionary<string, CallerChecks> KnownNames = new(StringComparer.Ordinal);

    private static readonly HashSet<string> IdentityWords = Words.SetOf("claims claim principal caller impersonate impersonating");

    private static readonly HashSet<string> IdentityTypes = Words.SetOf("ClaimsPrincipal ClaimsIdentity IPrincipal IIdentity GenericPrincipal");

    private static readonly WordSequences IdentityPhrases = new(
        "current user|current customer|current account|current tenant|current member|current principal|current identity|current employee|current buyer|current organization|current context|user context|tenant context|user accessor|user provider|user session|get user id|get user name|get user email|get user async|get customer id|get my|user identity|identity user|logged in|signed in|auth user|authenticated user|is in role|is authenticated|requesting user|acting user|http context accessor|user id provider|user identifier");

    private static readonly WordSequences VisitorPhrases = new("work context|anonymous id|guest id|visitor id|visitor|storefront context|current shopping cart|current cart|current basket|checkout state|cart retriever|cart cookie|cart id cookie|request cookies");

    private static readonly HashSet<string> DenialWords = Words.SetOf("unauthorized unauthorised forbid forbidden challenge");

    private static readonly HashSet<string> ProofWords = Words.SetOf("signature hmac captcha recaptcha otp apikey");

    private static readonly WordSequences ProofPhrases = new("api key|verification code|confirmation code|security code|verification token|reset token|confirmation token|verify code|access code|shared secret|webhook secret|payload token|fixed time equals|validate token|verify token|invite token|invitation token|magic link");

    /// <summary>Whether the value is the caller's identity, or was read out of it: <c>User</c>, a claim, the current user's id.</summary>
    public static bool IsIdentity(IOperation? value) => IsIdentity(value, 8, new(SymbolEqualityComparer.Default));

    private static bool IsIdentity(IOperation? value, int depth, HashSet<ISymbol> seen)
    {
        if (value is null || depth == 0)
            return false;
        value = value.WithoutAwait();
        if (value.Type is { } type && IdentityTypes.Contains(type.Name))
            return true;
        switch (value)
        {
            case IPropertyReferenceOperation property:
                return NamesIdentity(property.Property.Name) || IsIdentity(property.Instance, depth - 1, seen);
            case IFieldReferenceOperation field:
                return NamesIdentity(field.Field.Name) || field.Field.Type is { } held && NamesIdentity(held.Name);
            case IInvocationOperation call:
                return NamesIdentity(call.TargetMethod.Name) || IsIdentity(call.Instance, depth - 1, seen) || call.Arguments.Any(argument => IsIdentity(argument.Value, depth - 1, seen));
            case IConditionalAccessOperation conditional:
                return IsIdentity(conditional.Operation, depth - 1, seen);
            case IConditionalAccessInstanceOperation placeholder:
                return IsIdentity(placeholder.Ancestor<IConditionalAccessOperation>()?.Operation, depth - 1, seen);
            case ICoalesceOperation coalesce:
                return IsIdentity(coalesce.Value, depth - 1, seen);
            case IConversionOperation conversion:
                return IsIdentity(conversion.Operand, depth - 1, seen);
            case IParameterReferenceOperation parameter:
                return NamesIdentity(parameter.Parameter.Name) || NamesIdentity(parameter.Parameter.Type.Name);
            case ILocalReferenceOperation local:
                return IsIdentityLocal(value, local.Local, depth - 1, seen);
            default:
                return false;
        }
    }

    /// <summary>What the code does about its caller, by the names it uses: cheap, and good for any file.</summary>
    public static CallerChecks In(SyntaxNode code) => Known.Of(code);

    private static CallerChecks Read(SyntaxNode code)
    {
        var checks = CallerChecks.None;
        foreach (var token in code.DescendantTokens())
        {
            if (token.IsKind(SyntaxKind.IdentifierToken))
                checks |= Of(token);
            else if (token.IsKind(SyntaxKind.StringLiteralToken) && token.ValueText.Length is > 2 and < 60)
                checks |= OfText(token.ValueText);
            else if (token.IsKind(SyntaxKind.NumericLiteralToken) && token.ValueText is "401" or "403")
                checks |= CallerChecks.Denies;
        }
        return checks;
    }

    private static CallerChecks Of(SyntaxToken token)
    {
        var name = token.ValueText;
        if (name == "User")
            return IsPrincipal(token) ? CallerChecks.Identity : CallerChecks.None;
        // Most names say nothing; where they stand is asked of the others.
        var checks = Named(name);
        if (checks == CallerChecks.None && name != "Session")
            return checks;
        // Clients.Caller of a hub is where an answer goes, whoever that is.
        if (name == "Caller" && token.Parent?.Parent is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "Clients" } })
            return CallerChecks.None;
        // What a response may be is documentation, not a refusal.
        if (token.Parent?.FirstAncestorOrSelf<AttributeSyntax>() is not null || token.Parent?.Parent?.Parent is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Produces" or "ProducesProblem" } })
            return CallerChecks.None;
        // A payment provider has sessions as well.
        if (name == "Session" && token.Parent?.Parent is MemberAccessExpressionSyntax { Expression: var holder } && holder != token.Parent && Words.ContainAny(holder.ToString(), ContextWords))
            checks |= CallerChecks.Visitor;
        return checks.HasFlag(CallerChecks.Proof) && IsOwnKey(token) ? checks & ~CallerChecks.Proof : checks;
    }

    private static CallerChecks Named(string name)
    {
        if (KnownNames.TryGetValue(name, out var known))
            return known;
        var checks = CallerChecks.None;
        if (NamesIdentity(name))
            checks |= CallerChecks.Identity;
        if (name is "ISession" || VisitorPhrases.StandIn(name))
            checks |= CallerChecks.Visitor;
        if (name is "AuthorizeAsync" or "IAuthorizationService" or "IsInRole" or "HasClaim")
            checks |= CallerChecks.Identity | CallerChecks.Denies;
        if (Words.ContainAny(name, DenialWords))
            checks |= CallerChecks.Denies;
        if (Words.ContainAny(name, ProofWords) || ProofPhrases.StandIn(name))
            checks |= CallerChecks.Proof;
        if (KnownNames.Count > NameLimit)
            KnownNames.Clear();
        KnownNames[name] = checks;
        return checks;
    }

    // The shop's own key for its payment provider, read from the settings and handed on, asks nothing of the caller.
    private static bool IsOwnKey(SyntaxToken token)
    {
        var name = token.ValueText;
        if (!Words.ContainSequence(name, "api", "key") && !Words.ContainSequence(name, "apikey") || Words.ContainAny(name, CheckingWords))
            return false;
        if (token.Parent is not IdentifierNameSyntax use)
            return token.Parent is VariableDeclaratorSyntax { Initializer.Value: var initial } && ReadsSetting(initial);
        SyntaxNode whole = use;
        while (whole.Parent is MemberAccessExpressionSyntax or ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax)
            whole = whole.Parent;
        // StripeConfiguration.ApiKey = apiKey; options.ApiKey
        if (whole.Parent is AssignmentExpressionSyntax || whole is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var member } && member == name && whole.Parent is not BinaryExpressionSyntax)
            return true;
        // A key that was read from a setting: only a comparison with what came in makes a proof of it.
        var declared = use.FirstAncestorOrSelf<MemberDeclarationSyntax>()?.DescendantNodes().OfType<VariableDeclaratorSyntax>().FirstOrDefault(declarator => declarator.Identifier.ValueText == name);
        return declared?.Initializer?.Value is { } value && ReadsSetting(value) && !(whole.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } compared && !compared.Left.IsKind(SyntaxKind.NullLiteralExpression) && !compared.Right.IsKind(SyntaxKind.NullLiteralExpression))
            && !(whole.Parent?.Parent?.Parent is InvocationExpressionSyntax call && Words.ContainAny(call.Expression.ToString(), CheckingWords));
    }

    private static readonly HashSet<string> CheckingWords = Words.SetOf("validate valid verify check equals compare authenticate authorize header");

    private static bool ReadsSetting(ExpressionSyntax value) => Words.ContainAny(value.ToString(), SettingWords);

    private static readonly HashSet<string> SettingWords = Words.SetOf("config configuration settings setting options environment secrets vault");

    private static CallerChecks OfText(string text) =>
        text.IndexOf(' ') < 0 && !NamesSetting(text) && (text == "Authorization" || Words.ContainAny(text, ProofWords) || Words.ContainSequence(text, "api", "key")) ? CallerChecks.Proof
        : text is "sub" or "nameid" ? CallerChecks.Identity
        : text.IndexOf(' ') < 0 && (Words.ContainAny(text, LoginWords) || Words.ContainSequence(text, "sign", "in")) ? CallerChecks.Denies : CallerChecks.None;

    // Stripe:ApiKey, STRIPE_API_KEY: where the shop keeps its own key.
    private static bool NamesSetting(string text) => text.IndexOf(':') >= 0 || text.IndexOf('_') >= 0 && !text.Any(char.IsLower);

    // Redirect("/login?ReturnUrl=..."), RedirectToAction("Login")
    private static readonly HashSet<string> LoginWords = Words.SetOf("login signin logon");

    // User.FindFirst(...), HttpContext.User, GetUserId(User): not the entity, whose factory or property is meant elsewhere.
    private static bool IsPrincipal(SyntaxToken token)
    {
        if (token.Parent is not IdentifierNameSyntax name)
            return false;
        return name.Parent switch
        {
            MemberAccessExpressionSyntax access when access.Expression == name => access.Name.Identifier.ValueText is var member
                && (member is "Identity" or "Claims" or "IsInRole" or "HasClaim" || member.StartsWith("Find", StringComparison.Ordinal) || member.StartsWith("Get", StringComparison.Ordinal) || member.StartsWith("Is", StringComparison.Ordinal) || member is "Id" or "UserId"),
            MemberAccessExpressionSyntax access => Words.ContainAny(access.Expression.ToString(), ContextWords),
            ConditionalAccessExpressionSyntax conditional => conditional.Expression == name,
            MemberBindingExpressionSyntax => true,
            ArgumentSyntax => true,
            _ => false,
        };
    }

    private static readonly HashSet<string> ContextWords = Words.SetOf("context ctx");

    private static bool NamesIdentity(string name) =>
        Words.ContainAny(name, IdentityWords) || IdentityPhrases.StandIn(name);

    private static bool IsIdentityLocal(IOperation use, ILocalSymbol local, int depth, HashSet<ISymbol> seen)
    {
        if (NamesIdentity(local.Name))
            return true;
        if (!seen.Add(local))
            return false;
        foreach (var operation in use.ScopeOf(local).DescendantsAndSelf())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation { Symbol: var declared, Initializer.Value: var value } when Same(declared) && IsIdentity(value, depth, seen):
                case ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var assigned }, Value: var later } when Same(assigned) && IsIdentity(later, depth, seen):
                case IInvocationOperation { TargetMethod.Name: "TryParse" or "TryGetValue" } call when call.Arguments.Any(argument => argument.Parameter?.RefKind == RefKind.Out && Same(argument.Value.ReferencedSymbol())) && (IsIdentity(call.Instance, depth, seen) || call.Arguments.Any(argument => argument.Parameter?.RefKind != RefKind.Out && IsIdentity(argument.Value, depth, seen))):
                case IIsPatternOperation { Value: var matched, Pattern: var pattern } when local.DeclaringSyntaxReferences.Any(reference => pattern.Syntax.Span.Contains(reference.Span)) && IsIdentity(matched, depth, seen):
                    return true;
            }
        }
        return false;

        bool Same(ISymbol? other) => SymbolEqualityComparer.Default.Equals(other, local);
    }
}

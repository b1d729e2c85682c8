using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>What is a webhook or callback of a payment provider, and what proves that it came from there.</summary>
internal static class Callbacks
{
    private static readonly HashSet<string> Names = Words.SetOf("webhook webhooks ipn postback");

    private static readonly HashSet<string> Weaker = Words.SetOf("callback callbacks notify notification hook hooks");

    private static readonly HashSet<string> Proof = Words.SetOf("signature signatures signed hmac hmacsha verify verified verifies verifier verification authentic authenticate authenticity checksum md sha secret");

    private static readonly HashSet<string> Fetches = Words.SetOf("get fetch retrieve query lookup find capture");

    /// <summary>Whether the member is called by a payment provider: its name, its type's or its route says so.</summary>
    public static bool IsCallback(IMethodSymbol method)
    {
        if (Speaks(method.Name, method.ContainingType.Name + " " + method.Name) || method.GetAttributes().Any(IsCallbackRoute))
            return true;
        return Words.ContainAny(method.ContainingType.Name, Names) && Words.Of(method.Name) is ["handle" or "post" or "receive" or "process" or "consume" or "execute" or "invoke" or "index" or "stripe" or "paypal" or "on", ..];
    }

    /// <summary>Whether a route or name speaks of a provider's callback. A weak word needs a payment beside it: sign-in has callbacks as well.</summary>
    public static bool Speaks(string name, string context) =>
        Words.ContainAny(name, Names) || Words.ContainSequence(name, "web", "hook") || Words.ContainAny(name, Weaker) && Language.Payments.SpeakOfPayment(context);

    /// <summary>Whether somebody authenticates the caller, or an attribute of the product checks the signature.</summary>
    public static bool IsGuarded(IMethodSymbol method)
    {
        if (method.HasAttribute("AllowAnonymousAttribute"))
            return false;
        return method.GetAttributes().Concat(method.ContainingType.GetAttributes()).Any(attribute => attribute.AttributeClass?.Name is { } name
            && (name == "AuthorizeAttribute" || Words.ContainAny(name, Proof) || Words.ContainSequence(name, "api", "key")));
    }

    /// <summary>Whether the code, or what it calls in this compilation, looks at a signature or asks the provider again.</summary>
    public static bool IsProven(SyntaxNode code, IOperation body, Persistence persistence, int depth = 2)
    {
        if (Mentions(code))
            return true;
        foreach (var operation in body.DescendantsAndSelf())
        {
            if (operation is not IInvocationOperation { TargetMethod: var method } call)
                continue;
            if (Words.Of(method.Name) is [var verb, ..] && Fetches.Contains(verb) && call.Instance is not null && Words.Of(method.ContainingType.Name) is var type
                && type.Any(word => word is "gateway" or "stripe" or "paypal" or "adyen" or "mollie" or "provider" or "client") && !type.Contains("http"))
                return true;
            if (depth > 0 && persistence.Implementations(method).Take(3).Any(implementation => IsProven(implementation, persistence, depth - 1)))
                return true;
        }
        return false;
    }

    private static bool IsProven(IMethodSymbol method, Persistence persistence, int depth)
    {
        foreach (var reference in method.DeclaringSyntaxReferences)
        {
            var syntax = reference.GetSyntax();
            if (Mentions(syntax))
                return true;
            if (depth > 0 && syntax.DescendantNodes().OfType<InvocationExpressionSyntax>()
                .Select(call => call.Expression as IdentifierNameSyntax ?? (call.Expression as MemberAccessExpressionSyntax)?.Name as IdentifierNameSyntax)
                .Any(name => name is not null && method.ContainingType.GetMembers(name.Identifier.ValueText).OfType<IMethodSymbol>().Any(callee => !SymbolEqualityComparer.Default.Equals(callee, method) && IsProven(callee, persistence, depth - 1))))
                return true;
        }
        return false;
    }

    private static bool Mentions(SyntaxNode code)
    {
        foreach (var token in code.DescendantTokens())
        {
            if (token.IsKind(SyntaxKind.IdentifierToken) && (Words.ContainAny(token.ValueText, Proof) || token.ValueText is "FixedTimeEquals" or "ConstructEvent" or "CryptographicOperations"))
                return true;
            if (token.IsKind(SyntaxKind.StringLiteralToken) && token.ValueText.Length is > 4 and < 60 && Words.ContainAny(token.ValueText, Proof) && !token.ValueText.Contains(" "))
                return true;
        }
        return false;
    }

    private static bool IsCallbackRoute(AttributeData attribute) =>
        attribute.AttributeClass?.Name is { } name && (name.StartsWith("Http", StringComparison.Ordinal) || name is "RouteAttribute")
        && attribute.ConstructorArguments.Any(argument => argument.Kind == TypedConstantKind.Primitive && argument.Value is string route && Speaks(route, route));
}

using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>Endpoints that nobody can be signed in for, or that change nothing although they are posted to.</summary>
internal static class PublicEndpoints
{
    private static readonly HashSet<string> Public = Words.SetOf(
        "login logon signin signup register registration logout signout signoff forgot forgotten recover recovery refresh webhook webhooks callback ipn notify postback otp token tokens oauth oidc saml connect external authenticate authentication "
        + "contact newsletter subscribe unsubscribe feedback consent consents culture language locale currency theme health ping metrics telemetry error errors csp captcha antiforgery cookie cookies resend hint introspect prelogin sso passwordless guest");

    private static readonly WordSequences PublicPhrases = new(
        "sign in|log in|sign up|sign out|log out|log off|web hook|reset password|password reset|confirm email|email confirmation|verify email|email verification|verify otp|verify code|verify phone|activate account|account activation|confirm account|"
        + "activate user|create user|create account|create customer|create member|add user|accept invitation|accept invite|two factor|send code|verification email|auth request|auth requests|email a friend|ask question|helpfulness|magic link|track event|page view|change password with token");

    private static readonly HashSet<string> Accounts = new("users customers accounts members".Split(' '), StringComparer.OrdinalIgnoreCase);

    // Alone they are of an account; ConfirmOrder is not.
    private static readonly HashSet<string> PublicAlone = Words.SetOf("confirm reset verify activate token create post register");

    private static readonly HashSet<string> Reads = Words.SetOf("search query filter list find get calculate calc compute quote estimate preview validate check lookup compare suggest autocomplete rates count exists echo availability available verify render format convert");

    private static readonly HashSet<string> Generic = Words.SetOf("handle async execute post put patch delete on invoke index submit run handler endpoint create update");

    private static readonly HashSet<string> Shelves = Words.SetOf("cart carts basket baskets wishlist wishlists favorites compare comparison bag trolley");

    /// <summary>Whether callers cannot be signed in yet, or need not be: login, registration, recovery, webhooks, contact forms.</summary>
    public static bool IsPublic(Endpoint endpoint, string name, INamedTypeSymbol? type)
    {
        if (Speaks(name) || Speaks(LastSegments(endpoint.Route)))
            return true;
        // PublicPayButtonController; [RateLimits("public invoices")]: somebody thought of strangers.
        if (type is not null && (Words.ContainAny(type.Name, Meant) || endpoint.Declaration is MethodDeclarationSyntax { AttributeLists: { Count: > 0 } attributes } && attributes.Any(list => list.Attributes.Any(attribute => attribute.ArgumentList?.Arguments.Any(argument => Words.ContainAny(argument.ToString(), Meant)) == true && IsLimit(attribute)))))
            return true;
        // Forms of other sites and wallets are meant to post here.
        if (endpoint.Declaration is MethodDeclarationSyntax { AttributeLists: { Count: > 0 } own } && own.Any(list => list.Attributes.Any(attribute => attribute.Name.ToString() is "IgnoreAntiforgeryToken" or "IgnoreAntiforgeryTokenAttribute")))
            return true;
        // Pages/Account/Login/Index: the folder says what the page is.
        if (endpoint.Kind == EndpointKind.RazorPage && type is not null && Words.Of(type.Name).All(word => word is "index" or "model" or "page") && type.ContainingNamespace is { IsGlobalNamespace: false, Name: var folder } && (Speaks(folder) || PublicAlone.Contains(folder.ToLowerInvariant()) && (type.ContainingNamespace.ContainingNamespace.Name is "Account" or "Accounts" or "Identity" || endpoint.Declaration.SyntaxTree.FilePath.Replace('\\', '/').Contains("/Account/"))))
            return true;
        // POST /users is how one registers.
        if (endpoint.Verb == "POST" && (name.Length == 0 || Words.Of(name).All(Generic.Contains)) && endpoint.Route.TrimEnd('/') is var route && Accounts.Contains(route.Substring(route.LastIndexOf('/') + 1)))
            return true;
        // A page, or a class for each endpoint: its name says what the method does.
        return type is not null && Words.Of(name).All(Generic.Contains) && (Speaks(type.Name) || endpoint.Kind is EndpointKind.RazorPage or EndpointKind.FastEndpoint && Words.Of(type.Name).HaveAny(PublicAlone) && Words.Of(type.Name).Length <= 2);
    }

    private static bool IsLimit(AttributeSyntax attribute) => Words.ContainAny(attribute.Name.ToString(), Limits);

    private static readonly HashSet<string> Meant = Words.SetOf("public");

    private static readonly HashSet<string> Limits = Words.SetOf("rate limit limits limiting limiter throttle cors");

    /// <summary>Whether it is asked a question by POST.</summary>
    public static bool IsRead(Endpoint endpoint, string name) => endpoint.Verb == "POST"
        && (Words.Of(name) is [var verb, ..] && Reads.Contains(verb) || Words.Of(endpoint.Route) is { IsEmpty: false } route && (Reads.Contains(route[route.Length - 1]) || route.Contains("search")));

    /// <summary>Whether it is about a cart or a wish list, which visitors without an account have as well.</summary>
    public static bool IsShelf(Endpoint endpoint, string name, INamedTypeSymbol? type) =>
        Words.ContainAny(name, Shelves) || Words.ContainAny(endpoint.Route, Shelves) || type is not null && Words.ContainAny(type.Name, Shelves);

    private static bool Speaks(string name) => Words.ContainAny(name, Public) || PublicPhrases.StandIn(name);

    private static string LastSegments(string route)
    {
        var parts = route.Split(new[] { '/' }, StringSplitOptions.RemoveEmptyEntries).Where(part => part[0] is not ('{' or '[')).ToArray();
        return string.Join("-", parts.Skip(Math.Max(0, parts.Length - 2)));
    }
}

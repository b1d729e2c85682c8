namespace RiskAnalyzers.Language;

/// <summary>How a framework reaches an endpoint.</summary>
internal enum EndpointKind
{
    /// <summary>An action of an MVC or API controller.</summary>
    Action,

    /// <summary>A handler passed to <c>MapPost</c> and its like.</summary>
    MinimalApi,

    /// <summary>A handler of a Razor Page: <c>OnPostAsync</c>.</summary>
    RazorPage,

    /// <summary>A method of a SignalR hub.</summary>
    HubMethod,

    /// <summary><c>HandleAsync</c> of a FastEndpoints endpoint.</summary>
    FastEndpoint,

    /// <summary>A function that HTTP triggers.</summary>
    Function,
}

/// <summary>Who may call an endpoint, as far as the compilation shows.</summary>
internal enum EndpointAccess
{
    /// <summary>Nothing asks who calls: no attribute, no call on the chain or its group, no fallback policy.</summary>
    Open,

    /// <summary><c>AllowAnonymous</c> says that anybody may.</summary>
    Anonymous,

    /// <summary>Whoever is signed in, with a role or policy that every customer has included.</summary>
    Authenticated,

    /// <summary>Whoever has the right to read or place such things, as customers have: a policy <c>orders:read</c>. It tells no customer's order from another's.</summary>
    Entitled,

    /// <summary>Callers with a role, permission, policy, scope or key.</summary>
    Restricted,

    /// <summary>A filter or middleware of the product decides; what it asks cannot be seen.</summary>
    Unknown,
}

/// <summary>Code that a request reaches first.</summary>
/// <param name="Kind">How the framework reaches it.</param>
/// <param name="Access">Who may call it.</param>
/// <param name="Verb">The HTTP method in capitals, or null where any will do.</param>
/// <param name="Route">The route templates of group, controller and endpoint, as far as they are literals.</param>
/// <param name="Declaration">The method's declaration, or the call that maps the handler.</param>
internal sealed record Endpoint(EndpointKind Kind, EndpointAccess Access, string? Verb, string Route, SyntaxNode Declaration)
{
    /// <summary>Whether a caller without any identity gets in.</summary>
    public bool LetsAnybodyIn => Access is EndpointAccess.Open or EndpointAccess.Anonymous;

    /// <summary>Whether the HTTP method is one that changes things.</summary>
    public bool IsWrite => Verb is "POST" or "PUT" or "PATCH" or "DELETE";
}

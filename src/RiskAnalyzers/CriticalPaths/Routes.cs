namespace RiskAnalyzers.CriticalPaths;

/// <summary>The path that route templates speak for: of controllers and their actions by their attributes, of minimal-API calls by syntax alone.</summary>
internal static class Routes
{
    /// <summary>The path of a controller's or action's own route attributes (<c>[Route("checkout")]</c>, <c>[HttpPost("orders/{id}/refund")]</c>).</summary>
    public static string? PathOf(ISymbol symbol)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass is not { } kind || !IsRoute(kind.Name))
                continue;
            foreach (var argument in attribute.ConstructorArguments)
            {
                if (argument.Kind == TypedConstantKind.Primitive && argument.Value is string route && ConventionWords.PathOf(route) is { } path)
                    return path;
            }
        }
        return null;
    }

    /// <summary>
    /// The path of the calls around a node: <c>app.MapPost("/checkout", ...)</c>, <c>services.AddJwtBearer(...)</c>,
    /// <c>app.MapGroup("/orders").MapPost("/", ...)</c>. Stops at the enclosing statement.
    /// </summary>
    public static string? PathOfCallsAround(SyntaxNode node)
    {
        for (var current = node.Parent; current is not null and not StatementSyntax and not MemberDeclarationSyntax; current = current.Parent)
        {
            if (current is InvocationExpressionSyntax call && PathOfCall(call) is { } path)
                return path;
        }
        return null;
    }

    /// <summary>The path of the first call under a node that speaks for one.</summary>
    public static string? PathOfCallsIn(SyntaxNode node)
    {
        foreach (var descendant in node.DescendantNodes())
        {
            if (descendant is InvocationExpressionSyntax call && PathOfCall(call) is { } path)
                return path;
        }
        return null;
    }

    /// <summary>Whether the call maps a route, as minimal APIs do.</summary>
    public static bool MapsRoute(InvocationExpressionSyntax call) => NameOf(call) is { } name && name.StartsWith("Map", StringComparison.Ordinal);

    private static string? PathOfCall(InvocationExpressionSyntax call)
    {
        if (NameOf(call) is not { } name)
            return null;
        if (MapsRoute(call))
            return FirstText(call.ArgumentList.Arguments) is { } route && ConventionWords.PathOf(route) is { } mapped ? mapped : ConventionWords.PathOf(name) ?? PathOfReceiver(call);
        return name.StartsWith("Add", StringComparison.Ordinal) || name.StartsWith("Use", StringComparison.Ordinal) || name.StartsWith("Configure", StringComparison.Ordinal)
            ? ConventionWords.PathOf(call.Expression is MemberAccessExpressionSyntax { Name: var full } ? full.ToString() : name)
            : null;
    }

    private static string? PathOfReceiver(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax { Expression: InvocationExpressionSyntax inner } => PathOfCall(inner),
        MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax group } => ConventionWords.PathOf(group.Identifier.ValueText),
        _ => null,
    };

    private static string? NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => null,
    };

    /// <summary>Whether a type of that name is what minimal APIs map their routes on.</summary>
    public static bool IsBuilder(string type) => type is "IEndpointRouteBuilder" or "RouteGroupBuilder" or "WebApplication" || IsHost(type);

    // What registers services and orders the middleware does what top-level statements do elsewhere.
    private static bool IsHost(string type) => type is "IServiceCollection" or "IApplicationBuilder" or "WebApplicationBuilder" or "IHostApplicationBuilder";

    /// <summary>Whether a method of that name in a type of that name is where a program starts: what stands in it stands elsewhere in top-level statements.</summary>
    public static bool IsEntry(string type, string method) => method == "Main" && type == "Program";

    /// <summary>Whether an attribute of that name holds a route.</summary>
    public static bool IsRoute(string attribute) => attribute.StartsWith("Route", StringComparison.Ordinal) || attribute.StartsWith("Http", StringComparison.Ordinal);

    private static string? FirstText(SeparatedSyntaxList<ArgumentSyntax> arguments) =>
        arguments.Count > 0 && arguments[0].Expression is LiteralExpressionSyntax { Token.Value: string text } ? text : null;
}

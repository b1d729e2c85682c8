using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace RiskAnalyzers.Language;

/// <summary>
/// What is an endpoint and who may call it: controller actions, minimal-API handlers, Razor Pages handlers, hub methods, FastEndpoints and HTTP-triggered functions.
/// Attributes of the action, its controller and their bases count; so do calls on the chain and its groups, fallback policies and conventions
/// anywhere in the compilation.
/// </summary>
internal sealed class Endpoints
{
    private static readonly ConditionalWeakTable<Compilation, Endpoints> Known = new();

    private static readonly string[] RoleSigns = { "Roles =", "Roles=", "RequireRole", "IsInRole", "AddPolicy", "Policy =", "Policy=", "RequireClaim", "[Authorize(\"", "RequireAuthorization(\"" };

    private static readonly string[] SignInSigns = { "[Authorize", "RequireAuthorization", "UseAuthentication", "AddAuthentication" };

    private readonly Compilation _compilation;
    private readonly Lazy<MappedRoutes> _mapped;
    private readonly Lazy<bool> _usesRoles;
    private readonly Lazy<bool> _demandsSignIn;
    private readonly Lazy<bool> _hasGuardingMiddleware;
    private readonly ConcurrentDictionary<IMethodSymbol, Endpoint?> _methods = new(SymbolEqualityComparer.Default);

    private Endpoints(Compilation compilation)
    {
        _compilation = compilation;
        _mapped = new(() => MappedRoutes.In(compilation));
        _usesRoles = new(() => compilation.SyntaxTrees.Any(tree => TextSearch.ContainsAny(tree, RoleSigns)));
        _demandsSignIn = new(() => compilation.SyntaxTrees.Any(tree => TextSearch.ContainsAny(tree, SignInSigns)));
        _hasGuardingMiddleware = new(FindGuardingMiddleware);
    }

    public static Endpoints In(CompilationFacts facts) => Known.GetValue(facts.Compilation, compilation => new Endpoints(compilation));

    /// <summary>Whether the compilation tells callers apart by roles, policies or claims anywhere.</summary>
    public bool UseRoles => _usesRoles.Value;

    /// <summary>The endpoint that the method is, or null: an action, a page handler, a hub method, or a method that some call maps.</summary>
    public Endpoint? Of(IMethodSymbol method) => _methods.GetOrAdd(method, Find);

    /// <summary>The endpoint that a lambda is, by the call that maps it.</summary>
    public Endpoint? Of(IAnonymousFunctionOperation lambda) => OfLambda(lambda.Syntax);

    /// <summary>The same by the lambda's syntax, wherever it stands.</summary>
    public Endpoint? OfLambda(SyntaxNode lambda) => _mapped.Value.OfLambda(lambda) is { } route ? OfRoute(route, EndpointAccess.Open) : null;

    /// <summary>The endpoint that a call maps, its handler and the handler's code; null where it maps none.</summary>
    public (Endpoint Endpoint, IMethodSymbol Handler, IOperation? Code)? OfMap(IInvocationOperation call)
    {
        if (call.Syntax is not InvocationExpressionSyntax syntax || _mapped.Value.Of(syntax) is not { } route)
            return null;
        foreach (var operation in call.Arguments.SelectMany(argument => argument.DescendantsAndSelf()))
        {
            if (!route.Handler.Span.Contains(operation.Syntax.Span) && operation.Syntax.Span != route.Handler.Span)
                continue;
            switch (operation)
            {
                case IAnonymousFunctionOperation lambda:
                    return (OfRoute(route, EndpointAccess.Open), lambda.Symbol, lambda.Body);
                case IMethodReferenceOperation { Method: var method }:
                    return (OfRoute(route, Access.OfAttributes(method.GetAttributes())), method, Bodies.In(_compilation).Of(method));
            }
        }
        return null;
    }

    /// <summary>Who may call what a call maps as a whole, such as the tools of an agent or a gRPC service.</summary>
    public EndpointAccess OfProtocol(IInvocationOperation map) => map.Syntax is InvocationExpressionSyntax call ? Guarded(_mapped.Value.AccessOf(call)) : EndpointAccess.Unknown;

    /// <summary>Whether anything in the compilation demands a sign-in.</summary>
    public bool DemandSignIn => _demandsSignIn.Value;

    /// <summary>Whether a call maps the lambda as a handler.</summary>
    public bool IsHandler(SyntaxNode lambda) => _mapped.Value.OfLambda(lambda) is not null;

    /// <summary>The innermost endpoint whose code the operation stands in; <paramref name="member"/> is the member around it.</summary>
    public Endpoint? Around(IOperation operation, ISymbol member)
    {
        for (var current = operation; current is not null; current = current.Parent)
        {
            var endpoint = current switch
            {
                IAnonymousFunctionOperation lambda => Of(lambda),
                ILocalFunctionOperation function => Of(function.Symbol),
                _ => null,
            };
            if (endpoint is not null)
                return endpoint;
        }
        return member is IMethodSymbol method ? Of(method) : null;
    }

    /// <summary>Whether the type is a controller: by its base, its attribute or, where the framework is not referenced, its name.</summary>
    public static bool IsController(INamedTypeSymbol? type)
    {
        if (type is null || type.HasAttribute("NonControllerAttribute"))
            return false;
        for (var ancestor = type; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (ancestor.Name is "ControllerBase" or "Controller" || ancestor.Name.EndsWith("Controller", StringComparison.Ordinal) && ancestor.TypeKind is TypeKind.Class or TypeKind.Error
                || ancestor.GetAttributes().Any(attribute => attribute.AttributeClass?.Name is "ApiControllerAttribute" or "ControllerAttribute"))
                return true;
        }
        return false;
    }

    private Endpoint? Find(IMethodSymbol method)
    {
        if (method.DeclaringSyntaxReferences.IsEmpty)
            return null;
        if (method.MethodKind == MethodKind.Ordinary && method.ContainingType is { TypeKind: TypeKind.Class } type && !method.IsStatic)
        {
            if (DerivesFrom(type, "PageModel") && PageVerb(method) is { } verb)
                return OfMember(EndpointKind.RazorPage, method, verb, type.Name, _mapped.Value.OfRazorPages.And(IsAuthorizedPage(method) ? EndpointAccess.Authenticated : EndpointAccess.Open));
            if (method.DeclaredAccessibility == Accessibility.Public)
            {
                if (method.Name is "HandleAsync" or "ExecuteAsync" && IsFastEndpoint(type))
                    return OfFastEndpoint(method);
                if (DerivesFrom(type, "Hub") && !method.IsOverride)
                    return OfMember(EndpointKind.HubMethod, method, "POST", type.Name, _mapped.Value.OfHub(type.Name));
                if (IsController(type) && !type.IsAbstract && !method.IsGenericMethod && !method.HasAttribute("NonActionAttribute") && method.OverriddenMethod?.ContainingType.Name is not ("Object" or "Controller" or "ControllerBase"))
                    return OfMember(EndpointKind.Action, method, VerbOf(method), RouteOf(method.ContainingType) + "/" + RouteOf(method), _mapped.Value.OfControllers);
                if (method.GetAttributes().Any(IsWolverineRoute))
                    return OfMember(EndpointKind.MinimalApi, method, VerbOf(method), RouteOf(method), EndpointAccess.Open);
            }
        }
        if (method.MethodKind is not (MethodKind.Ordinary or MethodKind.LocalFunction))
            return null;
        if (method.Parameters.SelectMany(parameter => parameter.GetAttributes()).FirstOrDefault(attribute => attribute.AttributeClass?.Name == "HttpTriggerAttribute") is { } trigger)
            return OfFunction(method, trigger);
        if (method.GetAttributes().Any(IsWolverineRoute))
            return OfMember(EndpointKind.MinimalApi, method, VerbOf(method), RouteOf(method), EndpointAccess.Open);
        return _mapped.Value.Of(method).FirstOrDefault() is { } route ? OfRoute(route, Access.OfAttributes(method.GetAttributes())) : null;
    }

    private Endpoint OfMember(EndpointKind kind, IMethodSymbol method, string? verb, string route, EndpointAccess conventions) => new(
        kind, Guarded(Access.OfMember(method).And(conventions).And(_mapped.Value.Fallback)), verb, route, method.DeclaringSyntaxReferences[0].GetSyntax());

    private Endpoint OfRoute(MappedRoute route, EndpointAccess own) => new(EndpointKind.MinimalApi, Guarded(route.Access.And(own)), route.Verb, route.Route, route.Call);

    private EndpointAccess Guarded(EndpointAccess access) => access == EndpointAccess.Open && _hasGuardingMiddleware.Value ? EndpointAccess.Unknown : access;

    private bool IsAuthorizedPage(IMethodSymbol method) => _mapped.Value.IsAuthorizedPage(method.DeclaringSyntaxReferences[0].SyntaxTree.FilePath);

    // A middleware of the product that answers 401 by itself stands before every endpoint.
    private bool FindGuardingMiddleware() => _compilation.SyntaxTrees.Any(tree => TextSearch.Contains(tree, "Middleware") && TextSearch.ContainsAny(tree, new[] { "Unauthorized", "401" })
        && tree.GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>().Any(type => type.Identifier.ValueText is var name && name.EndsWith("Middleware", StringComparison.Ordinal)
            && (Words.ContainAny(name, MiddlewareWords) || Words.ContainSequence(name, "api", "key"))
            && type.DescendantTokens().Any(token => token.ValueText is "Unauthorized" or "Status401Unauthorized" or "401")));

    private static readonly HashSet<string> MiddlewareWords = Words.SetOf("auth authentication authorization apikey token jwt basic bearer permission security gateway");

    // [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "orders")]: other levels ask for a key.
    private Endpoint OfFunction(IMethodSymbol method, AttributeData trigger)
    {
        var texts = trigger.ConstructorArguments.SelectMany(argument => argument.Kind == TypedConstantKind.Array ? argument.Values.Select(value => value.Value) : new[] { argument.Value }).OfType<string>().Select(text => text.ToUpperInvariant()).ToArray();
        var isOpen = trigger.ConstructorArguments.FirstOrDefault(argument => argument.Kind == TypedConstantKind.Enum) is { Value: 0 };
        var route = trigger.NamedArguments.FirstOrDefault(argument => argument.Key == "Route").Value.Value as string ?? "";
        return OfMember(EndpointKind.Function, method, texts.OrderBy(text => text == "GET").FirstOrDefault(), route, isOpen ? EndpointAccess.Open : EndpointAccess.Restricted);
    }

    private Endpoint OfFastEndpoint(IMethodSymbol method)
    {
        string? verb = VerbOf(method.ContainingType), route = RouteOf(method.ContainingType);
        var access = Access.OfMember(method);
        foreach (var configure in method.ContainingType.GetMembers("Configure").SelectMany(member => member.DeclaringSyntaxReferences))
        {
            foreach (var call in configure.GetSyntax().DescendantNodes().OfType<InvocationExpressionSyntax>())
            {
                switch ((call.Expression as SimpleNameSyntax ?? (call.Expression as MemberAccessExpressionSyntax)?.Name)?.Identifier.ValueText)
                {
                    case "Get" or "Post" or "Put" or "Patch" or "Delete":
                        verb = call.Expression.ToString().ToUpperInvariant();
                        route = (call.ArgumentList.Arguments.FirstOrDefault()?.Expression as LiteralExpressionSyntax)?.Token.ValueText ?? route;
                        break;
                    case "AllowAnonymous":
                        access = EndpointAccess.Anonymous;
                        break;
                    case "Roles" or "Policies" or "Policy" or "Permissions" or "PermissionsAll" or "Claims" or "ClaimsAll" or "Scopes" or "AccessControl":
                        access = access.And(EndpointAccess.Restricted);
                        break;
                }
            }
        }
        // The library authenticates unless told otherwise.
        return new Endpoint(EndpointKind.FastEndpoint, access.And(EndpointAccess.Authenticated), verb, route ?? "", method.DeclaringSyntaxReferences[0].GetSyntax());
    }

    private static bool IsFastEndpoint(INamedTypeSymbol type)
    {
        for (var ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (ancestor.Name is "Endpoint" or "EndpointWithoutRequest" or "EndpointWithMapper" or "EndpointWithMapping" || ancestor.ContainingNamespace?.Name == "FastEndpoints")
                return true;
        }
        return false;
    }

    private static string? PageVerb(IMethodSymbol method) =>
        method.Name.StartsWith("OnPost", StringComparison.Ordinal) ? "POST"
        : method.Name.StartsWith("OnGet", StringComparison.Ordinal) ? "GET"
        : method.Name.StartsWith("OnPut", StringComparison.Ordinal) ? "PUT"
        : method.Name.StartsWith("OnDelete", StringComparison.Ordinal) ? "DELETE"
        : method.Name.StartsWith("OnPatch", StringComparison.Ordinal) ? "PATCH" : null;

    // Of several verbs the one that changes things counts.
    private static string? VerbOf(ISymbol symbol)
    {
        string? verb = null;
        for (var member = symbol; member is not null; member = (member as IMethodSymbol)?.OverriddenMethod)
        {
            foreach (var attribute in member.GetAttributes())
            {
                var found = attribute.AttributeClass?.Name switch
                {
                    "HttpPostAttribute" or "WolverinePostAttribute" => "POST",
                    "HttpPutAttribute" or "WolverinePutAttribute" => "PUT",
                    "HttpPatchAttribute" or "WolverinePatchAttribute" => "PATCH",
                    "HttpDeleteAttribute" or "WolverineDeleteAttribute" => "DELETE",
                    "HttpGetAttribute" or "WolverineGetAttribute" or "HttpHeadAttribute" or "HttpOptionsAttribute" => "GET",
                    "AcceptVerbsAttribute" => attribute.ConstructorArguments.SelectMany(argument => argument.Kind == TypedConstantKind.Array ? argument.Values.Select(value => value.Value) : new[] { argument.Value }).OfType<string>().Select(text => text.ToUpperInvariant()).OrderBy(text => text == "GET").FirstOrDefault(),
                    _ => null,
                };
                if (found is not null && (verb is null or "GET"))
                    verb = found;
            }
        }
        return verb;
    }

    private static string RouteOf(ISymbol symbol)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass?.Name is { } name && (name.StartsWith("Http", StringComparison.Ordinal) || name.StartsWith("Route", StringComparison.Ordinal) || name.StartsWith("Wolverine", StringComparison.Ordinal))
                && attribute.ConstructorArguments is [{ Kind: TypedConstantKind.Primitive, Value: string route }, ..])
                return route.Trim('/');
        }
        return symbol is INamedTypeSymbol ? symbol.Name : "";
    }

    private static bool IsWolverineRoute(AttributeData attribute) => attribute.AttributeClass?.Name is "WolverinePostAttribute" or "WolverinePutAttribute" or "WolverinePatchAttribute" or "WolverineDeleteAttribute" or "WolverineGetAttribute";

    private static bool DerivesFrom(INamedTypeSymbol type, string name)
    {
        for (var ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (ancestor.Name == name)
                return true;
        }
        return false;
    }
}

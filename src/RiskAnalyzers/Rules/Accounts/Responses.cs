using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>The places where a value leaves the service as an answer.</summary>
internal static class Responses
{
    private static readonly HashSet<string> Factories = new(StringComparer.Ordinal)
    {
        "Ok", "Json", "Created", "CreatedAtAction", "CreatedAtRoute", "Accepted", "AcceptedAtAction", "AcceptedAtRoute", "StatusCode", "WriteAsJsonAsync", "SendAsync", "SendOkAsync", "SendCreatedAtAsync", "Value", "Content", "Text",
        "BadRequest", "NotFound", "Conflict", "UnprocessableEntity",
    };

    private static readonly HashSet<string> Hosts = new(StringComparer.Ordinal) { "ControllerBase", "Controller", "Results", "TypedResults", "HttpResponseJsonExtensions", "PageModel", "PageBase" };

    private static readonly HashSet<string> ResultObjects = new(StringComparer.Ordinal)
    {
        "OkObjectResult", "JsonResult", "ObjectResult", "CreatedResult", "CreatedAtActionResult", "CreatedAtRouteResult", "AcceptedResult", "ContentResult",
    };

    /// <summary>The values that a call or creation sends to the caller as the body of an answer.</summary>
    public static IEnumerable<IOperation> BodiesOf(IOperation operation)
    {
        var arguments = operation switch
        {
            IInvocationOperation call when Factories.Contains(call.TargetMethod.Name) && IsHost(call.TargetMethod.ContainingType) => call.Arguments,
            IObjectCreationOperation { Type.Name: var name } creation when ResultObjects.Contains(name) => creation.Arguments,
            _ => ImmutableArray<IArgumentOperation>.Empty,
        };
        return arguments.IsEmpty ? Enumerable.Empty<IOperation>()
            : arguments.Where(argument => argument is { ArgumentKind: ArgumentKind.Explicit, Parameter.Name: "value" or "data" or "content" or "response" or "responseBody" or "error" or "o" }).Select(argument => argument.Value);
    }

    /// <summary>Whether what the operation returns is serialised as the answer: in an action, or in a lambda or method that is mapped to a route.</summary>
    public static bool IsAnswer(IReturnOperation result, ISymbol member, Endpoints endpoints) => result.EnclosingFunction() switch
    {
        ILocalFunctionOperation function => endpoints.Of(function.Symbol) is not null,
        IAnonymousFunctionOperation lambda => endpoints.Of(lambda) is not null,
        _ => member is IMethodSymbol method && !IsHidden(method) && endpoints.Of(method) is { Kind: EndpointKind.Action or EndpointKind.MinimalApi },
    };

    /// <summary>The route that a lambda is mapped to (<c>app.MapPost("/login", ...)</c>), empty where it is not constant; null where it is mapped to none.</summary>
    public static string? RouteOf(IAnonymousFunctionOperation lambda)
    {
        if (lambda.Ancestor<IArgumentOperation>() is not { Parent: IInvocationOperation { TargetMethod.Name: "MapGet" or "MapPost" or "MapPut" or "MapPatch" or "MapDelete" or "Map" or "MapMethods" } map })
            return null;
        foreach (var argument in map.Arguments)
        {
            if (argument.Value.ConstantValue is { HasValue: true, Value: string route })
                return route;
        }
        return "";
    }

    // What the overridden method hides from routing stays hidden.
    private static bool IsHidden(IMethodSymbol? method)
    {
        for (; method is not null; method = method.OverriddenMethod)
        {
            if (method.GetAttributes().Any(attribute => attribute.AttributeClass?.Name is "NonActionAttribute" or "NonAction"))
                return true;
        }
        return false;
    }

    private static bool IsHost(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (Hosts.Contains(current.Name) || current is { Name: "Endpoint" or "EndpointWithoutRequest", ContainingNamespace.Name: "FastEndpoints" })
                return true;
        }
        return false;
    }
}

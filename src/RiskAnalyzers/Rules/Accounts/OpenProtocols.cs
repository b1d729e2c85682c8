using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>Calls that map a whole protocol, tools for agents or a gRPC service, without asking who calls.</summary>
internal static class OpenProtocols
{
    private static readonly HashSet<string> Changing = Words.SetOf("create update delete remove add place cancel pay charge refund checkout submit set confirm order buy transfer withdraw deposit save commit reserve release");

    /// <summary>One of the things that are offered to everybody and should not be; null where who calls is asked, or where the project asks nobody anywhere.</summary>
    public static string? Opens(IInvocationOperation map, Endpoints endpoints, Compilation compilation)
    {
        if (!endpoints.DemandSignIn || endpoints.OfProtocol(map) is not (EndpointAccess.Open or EndpointAccess.Anonymous))
            return null;
        if (map.TargetMethod is not { Name: "MapGrpcService", TypeArguments: [INamedTypeSymbol service] })
            return Tools(compilation).FirstOrDefault(IsSensitive)?.Name;
        if (service.GetMembers().OfType<IMethodSymbol>().Any(method => Access.OfMember(method) is not (EndpointAccess.Open or EndpointAccess.Anonymous)))
            return null;
        return service.GetMembers().OfType<IMethodSymbol>().FirstOrDefault(method => method.IsOverride && IsSensitive(method))?.Name;
    }

    private static bool IsSensitive(IMethodSymbol tool) => Ownership.SpeakOfBelonging(tool.Name) || Words.Of(tool.Name) is [var verb, ..] && Changing.Contains(verb) || Ownership.SpeakOfBelonging(tool.ContainingType.Name)
        || tool.Parameters.Any(parameter => Ownership.NamesOwner(parameter.Name));

    // [McpServerTool] public static Task<string> PlaceOrder(...), of types that ask nobody either.
    private static IEnumerable<IMethodSymbol> Tools(Compilation compilation)
    {
        foreach (var type in ImplementationMap.SourceTypes(compilation))
        {
            if (Access.OfAttributes(type.GetAttributes()) != EndpointAccess.Open)
                continue;
            foreach (var member in type.GetMembers())
            {
                if (member is IMethodSymbol method && method.GetAttributes() is { IsEmpty: false } attributes && attributes.Any(attribute => attribute.AttributeClass?.Name is "McpServerToolAttribute" or "McpServerTool") && Access.OfAttributes(attributes) == EndpointAccess.Open)
                    yield return method;
            }
        }
    }
}

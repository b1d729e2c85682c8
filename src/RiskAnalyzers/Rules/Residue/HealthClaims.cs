using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Residue;

/// <summary>Health and readiness answers that name a dependency and were never near it.</summary>
internal static class HealthClaims
{
    private static readonly HashSet<string> Claims = new(StringComparer.OrdinalIgnoreCase) { "connected", "healthy", "ok", "up", "operational", "available", "online", "reachable", "running", "good", "active", "pass", "alive" };

    private static readonly HashSet<string> Dependencies = Words.SetOf(
        "database db sql postgres postgresql mysql mongo mongodb redis cache stripe paypal adyen iyzico payment payments gateway provider queue rabbitmq rabbit broker messaging kafka bus storage blob s3 email smtp sms elasticsearch search identity auth inventory "
        + "orders catalog external downstream dependencies");

    private static readonly HashSet<string> Probes = Words.SetOf("health healthy healthz ready readiness readyz status ping diagnostics probe");

    private static readonly HashSet<string> LookVerbs = Words.SetOf("check connect ping can probe query test verify is get count any open send execute exists find select");

    /// <summary>The first claim in the answer that nobody checked, or null.</summary>
    public static IOperation? In(IAnonymousObjectCreationOperation answer, ISymbol member)
    {
        IOperation? claim = null;
        foreach (var setter in answer.Initializers)
        {
            if (setter is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: var name }, Value: { ConstantValue: { HasValue: true, Value: string text } } } && Claims.Contains(text) && Words.ContainAny(name, Dependencies))
            {
                claim = setter;
                break;
            }
        }
        if (claim is null || !IsProbe(answer, member))
            return null;
        var function = answer.EnclosingFunction();
        return function.DescendantsInFunction().Any(Looks) ? null : claim;

        static bool Looks(IOperation operation) => operation is IAwaitOperation || operation is IInvocationOperation call && !LogCalls.IsLog(call) && Words.Of(call.TargetMethod.Name) is [var verb, ..] && LookVerbs.Contains(verb) && call.TargetMethod.ContainingType.Name is not ("Process" or "Environment" or "Assembly");
    }

    /// <summary>The result of a health check that looks at nothing, or null.</summary>
    public static IOperation? OfCheck(IOperation body, ISymbol member)
    {
        if (member is not IMethodSymbol { Name: "CheckHealthAsync" } || body is not IBlockOperation)
            return null;
        IOperation? claim = null;
        foreach (var operation in body.DescendantsInFunction())
        {
            switch (operation)
            {
                case IInvocationOperation { TargetMethod: { Name: "Healthy", ContainingType.Name: "HealthCheckResult" } } healthy:
                    claim ??= healthy;
                    break;
                case IInvocationOperation { TargetMethod: { Name: "FromResult" } }:
                    break;
                case IInvocationOperation call when LogCalls.IsLog(call):
                    break;
                case IInvocationOperation or IAwaitOperation or IConditionalOperation or ISwitchExpressionOperation or IFieldReferenceOperation { Field.IsConst: false } or IPropertyReferenceOperation { Instance: not null }:
                    return null;
            }
        }
        return claim;
    }

    /// <summary>What a gateway or client answers about its own health where it asked the other side nothing, or null.</summary>
    public static IOperation? OfGateway(IOperation body, ISymbol member)
    {
        if (member is not IMethodSymbol { IsStatic: false, ContainingType: { } type } || body is not IBlockOperation || !IsOwnProbe(member.Name) || !TalksToOthers(type))
            return null;
        IOperation? claim = null;
        foreach (var operation in body.DescendantsInFunction())
        {
            switch (operation)
            {
                case IReturnOperation { ReturnedValue: { } answer } when IsHealthy(answer):
                    claim = answer;
                    break;
                case IInvocationOperation { TargetMethod: { Name: "FromResult" or "IsNullOrEmpty" or "IsNullOrWhiteSpace" } }:
                    break;
                case IAwaitOperation { Operation: IPropertyReferenceOperation { Property.Name: "CompletedTask" } }:
                    break;
                case IInvocationOperation call when LogCalls.IsLog(call):
                    break;
                // Whatever else is called may be the question; what another member keeps may be its answer.
                case IInvocationOperation or IAwaitOperation or IFieldReferenceOperation { Field: { IsStatic: false, IsReadOnly: false, Type.SpecialType: not SpecialType.System_String } }:
                case IPropertyReferenceOperation { Instance: not null, Property.Type.SpecialType: SpecialType.System_Boolean } when operation.Parent is not ISimpleAssignmentOperation { Target: var target } || target != operation:
                    return null;
            }
        }
        return claim;
    }

    // HealthCheckAsync, CheckHealth, IsHealthyAsync, TestConnection, Ping; not what checks the configuration by its own word.
    private static bool IsOwnProbe(string name) =>
        Words.Of(name) is var words && (words.Contains("health") && words.Contains("check") || words.Contains("healthy") || words is ["test", "connection", ..] or ["ping"] or ["ping", "async"] or ["get", "health", ..])
        && !words.Any(word => word is "config" or "configuration" or "options" or "settings" or "self" or "live" or "liveness");

    // A key or secret of the other side, or a client of it.
    private static bool TalksToOthers(INamedTypeSymbol type) =>
        type.GetMembers().Any(each => each switch
        {
            IFieldSymbol { IsStatic: false, IsConst: false } field => IsLine(field.Name, field.Type),
            IPropertySymbol { IsStatic: false } property => IsLine(property.Name, property.Type),
            _ => false,
        }) || type.InstanceConstructors.Any(constructor => constructor.Parameters.Any(parameter => IsLine(parameter.Name, parameter.Type)));

    private static bool IsLine(string name, ITypeSymbol type) =>
        type.SpecialType == SpecialType.System_String ? Words.ContainAny(name, KeyWords) : Words.ContainAny(type.Name, LineWords);

    private static readonly HashSet<string> KeyWords = Words.SetOf("secret key credential credentials endpoint url");

    private static readonly HashSet<string> LineWords = Words.SetOf("client http connection smtp gateway api");

    private static bool IsHealthy(IOperation answer)
    {
        answer = answer.WithoutAwait().WithoutConversions();
        if (answer is IInvocationOperation { TargetMethod.Name: "FromResult", Arguments: [{ Value: var inner }] })
            answer = inner.WithoutConversions();
        return answer switch
        {
            { ConstantValue: { HasValue: true, Value: true } } => true,
            IFieldReferenceOperation { Field: { IsStatic: true, Name: var name } } => Claims.Contains(name),
            IObjectCreationOperation { Initializer.Initializers: var set } => set.Any(each => each is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: var name }, Value: var value }
                && (value.WithoutConversions().ConstantValue is { HasValue: true, Value: true } && Words.ContainAny(name, Affirmations) || name is "Status" or "State" or "Health" && Says(value))),
            _ => false,
        };

        static bool Says(IOperation value) => value.WithoutConversions() switch
        {
            IFieldReferenceOperation { Field: { IsStatic: true, Name: var name } } => Claims.Contains(name),
            { ConstantValue: { HasValue: true, Value: string text } } => Claims.Contains(text),
            _ => false,
        };
    }

    private static readonly HashSet<string> Affirmations = Words.SetOf("healthy connected available online reachable");

    private static bool IsProbe(IOperation answer, ISymbol member)
    {
        if (Words.ContainAny(member.Name, Probes) || member.ContainingType is { } type && Words.ContainAny(type.Name, Probes))
            return true;
        if (member.GetAttributes().Any(attribute => attribute.ConstructorArguments is [{ Value: string route }, ..] && Words.ContainAny(route, Probes)))
            return true;
        // app.MapGet("/health", () => new { database = "connected" })
        return answer.EnclosingFunction() is IAnonymousFunctionOperation lambda && lambda.Ancestor<IInvocationOperation>() is { } mapping
            && mapping.Arguments.Any(argument => argument.Value.ConstantValue is { HasValue: true, Value: string path } && Words.ContainAny(path, Probes));
    }
}

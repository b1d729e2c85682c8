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

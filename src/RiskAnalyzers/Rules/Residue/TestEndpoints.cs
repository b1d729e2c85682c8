using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Residue;

/// <summary>Endpoints for tests that only an environment called Production refuses.</summary>
internal static class TestEndpoints
{
    private static readonly HashSet<string> Names = Words.SetOf("test tests testing fake simulate simulated simulation simulator mock debug dev seed dummy demo sample sandbox publish");

    /// <summary>The endpoint whose only barrier is the condition: <c>if (environment.IsProduction()) return NotFound();</c>. Null where it is none.</summary>
    public static string? BarrierOf(IConditionalOperation condition, ISymbol member)
    {
        if (condition.Syntax is not IfStatementSyntax || Environments.Of(condition.Condition, holds: true) is var reach && reach is not (EnvironmentReach.Production or EnvironmentReach.OutsideProduction) || !SpeaksOfProduction(condition.Condition.Syntax))
            return null;
        if (reach == EnvironmentReach.Production)
            return condition.WhenFalse is null && Refuses(condition.WhenTrue) && member is IMethodSymbol method && IsTest(method) ? method.Name : null;
        // if (!app.Environment.IsProduction()) app.MapPost("/test/pay", ...);
        return condition.WhenTrue.DescendantsInFunction().OfType<IInvocationOperation>().Where(call => call.TargetMethod.Name is "MapPost" or "MapPut" or "MapDelete").SelectMany(call => call.Arguments)
            .Select(argument => argument.Value.ConstantValue is { HasValue: true, Value: string route } && Words.ContainAny(route, Names) ? route : null).FirstOrDefault(route => route is not null);
    }

    // IsDevelopment() is on the safe side of a name that nobody thought of.
    private static bool SpeaksOfProduction(SyntaxNode condition) => condition.ToString().IndexOf("prod", StringComparison.OrdinalIgnoreCase) >= 0;

    private static bool IsTest(IMethodSymbol method) => method.GetAttributes().Any(attribute => attribute.AttributeClass?.Name is "HttpPostAttribute" or "HttpPutAttribute" or "HttpDeleteAttribute" or "HttpPatchAttribute")
        && (Words.ContainAny(method.Name, Names) || Words.ContainAny(method.ContainingType.Name, Names));

    private static bool Refuses(IOperation branch) => branch.DescendantsInFunction().Any(operation => operation is IThrowOperation
        || operation is IReturnOperation { ReturnedValue: { } answer } && answer.DescendantsAndSelf().Any(part => part is IInvocationOperation { TargetMethod.Name: "NotFound" or "Forbid" or "StatusCode" or "BadRequest" or "Unauthorized" or "Problem" } or IObjectCreationOperation { Type.Name: "NotFoundResult" or "ForbidResult" }));
}

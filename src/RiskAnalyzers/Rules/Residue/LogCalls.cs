namespace RiskAnalyzers.Rules.Residue;

/// <summary>Calls that only tell somebody: they read values without doing anything with them.</summary>
internal static class LogCalls
{
    public static bool IsLog(IMethodSymbol method) =>
        method.ContainingType is { Name: "Console" or "Debug" or "Trace" or "Log" or "ILogger" or "LoggerExtensions" or "Activity" or "ActivitySource" or "Logger" }
        || method.Name.StartsWith("Log", StringComparison.Ordinal) && (method.Name.Length == 3 || char.IsUpper(method.Name[3])) && method.ReturnsVoid;

    /// <summary>Whether the operation stands among the arguments of such a call.</summary>
    public static bool IsLogged(IOperation operation)
    {
        for (var ancestor = operation.Parent; ancestor is not null and not IBlockOperation; ancestor = ancestor.Parent)
        {
            if (ancestor is IInvocationOperation call && IsLog(call.TargetMethod))
                return true;
        }
        return false;
    }
}

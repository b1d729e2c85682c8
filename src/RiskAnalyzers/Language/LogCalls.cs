namespace RiskAnalyzers.Language;

/// <summary>Calls that only tell somebody: a log, the console, a trace, telemetry. They read values and do nothing with them.</summary>
internal static class LogCalls
{
    private static readonly HashSet<string> LogWords = Words.SetOf("log logs logged logging trace telemetry");

    private static readonly HashSet<string> Loggers = Words.SetOf("log logger");

    private static readonly HashSet<string> LogTypes = Words.SetOf("log logger logging ilogger ilog");

    private static readonly HashSet<string> Verbs = Words.SetOf("log information info debug trace warning warn error critical fatal verbose write print");

    /// <summary>Whether the call logs, by the type or the name of its method or by what the receiver is called.</summary>
    public static bool IsLog(IInvocationOperation call) =>
        IsLogger(call.TargetMethod.ContainingType)
        || Words.Of(call.TargetMethod.Name) is [var verb, ..] && LogWords.Contains(verb)
        || call.TargetMethod.Name is "CaptureException" or "TrackException"
        || call.Instance?.ReferencedSymbol() is { } receiver && Words.Of(receiver.Name) is { IsEmpty: false } words && Loggers.Contains(words[words.Length - 1])
        || Writes(call.TargetMethod);

    /// <summary>Whether the operation stands among the arguments of such a call.</summary>
    public static bool IsLogged(IOperation operation)
    {
        for (var ancestor = operation.Parent; ancestor is not null and not IBlockOperation; ancestor = ancestor.Parent)
        {
            if (ancestor is IInvocationOperation call && IsLog(call))
                return true;
        }
        return false;
    }

    /// <summary>Whether the method certainly writes its arguments down as they are. A logger has other methods too, and a console is also read from.</summary>
    public static bool Writes(IMethodSymbol method)
    {
        if (method.ContainingType is not { } type)
            return false;
        if (type.Name is "Console" or "Debug" or "Trace" && type.ContainingNamespace is { Name: "System" or "Diagnostics" })
            return method.Name is "Write" or "WriteLine" or "WriteLineIf" or "WriteIf" or "Print" or "TraceInformation" or "TraceWarning" or "TraceError";
        if (method is { ReturnsVoid: true, IsPartialDefinition: true } && method.HasAttribute("LoggerMessageAttribute"))
            return true;
        // What a scope holds stands beside every line that is written within it.
        if (type.Name == "LogContext" && method.Name is "PushProperty" or "Push")
            return true;
        if (type.Name == "Activity" && method.Name is "SetTag" or "AddTag" or "SetBaggage" or "AddBaggage")
            return true;
        return Words.ContainAny(type.Name, LogTypes) && Words.Of(method.Name) is [var verb, ..] && (Verbs.Contains(verb) || method.Name == "BeginScope");
    }

    private static bool IsLogger(INamedTypeSymbol? type) =>
        type?.Name is "ILogger" or "Logger" or "LoggerExtensions" or "Console" or "Trace" or "Debug" or "ILog" or "Log" or "TelemetryClient" or "Activity" or "ActivitySource";
}

namespace RiskAnalyzers.Reviews;

/// <summary>How the gate speaks in this build: the MSBuild property <c>RiskAnalyzersEnforcement</c>.</summary>
internal enum Enforcement
{
    /// <summary>Units without a valid review are errors.</summary>
    Enforce,

    /// <summary>They are Info, so that the inner loop is never blocked.</summary>
    Report,

    /// <summary>The gate says nothing; findings still show.</summary>
    Off,
}

internal static class EnforcementProperty
{
    public const string Name = "build_property.RiskAnalyzersEnforcement";

    /// <summary>The enforcement in force. A value that nobody can read enforces: a typing error must not open the gate.</summary>
    public static Enforcement In(AnalyzerConfigOptions globalOptions)
    {
        if (!globalOptions.TryGetValue(Name, out var text) || string.IsNullOrWhiteSpace(text))
            return Enforcement.Report;
        return Enum.TryParse<Enforcement>(text.Trim(), ignoreCase: true, out var enforcement) && Enum.IsDefined(typeof(Enforcement), enforcement)
            ? enforcement
            : Enforcement.Enforce;
    }

    /// <summary>How the gate's refusals are reported.</summary>
    public static DiagnosticSeverity Severity(this Enforcement enforcement) => enforcement == Enforcement.Enforce ? DiagnosticSeverity.Error : DiagnosticSeverity.Info;

    /// <summary>What is wrong with the value, or null where nothing is.</summary>
    public static string? Complaint(AnalyzerConfigOptions globalOptions) =>
        globalOptions.TryGetValue(Name, out var text) && !string.IsNullOrWhiteSpace(text) && Array.IndexOf(new[] { "enforce", "report", "off" }, text.Trim().ToLowerInvariant()) < 0
            ? $"RiskAnalyzersEnforcement is '{text}': expected one of enforce, report, off. The gate enforces until it is readable."
            : null;
}

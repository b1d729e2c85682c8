namespace RiskAnalyzers.Reviews;

/// <summary>What <c>dotnet format analyzers</c> writes: the build property <c>RiskRecord</c>. Without it reviews, for the reviewer that is named.</summary>
internal static class RecordProperty
{
    private const string Name = "build_property.RiskRecord";

    /// <summary>Units that nobody reviewed go into the baseline instead.</summary>
    public static bool IsBaseline(AnalyzerConfigOptions globalOptions) => Is(globalOptions, "baseline");

    /// <summary>Lines of the baseline that exempt nothing are removed.</summary>
    public static bool IsPrune(AnalyzerConfigOptions globalOptions) => Is(globalOptions, "prune");

    private static bool Is(AnalyzerConfigOptions globalOptions, string value) =>
        globalOptions.TryGetValue(Name, out var record) && record.Trim().Equals(value, StringComparison.OrdinalIgnoreCase);
}

namespace RiskAnalyzers.Reviews;

/// <summary>
/// What the gate says. Every descriptor is NotConfigurable, which keeps it through pragmas, NoWarn and severities, and carries the tag
/// Compiler, which alone keeps it through [SuppressMessage]. The default severity is Error so that no host skips the analyzer; what is
/// reported says its own severity.
/// </summary>
internal static class GateDiagnostics
{
    private const string HelpRoot = "https://github.com/RiskAnalyzers/RiskAnalyzers/blob/main/docs/rules/";

    public static readonly DiagnosticDescriptor UnreviewedRisk = Create("RISK0001",
        "A critical unit holds risks that nobody has reviewed",
        "'{0}' {1} and nobody answers for {2}: remove the risk, or have a reviewer record a review with the code fix");

    public static readonly DiagnosticDescriptor StaleReview = Create("RISK0002",
        "The code changed since its review",
        "'{0}' has changed since {1} reviewed it on {2}: have it reviewed again with the code fix");

    public static readonly DiagnosticDescriptor InvalidReview = Create("RISK0003",
        "A review does not meet the team's policy",
        "The review of '{0}' does not count: {1}");

    public static readonly DiagnosticDescriptor SuppressedGate = Create("RISK0004",
        "Somebody tries to suppress the gate",
        "{0}: the gate cannot be suppressed, only answered by a review; remove the suppression");

    public static readonly DiagnosticDescriptor InvalidConfiguration = Create("RISK0005",
        "An option of RiskAnalyzers is unknown or unreadable",
        "{0}");

    public static readonly DiagnosticDescriptor UnneededReview = Create("RISK0007",
        "A review that nothing needs",
        "'{0}' needs no review, but {1} has reviewed it: remove the review, or nobody knows any more which ones count");

    public static readonly DiagnosticDescriptor StaleBaselineEntry = Create("RISK0008",
        "A line of the baseline that fits nothing any more",
        "'{0}' exempts nothing: the unit changed, went away or is free of risks; remove the line");

    public static readonly DiagnosticDescriptor RuleFailed = Create("RISK0009",
        "A rule failed",
        "{0} threw {1} while it looked at '{2}' ({3}); the unit counts as risky until a person has reviewed it. Please report this.");

    /// <summary>What refuses a build.</summary>
    public static ImmutableArray<DiagnosticDescriptor> Refusals { get; } = ImmutableArray.Create(UnreviewedRisk, StaleReview, InvalidReview, SuppressedGate, RuleFailed);

    public static ImmutableArray<DiagnosticDescriptor> All { get; } = ImmutableArray.Create(UnreviewedRisk, StaleReview, InvalidReview, SuppressedGate, InvalidConfiguration, UnneededReview, StaleBaselineEntry, RuleFailed);

    /// <summary>RISK0009: who failed at what. The text of an exception may have many lines; a diagnostic has one.</summary>
    public static Diagnostic Failure(string who, Exception failure, string what, Location place, DiagnosticSeverity severity) => Diagnostic.Create(RuleFailed, place, severity, null, null,
        who, failure.GetType().Name, what, failure.Message.Split('\n')[0].Trim());

    private static DiagnosticDescriptor Create(string id, string title, string message) =>
        new(id, title, message, "RiskAnalyzers.Gate", DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpRoot + id + ".md",
            customTags: new[] { WellKnownDiagnosticTags.NotConfigurable, WellKnownDiagnosticTags.Compiler });
}

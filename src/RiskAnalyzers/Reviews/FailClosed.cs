namespace RiskAnalyzers.Reviews;

/// <summary>
/// Runs parts of the analysis so that an exception in one closes the gate: the compiler itself would make a warning of it and go on, and what was
/// not looked at would pass. An exception in a rule is the dispatch's to catch; it costs only its unit a review.
/// </summary>
internal sealed class FailClosed
{
    private readonly DiagnosticSeverity _severity;

    public FailClosed(AnalyzerConfigOptions globalOptions) =>
        _severity = EnforcementProperty.In(globalOptions).Severity();

    /// <summary>Runs a part; hands out RISK0009 where it failed, else null.</summary>
    public Diagnostic? Run(Action part, ISymbol looksAt)
    {
        try
        {
            part();
            return null;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            var place = looksAt.Locations.FirstOrDefault(location => location.IsInSource) ?? Location.None;
            return GateDiagnostics.Failure("The analysis", failure, looksAt.Name, place, _severity);
        }
    }
}

using RiskAnalyzers.Rules;

namespace RiskAnalyzers.Reviews;

/// <summary>
/// How much a finding weighs at the gate. Only a rule's own <c>dotnet_diagnostic.RISKxxxx.severity</c> in an <c>.editorconfig</c> or global
/// config changes it: that is the team's policy in a file that has an owner. Pragmas, NoWarn, rule sets, suppressions and bulk
/// switches hide a squiggle and leave its weight.
/// </summary>
internal sealed class RuleWeights
{
    private readonly SyntaxTreeOptionsProvider? _configured;

    public RuleWeights(SyntaxTreeOptionsProvider? configured) => _configured = configured;

    /// <summary>Whether the finding makes its unit need a review.</summary>
    public bool Counts(Finding finding, CancellationToken cancellation) => SeverityOf(finding, cancellation) is ReportDiagnostic.Warn or ReportDiagnostic.Error;

    /// <summary>Whether the team demands that the finding is fixed; no review silences it.</summary>
    public bool IsError(Finding finding, CancellationToken cancellation) => SeverityOf(finding, cancellation) is ReportDiagnostic.Error;

    private ReportDiagnostic SeverityOf(Finding finding, CancellationToken cancellation)
    {
        var (id, tree) = (finding.Rule.Id, finding.Location.SourceTree);
        if (_configured is not null)
        {
            if (tree is not null && _configured.TryGetDiagnosticValue(tree, id, cancellation, out var configured) && configured != ReportDiagnostic.Default)
                return configured;
            if (_configured.TryGetGlobalDiagnosticValue(id, cancellation, out configured) && configured != ReportDiagnostic.Default)
                return configured;
        }
        return finding.Rule.Descriptor.DefaultSeverity switch
        {
            DiagnosticSeverity.Error => ReportDiagnostic.Error,
            DiagnosticSeverity.Warning => ReportDiagnostic.Warn,
            _ => ReportDiagnostic.Info,
        };
    }
}

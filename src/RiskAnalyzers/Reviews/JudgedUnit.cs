using RiskAnalyzers.CriticalPaths;
using RiskAnalyzers.Rules;

namespace RiskAnalyzers.Reviews;

/// <summary>A unit before the gate, with all that was found in it.</summary>
internal sealed class JudgedUnit
{
    public JudgedUnit(CriticalUnit unit, ImmutableArray<Finding> findings, ImmutableArray<RuleFailure> failures, RuleWeights weights, CancellationToken cancellation)
    {
        Unit = unit;
        Findings = findings;
        Failures = failures;
        Rules = findings.Where(finding => weights.Counts(finding, cancellation)).Select(finding => finding.Rule)
            .Concat(failures.Select(failure => failure.Rule)).Distinct().OrderBy(rule => rule.Id, StringComparer.Ordinal).ToImmutableArray();
        First = findings.Select(finding => finding.Location).Concat(failures.Select(failure => failure.Location)).FirstOrDefault();
    }

    public CriticalUnit Unit { get; }

    public ImmutableArray<Finding> Findings { get; }

    public ImmutableArray<RuleFailure> Failures { get; }

    /// <summary>The rules whose findings weigh, and those that failed.</summary>
    public ImmutableArray<RiskRule> Rules { get; }

    public bool IsRisky => !Rules.IsEmpty;

    /// <summary>The file whose policy holds: that of the first finding, else that of the unit.</summary>
    public SyntaxTree? Tree => First?.SourceTree ?? Unit.TopLevelNode?.SyntaxTree ?? Unit.Symbol.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree;

    /// <summary>The unit's name where it stands in a file with a finding; top-level code has no name, so its first finding stands for it.</summary>
    public Location Location
    {
        get
        {
            if (Unit.TopLevelNode is LocalFunctionStatementSyntax function)
                return function.Identifier.GetLocation();
            if (Unit.TopLevelNode is { } node)
                return First ?? node.GetLocation();
            if (Unit.IsTopLevelCode)
                return First ?? Unit.Symbol.Locations[0];
            return Unit.Symbol.Locations.OrderBy(location => location.SourceTree == First?.SourceTree ? 0 : 1).ThenBy(location => location, SourceOrder.Instance).First();
        }
    }

    private Location? First { get; }
}

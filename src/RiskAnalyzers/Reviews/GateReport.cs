using RiskAnalyzers.CriticalPaths;
using RiskAnalyzers.Language;
using RiskAnalyzers.Rules;

namespace RiskAnalyzers.Reviews;

/// <summary>The gate's sentences, with what the code fix and readers of the build log need.</summary>
internal sealed class GateReport
{
    private readonly DiagnosticSeverity _severity;
    private readonly PolicyFiles _files;
    private readonly string _projectFolder;
    private readonly Compilation _compilation;
    private readonly bool _prunes;

    public GateReport(CompilationFacts facts, DiagnosticSeverity severity)
    {
        _severity = severity;
        _files = new PolicyFiles(facts.AdditionalFiles);
        _projectFolder = facts.GlobalOptions.TryGetValue("build_property.projectdir", out var folder) ? folder : "";
        _compilation = facts.Compilation;
        _prunes = RecordProperty.IsPrune(facts.GlobalOptions);
    }

    public Diagnostic Unreviewed(JudgedUnit judged, ReviewPolicy policy, AiAssistance? assistance, CancellationToken cancellation)
    {
        var unit = judged.Unit;
        var properties = ReviewProperties.Of(ReviewedCode.Of(unit, cancellation), unit, policy, judged.Rules, ReviewProperties.Unreviewed);
        var what = judged.IsRisky ? string.Join(", ", judged.Rules.Select(rule => rule.Id + " " + rule.Name))
            : assistance is not null ? $"code that a generator wrote ({ReviewPolicy.RequireReviewOption.Key})"
            : $"it ({ReviewPolicy.RequireReviewOption.Key} = all)";
        var where = unit.Path is { } path ? $"is on the critical path '{path.Description}'" : "uses what the team marked as risky";
        return Diagnostic.Create(GateDiagnostics.UnreviewedRisk, judged.Location, _severity, null, properties, unit.DisplayName, where, what);
    }

    public Diagnostic NotReviewed(CriticalUnit unit, ReviewedCode code, Verdict verdict, Location location, SyntaxTree? tree, ReviewPolicy policy, IEnumerable<RiskRule> rules)
    {
        var properties = ReviewProperties.Of(code, unit, policy, rules, verdict.Stale is null ? ReviewProperties.Refused : ReviewProperties.Stale);
        if (verdict.Stale is { } stale)
            return Diagnostic.Create(GateDiagnostics.StaleReview, location, _severity, null, properties, unit.DisplayName, stale.Reviewer, stale.DateText);
        var refusal = verdict.Refusal!;
        var source = refusal.Key is { } key ? $" ({Origin(key, tree)})" : "";
        return Diagnostic.Create(GateDiagnostics.InvalidReview, location, _severity, null, properties, unit.DisplayName, refusal.Reason + source);
    }

    public Diagnostic Failed(CriticalUnit unit, RuleFailure failure) =>
        GateDiagnostics.Failure(failure.Rule.Id + " " + failure.Rule.Name, failure.Exception, unit.DisplayName, failure.Location, _severity);

    public Diagnostic Stale(BaselineLine line)
    {
        var properties = ImmutableDictionary<string, string?>.Empty.Add(ReviewProperties.Line, line.Text);
        // Formatters apply fixes to what stands in code, and to warnings.
        return _prunes && _compilation.SyntaxTrees.FirstOrDefault() is { } tree
            ? Diagnostic.Create(GateDiagnostics.StaleBaselineEntry, tree.GetLocation(default), DiagnosticSeverity.Warning, null, properties, line.Text)
            : Diagnostic.Create(GateDiagnostics.StaleBaselineEntry, line.Place, DiagnosticSeverity.Info, null, properties, line.Text);
    }

    public Diagnostic Suppressed(Location place, string what) => Diagnostic.Create(GateDiagnostics.SuppressedGate, place, _severity, null, null, what);

    private string Origin(string key, SyntaxTree? tree)
    {
        var file = tree is null ? null : _files.Setting(key, tree.FilePath);
        if (file is null)
            return key;
        return key + " in " + (_projectFolder.Length > 0 && file.StartsWith(_projectFolder, StringComparison.Ordinal) ? file.Substring(_projectFolder.Length) : file);
    }
}

using System.Collections.Concurrent;
using RiskAnalyzers.CriticalPaths;
using RiskAnalyzers.Language;
using RiskAnalyzers.Rules;

namespace RiskAnalyzers.Reviews;

/// <summary>Turns the findings and reviews of a unit into what the build says.</summary>
internal sealed class ReviewGate
{
    private readonly CompilationFacts _facts;
    private readonly Enforcement _enforcement;
    private readonly INamedTypeSymbol? _attribute;
    private readonly RuleWeights _weights;
    private readonly ConcurrentDictionary<AnalyzerConfigOptions, ReviewPolicy> _policies = new();
    private readonly ConcurrentDictionary<ISymbol, bool> _judgedTypes = new(SymbolEqualityComparer.Default);

    public ReviewGate(CompilationFacts facts, Enforcement enforcement)
    {
        _facts = facts;
        _enforcement = enforcement;
        _attribute = facts.Types.Find(Review.AttributeName);
        _weights = new RuleWeights(facts.Compilation.Options.SyntaxTreeOptionsProvider);
    }

    private DiagnosticSeverity Severity => _enforcement == Enforcement.Enforce ? DiagnosticSeverity.Error : DiagnosticSeverity.Info;

    /// <summary>Judges every unit of a type and reports its findings and verdicts.</summary>
    public void Judge(FindingLog log, Action<Diagnostic> report, CancellationToken cancellation)
    {
        foreach (var (unit, findings, failures) in log.Units())
        {
            foreach (var failure in failures)
                ReportFailure(unit, failure, report);

            var weighing = findings.Where(finding => _weights.Counts(finding, cancellation)).ToImmutableArray();
            var standing = ReviewOf(unit, cancellation);
            var policy = PolicyOf(unit, findings, cancellation);
            var verdict = standing is null ? null : Verdict.On(standing.Value.Reviews, standing.Value.Code, policy);
            foreach (var finding in findings)
            {
                if (verdict is not { IsReviewed: true } || _weights.IsError(finding, cancellation))
                    report(finding.ToDiagnostic());
            }

            if (_enforcement == Enforcement.Off || (weighing.IsEmpty && failures.IsEmpty) || verdict is { IsReviewed: true })
                continue;
            if (verdict is null)
                ReportUnreviewed(unit, weighing, failures, policy, report, cancellation);
            else if (SymbolEqualityComparer.Default.Equals(standing!.Value.Holder, unit.Symbol))
                ReportVerdict(unit, standing.Value.Code, verdict, LocationOf(unit, findings, failures), policy, report);
            else
                ReportTypeVerdict(standing.Value.Holder, unit, verdict, standing.Value.Code, policy, report);
        }
    }

    // A type's review speaks once, however many of its members and nested types hold findings.
    private void ReportTypeVerdict(ISymbol type, CriticalUnit member, Verdict verdict, ReviewedCode code, ReviewPolicy policy, Action<Diagnostic> report)
    {
        if (!_judgedTypes.TryAdd(type, true))
            return;
        var unit = new CriticalUnit(type, null, member.Path);
        ReportVerdict(unit, code, verdict, LocationOf(unit, ImmutableArray<Finding>.Empty, ImmutableArray<RuleFailure>.Empty), policy, report);
    }

    // The reviews on the unit itself, else those on the nearest type around it.
    private (ISymbol Holder, ImmutableArray<Review> Reviews, ReviewedCode Code)? ReviewOf(CriticalUnit unit, CancellationToken cancellation)
    {
        for (var holder = unit.Symbol; holder is not null and not INamespaceSymbol; holder = holder.ContainingSymbol)
        {
            var reviews = Review.On(holder, _attribute, cancellation);
            if (reviews.IsEmpty)
                continue;
            var code = SymbolEqualityComparer.Default.Equals(holder, unit.Symbol) ? ReviewedCode.Of(unit, cancellation) : ReviewedCode.Of(holder, cancellation);
            return (holder, reviews, code);
        }
        return null;
    }

    private void ReportUnreviewed(CriticalUnit unit, ImmutableArray<Finding> findings, ImmutableArray<RuleFailure> failures, ReviewPolicy policy,
        Action<Diagnostic> report, CancellationToken cancellation)
    {
        var code = ReviewedCode.Of(unit, cancellation);
        var rules = findings.Select(finding => finding.Rule).Concat(failures.Select(failure => failure.Rule)).Distinct().OrderBy(rule => rule.Id, StringComparer.Ordinal).ToList();
        var properties = ReviewProperties.Of(code, unit, policy, rules);
        var named = string.Join(", ", rules.Select(rule => rule.Id + " " + rule.Name));
        report(Diagnostic.Create(GateDiagnostics.UnreviewedRisk, LocationOf(unit, findings, failures), Severity, null, properties, unit.DisplayName, unit.Path?.Name ?? "none", named));
    }

    private void ReportVerdict(CriticalUnit unit, ReviewedCode code, Verdict verdict, Location location, ReviewPolicy policy, Action<Diagnostic> report)
    {
        var properties = ReviewProperties.Of(code, unit, policy, Array.Empty<RiskRule>());
        report(verdict.Stale is { } stale
            ? Diagnostic.Create(GateDiagnostics.StaleReview, location, Severity, null, properties, unit.DisplayName, stale.Reviewer, stale.DateText)
            : Diagnostic.Create(GateDiagnostics.InvalidReview, location, Severity, null, properties, unit.DisplayName, verdict.Reason!));
    }

    private void ReportFailure(CriticalUnit unit, RuleFailure failure, Action<Diagnostic> report)
    {
        var first = failure.Exception.Message.Split('\n')[0].Trim();
        report(Diagnostic.Create(GateDiagnostics.RuleFailed, failure.Location, Severity, null, null,
            failure.Rule.Id + " " + failure.Rule.Name, failure.Exception.GetType().Name, unit.DisplayName, first));
    }

    private ReviewPolicy PolicyOf(CriticalUnit unit, ImmutableArray<Finding> findings, CancellationToken cancellation)
    {
        var tree = (findings.IsEmpty ? null : findings[0].Location.SourceTree) ?? unit.TopLevelNode?.SyntaxTree
            ?? unit.Symbol.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree;
        var options = tree is null ? _facts.GlobalOptions : _facts.OptionsOf(tree);
        return _policies.GetOrAdd(options, o => new ReviewPolicy(o));
    }

    // The unit's name where it stands in a file with a finding; top-level code has no name, so its first finding stands for it.
    private static Location LocationOf(CriticalUnit unit, ImmutableArray<Finding> findings, ImmutableArray<RuleFailure> failures)
    {
        var first = findings.Select(finding => finding.Location).Concat(failures.Select(failure => failure.Location)).FirstOrDefault();
        if (unit.TopLevelNode is LocalFunctionStatementSyntax function)
            return function.Identifier.GetLocation();
        if (unit.TopLevelNode is not null || unit.IsTopLevelCode)
            return first ?? unit.Symbol.Locations[0];
        return unit.Symbol.Locations.OrderBy(location => location.SourceTree == first?.SourceTree ? 0 : 1).ThenBy(location => location, SourceOrder.Instance).First();
    }
}

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
    private readonly bool _isGateOnly;
    private readonly INamedTypeSymbol? _attribute;
    private readonly RuleWeights _weights;
    private readonly AiAssistedCode _assisted;
    private readonly GateReport _say;
    private readonly ConcurrentDictionary<AnalyzerConfigOptions, ReviewPolicy> _policies = new();
    private readonly ConcurrentDictionary<ISymbol, bool> _judgedTypes = new(SymbolEqualityComparer.Default);

    public ReviewGate(CompilationFacts facts, Enforcement enforcement, CancellationToken cancellation)
    {
        _facts = facts;
        _enforcement = enforcement;
        _isGateOnly = facts.GlobalOptions.TryGetValue("build_property.RiskAnalyzersMode", out var mode) && mode.Trim().Equals("gate-only", StringComparison.OrdinalIgnoreCase);
        _attribute = facts.Types.Find(Review.AttributeName);
        _weights = new RuleWeights(facts.Compilation.Options.SyntaxTreeOptionsProvider);
        _assisted = new AiAssistedCode(facts);
        _say = new GateReport(facts, enforcement.Severity());
        Baseline = new Baseline(facts.AdditionalFiles, cancellation);
    }

    /// <summary>The units that are exempt until touched.</summary>
    public Baseline Baseline { get; }

    /// <summary>Whether units of the file may need a review without a finding.</summary>
    public bool LooksBeyondFindings(SyntaxTree tree) => PolicyIn(tree).LooksBeyondFindings;

    /// <summary>Judges every unit of a type and reports its findings and verdicts.</summary>
    public void Judge(INamedTypeSymbol type, FindingLog log, Action<Diagnostic> report, CancellationToken cancellation)
    {
        var needed = new HashSet<(SyntaxTree?, int)>();
        foreach (var (unit, findings, failures) in log.Units())
        {
            var judged = new JudgedUnit(unit, findings, failures, _weights, cancellation);
            needed.UnionWith(Judge(judged, report, cancellation).Select(review => review.Place));
        }
        if (_enforcement == Enforcement.Off)
            return;
        ReportUnneeded(type, needed, report, cancellation);
        ReportSuppressions(type, report, cancellation);
    }

    /// <summary>Reports what only the whole compilation shows: attempts to suppress the gate, and lines of the baseline that no unit fits any more.</summary>
    public void Finish(Action<Diagnostic> report, CancellationToken cancellation)
    {
        if (_enforcement == Enforcement.Off)
            return;
        foreach (var (place, what) in GateSuppressions.In(_facts.Compilation, cancellation))
            report(_say.Suppressed(place, what));
        foreach (var line in Baseline.Unused)
            report(_say.Stale(line));
    }

    // Hands out the reviews that the unit needs.
    private IEnumerable<Review> Judge(JudgedUnit judged, Action<Diagnostic> report, CancellationToken cancellation)
    {
        var unit = judged.Unit;
        var tree = judged.Tree;
        var policy = tree is null ? new ReviewPolicy(_facts.GlobalOptions, _facts.GlobalOptions) : PolicyIn(tree);
        var assistance = _assisted.Of(unit, tree);
        var needsReview = judged.IsRisky || policy.RequiresReviewOf(assistance);
        if (!needsReview && judged.Findings.IsEmpty)
            return Enumerable.Empty<Review>();

        var standing = StandingReviews.Of(unit, _attribute, cancellation);
        var reviews = standing?.Reviews ?? ImmutableArray<Review>.Empty;
        var verdict = standing is null ? null : Verdict.On(standing.Reviews, standing.Code, policy, assistance);
        var isExempt = verdict is null && !Baseline.IsEmpty && Baseline.Exempts(ReviewedCode.Of(unit, cancellation));
        foreach (var failure in verdict is { IsReviewed: true } || isExempt ? ImmutableArray<RuleFailure>.Empty : judged.Failures)
            report(_say.Failed(unit, failure));
        foreach (var finding in judged.Findings)
        {
            if (_weights.IsError(finding, cancellation))
                report(finding.ToDiagnostic());
            else if (verdict is not { IsReviewed: true })
                report(isExempt || _isGateOnly ? finding.ToSuggestion() : finding.ToDiagnostic());
        }

        if (_enforcement == Enforcement.Off || !needsReview || isExempt || verdict is { IsReviewed: true })
            return reviews;
        if (verdict is null)
            report(_say.Unreviewed(judged, policy, assistance, cancellation));
        else if (standing!.StandOn(unit))
            report(_say.NotReviewed(unit, standing.Code, verdict, judged.Location, tree, policy, judged.Rules));
        else if (_judgedTypes.TryAdd(standing.Holder, true))
            // A type's review speaks once, however many of its members and nested types hold findings.
            report(_say.NotReviewed(new CriticalUnit(standing.Holder, null, unit.Path), standing.Code, verdict, standing.Holder.Locations[0], tree, policy, judged.Rules));
        return reviews;
    }

    private void ReportUnneeded(INamedTypeSymbol type, HashSet<(SyntaxTree?, int)> needed, Action<Diagnostic> report, CancellationToken cancellation)
    {
        if (_attribute is null)
            return;
        // What stands in nested types is judged elsewhere; the review of a type that has some may be needed for them.
        if (type.GetTypeMembers().IsEmpty)
            ReportUnneededOn(type, needed, report, cancellation);
        foreach (var member in type.GetMembers())
        {
            if (member is not INamedTypeSymbol && !member.IsImplicitlyDeclared && SymbolEqualityComparer.Default.Equals(CriticalUnit.Reviewed(member), member))
                ReportUnneededOn(member, needed, report, cancellation);
        }
    }

    private void ReportSuppressions(INamedTypeSymbol type, Action<Diagnostic> report, CancellationToken cancellation)
    {
        ReportSuppressionsOn(type, report, cancellation);
        foreach (var member in type.GetMembers())
        {
            if (member is not INamedTypeSymbol && !member.IsImplicitlyDeclared)
                ReportSuppressionsOn(member, report, cancellation);
        }
    }

    private void ReportSuppressionsOn(ISymbol symbol, Action<Diagnostic> report, CancellationToken cancellation)
    {
        if (symbol.GetAttributes().IsEmpty)
            return;
        foreach (var (place, what) in GateSuppressions.On(symbol, cancellation))
            report(_say.Suppressed(place, what));
    }

    private void ReportUnneededOn(ISymbol symbol, HashSet<(SyntaxTree?, int)> needed, Action<Diagnostic> report, CancellationToken cancellation)
    {
        foreach (var review in Review.On(symbol, _attribute, cancellation))
        {
            // Fields of one declaration share its reviews.
            if (needed.Add(review.Place) && review.Attribute.ApplicationSyntaxReference is { } reference)
                report(Diagnostic.Create(GateDiagnostics.UnneededReview, Location.Create(reference.SyntaxTree, reference.Span), DiagnosticSeverity.Info, null, null, symbol.Name, review.Reviewer));
        }
    }

    private ReviewPolicy PolicyIn(SyntaxTree tree) => _policies.GetOrAdd(_facts.OptionsOf(tree), options => new ReviewPolicy(options, _facts.GlobalOptions));
}

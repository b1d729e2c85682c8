using RiskAnalyzers.CriticalPaths;
using RiskAnalyzers.Rules;

namespace RiskAnalyzers.Reviews;

/// <summary>What RISK0001 to RISK0003 carry for the code fix, and for tools that read the build's log.</summary>
internal static class ReviewProperties
{
    public const string Unit = "unit", Kind = "kind", Digest = "digest", Path = "path", Rules = "rules", State = "state", Reviewers = "reviewers", Line = "line";

    /// <summary>Values of <see cref="Kind"/>: where a review of the unit stands.</summary>
    public const string OnDeclaration = "declaration", OnLambda = "lambda", OnProgram = "program";

    /// <summary>Values of <see cref="State"/>: nobody reviewed the unit, its code changed since, or the policy refuses the review.</summary>
    public const string Unreviewed = "unreviewed", Stale = "stale", Refused = "refused";

    public static ImmutableDictionary<string, string?> Of(ReviewedCode code, CriticalUnit unit, ReviewPolicy policy, IEnumerable<RiskRule> rules, string state) =>
        ImmutableDictionary.CreateRange(new KeyValuePair<string, string?>[]
        {
            new(Unit, code.Id),
            new(Kind, KindOf(unit)),
            new(Digest, ReviewDigest.Of(code)),
            new(Path, unit.Path?.Name),
            new(Rules, string.Join(",", rules.Select(rule => rule.Id))),
            new(State, state),
            new(Reviewers, string.Join(",", policy.Reviewers)),
        });

    private static string KindOf(CriticalUnit unit) =>
        unit.TopLevelNode is AnonymousFunctionExpressionSyntax ? OnLambda
        : unit.IsTopLevelCode ? OnProgram
        : OnDeclaration;
}

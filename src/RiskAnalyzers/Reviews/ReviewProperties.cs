using RiskAnalyzers.CriticalPaths;
using RiskAnalyzers.Rules;

namespace RiskAnalyzers.Reviews;

/// <summary>What RISK0001 to RISK0003 carry for the code fix, and for tools that read the build's log.</summary>
internal static class ReviewProperties
{
    public const string Unit = "unit", Digest = "digest", Path = "path", Rules = "rules", Reviewers = "reviewers";

    public static ImmutableDictionary<string, string?> Of(ReviewedCode code, CriticalUnit unit, ReviewPolicy policy, IEnumerable<RiskRule> rules) =>
        ImmutableDictionary<string, string?>.Empty
            .Add(Unit, code.Id)
            .Add(Digest, ReviewDigest.Of(code))
            .Add(Path, unit.Path?.Name)
            .Add(Rules, string.Join(",", rules.Select(rule => rule.Id)))
            .Add(Reviewers, string.Join(",", policy.Reviewers));
}

using RiskAnalyzers.Reviews;
using RiskAnalyzers.Rules;
using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Documentation;

/// <summary>What an editor offers for the examples on the rules' pages: each action compiles, ends its finding, and has a title that reads as a sentence; and a review lets each example pass.</summary>
public sealed class PageFixesTests
{
    private const string Options = "risk_analyzers.critical_path = checkout\nrisk_analyzers.reviewers = alice, bob\n[Prelude.cs]\nrisk_analyzers.critical_path = none";

    public static TheoryData<string> AllRules => new(RulePages.Ids);

    public static TheoryData<string> Rules => new(RulePages.Ids.Where(id => RuleRun.FixesOf(id).Any()));

    [Theory, MemberData(nameof(Rules))]
    public async Task Every_action_that_is_offered_mends_its_finding(string id)
    {
        var titles = new List<string>();
        foreach (var example in ReportedOn(id))
        {
            using var run = Open(id, example);
            var findings = (await run.Diagnostics()).Where(d => d.Id == id).ToList();
            foreach (var finding in findings)
            {
                bool Says(Diagnostic d) => d.Id == id && d.GetMessage() == finding.GetMessage();
                foreach (var action in await run.Actions(RuleRun.FixesOf(id).Single(), finding))
                {
                    titles.Add(action.Title);
                    var left = await run.DiagnosticsAfter(action);
                    Assert.Empty(left.Where(d => d.Id.StartsWith("CS", StringComparison.Ordinal)));
                    Assert.True(left.Count(Says) < findings.Count(Says), $"'{action.Title}' leaves {finding}");
                }
            }
        }
        Assert.True(titles.Count > 0, $"no example on docs/rules/{id}.md shows a place where the fix is offered");
        Assert.All(titles, title => Assert.Matches(@"^[A-Z][a-z]+,?( .{0,90}[^.\s])?$", title));
    }

    [Theory, MemberData(nameof(AllRules))]
    public async Task Every_example_passes_once_somebody_answers_for_it(string id)
    {
        foreach (var example in ReportedOn(id))
        {
            using var run = Open(id, example);
            while ((await run.Diagnostics()).FirstOrDefault(d => d.Id.StartsWith("RISK000", StringComparison.Ordinal)) is { } refusal)
            {
                Assert.Equal("RISK0001", refusal.Id);
                await run.Apply(Assert.Single(await run.Actions(new RecordReviewFix(), refusal), action => action.Title == "Record a review by alice"));
            }
        }
    }

    private static IEnumerable<string> ReportedOn(string id) => RulePages.ExamplesOn(id).Where(example => example.Contains("// " + id, StringComparison.Ordinal));

    private static FixRun Open(string id, string example)
    {
        var run = new FixRun(RulePages.Whole(example), Options, rules: [RuleCatalogue.All.Single(rule => rule.Id == id)]);
        run.AddSource(Prelude.Path, Prelude.Source);
        foreach (var settings in RulePages.SettingsOn(id))
            run.AddFile("appsettings.json", settings);
        return run;
    }
}

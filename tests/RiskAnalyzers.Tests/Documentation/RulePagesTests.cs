using RiskAnalyzers.Rules;
using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Documentation;

/// <summary>Every rule has a page, and its examples run: the lines that end in <c>// RISKxxxx</c> are the lines that the rule reports.</summary>
public sealed class RulePagesTests
{
    private static readonly string[] Sections = ["## What it finds", "## Why it matters", "## Examples", "## How to fix it", "## When to leave it", "## Related rules"];

    public static TheoryData<string> Rules => new(RulePages.Ids);

    [Theory, MemberData(nameof(Rules))]
    public void A_page_carries_its_rule_s_name_and_every_section(string id)
    {
        var page = RulePages.Text(id);
        var rule = RuleCatalogue.All.Single(rule => rule.Id == id);

        Assert.StartsWith($"# {id} {rule.Name}\n", page);
        foreach (var section in Sections)
            Assert.Matches("\n" + section + @"\n\n(?!TODO|#)\S", page);
        Assert.Contains($"**Severity:** {rule.Descriptor.DefaultSeverity}", page);
        Assert.Contains($"**Fix:** {(RuleRun.FixesOf(id).Any() ? "yes" : "no")}", page);
    }

    [Theory, MemberData(nameof(Rules))]
    public void A_page_names_what_speaks_for_its_rule(string id)
    {
        // A team's own rule has the team's own incidents behind it.
        var line = RulePages.Text(id).Split('\n')[4];
        Assert.True(line.StartsWith("**Evidence:** ", StringComparison.Ordinal), $"line 5 of docs/rules/{id}.md names its evidence, such as **Evidence:** [CWE-252](../evidence.md#weaknesses)");
        if (id[4] != '8')
            Assert.Equal("not in docs/evidence.md: ", "not in docs/evidence.md: " + string.Join(", ", RulePages.EvidenceOf(id).Except(RulePages.Evidence)));
    }

    [Fact]
    public void Evidence_that_no_rule_names_is_gone() => Assert.Empty(RulePages.Evidence.Except(RulePages.Ids.SelectMany(RulePages.EvidenceOf)));

    [Theory, MemberData(nameof(Rules))]
    public async Task The_examples_on_a_page_are_reported_where_they_are_marked(string id)
    {
        var examples = RulePages.ExamplesOn(id);
        Assert.Contains(examples, example => example.Contains("// " + id, StringComparison.Ordinal));
        Assert.Contains(examples, example => !example.Contains("// " + id, StringComparison.Ordinal));

        foreach (var example in examples)
        {
            var source = RulePages.Whole(example);
            var compilation = Analysis.Compile(("/shop/Checkout.cs", source), (Prelude.Path, Prelude.Source));
            Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));

            var options = new ConfigOptions().For("Checkout.cs", "risk_analyzers.critical_path", "checkout").For("Prelude.cs", "risk_analyzers.critical_path", "none");
            var reported = await Analysis.Run(compilation, options, [RuleCatalogue.All.Single(rule => rule.Id == id)], [.. RulePages.SettingsOn(id).Select(settings => new TextFile("/shop/appsettings.json", settings))]);
            var lines = source.Split('\n');
            var marked = lines.Where(line => line.TrimEnd().EndsWith("// " + id, StringComparison.Ordinal));
            var found = reported.Where(d => d.Id == id).Select(d => d.Location.GetLineSpan().StartLinePosition.Line).Distinct();
            Assert.Equal("reported: " + string.Join("\n", marked), "reported: " + string.Join("\n", found.Order().Select(line => lines[line])));
        }
    }
}

using Microsoft.CodeAnalysis.CSharp;

namespace RiskAnalyzers.OldestCompilerTests;

/// <summary>All rules and all fixes over the sample shop, in the oldest compiler that the package promises.</summary>
public sealed class OldestCompilerTests
{
    [Fact]
    public void The_compiler_is_the_oldest_that_the_package_promises() =>
        Assert.Equal(new Version(4, 8, 0, 0), typeof(CSharpCompilation).Assembly.GetName().Version);

    [Fact]
    public async Task Every_kind_of_rule_finds_what_it_finds_in_a_new_compiler()
    {
        var shop = SampleShop.Open();
        Assert.Empty(await shop.CompilerErrors());
        var found = (await shop.Findings()).Select(d => d.Id).ToHashSet();
        string[] shown = ["RISK0001", "RISK1002", "RISK1006", "RISK1008", "RISK2002", "RISK3006", "RISK4001", "RISK4005", "RISK5010", "RISK7001", "RISK7012"];
        Assert.Equal("", string.Join(", ", shown.Except(found)));
        Assert.DoesNotContain("RISK0009", found);
    }

    [Fact]
    public async Task Every_fix_that_is_offered_changes_something_and_compiles()
    {
        var shop = SampleShop.Open();
        var offered = 0;
        foreach (var finding in await shop.Findings())
        {
            foreach (var (title, changed) in await shop.FixesFor(finding))
            {
                offered++;
                Assert.True((await changed.CompilerErrors()).IsEmpty, $"{finding.Id} {title}: {string.Join("\n", await changed.CompilerErrors())}");
                Assert.DoesNotContain(await changed.Findings(), d => d.Id == finding.Id && d.GetMessage() == finding.GetMessage());
            }
        }
        Assert.True(offered > 10, $"only {offered} fixes were offered");
    }

    [Fact]
    public async Task A_reviewer_answers_for_the_whole_shop()
    {
        var shop = SampleShop.Open();
        while ((await shop.Findings()).FirstOrDefault(d => d.Id is "RISK0001" or "RISK0002") is { } refusal)
        {
            shop = Assert.Single(await shop.FixesFor(refusal), fix => fix.Title == "Record a review by alice").Shop;
        }
        Assert.DoesNotContain(await shop.Findings(), d => d.Severity == DiagnosticSeverity.Error);
        Assert.Empty(await shop.CompilerErrors());
    }
}

using System.Text.RegularExpressions;

namespace RiskAnalyzers.PackageTests;

/// <summary>The sample shop, the demo and the README keep their word.</summary>
public sealed class SampleTests(PackedPackage package)
{
    private static readonly string[] Shown =
    [
        "RISK1002", "RISK1006", "RISK1008", "RISK2002", "RISK3006", "RISK4001", "RISK4005", "RISK5010", "RISK7001", "RISK7012",
    ];

    [Fact]
    public async Task The_sample_restores_silently_and_shows_rules_of_every_kind()
    {
        var shop = package.NewFolder("sample").WithCopyOf(Repository.File("docs", "samples", "Shop"));

        var restore = await shop.Run("restore", "-p:RiskAnalyzersVersion=" + package.Version);
        restore.MustPass();
        Assert.DoesNotMatch(@"\bNU\d{4}\b", restore.Output);

        var build = await shop.Build("Release", "-p:RiskAnalyzersVersion=" + package.Version);
        build.MustFailWith("RISK0001");
        Assert.DoesNotMatch(@"(warning|error) (?!RISK)", build.Output);
        Assert.Equal("", string.Join(", ", Shown.Where(id => build.Of(id).Count == 0)));

        // What the README shows is what a build says.
        var refusals = Regex.Matches(Readme, @"^\w+\.cs\(\d+,\d+\): error RISK0001: .*$", RegexOptions.Multiline).Select(match => match.Value);
        Assert.NotEmpty(refusals);
        Assert.All(refusals, refusal => Assert.Contains(refusal, build.Output));
    }

    [Fact]
    public async Task The_demo_goes_as_told()
    {
        var demo = await DotNet.Run(Repository.Root, null, "run", "build/demo.cs");
        demo.MustPass();
        Assert.Contains("error RISK0001", demo.Output);
        Assert.Contains("ReviewedBy(\"alice\"", demo.Output);
        Assert.Contains("error RISK0002", demo.Output);
    }

    [Fact]
    public void Every_command_in_the_README_and_the_pages_is_run_somewhere()
    {
        // The demo, the life of a review and the newcomer's rule run here; the test command is what runs this.
        string[] run =
        [
            "dotnet run build/demo.cs",
            "dotnet run build/new-rule.cs -- RISK1099 RoundedTwice",
            "dotnet run build/derive.cs",
            "dotnet test",
            "dotnet test --project tests/RiskAnalyzers.Tests --filter-class '*RoundedTwiceTests'",
            "dotnet build -c Release",
            "dotnet add package RiskAnalyzers",
            // Takes minutes; what it measures is compiled with the rest, and what can be counted is counted by tests.
            "dotnet run -c Release --project tests/RiskAnalyzers.Benchmarks -- --filter '*WholeCompilation*'",
            "RiskRecord=prune Configuration=Release dotnet format analyzers --diagnostics RISK0008",
            "RiskRecord=baseline Configuration=Release dotnet format analyzers --diagnostics RISK0001",
            "RiskReviewer=alice Configuration=Release dotnet format analyzers --diagnostics RISK0001 RISK0002",
        ];
        var docs = Repository.File("docs");
        var pages = Directory.GetFiles(docs, "*.md").Concat(Directory.GetFiles(Path.Combine(docs, "rules"), "RISK0*.md")).Select(File.ReadAllText);
        Assert.Equal(run.Order(StringComparer.Ordinal), pages.Append(Readme).SelectMany(Commands.On).Distinct().Order(StringComparer.Ordinal));
    }

    private static string Readme => File.ReadAllText(Repository.File("README.md")).ReplaceLineEndings("\n");
}

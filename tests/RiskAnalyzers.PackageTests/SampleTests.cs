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
        var shop = package.NewFolder("sample").WithCopyOf(Path.Combine(PackedPackage.RepositoryRoot(), "docs", "samples", "Shop"));

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
        var demo = await DotNet.Run(PackedPackage.RepositoryRoot(), null, "run", "build/demo.cs");
        demo.MustPass();
        Assert.Contains("error RISK0001", demo.Output);
        Assert.Contains("ReviewedBy(\"alice\"", demo.Output);
        Assert.Contains("error RISK0002", demo.Output);
    }

    [Fact]
    public void Every_command_in_the_README_is_run_somewhere()
    {
        // The demo and the life of a review run here; the test command is what runs this.
        string[] run =
        [
            "dotnet run build/demo.cs",
            "dotnet test",
            "dotnet add package RiskAnalyzers",
            "RiskRecord=baseline Configuration=Release dotnet format analyzers --diagnostics RISK0001",
            "RiskReviewer=alice Configuration=Release dotnet format analyzers --diagnostics RISK0001 RISK0002",
        ];
        var commands = Regex.Matches(Readme, "```sh\n(.*?)```", RegexOptions.Singleline)
            .SelectMany(block => block.Groups[1].Value.Split('\n')).Select(line => line.Split('#')[0].Trim()).Where(line => line.Length > 0);
        Assert.Equal(run.Order(), commands.Distinct().Order());
    }

    private static string Readme => File.ReadAllText(Path.Combine(PackedPackage.RepositoryRoot(), "README.md")).ReplaceLineEndings("\n");
}

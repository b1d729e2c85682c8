using System.Text.RegularExpressions;
using RiskAnalyzers.Configuration;
using RiskAnalyzers.Reviews;
using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Documentation;

public sealed class DocumentationTests
{
    [Fact]
    public void Every_option_is_in_the_configuration_page_with_its_default()
    {
        var page = Read("docs", "configuration.md");
        foreach (var option in ConfigurationCheck.Options.Values)
            Assert.Contains($"| `{option.Key}` | {option.DefaultText} |", page);
    }

    [Fact]
    public void Every_option_in_the_configuration_page_exists()
    {
        var named = Regex.Matches(Read("docs", "configuration.md"), @"^\| `(risk_analyzers\.[a-z_.]+)` \|", RegexOptions.Multiline).Select(match => match.Groups[1].Value);
        Assert.All(named, key => Assert.Contains(key, ConfigurationCheck.Options.Keys));
    }

    [Fact]
    public void Every_property_that_the_build_passes_on_is_in_the_configuration_page()
    {
        var page = Read("docs", "configuration.md");
        var passed = Regex.Matches(Read("build", "RiskAnalyzers.props"), "CompilerVisibleProperty Include=\"(Risk\\w+)\"").Select(match => match.Groups[1].Value);
        Assert.All(passed, property => Assert.Contains($"| `{property}` |", page));
    }

    [Fact]
    public void Every_id_of_the_gate_has_a_page()
    {
        foreach (var id in GateDiagnostics.All.Select(descriptor => descriptor.Id).Append("RISK0006"))
            Assert.StartsWith($"# {id} ", Read("docs", "rules", id + ".md"));
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/configuration.md")]
    [InlineData("docs/reviews.md")]
    [InlineData("docs/team-rules.md")]
    [InlineData("docs/adding-a-rule.md")]
    [InlineData("docs/threat-model.md")]
    [InlineData("docs/rules/README.md")]
    public void Links_lead_to_files(string page)
    {
        var folder = Path.GetDirectoryName(Repository.File(page))!;
        var links = Regex.Matches(Read(page), @"\]\((?!https?:)([^)#]+)").Select(match => match.Groups[1].Value);
        Assert.All(links, link => Assert.True(File.Exists(Path.Combine(folder, link)) || Directory.Exists(Path.Combine(folder, link)), $"{page} links to {link}"));
    }

    private static string Read(params string[] parts) => File.ReadAllText(Repository.File(parts)).ReplaceLineEndings("\n");
}

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
    public async Task The_sample_policy_names_every_option_once_and_means_what_it_says()
    {
        var settings = Regex.Matches(Read("docs", "samples", "shop.editorconfig"), @"^(\S+) = (.+)$", RegexOptions.Multiline)
            .Select(match => (Key: match.Groups[1].Value, Value: match.Groups[2].Value)).Where(setting => setting.Key.StartsWith(RiskOption.Prefix, StringComparison.Ordinal)).ToList();
        // Symbol patterns carry the path's name in their key.
        Assert.Equal(ConfigurationCheck.Options.Keys.Append("risk_analyzers.critical_path.checkout").Order(), settings.Select(setting => setting.Key).Order());

        var options = new ConfigOptions();
        foreach (var (key, value) in settings)
            options.For("Code.cs", key, value);
        Assert.DoesNotContain(await Analysis.Run(Analysis.Compile(("/shop/Code.cs", "class A { }")), options), d => d.Id == "RISK0005");
    }

    [Fact]
    public void Every_property_that_the_build_passes_on_is_in_the_configuration_page()
    {
        var page = Read("docs", "configuration.md");
        var passed = Regex.Matches(Read("build", "RiskAnalyzers.props"), "CompilerVisibleProperty Include=\"(Risk\\w+)\"").Select(match => match.Groups[1].Value);
        Assert.All(passed, property => Assert.Contains($"| `{property}` |", page));
    }

    [Fact]
    public void Every_id_of_the_gate_has_a_page_that_says_what_why_and_how()
    {
        string[] sections = ["## What it says", "## Why it ", "## How to resolve it", "## Related"];
        foreach (var id in GateDiagnostics.All.Select(descriptor => descriptor.Id).Append("RISK0006"))
        {
            var page = Read("docs", "rules", id + ".md");
            Assert.StartsWith($"# {id} ", page);
            Assert.Contains("\n**Severity:** ", page);
            Assert.All(sections, section => Assert.Contains("\n" + section, page));
        }
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/ci.md")]
    [InlineData("docs/configuration.md")]
    [InlineData("docs/performance.md")]
    [InlineData("docs/reviews.md")]
    [InlineData("docs/team-rules.md")]
    [InlineData("docs/adding-a-rule.md")]
    [InlineData("docs/threat-model.md")]
    [InlineData("docs/evidence.md")]
    [InlineData("docs/rules")]
    public void Links_lead_to_files_and_headings(string place)
    {
        var path = Repository.File(place);
        foreach (var page in Directory.Exists(path) ? Directory.GetFiles(path, "*.md") : [path])
        {
            foreach (Match link in Regex.Matches(File.ReadAllText(page), @"\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)"))
            {
                var target = link.Groups[1].Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, link.Groups[1].Value);
                Assert.True(File.Exists(target) || Directory.Exists(target), $"{page} links to {link.Groups[1]}");
                if (link.Groups[2].Success)
                    Assert.Contains(link.Groups[2].Value, Regex.Matches(File.ReadAllText(target), "^#+ (.+)$", RegexOptions.Multiline).Select(heading => Anchor(heading.Groups[1].Value)));
            }
        }
    }

    // As the pages' host makes them.
    private static string Anchor(string heading) => Regex.Replace(heading.Trim().ToLowerInvariant(), @"[^\w\- ]", "").Replace(' ', '-');

    private static string Read(params string[] parts) => File.ReadAllText(Repository.File(parts)).ReplaceLineEndings("\n");
}

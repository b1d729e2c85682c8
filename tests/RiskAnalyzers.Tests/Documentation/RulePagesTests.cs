using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RiskAnalyzers.Rules;
using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Documentation;

/// <summary>Every rule has a page, and its examples run: the lines that end in <c>// RISKxxxx</c> are the lines that the rule reports.</summary>
public sealed class RulePagesTests
{
    private static readonly string[] Sections = ["## What it finds", "## Why it matters", "## Examples", "## How to fix it", "## When to leave it", "## Related rules"];

    public static TheoryData<string> Rules => new(RuleCatalogue.All.Select(rule => rule.Id));

    [Theory, MemberData(nameof(Rules))]
    public void A_page_carries_its_rule_s_name_and_every_section(string id)
    {
        var page = Page(id);
        var rule = RuleCatalogue.All.Single(rule => rule.Id == id);

        Assert.StartsWith($"# {id} {rule.Name}\n", page);
        foreach (var section in Sections)
            Assert.Contains("\n" + section + "\n", page);
        Assert.Contains($"**Severity:** {rule.Descriptor.DefaultSeverity}", page);
        Assert.Contains($"**Fix:** {(RuleRun.FixesOf(id).Any() ? "yes" : "no")}", page);
    }

    [Theory, MemberData(nameof(Rules))]
    public async Task The_examples_on_a_page_are_reported_where_they_are_marked(string id)
    {
        var examples = Regex.Matches(Page(id), "```csharp\n(.*?)```", RegexOptions.Singleline).Select(match => match.Groups[1].Value).ToList();
        Assert.Contains(examples, example => example.Contains("// " + id, StringComparison.Ordinal));
        Assert.Contains(examples, example => !example.Contains("// " + id, StringComparison.Ordinal));

        foreach (var example in examples)
        {
            var source = Whole(example);
            var compilation = Analysis.Compile(("/shop/Checkout.cs", source), (Prelude.Path, Prelude.Source));
            Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));

            var options = new ConfigOptions().For("Checkout.cs", "risk_analyzers.critical_path", "checkout").For("Prelude.cs", "risk_analyzers.critical_path", "none");
            var reported = await Analysis.Run(compilation, options, [RuleCatalogue.All.Single(rule => rule.Id == id)], SettingsOn(id));
            var lines = source.Split('\n');
            var marked = Enumerable.Range(0, lines.Length).Where(line => lines[line].TrimEnd().EndsWith("// " + id, StringComparison.Ordinal));
            Assert.Equal(marked, reported.Where(d => d.Id == id).Select(d => d.Location.GetLineSpan().StartLinePosition.Line).Distinct());
        }
    }

    // A page may show the settings that its examples run with.
    private static ImmutableArray<AdditionalText> SettingsOn(string id) =>
        [.. Regex.Matches(Page(id), "```json\n(.*?)```", RegexOptions.Singleline).Select(match => new TextFile("/shop/appsettings.json", match.Groups[1].Value))];

    private static string Page(string id) => File.ReadAllText(Repository.File("docs", "rules", id + ".md")).ReplaceLineEndings("\n");

    // An example is a whole file, or members of a controller or service of the shop.
    private static string Whole(string example)
    {
        var unit = CSharpSyntaxTree.ParseText(example, Analysis.ParseOptions).GetCompilationUnitRoot();
        var isWhole = !unit.ContainsDiagnostics && unit.Members.All(member => member is BaseTypeDeclarationSyntax or BaseNamespaceDeclarationSyntax or DelegateDeclarationSyntax);
        return isWhole ? example : "public class Example : ShopCode\n{\n" + example + "}\n";
    }
}

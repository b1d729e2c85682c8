using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RiskAnalyzers.Rules;
using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Documentation;

/// <summary>The pages of the rules, and the code on them.</summary>
internal static class RulePages
{
    public static IEnumerable<string> Ids => RuleCatalogue.All.Select(rule => rule.Id);

    public static string Text(string id) => File.ReadAllText(Repository.File("docs", "rules", id + ".md")).ReplaceLineEndings("\n");

    public static IReadOnlyList<string> ExamplesOn(string id) => Blocks(id, "csharp");

    /// <summary>A page may show the settings that its examples run with.</summary>
    public static IReadOnlyList<string> SettingsOn(string id) => Blocks(id, "json");

    /// <summary>The incidents, weaknesses, standards and studies that a page names.</summary>
    public static IEnumerable<string> EvidenceOf(string id) =>
        Regex.Matches(Regex.Match(Text(id), @"^\*\*Evidence:\*\* (.+)$", RegexOptions.Multiline).Value, @"\[([^\]]+)\]\(\.\./evidence").Select(link => link.Groups[1].Value);

    /// <summary>What the page of the evidence tells of.</summary>
    public static IEnumerable<string> Evidence =>
        Regex.Matches(File.ReadAllText(Repository.File("docs", "evidence.md")).ReplaceLineEndings("\n"), @"^### (.+)$|^\| (CWE-\d+) \|", RegexOptions.Multiline).Select(entry => entry.Groups[1].Value + entry.Groups[2].Value);

    /// <summary>The file that an example is a part of: an example is a whole file, or members of a controller or service of the shop.</summary>
    public static string Whole(string example)
    {
        var unit = CSharpSyntaxTree.ParseText(example, Analysis.ParseOptions).GetCompilationUnitRoot();
        var isWhole = !unit.ContainsDiagnostics && unit.Members.All(member => member is BaseTypeDeclarationSyntax or BaseNamespaceDeclarationSyntax or DelegateDeclarationSyntax);
        return isWhole ? example : "public class Example : ShopCode\n{\n" + example + "}\n";
    }

    private static IReadOnlyList<string> Blocks(string id, string language) =>
        [.. Regex.Matches(Text(id), "```" + language + "\n(.*?)```", RegexOptions.Singleline).Select(match => match.Groups[1].Value)];
}

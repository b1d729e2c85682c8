using System.Text.RegularExpressions;

namespace RiskAnalyzers.PackageTests;

/// <summary>What a page tells its reader to type.</summary>
internal static class Commands
{
    public static IEnumerable<string> On(string page) => Regex.Matches(page.ReplaceLineEndings("\n"), "```sh\n(.*?)```", RegexOptions.Singleline)
        .SelectMany(block => block.Groups[1].Value.Split('\n')).Select(line => line.Split('#')[0].Trim()).Where(line => line.Length > 0);
}

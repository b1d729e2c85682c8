using RiskAnalyzers.Rules;
using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Documentation;

/// <summary>What the house holds itself to.</summary>
public sealed class HouseTests
{
    private const int LongestFile = 400;

    [Fact]
    public void No_file_is_longer_than_a_reader_takes_in()
    {
        string[] folders = ["src", "tests", "build", "docs"];
        var files = folders.SelectMany(folder => Directory.EnumerateFiles(Repository.File(folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
        var outgrown = files.Where(file => File.ReadLines(file).Count() > LongestFile).Select(Path.GetFileName).ToList();
        Assert.True(outgrown.Count == 0, $"longer than {LongestFile} lines: {string.Join(", ", outgrown)}; a test class is split by topic, as UserEnumerationTests.Resets.cs is");
    }

    [Fact]
    public void Each_rule_stands_in_the_folder_of_its_family_with_its_test_and_its_page()
    {
        var files = RuleCatalogue.All.SelectMany(rule => new[]
        {
            Repository.File("src", "RiskAnalyzers", "Rules", Family(rule), rule.Name + ".cs"),
            Repository.File("tests", "RiskAnalyzers.Tests", "Rules", Family(rule), rule.Name + "Tests.cs"),
            Repository.File("docs", "rules", rule.Id + ".md"),
        });
        Assert.All(files, file => Assert.True(File.Exists(file), file));
    }

    private static string Family(RiskRule rule) => rule.Descriptor.Category.Split('.')[1];
}

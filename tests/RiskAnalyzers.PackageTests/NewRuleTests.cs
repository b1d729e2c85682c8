using System.Text.RegularExpressions;

namespace RiskAnalyzers.PackageTests;

/// <summary>A newcomer adds a rule: what the page tells to type, typed in a copy of the repository.</summary>
public sealed class NewRuleTests : IDisposable
{
    private static readonly string[] Copied = ["artifacts/feed", "build", "docs", "src", "tests"];

    private readonly string _copy = Path.Combine(Path.GetTempPath(), "risk-new-rule-" + Guid.NewGuid().ToString("N")[..8]);

    [Fact]
    public async Task The_files_of_a_new_rule_build_and_pass_their_tests()
    {
        var page = await File.ReadAllTextAsync(Repository.File("docs", "adding-a-rule.md"));
        var commands = Commands.On(page).ToList();
        Assert.Equal("dotnet test", commands[^1]);

        Copy();
        // All the tests at the end are what runs this.
        foreach (var command in commands[..^1])
            (await Run(command)).MustPass();
        (await Run("dotnet run build/derive.cs -- --check")).MustPass();
    }

    [Fact]
    public async Task What_is_derived_is_current() =>
        (await DotNet.Run(Repository.Root, null, "run", "build/derive.cs", "--", "--check")).MustPass();

    public void Dispose()
    {
        if (Directory.Exists(_copy))
            Directory.Delete(_copy, recursive: true);
    }

    private Task<BuildResult> Run(string command) => DotNet.Run(_copy, null, [.. command.Split(' ').Skip(1).Select(word => word.Trim('\''))]);

    private void Copy()
    {
        var root = Repository.Root;
        foreach (var folder in Copied)
            Directory.CreateDirectory(Path.Combine(_copy, folder));
        foreach (var file in Directory.EnumerateFiles(root).Concat(Copied.Skip(1).SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder), "*", SearchOption.AllDirectories))))
        {
            var name = Path.GetRelativePath(root, file);
            // What the checkout has built stays there.
            if (Regex.IsMatch(name, @"(^|[\\/])(bin|obj)[\\/]"))
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_copy, name))!);
            File.Copy(file, Path.Combine(_copy, name));
        }
    }
}

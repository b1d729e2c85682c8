using System.Collections.Concurrent;

namespace RiskAnalyzers.Reviews;

/// <summary>
/// Finds the file that sets a key of the policy. The compiler hands analyzers values without their origin, so the package's targets pass
/// the configuration files along as additional files.
/// </summary>
internal sealed class PolicyFiles
{
    private readonly ImmutableArray<AdditionalText> _files;
    private readonly ConcurrentDictionary<(string, string), string?> _found = new();

    public PolicyFiles(ImmutableArray<AdditionalText> additionalFiles) => _files = additionalFiles
        .Where(file => file.Path.EndsWith(".editorconfig", StringComparison.OrdinalIgnoreCase) || file.Path.EndsWith(".globalconfig", StringComparison.OrdinalIgnoreCase))
        .ToImmutableArray();

    /// <summary>The file nearest to the source file that mentions the key, or null where none is known.</summary>
    public string? Setting(string key, string sourcePath) => _files.IsEmpty ? null : _found.GetOrAdd((key, FolderOf(sourcePath)), pair => Find(pair.Item1, pair.Item2));

    private string? Find(string key, string folder) => _files
        .Where(file => folder.StartsWith(FolderOf(file.Path), StringComparison.Ordinal) && Mentions(file, key))
        .OrderByDescending(file => file.Path.Length)
        .Select(file => file.Path)
        .FirstOrDefault();

    private static bool Mentions(AdditionalText file, string key)
    {
        foreach (var line in file.GetText()?.Lines ?? Enumerable.Empty<Microsoft.CodeAnalysis.Text.TextLine>())
        {
            var text = line.ToString().TrimStart();
            if (text.StartsWith(key, StringComparison.OrdinalIgnoreCase) && text.Substring(key.Length).TrimStart().StartsWith("=", StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    private static string FolderOf(string path) => path.Substring(0, path.LastIndexOfAny(new[] { '/', '\\' }) + 1);
}

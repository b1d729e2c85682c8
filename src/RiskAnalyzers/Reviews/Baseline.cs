using System.Collections.Concurrent;
using Microsoft.CodeAnalysis.Text;

namespace RiskAnalyzers.Reviews;

/// <summary>
/// <c>RiskBaseline.txt</c>: units that were there before the package came and are exempt until touched. One sorted line a unit, a digest and
/// an id, so that branches that each add lines merge. Lines that start with # are comments.
/// </summary>
internal sealed class Baseline
{
    public const string FileName = "RiskBaseline.txt";

    private readonly Dictionary<string, BaselineLine> _lines = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<BaselineLine, bool> _used = new();

    public Baseline(ImmutableArray<AdditionalText> additionalFiles, CancellationToken cancellation)
    {
        foreach (var file in additionalFiles)
        {
            if (IsBaseline(file.Path) && file.GetText(cancellation) is { } text)
                Read(file.Path, text);
        }
    }

    /// <summary>What cannot be read, with its place: RISK0005.</summary>
    public List<(Location Place, string Complaint)> Complaints { get; } = new();

    /// <summary>The lines that no unit of the compilation fits, in the order of the file. Meaningful once all units are judged.</summary>
    public IEnumerable<BaselineLine> Unused => _lines.Values.Where(line => !_used.ContainsKey(line)).OrderBy(line => line.Place, SourceOrder.Instance);

    public bool IsEmpty => _lines.Count == 0;

    public static bool IsBaseline(string path) => Path.GetFileName(path).Equals(FileName, StringComparison.OrdinalIgnoreCase);

    /// <summary>The line of a unit as the file holds it.</summary>
    public static string LineOf(string digest, string id) => digest + " " + id;

    /// <summary>Whether the unit stands in the baseline as it is now. Remembers that its line is needed.</summary>
    public bool Exempts(ReviewedCode code)
    {
        if (IsEmpty || !_lines.TryGetValue(LineOf(ReviewDigest.Of(code), code.Id), out var line))
            return false;
        _used[line] = true;
        return true;
    }

    private void Read(string path, SourceText text)
    {
        foreach (var line in text.Lines)
        {
            var content = line.ToString().Trim();
            if (content.Length == 0 || content[0] == '#')
                continue;
            var place = Location.Create(path, line.Span, text.Lines.GetLinePositionSpan(line.Span));
            var space = content.IndexOf(' ');
            if (space < 0 || !ReviewDigest.IsKnown(content.Substring(0, space)) || content.Substring(space).Trim().Length == 0)
                Complaints.Add((place, $"line {line.LineNumber + 1} of {FileName} is not a digest and an id ('{content}'); it exempts nothing"));
            else
                _lines[LineOf(content.Substring(0, space), content.Substring(space).Trim())] = new BaselineLine(content, place);
        }
    }
}

/// <summary>One line of the baseline.</summary>
internal sealed record BaselineLine(string Text, Location Place);

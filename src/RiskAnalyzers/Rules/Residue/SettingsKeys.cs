using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Residue;

/// <summary>The keys that the project's <c>appsettings*.json</c> define, and the one that somebody may have meant.</summary>
internal sealed class SettingsKeys
{
    private const int FarthestEdit = 2;

    // Keys compare as the host compares them: without regard to case.
    private readonly HashSet<string> _keys = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<string>> _leavesOf = new(StringComparer.OrdinalIgnoreCase);

    public SettingsKeys(IEnumerable<AdditionalText> files, CancellationToken cancellation)
    {
        foreach (var file in files)
        {
            if (IsSettingsFile(file.Path) && file.GetText(cancellation) is { } text)
                SettingsFile.Read(text.ToString(), Add);
        }
    }

    public static bool IsSettingsFile(string path) =>
        Path.GetFileName(path) is var name && name.StartsWith("appsettings", StringComparison.OrdinalIgnoreCase) && name.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    public bool Contains(string key) => _keys.Contains(key);

    /// <summary>
    /// The defined key that the unknown one is nearly: in the same section a leaf that differs by a slip of the pen, by the order or number of its words; or the same leaf in a
    /// section of nearly the same name. Null where nothing is near: the key then comes from elsewhere.
    /// </summary>
    public string? NearestTo(string key)
    {
        var (section, leaf) = Split(key);
        if (_leavesOf.TryGetValue(section, out var leaves))
            return (section.Length > 0 || leaves.Count > 0) && Nearest(leaf, leaves, section.Length > 0) is { } near ? Join(section, near) : null;
        return NearestSection(section) is { } other && _keys.Contains(Join(other, leaf)) ? Join(other, leaf) : null;
    }

    private string? NearestSection(string section)
    {
        var (parent, name) = Split(section);
        return _leavesOf.TryGetValue(parent, out var siblings) && Nearest(name, siblings, byWords: true) is { } near ? Join(parent, near) : null;
    }

    private static string? Nearest(string name, List<string> candidates, bool byWords)
    {
        string? best = null;
        var distance = FarthestEdit + 1;
        foreach (var candidate in candidates)
        {
            var edits = Distance(name.ToLowerInvariant(), candidate.ToLowerInvariant());
            // In a short name two letters are another word.
            if (edits < distance && edits <= (Math.Min(name.Length, candidate.Length) < 5 ? 1 : FarthestEdit))
                (best, distance) = (candidate, edits);
        }
        return best ?? (byWords ? candidates.FirstOrDefault(candidate => IsSameIdea(name, candidate)) : null);
    }

    // SecretKey and KeySecret, Key and SecretKey, Jwt and JwtSettings.
    private static bool IsSameIdea(string name, string candidate)
    {
        var (words, others) = (Words.Of(name), Words.Of(candidate));
        if (words.IsEmpty || others.IsEmpty)
            return false;
        if (words.Length == others.Length)
            return words.Length > 1 && words.All(others.Contains);
        var (few, many) = words.Length < others.Length ? (words, others) : (others, words);
        return many.Length - few.Length == 1 && few.All(many.Contains) && many.Any(word => !few.Contains(word) && Fillers.Contains(word));
    }

    // Words that a name may have or lack without meaning something else.
    private static readonly HashSet<string> Fillers = Words.SetOf("settings options config configuration secret value string url uri base service api in");

    private void Add(string key)
    {
        if (!_keys.Add(key))
            return;
        var (section, leaf) = Split(key);
        if (!_leavesOf.TryGetValue(section, out var leaves))
            _leavesOf[section] = leaves = new();
        leaves.Add(leaf);
    }

    private static (string Section, string Leaf) Split(string key) => key.LastIndexOf(':') is var at and >= 0 ? (key.Substring(0, at), key.Substring(at + 1)) : ("", key);

    private static string Join(string section, string leaf) => section.Length == 0 ? leaf : section + ":" + leaf;

    // Letters to add, drop, change or swap.
    private static int Distance(string one, string other)
    {
        if (Math.Abs(one.Length - other.Length) > FarthestEdit)
            return FarthestEdit + 1;
        var rows = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
            rows[i, 0] = i;
        for (var j = 0; j <= other.Length; j++)
            rows[0, j] = j;
        for (var i = 1; i <= one.Length; i++)
        {
            for (var j = 1; j <= other.Length; j++)
            {
                var change = rows[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(change, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }
        return rows[one.Length, other.Length];
    }
}

using RiskAnalyzers.CriticalPaths;
using RiskAnalyzers.Rules;

namespace RiskAnalyzers.Reviews;

/// <summary>A rule threw while it looked at a place.</summary>
internal sealed record RuleFailure(RiskRule Rule, Location Location, Exception Exception);

/// <summary>What the rules found in one type, by unit. Bodies are visited concurrently.</summary>
internal sealed class FindingLog
{
    // A plain table under a lock: most types hold no finding, and concurrent collections are dear to have.
    private readonly Dictionary<CriticalUnit, Entry> _units = new();

    public void Add(RiskRule rule, CriticalUnit unit, Finding finding)
    {
        lock (_units)
            EntryOf(unit).Findings.Add(finding);
    }

    public void AddFailure(CriticalUnit unit, RuleFailure failure)
    {
        lock (_units)
            EntryOf(unit).Failures.Add(failure);
    }

    /// <summary>Makes sure that the gate sees the unit even where no rule found anything.</summary>
    public void Touch(CriticalUnit unit)
    {
        lock (_units)
            EntryOf(unit);
    }

    /// <summary>Asked when all bodies have been visited: each unit with its findings in source order, without those that another finding makes redundant.</summary>
    public IEnumerable<(CriticalUnit Unit, ImmutableArray<Finding> Findings, ImmutableArray<RuleFailure> Failures)> Units()
    {
        foreach (var pair in _units)
            yield return (pair.Key, Distinct(pair.Value.Findings), pair.Value.Failures.Count == 0 ? ImmutableArray<RuleFailure>.Empty : pair.Value.Failures.OrderBy(failure => failure.Location, SourceOrder.Instance).ToImmutableArray());
    }

    private Entry EntryOf(CriticalUnit unit)
    {
        if (!_units.TryGetValue(unit, out var entry))
            _units[unit] = entry = new Entry();
        return entry;
    }

    private static ImmutableArray<Finding> Distinct(List<Finding> found)
    {
        if (found.Count < 2)
            return found.ToImmutableArray();
        var kept = ImmutableArray.CreateBuilder<Finding>();
        var all = found.OrderBy(finding => finding.Location, SourceOrder.Instance).ThenBy(finding => finding.Rule.Id, StringComparer.Ordinal).ToList();
        foreach (var finding in all)
        {
            if (!kept.Any(other => other.Covers(finding)) && !all.Any(other => other.Rule != finding.Rule && other.Covers(finding)))
                kept.Add(finding);
        }
        return kept.ToImmutable();
    }

    private sealed class Entry
    {
        public List<Finding> Findings { get; } = new();
        public List<RuleFailure> Failures { get; } = new();
    }
}

/// <summary>By file, then by position: the same whatever order the bodies were visited in.</summary>
internal sealed class SourceOrder : IComparer<Location>
{
    public static readonly SourceOrder Instance = new();

    public int Compare(Location? x, Location? y)
    {
        var byFile = string.CompareOrdinal(x?.SourceTree?.FilePath, y?.SourceTree?.FilePath);
        return byFile != 0 ? byFile : Nullable.Compare(x?.SourceSpan, y?.SourceSpan);
    }
}

using System.Reflection;
using RiskAnalyzers.CriticalPaths;
using RiskAnalyzers.Language;
using RiskAnalyzers.Reviews;
using RiskAnalyzers.Rules.Team;

namespace RiskAnalyzers.Configuration;

/// <summary>RISK0005: a key or value of ours that nobody can read, with the nearest one that somebody can.</summary>
internal static class ConfigurationCheck
{
    private static readonly Lazy<ImmutableDictionary<string, RiskOption>> Known = new(() => typeof(RiskOption).Assembly.GetTypes()
        .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Where(field => typeof(RiskOption).IsAssignableFrom(field.FieldType))
        .Select(field => (RiskOption)field.GetValue(null))
        .ToImmutableDictionary(option => option.Key, StringComparer.OrdinalIgnoreCase));

    /// <summary>Every option of the package, by key.</summary>
    public static ImmutableDictionary<string, RiskOption> Options => Known.Value;

    public static void Report(CompilationFacts facts, Baseline baseline, CompilationAnalysisContext context)
    {
        var severity = EnforcementProperty.In(facts.GlobalOptions) == Enforcement.Enforce ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning;
        foreach (var complaint in Complaints(facts, context.Compilation))
            context.ReportDiagnostic(Diagnostic.Create(GateDiagnostics.InvalidConfiguration, Location.None, severity, null, null, complaint));
        foreach (var (place, complaint) in baseline.Complaints.Concat(RiskyApis.ComplaintsOn(facts.AdditionalFiles)))
            context.ReportDiagnostic(Diagnostic.Create(GateDiagnostics.InvalidConfiguration, place, severity, null, null, complaint));
    }

    private static IEnumerable<string> Complaints(CompilationFacts facts, Compilation compilation)
    {
        var complaints = new SortedSet<string>(StringComparer.Ordinal);
        if (EnforcementProperty.Complaint(facts.GlobalOptions) is { } enforcement)
            complaints.Add(enforcement);

        // Files of one section share their options object; each is looked at once.
        var seen = new HashSet<AnalyzerConfigOptions>();
        foreach (var tree in compilation.SyntaxTrees)
        {
            var options = facts.OptionsOf(tree);
            if (!seen.Add(options))
                continue;
            foreach (var key in options.Keys)
            {
                if (key.StartsWith(RiskOption.Prefix, StringComparison.OrdinalIgnoreCase) && ComplaintOn(key, options) is { } complaint)
                    complaints.Add(complaint);
            }
        }
        return complaints;
    }

    private static string? ComplaintOn(string key, AnalyzerConfigOptions options)
    {
        options.TryGetValue(key, out var value);
        if (Options.TryGetValue(key, out var option))
            return option.Complaint(value ?? "") is { } complaint ? $"{key} = {value}: {complaint}" : null;
        if (key.StartsWith(PatternPaths.Prefix, StringComparison.OrdinalIgnoreCase) && key.Length > PatternPaths.Prefix.Length)
            return RiskOptions.Items(value ?? "").IsEmpty ? $"{key}: expected symbol patterns separated by commas" : null;
        return $"{key} is not an option of RiskAnalyzers; the nearest one is {Nearest(key)}";
    }

    private static string Nearest(string key) => Options.Keys.OrderBy(known => Distance(known, key)).ThenBy(known => known, StringComparer.Ordinal).First();

    // Levenshtein distance; keys are short.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.Length];
    }
}

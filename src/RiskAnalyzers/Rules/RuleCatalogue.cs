namespace RiskAnalyzers.Rules;

/// <summary>Every rule of this assembly, found by reflection once at start: adding a rule edits no list.</summary>
internal static class RuleCatalogue
{
    public static ImmutableArray<RiskRule> All { get; } = typeof(RuleCatalogue).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && typeof(RiskRule).IsAssignableFrom(type))
        .Select(type => (RiskRule)Activator.CreateInstance(type))
        .OrderBy(rule => rule.Id, StringComparer.Ordinal)
        .ToImmutableArray();
}

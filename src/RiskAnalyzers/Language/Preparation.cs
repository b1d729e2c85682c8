namespace RiskAnalyzers.Language;

/// <summary>Code that runs before or beside the shop's traffic: seeds, migrations, imports.</summary>
internal static class Preparation
{
    private static readonly HashSet<string> Names = Words.SetOf("seed seeder seeding migration migrate migrator install installation uninstall import importer export exporter setup sample demo test backfill initializer initialiser cloner");

    /// <summary>Whether the member, or its type, is called so.</summary>
    public static bool Is(ISymbol member) => Words.ContainAny(member.Name, Names) || member.ContainingType is { } type && Words.ContainAny(type.Name, Names);
}

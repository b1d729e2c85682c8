namespace RiskAnalyzers.Tests.Framework;

/// <summary>The assemblies that the code under test compiles against: this project's own, so that no test asks a registry.</summary>
internal static class CompilerReferences
{
    public static ImmutableArray<MetadataReference> All { get; } = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(path => !IsOfTheTestsThemselves(Path.GetFileName(path)))
        .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))
        .ToImmutableArray();

    private static bool IsOfTheTestsThemselves(string file) =>
        file.StartsWith("xunit", StringComparison.OrdinalIgnoreCase)
        || file.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal)
        || file.StartsWith("Microsoft.Testing", StringComparison.Ordinal)
        || (file.StartsWith("RiskAnalyzers", StringComparison.Ordinal) && file != "RiskAnalyzers.Annotations.dll")
        || file.StartsWith("CsCheck", StringComparison.Ordinal);
}

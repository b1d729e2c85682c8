using System.Runtime.CompilerServices;

namespace RiskAnalyzers.Tests.Framework;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string File(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot([CallerFilePath] string here = "")
    {
        // Deterministic builds map source paths; then the tests' own folder leads up to the root.
        var start = System.IO.File.Exists(here) ? Path.GetDirectoryName(here) : AppContext.BaseDirectory;
        for (var folder = new DirectoryInfo(start!); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "RiskAnalyzers.sln")))
                return folder.FullName;
        }
        throw new InvalidOperationException("RiskAnalyzers.sln stands in no folder above " + start);
    }
}

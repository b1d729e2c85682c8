using System.Diagnostics;

namespace RiskAnalyzers.PackageTests;

/// <summary>Runs the dotnet command as a user would.</summary>
internal static class DotNet
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public static async Task<BuildResult> Run(string folder, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        // What a test host sets for itself is not what a user's shell has.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) && name != "MSBUILDDISABLENODEREUSE").ToList())
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";

        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return new BuildResult(process.ExitCode, await output + await errors);
    }
}

/// <summary>How a command ended and what it said.</summary>
internal sealed record BuildResult(int ExitCode, string Output)
{
    public bool Passed => ExitCode == 0;

    /// <summary>The distinct lines that carry an error or warning of an id.</summary>
    public IReadOnlyList<string> Of(string id) =>
        [.. Output.Split('\n').Where(line => line.Contains($" {id}:", StringComparison.Ordinal)).Select(line => line.Trim()).Distinct()];

    public void MustPass() => Assert.True(Passed, Output);

    public void MustFailWith(string id)
    {
        Assert.False(Passed, Output);
        Assert.True(Of(id).Any(line => line.Contains($"error {id}:", StringComparison.Ordinal)), Output);
    }
}

// Shows the whole life of a review on a machine that has only the .NET SDK: packs the package, builds the sample shop in Release and sees it
// refused, records reviews as a reviewer, sees it pass, changes a reviewed line, and sees it refused again.
//   dotnet run build/demo.cs
using System.Diagnostics;
using System.Text.RegularExpressions;

// Not the caller's file path: builds of a CI server map that to /_/.
var root = Path.GetFullPath(Path.Combine((string)AppContext.GetData("EntryPointFileDirectoryPath")!, ".."));
var feed = Path.Combine(root, "artifacts", "feed");
var shop = Path.Combine(root, "artifacts", "demo", "Shop");
var version = $"0.1.0-demo.{DateTime.UtcNow:yyyyMMddHHmmss}";

Step("Pack the package into artifacts/feed");
Must(Run(root, null, "pack", "src/RiskAnalyzers.Package", "-c", "Release", "-o", feed, $"-p:Version={version}", "-v:q"), pass: true);

Step("Copy the sample shop to artifacts/demo");
if (Directory.Exists(shop))
    Directory.Delete(shop, recursive: true);
foreach (var file in Directory.EnumerateFiles(Path.Combine(root, "docs", "samples", "Shop"), "*", SearchOption.AllDirectories).Where(file => !Regex.IsMatch(file, @"[\\/](bin|obj)[\\/]|\.db")))
{
    var copy = Path.Combine(shop, Path.GetRelativePath(Path.Combine(root, "docs", "samples", "Shop"), file));
    Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
    File.Copy(file, copy);
}

Step("Build it in Release: refused");
var refused = Run(shop, null, "build", "-c", "Release", $"-p:RiskAnalyzersVersion={version}");
Must(refused, pass: false, "error RISK0001");
Show(refused, "error RISK0001", 4);

Step("alice reviews the whole shop: RiskReviewer=alice Configuration=Release dotnet format analyzers --diagnostics RISK0001 RISK0002");
var reviewer = new Dictionary<string, string> { ["RiskReviewer"] = "alice", ["Configuration"] = "Release", ["RiskAnalyzersVersion"] = version };
Must(Run(shop, reviewer, "format", "analyzers", "--no-restore", "--diagnostics", "RISK0001", "RISK0002"), pass: true);
Console.WriteLine("  " + File.ReadLines(Path.Combine(shop, "Pricing", "PriceCalculator.cs")).First(line => line.Contains("ReviewedBy")).Trim());

Step("Build it in Release with warnings as errors: passes");
Must(Run(shop, null, "build", "-c", "Release", "-warnaserror", $"-p:RiskAnalyzersVersion={version}"), pass: true);

Step("Change a reviewed line (a quantity more) and build: refused");
var prices = Path.Combine(shop, "Pricing", "PriceCalculator.cs");
File.WriteAllText(prices, File.ReadAllText(prices).Replace("* line.Quantity", "* (line.Quantity + 1)"));
var stale = Run(shop, null, "build", "-c", "Release", $"-p:RiskAnalyzersVersion={version}");
Must(stale, pass: false, "error RISK0002");
Show(stale, "error RISK0002", 1);

Console.WriteLine("\nThat is all: risky code on a critical path ships when a person answers for exactly that code.");
return 0;

static void Step(string what) => Console.WriteLine($"\n== {what}");

static void Show((int Exit, string Output) result, string text, int lines)
{
    foreach (var line in result.Output.Split('\n').Where(line => line.Contains(text)).Select(line => Regex.Replace(line.Trim(), @" \(https.*$", "")).Distinct().Take(lines))
        Console.WriteLine("  " + Regex.Replace(line, @"^.*[\\/](?=\w+\.cs\()", ""));
}

static void Must((int Exit, string Output) result, bool pass, string? text = null)
{
    if (result.Exit == 0 == pass && (text is null || result.Output.Contains(text)))
        return;
    Console.Error.WriteLine(result.Output);
    Console.Error.WriteLine(pass ? "This should have passed." : $"This should have failed with {text}.");
    Environment.Exit(1);
}

static (int Exit, string Output) Run(string folder, Dictionary<string, string>? environment, params string[] arguments)
{
    var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
    // Variables that the host of this program sets for its own build are not the shop's.
    foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase) && name != "MSBUILDDISABLENODEREUSE").ToList())
        start.Environment.Remove(name);
    foreach (var (name, value) in environment ?? [])
        start.Environment[name] = value;
    using var process = Process.Start(start)!;
    var output = process.StandardOutput.ReadToEndAsync();
    var errors = process.StandardError.ReadToEndAsync();
    process.WaitForExit();
    return (process.ExitCode, output.Result + errors.Result);
}

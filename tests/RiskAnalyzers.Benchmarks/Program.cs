// dotnet run -c Release --project tests/RiskAnalyzers.Benchmarks -- --filter '*WholeCompilation*' [--folder FOLDER]
using BenchmarkDotNet.Running;
using RiskAnalyzers.Benchmarks;

var arguments = args.ToList();
if (arguments.IndexOf("--folder") is var at and >= 0 && at + 1 < arguments.Count)
{
    // Each benchmark runs in a process of its own, which inherits the environment.
    Environment.SetEnvironmentVariable(Corpus.FolderVariable, Path.GetFullPath(arguments[at + 1]));
    arguments.RemoveRange(at, 2);
}
// A shop that does not compile would measure the compiler's recovery.
if (Corpus.OfShop(2_000, 50).Fresh().GetDiagnostics().FirstOrDefault(d => d.Severity == DiagnosticSeverity.Error) is { } error)
    throw new InvalidOperationException(error.ToString());
BenchmarkSwitcher.FromAssembly(typeof(WholeCompilation).Assembly).Run(arguments.ToArray());

using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace RiskAnalyzers.Benchmarks;

/// <summary>A compilation that can be had afresh for every measurement, as a build has it: parsed, and nothing bound yet.</summary>
internal sealed class Corpus
{
    /// <summary>A folder of C# to measure instead of the synthetic shop; set with <c>--folder</c>.</summary>
    public const string FolderVariable = "RISK_BENCHMARK_FOLDER";

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest, DocumentationMode.Parse);

    // One thread here too: a compiler that used both cores would halve its own share and let every analyzer look dearer beside it.
    private static readonly CSharpCompilationOptions CompilationOptions = new(OutputKind.DynamicallyLinkedLibrary, concurrentBuild: false,
        nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true, optimizationLevel: OptimizationLevel.Release);

    private static readonly ImmutableArray<MetadataReference> References = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(path => Path.GetFileName(path) is var file && !file.StartsWith("RiskAnalyzers.", StringComparison.Ordinal) || file == "RiskAnalyzers.Annotations.dll")
        .Select(path => MetadataReference.CreateFromFile(path))];

    private readonly ImmutableArray<SyntaxTree> _trees;

    private Corpus(IEnumerable<(string Path, SourceText Text)> files) =>
        _trees = [.. files.AsParallel().AsOrdered().Select(file => CSharpSyntaxTree.ParseText(file.Text, ParseOptions, file.Path))];

    public int Lines => _trees.Sum(tree => tree.GetText().Lines.Count);

    public ImmutableArray<SyntaxTree> Trees => _trees;

    /// <summary>The folder given on the command line, else a synthetic shop.</summary>
    public static Corpus Given(int lines, int criticalPercent) => Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } folder ? OfFolder(folder) : OfShop(lines, criticalPercent);

    public static Corpus OfShop(int lines, int criticalPercent) => new(SyntheticShop.Files(lines, criticalPercent));

    public static Corpus OfFile((string, SourceText) file) => new([file]);

    public CSharpCompilation Fresh() => CSharpCompilation.Create("Shop", _trees, References, CompilationOptions);

    private static Corpus OfFolder(string folder)
    {
        string[] notSource = ["obj", "bin", "node_modules"];
        var files = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar).Intersect(notSource).Any())
            .Select(file => (file, SourceText.From(File.ReadAllText(file), Encoding.UTF8)))
            .Append(("/usings.cs", SourceText.From("global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading; global using System.Threading.Tasks;")));
        return new Corpus(files);
    }
}

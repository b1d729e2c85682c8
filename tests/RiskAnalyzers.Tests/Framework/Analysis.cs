using Microsoft.CodeAnalysis.Diagnostics;
using RiskAnalyzers.Rules;

namespace RiskAnalyzers.Tests.Framework;

/// <summary>Runs the analyzer over sources without markup and hands out what it reports: for tests of paths, reviews, gate and documentation.</summary>
internal static class Analysis
{
    public static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Preview, DocumentationMode.Parse);

    public static CSharpCompilation Compile(params (string Path, string Text)[] files) => CSharpCompilation.Create(
        "Shop",
        files.Select(file => CSharpSyntaxTree.ParseText(file.Text, ParseOptions, file.Path)),
        CompilerReferences.All,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true));

    /// <summary>All diagnostics of the package, in source order. Throws where the analyzer throws.</summary>
    public static async Task<ImmutableArray<Diagnostic>> Run(Compilation compilation, AnalyzerConfigOptionsProvider? options = null,
        ImmutableArray<RiskRule>? rules = null, ImmutableArray<AdditionalText>? additionalFiles = null, bool concurrent = true)
    {
        var analyzer = rules is null ? new CriticalPathAnalyzer() : new CriticalPathAnalyzer(rules.Value);
        var analyzerOptions = new AnalyzerOptions(additionalFiles ?? [], options ?? new ConfigOptions());
        var run = compilation.WithAnalyzers([analyzer], new CompilationWithAnalyzersOptions(
            analyzerOptions, (failure, _, _) => throw failure, concurrentAnalysis: concurrent, logAnalyzerExecutionTime: false));
        var diagnostics = await run.GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        return [.. diagnostics.OrderBy(d => d.Location.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(d => d.Location.SourceSpan.Start).ThenBy(d => d.Id, StringComparer.Ordinal)];
    }
}

/// <summary>Options by file: global ones, and ones that hold for the files whose path contains a text.</summary>
internal sealed class ConfigOptions : AnalyzerConfigOptionsProvider
{
    private readonly Dictionary<string, string> _global = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(string Part, Dictionary<string, string> Options)> _files = [];

    public ConfigOptions Global(string key, string value)
    {
        _global[key] = value;
        return this;
    }

    public ConfigOptions For(string partOfPath, string key, string value)
    {
        _files.Add((partOfPath, new(StringComparer.OrdinalIgnoreCase) { [key] = value }));
        return this;
    }

    public override AnalyzerConfigOptions GlobalOptions => new Values(_global);

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => Of(tree.FilePath);

    public override AnalyzerConfigOptions GetOptions(AdditionalText file) => Of(file.Path);

    private Values Of(string path)
    {
        var values = new Dictionary<string, string>(_global, StringComparer.OrdinalIgnoreCase);
        foreach (var (part, options) in _files.Where(file => path.Contains(file.Part, StringComparison.Ordinal)))
        {
            foreach (var (key, value) in options)
                values[key] = value;
        }
        return new Values(values);
    }

    private sealed class Values(Dictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override IEnumerable<string> Keys => values.Keys;

        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}

using System.Reflection;
using System.Runtime.Loader;

namespace RiskAnalyzers.Benchmarks;

/// <summary>Something to run over a compilation: nothing, a floor, ourselves with some options, or a peer.</summary>
internal sealed class Contestant
{
    private readonly AnalyzerOptions _options;

    private Contestant(ImmutableArray<DiagnosticAnalyzer> analyzers, params (string Key, string Value)[] options)
    {
        Analyzers = analyzers;
        _options = new AnalyzerOptions([], new FixedOptions(options.ToImmutableDictionary(option => option.Key, option => option.Value)));
    }

    public ImmutableArray<DiagnosticAnalyzer> Analyzers { get; }

    public static Contestant CompileOnly { get; } = new([]);

    public static Contestant Nothing { get; } = new([new NothingAnalyzer()]);

    public static Contestant EmptyOperation { get; } = new([new EmptyOperationAnalyzer()]);

    public static Contestant Ours(params (string Key, string Value)[] options) => new([new CriticalPathAnalyzer()], options);

    /// <summary>A peer's analyzers, by the name under which the build noted its package.</summary>
    public static Contestant Peer(string name)
    {
        var folder = typeof(Contestant).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(note => note.Key == name).Value!;
        var assemblies = Directory.EnumerateFiles(folder, "*.dll", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith(".resources.dll", StringComparison.Ordinal) && !file.Contains($"{Path.DirectorySeparatorChar}vb{Path.DirectorySeparatorChar}"))
            // Several builds of one assembly for several compilers: the newest.
            .GroupBy(file => Path.GetFileName(file)).Select(same => same.OrderBy(file => file, StringComparer.Ordinal).Last()).ToList();
        var context = new AssemblyLoadContext(name);
        context.Resolving += (loader, wanted) => assemblies.FirstOrDefault(file => Path.GetFileNameWithoutExtension(file) == wanted.Name) is { } file ? loader.LoadFromAssemblyPath(file) : null;
        var analyzers = assemblies.SelectMany(file => AnalyzersIn(context, file)).ToImmutableArray();
        return analyzers.IsEmpty ? throw new InvalidOperationException($"{folder} holds no analyzer") : new(analyzers);
    }

    /// <summary>What a build does: every analyzer diagnostic of the compilation, and the compiler's own.</summary>
    public int Build(CSharpCompilation compilation)
    {
        var found = 0;
        if (!Analyzers.IsEmpty)
            found = Over(compilation).GetAnalyzerDiagnosticsAsync(CancellationToken.None).GetAwaiter().GetResult().Length;
        return found + compilation.GetDiagnostics().Length;
    }

    /// <summary>What an editor asks after a keystroke: the syntax and semantic diagnostics of one document.</summary>
    public int Edit(CSharpCompilation compilation, SyntaxTree document)
    {
        var run = Over(compilation);
        return run.GetAnalyzerSyntaxDiagnosticsAsync(document, CancellationToken.None).GetAwaiter().GetResult().Length
            + run.GetAnalyzerSemanticDiagnosticsAsync(compilation.GetSemanticModel(document), null, CancellationToken.None).GetAwaiter().GetResult().Length;
    }

    // One thread: then elapsed time is processor time, and rounds resemble each other.
    private CompilationWithAnalyzers Over(CSharpCompilation compilation) => compilation.WithAnalyzers(Analyzers, new CompilationWithAnalyzersOptions(
        _options, (failure, _, _) => throw failure, concurrentAnalysis: false, logAnalyzerExecutionTime: false));

    private static IEnumerable<DiagnosticAnalyzer> AnalyzersIn(AssemblyLoadContext context, string file)
    {
        Type?[] types;
        try
        {
            types = context.LoadFromAssemblyPath(file).GetTypes();
        }
        catch (ReflectionTypeLoadException partly)
        {
            // Its code fixes need the workspaces layer, which a compiler does not have either.
            types = partly.Types;
        }
        return types.Where(type => type is { IsAbstract: false } && typeof(DiagnosticAnalyzer).IsAssignableFrom(type)
                && type.GetConstructor(Type.EmptyTypes) is not null && type.GetCustomAttribute<DiagnosticAnalyzerAttribute>() is { } attribute && attribute.Languages.Contains(LanguageNames.CSharp))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type!)!);
    }

    private sealed class FixedOptions(ImmutableDictionary<string, string> values) : AnalyzerConfigOptionsProvider
    {
        private readonly Values _values = new(values);

        public override AnalyzerConfigOptions GlobalOptions => _values;

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => _values;

        public override AnalyzerConfigOptions GetOptions(AdditionalText file) => _values;

        private sealed class Values(ImmutableDictionary<string, string> values) : AnalyzerConfigOptions
        {
            public override IEnumerable<string> Keys => values.Keys;

            public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
        }
    }
}

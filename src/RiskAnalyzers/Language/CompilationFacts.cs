namespace RiskAnalyzers.Language;

/// <summary>What all rules share about one compilation: its types and the options of its files.</summary>
internal sealed class CompilationFacts
{
    private readonly AnalyzerConfigOptionsProvider _options;

    public CompilationFacts(Compilation compilation, AnalyzerConfigOptionsProvider options, ImmutableArray<AdditionalText> additionalFiles)
    {
        Compilation = compilation;
        _options = options;
        AdditionalFiles = additionalFiles;
        Types = new KnownTypes(compilation);
    }

    public Compilation Compilation { get; }

    public KnownTypes Types { get; }

    /// <summary>Files that the project passes to analyzers: settings, lists of APIs, the baseline.</summary>
    public ImmutableArray<AdditionalText> AdditionalFiles { get; }

    public AnalyzerConfigOptions GlobalOptions => _options.GlobalOptions;

    public AnalyzerConfigOptions OptionsOf(SyntaxTree tree) => _options.GetOptions(tree);
}

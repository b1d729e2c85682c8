using System.Collections.Concurrent;

namespace RiskAnalyzers.Language;

/// <summary>What all rules share about one compilation: its types and the options of its files.</summary>
internal sealed class CompilationFacts
{
    private readonly AnalyzerConfigOptionsProvider _options;
    private readonly ConcurrentDictionary<AnalyzerConfigOptions, MoneyWords> _money = new();

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

    /// <summary>What is money in a file, by the built-in words and the team's.</summary>
    public MoneyWords MoneyIn(SyntaxTree tree) => _money.GetOrAdd(OptionsOf(tree), options => new MoneyWords(options));
}

using Microsoft.CodeAnalysis.Text;

namespace RiskAnalyzers.Benchmarks;

/// <summary>One keystroke in one document, as an editor asks: syntax and semantic diagnostics of that document alone, in a compilation that is otherwise known.</summary>
[Rounds(warmup: 10, rounds: 100)]
public class Keystroke
{
    private CSharpCompilation _compilation = null!;
    private ImmutableArray<SyntaxTree> _documents;
    private Contestant _contestant = null!;
    private int _next;

    [Params("nothing", "empty operation", "RiskAnalyzers off the paths", "RiskAnalyzers on a path", "NetAnalyzers", "Meziantou", "Roslynator", "Sonar")]
    public string Who { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var corpus = Corpus.Given(20_000, criticalPercent: 0);
        _compilation = corpus.Fresh();
        _compilation.GetDiagnostics();
        _documents = [.. corpus.Trees.Where(tree => tree.Length > 2000)];
        _contestant = Who switch
        {
            "nothing" => Contestant.Nothing,
            "empty operation" => Contestant.EmptyOperation,
            "RiskAnalyzers off the paths" => Contestant.Ours(),
            "RiskAnalyzers on a path" => Contestant.Ours(("risk_analyzers.critical_path", "checkout")),
            _ => Contestant.Peer(Who),
        };
    }

    [Benchmark]
    public int Type()
    {
        var document = _documents[_next++ % _documents.Length];
        var text = document.GetText();
        var typed = document.WithChangedText(text.WithChanges(new TextChange(new TextSpan(text.Length, 0), " ")));
        return _contestant.Edit(_compilation.ReplaceSyntaxTree(document, typed), typed);
    }
}

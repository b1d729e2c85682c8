namespace RiskAnalyzers.Benchmarks;

/// <summary>Analysis of a whole compilation plus the compiler's own diagnostics, as in a build: ourselves with more and more critical code, the floors, the peers.</summary>
[Rounds(warmup: 1, rounds: 3)]
public class WholeCompilation
{
    private const int Lines = 100_000;

    private Corpus _corpus = null!;
    private Contestant _contestant = null!;

    [Params("compile only", "nothing", "empty operation", "RiskAnalyzers 0 %", "RiskAnalyzers 5 %", "RiskAnalyzers 20 %", "RiskAnalyzers 100 %", "NetAnalyzers", "Meziantou", "Roslynator", "Sonar")]
    public string Who { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var share = Who.StartsWith("RiskAnalyzers ", StringComparison.Ordinal) ? int.Parse(Who.Split(' ')[1], null) : -1;
        // Peers and floors do not know what is critical; a text of the same size serves them all.
        _corpus = Corpus.Given(Lines, share is -1 or 100 ? 20 : share);
        _contestant = Who switch
        {
            "compile only" => Contestant.CompileOnly,
            "nothing" => Contestant.Nothing,
            "empty operation" => Contestant.EmptyOperation,
            "RiskAnalyzers 100 %" => Contestant.Ours(("risk_analyzers.critical_path", "checkout")),
            _ when share >= 0 => Contestant.Ours(),
            _ => Contestant.Peer(Who),
        };
        // The first in line would pay for making the compiler's own code fast.
        for (var i = 0; i < 3; i++)
            Contestant.EmptyOperation.Build(Corpus.OfShop(20_000, 20).Fresh());
    }

    [Benchmark]
    public int Build() => _contestant.Build(_corpus.Fresh());
}

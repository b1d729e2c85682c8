namespace RiskAnalyzers.Benchmarks;

/// <summary>Whether time and memory grow as the lines do, with a fifth of the code critical; and what following calls adds.</summary>
[Rounds(warmup: 1, rounds: 3)]
public class Scaling
{
    private Corpus _corpus = null!;
    private Contestant _contestant = null!;

    [Params(10_000, 50_000, 250_000, 400_000)]
    public int Lines { get; set; }

    [Params(false, true)]
    public bool FollowCalls { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _corpus = Corpus.OfShop(Lines, criticalPercent: 20);
        _contestant = FollowCalls ? Contestant.Ours(("risk_analyzers.follow_calls", "true")) : Contestant.Ours();
    }

    [Benchmark]
    public int Build() => _contestant.Build(_corpus.Fresh());
}

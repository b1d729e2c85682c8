using RiskAnalyzers.CriticalPaths;
using RiskAnalyzers.Reviews;

namespace RiskAnalyzers.Benchmarks;

/// <summary>Parts of the whole: the digest of every method of a shop, and a file with one method of ten thousand lines.</summary>
[Rounds(warmup: 1, rounds: 5)]
public class Parts
{
    private ImmutableArray<CriticalUnit> _methods;
    private Corpus _largest = null!;
    private readonly Contestant _ours = Contestant.Ours();

    [GlobalSetup]
    public void Setup()
    {
        _methods = [.. Types(Corpus.OfShop(10_000, 20).Fresh().Assembly.GlobalNamespace).SelectMany(type => type.GetMembers())
            .Where(member => member is IMethodSymbol { MethodKind: MethodKind.Ordinary, IsImplicitlyDeclared: false })
            .Select(method => new CriticalUnit(method, null, null))];
        _largest = Corpus.OfFile(SyntheticShop.LargestFile(10_000));
    }

    [Benchmark]
    public int Digests()
    {
        var sum = 0;
        foreach (var method in _methods)
            sum += ReviewDigest.Of(ReviewedCode.Of(method, CancellationToken.None)).Length;
        return sum;
    }

    [Benchmark]
    public int LargestFileCompiledOnly() => Contestant.CompileOnly.Build(_largest.Fresh());

    [Benchmark]
    public int LargestFileEmptyOperation() => Contestant.EmptyOperation.Build(_largest.Fresh());

    [Benchmark]
    public int LargestFile() => _ours.Build(_largest.Fresh());

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceSymbol space) =>
        space.GetTypeMembers().Where(type => !type.DeclaringSyntaxReferences.IsEmpty).Concat(space.GetNamespaceMembers().SelectMany(Types));
}

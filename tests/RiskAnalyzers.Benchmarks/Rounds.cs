using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;

namespace RiskAnalyzers.Benchmarks;

/// <summary>
/// How a benchmark is repeated. In this process, because the house's own build settings would hold for generated ones too; one call a round, because a
/// compilation can be analysed afresh only once.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class RoundsAttribute(int warmup, int rounds) : Attribute, IConfigSource
{
    public IConfig Config => ManualConfig.CreateEmpty()
        .AddJob(Job.Default.WithToolchain(new InProcessNoEmitToolchain(TimeSpan.FromHours(1), logOutput: false)).WithStrategy(RunStrategy.Monitoring)
            .WithInvocationCount(1).WithUnrollFactor(1).WithWarmupCount(warmup).WithIterationCount(rounds))
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddColumn(StatisticColumn.Median, StatisticColumn.P95);
}

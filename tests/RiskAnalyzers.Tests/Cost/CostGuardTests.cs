using System.Collections.Concurrent;
using Microsoft.CodeAnalysis.Diagnostics;
using RiskAnalyzers.Benchmarks;
using RiskAnalyzers.CriticalPaths;
using RiskAnalyzers.Rules;
using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Cost;

/// <summary>What an analysis does, counted. Seconds are the benchmarks' business; these numbers are the same on every machine.</summary>
public sealed class CostGuardTests
{
    private static CSharpCompilation Shop(int criticalPercent) =>
        Analysis.Compile([.. SyntheticShop.Files(3_000, criticalPercent).Select(file => (file.Path, file.Text.ToString()))]);

    [Fact]
    public void The_synthetic_shop_compiles() => Assert.Empty(Shop(20).GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));

    [Fact]
    public async Task Where_nothing_is_critical_no_rule_even_starts()
    {
        var rule = new CountingRule();
        await Analysis.Run(Shop(0), rules: [rule]);

        Assert.Equal((0, 0), (rule.Listened, rule.Operations.Count));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(20, 1)]
    public async Task Only_where_something_may_be_critical_does_the_driver_have_to_show_types(int criticalPercent, int actions)
    {
        var analyzer = new CriticalPathAnalyzer();
        var run = Shop(criticalPercent).WithAnalyzers([analyzer], new AnalyzerOptions([], new ConfigOptions()));
        var result = await run.GetAnalysisResultAsync(TestContext.Current.CancellationToken);

        var asked = result.AnalyzerTelemetryInfo[analyzer];
        Assert.Equal((actions, actions), (asked.SymbolStartActionsCount, asked.CompilationEndActionsCount));
    }

    [Fact]
    public async Task Every_operation_of_critical_code_is_shown_once_and_no_other_is()
    {
        var compilation = Shop(20);
        var rule = new CountingRule();
        await Analysis.Run(compilation, rules: [rule]);

        Assert.Equal(1, rule.Listened);
        Assert.Equal(rule.Operations.Count, rule.Operations.Distinct().Count());
        var all = await CountingAnalyzer.OperationsByFile(compilation);
        var shown = rule.Operations.CountBy(operation => operation.Syntax.SyntaxTree.FilePath).ToDictionary();
        Assert.Equal(all.Where(file => ConventionWords.PathOf(Path.GetFileNameWithoutExtension(file.Key)) is not null).OrderBy(file => file.Key, StringComparer.Ordinal),
            shown.OrderBy(file => file.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void Finding_a_type_off_the_paths_allocates_little()
    {
        var compilation = Shop(0);
        var types = Types(compilation.Assembly.GlobalNamespace).ToList();
        var map = new CriticalPathMap(compilation, new ConfigOptions());
        // The first round binds what the compiler binds anyway.
        Assert.DoesNotContain(types, type => map.TouchesAny(type, default));

        map = new CriticalPathMap(compilation, new ConfigOptions());
        Assert.False(map.TouchesAny(types[0], default));
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var type in types)
            map.TouchesAny(type, default);
        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / types.Count;

        Assert.InRange(each, 0, 1_200);
    }

    [Fact]
    public void Only_what_looks_into_other_members_asks_for_semantic_models()
    {
        var asking = Directory.EnumerateFiles(Repository.File("src", "RiskAnalyzers"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith(".Fix.cs", StringComparison.Ordinal) && File.ReadAllText(file).Contains("GetSemanticModel(", StringComparison.Ordinal))
            .Select(Path.GetFileName);

        // IssuedClaims binds the one or two files that make tokens, once, and only where somebody reads a claim. WholeCompilation binds nothing
        // where every package is restored.
        Assert.Equal(["Bodies.cs", "CalledPaths.cs", "IssuedClaims.cs", "StatusTransitions.cs", "WholeCompilation.cs"], asking.Order());
    }

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceSymbol space) => space.GetTypeMembers().Concat(space.GetNamespaceMembers().SelectMany(Types));

#pragma warning disable RS1036, RS1038, RS1041, RS2008 // These never ship.
    private sealed class CountingRule() : RiskRule(Risk)
    {
        private static readonly DiagnosticDescriptor Risk = Create("RISK8999", "Counts", "Counts", "Counts");

        private readonly List<IOperation> _operations = [];

        private int _listened;

        public int Listened => _listened;

        public IReadOnlyList<IOperation> Operations => _operations;

        public override void Listen(RuleListener on)
        {
            Interlocked.Increment(ref _listened);
            on.Operation(Count, Enum.GetValues<OperationKind>().Where(kind => kind != OperationKind.None).Distinct().ToArray());
        }

        private void Count(OperationVisit visit)
        {
            lock (_operations)
                _operations.Add(visit.Operation);
        }
    }

    /// <summary>Counts what the driver shows to an analyzer that asks for everything.</summary>
    [DiagnosticAnalyzer(LanguageNames.CSharp)]
    private sealed class CountingAnalyzer : DiagnosticAnalyzer
    {
        private readonly ConcurrentDictionary<string, int> _operations = new();

        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [new("COUNT", "Counts", "Counts", "Counts", DiagnosticSeverity.Warning, true)];

        public static async Task<IReadOnlyDictionary<string, int>> OperationsByFile(Compilation compilation)
        {
            var counting = new CountingAnalyzer();
            await compilation.WithAnalyzers([counting]).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
            return counting._operations;
        }

        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            // What a rule is shown begins below the operation of the method itself.
            context.RegisterOperationAction(Count, Enum.GetValues<OperationKind>().Except([OperationKind.None, OperationKind.MethodBody, OperationKind.ConstructorBody]).ToImmutableArray());
        }

        private void Count(OperationAnalysisContext context) => _operations.AddOrUpdate(context.Operation.Syntax.SyntaxTree.FilePath, 1, (_, count) => count + 1);
    }
}

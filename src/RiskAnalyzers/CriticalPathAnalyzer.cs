using System.Runtime.CompilerServices;
using RiskAnalyzers.Configuration;
using RiskAnalyzers.CriticalPaths;
using RiskAnalyzers.Language;
using RiskAnalyzers.Reviews;
using RiskAnalyzers.Rules;
using RiskAnalyzers.StandIns;

namespace RiskAnalyzers;

/// <summary>
/// The one analyzer: critical unit, rules, findings, gate. One, because the gate must know every finding of a unit, and an analyzer cannot
/// see another's diagnostics. Types that hold nothing critical register nothing, so code off the paths costs almost nothing.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CriticalPathAnalyzer : DiagnosticAnalyzer
{
    private readonly ImmutableArray<RiskRule> _rules;

    /// <summary>The analyzer with every rule of the package.</summary>
    public CriticalPathAnalyzer() : this(RuleCatalogue.All)
    {
    }

    internal CriticalPathAnalyzer(ImmutableArray<RiskRule> rules)
    {
        _rules = rules;
        SupportedDiagnostics = GateDiagnostics.All.AddRange(rules.Select(rule => rule.Descriptor));
    }

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        // Generated code that a person put on a path counts: otherwise one comment would be a way out.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterCompilationStartAction(Start);
        context.RegisterCompilationAction(FinishIdle);
    }

    private void Start(CompilationStartAnalysisContext context)
    {
        var closing = new FailClosed(context.Options.AnalyzerConfigOptionsProvider.GlobalOptions);
        if (closing.Run(() => Listen(context, closing), context.Compilation.Assembly) is { } failure)
            context.RegisterCompilationEndAction(end => end.ReportDiagnostic(failure));
    }

    // Where nothing can be critical nothing is asked for, not even the end: the driver then leaves out its own work, which is most of the cost.
    private void FinishIdle(CompilationAnalysisContext context)
    {
        var closing = new FailClosed(context.Options.AnalyzerConfigOptionsProvider.GlobalOptions);
        if (closing.Run(Finish, context.Compilation.Assembly) is { } failure)
            context.ReportDiagnostic(failure);

        void Finish()
        {
            if (Busy.Holds(context.Compilation, context.Options, _rules))
                return;
            var watch = new Watch(_rules, context.Compilation, context.Options, context.CancellationToken);
            if (watch.IsIdle)
                watch.Finish(context);
        }
    }

    private void Listen(CompilationStartAnalysisContext context, FailClosed closing)
    {
        var watch = new Watch(_rules, context.Compilation, context.Options, context.CancellationToken);
        if (watch.IsIdle)
            return;
        var whole = WholeCompilation.Of(context.Compilation, context.CancellationToken);
        if (!whole.IsGiven)
            watch = new Watch(_rules, whole.Compilation, context.Options, context.CancellationToken);
        Busy.Add(context.Compilation, context.Options, _rules);
        context.RegisterSymbolStartAction(start =>
        {
            if (closing.Run(() => LookInto(start), start.Symbol) is { } failure)
                start.RegisterSymbolEndAction(end => end.ReportDiagnostic(failure));
        }, SymbolKind.NamedType);

        context.RegisterCompilationEndAction(end =>
        {
            if (closing.Run(() => watch.Finish(end), end.Compilation.Assembly) is { } failure)
                end.ReportDiagnostic(failure);
        });

        void Visit(CriticalTypeWalk walk, OperationBlockAnalysisContext block)
        {
            if (whole.BodiesOf(block) is { } bodies)
                walk.VisitBodies(bodies);
        }

        void LookInto(SymbolStartAnalysisContext start)
        {
            if (whole.TypeOf((INamedTypeSymbol)start.Symbol, start.CancellationToken) is not { } type || watch.WalkOf(type, start.CancellationToken) is not { } walk)
                return;
            start.RegisterOperationBlockAction(block =>
            {
                if (closing.Run(() => Visit(walk, block), block.OwningSymbol) is { } failure)
                    block.ReportDiagnostic(failure);
            });
            start.RegisterSymbolEndAction(end =>
            {
                if (closing.Run(() => watch.Judge(type, walk, end), type) is { } failure)
                    end.ReportDiagnostic(failure);
            });
        }
    }

    /// <summary>Compilations that are looked at: whoever asks again whether one is idle need not find out a second time.</summary>
    private static class Busy
    {
        private static readonly ConditionalWeakTable<Compilation, Tuple<AnalyzerConfigOptionsProvider, ImmutableArray<RiskRule>>> Known = new();

        public static void Add(Compilation compilation, AnalyzerOptions options, ImmutableArray<RiskRule> rules) => Known.GetValue(compilation, _ => Tuple.Create(options.AnalyzerConfigOptionsProvider, rules));

        public static bool Holds(Compilation compilation, AnalyzerOptions options, ImmutableArray<RiskRule> rules) =>
            Known.TryGetValue(compilation, out var known) && known.Item1 == options.AnalyzerConfigOptionsProvider && known.Item2 == rules;
    }

    /// <summary>What is known while one compilation is looked at.</summary>
    private sealed class Watch
    {
        private readonly CompilationFacts _facts;
        private readonly CriticalPathMap _map;
        // Opened by who needs it: a compilation in which nothing can be critical need not read the policy.
        private readonly Lazy<ReviewGate> _gate;
        private readonly Lazy<RuleDispatch> _onPaths;
        private readonly RuleDispatch _everywhere;

        public Watch(ImmutableArray<RiskRule> rules, Compilation compilation, AnalyzerOptions options, CancellationToken cancellation)
        {
            _facts = new CompilationFacts(compilation, options.AnalyzerConfigOptionsProvider, options.AdditionalFiles);
            _map = new CriticalPathMap(compilation, options.AnalyzerConfigOptionsProvider);
            _gate = new(() => new ReviewGate(_facts, EnforcementProperty.In(_facts.GlobalOptions), cancellation));
            _onPaths = new(() => new RuleDispatch(rules, _facts));
            _everywhere = new RuleDispatch(rules.Where(rule => rule.LooksEverywhere), _facts);
            IsIdle = _everywhere.IsIdle && !_map.MayTouchAny(compilation, cancellation);
        }

        /// <summary>Whether no type of the compilation need be looked at.</summary>
        public bool IsIdle { get; }

        public CriticalTypeWalk? WalkOf(INamedTypeSymbol type, CancellationToken cancellation)
        {
            var isCritical = _map.TouchesAny(type, cancellation);
            return isCritical || !_everywhere.IsIdle ? new CriticalTypeWalk(type, _facts, _map, isCritical ? _onPaths.Value : _everywhere, _everywhere, _gate.Value) : null;
        }

        public void Judge(INamedTypeSymbol type, CriticalTypeWalk walk, SymbolAnalysisContext end)
        {
            walk.VisitDeclarations(end.CancellationToken);
            _gate.Value.Judge(type, walk.Log, end.ReportDiagnostic, end.CancellationToken);
        }

        public void Finish(CompilationAnalysisContext end)
        {
            ConfigurationCheck.Report(_facts, _gate.Value.Baseline, end);
            _gate.Value.Finish(end.ReportDiagnostic, end.CancellationToken);
        }
    }
}

using RiskAnalyzers.Configuration;
using RiskAnalyzers.CriticalPaths;
using RiskAnalyzers.Language;
using RiskAnalyzers.Reviews;
using RiskAnalyzers.Rules;

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
    }

    private void Start(CompilationStartAnalysisContext context)
    {
        var closing = new FailClosed(context.Options.AnalyzerConfigOptionsProvider.GlobalOptions);
        if (closing.Run(() => Listen(context, closing), context.Compilation.Assembly) is { } failure)
            context.RegisterCompilationEndAction(end => end.ReportDiagnostic(failure));
    }

    private void Listen(CompilationStartAnalysisContext context, FailClosed closing)
    {
        var facts = new CompilationFacts(context.Compilation, context.Options.AnalyzerConfigOptionsProvider, context.Options.AdditionalFiles);
        var map = new CriticalPathMap(context.Compilation, context.Options.AnalyzerConfigOptionsProvider);
        var gate = new ReviewGate(facts, EnforcementProperty.In(facts.GlobalOptions), context.CancellationToken);
        var onPaths = new Lazy<RuleDispatch>(() => new RuleDispatch(_rules, facts));
        var everywhere = new Lazy<RuleDispatch>(() => new RuleDispatch(_rules.Where(rule => rule.LooksEverywhere), facts));

        context.RegisterCompilationEndAction(end =>
        {
            if (closing.Run(() => Finish(end), end.Compilation.Assembly) is { } failure)
                end.ReportDiagnostic(failure);
        });
        // Asking for nothing lets the driver leave out its own work, too, which is most of the cost.
        if (everywhere.Value.IsIdle && !map.MayTouchAny(context.Compilation, context.CancellationToken))
            return;

        context.RegisterSymbolStartAction(start =>
        {
            if (closing.Run(() => LookInto(start), start.Symbol) is { } failure)
                start.RegisterSymbolEndAction(end => end.ReportDiagnostic(failure));
        }, SymbolKind.NamedType);

        void LookInto(SymbolStartAnalysisContext start)
        {
            var type = (INamedTypeSymbol)start.Symbol;
            var isCritical = map.TouchesAny(type, start.CancellationToken);
            if (!isCritical && everywhere.Value.IsIdle)
                return;
            var walk = new CriticalTypeWalk(type, facts, map, isCritical ? onPaths.Value : everywhere.Value, everywhere.Value, gate);
            start.RegisterOperationBlockAction(block =>
            {
                if (closing.Run(() => walk.VisitBodies(block), block.OwningSymbol) is { } failure)
                    block.ReportDiagnostic(failure);
            });
            start.RegisterSymbolEndAction(end =>
            {
                if (closing.Run(() => JudgeIn(end), type) is { } failure)
                    end.ReportDiagnostic(failure);
            });

            void JudgeIn(SymbolAnalysisContext end)
            {
                walk.VisitDeclarations(end.CancellationToken);
                gate.Judge(type, walk.Log, end.ReportDiagnostic, end.CancellationToken);
            }
        }

        void Finish(CompilationAnalysisContext end)
        {
            ConfigurationCheck.Report(facts, gate.Baseline, end);
            gate.Finish(end.ReportDiagnostic, end.CancellationToken);
        }
    }
}

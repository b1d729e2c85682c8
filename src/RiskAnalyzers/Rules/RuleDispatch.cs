using RiskAnalyzers.CriticalPaths;
using RiskAnalyzers.Language;
using RiskAnalyzers.Reviews;

namespace RiskAnalyzers.Rules;

/// <summary>One table from what a rule listens to onto the rules that do: each operation of a critical body is visited once, for all rules together.</summary>
internal sealed class RuleDispatch
{
    private readonly List<(RiskRule Rule, Action<OperationVisit> Check)>?[] _operations = new List<(RiskRule, Action<OperationVisit>)>?[256];
    private readonly Dictionary<SymbolKind, List<(RiskRule Rule, Action<DeclarationVisit> Check)>> _declarations = new();
    private readonly List<(RiskRule Rule, Action<BodyVisit> Check)> _bodies = new();
    private readonly List<(RiskRule Rule, Action<CommentVisit> Check)> _comments = new();

    public RuleDispatch(IEnumerable<RiskRule> rules, CompilationFacts facts)
    {
        foreach (var rule in rules)
        {
            try
            {
                rule.Listen(new RuleListener(this, rule, facts));
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                FailedToListen.Add((rule, failure));
            }
        }
    }

    /// <summary>Rules that threw when asked what they listen to. The gate reports them: a rule that cannot look is not a rule that found nothing.</summary>
    public List<(RiskRule Rule, Exception Failure)> FailedToListen { get; } = new();

    /// <summary>Whether nobody listens to anything.</summary>
    public bool IsIdle => _bodies.Count == 0 && _comments.Count == 0 && _declarations.Count == 0 && Array.TrueForAll(_operations, listeners => listeners is null);

    public bool HearsComments => _comments.Count > 0;

    public void AddOperation(RiskRule rule, Action<OperationVisit> check, OperationKind[] kinds)
    {
        foreach (var kind in kinds)
            (_operations[(int)kind] ??= new()).Add((rule, check));
    }

    public void AddBody(RiskRule rule, Action<BodyVisit> check) => _bodies.Add((rule, check));

    public void AddDeclaration(RiskRule rule, Action<DeclarationVisit> check, SymbolKind[] kinds)
    {
        foreach (var kind in kinds)
        {
            if (!_declarations.TryGetValue(kind, out var listeners))
                _declarations[kind] = listeners = new();
            listeners.Add((rule, check));
        }
    }

    public void AddComment(RiskRule rule, Action<CommentVisit> check) => _comments.Add((rule, check));

    public bool Hears(OperationKind kind) => (int)kind < _operations.Length && _operations[(int)kind] is not null;

    public void Show(OperationVisit visit, FindingLog log) => Show(_operations[(int)visit.Operation.Kind]!, visit, log);

    public void Show(BodyVisit visit, FindingLog log) => Show(_bodies, visit, log);

    public void Show(DeclarationVisit visit, FindingLog log)
    {
        if (_declarations.TryGetValue(visit.Symbol.Kind, out var listeners))
            Show(listeners, visit, log);
    }

    public void Show(CommentVisit visit, FindingLog log) => Show(_comments, visit, log);

    private static void Show<TVisit>(List<(RiskRule Rule, Action<TVisit> Check)> listeners, TVisit visit, FindingLog log)
        where TVisit : Visit
    {
        var next = 0;
        while (next < listeners.Count)
        {
            try
            {
                for (; next < listeners.Count; next++)
                {
                    var (rule, check) = listeners[next];
                    visit.Rule = rule;
                    check(visit);
                }
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                log.AddFailure(visit.Unit, new RuleFailure(listeners[next].Rule, visit.Place?.GetLocation() ?? Location.None, failure));
                next++;
            }
        }
    }
}

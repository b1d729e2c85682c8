using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>A transition that refuses fewer states than its siblings.</summary>
internal sealed class IncompleteStatusGuard : RiskRule
{
    // States that nothing should leave by accident.
    private static readonly HashSet<string> Final = Words.SetOf("cancelled canceled refunded completed complete delivered closed rejected declined expired failed voided reversed settled shipped paid archived returned terminated finished released");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK2011",
        title: "A transition refuses fewer states than its siblings",
        message: "'{0}' lets '{1}' through, while '{2}' demands a certain state first: what is finished can be changed again; demand the states that may come before",
        why: "One method without the guard that the others have is the way round all of them: a refunded order is shipped, a cancelled payment is completed.");

    public IncompleteStatusGuard() : base(Risk)
    {
    }

    public override void Listen(RuleListener on) => on.Declaration(Check, SymbolKind.NamedType);

    private static void Check(DeclarationVisit visit)
    {
        if (visit.Symbol is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } type)
            return;
        var transitions = StatusTransitions.Of(type, visit.Compilation, visit.Cancellation).ToList();
        if (transitions.Count < 2)
            return;
        foreach (var transition in transitions)
        {
            if (transition.Demands || transitions.FirstOrDefault(other => other.Demands && other.Method.Name != transition.Method.Name && SymbolEqualityComparer.Default.Equals(other.State, transition.State)) is not { } strict)
                continue;
            if (Open(transition, transitions) is not { } open)
                continue;
            visit.Report(transition.At, transition.Method.Name, open, strict.Method.Name);
        }
    }

    // A final state that still gets through; the state that it ends in is none, and what its guard names is none.
    private static string? Open(StatusTransition transition, List<StatusTransition> siblings)
    {
        var states = (transition.State is IPropertySymbol property ? property.Type : ((IFieldSymbol)transition.State).Type).GetMembers().OfType<IFieldSymbol>().Where(member => member.HasConstantValue).ToList();
        // The way back to the beginning is a restart, and a state without a name of an end is no harm.
        if (transition.Target is { } target && states.FirstOrDefault()?.Name == target)
            return null;
        return states.FirstOrDefault(state => state.Name != transition.Target && !transition.Refused.Contains(state.Name) && Words.ContainAny(state.Name, Final)
            && (transition.Target is null || siblings.Any(sibling => sibling.Target == state.Name)))?.Name;
    }
}

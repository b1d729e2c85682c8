using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Errors;

/// <summary>Names of events and requests whose parts decide what happens: <c>eventType.Contains("completed")</c>, <c>typeof(TRequest).Name.EndsWith("Command")</c>.</summary>
internal static class EventNames
{
    private static readonly HashSet<string> Outcomes = Words.SetOf("completed complete succeeded success successful paid captured approved failed fail failure declined refunded refund");

    private static readonly HashSet<string> Events = Words.SetOf("event events webhook notification topic callback ipn");

    /// <summary>Whether a part of an event's name, and not the whole, says what became of the payment.</summary>
    public static bool AreSearched(IInvocationOperation search, IOperation text, string sought) =>
        search.TargetMethod.Name is "Contains" or "EndsWith" && Words.ContainAny(sought, Outcomes) && IsEventName(text, hops: 2) && !FollowsAnother(search);

    /// <summary>Whether the class name of a request decides: <c>typeof(TRequest).Name.EndsWith("Command")</c> in the pipeline of all requests.</summary>
    public static bool IsNameOfRequest(IInvocationOperation search, IOperation text, ISymbol member) =>
        search.TargetMethod.Name is "Contains" or "EndsWith" or "StartsWith" && text is IPropertyReferenceOperation { Property.Name: "Name" or "FullName", Instance: { } type }
        && (type is ITypeOfOperation { TypeOperand.TypeKind: TypeKind.TypeParameter } || type is IInvocationOperation { TargetMethod.Name: "GetType", Instance: IParameterReferenceOperation { Type.TypeKind: TypeKind.TypeParameter } })
        && member.ContainingType is { } pipeline && (pipeline.Name.EndsWith("Behavior", StringComparison.Ordinal) || pipeline.Name.EndsWith("Behaviour", StringComparison.Ordinal));

    private static bool IsEventName(IOperation text, int hops)
    {
        text = Plain(text);
        if (text is IConditionalAccessInstanceOperation && text.Ancestor<IConditionalAccessOperation>() is { Operation: var accessed })
            text = Plain(accessed);
        switch (text)
        {
            case IPropertyReferenceOperation { Property: { IsIndexer: false, Name: var name, ContainingType: { } owner } }:
                return IsNamed(name) || name is "Type" or "Name" && Words.ContainAny(owner.Name, Events);
            case IParameterReferenceOperation { Parameter.Name: var name }:
                return IsNamed(name);
            case ILocalReferenceOperation { Local: var local } reference:
                if (IsNamed(local.Name))
                    return true;
                if (hops == 0)
                    return false;
                // var e when e.Contains(...): another name for what is switched over.
                if (reference.Ancestors().FirstOrDefault(ancestor => ancestor is ISwitchExpressionArmOperation) is ISwitchExpressionArmOperation { Pattern: IDeclarationPatternOperation { DeclaredSymbol: { } declared }, Parent: ISwitchExpressionOperation { Value: var switched } } && SymbolEqualityComparer.Default.Equals(declared, local))
                    return IsEventName(switched, hops - 1);
                return Flow.InitialValue(reference) is { } initial && IsEventName(initial, hops - 1);
            default:
                return false;
        }
    }

    // eventType, event_name, webhookEvent, eventKey; not eventId.
    private static bool IsNamed(string name) => Words.Of(name) is { IsEmpty: false } words && words.HaveAny(Events) && words[words.Length - 1] is "type" or "name" or "event" or "topic" or "kind" or "key";

    private static IOperation Plain(IOperation text)
    {
        while (true)
        {
            text = text.WithoutConversions();
            switch (text)
            {
                case IInvocationOperation { Instance: { } inner, TargetMethod.Name: "ToLower" or "ToUpper" or "ToLowerInvariant" or "ToUpperInvariant" or "Trim" or "Replace" }:
                    text = inner;
                    break;
                case ICoalesceOperation { Value: var value }:
                    text = value;
                    break;
                default:
                    return text;
            }
        }
    }

    // e.Contains("succeeded") || e.Contains("success"): the first speaks for the condition.
    private static bool FollowsAnother(IInvocationOperation search)
    {
        IOperation whole = search;
        while (whole.Parent is IBinaryOperation or IUnaryOperation or IConversionOperation)
            whole = whole.Parent;
        return whole != search && whole.Descendants().Any(other => other is IInvocationOperation { TargetMethod.Name: "Contains" or "EndsWith" } && other.Syntax.SpanStart < search.Syntax.SpanStart);
    }
}

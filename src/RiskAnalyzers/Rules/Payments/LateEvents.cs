using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>States that an event of a provider writes over whatever is there: events arrive late, twice and in any order.</summary>
internal static class LateEvents
{
    private static readonly HashSet<string> Hooks = Words.SetOf("webhook webhooks ipn");

    private static readonly HashSet<string> Views = Words.SetOf("model dto request response result event command message args context payload");

    private static readonly HashSet<string> Mapping = Words.SetOf("map to parse convert translate resolve from get");

    /// <summary>What comes through, where the assignment takes the state that an event names, or a failure, and nothing before asks for another state; else null.</summary>
    public static string? Through(ISimpleAssignmentOperation assignment, IMethodSymbol method)
    {
        if (assignment.Target is not IPropertyReferenceOperation { Property: { Name: var name, ContainingType: { } record } state, Instance: ILocalReferenceOperation { Local: var owner } local } || Words.Of(name) is not [.., "status" or "state"] || Words.ContainAny(record.Name, Views))
            return null;
        if (!Callbacks.IsCallback(method) && !Words.ContainAny(method.ContainingType.Name, Hooks) && !Words.ContainSequence(method.ContainingType.Name, "web", "hook"))
            return null;
        var value = assignment.Value.WithoutConversions();
        var failed = value.ConstantValue is { HasValue: true, Value: string text } && Outcomes.SpeaksOfFailure(text) && Language.Payments.SpeakOfPayment(record.Name);
        if (!failed && !IsMapped(value, state) || Flow.InitialValue(local) is IObjectCreationOperation)
            return null;
        // Each kind of event has a section of its own.
        var scope = assignment.Ancestors().OfType<ISwitchCaseOperation>().LastOrDefault() ?? assignment.EnclosingFunction();
        foreach (var operation in scope.DescendantsInFunction())
        {
            if (operation.Syntax.SpanStart >= assignment.Syntax.SpanStart)
                break;
            if (operation is IPropertyReferenceOperation { Property: { } read, Instance: { } holder } && SymbolEqualityComparer.Default.Equals(holder.ReferencedSymbol(), owner) && Asks(operation, read, state, value))
                return null;
            if (operation is IInvocationOperation { TargetMethod.Name: var called } guard && Words.Of(called) is ["can" or "is" or "may" or "ensure" or "validate" or "should" or "try", ..] && guard.Mentions(owner) && !guard.DescendantsAndSelf().Any(part => part is IPropertyReferenceOperation { Property.Type.SpecialType: SpecialType.System_String }))
                return null;
        }
        return failed ? "what was paid" : "what is finished";
    }

    // order.DeliveryStatus = MapState(payload.State)
    private static bool IsMapped(IOperation value, IPropertySymbol state)
    {
        if (state.Type.WithoutNullable() is not { TypeKind: TypeKind.Enum })
            return false;
        if (value is ILocalReferenceOperation local)
            value = Flow.InitialValue(local)?.WithoutConversions() ?? value;
        return value is ISwitchExpressionOperation || value is IInvocationOperation { TargetMethod: { Name: var mapper, ContainingType.Name: not "Enum" }, Arguments: [{ Value: var sent }, ..] } && Words.Of(mapper) is [var verb, ..] words && Mapping.Contains(verb) && words.Any(word => word is "status" or "state") && sent.Type?.SpecialType == SpecialType.System_String;
    }

    // Compared with another state than the one that is written; the same one only says that there is nothing to do.
    private static bool Asks(IOperation read, IPropertySymbol property, IPropertySymbol state, IOperation written)
    {
        if (!SymbolEqualityComparer.Default.Equals(property, state))
            return property.Type.SpecialType == SpecialType.System_Boolean && Words.Of(property.Name) is ["is" or "can" or "has", ..];
        var value = read;
        while (value.Parent is IConversionOperation or IArgumentOperation)
            value = value.Parent;
        var other = value.Parent switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals or BinaryOperatorKind.LessThan or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThanOrEqual } comparison => comparison.LeftOperand == value ? comparison.RightOperand : comparison.LeftOperand,
            IInvocationOperation { TargetMethod.Name: "Equals" } equals => equals.Arguments.Select(argument => argument.Value).FirstOrDefault(given => !given.Syntax.Span.Contains(read.Syntax.Span)),
            IInvocationOperation call => LogCalls.IsLog(call) ? null : call,
            IIsPatternOperation or ISwitchOperation or ISwitchExpressionOperation => value.Parent,
            _ => null,
        };
        return other is not null && other.WithoutConversions().Syntax.ToString() != written.Syntax.ToString();
    }
}

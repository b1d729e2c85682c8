using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Errors;

/// <summary>An outcome that is decided by searching a text.</summary>
internal sealed class DecisionByText : RiskRule
{
    private static readonly HashSet<string> Searches = new(StringComparer.Ordinal) { "Contains", "StartsWith", "EndsWith", "IndexOf", "Equals" };

    private static readonly HashSet<string> Texts = new("body content response payload raw message output answer reply json xml text result".Split(' '), StringComparer.Ordinal);

    private static readonly HashSet<string> OutcomeWords = new("success succeeded successful fail failed failure error ok approved declined denied paid completed accepted rejected timeout duplicate insufficient expired invalid exception".Split(' '), StringComparer.Ordinal);

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK4007",
        title: "An outcome is decided by searching a text",
        message: "'{0}' decides by the wording of a text that nobody promised to keep: a new wording or language turns failures into successes; look at a code, a type or a status",
        why: "Messages are for people. They are translated, reworded and extended, and a body that contains \"success\": false contains \"success\".");

    public DecisionByText() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        if (on.Type("System.Exception") is not { } exception)
            return;
        on.Operation(visit => CheckSearch(visit, exception), OperationKind.Invocation);
        on.Operation(visit => CheckComparison(visit, exception), OperationKind.Binary);
    }

    private static void CheckSearch(OperationVisit visit, INamedTypeSymbol exception)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (!Searches.Contains(call.TargetMethod.Name) || call.Instance is not { Type.SpecialType: SpecialType.System_String } text || call.Arguments is not [{ Value.ConstantValue: { HasValue: true, Value: string sought } }, ..])
            return;
        if (sought.Length < 2 || !Decides(call))
            return;
        if (IsMessage(text, exception) || call.TargetMethod.Name != "Equals" && IsForeignText(text) && Words.ContainAny(sought, OutcomeWords))
            visit.Report(call, call.Syntax.ToString());
    }

    private static void CheckComparison(OperationVisit visit, INamedTypeSymbol exception)
    {
        var comparison = (IBinaryOperation)visit.Operation;
        if (comparison.OperatorKind is not (BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals))
            return;
        if (IsMessage(comparison.LeftOperand, exception) && comparison.RightOperand.ConstantValue is { HasValue: true, Value: string { Length: > 1 } })
            visit.Report(comparison, comparison.Syntax.ToString());
    }

    private static bool IsMessage(IOperation text, INamedTypeSymbol exception)
    {
        text = WithoutCase(text);
        return text is IPropertyReferenceOperation { Property.Name: "Message", Instance: { } instance } && instance.Type.Is(exception)
            || text is IInvocationOperation { TargetMethod: { Name: "ToString", Parameters.IsEmpty: true }, Instance: { } thrown } && thrown.Type.Is(exception);
    }

    // A local or parameter that holds what somebody else answered.
    private static bool IsForeignText(IOperation text) =>
        WithoutCase(text) is ILocalReferenceOperation or IParameterReferenceOperation && WithoutCase(text).ReferencedSymbol() is { } symbol && Words.Of(symbol.Name) is { IsEmpty: false } words && Texts.Contains(words[words.Length - 1]);

    private static IOperation WithoutCase(IOperation text)
    {
        text = text.WithoutConversions();
        while (text is IInvocationOperation { TargetMethod.Name: "ToLower" or "ToUpper" or "ToLowerInvariant" or "ToUpperInvariant" or "Trim", Instance: { } inner })
            text = inner.WithoutConversions();
        return text;
    }

    // In a condition, or as the answer of a question.
    private static bool Decides(IOperation search) => search.Ancestors().TakeWhile(ancestor => ancestor is not IBlockOperation).Any(ancestor =>
        ancestor is IConditionalOperation or IReturnOperation or ICatchClauseOperation or IWhileLoopOperation or IVariableInitializerOperation or ISimpleAssignmentOperation or ISwitchExpressionArmOperation or IAnonymousFunctionOperation);
}

using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Errors;

/// <summary>An outcome that is decided by searching a text.</summary>
internal sealed class DecisionByText : RiskRule
{
    private static readonly HashSet<string> Searches = new(StringComparer.Ordinal) { "Contains", "StartsWith", "EndsWith", "IndexOf", "Equals" };

    private static readonly HashSet<string> Texts = Words.SetOf("body content response payload raw message output answer reply json xml text result");

    private static readonly HashSet<string> OutcomeWords = Words.SetOf("success succeeded successful fail failed failure error ok approved declined denied paid completed accepted rejected timeout duplicate insufficient expired invalid exception found exists exist unauthorized forbidden conflict required unavailable");

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
        on.Operation(visit => CheckSwitch(visit, exception), OperationKind.Switch, OperationKind.SwitchExpression);
    }

    private static void CheckSearch(OperationVisit visit, INamedTypeSymbol exception)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (call is { TargetMethod: { Name: "IsMatch", ContainingType.Name: "Regex" }, Arguments: [{ Value: var searched }, ..] })
        {
            if (IsMessage(searched, exception) && Decides(call))
                visit.Report(call, call.Syntax.ToString());
            return;
        }
        if (!Searches.Contains(call.TargetMethod.Name) || call.Instance is not { Type.SpecialType: SpecialType.System_String } text || call.Arguments is not [{ Value.ConstantValue: { HasValue: true, Value: string sought } }, ..])
            return;
        if (sought.Length < 2 || !Decides(call))
            return;
        if (IsMessage(text, exception) || call.TargetMethod.Name != "Equals" && (IsForeignText(text) || IsReason(text)) && Words.ContainAny(sought, OutcomeWords)
            || EventNames.AreSearched(call, text, sought) || EventNames.IsNameOfRequest(call, text, visit.Member))
            visit.Report(call, call.Syntax.ToString());
    }

    private static void CheckComparison(OperationVisit visit, INamedTypeSymbol exception)
    {
        var comparison = (IBinaryOperation)visit.Operation;
        if (comparison.OperatorKind is not (BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals) || comparison.RightOperand.ConstantValue is not { HasValue: true, Value: string { Length: > 1 } wanted })
            return;
        if (IsLoweredState(comparison.LeftOperand) && !IsInSameStatementBefore(comparison))
        {
            visit.Report(comparison, comparison.Syntax.ToString());
            return;
        }
        // A sentence is no code.
        if (IsMessage(comparison.LeftOperand, exception) || IsReason(comparison.LeftOperand) && wanted.Trim().IndexOf(' ') > 0)
            visit.Report(comparison, comparison.Syntax.ToString());
    }

    // payment.Status.ToString().ToLower() == "succeeded": the enum has members to compare with, and their names are nobody's promise.
    private static bool IsLoweredState(IOperation text)
    {
        text = text.WithoutConversions();
        return WithoutCase(text) is IInvocationOperation { TargetMethod: { Name: "ToString", Parameters.IsEmpty: true }, Instance: { Type.TypeKind: TypeKind.Enum } state } && state.ReferencedSymbol() is { } symbol && Words.ContainAny(symbol.Name, States);
    }

    private static readonly HashSet<string> States = Words.SetOf("status state outcome result role type");

    private static bool IsInSameStatementBefore(IBinaryOperation comparison)
    {
        var whole = comparison.Ancestors().TakeWhile(ancestor => ancestor is IBinaryOperation or IConversionOperation or IParenthesizedOperation).LastOrDefault();
        return whole is not null && whole.DescendantsAndSelf().Any(other => other is IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } binary && other.Syntax.SpanStart < comparison.Syntax.SpanStart && IsLoweredState(binary.LeftOperand));
    }

    private static void CheckSwitch(OperationVisit visit, INamedTypeSymbol exception)
    {
        var (value, texts) = visit.Operation switch
        {
            ISwitchExpressionOperation choice => (choice.Value, choice.Arms.Select(arm => arm.Pattern)),
            ISwitchOperation choice => (choice.Value, choice.Cases.SelectMany(section => section.Clauses).OfType<IPatternCaseClauseOperation>().Select(clause => clause.Pattern)),
            _ => (null!, Enumerable.Empty<IPatternOperation>()),
        };
        var named = visit.Operation is ISwitchOperation plain && plain.Cases.SelectMany(section => section.Clauses).OfType<ISingleValueCaseClauseOperation>().Any(clause => clause.Value.ConstantValue is { HasValue: true, Value: string { Length: > 1 } });
        if ((named || texts.Any(pattern => pattern is IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: string { Length: > 1 } } })) && IsMessage(value, exception))
            visit.Report(value, value.Syntax.ToString());
    }

    private static bool IsMessage(IOperation text, INamedTypeSymbol exception, int hops = 1)
    {
        text = WithoutCase(text);
        return text switch
        {
            IPropertyReferenceOperation { Property.Name: "Message", Instance: { } instance } => instance.Type.Is(exception),
            IInvocationOperation { TargetMethod: { Name: "ToString", Parameters.IsEmpty: true }, Instance: { } thrown } => thrown.Type.Is(exception),
            ICoalesceOperation { Value: var value } => IsMessage(value, exception, hops),
            IConditionalAccessOperation { WhenNotNull: var member } => IsMessage(member, exception, hops),
            ILocalReferenceOperation local when hops > 0 => Flow.InitialValue(local) is { } initial && IsMessage(initial, exception, hops - 1),
            _ => false,
        };
    }

    // A local or parameter that holds what somebody else answered.
    private static bool IsForeignText(IOperation text) =>
        WithoutCase(text) is ILocalReferenceOperation or IParameterReferenceOperation && WithoutCase(text).ReferencedSymbol() is { } symbol && Words.Of(symbol.Name) is { IsEmpty: false } words && Texts.Contains(words[words.Length - 1]);

    // result.Error, payment.FailureReason: the sentence of a result that has said before whether it worked.
    private static bool IsReason(IOperation text) => WithoutCase(text) is IPropertyReferenceOperation { Property: { IsIndexer: false, Type.SpecialType: SpecialType.System_String } property }
        && (property.Name is "ErrorMessage" or "Error" or "FailureReason" or "FailureMessage" or "DeclineReason" or "StatusMessage" or "ErrorDescription" or "ResponseBody" or "RawResponse" or "ResponseText" || property.Name is "Message" or "Reason" or "Detail" or "Content" && Words.ContainAny(property.ContainingType.Name, Answers));

    private static readonly HashSet<string> Answers = Words.SetOf("result response answer reply error outcome");

    private static IOperation WithoutCase(IOperation text)
    {
        text = text.WithoutConversions();
        while (true)
        {
            switch (text)
            {
                case IInvocationOperation { TargetMethod.Name: "ToLower" or "ToUpper" or "ToLowerInvariant" or "ToUpperInvariant" or "Trim", Instance: { } inner }:
                    text = inner.WithoutConversions();
                    break;
                // result.Error?.Contains(...)
                case IConditionalAccessInstanceOperation when text.Ancestor<IConditionalAccessOperation>() is { Operation: var outer }:
                    text = outer.WithoutConversions();
                    break;
                default:
                    return text;
            }
        }
    }

    // In a condition, or as the answer of a question.
    private static bool Decides(IOperation search) => search.Ancestors().TakeWhile(ancestor => ancestor is not IBlockOperation).Any(ancestor =>
        ancestor is IConditionalOperation or IReturnOperation or ICatchClauseOperation or IWhileLoopOperation or IVariableInitializerOperation or ISimpleAssignmentOperation or ISwitchExpressionArmOperation or IAnonymousFunctionOperation);
}

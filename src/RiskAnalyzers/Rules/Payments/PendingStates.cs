using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>Answers of a provider that say "not yet" and are taken for "yes": <c>case "processing": result.IsSuccess = true;</c></summary>
internal static class PendingStates
{
    private static readonly HashSet<string> Pending = new(StringComparer.OrdinalIgnoreCase)
    {
        "pending", "processing", "created", "in_progress", "inprogress", "requires_action", "requires_confirmation", "requires_payment_method", "requires_source", "incomplete", "initiated", "submitted", "awaiting_payment", "pending_payment", "unpaid",
        "requiresaction", "requiresconfirmation", "requirespaymentmethod", "awaiting", "saved", "payer_action_required", "waiting", "queued", "open",
    };

    // Where a payment only begins, "created" is all that can be said.
    private static readonly HashSet<string> Beginnings = Words.SetOf("create initiate start begin prepare setup open register");

    /// <summary>Whether the method only begins a payment, so that "created" is its success.</summary>
    public static bool IsBeginning(ISymbol member) => Words.Of(member.Name) is [var verb, ..] words && Beginnings.Contains(verb) && !words.Any(word => word is "refund" or "charge" or "capture");

    /// <summary>The pending answers that a case takes for success, and where.</summary>
    public static (string Answer, string Success, IOperation At)? Of(ISwitchCaseOperation section)
    {
        if (section.Parent is not ISwitchOperation { Value: var asked } || !IsAnswer(asked))
            return null;
        var pending = section.Clauses.Select(clause => clause switch
        {
            ISingleValueCaseClauseOperation single => NameOf(single.Value),
            IPatternCaseClauseOperation { Pattern: IConstantPatternOperation constant } => NameOf(constant.Value),
            _ => null,
        }).FirstOrDefault(name => name is not null && Pending.Contains(name));
        if (pending is null)
            return null;
        foreach (var statement in section.Body)
        {
            foreach (var operation in statement.DescendantsInFunction())
            {
                if (Success(operation) is { } success)
                    return (pending, success, operation);
            }
        }
        return null;
    }

    /// <summary>The pending answer that an arm takes for success.</summary>
    public static (string Answer, string Success, IOperation At)? Of(ISwitchExpressionArmOperation arm, ISymbol member)
    {
        if (arm.Parent is not ISwitchExpressionOperation { Value: var asked } choice || !IsAnswer(asked) || Names(arm.Pattern).FirstOrDefault(Pending.Contains) is not { } pending)
            return null;
        var value = arm.Value.WithoutConversions();
        var success = Language.Payments.IsSettledState(value) || Outcomes.IsSuccess(value) && value is not IFieldReferenceOperation || value is IFieldReferenceOperation { Field.Name: "Succeeded" or "Success" or "Completed" or "Successful" } || value.ConstantValue is { HasValue: true, Value: true } && choice.Target(member) is { } named && (Outcomes.IsSuccessFlag(named.Name) || Words.ContainAny(named.Name, Paid));
        return success ? (pending, Excerpt.Of(value), arm) : null;
    }

    /// <summary>The pending answer among those that a flag is computed from: <c>Success = status is "succeeded" or "processing"</c>.</summary>
    public static (string Answer, string Success, IOperation At)? Of(ISimpleAssignmentOperation assignment)
    {
        if (assignment.Target.ReferencedSymbol() is not { } flag || assignment.Value.Type?.SpecialType != SpecialType.System_Boolean || !Outcomes.IsSuccessFlag(flag.Name) && !Words.ContainAny(flag.Name, Paid) || assignment.Value.ConstantValue.HasValue)
            return null;
        return Compared(assignment.Value) is { } pending ? (pending, flag.Name, assignment) : null;
    }

    private static readonly HashSet<string> Paid = Words.SetOf("paid captured succeeded success settled refunded");

    private static string? Compared(IOperation condition)
    {
        foreach (var part in condition.DescendantsAndSelf())
        {
            var names = part switch
            {
                IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equal when IsAnswer(equal.LeftOperand) => Names(equal.RightOperand),
                IIsPatternOperation { Pattern: not INegatedPatternOperation } match when IsAnswer(match.Value) => Names(match.Pattern),
                _ => Enumerable.Empty<string>(),
            };
            if (part is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } or IConditionalOperation)
                return null;
            if (names.FirstOrDefault(Pending.Contains) is { } pending)
                return pending;
        }
        return null;
    }

    // What a provider says is a text, or a state of its library; the product's own states are for its own transitions.
    private static bool IsAnswer(IOperation asked)
    {
        asked = asked.WithoutConversions();
        while (asked is IInvocationOperation { TargetMethod.Name: "ToLower" or "ToUpper" or "ToLowerInvariant" or "ToUpperInvariant" or "Trim", Instance: { } inner })
            asked = inner.WithoutConversions();
        if (asked is IConditionalAccessOperation access)
            asked = access.WhenNotNull.WithoutConversions();
        if (asked is IInvalidOperation { Syntax: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var unknown } })
            return Words.Of(unknown) is [.., "status" or "state"];
        return asked.ReferencedSymbol() is { } symbol && Words.Of(symbol.Name) is [.., "status" or "state"] && (asked.Type?.SpecialType == SpecialType.System_String || asked.Type is INamedTypeSymbol { TypeKind: TypeKind.Enum } states && !states.IsOfTheProduct());
    }

    private static IEnumerable<string> Names(IOperation pattern) => pattern.DescendantsAndSelf().Select(NameOf).OfType<string>();

    private static string? NameOf(IOperation value) => value.WithoutConversions() switch
    {
        IFieldReferenceOperation { Field: { ContainingType.TypeKind: TypeKind.Enum } state } => state.Name,
        { ConstantValue: { HasValue: true, Value: string text } } => text,
        _ => null,
    };

    private static string? Success(IOperation operation) => operation switch
    {
        ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Member: var flag }, Value.ConstantValue: { HasValue: true, Value: true } } when Outcomes.IsSuccessFlag(flag.Name) || Words.ContainAny(flag.Name, Paid) => flag.Name,
        ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Member: var state }, Value: var value } when Words.Of(state.Name) is [.., "status" or "state"] && Language.Payments.IsSettledState(value) => Excerpt.Of(value),
        IReturnOperation { ReturnedValue: { } returned } when Outcomes.IsSuccess(returned) && returned.WithoutAwait() is not IFieldReferenceOperation => Excerpt.Of(returned),
        _ => null,
    };
}

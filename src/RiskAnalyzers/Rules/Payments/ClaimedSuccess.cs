using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>The places where code says of a payment that it worked: <c>Success = true</c>, <c>order.Status = OrderStatus.Paid</c>.</summary>
internal static class ClaimedSuccess
{
    // A reader of the call sees a claim that stands right below it.
    private const int NearLines = 3;

    /// <summary>Where a reader stops: at the claim that follows the call, or at the call where none does or both are seen at once.</summary>
    public static SyntaxNode PlaceOf(IOperation call)
    {
        foreach (var operation in call.EnclosingFunction().DescendantsInFunction())
        {
            if (operation.Syntax.SpanStart > call.Syntax.Span.End && ClaimIn(operation) is { } claim && operation.Ancestor<ICatchClauseOperation>() is null)
                return LineOf(claim) - LineOf(call.Syntax) > NearLines ? claim : call.Syntax;
        }
        return call.Syntax;
    }

    /// <summary>The provider's answer that an adapter credits without a look at what it says: <c>new RefundResult { Success = true, Status = refund.Status }</c>. Null where it is looked at.</summary>
    public static (ILocalSymbol Answer, SyntaxNode Claim)? Uninspected(IObjectCreationOperation result)
    {
        if (FlagOf(result) is not { } claim)
            return null;
        foreach (var operation in result.Descendants())
        {
            if (operation is ILocalReferenceOperation { Local: { Type: INamedTypeSymbol { TypeKind: TypeKind.Class } type } local } reference && IsProvidersAnswer(reference) && type.GetMembers().Any(IsState) && !IsLookedAt(local, result))
                return (local, claim);
        }
        return null;
    }

    /// <summary>The provider's answer to a question for a payment's state, whose code may say that the question itself failed, and that is credited whatever the code says; null where the code is compared.</summary>
    public static (ILocalSymbol Answer, SyntaxNode Claim)? UncheckedAnswer(IObjectCreationOperation result)
    {
        if (FlagOf(result) is not { } claim)
            return null;
        var function = result.EnclosingFunction();
        foreach (var operation in result.Descendants())
        {
            if (operation is ILocalReferenceOperation { Local: { Type: INamedTypeSymbol { TypeKind: TypeKind.Class } type } local } reference && Flow.InitialValue(reference) is IInvocationOperation { TargetMethod.Name: var asked } && Words.Of(asked) is ["query" or "get" or "fetch" or "inquire" or "check" or "post" or "send", ..]
                && type.GetMembers().Any(IsCode) && !function.DescendantsInFunction().Any(use => use is IPropertyReferenceOperation { Instance: ILocalReferenceOperation { Local: var mentioned }, Property: var code } && SymbolEqualityComparer.Default.Equals(mentioned, local)
                    && (IsCode(code) || code.Type.SpecialType == SpecialType.System_Boolean) && !IsHandedOn(use)))
                return (local, claim);
        }
        return null;
    }

    private static bool IsCode(ISymbol member) => member is IPropertySymbol { Type.SpecialType: SpecialType.System_Int32 or SpecialType.System_String } && Words.Of(member.Name) is [.., "result" or "return" or "response" or "error", "code"];

    // Mapped to a state, or written down.
    private static bool IsHandedOn(IOperation code)
    {
        while (code.Parent is IConversionOperation or ICoalesceOperation or IConditionalAccessOperation)
            code = code.Parent;
        return code.Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: not ("Equals" or "Contains") } } or ISimpleAssignmentOperation { Target: not ILocalReferenceOperation } or IInvocationOperation { TargetMethod.Name: "ToString" } or IArgumentOperation { Parent: IObjectCreationOperation };
    }

    private static int LineOf(SyntaxNode node) => node.SyntaxTree.GetLineSpan(node.Span).StartLinePosition.Line;

    private static SyntaxNode? ClaimIn(IOperation operation) => operation switch
    {
        IObjectCreationOperation creation => FlagOf(creation),
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Instance: not IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } } } when Language.Payments.MarksSettled(operation) || IsSuccessFlag(operation) => operation.Syntax,
        _ => null,
    };

    // The flag that is set without a condition: Success: true, IsSuccess = true.
    private static SyntaxNode? FlagOf(IObjectCreationOperation result) =>
        result.Arguments.FirstOrDefault(argument => argument.Parameter is { } parameter && Outcomes.IsSuccessFlag(parameter.Name) && argument.Value.IsConstant(true))?.Syntax
        ?? result.Initializer?.Initializers.FirstOrDefault(IsSuccessFlag)?.Syntax;

    private static bool IsSuccessFlag(IOperation operation) => operation is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: var name }, Value: var value } && Outcomes.IsSuccessFlag(name) && value.IsConstant(true);

    private static bool IsState(ISymbol member) => member is IPropertySymbol { Name: "Status" or "State" or "PaymentStatus" or "RefundStatus" or "ChargeStatus" or "TransactionStatus" or "ResultCode" or "ReturnCode" or "ResponseCode" or "Approved" or "Paid" or "Captured" };

    // var refund = JsonSerializer.Deserialize<RefundResponse>(body); var refund = await client.PostRefundAsync(...)
    private static bool IsProvidersAnswer(ILocalReferenceOperation answer) => Flow.InitialValue(answer) is { } initial
        && (initial is ICoalesceOperation { Value: var value } ? value.WithoutAwait() : initial) is IInvocationOperation { TargetMethod: var asked }
        && (asked.Name is "Deserialize" or "DeserializeAsync" or "DeserializeObject" or "ReadFromJsonAsync" or "GetFromJsonAsync" or "PostAsJsonAsync" or "Result" || Language.Payments.IsPayment(asked.Name) && asked.ReturnType.Name is "Task" or "ValueTask");

    // Compared, switched over, or handed to somebody who may look.
    private static bool IsLookedAt(ILocalSymbol answer, IObjectCreationOperation result)
    {
        foreach (var operation in result.EnclosingFunction().DescendantsInFunction())
        {
            if (operation is not ILocalReferenceOperation { Local: var mentioned } || !SymbolEqualityComparer.Default.Equals(mentioned, answer) || LogCalls.IsLogged(operation))
                continue;
            if (operation.Parent is not IMemberReferenceOperation { Member: var read } use)
            {
                if (!IsTestForNothing(operation) && !IsDerived(operation))
                    return true;
            }
            else if (IsState(read) || Outcomes.IsOutcomeMember(read) || read is IPropertySymbol { Type.SpecialType: SpecialType.System_Boolean } || Words.Of(read.Name) is [.., "code"])
            {
                if (!IsCopied(use))
                    return true;
            }
        }
        return false;
    }

    private static bool IsTestForNothing(IOperation use)
    {
        while (use.Parent is IConversionOperation)
            use = use.Parent;
        return use.Parent is IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison && (comparison.LeftOperand.IsNull() || comparison.RightOperand.IsNull())
            || use.Parent is IIsPatternOperation { Pattern: IConstantPatternOperation or INegatedPatternOperation { Pattern: IConstantPatternOperation } }
            || use.Parent is IConditionalAccessOperation or ICoalesceOperation or ISimpleAssignmentOperation { Target: ILocalReferenceOperation };
    }

    // PaymentUrl = UrlOf(charge): what is made of it says nothing of how it ended.
    private static bool IsDerived(IOperation use) => use.Parent is IArgumentOperation { Parent: IInvocationOperation { Type.SpecialType: SpecialType.System_String, Parent: ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var made } } } } && !Outcomes.IsOutcomeMember(made);

    // Written to a member or a log as it is.
    private static bool IsCopied(IOperation state)
    {
        for (var (value, parent) = (state, state.Parent); parent is not null; (value, parent) = (parent, parent.Parent))
        {
            switch (parent)
            {
                case ICoalesceOperation or IConversionOperation or IConditionalAccessOperation or IInterpolationOperation or IInterpolatedStringOperation:
                case IInvocationOperation { TargetMethod.Name: "ToString" or "ToLower" or "ToUpper" or "ToLowerInvariant" or "ToUpperInvariant" or "Trim" } call when call.Instance == value:
                    break;
                case ISimpleAssignmentOperation assignment when assignment.Value == value:
                    return assignment.Target is not ILocalReferenceOperation;
                case IArgumentOperation { Parent: IObjectCreationOperation } or IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "IsNullOrEmpty" or "IsNullOrWhiteSpace" } }:
                    return true;
                default:
                    return false;
            }
        }
        return false;
    }
}

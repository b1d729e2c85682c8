using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>A charge or refund whose answer nobody reads.</summary>
internal sealed class UncheckedPaymentResult : RiskRule
{
    // With these the customer's browser goes on to confirm the payment; the answer itself decides nothing yet.
    private static readonly HashSet<string> HandedOn = new(StringComparer.OrdinalIgnoreCase) { "ClientSecret", "Url", "RedirectUrl", "ApprovalUrl", "CheckoutUrl", "PaymentUrl", "Links", "NextAction" };

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK2002",
        title: "The result of a payment call is never inspected",
        message: "'{0}' reports a declined payment in its result, and nobody reads whether it worked: check the outcome before anything counts as paid",
        why: "Gateways report declines in the return value, not by an exception. Whoever ignores it ships goods that nobody paid for, or tells a customer that the refund is on its way.");

    public UncheckedPaymentResult() : base(Risk)
    {
    }

    public override ImmutableArray<string> Supersedes { get; } = ImmutableArray.Create("RISK4004");

    public override void Listen(RuleListener on)
    {
        on.Operation(Check, OperationKind.Invocation);
        on.Operation(CheckAdapter, OperationKind.ObjectCreation);
    }

    // return new RefundResult { Success = true, RefundId = refund.Id }: what the provider says of it stands in refund.Status.
    private static void CheckAdapter(OperationVisit visit)
    {
        var result = (IObjectCreationOperation)visit.Operation;
        if (visit.Member is IMethodSymbol { MethodKind: MethodKind.Ordinary, Name: var name } && Language.Payments.IsPayment(name) && !Words.ContainAny(name, Beginnings) && Outcomes.IsCarriedBy(result.Type) && ClaimedSuccess.Uninspected(result) is var (answer, claim))
            visit.Report(claim, answer.Name);
        else if (UnknownOutcomeIsFailure.AsksForStatus(visit.Member) && Outcomes.IsCarriedBy(result.Type) && ClaimedSuccess.UncheckedAnswer(result) is var (asked, place))
            visit.Report(place, asked.Name);
    }

    // The customer has yet to pay.
    private static readonly HashSet<string> Beginnings = Words.SetOf("intent session link url form token customer method methods sheet qr page setup");

    private static void Check(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        var result = call.Type.AwaitedType();
        if (result is null || (result.SpecialType != SpecialType.System_Boolean && !Outcomes.IsCarriedBy(result)) || !Language.Payments.MovesMoney(call))
            return;
        // The outcome is also written to a result that was handed in.
        if (call.Arguments.Any(argument => argument.Value.WithoutConversions() is ILocalReferenceOperation or IParameterReferenceOperation && argument.Value.WithoutConversions().Type is { } filled
            && (filled.Name.EndsWith("Result", StringComparison.Ordinal) || filled.Name.EndsWith("Response", StringComparison.Ordinal)) && Outcomes.IsCarriedBy(filled)))
            return;
        if (IsDropped(call) || IsTakenApart(call))
            visit.Report(call, call.TargetMethod.Name);
        else if (LocalOf(call) is { } local && !IsInspected(local, call))
            visit.Report(ClaimedSuccess.PlaceOf(call), call.TargetMethod.Name);
        else if (LocalOf(call) is { } kept && UnreadState.Of(kept, call) is var (claim, state))
            visit.Report(claim, state);
    }

    // order.Reference = (await gateway.ChargeAsync(...)).TransactionId; var (_, id, _) = await gateway.ChargeAsync(...);
    private static bool IsTakenApart(IInvocationOperation call)
    {
        var awaited = Outermost(call);
        if (awaited.Parent is IPropertyReferenceOperation { Property: var read } reference && reference.Instance == awaited)
            return awaited != call && !Outcomes.IsOutcomeMember(read) && !HandedOn.Contains(read.Name) && !IsContainer(read);
        if (awaited.Parent is not IDeconstructionAssignmentOperation { Target: var target })
            return false;
        var elements = (target is IDeclarationExpressionOperation declared ? declared.Expression : target) as ITupleOperation;
        var outcomes = elements?.Elements.Where(element => element.Type is { SpecialType: SpecialType.System_Boolean } or { TypeKind: TypeKind.Enum }
            || element.ReferencedSymbol() is { } named && Outcomes.IsOutcomeMember(named.Name)).ToList();
        // Which of the elements says whether it worked only a bool or a state can tell.
        return outcomes is { Count: > 0 } && outcomes.All(element => element is IDiscardOperation || element.ReferencedSymbol() is ILocalSymbol { } local && !IsInspected(local, call));
    }

    private static bool IsContainer(IPropertySymbol read) => Outcomes.IsCarriedBy(read.Type) || read.Name is "Data" or "Result" or "Value" or "Payload" && read.Type.TypeKind == TypeKind.Class && read.Type.SpecialType == SpecialType.None;

    private static bool IsDropped(IInvocationOperation call)
    {
        var awaited = Outermost(call);
        // A task that nobody awaits is another risk.
        if (awaited == call && call.Type is { Name: "Task" or "ValueTask" })
            return IsDroppedInBatch(call);
        return awaited.Parent is IExpressionStatementOperation or ISimpleAssignmentOperation { Target: IDiscardOperation } || IsDroppedInBatch(awaited);
    }

    // await Task.WhenAll(orders.Select(order => gateway.ChargeAsync(...)));
    private static bool IsDroppedInBatch(IOperation call) => call.Parent is IReturnOperation && call.Ancestor<IAnonymousFunctionOperation>() is { } lambda
        && lambda.Ancestor<IArgumentOperation>() is { Parent: IInvocationOperation { TargetMethod.Name: "Select" } select } && Outermost(select).Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "WhenAll" } all }
        && Outermost(all).Parent is IExpressionStatementOperation;

    private static ILocalSymbol? LocalOf(IInvocationOperation call) => Outermost(call).Parent switch
    {
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => declarator.Symbol,
        ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } } => local,
        // is { } result asks whether there is an answer, not what it says.
        IIsPatternOperation { Pattern: IRecursivePatternOperation { DeclaredSymbol: ILocalSymbol local, PropertySubpatterns.IsEmpty: true, DeconstructionSubpatterns.IsEmpty: true } } => local,
        IIsPatternOperation { Pattern: IDeclarationPatternOperation { DeclaredSymbol: ILocalSymbol local } } => local,
        _ => null,
    };

    private static IOperation Outermost(IOperation call)
    {
        var current = call;
        while (current.Parent is IAwaitOperation or IConversionOperation or IParenthesizedOperation
            || current.Parent is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "GetAwaiter" or "GetResult" or "AsTask" }
            || current.Parent is IPropertyReferenceOperation { Property.Name: "Result" } && current.Type is { Name: "Task" or "ValueTask" }
            || current.Parent is IConditionalAccessOperation)
            current = current.Parent;
        return current;
    }

    // Reading an id is not inspecting; anything else that is done with the result may be.
    private static bool IsInspected(ILocalSymbol local, IOperation call)
    {
        foreach (var operation in After(call).Concat(call.EnclosingFunction().Descendants()))
        {
            if (operation is not ILocalReferenceOperation { Local: var mentioned } || !SymbolEqualityComparer.Default.Equals(mentioned, local))
                continue;
            if (operation.Parent is ISimpleAssignmentOperation { Target: var target } && target == operation || operation.Parent is ITupleOperation { Parent: IDeclarationExpressionOperation or IDeconstructionAssignmentOperation })
                continue;
            if (!IsIdle(operation))
                return true;
        }
        return false;
    }

    // What follows in the same block, where a result is mostly read at once: a member with thousands of calls is not searched whole for each.
    private static IEnumerable<IOperation> After(IOperation call)
    {
        var statement = call;
        while (statement.Parent is not null and not IBlockOperation)
            statement = statement.Parent;
        return statement.Parent is IBlockOperation block ? block.Operations.Skip(block.Operations.IndexOf(statement)).SelectMany(following => following.DescendantsAndSelf()) : Enumerable.Empty<IOperation>();
    }

    private static bool IsIdle(IOperation mention)
    {
        // Written to a log, where no code decides by it.
        if (LogCalls.IsLogged(mention))
            return true;
        if (IsNullCheck(mention))
            return true;
        if (mention.Parent is IMemberReferenceOperation { Member: var member } reference && reference.Instance == mention)
            return !Outcomes.IsOutcomeMember(member) && !HandedOn.Contains(member.Name);
        if (mention.Parent is IInvocationOperation { Instance: var instance, TargetMethod: var method } && instance == mention)
            return method.Name is "ToString" or "GetHashCode";
        return false;
    }

    // An answer that is there may still say no; a value of its own that is null may be the refusal.
    private static bool IsNullCheck(IOperation mention)
    {
        var operand = mention.Parent is IConversionOperation conversion ? conversion : mention;
        return mention.Type is { IsReferenceType: true } type && Outcomes.IsCarriedBy(type) && operand.Parent switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison => (comparison.LeftOperand == operand ? comparison.RightOperand : comparison.LeftOperand).WithoutConversions().ConstantValue is { HasValue: true, Value: null },
            IIsPatternOperation { Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } } or INegatedPatternOperation { Pattern: IConstantPatternOperation } } => true,
            _ => false,
        };
    }
}

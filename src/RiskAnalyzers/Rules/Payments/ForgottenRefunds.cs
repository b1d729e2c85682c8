using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>A refund that is compared with the whole payment, as if nothing had been paid back before.</summary>
internal sealed class ForgottenRefunds : RiskRule
{
    private static readonly HashSet<string> Refunds = Words.SetOf("refund refunds");

    private static readonly HashSet<string> Amounts = Words.SetOf("amount total cents value sum");

    private static readonly HashSet<string> Whole = Words.SetOf("amount total paid captured grand charged");

    // Whoever names one of these has thought of what was paid back, or of what is left.
    private static readonly HashSet<string> Counted = Words.SetOf("refunded refunds remaining refundable left previous earlier prior available balance net cumulative existing");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK2018",
        title: "A refund is compared with the whole payment",
        message: "'{0}' compares the refund with the whole payment and forgets what was paid back before: several partial refunds together pay back more than came in; compare with what is left",
        why: "Each refund alone is smaller than the payment, so each passes. Two halves and a half later the shop has paid the customer for shopping.",
        severity: DiagnosticSeverity.Info);

    public ForgottenRefunds() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        var reach = Reach.In(on.Facts);
        on.Operation(visit => Check(visit, reach), OperationKind.Binary);
    }

    private static void Check(OperationVisit visit, Reach reach)
    {
        var comparison = (IBinaryOperation)visit.Operation;
        if (comparison.OperatorKind is not (BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual or BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual) || visit.Member is not IMethodSymbol method)
            return;
        var isRefund = Words.ContainAny(method.Name, Refunds) || Words.ContainAny(method.ContainingType.Name, Refunds);
        if (!(IsAsked(comparison.LeftOperand, isRefund) && IsWhole(comparison.RightOperand) || IsAsked(comparison.RightOperand, isRefund) && IsWhole(comparison.LeftOperand)))
            return;
        if (comparison.Ancestor<IConditionalOperation>() is null && comparison.Ancestor<IReturnOperation>() is null || reach.From(visit.Body, depth: 1).Any(Counts) || IsClosedAfterwards(visit.Body))
            return;
        visit.Report(comparison, method.Name);
    }

    // request.RefundAmount, and amount in a member that refunds.
    private static bool IsAsked(IOperation side, bool isRefund)
    {
        side = side.WithoutConversions();
        if (side is IPropertyReferenceOperation { Property.Name: "Value", Instance: { } nullable })
            side = nullable.WithoutConversions();
        if (side.ReferencedSymbol() is not { } symbol || symbol is not (IParameterSymbol or ILocalSymbol or IPropertySymbol) || !Words.ContainAny(symbol.Name, Amounts))
            return false;
        return Words.ContainAny(symbol.Name, Refunds) || isRefund && (symbol is IParameterSymbol or ILocalSymbol || side is IPropertyReferenceOperation { Instance: { } carrier } && carrier.WithoutConversions() is IParameterReferenceOperation or IPropertyReferenceOperation { Instance: IParameterReferenceOperation } && IsMessage(carrier.Type));
    }

    private static bool IsMessage(ITypeSymbol? type) => type is not null && Words.Of(type.Name) is [.., "request" or "dto" or "command" or "model" or "input" or "body" or "payload" or "message" or "args" or "refund"];

    // payment.Amount, order.TotalAmount.Amount
    private static bool IsWhole(IOperation side)
    {
        side = side.WithoutConversions();
        return side is IPropertyReferenceOperation { Property: { Name: var name } property, Instance: { } owner } && Words.ContainAny(name, Whole) && !Words.ContainAny(name, Counted) && !IsMessage(property.ContainingType)
            && owner.WithoutConversions() is ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation or IInstanceReferenceOperation && !Words.ContainAny(owner.Syntax.ToString(), Counted);
    }

    // order.RefundedAmount, refunds.Sum(...): a state that is called Refunded counts nothing.
    private static bool Counts(IOperation code) => code.DescendantsAndSelf().Any(operation => operation switch
    {
        // Another one is added.
        IPropertyReferenceOperation { Parent: IInvocationOperation { TargetMethod.Name: "Add" or "AddAsync" or "Update" } } => false,
        IFieldReferenceOperation { Field.ContainingType.TypeKind: TypeKind.Enum } => false,
        IPropertyReferenceOperation { Property: { Name: var name, Type: var type } } => Words.ContainAny(name, Counted) && type.TypeKind != TypeKind.Enum && type.WithoutNullable()?.SpecialType is not (SpecialType.System_Boolean or SpecialType.System_DateTime or SpecialType.System_String) && type.WithoutNullable()?.Name != "DateTimeOffset",
        ILocalReferenceOperation { Local.Name: var local } => Words.ContainAny(local, Counted),
        IVariableDeclaratorOperation { Symbol.Name: var declared } => Words.ContainAny(declared, Counted),
        IInvocationOperation { TargetMethod.Name: var called } => Words.ContainAny(called, Counted),
        _ => false,
    });

    // Refunded once and for all: the next one is refused by its state.
    private static bool IsClosedAfterwards(IOperation body)
    {
        var states = body.DescendantsAndSelf().OfType<ISimpleAssignmentOperation>().Where(assignment => assignment.Target is IPropertyReferenceOperation { Property: { Type.TypeKind: TypeKind.Enum, Name: var name } } && Words.Of(name) is [.., "status" or "state"]).Select(assignment => assignment.Value.Syntax.ToString()).ToList();
        return states.Count > 0 && states.All(state => state.EndsWith(".Refunded", StringComparison.Ordinal));
    }
}

using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Data;

/// <summary>Writes of money, stock, state and access: what a shop may not lose half of.</summary>
internal static class WeightyWrites
{
    // What must not be lost: who owes what, what is left, who may what. A translation or a picture may be saved again.
    private static readonly HashSet<string> Weighty = Words.SetOf(
        "order orders payment payments refund refunds invoice invoices transaction transactions transfer ledger entry wallet wallets balance balances stock inventory reservation reservations coupon coupons voucher vouchers gift "
        + "points credit credits credited debit subscription subscriptions license licenses cart basket shipment shipments bid bids account accounts quota status state paid total amount quantity lock locked role roles "
        + "password token tokens permission permissions user users profile charge deposit withdrawal payout");

    /// <summary>Whether the second save writes such a thing: what was changed since the first, or what it is called with.</summary>
    public static bool Follow(IInvocationOperation first, IInvocationOperation second, IOperation function)
    {
        if (!EntityFramework.IsSaveChanges(second))
            return second.TargetMethod.Name is "ExecuteUpdate" or "ExecuteUpdateAsync" or "ExecuteDelete" or "ExecuteDeleteAsync" && second.TargetMethod.TypeArguments is [INamedTypeSymbol row] && IsWeighty(row) || SaysWeighty(second.TargetMethod.Name) || SaysWeighty(second.TargetMethod.ContainingType.Name) || second.Arguments.Any(argument => argument.Value.WithoutConversions().Type is { TypeKind: TypeKind.Class } type && IsWeighty(type));
        return function.DescendantsInFunction().Where(operation => operation.Syntax.SpanStart > first.Syntax.SpanStart && operation.Syntax.SpanStart < second.Syntax.SpanStart).Any(operation => operation switch
        {
            IAssignmentOperation { Target: IMemberReferenceOperation { Member.Name: var name } } => SaysWeighty(name),
            IIncrementOrDecrementOperation { Target: IMemberReferenceOperation { Member.Name: var name } } => SaysWeighty(name),
            IInvocationOperation { TargetMethod.Name: var name } call => Words.Of(name) is [var verb, ..] && verb is "add" or "remove" or "update" or "mark" or "cancel" or "complete" or "increase" or "decrease" or "reserve" or "apply"
                && (SaysWeighty(name) || call.Arguments.Any(argument => argument.Value.WithoutConversions().Type is { TypeKind: TypeKind.Class } type && IsWeighty(type))),
            _ => false,
        });
    }

    // An Order and an OrderItem; not a PaymentMethod.
    private static bool IsWeighty(ITypeSymbol type) => Words.Of(type.Name) switch
    {
        [.., var owner, "item" or "line" or "entry" or "record" or "detail" or "usage"] => Weighty.Contains(owner),
        [.., var last] => Weighty.Contains(last),
        _ => false,
    };

    // What is displayed first is no order.
    private static bool SaysWeighty(string name) => Words.ContainAny(name, Weighty) && Words.Of(name) is not ["display" or "sort", "order"] and not ["helpful", ..];
}

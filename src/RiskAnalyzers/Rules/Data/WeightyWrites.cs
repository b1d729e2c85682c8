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
            return IsWeightyCall(second, function);
        // An account that can sign in, and whatever should have come with it.
        if (first.TargetMethod is { ContainingType.Name: "UserManager", Name: "CreateAsync" })
            return true;
        return function.DescendantsInFunction().Where(operation => operation.Syntax.SpanStart > first.Syntax.SpanStart && operation.Syntax.SpanStart < second.Syntax.SpanStart).Any(operation => operation switch
        {
            IAssignmentOperation { Target: IMemberReferenceOperation { Member.Name: var name } } => SaysWeighty(name),
            IIncrementOrDecrementOperation { Target: IMemberReferenceOperation { Member.Name: var name } } => SaysWeighty(name),
            IInvocationOperation { TargetMethod.Name: var name } call => Words.Of(name) is [var verb, ..] && verb is "add" or "remove" or "update" or "mark" or "cancel" or "complete" or "increase" or "decrease" or "reserve" or "apply"
                && (SaysWeighty(name) || call.Arguments.Any(argument => argument.Value.WithoutConversions().Type is { TypeKind: TypeKind.Class } type && IsWeighty(type))),
            _ => false,
        });
    }

    private static bool IsWeightyCall(IInvocationOperation save, IOperation function)
    {
        if (save.TargetMethod.Name is "ExecuteUpdate" or "ExecuteUpdateAsync" or "ExecuteDelete" or "ExecuteDeleteAsync" && save.TargetMethod.TypeArguments is [INamedTypeSymbol row] && IsWeighty(row))
            return !IsCart(row) || SpeaksOfAnOrder(function);
        if (SaysWeighty(save.TargetMethod.Name) || SaysWeighty(save.TargetMethod.ContainingType.Name) && Words.Of(save.TargetMethod.ContainingType.Name) is not [.., "user", "data", "manager" or "service" or "store" or "repository"])
            return true;
        var written = save.Arguments.Select(argument => argument.Value.WithoutConversions().Type).OfType<INamedTypeSymbol>().Where(type => type is { TypeKind: TypeKind.Class, SpecialType: SpecialType.None }).ToList();
        // SaveSettings(user, item) writes what is the user's, not the user.
        return written.Any(type => IsWeighty(type) && (written.Count == 1 || Words.Of(type.Name) is not [.., "user" or "account" or "profile"]));
    }

    private static bool IsCart(INamedTypeSymbol row) => Words.Of(row.Name) is var words && (words.Contains("cart") || words.Contains("basket"));

    // A cart that outlives its order is ordered again; one that outlives its customer is rubbish.
    private static bool SpeaksOfAnOrder(IOperation function) => function.SemanticModel?.GetEnclosingSymbol(function.Syntax.SpanStart) is { } member && (Names(member.Name) || Names(member.ContainingType?.Name ?? ""))
        || function.DescendantsInFunction().Any(operation => operation is IVariableDeclaratorOperation { Symbol.Type.Name: var type } && Names(type));

    private static bool Names(string name) => Words.Of(name).Any(word => word is "order" or "orders" or "checkout" or "purchase" or "payment");

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

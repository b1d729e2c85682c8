using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Data;

/// <summary>A counter is compared with a limit, and nothing in the product ever counts.</summary>
internal sealed class UnboundLimit : RiskRule
{
    private static readonly HashSet<string> Counters = Words.SetOf("uses used usage usages redemptions redeemed redemption attempts failures tries consumed claims claimed downloads resends refunded spent withdrawn transferred");

    private static readonly HashSet<string> Counted = Words.SetOf("use usage usages redemption redemptions attempt attempts failed failure failures claim claims download downloads retry retries resend resends login logins used");

    private static readonly HashSet<string> Limits = Words.SetOf("max maximum limit limits quota allowed allowance cap budget threshold total min minimum last");

    // A name with one of these is the limit, not what is counted.
    private static readonly HashSet<string> Bounds = Words.SetOf("max maximum min minimum limit limits allowed allowance cap threshold per");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK6008",
        title: "A limit that never binds",
        message: "'{0}' is compared here, but nothing in this project ever {1} it: the limit never binds; change it where it is used up, in the same transaction",
        why: "A coupon for a hundred customers is redeemed by everybody, a password is guessed without end, an item is sold that is not there: the check reads well in every review and compares with a number that stays what it was.");

    public UnboundLimit() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        var moves = CounterMoves.In(on.Facts);
        on.Operation(visit => Check(visit, moves), OperationKind.Binary);
    }

    private static void Check(OperationVisit visit, CounterMoves moves)
    {
        var comparison = (IBinaryOperation)visit.Operation;
        if (comparison.OperatorKind is not (BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual or BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual))
            return;
        var isAbove = comparison.OperatorKind is BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual;
        var counter = Limited(comparison.LeftOperand, comparison.RightOperand, isAbove) ?? Limited(comparison.RightOperand, comparison.LeftOperand, !isAbove);
        if (counter is null || !moves.NeverHappen(counter))
            return;
        visit.Report(comparison, counter.Name, IsRemainder(counter.Name) ? "decreases" : "increases");
    }

    // The counter on this side, where the other side is a limit for it.
    private static IPropertySymbol? Limited(IOperation side, IOperation other, bool isAbove)
    {
        foreach (var property in Summands(side))
        {
            if (IsRemainder(property.Name) ? IsNeed(other) : IsCounter(property) && IsLimit(other, isAbove, property))
                return property;
        }
        return null;
    }

    // coupon.Uses, coupon.Uses + 1, (coupon.Uses ?? 0)
    private static IEnumerable<IPropertySymbol> Summands(IOperation side)
    {
        side = side.WithoutConversions();
        return side switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum => Summands(sum.LeftOperand).Concat(Summands(sum.RightOperand)),
            ICoalesceOperation coalesce => Summands(coalesce.Value),
            IPropertyReferenceOperation { Property: { Name: "Value" }, Instance: { } nullable } => Summands(nullable),
            IPropertyReferenceOperation { Property: { IsIndexer: false, DeclaringSyntaxReferences.IsEmpty: false } property } when IsNumber(property.Type) => new[] { property },
            _ => Enumerable.Empty<IPropertySymbol>(),
        };
    }

    private static bool IsNumber(ITypeSymbol type) => type.WithoutNullable()?.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_Int16 or SpecialType.System_Decimal;

    private static bool IsCounter(IPropertySymbol property) => !Words.ContainAny(property.Name, Bounds)
        && (Words.ContainAny(property.Name, Counters) || Words.Of(property.Name) is var words && (words.Contains("count") && words.HaveAny(Counted) || words is [.., "failed", "logins" or "logons"]));

    private static bool IsRemainder(string name) => Words.Of(name) is var words && (words.Contains("remaining") || words is ["stock"] or ["stock", "quantity"] or ["stock", "level"] or ["quantity", "in", "stock"] or ["available", "quantity"] or ["quantity", "available"] or ["available", "stock"] or ["units", "in", "stock"] or ["uses", "left"] or ["attempts", "left"]);

    // Above zero is a limit for what may be used once; elsewhere it only asks whether there is any.
    private static bool IsLimit(IOperation other, bool isAbove, IPropertySymbol counter)
    {
        other = other.WithoutConversions();
        if (other.ConstantNumber() is { } number)
            return number >= 1 || number == 0 && isAbove && Words.Of(counter.Name).Any(word => word is "uses" or "used" or "redemptions" or "redeemed");
        return other.DescendantsAndSelf().Any(part => part.ReferencedSymbol() is { } symbol && Words.ContainAny(symbol.Name, Limits));
    }

    // What is asked of a remainder: a quantity, or one at least.
    private static bool IsNeed(IOperation other) => other.WithoutConversions() switch
    {
        { ConstantValue.HasValue: true } constant => constant.ConstantNumber() is 0m or 1m,
        var value => value.ReferencedSymbol() is { } symbol && Words.Of(symbol.Name).Any(word => word is "quantity" or "qty" or "amount" or "requested" or "count" or "units"),
    };
}

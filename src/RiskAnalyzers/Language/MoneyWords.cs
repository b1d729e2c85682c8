using RiskAnalyzers.Configuration;

namespace RiskAnalyzers.Language;

/// <summary>What is money, decided once: by the words of a symbol's name, by a Money-like type, and by where a value comes from and goes to.</summary>
internal sealed class MoneyWords
{
    public static readonly RiskOption<ImmutableArray<string>> Option = RiskOptions.List("money_words",
        "Words that make a name mean money (+points) or keep it from meaning money (-charge), beside the built-in ones.");

    private static readonly string[] BuiltIn =
    (
        "price prices amount amounts total totals subtotal cost costs fee fees tax taxes vat discount discounts balance balances refund refunds refunded fare fares salary "
        + "wage wages invoice payment payments charge charges charged due credit debit payout payouts surcharge surcharges commission deposit withdrawal revenue budget rebate gratuity tip money cash "
        + "cashback premium penalty rent markup turnover earnings paid net gross msrp"
    ).Split(' ');

    // Words that say that the number counts or names something else, whatever money word stands beside them.
    private static readonly HashSet<string> Disqualifiers = Words.SetOf(
        "seconds second ms milliseconds minutes minute hours hour days day weeks months month years year kg weight width height depth px pixels count counts counter score scores ratio "
        + "elasticity index percentile rating ratings bytes byte id ids uid guid page pages record records item items size sizes length number numbers no status statuses state method methods type types "
        + "name names format formats code codes provider mode display key keys url uri path date time at version quantity qty units stock points attempts attempt tries retry retries "
        + "rows row lines results events messages requests calls distance lat lng latitude longitude timeout interval duration position "
        + "opacity angle progress tolerance volume memory cpu temperature offset rank sort enabled is has can");

    private static readonly HashSet<string> RateWords = Words.SetOf("percent percentage rate rates pct");

    // What may be absent without making the sale free: shipping, a tip, a discount.
    private static readonly HashSet<string> OptionalAdders = Words.SetOf("shipping freight delivery tip gratuity surcharge surcharges fee fees discount discounts gift wrap adjustment adjustments rebate coupon voucher bonus promo promotion handling tax taxes vat credit");

    private static readonly HashSet<string> BasePrices = Words.SetOf("price prices fare rate cost msrp due");

    private readonly HashSet<string> _words;
    private readonly HashSet<string> _removed = new(StringComparer.Ordinal);

    public MoneyWords(AnalyzerConfigOptions options)
    {
        _words = new HashSet<string>(BuiltIn, StringComparer.Ordinal);
        foreach (var change in Option.In(options))
        {
            var word = change.TrimStart('+', '-').Trim().ToLowerInvariant();
            if (change[0] == '-')
                _removed.Add(word);
            else
                _words.Add(word);
        }
        _words.ExceptWith(_removed);
    }

    /// <summary>Whether a name means an amount of money: <c>UnitPrice</c>, <c>totalDue</c>, <c>LineTotal</c>; never <c>TotalSeconds</c>, <c>PaymentId</c>, <c>TotalItems</c>.</summary>
    public bool Mean(string name)
    {
        var found = false;
        var words = Words.Of(name);
        foreach (var word in words)
        {
            if (Disqualifiers.Contains(word) && !_words.Contains(word) && !Qualifies(word, words))
                return false;
            found |= _words.Contains(word);
        }
        return found;
    }

    /// <summary>Whether a name means a base price, without which a sale is free: <c>unitPrice</c>, <c>fare</c>, <c>amountDue</c>; not shipping or a discount.</summary>
    public bool MeanBasePrice(string name)
    {
        var words = Words.Of(name);
        if (words.Any(word => OptionalAdders.Contains(word) || Disqualifiers.Contains(word) && !Qualifies(word, words) || _removed.Contains(word)))
            return false;
        return words.HaveAny(BasePrices);
    }

    // A price of an item, a total of a line: the counted thing says whose amount it is where the amount comes last.
    private static bool Qualifies(string word, ImmutableArray<string> words) =>
        Counted.Contains(word) && Amounts.Contains(words[words.Length - 1]) && (words[words.Length - 1] != "total" || Lines.Contains(word));

    private static readonly HashSet<string> Counted = Words.SetOf("item items unit units row line lines day month year hour week type method size page room seat");

    private static readonly HashSet<string> Lines = Words.SetOf("item items line lines row");

    private static readonly HashSet<string> Amounts = Words.SetOf("price prices cost costs fee fees amount total tax discount charge");

    /// <summary>Whether a name means an amount that somebody owes: money, but neither shipping nor a discount.</summary>
    public bool MeanAmountDue(string name) => Mean(name) && !Words.ContainAny(name, OptionalAdders);

    /// <summary>Whether a name means a share of something: <c>DiscountPercent</c>, <c>taxRate</c>.</summary>
    public static bool MeanRate(string name) => Words.ContainAny(name, RateWords);

    /// <summary>Whether a name means an amount in minor units: <c>AmountCents</c>, <c>totalInPence</c>.</summary>
    public static bool MeanMinorUnits(string name) => Words.ContainAny(name, MinorUnits);

    /// <summary>Whether the value is money: a decimal or Money-like value, or a number, that a money word names or that goes where one does.</summary>
    public bool Mean(IOperation operation)
    {
        operation = operation.WithoutAwait();
        return operation switch
        {
            IBinaryOperation binary => Mean(binary.LeftOperand) || Mean(binary.RightOperand),
            IUnaryOperation unary => Mean(unary.Operand),
            ICoalesceOperation coalesce => Mean(coalesce.Value),
            IConditionalOperation conditional => Mean(conditional.WhenTrue) || (conditional.WhenFalse is { } other && Mean(other)),
            IConditionalAccessOperation access => Mean(access.WhenNotNull),
            IInvocationOperation invocation => Mean(invocation.TargetMethod.Name) || IsSumOf(invocation),
            IPropertyReferenceOperation { Property.Name: "Value", Instance: { } nullable } => Mean(nullable),
            _ => operation.ReferencedSymbol() is { } symbol && (Mean(symbol.Name) || symbol.ContainingType is { } type && IsMoneyLike(type) && symbol.Name is "Amount" or "Value"),
        };
    }

    /// <summary>Whether the type is a money type of somebody's own: its name says so and it holds a decimal.</summary>
    public static bool IsMoneyLike(ITypeSymbol? type) =>
        type is INamedTypeSymbol { Name: "Money" or "MonetaryAmount" or "Price" or "CurrencyAmount" } named
        && named.GetMembers().Any(member => member is IPropertySymbol { Type.SpecialType: SpecialType.System_Decimal });

    private static readonly HashSet<string> MinorUnits = Words.SetOf("cents cent pence minor pennies penny ore kopecks satang smallest subunit subunits");

    private bool IsSumOf(IInvocationOperation invocation) =>
        invocation.TargetMethod.Name is "Sum" or "Max" or "Min" or "Average" or "Aggregate" or "GetValueOrDefault" or "Round" or "Abs"
        && (invocation.Arguments.Any(argument => argument.Value.WithoutConversions() is IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda }
                ? lambda.Body.Operations.LastOrDefault() is IReturnOperation { ReturnedValue: { } returned } && Mean(returned)
                : argument.Value.Type?.SpecialType == SpecialType.System_Decimal && Mean(argument.Value))
            || invocation.Instance is { } instance && Mean(instance));
}

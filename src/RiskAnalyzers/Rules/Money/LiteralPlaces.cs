using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Money;

/// <summary>What a number in the logic decides.</summary>
internal static class LiteralPlaces
{
    // Units, halves and percent: they convert, they decide nothing.
    private static readonly HashSet<decimal> Neutral = new() { -1m, 2m, 10m, 100m, 1000m, 10000m, 1000000m, 12m, 52m, 360m, 365m, 24m, 60m, 0.01m, 0.001m, 0.0001m, 0.5m };

    private static readonly HashSet<string> RateNouns = Words.SetOf("tax vat gst discount commission fee fees interest markup margin surcharge shipping levy duty rebate cashback tip payout penalty premium coupon promo refund exchange currency conversion convert late loyalty");

    private static readonly HashSet<string> MoneyNouns = Words.SetOf("shipping discount markup commission duty surcharge rebate freight postage levy threshold");

    private static readonly HashSet<string> ValueHolders = Words.SetOf("options settings defaults constants seed seeder seeds seeding installer installation sample samples demo test tests fake mock fixture");

    // InitializeCheckoutFormAsync is a step of a purchase.
    private static readonly HashSet<string> Buying = Words.SetOf("payment checkout transaction charge");

    private static readonly HashSet<string> Seeding = Words.SetOf("seed seeding install configure sample test initialize");

    /// <summary>Whether the member exists to hold values: options, defaults, seeds.</summary>
    public static bool HoldsValues(ISymbol member)
    {
        if (member is not (IMethodSymbol { MethodKind: not MethodKind.StaticConstructor } or IPropertySymbol) || member.Name is "OnModelCreating" or "HasData" || Words.ContainAny(member.Name, Seeding) && !(Words.Of(member.Name)[0] == "initialize" && Words.ContainAny(member.Name, Buying)))
            return true;
        for (var type = member.ContainingType; type is not null; type = type.ContainingType)
        {
            if (Words.ContainAny(type.Name, ValueHolders))
                return true;
        }
        return false;
    }

    /// <summary>What the number decides: the amount it is compared or computed with, or the price, rate or limit that it becomes; null where it decides nothing of money.</summary>
    public static string? Decided(ILiteralOperation literal, decimal number, ISymbol member, MoneyWords money)
    {
        IOperation value = literal;
        while (value.Parent is IConversionOperation or IParenthesizedOperation or IUnaryOperation { OperatorKind: UnaryOperatorKind.Minus or UnaryOperatorKind.Plus })
            value = value.Parent;
        switch (value.Parent)
        {
            case IBinaryOperation binary:
                return OfBinary(binary, binary.LeftOperand == value ? binary.RightOperand : binary.LeftOperand, literal, number, member, money);
            case ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Multiply or BinaryOperatorKind.Divide or BinaryOperatorKind.Add or BinaryOperatorKind.Subtract } assignment:
                return IsDecimalLike(assignment.Target.Type) && !Neutral.Contains(number) && assignment.Target.ReferencedSymbol() is { } changed && IsMoney(changed.Name, money) ? changed.Name : null;
            case IRelationalPatternOperation { Parent: ISwitchExpressionArmOperation { Parent: ISwitchExpressionOperation { Value: var switched } } }:
                return IsDecimalLike(switched.Type) && money.Mean(switched) || IsTierQuestion(switched, value) ? Name(switched) : null;
            case IRelationalPatternOperation { Parent: IIsPatternOperation { Value: var matched } }:
                return IsDecimalLike(matched.Type) && money.Mean(matched) && number != 0.01m ? Name(matched) : null;
            case IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "Min" or "Max" or "Clamp", ContainingType.Name: "Math" or "Decimal" } } call }:
                return IsDecimalLike(call.Type) && call.Arguments.Any(other => other.Value != value && money.Mean(other.Value)) && number != 100m ? Name(call.Arguments.First(other => money.Mean(other.Value)).Value) : null;
        }
        return OfTarget(value, number, member, money);
    }

    private static string? OfBinary(IBinaryOperation binary, IOperation other, ILiteralOperation literal, decimal number, ISymbol member, MoneyWords money)
    {
        switch (binary.OperatorKind)
        {
            case BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual or BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual:
                // A cent is a tolerance, a hundred the end of percent.
                return IsDecimalLike(other.Type) && money.Mean(other) && number is not (0.01m or 0.001m) && !(number == 100m && (NamesRate(other) || IsPercentCheck(other))) ? Name(other) : null;
            case BinaryOperatorKind.Multiply or BinaryOperatorKind.Divide or BinaryOperatorKind.Add or BinaryOperatorKind.Subtract:
                if (Neutral.Contains(number) || literal.Type?.SpecialType == SpecialType.System_Int32 && !IsDecimalLike(other.Type))
                    return null;
                if (money.Mean(other) && IsDecimalLike(other.Type))
                    return Name(other);
                IOperation whole = binary;
                while (whole.Parent is IBinaryOperation or IParenthesizedOperation or IConversionOperation)
                    whole = whole.Parent;
                return IsDecimalLike(whole.Type) && whole.Target(member) is { } target && IsMoney(target.Name, money) ? target.Name : null;
            default:
                return null;
        }
    }

    private static string? OfTarget(IOperation value, decimal number, ISymbol member, MoneyWords money)
    {
        var target = value.Target(member);
        if (target is null or IPropertySymbol { IsIndexer: true } or IParameterSymbol { ContainingSymbol: IMethodSymbol { Name: "Add" } })
            target = CollectionTarget(value, member);
        if (target is null or ILocalSymbol { IsConst: true } || number is -1m)
            return null;
        var type = target switch { ILocalSymbol local => local.Type, IParameterSymbol parameter => parameter.Type, IPropertySymbol property => property.Type, IFieldSymbol field => field.Type, IMethodSymbol method => method.ReturnType.AwaitedType(), _ => null };
        if (target is IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: not MethodKind.Constructor } called } && (called.Name is "Round" or "Truncate" || Words.ContainAny(called.Name, Guarding)))
            return null;
        if (IsRate(target.Name) || MoneyWords.MeanRate(target.Name) && (Words.ContainAny(member.Name, RateNouns) || Words.ContainAny(target.Name, Earned)))
            return number is 100m ? null : target.Name;
        return (IsDecimalLike(type) || IsDecimalLike(value.Type)) && IsMoney(target.Name, money) ? target.Name : null;
    }

    // Points are money that the shop has promised.
    private static readonly HashSet<string> Earned = Words.SetOf("earn earning earnings reward rewards points redemption accrual");

    private static readonly HashSet<string> Collected = Words.SetOf("points spend spent spending revenue turnover orders purchases");

    private static readonly HashSet<string> Ranks = Words.SetOf("tier tiers rank membership loyalty status level");

    // lifetimePoints switch { >= 15000 => LoyaltyTier.Gold, ... }: who gets better terms, and from when on.
    private static bool IsTierQuestion(IOperation asked, IOperation bound) => asked.ReferencedSymbol() is { } counted && Words.ContainAny(counted.Name, Collected)
        && bound.Ancestor<ISwitchExpressionArmOperation>() is { Value: var rank } && rank.WithoutConversions() is IFieldReferenceOperation { Field.ContainingType: { TypeKind: TypeKind.Enum, Name: var ranks } } && Words.ContainAny(ranks, Ranks);

    private static readonly HashSet<string> Guarding = Words.SetOf("ensure guard throw validate range precision scale between greater less inclusive");

    // var rates = new Dictionary<string, decimal> { ["DE"] = 0.19m }, new[] { 0.1m, 0.2m }
    private static ISymbol? CollectionTarget(IOperation value, ISymbol member)
    {
        foreach (var ancestor in value.Ancestors())
        {
            switch (ancestor)
            {
                // rates["DE"] = 0.19m
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } table } } when table is not IInstanceReferenceOperation:
                    return table.ReferencedSymbol();
                case IObjectOrCollectionInitializerOperation { Parent: IObjectCreationOperation creation } when creation.Type is { } type && type.AllInterfaces.Any(contract => contract.Name == "IEnumerable"):
                    return creation.Target(member);
                case IArrayInitializerOperation { Parent: IArrayCreationOperation array }:
                    return array.Target(member);
                case IBlockOperation or IConditionalOperation or IBinaryOperation:
                    return null;
            }
        }
        return null;
    }

    private static bool IsMoney(string name, MoneyWords money) => money.Mean(name) || Words.ContainAny(name, MoneyNouns) && !Amounts.IsMeasure(name);

    private static bool IsRate(string name) => Words.ContainAny(name, RateNouns) && (MoneyWords.MeanRate(name) || Words.ContainAny(name, Rates));

    private static readonly HashSet<string> Rates = Words.SetOf("rates multiplier factor off");

    private static bool NamesRate(IOperation value) => value.ReferencedSymbol() is { } symbol && (MoneyWords.MeanRate(symbol.Name) || Words.ContainAny(symbol.Name, Rates));

    // coupon.Discount > 100 with a value that is a percentage elsewhere.
    private static bool IsPercentCheck(IOperation value) => value.ReferencedSymbol() is { } symbol && Words.ContainAny(symbol.Name, Discounts);

    private static readonly HashSet<string> Discounts = Words.SetOf("discount rebate value");

    private static bool IsDecimalLike(ITypeSymbol? type) => Amounts.IsDecimal(type) || Amounts.IsFloating(type);

    private static string Name(IOperation value) => value.WithoutAwait().ReferencedSymbol()?.Name ?? Excerpt.Of(value);
}

using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Money;

/// <summary>Conditions that ask whether what an item needs is there: its product, its price, enough stock.</summary>
internal static class Absence
{
    private static readonly HashSet<string> StockWords = Words.SetOf("stock available availability inventory onhand");

    // What an item may well lack without being worth less.
    private static readonly HashSet<string> Optional = Words.SetOf(
        "discount discounts coupon voucher promotion promo offer tip gift wrap bonus shipping surcharge rebate override rule rules tier adjustment attribute attributes image picture addon extra option options parent "
        + "existing note comment cached cache campaign deposit bundle warranty subscription credit loyalty reward exclusion old original previous compare list msrp special sale");

    // Nobody asks these in vain: they say which items are meant.
    private static readonly HashSet<string> States = Words.SetOf("deleted at on utc date time paid refunded cancelled canceled completed shipped active selected status");

    /// <summary>The part of the condition that asks for something an item needs, where the condition coming out as given means that it is missing; else null.</summary>
    /// <param name="condition">A boolean expression.</param>
    /// <param name="when">The outcome that leaves the item out.</param>
    /// <param name="item">The loop's variable; an item that is null itself is nothing to count.</param>
    public static IOperation? In(IOperation condition, bool when, ISymbol? item)
    {
        condition = condition.WithoutAwait();
        switch (condition)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var operand }:
                return In(operand, !when, item) is null ? null : condition;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both:
                return In(both.LeftOperand, when, item) ?? In(both.RightOperand, when, item);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison when OtherThanNull(comparison) is { } value:
                return when == (comparison.OperatorKind == BinaryOperatorKind.Equals) && IsNeeded(value, item) ? condition : null;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.LessThan or BinaryOperatorKind.GreaterThanOrEqual } comparison:
                return when == (comparison.OperatorKind == BinaryOperatorKind.LessThan) && IsStock(comparison.LeftOperand) && !comparison.RightOperand.IsConstant(0) ? condition : null;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.GreaterThan or BinaryOperatorKind.LessThanOrEqual } comparison:
                return when == (comparison.OperatorKind == BinaryOperatorKind.GreaterThan ? !IsStock(comparison.LeftOperand) : IsStock(comparison.LeftOperand))
                    && (IsStock(comparison.LeftOperand) || IsStock(comparison.RightOperand)) ? condition : null;
            // product is { Stock: > 0 }
            case IIsPatternOperation { Pattern: IRecursivePatternOperation { PropertySubpatterns: { IsEmpty: false } parts } }:
                return !when && parts.Any(part => part.Member.ReferencedSymbol() is { } asked && Words.ContainAny(asked.Name, StockWords) && part.Pattern is IRelationalPatternOperation { OperatorKind: BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual }) ? condition : null;
            // lines.Where(line => products.Any(p => p.Id == line.ProductId))
            case IInvocationOperation { TargetMethod.Name: "Any" or "Exists" } search when item is not null && ValuePath.Receiver(search) is { } known:
                return !when && known.ReferencedSymbol() is { } catalogue && Words.Of(catalogue.Name) is [.., "products" or "prices" or "variants" or "stocks" or "catalog" or "catalogue"] && search.Mentions(item) && !known.Mentions(item) ? condition : null;
            case IIsPatternOperation { Pattern: var pattern, Value: var value }:
                return IsNullPattern(pattern, out var matchesNull) && when == matchesNull && IsNeeded(value, item) ? condition : null;
            case IPropertyReferenceOperation { Property.Name: "HasValue", Instance: { } nullable }:
                return !when && IsNeeded(nullable, item) ? condition : null;
            case IInvocationOperation { TargetMethod.Name: "TryGetValue" or "ContainsKey" } lookup:
                return !when && lookup.Instance?.ReferencedSymbol() is { } map && !Words.ContainAny(map.Name, Optional) && !IsCollector(lookup, map) ? condition : null;
            case IInvocationOperation { TargetMethod: { Name: "TryParse", ContainingType.SpecialType: SpecialType.System_Decimal } }:
                return !when ? condition : null;
            default:
                return null;
        }
    }

    private static IOperation? OtherThanNull(IBinaryOperation comparison) =>
        comparison.RightOperand.IsNull() ? comparison.LeftOperand : comparison.LeftOperand.IsNull() ? comparison.RightOperand : null;

    private static bool IsNullPattern(IPatternOperation pattern, out bool matchesNull)
    {
        switch (pattern)
        {
            case INegatedPatternOperation negated when IsNullPattern(negated.Pattern, out var inner):
                matchesNull = !inner;
                return true;
            case IConstantPatternOperation { Value: var value } when value.IsNull():
                matchesNull = true;
                return true;
            // is { }, is { } product, is Product product, is decimal price
            case IRecursivePatternOperation { DeconstructionSubpatterns.IsEmpty: true, PropertySubpatterns.IsEmpty: true } or IDeclarationPatternOperation:
                matchesNull = false;
                return true;
            default:
                matchesNull = false;
                return false;
        }
    }

    // An object of the shop's own, or a price; texts and dates say which items are meant.
    private static bool IsNeeded(IOperation value, ISymbol? item)
    {
        // Beside null a reference is an object.
        value = value.WithoutAwait();
        if (value.ReferencedSymbol() is not { } symbol || SymbolEqualityComparer.Default.Equals(symbol, item))
            return false;
        if (Words.ContainAny(symbol.Name, Optional) || Words.ContainAny(symbol.Name, States))
            return false;
        var type = value.Type is { } declared ? declared.AwaitedType().WithoutNullable() : null;
        return type switch
        {
            { SpecialType: SpecialType.System_Decimal } => Words.ContainAny(symbol.Name, Prices),
            { SpecialType: SpecialType.None, TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.Interface } => type.Name is not ("DateTime" or "DateTimeOffset" or "DateOnly" or "TimeSpan" or "Guid")
                && !Words.ContainAny(type.Name, Optional) && !type.AllInterfaces.Any(contract => contract.Name == "IEnumerable"),
            _ => false,
        };
    }

    private static readonly HashSet<string> Prices = Words.SetOf("price cost amount rate total tax");

    private static bool IsStock(IOperation value) => value.WithoutAwait().ReferencedSymbol() is { } symbol && Words.ContainAny(symbol.Name, StockWords);

    // if (!totals.TryGetValue(key, out var sum)) sum = 0: a map that the function fills is no look-up.
    private static bool IsCollector(IOperation lookup, ISymbol map) => lookup.EnclosingFunction().DescendantsInFunction().Any(operation =>
        operation is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } filled } } && SymbolEqualityComparer.Default.Equals(filled.ReferencedSymbol(), map)
        || operation is IInvocationOperation { TargetMethod.Name: "Add" or "TryAdd", Instance: { } added } && SymbolEqualityComparer.Default.Equals(added.ReferencedSymbol(), map));
}

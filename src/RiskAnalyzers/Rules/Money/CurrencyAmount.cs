using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Money;

/// <summary>An amount read from something that carries a currency.</summary>
internal sealed record CurrencyAmount(IPropertySymbol Amount, ITypeSymbol Type, IOperation Owner)
{
    private static readonly HashSet<string> CurrencyWords = new(StringComparer.Ordinal) { "currency" };

    private static readonly HashSet<string> Converted = Words.SetOf("exchange fx");

    private static readonly HashSet<string> Rates = Words.SetOf("rate rates base");

    /// <summary>The local, parameter or field that the owner's chain begins at; null for <c>this</c>.</summary>
    public ISymbol? Root
    {
        get
        {
            var owner = Owner.WithoutAwait();
            // item.UnitPrice, item.GetTotal(): the chain begins at the item.
            while ((owner is IMemberReferenceOperation { Instance: { } inner } and not IFieldReferenceOperation ? inner : (owner as IInvocationOperation)?.Instance) is { } outer && outer.WithoutConversions() is not IInstanceReferenceOperation)
                owner = outer.WithoutAwait();
            return owner.ReferencedSymbol();
        }
    }

    /// <summary>The amount that an operation reads, or null.</summary>
    public static CurrencyAmount? Of(IOperation operation, MoneyWords money)
    {
        if (operation is not IPropertyReferenceOperation { Property: { IsStatic: false } property } read || property.Type.WithoutNullable()?.SpecialType is not (SpecialType.System_Decimal or SpecialType.System_Int64 or SpecialType.System_Double or SpecialType.System_Int32))
            return null;
        if (property.Name is not ("Amount" or "Value") && !money.Mean(property.Name) || MoneyWords.MeanRate(property.Name) || property.Type.SpecialType == SpecialType.System_Int32 && !MoneyWords.MeanMinorUnits(property.Name) && property.Name != "Amount")
            return null;
        // payment?.Amount reads from what stands before the question mark.
        var owner = read.Instance is IConditionalAccessInstanceOperation ? read.Ancestor<IConditionalAccessOperation>()?.Operation : read.Instance;
        return owner?.Type is { } type && Carries(owner.Type, property) ? new CurrencyAmount(property, type, owner) : null;
    }

    /// <summary>The first amount with a currency in a sum, difference or product.</summary>
    public static CurrencyAmount? In(IOperation value, MoneyWords money)
    {
        value = value.WithoutAwait();
        return value switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract or BinaryOperatorKind.Multiply } sum => In(sum.LeftOperand, money) ?? In(sum.RightOperand, money),
            IUnaryOperation unary => In(unary.Operand, money),
            ICoalesceOperation coalesce => In(coalesce.Value, money),
            IConditionalAccessOperation access => In(access.WhenNotNull, money),
            IPropertyReferenceOperation { Property.Name: "Value", Instance: { Type: INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } } nullable } => In(nullable, money),
            _ => Of(value, money),
        };
    }

    /// <summary>Whether both amounts are read from the same object.</summary>
    public bool IsOfSame(CurrencyAmount other) =>
        Owner.WithoutAwait() is IInstanceReferenceOperation && other.Owner.WithoutAwait() is IInstanceReferenceOperation
        || Owner.WithoutAwait().Syntax.ToString() == other.Owner.WithoutAwait().Syntax.ToString();

    /// <summary>Whether the owner is the variable of a loop around the operation.</summary>
    public bool IsOfLoop(IOperation operation) => operation.Ancestors().Any(ancestor =>
        ancestor is IForEachLoopOperation { LoopControlVariable: IVariableDeclaratorOperation { Symbol: var item } } && SymbolEqualityComparer.Default.Equals(item, Root));

    /// <summary>Whether a name is that of an amount's currency: <c>Currency</c>, <c>CurrencyCode</c>, <c>PriceCurrency</c>.</summary>
    public static bool IsCurrency(string name) => Words.Of(name) is ["currency"] or ["currency", "code" or "id" or "iso" or "symbol"] or ["price" or "amount" or "total" or "iso" or "order" or "payment", "currency", ..];

    // A type that also holds a rate keeps its amounts in the shop's own currency.
    private static bool Carries(ITypeSymbol type, IPropertySymbol amount)
    {
        var found = false;
        for (var ancestor = type; ancestor is not null and not { SpecialType: SpecialType.System_Object }; ancestor = ancestor.BaseType)
        {
            foreach (var member in ancestor.GetMembers())
            {
                if (member is not IPropertySymbol { IsStatic: false } property)
                    continue;
                var speaks = Words.ContainAny(property.Name, CurrencyWords);
                if (Words.ContainAny(property.Name, Rates) && (speaks || Words.ContainAny(property.Name, Converted)))
                    return false;
                if (!speaks)
                    continue;
                found |= IsCurrency(property.Name) && property.Type.SpecialType != SpecialType.System_Boolean && !SymbolEqualityComparer.Default.Equals(property, amount);
            }
        }
        return found;
    }
}

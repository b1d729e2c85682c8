using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Money;

/// <summary>Integer arithmetic on money: <c>percent / 100</c> is 0, <c>amountCents / 100</c> drops the cents, <c>unitCents * quantity</c> overflows.</summary>
internal sealed class IntegerMoneyArithmetic : RiskRule
{
    private static readonly HashSet<string> Shares = Words.SetOf("percent percentage pct rate share ratio factor fraction multiplier bps discount tax vat commission markup margin");

    private static readonly HashSet<string> Collected = Words.SetOf("point points miles stamps stars credits coins loyalty reward rewards");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK1004",
        title: "Money is computed with integers",
        message: "'{0}' is computed with integers: {1}",
        why: "15 / 100 is 0 in integers, so that a discount vanishes or becomes everything; 1999 / 100 is 19; and 19,999,900 cents times 200 is a "
            + "negative number, because an int overflows without an error.");

    public IntegerMoneyArithmetic() : base(Risk)
    {
    }

    public override void Listen(RuleListener on) => on.Operation(Check, OperationKind.Binary);

    private static void Check(OperationVisit visit)
    {
        var binary = (IBinaryOperation)visit.Operation;
        switch (binary.OperatorKind)
        {
            case BinaryOperatorKind.Divide when IsIntegral(binary.LeftOperand) && IsIntegral(binary.RightOperand) && !binary.ConstantValue.HasValue:
                CheckDivision(visit, binary);
                break;
            case BinaryOperatorKind.Multiply when binary.Type?.SpecialType == SpecialType.System_Int32 && !binary.IsChecked && !binary.IsLifted:
                CheckProduct(visit, binary);
                break;
        }
    }

    private static void CheckDivision(OperationVisit visit, IBinaryOperation division)
    {
        var harm = IsFraction(division) ? HarmOfFraction(visit, division) : HarmOfRate(visit, division);
        if (harm is not null)
            visit.Report(division, division.Syntax.ToString(), harm);
    }

    private static string? HarmOfFraction(OperationVisit visit, IBinaryOperation division)
    {
        var money = visit.Facts.MoneyIn(division.Syntax.SyntaxTree);
        var name = NameOf(division.LeftOperand);
        if (!division.RightOperand.IsHundred())
            // A bare total may count anything.
            return MoneyWords.MeanMinorUnits(name) || money.MeanBasePrice(name) ? "what is left over is dropped; divide decimals, or hand the remainder out" : null;
        // points / 100 * 0.5m
        if (Words.ContainAny(name, Collected) && IsPricedByConstant(division))
            return "99 points of every customer are worth nothing; divide by 100m, or say with Math.Floor that only whole steps count";
        if (Words.ContainAny(name, Shares) || MeetsMoney(division, money))
            return "a percentage below 100 becomes 0; divide by 100m";
        return MoneyWords.MeanMinorUnits(name) || money.Mean(name) || division.Target(visit.Member) is { } target && money.Mean(target.Name) ? "the cents are dropped; divide by 100m" : null;
    }

    // var rate = percent / 100; is 0 before anything is done with it.
    private static string? HarmOfRate(OperationVisit visit, IBinaryOperation division) =>
        division.RightOperand.IsHundred() && division.LeftOperand.ReferencedSymbol() is { } share && Words.ContainAny(share.Name, Shares)
        && division.Target(visit.Member) is { } target && (Words.ContainAny(target.Name, Shares) || target is ILocalSymbol local && BecomesFraction(division, local))
            ? "a percentage below 100 becomes 0; divide by 100m" : null;

    private static bool BecomesFraction(IOperation division, ILocalSymbol local) => division.EnclosingFunction().Descendants().Any(operation =>
        operation is IConversionOperation { Operand: ILocalReferenceOperation reference } conversion && IsFractional(conversion.Type) && SymbolEqualityComparer.Default.Equals(reference.Local, local));

    // Whether the integer result goes on as a fraction: into a decimal or a double.
    private static bool IsFraction(IOperation division)
    {
        var value = division;
        while (true)
        {
            switch (value.Parent)
            {
                case IParenthesizedOperation or IUnaryOperation { OperatorKind: UnaryOperatorKind.Minus }:
                    value = value.Parent;
                    break;
                case IConversionOperation conversion:
                    if (IsFractional(conversion.Type))
                        return true;
                    if (!IsIntegralType(conversion.Type))
                        return false;
                    value = conversion;
                    break;
                // 1 - percent / 100, amount * percent / 100 stay integers until something makes a fraction of them.
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract or BinaryOperatorKind.Multiply } binary when IsIntegralType(binary.Type):
                    value = binary;
                    break;
                default:
                    return false;
            }
        }
    }

    // Whether the fraction is multiplied with, added to or taken from money.
    private static bool MeetsMoney(IOperation division, MoneyWords money)
    {
        for (var (value, parent) = (division, division.Parent); parent is not null; value = parent, parent = parent.Parent)
        {
            if (parent is IBinaryOperation binary)
            {
                var other = binary.LeftOperand == value ? binary.RightOperand : binary.LeftOperand;
                if (IsFractional(binary.Type) && (money.Mean(other) || binary.OperatorKind == BinaryOperatorKind.Multiply && other.Type?.SpecialType == SpecialType.System_Decimal && !other.ConstantValue.HasValue))
                    return true;
            }
            else if (parent is not (IParenthesizedOperation or IConversionOperation or IUnaryOperation))
            {
                return parent is ICompoundAssignmentOperation compound && money.Mean(compound.Target);
            }
        }
        return false;
    }

    private static bool IsPricedByConstant(IOperation division)
    {
        var parent = division.Parent;
        while (parent is IParenthesizedOperation or IConversionOperation)
            parent = parent.Parent;
        return parent is IBinaryOperation { OperatorKind: BinaryOperatorKind.Multiply, Type.SpecialType: SpecialType.System_Decimal } product && (product.LeftOperand.ConstantNumber() ?? product.RightOperand.ConstantNumber()) is not null;
    }

    private static void CheckProduct(OperationVisit visit, IBinaryOperation product)
    {
        if (product.LeftOperand.ConstantValue.HasValue || product.RightOperand.ConstantValue.HasValue)
            return;
        var money = visit.Facts.MoneyIn(product.Syntax.SyntaxTree);
        if (!(IsAmount(product.LeftOperand, money) && !IsBounded(product.RightOperand)) && !(IsAmount(product.RightOperand, money) && !IsBounded(product.LeftOperand)))
            return;
        visit.Report(product, product.Syntax.ToString(), "an int overflows to a negative amount without an error; compute with long or decimal, or checked");
    }

    private static bool IsAmount(IOperation factor, MoneyWords money) =>
        factor.WithoutConversions() is IBinaryOperation { OperatorKind: BinaryOperatorKind.Multiply or BinaryOperatorKind.Add } inner ? IsAmount(inner.LeftOperand, money) || IsAmount(inner.RightOperand, money)
        : NameOf(factor) is { Length: > 0 } name && (MoneyWords.MeanMinorUnits(name) || money.MeanBasePrice(name) && !MoneyWords.MeanRate(name));

    private static bool IsBounded(IOperation factor) => factor.WithoutConversions().Type?.SpecialType is SpecialType.System_Byte or SpecialType.System_Boolean || (Guards.Of(factor) & Bounds.Upper) != 0;

    private static string NameOf(IOperation operation)
    {
        operation = operation.WithoutAwait();
        if (operation is ICoalesceOperation coalesce)
            return NameOf(coalesce.Value);
        return operation is IBinaryOperation binary ? NameOf(binary.LeftOperand) is { Length: > 0 } left ? left : NameOf(binary.RightOperand) : operation.ReferencedSymbol()?.Name ?? "";
    }

    private static bool IsIntegral(IOperation operation) => IsIntegralType(operation.Type);

    private static bool IsIntegralType(ITypeSymbol? type) => type.WithoutNullable()?.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_Int16 or SpecialType.System_UInt32 or SpecialType.System_UInt64 or SpecialType.System_Byte;

    private static bool IsFractional(ITypeSymbol? type) => type.WithoutNullable()?.SpecialType is SpecialType.System_Decimal or SpecialType.System_Double or SpecialType.System_Single;
}

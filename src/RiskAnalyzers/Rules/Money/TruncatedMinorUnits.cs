using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Money;

/// <summary>An amount turned into cents, or into whole units, by a cast that drops the fraction instead of rounding it.</summary>
internal sealed class TruncatedMinorUnits : RiskRule
{
    private static readonly HashSet<string> Scales = Words.SetOf("multiplier factor exponent scale subunit subunits minor units cents decimals power divisor");

    // The product with 100 is a share or a count, not cents.
    private static readonly HashSet<string> NotCents = Words.SetOf("percent percentage pct rate ratio progress points score bps basis rank index opacity discount share margin");

    // What a gateway's options call an amount in minor units.
    private static readonly HashSet<string> GatewayAmounts = Words.SetOf("amount unitamount unitamountdecimal amounttocapture applicationfeeamount amounttotal value");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK1001",
        title: "An amount is cut to cents instead of rounded",
        message: "'{0}' is cut off, not rounded: amounts come out a cent short{1}; use Math.Round(..., MidpointRounding.AwayFromZero) before the cast",
        why: "A cast drops the fraction: (long)(19.99 * 100) is 1998, and 10.999m becomes 1099. The amount that is charged is not the amount that was shown.");

    public TruncatedMinorUnits() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        on.Operation(CheckCast, OperationKind.Conversion);
        on.Operation(CheckCall, OperationKind.Invocation);
    }

    private static void CheckCast(OperationVisit visit)
    {
        var cast = (IConversionOperation)visit.Operation;
        if (!cast.IsImplicit && IsIntegral(cast.Type) && IsFractional(cast.Operand.Type))
            Check(visit, cast.Operand);
    }

    // decimal.ToInt64 drops the fraction as a cast does; Convert.ToInt64 rounds, and is no concern of this rule.
    private static void CheckCall(OperationVisit visit)
    {
        if (visit.Operation is IInvocationOperation { TargetMethod: { Name: "ToInt32" or "ToInt64" or "ToUInt32" or "ToUInt64", ContainingType.SpecialType: SpecialType.System_Decimal }, Arguments: [{ Value: var amount }] })
            Check(visit, amount);
    }

    private static void Check(OperationVisit visit, IOperation amount)
    {
        var target = visit.Operation.Target(visit.Member);
        if (target is not null && Words.ContainAny(target.Name, NotCents))
            return;
        if (!IsCutAmount(visit, amount, target) || IsRounded(amount) || IsTestedForFractions(visit.Operation))
            return;
        visit.Report(visit.Operation, visit.Operation.Syntax.ToString(), Currency(visit.Operation) is { } currency ? $", and 100 is wrong for currencies without cents, which '{currency}' may be" : "");
    }

    private static bool IsCutAmount(OperationVisit visit, IOperation amount, ISymbol? target)
    {
        var money = visit.Facts.MoneyIn(visit.Operation.Syntax.SyntaxTree);
        var goesToCents = target is not null && (MoneyWords.MeanMinorUnits(target.Name) || IsGatewayAmount(target) || IsHandedOn(target, visit));
        if (Scaled(amount) is { } unscaled)
            return (money.Mean(unscaled) || goesToCents) && !IsShare(unscaled);
        // (long)total * 100 drops all cents, and (long)total given to a gateway hopes that there are none.
        var cutsWholeUnits = visit.Operation.Parent is { } parent && WithoutParentheses(parent) is IBinaryOperation { OperatorKind: BinaryOperatorKind.Multiply } times && (times.LeftOperand.IsHundred() || times.RightOperand.IsHundred());
        return (cutsWholeUnits || goesToCents && !DependsOnCurrency(visit.Operation)) && money.Mean(amount) && !Scales.Overlaps(Words.Of(amount.ReferencedSymbol()?.Name ?? ""));
    }

    /// <summary>What is multiplied by 100, 1000 or a named scale, or null.</summary>
    private static IOperation? Scaled(IOperation amount)
    {
        amount = amount.WithoutAwait();
        if (amount is IBinaryOperation { OperatorKind: BinaryOperatorKind.Multiply } times)
            return IsScale(times.RightOperand) ? times.LeftOperand : IsScale(times.LeftOperand) ? times.RightOperand : Scaled(times.LeftOperand) ?? Scaled(times.RightOperand);
        if (amount is IInvocationOperation { TargetMethod: { Name: "Multiply", ContainingType.SpecialType: SpecialType.System_Decimal }, Arguments: [{ Value: var left }, { Value: var right }] })
            return IsScale(right) ? left : IsScale(left) ? right : null;
        // var cents = total * 100m; options.Amount = (long)cents;
        return amount is ILocalReferenceOperation local && Flow.InitialValue(local) is IBinaryOperation initial ? Scaled(initial) : null;
    }

    private static bool IsScale(IOperation factor) =>
        factor.IsHundred()
        || factor.WithoutConversions() is IInvocationOperation { TargetMethod: { Name: "Pow", ContainingType.Name: "Math" }, Arguments: [{ Value: var @base }, ..] } && @base.IsConstant(10)
        || factor.ConstantNumber() is null && factor.ReferencedSymbol() is { } symbol && Words.ContainAny(symbol.Name, Scales);

    // part / whole * 100 is a percentage.
    private static bool IsShare(IOperation unscaled) =>
        unscaled.WithoutConversions() is IBinaryOperation { OperatorKind: BinaryOperatorKind.Divide }
        || unscaled.ReferencedSymbol() is { } symbol && (MoneyWords.MeanRate(symbol.Name) || Words.ContainAny(symbol.Name, NotCents) && !Words.ContainAny(symbol.Name, Amounts));

    private static readonly HashSet<string> Amounts = Words.SetOf("amount total price cost fee");

    private static bool IsRounded(IOperation amount)
    {
        foreach (var part in amount.DescendantsAndSelf())
        {
            if (part is IInvocationOperation { TargetMethod.Name: "Round" or "Ceiling" or "Floor" or "Truncate" or "RoundToMinorUnits" })
                return true;
            if (part is IInvocationOperation { TargetMethod.Name: var helper } && Words.Of(helper).Contains("round"))
                return true;
            if (part is ILocalReferenceOperation or IParameterReferenceOperation or IMemberReferenceOperation && part.Type?.SpecialType == SpecialType.System_Decimal && (Guards.Of(part) & Bounds.Rounded) != 0)
                return true;
            if (part is ILocalReferenceOperation local && (Guards.Of(local) & Bounds.Rounded) != 0)
                return true;
        }
        return false;
    }

    // Code that asks whether a fraction is left knows what it cuts off.
    private static bool IsTestedForFractions(IOperation cast) => cast.EnclosingFunction().DescendantsInFunction().Any(operation => operation switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals or BinaryOperatorKind.GreaterThan } comparison =>
            comparison.DescendantsAndSelf().Any(part => part is IInvocationOperation { TargetMethod.Name: "Truncate" or "Round" or "Floor" or "IsInteger" }
                or IBinaryOperation { OperatorKind: BinaryOperatorKind.Remainder } or IPropertyReferenceOperation { Property.Name: "Scale" }),
        _ => false,
    });

    private static bool IsGatewayAmount(ISymbol target) =>
        target is IMethodSymbol { Name: var name } ? Words.Of(name) is ["to" or "convert" or "get", ..] && Words.ContainAny(name, Amounts) :
        target is IPropertySymbol or IParameterSymbol && GatewayAmounts.Contains(target.Name.ToLowerInvariant())
        && (target is IPropertySymbol property ? property.Type : ((IParameterSymbol)target).Type).WithoutNullable()?.SpecialType is SpecialType.System_Int64 or SpecialType.System_Int32;

    // var amount = (long)request.Amount; ... Amount = amount
    private static bool IsHandedOn(ISymbol target, OperationVisit visit) => target is ILocalSymbol { Type.SpecialType: SpecialType.System_Int64 or SpecialType.System_Int32 } && visit.Operation.EnclosingFunction().DescendantsInFunction()
        .Any(use => use is ILocalReferenceOperation { Local: var local } && SymbolEqualityComparer.Default.Equals(local, target) && use.Target(visit.Member) is IPropertySymbol or IParameterSymbol && IsGatewayAmount(use.Target(visit.Member)!));

    // IsZeroDecimal(currency) ? (long)amount : ...
    private static bool DependsOnCurrency(IOperation cast) => cast.Ancestors().Any(ancestor =>
        ancestor is IConditionalOperation { Condition: var condition } && Speaks(condition.Syntax) || ancestor is ISwitchExpressionOperation { Value: var value } && Speaks(value.Syntax));

    private static bool Speaks(SyntaxNode condition) => condition.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && Words.Of(token.ValueText) is var words && (words.Contains("currency") || words.Contains("currencies") || words.Contains("zero")));

    // The currency that the same object initialiser takes from somewhere.
    private static string? Currency(IOperation cast)
    {
        if (cast.Ancestor<ISimpleAssignmentOperation>() is not { Parent: IObjectOrCollectionInitializerOperation initializer })
            return null;
        return initializer.Initializers.OfType<ISimpleAssignmentOperation>()
            .FirstOrDefault(assignment => assignment.Target.ReferencedSymbol()?.Name.EndsWith("Currency", StringComparison.Ordinal) == true && !assignment.Value.ConstantValue.HasValue)?.Value.Syntax.ToString();
    }

    private static IOperation WithoutParentheses(IOperation operation)
    {
        while (operation is IParenthesizedOperation or IConversionOperation && operation.Parent is { } parent)
            operation = parent;
        return operation;
    }

    private static bool IsIntegral(ITypeSymbol? type) => type.WithoutNullable()?.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_UInt32 or SpecialType.System_UInt64 or SpecialType.System_Int16;

    // A type that the compilation lacks is whatever the words say.
    private static bool IsFractional(ITypeSymbol? type) => type is IErrorTypeSymbol || type.WithoutNullable()?.SpecialType is SpecialType.System_Decimal or SpecialType.System_Double or SpecialType.System_Single;
}

using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Money;

/// <summary>A hundred that makes the minor units of every currency: yen have none, dinars have a thousand.</summary>
internal static class MinorUnitScales
{
    private static readonly HashSet<string> Helpers = Words.SetOf("minor cents cent smallest subunit subunits pence");

    private static readonly HashSet<string> Speaking = Words.SetOf("currency currencies zero exponent decimals iso");

    /// <summary>Whether the product makes cents of an amount that may be in any currency, properly rounded otherwise.</summary>
    public static bool IsFixed(IBinaryOperation product, ISymbol member, Compilation compilation)
    {
        if (product.OperatorKind != BinaryOperatorKind.Multiply || !Amounts.IsDecimal(product.Type) && !Amounts.IsFloating(product.Type) || !product.RightOperand.IsConstant(100m) && !product.LeftOperand.IsConstant(100m) || !IsRounded(product))
            return false;
        if (product.FunctionSymbol(member) is not { } function)
            return false;
        var isHelper = Words.ContainAny(function.Name, Helpers) && IsIntegral(function.ReturnType) && function.Parameters.Length > 0;
        return (isHelper && CurrencySigns.HasCurrencies(compilation) || IsBesideCurrency(product)) && !IsSpokenOf(product.EnclosingFunction().Syntax, isHelper);
    }

    private static bool IsRounded(IOperation product) => product.Ancestors().TakeWhile(ancestor => ancestor is IArgumentOperation or IInvocationOperation or IConversionOperation or IParenthesizedOperation)
        .Any(ancestor => ancestor is IInvocationOperation { TargetMethod: { Name: var name, ContainingType.Name: var type } } && (name is "Round" or "Ceiling" or "Floor" || type == "Convert" && name is "ToInt64" or "ToInt32"));

    private static bool IsIntegral(ITypeSymbol type) => type.SpecialType is SpecialType.System_Int64 or SpecialType.System_Int32;

    // A helper that is given the currency, or asks for it, may know; whoever fills in a request names it anyway.
    private static bool IsSpokenOf(SyntaxNode function, bool isHelper) => function.DescendantNodes().Any(node => node is IfStatementSyntax or ConditionalExpressionSyntax or SwitchExpressionSyntax or SwitchStatementSyntax && node.DescendantTokens().Any(Speaks))
        || isHelper && function.DescendantTokens().Any(Speaks);

    private static bool Speaks(SyntaxToken token) => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText is not ("AwayFromZero" or "ToZero") && Words.ContainAny(token.ValueText, Speaking);

    // new ChargeOptions { Amount = (long)Math.Round(total * 100), Currency = order.Currency }
    private static bool IsBesideCurrency(IOperation product) => product.Ancestor<ISimpleAssignmentOperation>() is { Target: IPropertyReferenceOperation { Property: { Type: var type, Name: var amount } }, Parent: IObjectOrCollectionInitializerOperation initializer } && IsIntegral(type.WithoutNullable() ?? type) && Words.ContainAny(amount, Charged)
        && initializer.Initializers.OfType<ISimpleAssignmentOperation>().Any(assignment => assignment.Target.ReferencedSymbol()?.Name.EndsWith("Currency", StringComparison.Ordinal) == true && !assignment.Value.WithoutConversions().ConstantValue.HasValue
            && assignment.Value.DescendantsAndSelf().Any(part => part.ReferencedSymbol() is IPropertySymbol or IParameterSymbol or ILocalSymbol));

    private static readonly HashSet<string> Charged = Words.SetOf("amount total price");
}

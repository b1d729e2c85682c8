using System.Runtime.CompilerServices;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Money;

/// <summary>Currency signs that are typed beside an amount: <c>$"Total: ${order.Total:N2}"</c>.</summary>
internal static class CurrencySigns
{
    private static readonly ConditionalWeakTable<Compilation, object> Knowing = new();

    /// <summary>The first sign in the text, with the amount that it stands beside, or null.</summary>
    public static (string Sign, IInterpolationOperation Amount)? In(IInterpolatedStringOperation text, MoneyWords money)
    {
        for (var i = 0; i < text.Parts.Length; i++)
        {
            if (text.Parts[i] is not IInterpolationOperation { Expression: var value } amount || !Amounts.IsDecimal(value.Type) && !Amounts.IsFloating(value.Type))
                continue;
            if (Sign(i > 0 ? text.Parts[i - 1] : null, last: true) is not { } sign && Sign(i + 1 < text.Parts.Length ? text.Parts[i + 1] : null, last: false) is not { } after)
                continue;
            if (money.Mean(value) || value.WithoutConversions() is IMemberReferenceOperation { Member.Name: "Amount" or "Value" })
                return (Sign(i > 0 ? text.Parts[i - 1] : null, last: true) ?? Sign(text.Parts[i + 1], last: false)!, amount);
        }
        return null;
    }

    /// <summary>The sign that the left side of a sum of texts ends with, and the amount on its right, or null.</summary>
    public static (string Sign, IOperation Amount)? Before(IBinaryOperation sum, MoneyWords money)
    {
        if (sum.OperatorKind != BinaryOperatorKind.Add || (sum.LeftOperand is IBinaryOperation { RightOperand: var last } ? last : sum.LeftOperand).WithoutConversions().ConstantValue is not { HasValue: true, Value: string { Length: > 0 } text } || !IsSign(text[text.Length - 1]))
            return null;
        var value = sum.RightOperand.WithoutConversions();
        if (value is IInvocationOperation { TargetMethod.Name: "ToString", Instance: { } formatted })
            value = formatted.WithoutConversions();
        return (Amounts.IsDecimal(value.Type) || Amounts.IsFloating(value.Type)) && money.Mean(value) ? (text[text.Length - 1].ToString(), value) : null;
    }

    private static bool IsSign(char sign) => sign is '$' or '€' or '£' or '¥' or '₹' or '₫' or '₺' or '₽' or '₩';

    /// <summary>Whether the product knows more than one currency: a member of its source is called so, or a setting (<c>config["Currency"]</c>).</summary>
    public static bool HasCurrencies(Compilation compilation) => (bool)Knowing.GetValue(compilation, all =>
        all.ContainsSymbolsWithName(name => name.IndexOf("urrency", StringComparison.Ordinal) >= 0 && ContextKind.Currency.Speaks(name), SymbolFilter.Member)
        || all.SyntaxTrees.Any(tree => TextSearch.Contains(tree, "urrency\"")));

    private static string? Sign(IInterpolatedStringContentOperation? part, bool last)
    {
        if (part is not IInterpolatedStringTextOperation { Text.ConstantValue: { HasValue: true, Value: string plain } } || plain.Trim() is not { Length: > 0 } text)
            return null;
        var sign = last ? text[text.Length - 1] : text[0];
        return IsSign(sign) ? sign.ToString() : null;
    }
}

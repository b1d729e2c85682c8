using Microsoft.CodeAnalysis.CSharp;
using RiskAnalyzers.Rules.Money;

namespace RiskAnalyzers.Tests.Rules.Money;

/// <summary>Which products know more than one currency: the prelude's always does.</summary>
public sealed class CurrencySignsTests
{
    [Fact]
    public void A_setting_that_names_the_currency_is_one() => Assert.True(HasCurrencies("""class Shop { string Sign(System.Collections.Generic.Dictionary<string, string> settings) => settings["DefaultCurrency"]; }"""));

    [Fact]
    public void A_member_that_names_the_currency_is_one() => Assert.True(HasCurrencies("class Order { public string CurrencyCode { get; set; } }"));

    [Fact]
    public void A_product_that_never_says_the_word_has_none() => Assert.False(HasCurrencies("""class Order { public decimal Total { get; set; } string Line => $"${Total:N2}"; }"""));

    private static bool HasCurrencies(string code) => CurrencySigns.HasCurrencies(CSharpCompilation.Create("shop", [CSharpSyntaxTree.ParseText(code)]));
}

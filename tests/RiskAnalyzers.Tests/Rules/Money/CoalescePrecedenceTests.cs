using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Money;

public sealed class CoalescePrecedenceTests() : RuleTest("RISK1002")
{
    [Fact]
    public Task A_quantity_after_the_fallback() => Flags("class C { decimal Line(OrderLine l) => [|l.Product?.Price ?? 0m * l.Quantity|]; }");

    [Fact]
    public Task A_product_without_parentheses_is_right() => Allows("class C { decimal Line(OrderLine l) => (l.Product?.Price ?? 0m) * l.Quantity; }");

    [Fact]
    public Task Parentheses_keep_the_quantity() => Fixes(
        "class C { decimal Line(OrderLine l) => [|l.Product?.Price ?? 0m * l.Quantity|]; }",
        "class C { decimal Line(OrderLine l) => (l.Product?.Price ?? 0m) * l.Quantity; }");
}

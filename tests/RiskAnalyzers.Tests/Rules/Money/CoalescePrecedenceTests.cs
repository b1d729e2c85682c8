using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Money;

public sealed class CoalescePrecedenceTests() : RuleTest("RISK1002")
{
    [Fact]
    public Task A_dictionary_of_what_may_be_missing() => Flags("class C { decimal M(Dictionary<int, decimal?> prices, int k, int n) => [|prices.GetValueOrDefault(k) ?? 0m * n|]; }");

    [Fact]
    public Task A_quantity_after_the_fallback() => Flags("class C { decimal Line(OrderLine l) => [|l.Product?.Price ?? 0m * l.Quantity|]; }");

    [Fact]
    public Task A_sum_after_the_fallback() => Flags("class C { decimal M(decimal? subtotal, decimal shipping) { var total = [|subtotal ?? 0 + shipping|]; return total; } }");

    [Fact]
    public Task A_tax_that_may_be_missing() => Flags("class C { decimal Total { get; set; } decimal? TaxAmount { get; set; } decimal Net => [|Total - TaxAmount ?? 0|]; }");

    [Fact]
    public Task The_last_of_a_longer_sum() => Flags("class C { decimal M(Order o, decimal fee) => [|o.Total + fee + o.ShippingCost ?? 0m|]; }");

    [Fact]
    public Task A_default_quantity_of_one() => Flags("class C { decimal M(int? quantity, decimal price) => [|quantity ?? 1 * price|]; }");

    [Fact]
    public Task A_share_after_the_fallback() => Flags("class C { decimal M(decimal price, decimal? percent) => price - ([|percent ?? 0 / 100m|]); }");

    [Fact]
    public Task Inside_a_sum() => Flags("class C { decimal M(List<OrderLine> lines) => lines.Sum(l => [|l.Product?.Price ?? 0 * l.Quantity|]); }");

    [Fact]
    public Task A_dictionary_s_entry() => Flags("class C { decimal M(Dictionary<int, decimal?> prices, int id, int n) => [|prices[id] ?? 0m * n|]; }");

    [Fact]
    public Task The_framework_s_zero() => Flags("class C { decimal M(decimal? fee, decimal amount) => [|fee ?? decimal.Zero + amount|]; }");

    [Fact]
    public Task Two_fallbacks_in_one_sum() => Flags("class C { decimal? M(decimal? subtotal, decimal? shipping) => [|subtotal ?? 0m + shipping ?? 0m|]; }");

    [Fact]
    public Task A_factor_that_is_one_when_missing() => Flags("class C { decimal M(decimal price, decimal? rate) => [|price * rate ?? 1|]; }");

    [Fact]
    public Task A_condition_after_false() => Flags("class C { bool M(bool? isPaid, Order o) => [|isPaid ?? false && o.Total > 0|]; }");

    [Fact]
    public Task An_alternative_after_false() => Flags("class C { bool M(bool? isAdmin, bool isOwner) => [|isAdmin ?? false || isOwner|]; }");

    [Fact]
    public Task A_double() => Flags("class C { double M(double? price, int n) => [|price ?? 0.0 * n|]; }");

    [Fact]
    public Task A_product_without_parentheses_is_right() => Allows("class C { decimal Line(OrderLine l) => (l.Product?.Price ?? 0m) * l.Quantity; }");

    [Fact]
    public Task Parentheses_around_each_fallback() => Allows("class C { decimal M(Order o, decimal? tax) => o.Total + (o.ShippingCost ?? 0m) - (tax ?? 0); }");

    [Fact]
    public Task A_computed_fallback() => Allows("class C { decimal M(decimal? total, decimal price, int n) => total ?? price * n; }");

    [Fact]
    public Task A_text() => Allows("class C { string M(string? name, int id) => name ?? \"guest\" + id; }");

    [Fact]
    public Task Parentheses_that_say_so() => Allows("class C { decimal M(decimal? a, decimal b) => a ?? (0m + b); decimal N(decimal a, decimal? b) => (a - b) ?? 0m; }");

    [Fact]
    public Task A_plain_fallback() => Allows("class C { decimal M(decimal? price) => price ?? 0m; }");

    [Fact]
    public Task A_product_with_a_missing_price_is_nothing_either_way() => Allows("class C { decimal M(decimal? price, int n) => price * n ?? 0m; }");

    [Fact]
    public Task A_difference_whose_first_part_may_be_missing() => Allows("class C { decimal M(decimal? total, decimal paid) => total - paid ?? 0m; }");

    [Fact]
    public Task Another_fallback() => Allows("class C { decimal M(decimal? sale, decimal? list, decimal own) => sale ?? list ?? own * 2; }");

    [Fact]
    public Task A_limit_that_is_not_neutral() => Allows("class C { int M(int? limit, int extra) => limit ?? 10 + extra; }");

    [Fact]
    public Task A_condition_of_its_own() => Allows("class C { bool M(bool? isPaid, bool isOwner, Order o) => isPaid ?? isOwner && o.Total > 0; }");

    [Fact]
    public Task A_fallback_in_a_condition() => Allows("class C { bool M(bool? isPaid, Order o) => (isPaid ?? false) && o.Total > 0; }");

    [Fact]
    public Task Parentheses_keep_the_quantity() => Fixes(
        "class C { decimal Line(OrderLine l) => [|l.Product?.Price ?? 0m * l.Quantity|]; }",
        "class C { decimal Line(OrderLine l) => (l.Product?.Price ?? 0m) * l.Quantity; }");

    [Fact]
    public Task Parentheses_keep_the_total() => Fixes(
        "class C { decimal M(Order o) => [|o.Total - o.ShippingCost ?? 0m|]; }",
        "class C { decimal M(Order o) => o.Total - (o.ShippingCost ?? 0m); }");

    [Fact]
    public Task Parentheses_keep_both_fallbacks_apart() => Fixes(
        "class C { decimal M(decimal? subtotal, decimal? shipping) => [|subtotal ?? 0m + shipping ?? 0m|]; }",
        "class C { decimal M(decimal? subtotal, decimal? shipping) => (subtotal ?? 0m) + (shipping ?? 0m); }");

    [Fact]
    public Task Parentheses_keep_the_condition() => Fixes(
        "class C { bool M(bool? isPaid, Order o) => [|isPaid ?? false && o.Total > 0|]; }",
        "class C { bool M(bool? isPaid, Order o) => (isPaid ?? false) && o.Total > 0; }");
}

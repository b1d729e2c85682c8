using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Money;

public sealed class IntegerMoneyArithmeticTests() : RuleTest("RISK1004")
{
    [Fact]
    public Task Points_that_become_money_a_hundred_at_a_time() => Flags("class Loyalty { decimal Discount(int points) => [|points / 100|] * 0.5m; }");

    [Fact]
    public Task Points_through_a_local() => Flags("class Loyalty { decimal RedeemValue(Customer c, int loyaltyPoints) { decimal value = [|loyaltyPoints / 100|] * 5.0m; return value; } }");

    [Fact]
    public Task Whole_packs_of_points_that_stay_whole() => Allows("class Loyalty { int Packs(int points) => points / 100; string Level(int points) => (points / 1000).ToString(); }");

    [Fact]
    public Task A_percentage_in_parentheses() => Flags("class C { decimal M(decimal price, int percent) => price * ([|percent / 100|]); }");

    [Fact]
    public Task What_is_left_of_the_price() => Flags("class C { decimal M(Order order, int discount) => order.Total * (1 - [|discount / 100|]); }");

    [Fact]
    public Task A_rate_kept_in_a_local() => Flags("class C { decimal M(decimal subtotal, int taxPercent) { var taxRate = [|taxPercent / 100|]; return subtotal * taxRate; } }");

    [Fact]
    public Task A_rate_declared_as_decimal() => Flags("class C { decimal M(decimal amount, int commissionPct) { decimal factor = [|commissionPct / 100|]; return amount * factor; } }");

    [Fact]
    public Task A_rate_declared_as_double() => Flags("class C { double M(int vatPercentage) { double rate = [|vatPercentage / 100|]; return rate; } }");

    [Fact]
    public Task Cents_to_units() => Flags("class C { decimal Amount { get; set; } void M(long amountInCents) => Amount = [|amountInCents / 100|]; }");

    [Fact]
    public Task Cast_after_the_division() => Flags("class S { public long AmountTotal { get; set; } } class C { decimal M(S session) => (decimal)([|session.AmountTotal / 100|]); }");

    [Fact]
    public Task The_result_of_a_payment() => Flags("record Paid(decimal Amount); class Intent { public long Amount { get; set; } } class C { Paid M(Intent intent) => new([|intent.Amount / 100|]); }");

    [Fact]
    public Task An_inverted_percentage() => Flags("class C { decimal M(decimal price, int percentOff) => ([|(100 - percentOff) / 100|]) * price; }");

    [Fact]
    public Task A_compound_assignment() => Flags("class C { decimal M(decimal total, int surchargePercent) { total += total * ([|surchargePercent / 100|]); return total; } }");

    [Fact]
    public Task Cents_times_quantity() => Flags("class C { int M(int unitPriceCents, int quantity) => [|unitPriceCents * quantity|]; }");

    [Fact]
    public Task Cents_times_quantity_widened_too_late() => Flags("class L { public int PriceCents { get; set; } public int Qty { get; set; } } class C { long M(L line) { long total = [|line.PriceCents * line.Qty|]; return total; } }");

    [Fact]
    public Task Inside_a_sum() => Flags("class L { public int UnitPrice { get; set; } public int Quantity { get; set; } } class C { long M(List<L> lines) => lines.Sum(l => (long)([|l.UnitPrice * l.Quantity|])); }");

    [Fact]
    public Task A_split_that_loses_the_rest() => Flags("class C { decimal M(int totalCents, int people) => [|totalCents / people|]; }");

    [Fact]
    public Task Pence_times_a_count() => Flags("class C { int M(int pence, List<int> items) => [|pence * items.Count|]; }");

    [Fact]
    public Task A_percentage_kept_under_any_name() => Flags("class C { decimal M(Order o, int discountPercent) { var d = [|discountPercent / 100|]; return o.Total * d; } }");

    [Fact]
    public Task Nullable_cents() => Flags("class S { public long? AmountTotal { get; set; } } class C { decimal M(S session) => [|(session.AmountTotal ?? 0) / 100|]; }");

    [Fact]
    public Task Decimal_first() => Allows("class C { decimal M(decimal price, int percent) => price * percent / 100; }");

    [Fact]
    public Task A_decimal_divisor() => Allows("class C { decimal M(decimal price, int percent) => price * (percent / 100m); }");

    [Fact]
    public Task A_decimal_percentage() => Allows("class C { decimal M(decimal price, decimal percent) => price * (percent / 100); }");

    [Fact]
    public Task Cast_before_the_division() => Allows("class C { decimal M(long amountCents) => (decimal)amountCents / 100; }");

    [Fact]
    public Task Units_and_cents_to_print() => Allows("class C { string M(int cents) => $\"{cents / 100}.{cents % 100:00}\"; }");

    [Fact]
    public Task Whole_units_that_stay_integers() => Allows("class C { int M(int amountCents) { int euros = amountCents / 100; return euros; } }");

    [Fact]
    public Task Pages() => Allows("class C { double M(int total, int pageSize) => Math.Ceiling((double)(total / pageSize)); }");

    [Fact]
    public Task A_progress_bar() => Allows("class C { double M(int done, int length) { double progress = done * 100 / length; return progress; } }");

    [Fact]
    public Task Long_arithmetic() => Allows("class C { long M(long unitCents, int quantity) => unitCents * quantity; }");

    [Fact]
    public Task A_checked_product() => Allows("class C { int M(int unitCents, int quantity) => checked(unitCents * quantity); }");

    [Fact]
    public Task Widened_first() => Allows("class C { long M(int unitCents, int quantity) => (long)unitCents * quantity; }");

    [Fact]
    public Task A_bounded_quantity() => Allows("class C { int M(int unitCents, int quantity) { if (quantity is < 1 or > 99) throw new ArgumentOutOfRangeException(); return unitCents * quantity; } }");

    [Fact]
    public Task A_constant_factor() => Allows("class C { int M(int priceCents) => priceCents * 2; }");

    [Fact]
    public Task Something_that_is_not_money() => Allows("class C { int M(int width, int height) => width * height; decimal N(int width) => width / 100; }");

    [Fact]
    public Task Milliseconds() => Allows("class C { double M(int elapsedMs) => elapsedMs / 1000; }");

    [Fact]
    public Task The_divisor_becomes_decimal() => Fixes(
        "class C { decimal M(decimal price, int percent) => price * (1 - [|percent / 100|]); decimal N(long cents) => (decimal)([|cents / 100|]); }",
        "class C { decimal M(decimal price, int percent) => price * (1 - percent / 100m); decimal N(long cents) => (decimal)(cents / 100m); }");

    [Fact]
    public Task The_product_is_computed_as_long() => Fixes(
        "class C { long M(int unitCents, int quantity) { long total = [|unitCents * quantity|]; return total; } }",
        "class C { long M(int unitCents, int quantity) { long total = (long)unitCents * quantity; return total; } }");

    [Fact]
    public Task An_int_product_is_checked() => Fixes(
        "class C { int M(int unitCents, int quantity) => [|unitCents * quantity|]; }",
        "class C { int M(int unitCents, int quantity) => checked(unitCents * quantity); }");
}

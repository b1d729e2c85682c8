using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Money;

public sealed class TruncatedMinorUnitsTests() : RuleTest("RISK1001")
{
    private const string Gateway = " public class IntentOptions { public long Amount { get; set; } public long? UnitAmount { get; set; } public string Currency { get; set; } = \"\"; }";

    [Fact]
    public Task A_total_times_a_hundred() => Flags("class C { long M(Order order) => [|(long)(order.Total * 100)|]; }");

    [Fact]
    public Task In_the_options_of_a_gateway() => Flags("class C { IntentOptions M(Order order) => new() { Amount = [|(long)(order.Total * 100)|], Currency = \"eur\" }; }" + Gateway);

    [Fact]
    public Task Whole_units_in_a_local_that_a_gateway_is_given() =>
        Flags("class C { IntentOptions M(Order order) { var amount = [|(long)order.Total|]; var id = Guid.NewGuid(); return new() { Amount = amount, Currency = \"vnd\" }; } }" + Gateway);

    [Fact]
    public Task Whole_units_in_a_local_that_is_only_shown() =>
        Allows("class C { string M(Order order) { var amount = (long)order.Total; return amount + \" points\"; } }" + Gateway);

    [Fact]
    public Task A_floating_point_price() => Flags("class C { int M(double price) { var cents = [|(int)(price * 100.0)|]; return cents; } }");

    [Fact]
    public Task A_method_named_for_cents() => Flags("static class C { public static long ToCents(this decimal value) => [|(long)(value * 100m)|]; }");

    [Fact]
    public Task The_hundred_in_front() => Flags("class C { IntentOptions M(decimal amountDue) => new() { UnitAmount = [|(long)(100 * amountDue)|] }; }" + Gateway);

    [Fact]
    public Task A_product_of_price_and_quantity() => Flags("class C { long M(List<OrderLine> lines) => lines.Sum(l => [|(long)(l.UnitPrice * l.Quantity * 100)|]); }");

    [Fact]
    public Task A_named_constant() => Flags("class C { const decimal CentsPerEuro = 100m; int M(Product p) => [|(int)(p.Price * CentsPerEuro)|]; }");

    [Fact]
    public Task A_power_of_ten() => Flags("class C { long M(decimal amount, int decimals) => [|(long)(amount * (decimal)Math.Pow(10, decimals))|]; }");

    [Fact]
    public Task A_scale_looked_up_for_the_currency() => Flags("class C { long M(Order order) { var multiplier = Of(order.Currency); return [|(long)(order.Total * multiplier)|]; } int Of(string c) => c == \"JPY\" ? 1 : 100; }");

    [Fact]
    public Task The_framework_s_own_conversion() => Flags("class C { long M(decimal total) => [|decimal.ToInt64(total * 100m)|]; }");

    [Fact]
    public Task A_product_kept_in_a_local() => Flags("class C { long M(decimal total) { var scaled = total * 100; return [|(long)scaled|]; } }");

    [Fact]
    public Task In_a_checked_context() => Flags("class C { long M(decimal total) => checked([|(long)(total * 100)|]); }");

    [Fact]
    public Task Cast_before_it_is_multiplied() => Flags("class C { long M(Order order) => [|(long)order.Total|] * 100; }");

    [Fact]
    public Task An_amount_given_to_a_gateway_as_whole_units() => Flags("class C { IntentOptions M(Order order) => new() { Amount = [|(long)order.Total|] }; }" + Gateway);

    [Fact]
    public Task An_awaited_total() => Flags("class C { async Task<IntentOptions> M(int id) => new IntentOptions { Amount = [|(long)(await GetTotalAsync(id) * 100m)|], Currency = \"usd\" }; Task<decimal> GetTotalAsync(int id) => Task.FromResult(1m); }" + Gateway);

    [Fact]
    public Task A_dictionary_of_request_values() => Flags("class C { Dictionary<string, string> M(decimal refundAmount) => new() { [\"amount\"] = ([|(int)(refundAmount * 100)|]).ToString() }; }");

    [Fact]
    public Task Rounding_to_more_than_cents_elsewhere() => Flags("class C { long M(decimal price, decimal weight) { weight = Math.Round(weight, 1); return [|(long)(price * 100)|]; } }");

    [Fact]
    public Task A_conversion_to_the_smallest_unit() => Flags("class C { long ConvertToSmallestUnit(decimal value, string currency) => currency is \"jpy\" ? 0 : [|(long)(value * 100)|]; long ToGatewayAmount(decimal d) => [|(long)(d * 100)|]; }");

    [Fact]
    public Task A_product_by_method() => Flags("class C { long M(Order o) => [|(long)decimal.Multiply(o.Total, 100m)|]; }");

    [Fact]
    public Task Rounded_first() => Allows("class C { long M(decimal amount) => (long)Math.Round(amount * 100m, MidpointRounding.AwayFromZero); }");

    [Fact]
    public Task Rounded_up() => Allows("class C { long M(decimal fee) => (long)Math.Ceiling(fee * 100m); }");

    [Fact]
    public Task Rounded_inside_the_product() => Allows("class C { long M(decimal total) => (long)(decimal.Round(total, 2, MidpointRounding.AwayFromZero) * 100m); }");

    [Fact]
    public Task Rounded_a_statement_earlier() => Allows("class C { long M(Order order) { var total = Math.Round(order.Total, 2, MidpointRounding.ToEven); return (long)(total * 100m); } }");

    [Fact]
    public Task Scaled_and_rounded_in_a_local() => Allows("class C { long M(decimal total) { var scaled = Math.Round(total * 100m, 0, MidpointRounding.AwayFromZero); return (long)scaled; } }");

    [Fact]
    public Task Fractions_of_a_cent_are_refused() => Allows("class C { long M(decimal amount) { var scaled = amount * 100m; if (scaled != decimal.Truncate(scaled)) throw new ArgumentException(); return checked((long)scaled); } }");

    [Fact]
    public Task A_percentage_of_two_amounts() => Allows("class C { int M(decimal discount, decimal price) => (int)(discount / price * 100); }");

    [Fact]
    public Task A_percentage_to_show() => Allows("class C { int M(decimal taxRate) { var percent = (int)(taxRate * 100); return percent; } }");

    [Fact]
    public Task Loyalty_points() => Allows("class C { int M(Order order) { int points = (int)(order.Total * 100); return points; } }");

    [Fact]
    public Task Whole_units_to_show() => Allows("class C { string M(Order order) => $\"{(int)order.Total}\"; }");

    [Fact]
    public Task Something_that_is_not_money() => Allows("class C { int M(double weight) => (int)(weight * 1000); }");

    [Fact]
    public Task A_currency_without_cents() => Allows("class C { IntentOptions M(Order order) => new() { Amount = IsZeroDecimal(order.Currency) ? (long)order.Total : Cents(order.Total) }; bool IsZeroDecimal(string c) => c == \"JPY\"; long Cents(decimal x) => 0; }" + Gateway);

    [Fact]
    public Task Cents_back_to_units() => Allows("class C { decimal M(long amountCents) => amountCents / 100m; }");

    [Fact]
    public Task Integers_stay_exact() => Allows("class C { long M(int price) => (long)(price * 100); }");

    [Fact]
    public Task A_conversion_that_rounds() => Allows("class C { long M(decimal total) => Convert.ToInt64(total * 100m); }");

    [Fact]
    public Task Rounding_takes_the_place_of_the_cut() => Fixes(
        "class C { long M(Order order) => [|(long)(order.Total * 100)|]; }",
        "class C { long M(Order order) => (long)Math.Round(order.Total * 100, MidpointRounding.AwayFromZero); }");

    [Fact]
    public Task The_framework_s_conversion_is_rounded_too() => Fixes(
        "class C { long M(double price) => [|(long)(price * 100)|]; long N(decimal total) => [|decimal.ToInt64(total * 100m)|]; }",
        "class C { long M(double price) => (long)Math.Round(price * 100, MidpointRounding.AwayFromZero); long N(decimal total) => decimal.ToInt64(Math.Round(total * 100m, MidpointRounding.AwayFromZero)); }");
}

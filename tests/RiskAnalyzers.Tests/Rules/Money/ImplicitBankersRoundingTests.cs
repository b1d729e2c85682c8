using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Money;

public sealed class ImplicitBankersRoundingTests() : RuleTest("RISK1011")
{
    [Fact]
    public Task A_tax_rounded_to_two_places() => Flags(
        "class C { decimal Tax(decimal subtotal, decimal taxRate) => [|Math.Round(subtotal * taxRate, 2)|]; }");

    [Fact]
    public Task Decimal_round_on_a_line_total() => Flags("""
        class InvoiceBuilder
        {
            public void Close(Order order)
            {
                foreach (var line in order.Lines)
                    order.Total += [|decimal.Round(line.UnitPrice * line.Quantity, 2)|];
            }
        }
        """);

    [Fact]
    public Task Cents_through_Convert() => Flags("""
        class StripeMapper
        {
            public long ToMinorUnits(Order order) => [|Convert.ToInt64(order.Total * 100)|];
        }
        """);

    [Fact]
    public Task A_cast_around_a_round_without_digits() => Flags(
        "class C { long Cents(decimal amount) => (long)[|Math.Round(amount * 100m)|]; }");

    [Fact]
    public Task The_target_says_that_it_is_money() => Flags("""
        record Quote(decimal Net, decimal Vat);

        class Quoter
        {
            public Quote For(decimal x, decimal y)
            {
                var vat = [|Math.Round(x * y, 2)|];
                return new Quote(x, vat);
            }
        }
        """);

    [Fact]
    public Task An_object_initialiser_in_a_select() => Flags("""
        record LineDto { public decimal LineTotal { get; init; } }

        class Mapper
        {
            public List<LineDto> Map(Order order) => order.Lines.Select(l => new LineDto { LineTotal = [|Math.Round(l.UnitPrice * l.Quantity, 2)|] }).ToList();
        }
        """);

    [Fact]
    public Task A_helper_that_rounds_any_decimal_to_cents() => Flags(
        "static class Rounding { public static decimal ToCents(this decimal value) => [|Math.Round(value, 2)|]; }");

    [Fact]
    public Task A_double_that_is_named_like_money() => Flags(
        "class C { double Apply(double price, double discount) => [|Math.Round(price - discount, 2)|]; }");

    [Fact]
    public Task A_local_that_came_from_a_price() => Flags("""
        class Fees
        {
            public decimal For(Order order)
            {
                var raw = order.Total * 0.029m + 0.30m;
                return [|Math.Round(raw, 1)|];
            }
        }
        """);

    [Fact]
    public Task An_installment_plan() => Flags("""
        class Plan
        {
            public IEnumerable<decimal> Split(decimal total, int months)
            {
                decimal installment = [|Math.Round(total / months, 2)|];
                for (var i = 0; i < months; i++)
                    yield return installment;
            }
        }
        """);

    [Fact]
    public Task A_currency_conversion_with_digits_of_the_currency() => Flags(
        "class Converter { decimal Convert(decimal amount, decimal rate, int digits) => [|decimal.Round(amount * rate, digits)|]; }");

    [Fact]
    public Task An_explicit_mode_is_a_choice() => Allows(
        "class C { decimal Tax(decimal subtotal, decimal taxRate) => Math.Round(subtotal * taxRate, 2, MidpointRounding.ToEven); }");

    [Fact]
    public Task A_mode_without_digits() => Allows(
        "class C { long Cents(decimal amount) => (long)Math.Round(amount * 100m, MidpointRounding.AwayFromZero); }");

    [Fact]
    public Task A_mode_from_the_settings() => Allows(
        "class C(MidpointRounding mode) { decimal Close(decimal total) => decimal.Round(total, 2, mode); }");

    [Fact]
    public Task A_rating_is_no_money() => Allows(
        "class Reviews { decimal Average(List<int> stars) { var rating = Math.Round((decimal)stars.Average(), 2); return rating; } }");

    [Fact]
    public Task A_percentage_of_money() => Allows("""
        class Report
        {
            public object Build(decimal paid, decimal total) => new { CollectionRate = Math.Round(paid / total * 100, 2) };
        }
        """);

    [Fact]
    public Task Seconds_of_a_checkout() => Allows(
        "class Timing { double Elapsed(TimeSpan checkout) => Math.Round(checkout.TotalSeconds, 2); }");

    [Fact]
    public Task The_weight_of_a_parcel() => Allows(
        "class Parcel { decimal Weight(List<decimal> weights) => Math.Round(weights.Sum(weight => weight), 2); }");

    [Fact]
    public Task A_query_that_the_database_rounds() => Allows("""
        class Reports(ShopDb db)
        {
            public Task<List<decimal>> Totals() => db.Orders.Select(o => Math.Round(o.Total, 2)).ToListAsync();
        }
        """);

    [Fact]
    public Task Floor_and_ceiling_have_no_midpoint() => Allows(
        "class C { decimal Cents(decimal amount) => Math.Floor(amount * 100m) / 100m + Math.Ceiling(amount); }");

    [Fact]
    public Task A_round_of_ones_own() => Allows("""
        class MoneyRounding { public decimal Round(decimal amount, int digits) => amount; }
        class C(MoneyRounding house) { decimal Close(decimal total) => house.Round(total, 2); }
        """);

    [Fact]
    public Task Convert_of_a_text() => Allows(
        "class C { long Cents(string amountInCents) => Convert.ToInt64(amountInCents); }");

    [Fact]
    public Task A_quantity_through_Convert() => Allows(
        "class C { int Units(decimal quantity) => Convert.ToInt32(quantity); }");

    [Fact]
    public Task The_fix_rounds_as_invoices_do() => Fixes(
        "class C { decimal Tax(decimal subtotal, decimal taxRate) => [|Math.Round(subtotal * taxRate, 2)|]; }",
        "class C { decimal Tax(decimal subtotal, decimal taxRate) => Math.Round(subtotal * taxRate, 2, MidpointRounding.AwayFromZero); }");

    [Fact]
    public Task The_fix_can_say_that_bankers_rounding_is_meant() => Fixes(
        "class C { decimal Net(decimal gross) => [|decimal.Round(gross / 1.19m, 2)|]; }",
        "class C { decimal Net(decimal gross) => decimal.Round(gross / 1.19m, 2, MidpointRounding.ToEven); }", action: 1);

    [Fact]
    public Task The_fix_turns_Convert_into_a_checked_cast() => Fixes(
        "class C { long Cents(decimal amount) => [|Convert.ToInt64(amount * 100)|]; }",
        "class C { long Cents(decimal amount) => (long)Math.Round(amount * 100, MidpointRounding.AwayFromZero); }");

    [Fact]
    public Task Two_amounts_that_are_compared_to_the_cent() => Allows("class C { bool A(decimal paid, Order order) => Math.Round(paid, 2).Equals(Math.Round(order.Total, 2)); bool B(decimal paid, decimal total) => Math.Round(paid, 2) == Math.Round(total, 2); }");

    [Fact]
    public Task One_rounded_amount_that_is_compared() => Flags("class C { bool A(decimal paid, Order order) => paid == [|Math.Round(order.Total, 2)|]; }");

    [Fact]
    public Task A_conversion_that_its_user_asks_for() => Allows("readonly record struct Money(decimal Amount) { public static explicit operator int(Money money) => Convert.ToInt32(money.Amount); }");
}

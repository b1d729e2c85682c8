namespace RiskAnalyzers.Tests.Rules.Money;

/// <summary>Lines that a filter of a query drops.</summary>
public sealed partial class SkippedLineTests
{
    [Fact]
    public Task A_filter_in_front_of_a_sum() => Flags(
        "class C { decimal Total(Order order) => order.Lines.Where(l => [|l.Product != null|]).Sum(l => l.Product!.Price * l.Quantity); }");

    [Fact]
    public Task A_filter_by_pattern_two_calls_before_the_sum() => Flags("""
        class C
        {
            public decimal Weigh(IEnumerable<OrderLine> lines)
            {
                var total = lines.Where(l => [|l.Product is not null|]).Select(l => l.Product!.Price * l.Quantity).Sum();
                return total;
            }
        }
        """);

    [Fact]
    public Task Items_of_a_certain_state() => Allows(
        "record Payment(decimal Amount, DateTime? PaidAt, string? CouponCode); class C { decimal Paid(List<Payment> all) => all.Where(p => p.PaidAt != null && p.CouponCode == null).Sum(p => p.Amount); }");

    [Fact]
    public Task A_filter_in_front_of_a_list() => Allows(
        "class C { List<string> Names(Order order) => order.Lines.Where(l => l.Product != null).Select(l => l.Product!.Name).ToList(); }");
}

using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Money;

public sealed class MixedCurrenciesTests() : RuleTest("RISK1009")
{
    private const string Types = """

        public record Payment { public int Id { get; init; } public decimal Amount { get; init; } public string Currency { get; init; } = ""; public decimal? Fee { get; init; } }
        public class Wallet { public decimal Balance { get; set; } public string CurrencyCode { get; set; } = ""; }
        public record TransferRequest(decimal Amount, string Currency);
        public class PlainLine { public decimal Amount { get; set; } public int Quantity { get; set; } }
        public class StoreOrder { public decimal Total { get; set; } public string Currency { get; set; } = ""; public decimal ExchangeRate { get; set; } }
        """;

    [Fact]
    public Task A_sum_over_a_sequence() => Flags(
        "class C { decimal Revenue(IEnumerable<Order> orders) => [|orders.Sum(o => o.Total)|]; }");

    [Fact]
    public Task An_operator_that_copies_one_currency() => Flags("""
        public readonly struct Cash
        {
            public Cash(decimal amount, string currency) { Amount = amount; Currency = currency; }
            public decimal Amount { get; }
            public string Currency { get; }
            public static Cash operator +(Cash left, Cash right) => new([|left.Amount + right.Amount|], left.Currency);
        }
        """);

    [Fact]
    public Task A_payment_that_settles_an_order() => Flags("""
        class Settling
        {
            public bool Settles(Payment payment, Order order) => [|payment.Amount >= order.Total|];
        }
        """ + Types);

    [Fact]
    public Task A_refund_compared_with_the_payment() => Flags("""
        class Refunds
        {
            public void Check(Payment payment, TransferRequest refund)
            {
                if ([|refund.Amount > payment.Amount|])
                    throw new InvalidOperationException("too much");
            }
        }
        """ + Types);

    [Fact]
    public Task A_total_in_a_loop() => Flags("""
        class Totals
        {
            public decimal Sum(List<Payment> payments)
            {
                decimal total = 0;
                foreach (var payment in payments)
                    [|total += payment.Amount|];
                return total;
            }
        }
        """ + Types);

    [Fact]
    public Task A_transfer_between_wallets() => Flags("""
        class Transfers
        {
            public void Move(Wallet from, Wallet to, TransferRequest request)
            {
                [|from.Balance -= request.Amount|];
                [|to.Balance += request.Amount|];
            }
        }
        """ + Types);

    [Fact]
    public Task The_largest_payment() => Flags(
        "class C { decimal Largest(Payment[] payments) => [|payments.Max(p => p.Amount)|]; }" + Types);

    [Fact]
    public Task A_sum_in_the_database() => Flags(
        "class C(ShopDb db) { Task<decimal> Spent(string customer) => [|db.Orders.Where(o => o.CustomerId == customer).SumAsync(o => o.Total)|]; }");

    [Fact]
    public Task A_sum_of_selected_amounts() => Flags(
        "class C { decimal Sum(List<Payment> payments) => [|payments.Select(p => p.Amount).Sum()|]; }" + Types);

    [Fact]
    public Task A_fold() => Flags(
        "class C { decimal Sum(List<Payment> payments) => [|payments.Aggregate(0m, (sum, p) => sum + p.Amount)|]; }" + Types);

    [Fact]
    public Task An_entity_that_takes_another_ones_amount() => Flags("""
        public class Account
        {
            public decimal Balance { get; private set; }
            public string Currency { get; private set; } = "EUR";
            public void Apply(Payment payment) => [|Balance += payment.Amount|];
        }
        """ + Types);

    [Fact]
    public Task A_sum_that_takes_the_first_ones_currency() => Flags("""
        class C
        {
            public TransferRequest Total(List<Payment> payments) => new([|payments.Sum(p => p.Amount)|], payments[0].Currency);
        }
        """ + Types);

    [Fact]
    public Task An_amount_that_a_provider_reports() => Flags("""
        class Webhook
        {
            public bool Matches(Payment reported, Order order)
            {
                if ([|reported.Amount != order.Total|]) return false;
                return true;
            }
        }
        """ + Types);

    [Fact]
    public Task Currencies_are_compared_first() => Allows("""
        class Settling
        {
            public bool Settles(Payment payment, Order order) => payment.Currency == order.Currency && payment.Amount >= order.Total;
        }
        """ + Types);

    [Fact]
    public Task A_mismatch_is_refused() => Allows("""
        class Transfers
        {
            public void Move(Wallet from, Wallet to, decimal amount)
            {
                if (!string.Equals(from.CurrencyCode, to.CurrencyCode, StringComparison.OrdinalIgnoreCase))
                    throw new InvalidOperationException("currencies differ");
                from.Balance -= amount;
                to.Balance += amount;
                if (from.Balance < to.Balance) Console.WriteLine("more");
            }
        }
        """ + Types);

    [Fact]
    public Task Sums_by_currency() => Allows(
        "class C { Dictionary<string, decimal> Revenue(IEnumerable<Order> orders) => orders.GroupBy(o => o.Currency).ToDictionary(g => g.Key, g => g.Sum(o => o.Total)); }");

    [Fact]
    public Task A_filter_on_one_currency() => Allows(
        "class C { decimal Revenue(IEnumerable<Order> orders, string currency) => orders.Where(o => o.Currency == currency).Sum(o => o.Total); }");

    [Fact]
    public Task A_conversion_by_rate() => Allows(
        "class C(Dictionary<string, decimal> rates) { decimal Revenue(IEnumerable<Order> orders) => orders.Sum(o => o.Total * rates[o.Currency]); }");

    [Fact]
    public Task A_converter_is_asked() => Allows("""
        interface IConverter { decimal ToBase(decimal amount, string currency); }
        class C(IConverter converter) { decimal Revenue(IEnumerable<Order> orders) => orders.Sum(o => converter.ToBase(o.Total, o.Currency) + 0m); }
        """.Replace("ToBase", "ConvertToBase"));

    [Fact]
    public Task A_guard_with_a_name_that_says_so() => Allows("""
        public record Cash(decimal Amount, string Currency)
        {
            public Cash Plus(Cash other) { EnsureSameCurrency(other); return new(Amount + other.Amount, Currency); }
            private void EnsureSameCurrency(Cash other) { if (other.Currency != Currency) throw new InvalidOperationException(); }
        }
        """);

    [Fact]
    public Task Amounts_of_one_object() => Allows(
        "class C { decimal Net(Payment payment) => payment.Amount - (payment.Fee ?? 0m); decimal Due(Order order) => order.Total + (order.ShippingCost ?? 0m); }" + Types);

    [Fact]
    public Task Lines_without_a_currency() => Allows(
        "class C { decimal Total(List<PlainLine> lines) => lines.Sum(l => l.Amount * l.Quantity); }" + Types);

    [Fact]
    public Task Amounts_kept_in_the_shops_currency() => Allows(
        "class C { decimal Revenue(List<StoreOrder> orders) => orders.Sum(o => o.Total); }" + Types);

    [Fact]
    public Task A_limit_of_no_currency() => Allows(
        "class C { bool IsLarge(Order order, decimal limit) => order.Total > limit && order.Total > 1000m; }");

    [Fact]
    public Task Counting_orders() => Allows(
        "class C { int Lines(List<Order> orders) => orders.Sum(o => o.Lines.Count) + orders.Max(o => o.Id); }");

    [Fact]
    public Task Quantities_of_lines() => Allows(
        "record Item(int Quantity, string Currency, decimal Price); class C { int Units(List<Item> items) => items.Sum(i => i.Quantity); }");

    [Fact]
    public Task Distinct_currencies_are_counted_first() => Allows("""
        class C
        {
            public decimal Total(List<Payment> payments)
            {
                if (payments.Select(p => p.Currency).Distinct().Count() > 1) throw new InvalidOperationException("several currencies");
                return payments.Sum(p => p.Amount);
            }
        }
        """ + Types);

    [Fact]
    public Task A_sum_of_what_each_line_answers() => Flags("""
        public record Money(decimal Amount, string Currency);
        public class Line { public Money UnitPrice { get; set; } = new(0m, "EUR"); public int Quantity { get; set; } public Money GetTotal() => new(UnitPrice.Amount * Quantity, UnitPrice.Currency); }
        public class Basket { private readonly List<Line> lines = new(); public decimal Total() => [|lines.Sum(line => line.GetTotal().Amount)|]; }
        """);

    [Fact]
    public Task A_query_of_several_lines_is_read_at_its_end() => Flags("""
        class C(ShopDb db)
        {
            Task<decimal> Revenue(DateTime since) => db.Orders
                .Where(o => o.Status == OrderStatus.Paid)
                .[|SumAsync(o => o.Total)|];
        }
        """);

    [Fact]
    public Task Rows_that_left_their_currency_behind() => Flags("""
        class C(ShopDb db)
        {
            async Task<decimal> Best()
            {
                var rows = await db.Orders.Select(o => new { o.Id, o.Total }).ToListAsync();
                return rows.Where(r => r.Id > 7).Take(7).Select(r => r.Total).Aggregate(0m, (sum, next) => sum + next) + [|rows.Sum(r => r.Total)|];
            }
        }
        """);

    [Fact]
    public Task Rows_without_a_currency_to_leave_behind() => Allows("""
        class C(ShopDb db)
        {
            async Task<decimal> Stock()
            {
                var rows = await db.Products.Select(p => new { p.Id, p.Price }).ToListAsync();
                return rows.Sum(r => r.Price);
            }
        }
        """);
}

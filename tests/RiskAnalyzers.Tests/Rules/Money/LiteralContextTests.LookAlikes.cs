using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Money;

/// <summary>What looks like the risk and is none.</summary>
public sealed partial class LiteralContextTests
{
    [Fact]
    public Task A_refund_of_nothing_in_the_usual_currency() => Allows("""
        class Refunds(IBank bank)
        {
            public Task RefuseAsync(Order order) => bank.PayAsync(0, "EUR");
        }
        """ + Types);

    [Fact]
    public Task A_shared_constant() => Allows("""
        static class Currencies { public const string Default = "EUR"; }

        class Charging(IBank bank)
        {
            public Task PayAsync(Order order) => bank.PayAsync(order.Total, Currencies.Default);
        }
        """ + Types);

    [Fact]
    public Task A_comparison() => Allows("""
        class Charging
        {
            public bool NeedsConversion(Order order) => order.Currency != "EUR" && !string.Equals(order.Currency, "USD");
        }
        """ + Types);

    [Fact]
    public Task A_default_in_a_constructor() => Allows("""
        class Wallet
        {
            public Wallet(decimal opening) { Balance = opening; Currency = "EUR"; }
            public string Currency { get; }
            public decimal Balance { get; }
        }
        """ + Types);

    [Fact]
    public Task Nothing_in_scope_knows_better() => Allows("""
        class Charging(IBank bank)
        {
            public Task DonateAsync(decimal amount) => bank.PayAsync(amount, "EUR");
        }
        """ + Types);

    [Fact]
    public Task The_order_that_is_being_made() => Allows("""
        class Placing
        {
            public Order Place(decimal total)
            {
                var order = new Order { Total = total, Currency = "EUR" };
                order.Currency = "USD";
                return order;
            }
        }
        """ + Types);

    [Fact]
    public Task Other_texts() => Allows("""
        class Charging
        {
            public ChargeRequest For(Order order, string reason)
            {
                var method = "card";
                Console.WriteLine("EUR" + method + reason);
                return new() { Amount = order.Total, Currency = order.Currency };
            }
        }
        """ + Types);

    [Fact]
    public Task A_look_up_by_currency() => Allows("""
        class Rates(Dictionary<string, decimal> rates)
        {
            public decimal ToEuro(Order order) => order.Currency == "EUR" ? order.Total : order.Total * rates[order.Currency] / rates["EUR"];
        }
        """ + Types);

    [Fact]
    public Task A_default_of_an_optional_parameter() => Allows("""
        class Paying(IBank bank)
        {
            public Task PayAsync(decimal amount, string? currency = null) => bank.PayAsync(amount, currency ?? "USD");
        }
        """ + Types);

    [Fact]
    public Task A_refund_that_is_given_its_currency_later() => Allows("""
        public class PaymentRow { public int Id { get; set; } public decimal Amount { get; set; } public string Currency { get; set; } = ""; }
        public class RefundRow { public int PaymentId { get; set; } public decimal Amount { get; set; } public required string Currency { get; set; } }

        class Refunds
        {
            public RefundRow Open(PaymentRow payment, decimal amount) => new() { PaymentId = payment.Id, Amount = amount, Currency = payment.Currency };
        }
        """);

    [Fact]
    public Task A_money_of_ones_own_and_its_factory() => Allows("""
        public record Price(decimal Amount, string Currency = "EUR")
        {
            public static Price ZeroAmount(decimal amount = 0m, string currency = "EUR") => new(amount, currency);
        }
        """);

    [Fact]
    public Task A_total_that_starts_in_the_orders_currency() => Allows("""
        public record Price(decimal Amount, string Currency) { public static Price Zero(string currency) => new(0m, currency); }
        class Totals { Price Of(Order order) { var total = Price.Zero(order.Currency); var none = new Price(0m, order.Currency); return total with { Amount = none.Amount }; } }
        """);

    [Fact]
    public Task A_fixed_price_that_is_no_total() => Allows("""
        public record Price(decimal Amount, string Currency) { public static Price Zero(string currency) => new(0m, currency); }
        class Gift { object Wrap() { var wrapping = Price.Zero("EUR"); return wrapping; } }
        """);

    [Fact]
    public Task The_format_of_a_currency_nobody_knows() => Allows("""
        class Names
        {
            public NumberFormatInfo? GetNumberFormatInfo(string currency, bool useFallback) => useFallback ? Fallback(currency) : null;
            private NumberFormatInfo Fallback(string currency) { var dollars = (NumberFormatInfo)GetNumberFormatInfo("USD", false)!.Clone(); dollars.CurrencySymbol = currency; return dollars; }
        }
        """);

    [Fact]
    public Task A_fallback_that_is_only_displayed() => Allows("""
        interface IDisplayFormatter { string Currency(decimal amount, string currency); }
        class PlanRequest { public decimal Amount { get; set; } public string? Currency { get; set; } }
        class Pages(IDisplayFormatter displayFormatter) { string Price(PlanRequest? request) => displayFormatter.Currency(request?.Amount ?? 0m, request?.Currency ?? "USD"); }
        """);
}

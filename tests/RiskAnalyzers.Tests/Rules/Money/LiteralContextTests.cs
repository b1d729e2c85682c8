using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Money;

public sealed class LiteralContextTests() : RuleTest("RISK1014")
{
    private const string Types = """

        public record Money(decimal Amount, string Currency);
        public class Address { public string Street { get; set; } = ""; public string CountryCode { get; set; } = ""; public string? State { get; set; } }
        public class Invoice { public string TenantId { get; set; } = ""; public Address BillingAddress { get; set; } = new(); public decimal Total { get; set; } }
        public record ChargeRequest { public decimal Amount { get; init; } public string Currency { get; init; } = ""; public string? TenantId { get; init; } }
        public interface ITaxes { decimal RateFor(string country, string? region = null); }
        public interface IBank { Task PayAsync(decimal amount, string currency); }
        """;

    [Fact]
    public Task A_currency_in_an_object_initialiser() => Flags("""
        class Charging
        {
            public ChargeRequest For(Order order) => new() { Amount = order.Total, Currency = [|"usd"|] };
        }
        """ + Types);

    [Fact]
    public Task A_currency_as_an_argument() => Flags("""
        class Charging(IBank bank)
        {
            public Task PayAsync(Order order) => bank.PayAsync(order.Total, [|"EUR"|]);
        }
        """ + Types);

    [Fact]
    public Task A_named_argument_of_a_record() => Flags("""
        class Totals
        {
            public Money Of(List<Order> orders)
            {
                foreach (var order in orders)
                    return new Money(order.Total, Currency: [|"GBP"|]);
                return null!;
            }
        }
        """ + Types);

    [Fact]
    public Task A_country_that_the_address_knows() => Flags("""
        class Tax(ITaxes taxes)
        {
            public decimal On(Invoice invoice) => invoice.Total * taxes.RateFor([|"US"|]);
        }
        """ + Types);

    [Fact]
    public Task A_state_that_the_address_knows() => Flags("""
        class Tax(ITaxes taxes)
        {
            public decimal On(Invoice invoice, Address shipTo) => invoice.Total * taxes.RateFor(shipTo.CountryCode, region: [|"CA"|]);
        }
        """ + Types);

    [Fact]
    public Task A_fallback_for_the_orders_own_tenant() => Flags("""
        class Billing
        {
            public string Key(ChargeRequest request)
            {
                var tenant = request.TenantId ?? [|"tenant-a"|];
                return tenant;
            }
        }
        """ + Types);

    [Fact]
    public Task A_literal_beside_a_parameter_that_says_it() => Flags("""
        class Paying(IBank bank)
        {
            public Task PayAsync(decimal amount, string currency) => bank.PayAsync(amount, [|"USD"|]);
        }
        """ + Types);

    [Fact]
    public Task An_entity_that_forgets_its_own_currency() => Flags("""
        class Wallet
        {
            public string Currency { get; private set; } = "EUR";
            public decimal Balance { get; private set; }
            public Money Available() => new(Balance, [|"EUR"|]);
        }
        """ + Types);

    [Fact]
    public Task A_local_that_was_loaded() => Flags("""
        class Capture(ShopDb db, IBank bank)
        {
            public async Task CaptureAsync(int id)
            {
                var order = await db.Orders.SingleAsync(o => o.Id == id);
                await bank.PayAsync(order.Total, [|"usd"|]);
            }
        }
        """ + Types);

    [Fact]
    public Task A_lambda_over_orders() => Flags("""
        class Report
        {
            public List<Money> Totals(IEnumerable<Order> orders) => orders.Select(o => new Money(o.Total, [|"USD"|])).ToList();
        }
        """ + Types);

    [Fact]
    public Task A_currency_chosen_by_a_condition() => Flags("""
        class Charging(IBank bank)
        {
            public Task PayAsync(Order order, bool test) => bank.PayAsync(order.Total, test ? [|"XTS"|] : order.Currency);
        }
        """ + Types);

    [Fact]
    public Task A_local_variable_with_a_literal() => Flags("""
        class Charging(IBank bank)
        {
            public Task PayAsync(Order order)
            {
                var currency = [|"usd"|];
                return bank.PayAsync(order.Total, currency);
            }
        }
        """ + Types);

    [Fact]
    public Task Many_that_each_carry_their_own() => Flags("class Totals { public Money Sum(IEnumerable<Money> parts) { var sum = 0m; foreach (var part in parts) sum += part.Amount; return new Money(sum, [|\"USD\"|]); } }" + Types);

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
    public Task The_zero_of_a_currency() => Allows("""
        public record Price(decimal Amount, string Currency) { public static Price Zero() => new(0m, "EUR"); }
        """);

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
    public Task A_question_about_a_country() => Allows("""
        interface IZones { bool Serves(string country); }
        class Zones(IZones zones) { public bool Domestic(Invoice invoice) => zones.Serves("DE"); }
        """ + Types);

    [Fact]
    public Task A_default_of_an_optional_parameter() => Allows("""
        class Paying(IBank bank)
        {
            public Task PayAsync(decimal amount, string? currency = null) => bank.PayAsync(amount, currency ?? "USD");
        }
        """ + Types);

    [Fact]
    public Task Settings_that_the_whole_product_shares() => Allows("""
        class ShopOptions { public string Currency { get; set; } = "EUR"; }
        class Setup { public void Configure(ShopOptions options, string name) { var other = new ChargeRequest { Currency = "EUR" }; Console.WriteLine(other); } }
        """ + Types);

    [Fact]
    public Task A_state_of_an_order_is_no_region() => Allows("""
        class Saga { public string State { get; set; } = "New"; public void Move(Invoice invoice) { State = "PAID"; } }
        """ + Types);

    [Fact]
    public Task The_fix_uses_the_orders_currency() => Fixes("""
        class Charging(IBank bank)
        {
            public Task PayAsync(Order order) => bank.PayAsync(order.Total, [|"EUR"|]);
        }
        """ + Types, """
        class Charging(IBank bank)
        {
            public Task PayAsync(Order order) => bank.PayAsync(order.Total, order.Currency);
        }
        """ + Types);

    [Fact]
    public Task The_fix_keeps_the_case_that_a_provider_wants() => Fixes("""
        class Charging
        {
            public ChargeRequest For(Order order) => new() { Amount = order.Total, Currency = [|"usd"|] };
        }
        """ + Types, """
        class Charging
        {
            public ChargeRequest For(Order order) => new() { Amount = order.Total, Currency = order.Currency.ToLowerInvariant() };
        }
        """ + Types);

    [Fact]
    public Task The_fix_refuses_what_is_missing() => Fixes("""
        class Billing { public string Key(ChargeRequest request) => request.TenantId ?? [|"tenant-a"|]; }
        """ + Types, """
        class Billing { public string Key(ChargeRequest request) => request.TenantId ?? throw new InvalidOperationException("request.TenantId is missing"); }
        """ + Types);
}

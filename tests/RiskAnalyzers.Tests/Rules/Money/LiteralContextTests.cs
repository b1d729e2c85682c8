using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Money;

public sealed partial class LiteralContextTests() : RuleTest("RISK1014")
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
            public string Currency { get; private set; } = [|"EUR"|];
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

    [Fact]
    public Task A_request_whose_currency_is_dollars_unless_somebody_says_so() => Flags("""
        public class ProcessPaymentRequest
        {
            [Required] public string OrderId { get; set; } = "";
            public decimal Amount { get; set; }
            [Required, StringLength(3)] public string Currency { get; set; } = [|"USD"|];
        }
        """);

    [Fact]
    public Task An_event_that_is_charged_in_dollars_when_it_says_nothing() => Flags("""
        public sealed record OrderPlacedEvent
        {
            public Guid OrderId { get; init; }
            public decimal TotalAmount { get; init; }
            public string CurrencyCode { get; init; } = [|"EUR"|];
        }
        """);

    [Fact]
    public Task An_entity_of_a_payment_in_minor_units() => Flags("""
        public class PaymentRecord { public int Id { get; set; } public long AmountMinor { get; private set; } public string Currency { get; private set; } = [|"TRY"|]; }
        """);

    [Fact]
    public Task A_default_of_a_positional_command() => Flags("""
        public record ChargeCardCommand(Guid OrderId, decimal Amount, string [|Currency|] = "usd");
        """);

    [Fact]
    public Task An_interface_whose_callers_may_leave_it_out() => Flags("""
        public interface IChargeService { Task<string> CreateIntentAsync(decimal amount, string [|currency|] = "usd", CancellationToken cancellation = default); }

        public class ChargeService : IChargeService
        {
            public Task<string> CreateIntentAsync(decimal amount, string currency = "usd", CancellationToken cancellation = default) => Task.FromResult(currency + amount.ToString(CultureInfo.InvariantCulture));
        }
        """);

    [Fact]
    public Task A_request_to_a_provider_in_one_currency() => Flags("""
        class Gateway(HttpClient http)
        {
            private sealed record GatewayCharge(string Key, decimal Price, string Currency, int Installments);

            public Task ChargeAsync(string key, decimal total, int installments) =>
                http.PostAsJsonAsync("charges", new GatewayCharge(key, total, [|"TRY"|], installments));
        }
        """);

    [Fact]
    public Task Options_of_a_checkout_page_in_one_currency() => Flags("""
        public class CheckoutLineOptions { public long UnitAmount { get; set; } public string? Currency { get; set; } public string? Name { get; set; } }

        class Pages
        {
            public List<CheckoutLineOptions> For(List<OrderLine> lines) =>
                lines.Select(line => new CheckoutLineOptions { UnitAmount = (long)Math.Round(line.UnitPrice * 100m, MidpointRounding.AwayFromZero), Currency = [|"usd"|], Name = line.Product!.Name }).ToList();
        }
        """);

    [Fact]
    public Task A_refund_that_leaves_the_payments_currency_behind() => Flags("""
        public class PaymentRow { public int Id { get; set; } public decimal Amount { get; set; } public string Currency { get; set; } = ""; }
        public class RefundRow { public int PaymentId { get; set; } public decimal Amount { get; set; } public string Currency { get; set; } = [|"USD"|]; }

        class Refunds
        {
            public RefundRow Open(PaymentRow payment, decimal amount)
            {
                var refund = new [|RefundRow|] { PaymentId = payment.Id, Amount = amount };
                return refund;
            }
        }
        """);

    [Fact]
    public Task A_fallback_for_what_the_first_line_knows() => Flags("""
        class Totals { public Money Of(List<Money> parts) { var currency = parts.FirstOrDefault()?.Currency ?? [|"BHD"|]; return new Money(0m, currency); } }
        """ + Types);

    private const string OwnMoney = """

        public sealed class Money
        {
            private Money(decimal amount, string currency) { Amount = amount; Currency = currency; }
            public decimal Amount { get; }
            public string Currency { get; }
            public static Money Create(decimal amount, string [|currency|] = "USD") => new(amount, currency);
            public static Money Zero(string currency = "USD") => new(0m, currency);
            public Money Add(Money other) => new(Amount + other.Amount, Currency);
        }
        """;

    [Fact]
    public Task A_total_that_starts_in_the_factory_s_currency() => Flags("""
        public class Bill
        {
            private readonly List<Money> lines = new();
            public Money TotalAmount { get; private set; }
            public Bill() => TotalAmount = [|Money.Create(0)|];
            public void Recalculate()
            {
                var total = [|Money.Zero()|];
                foreach (var line in lines)
                    total = total.Add(line);
                TotalAmount = total;
            }
        }
        """ + OwnMoney);

    [Fact]
    public Task A_total_that_starts_in_dollars_by_name() => Flags("""
        public record Price(decimal Amount, string Currency);
        class Totals { Price Of(List<Price> parts) { var subtotal = [|new Price(0m, "USD")|]; foreach (var part in parts) subtotal = subtotal with { Amount = subtotal.Amount + part.Amount }; return subtotal; } }
        """);

    [Fact]
    public Task A_sign_before_an_amount() => Flags("""
        class Invoices { string Line(Order order) => $"Total due: $[|{order.Total:N2}|] and ${order.ShippingCost:N2} for shipping"; }
        """);

    [Fact]
    public Task A_sign_after_an_amount() => Flags("""
        class Invoices { void Add(List<string> rows, Product product) => rows.Add($"{product.Name}: [|{product.Price:0.00}|] €"); }
        """);

    [Fact]
    public Task A_sign_added_to_an_amount() => Flags("""
        class Mails { string Body(Order order) => "<p>Total: $" + [|order.Total.ToString("F2")|] + "</p>"; string Id(Order order) => "$" + order.Id; }
        """);

    [Fact]
    public Task The_zero_of_a_currency() => Allows("""
        public record Price(decimal Amount, string Currency) { public static Price Zero() => new(0m, "EUR"); }
        """);

    [Fact]
    public Task A_question_about_a_country() => Allows("""
        interface IZones { bool Serves(string country); }
        class Zones(IZones zones) { public bool Domestic(Invoice invoice) => zones.Serves("DE"); }
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
    public Task A_message_that_demands_its_currency() => Allows("""
        public class ProcessPaymentRequest { public decimal Amount { get; set; } [Required] public string Currency { get; set; } = ""; }
        public record ChargeCardCommand(decimal Amount, string Currency);
        """);

    [Fact]
    public Task A_default_without_an_amount_beside_it() => Allows("""
        public class Storefront { public string Name { get; set; } = ""; public string Currency { get; set; } = "EUR"; public int TotalItems { get; set; } }
        """);

    [Fact]
    public Task What_is_only_shown() => Allows("""
        public class OrderSummaryResponse { public decimal Total { get; set; } public string Currency { get; set; } = "EUR"; }
        class Texts { public string FormatAmount(decimal amount, string currency = "EUR") => amount.ToString("0.00", CultureInfo.InvariantCulture) + currency; }
        """);

    [Fact]
    public Task A_fixed_fee_of_the_shops_own() => Allows("""
        public class CheckoutLineOptions { public long UnitAmount { get; set; } public string? Currency { get; set; } }
        class Pages { public CheckoutLineOptions Setup() => new() { UnitAmount = 500, Currency = "eur" }; }
        """);

    [Fact]
    public Task A_sign_that_only_a_log_has() => Allows("""
        class Invoices(ILogger<Invoices> log) { void Paid(Order order) => log.LogInformation($"paid ${order.Total}"); }
        """);

    [Fact]
    public Task A_sign_of_a_template_or_a_share() => Allows("""
        class Texts { string A(Order o, string name) => $"$ {name}: {o.Total} {o.Currency}"; string B(decimal taxRate) => $"{taxRate}%"; string C(int id) => $"${id}"; }
        """);
}

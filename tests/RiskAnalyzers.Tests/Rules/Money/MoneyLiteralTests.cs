using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Money;

public sealed class MoneyLiteralTests() : RuleTest("RISK1012")
{
    [Fact]
    public Task A_threshold_and_a_discount() => Flags(
        "class C { decimal Total(decimal total) { if (total > [|100m|]) total *= [|0.9m|]; return total; } }");

    [Fact]
    public Task A_tax_rate_in_an_expression() => Flags(
        "class C { decimal Tax(Order order) => order.Total * [|0.0825m|]; }");

    [Fact]
    public Task A_shipping_fee_in_a_condition() => Flags("""
        class Shipping
        {
            public decimal Cost(decimal subtotal)
            {
                decimal shipping = subtotal >= [|50m|] ? 0m : 5.99m;
                return shipping;
            }
        }
        """);

    [Fact]
    public Task A_rate_that_is_returned() => Flags(
        "class Taxes { decimal GetTaxRate(string country) { if (country == \"DE\") return [|0.19m|]; return 0m; } }");

    [Fact]
    public Task A_table_in_a_switch_is_one_place() => Flags("""
        class Taxes
        {
            public decimal TaxRate(string state) => state switch
            {
                "CA" => [|0.0725m|],
                "NY" => 0.04m,
                "TX" => 0.0625m,
                _ => 0m,
            };
        }
        """);

    [Fact]
    public Task A_table_in_a_dictionary_is_one_place() => Flags("""
        class Coupons
        {
            public decimal Percent(string code)
            {
                var discountRates = new Dictionary<string, decimal> { ["SAVE10"] = [|0.10m|], ["HALF"] = 0.50m, ["VIP"] = 0.3m };
                return discountRates[code];
            }
        }
        """);

    [Fact]
    public Task A_default_price() => Flags("""
        class Prices(IPriceService prices)
        {
            public async Task<decimal> PriceAsync(int id)
            {
                decimal basePrice = await prices.GetPriceAsync(id);
                if (basePrice == 0m) basePrice = [|20.00m|];
                return basePrice;
            }
        }
        """);

    [Fact]
    public Task A_fee_of_a_percentage_and_some_cents() => Flags(
        "class Fees { decimal StripeFee(decimal amount) => amount * [|0.029m|] + 0.30m; }");

    [Fact]
    public Task A_cap() => Flags(
        "class C { decimal Capped(decimal discount) => Math.Min(discount, [|25m|]); }");

    [Fact]
    public Task Tiers_of_a_relational_pattern() => Flags("""
        class Loyalty
        {
            public decimal Discount(decimal orderTotal) => orderTotal switch
            {
                > [|500m|] => 0.15m,
                > 200m => 0.1m,
                _ => 0m,
            };
        }
        """);

    [Fact]
    public Task Exchange_rates_in_a_method() => Flags("class Fx { decimal ConvertCurrency(decimal amount, string to) { var rates = new Dictionary<string, decimal> { { \"USD\", 1.0m }, { \"EUR\", [|0.85m|] }, { \"GBP\", 0.73m } }; return amount * rates[to]; } }");

    [Fact]
    public Task A_whole_percentage() => Flags(
        "class C { void Apply(Coupon coupon) { var discountPercent = [|15|]; coupon.PercentOff = discountPercent; } }");

    [Fact]
    public Task A_limit_in_whole_numbers() => Flags(
        "class Approval { bool NeedsApproval(Order order) => order.Total > [|5000|]; }");

    [Fact]
    public Task A_double_price() => Flags(
        "class C { double Toll(double fare) => fare * [|1.21|]; }");

    [Fact]
    public Task Percent_and_minor_units_are_conversions() => Allows(
        "class C { decimal Off(decimal price, decimal percent) => price * percent / 100m; long Cents(decimal amount) => (long)(amount * 100m); decimal Year(decimal fee) => fee * 12m; }");

    [Fact]
    public Task A_constant_with_a_name() => Allows("""
        class Shipping
        {
            private const decimal FreeFrom = 50m;
            private static readonly decimal Fee = 5.99m;
            public decimal Cost(decimal subtotal) { const decimal limit = 900m; return subtotal >= FreeFrom || subtotal > limit ? 0m : Fee; }
        }
        """);

    [Fact]
    public Task Options_hold_defaults() => Allows(
        "class PricingOptions { public decimal TaxRate { get; set; } = 0.19m; public PricingOptions() { TaxRate = 0.2m; } }");

    [Fact]
    public Task Nothing_and_everything() => Allows(
        "class C { decimal Clamp(decimal total) { if (total < 0m) total = 0m; return total * 1m; } }");

    [Fact]
    public Task A_tolerance_of_a_cent() => Allows(
        "class C { bool Same(decimal paid, decimal total) => Math.Abs(paid - total) < 0.01m; }");

    [Fact]
    public Task A_percentage_within_its_range() => Allows(
        "class C { bool Valid(decimal discountPercent) => discountPercent >= 0m && discountPercent <= 100m; }");

    [Fact]
    public Task Numbers_that_count() => Allows(
        "class C { bool Retry(int paymentAttempts) => paymentAttempts < 3; int Page(int totalPages) => totalPages + 20; double Wait(double totalSeconds) => totalSeconds * 1.5; }");

    [Fact]
    public Task Digits_of_a_rounding() => Allows(
        "class C { decimal Close(decimal total) => Math.Round(total, 4, MidpointRounding.ToEven); }");

    [Fact]
    public Task Seeds() => Allows(
        "class CatalogSeeder { List<Product> Products() => new() { new Product { Price = 19.99m }, new Product { Price = 5.49m } }; }");

    [Fact]
    public Task A_share_of_weight() => Allows(
        "class Parcel { decimal Volume(decimal width, decimal height) => width * height / 5000m; }");

    [Fact]
    public Task Goods_to_begin_with() => Allows("""
        namespace Shop.SeedData
        {
            record Item(string Name, decimal Price);
            static class CatalogData { public static Item Shirt() => new("Shirt", 199000m); }
        }
        class GoodsSeeder { public void Run() { var shirt = new Shop.SeedData.Item("Shirt", 129.90m); } }
        """);

    [Fact]
    public Task Two_copies() => Allows(
        "class C { decimal Half(decimal price) => price / 2m; decimal Twice(decimal deposit) => deposit * 2; }");

    [Fact]
    public Task A_rate_from_the_settings() => Allows(
        "class C(IConfiguration config) { decimal Tax(decimal net) => net * config.GetValue<decimal>(\"Tax:Rate\"); }");

    [Fact]
    public Task The_fix_names_the_number() => Fixes("""
        class C
        {
            decimal Tax(Order order)
            {
                var taxRate = [|0.0825m|];
                return order.Total * taxRate;
            }
        }
        """, """
        class C
        {
            private const decimal TaxRate = 0.0825m;

            decimal Tax(Order order)
            {
                var taxRate = TaxRate;
                return order.Total * taxRate;
            }
        }
        """);

    [Fact]
    public Task A_limit_of_a_charge_in_an_annotation() => Flags("""
        public class PaymentRequest { [Required, [|Range(0.01, 10000.00)|]] public decimal Amount { get; set; } }
        """);

    [Fact]
    public Task A_limit_of_a_refund_as_a_text() => Flags("""
        public class RefundCommand { [[|Range(typeof(decimal), "0.5", "2500")|]] public decimal RefundAmount { get; set; } }
        """);

    [Fact]
    public Task A_limit_that_is_only_as_wide_as_the_column() => Allows("""
        public class PaymentRequest { [Range(0.01, 99999999.99)] public decimal Amount { get; set; } [Range(0.01, double.MaxValue)] public decimal Total { get; set; } [Range(0, 100)] public decimal DiscountPercent { get; set; } [Range(1, 500)] public decimal Weight { get; set; } }
        """);

    [Fact]
    public Task From_when_on_a_customer_is_gold() => Flags("""
        public enum LoyaltyTier { Bronze, Silver, Gold }
        static class Loyalty
        {
            public static LoyaltyTier TierOf(int lifetimePoints) => lifetimePoints switch { >= [|15000|] => LoyaltyTier.Gold, >= 5000 => LoyaltyTier.Silver, _ => LoyaltyTier.Bronze };
            public static int GetEarnRate(LoyaltyTier tier) => tier switch { LoyaltyTier.Bronze => [|10|], LoyaltyTier.Silver => 12, _ => 15 };
        }
        """);

    [Fact]
    public Task A_rate_of_exchange_with_a_name() => Flags("""
        class C { decimal InEuro(decimal dollars) { const decimal UsdToEur = [|0.92m|]; return dollars * UsdToEur; } decimal In(decimal amount) { const decimal exchangeRate = [|1.27m|]; return amount * exchangeRate; } }
        """);

    [Fact]
    public Task Levels_of_something_else() => Allows("""
        public enum HeatLevel { Mild, Hot } public enum Step { One, Two }
        static class Kitchen
        {
            public static HeatLevel Of(int scoville) => scoville switch { >= 15000 => HeatLevel.Hot, _ => HeatLevel.Mild };
            public static Step Next(int points) => points switch { > 3 => Step.Two, _ => Step.One };
            public static int Codes() { const int fromUsd = 840; const decimal toTry = 3m; return fromUsd + (int)toTry; }
        }
        """);
}

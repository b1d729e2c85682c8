using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Money;

public sealed class UnboundedDiscountTests() : RuleTest("RISK1010")
{
    private const string Types = """

        public class Voucher { public string Code { get; set; } = ""; public decimal Amount { get; set; } public decimal Percentage { get; set; } }
        public class SafeCoupon { [Range(0, 100)] public decimal DiscountPercent { get; set; } }
        """;

    [Fact]
    public Task A_fixed_amount_off() => Flags("class C { decimal Apply(decimal total, decimal discount) => [|total - discount|]; }");

    [Fact]
    public Task Bounded_in_one_branch_only() => Flags("class C { decimal M(decimal total, decimal discount, bool isMember) { if (isMember) { if (discount > total) throw new InvalidOperationException(); } return [|total - discount|]; } }");

    [Fact]
    public Task A_case_that_bounds_it_and_one_that_does_not() => Flags("class C { decimal M(decimal total, decimal discount, int kind) { switch (kind) { case 1: if (discount > 50m) return total; break; case 2: total += 1m; break; } return [|total - discount|]; } }");

    [Fact]
    public Task Asked_until_it_fits() => Allows("""
        class C
        {
            decimal Ask() => 1m;
            decimal M(decimal total)
            {
                decimal discount;
                while (true)
                {
                    discount = Ask();
                    if (discount <= total)
                        break;
                }
                return total - discount;
            }
        }
        """);

    [Fact]
    public Task A_switch_over_what_is_too_much() => Allows("class C { decimal M(decimal total, decimal discount) { switch (discount) { case > 100m: throw new InvalidOperationException(); case < 0m: return total; } return total - discount; } }");

    [Fact]
    public Task A_percentage_off() => Flags("class C { decimal Apply(decimal price, Coupon coupon) => [|price * (1 - coupon.PercentOff / 100m)|]; }");

    [Fact]
    public Task Vouchers_one_after_the_other() => Flags("""
        class Basket
        {
            public decimal Total(decimal subtotal, List<Voucher> vouchers)
            {
                var total = subtotal;
                foreach (var voucher in vouchers)
                    [|total -= voucher.Amount|];
                return total;
            }
        }
        """ + Types);

    [Fact]
    public Task A_discount_that_was_computed_first() => Flags("""
        class Checkout
        {
            public void Apply(Order order, Coupon coupon)
            {
                var discount = order.Total * coupon.PercentOff / 100m;
                order.Total = [|order.Total - discount|];
            }
        }
        """);

    [Fact]
    public Task A_property_of_an_order() => Flags("""
        class Cart
        {
            public decimal SubTotal { get; set; }
            public decimal? Shipping { get; set; }
            public decimal Discount { get; set; }
            public decimal OrderTotal => [|SubTotal + (Shipping ?? 0) - Discount|];
        }
        """);

    [Fact]
    public Task A_promotion_in_a_branch() => Flags("""
        class C
        {
            public decimal Price(decimal price, bool member, decimal promoValue)
            {
                if (member)
                    return [|price - promoValue|];
                return price;
            }
        }
        """);

    [Fact]
    public Task A_hundred_minus_the_percentage() => Flags("class C { decimal Price(decimal price, decimal discountPercent) => [|price * (100 - discountPercent)|] / 100; }");

    [Fact]
    public Task A_compound_multiplication() => Flags("class C { decimal Price(decimal price, decimal discountRate) { [|price *= 1 - discountRate|]; return price; } }");

    [Fact]
    public Task A_line_in_a_select() => Flags("class C { decimal Sum(Order order, decimal rebate) => order.Lines.Sum(l => [|l.UnitPrice - rebate|]); }");

    [Fact]
    public Task A_voucher_that_may_be_absent() => Flags("class C { decimal Total(decimal total, Voucher? voucher) => [|total - (voucher?.Amount ?? 0m)|]; }" + Types);

    [Fact]
    public Task A_doubles_discount() => Flags("class C { double Total(double price, double discount) { double total = [|price - discount|]; return total; } }");

    [Fact]
    public Task A_method_that_gives_fixed_amounts() => Flags("""
        class C
        {
            public decimal Apply(decimal price, string code)
            {
                var discount = DiscountFor(price, code);
                return [|price - discount|];
            }

            private static decimal DiscountFor(decimal price, string code) => code switch { "TEN" => price * 0.1m, "FLAT50" => 50m, _ => 0m };
        }
        """);

    [Fact]
    public Task The_result_stops_at_zero() => Allows("class C { decimal Apply(decimal total, decimal discount) => Math.Max(0m, total - discount); }");

    [Fact]
    public Task The_discount_is_refused() => Allows("""
        class C
        {
            public decimal Apply(decimal total, decimal discount)
            {
                if (discount > total) throw new ArgumentOutOfRangeException(nameof(discount));
                return total - discount;
            }
        }
        """);

    [Fact]
    public Task The_discount_is_at_most_the_total() => Allows("""
        class C
        {
            public decimal Apply(decimal total, Voucher voucher)
            {
                var discount = Math.Min(voucher.Amount, total);
                return total - discount;
            }
        }
        """ + Types);

    [Fact]
    public Task The_result_is_looked_at() => Allows("""
        class C
        {
            public decimal Apply(decimal price, decimal discount)
            {
                var total = price - discount;
                if (total < 0) total = 0;
                return total;
            }
        }
        """);

    [Fact]
    public Task A_percentage_within_bounds() => Allows("""
        class C
        {
            public decimal Apply(decimal price, decimal discountPercent)
            {
                ArgumentOutOfRangeException.ThrowIfGreaterThan(discountPercent, 100m);
                return price * (1 - discountPercent / 100m);
            }
        }
        """);

    [Fact]
    public Task A_percentage_with_an_annotation() => Allows("class C { decimal Apply(decimal price, SafeCoupon coupon) => price * (1 - coupon.DiscountPercent / 100m); }" + Types);

    [Fact]
    public Task A_constant_discount() => Allows("class C { private const decimal MemberDiscount = 0.1m; decimal Apply(decimal price) => price * (1 - MemberDiscount); }");

    [Fact]
    public Task A_discount_from_a_table_of_constants() => Allows("""
        class C
        {
            public decimal Apply(decimal price, string tier)
            {
                var discount = tier switch { "gold" => 0.2m, "silver" => 0.1m, _ => 0m };
                return price * (1 - discount);
            }
        }
        """);

    [Fact]
    public Task A_method_that_caps_what_it_gives() => Allows("""
        class C
        {
            public decimal Apply(decimal price, Coupon coupon)
            {
                var discount = DiscountFor(price, coupon);
                return price - discount;
            }

            private static decimal DiscountFor(decimal price, Coupon coupon) => Math.Min(price, price * coupon.PercentOff / 100m);
        }
        """);

    [Fact]
    public Task Differences_without_a_discount() => Allows("class C { decimal Due(decimal total, decimal paid) => total - paid; decimal Net(decimal gross, decimal tax) => gross - tax; }");

    [Fact]
    public Task What_a_customer_saves() => Allows("class C { decimal Savings(decimal listPrice, decimal price) => listPrice - price; }");

    [Fact]
    public Task A_number_of_coupons() => Allows("class C { int Left(int couponsIssued, int couponsUsed) => couponsIssued - couponsUsed; }");

    [Fact]
    public Task A_comparison_of_what_would_remain() => Allows("class C { bool Possible(decimal total, decimal discount) => total - discount >= 0m; }");

    [Fact]
    public Task The_fix_stops_at_zero() => Fixes(
        "class C { decimal Apply(decimal total, decimal discount) => [|total - discount|]; }",
        "class C { decimal Apply(decimal total, decimal discount) => Math.Max(0m, total - discount); }");

    [Fact]
    public Task The_fix_stops_a_running_total() => Fixes(
        "class C { decimal Apply(decimal total, decimal discount) { [|total -= discount|]; return total; } }",
        "class C { decimal Apply(decimal total, decimal discount) { total = Math.Max(0m, total - discount); return total; } }");

    [Fact]
    public Task A_validator_that_only_asks_for_a_discount() => Flags("""
        public class CampaignRequest { public decimal DiscountValue { get; set; } public string DiscountCode { get; set; } = ""; }
        public class CampaignValidator : AbstractValidator<CampaignRequest>
        {
            public CampaignValidator()
            {
                RuleFor(r => r.DiscountCode).NotEmpty();
                [|RuleFor(r => r.DiscountValue)|].NotEmpty().GreaterThan(0).WithMessage("discount");
            }
        }
        """);

    [Fact]
    public Task A_validator_that_bounds_the_discount() => Allows("""
        public class CampaignRequest { public decimal DiscountPercent { get; set; } public int DiscountLimit { get; set; } }
        public class CampaignValidator : AbstractValidator<CampaignRequest>
        {
            public CampaignValidator()
            {
                RuleFor(r => r.DiscountPercent).InclusiveBetween(0, 100);
                RuleFor(r => r.DiscountLimit).GreaterThan(0);
            }
        }
        """);

    [Fact]
    public Task A_coupon_of_either_kind() => Flags("class Coupons { public record Coupon2(decimal Value, bool IsPercentage); decimal Apply(decimal total, IEnumerable<Coupon2> coupons) { foreach (var coupon in coupons) [|total -= coupon.IsPercentage ? total * (coupon.Value / 100) : coupon.Value|]; return total; } }");
}

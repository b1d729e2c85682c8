using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Money;

public sealed class UnknownCaseIsNeutralTests() : RuleTest("RISK1005")
{
    [Fact]
    public Task A_rate_by_currency() => Flags("class C { decimal RateFromEur(string currency) => currency switch { \"USD\" => 1.08m, \"SEK\" => 11.47m, _ => [|1.0m|] }; }");

    [Fact]
    public Task A_tax_rate_by_country() => Flags("""
        class C
        {
            decimal GetTaxRate(string country)
            {
                switch (country)
                {
                    case "DE": return 0.19m;
                    case "FR": return 0.20m;
                    default: return [|0m|];
                }
            }
        }
        """);

    [Fact]
    public Task A_rate_assigned_in_sections() => Flags("""
        class C
        {
            decimal M(string countryCode, decimal price)
            {
                decimal vat;
                switch (countryCode.ToUpper())
                {
                    case "SE":
                        vat = 0.25m;
                        break;
                    default:
                        vat = [|0.0m|];
                        break;
                }
                return price * (1 + vat);
            }
        }
        """);

    [Fact]
    public Task A_rate_table_without_the_currency() => Flags("class C { Dictionary<string, decimal> exchangeRates = new(); decimal Convert(decimal amount, string currency) => amount * (exchangeRates.TryGetValue(currency, out var rate) ? rate : [|1m|]); }");

    [Fact]
    public Task The_default_of_a_rate_table() => Flags("class C { Dictionary<string, decimal> rates = new(); decimal ToEuro(decimal amount, string currencyCode) => amount / rates.GetValueOrDefault(currencyCode, [|1.0m|]); }");

    [Fact]
    public Task A_row_that_is_not_found() => Flags("record TaxRate(string Country, decimal Rate); class C { decimal M(List<TaxRate> taxRates, string country) => taxRates.FirstOrDefault(t => t.Country == country)?.Rate ?? [|0m|]; }");

    [Fact]
    public Task A_missing_entry_by_statement() => Flags("class C { Dictionary<string, decimal> rates = new(); decimal GetExchangeRate(string currency) { if (!rates.TryGetValue(currency, out var rate)) { rate = [|1m|]; } return rate; } }");

    [Fact]
    public Task A_missing_entry_by_return() => Flags("class C { Dictionary<string, decimal> taxRates = new(); decimal GetRate(string state) { if (!taxRates.TryGetValue(state, out var rate)) return [|0m|]; return rate; } }");

    [Fact]
    public Task A_chain_of_ifs() => Flags("""
        class C
        {
            decimal GetConversionRate(string currency)
            {
                if (currency == "USD") return 1.08m;
                if (currency == "GBP") return 0.86m;
                return [|1m|];
            }
        }
        """);

    [Fact]
    public Task A_gateway_s_state() => Flags("class C { PaymentState Map(string status) => status switch { \"pending\" => PaymentState.Pending, \"failed\" => PaymentState.Failed, _ => [|PaymentState.Paid|] }; }");

    [Fact]
    public Task A_gateway_s_state_by_statement() => Flags("""
        class C
        {
            void M(Order order, string status)
            {
                switch (status)
                {
                    case "canceled": order.Status = OrderStatus.Cancelled; break;
                    default: order.Status = [|OrderStatus.Paid|]; break;
                }
            }
        }
        """);

    [Fact]
    public Task A_permission() => Flags("class C { bool CanCancel(OrderStatus status) => status switch { OrderStatus.Shipped => false, _ => [|true|] }; }");

    [Fact]
    public Task A_decision_by_statement() => Flags("class C { bool IsAllowed(string country) { switch (country) { case \"KP\": return false; default: return [|true|]; } } }");

    [Fact]
    public Task A_text_that_says_paid() => Flags("class C { string PaymentStatus(int code) => code switch { 1 => \"pending\", 2 => \"declined\", _ => [|\"paid\"|] }; }");

    [Fact]
    public Task A_text_that_is_no_state() => Flags("class C { PaymentState M(string text) => Enum.TryParse<PaymentState>(text, out var state) ? state : [|PaymentState.Paid|]; }");

    [Fact]
    public Task A_missing_answer() => Flags("record Answer(bool IsApproved); class C { bool M(Answer? answer) => answer?.IsApproved ?? [|true|]; }");

    [Fact]
    public Task A_multiplier_by_region() => Flags("class C { double PriceFactor(string region) => region switch { \"EU\" => 1.2, \"CH\" => 1.5, _ => [|1|] }; }");

    [Fact]
    public Task A_table_by_source_and_target() => Flags("class C { Dictionary<string, decimal> _rates = new(); decimal Convert(decimal amount, string to) { var rate = _rates.GetValueOrDefault(to, [|1m|]); return amount * rate; } decimal GetRate(string from, string to) => (from, to) switch { (\"USD\", \"EUR\") => 0.92m, _ => [|1m|] }; }");

    [Fact]
    public Task An_amount_that_stays_unconverted() => Flags("class C { Dictionary<string, decimal> _rates = new(); decimal Convert(decimal amount, string currency) { if (_rates.TryGetValue(currency, out var rate)) return amount * rate; return [|amount|]; } }");

    [Fact]
    public Task A_rate_that_keeps_its_initial_value() => Flags("class C { decimal M(decimal subtotal, string country) { decimal taxRate = [|0m|]; switch (country) { case \"US\": taxRate = 0.08m; break; case \"DE\": taxRate = 0.19m; break; } return subtotal * taxRate; } }");

    [Fact]
    public Task The_last_else() => Flags("class C { decimal Vat(string country) { if (country == \"FR\") return 0.2m; else if (country == \"DE\") return 0.19m; else return [|0m|]; } }");

    [Fact]
    public Task A_conditional_expression() => Flags("class C { decimal M(decimal net, string country) { var vatRate = country == \"DE\" ? 0.19m : [|0m|]; return net * vatRate; } }");

    [Fact]
    public Task A_return_after_a_switch() => Flags("class C { decimal CurrencyRate(string currency) { switch (currency) { case \"EUR\": return 1.1m; case \"GBP\": return 1.3m; } return [|1m|]; } }");

    [Fact]
    public Task A_key_with_a_short_name() => Flags("class C { Dictionary<string, decimal> table = new(); decimal VatRate(string cc) => table.TryGetValue(cc, out var v) ? v : [|0m|]; }");

    [Fact]
    public Task A_state_read_off_a_text() => Flags("class C { PaymentState M(string s) { if (s == \"failed\") return PaymentState.Failed; if (s == \"pending\") return PaymentState.Pending; return [|PaymentState.Paid|]; } }");

    [Fact]
    public Task A_state_that_starts_as_paid() => Flags("class C { PaymentState M(string s) { var state = [|PaymentState.Paid|]; switch (s) { case \"failed\": state = PaymentState.Failed; break; } return state; } }");

    [Fact]
    public Task Paid_unless_failed() => Flags("class C { void M(Order o, string s) => o.Status = s == \"failed\" ? OrderStatus.Cancelled : [|OrderStatus.Paid|]; }");

    [Fact]
    public Task A_result_object() => Flags("class C { PaymentResult M(string code) => code switch { \"declined\" => new PaymentResult(false), _ => [|new PaymentResult(true)|] }; }");

    [Fact]
    public Task An_amount_that_only_listed_currencies_convert() => Flags("class C { decimal ToUsd(decimal amount, string currency) => currency switch { \"EUR\" => amount * 1.1m, \"GBP\" => amount * 1.3m, _ => [|amount|] }; }");

    [Fact]
    public Task A_provider_s_code_that_nobody_listed() => Flags("class MoMo { PaymentState Map(int resultCode) => resultCode switch { 0 => PaymentState.Paid, 1000 => PaymentState.Pending, 1002 => PaymentState.Failed, _ => [|PaymentState.Failed|] }; }");

    [Fact]
    public Task A_provider_s_state_that_nobody_listed() => Flags("""
        class Intents
        {
            PaymentState StateOf(string status)
            {
                switch (status)
                {
                    case "succeeded": return PaymentState.Paid;
                    case "processing": return PaymentState.Pending;
                    case "canceled": return PaymentState.Failed;
                    default: return [|PaymentState.Failed|];
                }
            }
        }
        """);

    [Fact]
    public Task A_refund_s_text_that_nobody_listed() => Flags("class Refunds { string RefundStatus(string code) => code switch { \"00\" => \"completed\", \"02\" => \"processing\", _ => [|\"failed\"|] }; }");

    [Fact]
    public Task A_provider_s_code_that_waits() => Allows("class MoMo { PaymentState Map(int resultCode) => resultCode switch { 0 => PaymentState.Paid, 1002 => PaymentState.Failed, _ => PaymentState.Unknown }; }");

    [Fact]
    public Task Paid_or_not() => Allows("class MoMo { PaymentState Map(int resultCode) => resultCode switch { 0 => PaymentState.Paid, _ => PaymentState.Failed }; }");

    [Fact]
    public Task A_job_that_failed() => Allows("enum JobState { Pending, Done, Failed, Completed } class Jobs { JobState Map(string s) => s switch { \"ok\" => JobState.Completed, \"wait\" => JobState.Pending, _ => JobState.Failed }; }");

    [Fact]
    public Task A_state_of_one_s_own_that_is_shown() => Allows("class Views { string Label(PaymentState s) => s switch { PaymentState.Paid => \"completed\", PaymentState.Pending => \"processing\", _ => \"failed\" }; }");

    [Fact]
    public Task Unknown_currencies_are_refused() => Allows("class C { decimal RateFromEur(string currency) => currency switch { \"EUR\" => 1.0m, \"USD\" => 1.08m, _ => throw new NotSupportedException(currency) }; }");

    [Fact]
    public Task A_standard_rate() => Allows("class C { decimal GetTaxRate(string country) => country switch { \"DE\" => 0.19m, _ => 0.25m }; }");

    [Fact]
    public Task Unknown_states_wait() => Allows("class C { PaymentState Map(string status) => status switch { \"succeeded\" => PaymentState.Paid, _ => PaymentState.Pending }; }");

    [Fact]
    public Task Unknown_is_refused_as_false() => Allows("class C { bool CanShip(OrderStatus status) => status switch { OrderStatus.Paid => true, _ => false }; }");

    [Fact]
    public Task A_loyalty_tier() => Allows("class C { decimal DiscountMultiplier(string tier) => tier switch { \"gold\" => 0.9m, \"silver\" => 0.95m, _ => 1m }; }");

    [Fact]
    public Task A_number_of_digits() => Allows("class C { int DecimalPlaces(string currency) => currency switch { \"JPY\" => 0, \"KWD\" => 3, _ => 1 }; }");

    [Fact]
    public Task The_same_currency() => Allows("class C { Dictionary<string, decimal> rates = new(); decimal GetExchangeRate(string from, string to) { if (from == to) return 1m; return rates[from + to]; } }");

    [Fact]
    public Task A_badge() => Allows("class C { string StatusBadgeClass(PaymentState status) => status switch { PaymentState.Failed => \"danger\", _ => \"success\" }; }");

    [Fact]
    public Task A_retry_decision() => Allows("class C { bool ShouldRetry(int code) => code switch { 400 => false, _ => true }; }");

    [Fact]
    public Task A_sort_order() => Allows("class C { int SortOrder(OrderStatus s) => s switch { OrderStatus.Paid => 3, _ => 0 }; }");

    [Fact]
    public Task A_supported_currency_only() => Allows("class C { static readonly HashSet<string> Known = new() { \"EUR\", \"USD\" }; decimal Rate(string currency) { if (!Known.Contains(currency)) throw new NotSupportedException(currency); return currency switch { \"USD\" => 1.08m, _ => 1m }; } }");

    [Fact]
    public Task A_product_s_own_optional_tax() => Allows("class P { public decimal? TaxRate { get; set; } } class C { decimal M(P p) => p.TaxRate ?? 0m; }");

    [Fact]
    public Task Paid_only_when_succeeded() => Allows("class C { void M(Order o, string s) => o.Status = s == \"succeeded\" ? OrderStatus.Paid : OrderStatus.Cancelled; }");

    [Fact]
    public Task A_check_with_guard_clauses() => Allows("class C { bool CanCancel(Order o) { if (o.Status == OrderStatus.Shipped) return false; if (o.Status == OrderStatus.Cancelled) return false; return true; } }");

    [Fact]
    public Task A_price_with_a_surcharge_for_some() => Allows("class C { decimal M(decimal price, string size) => size switch { \"XL\" => price * 1.1m, _ => price }; }");

    [Fact]
    public Task A_rate_that_is_only_shown() => Allows("class PromptModel { public decimal Rate { get; set; } } class C { PromptModel M(string? currency, decimal rate) => new() { Rate = currency is not null ? rate : 0m }; }");

    [Fact]
    public Task The_same_currency_or_none() => Allows("class Request { public decimal ExchangeRate { get; set; } } class C { void M(Request r, string? payoutCurrency, string currency) { if (payoutCurrency is null || currency == payoutCurrency) r.ExchangeRate = 1.0m; } }");

    [Fact]
    public Task A_coupon_s_rate() => Allows("class C { decimal GetDiscountRate(string code) => code switch { \"SAVE10\" => 0.1m, \"VIP\" => 0.2m, _ => 0m }; }");

    [Fact]
    public Task A_tax_exemption() => Allows("class C { decimal M(Order order, bool isExempt, decimal taxRate) { decimal tax; if (isExempt) tax = 0m; else tax = order.Total * taxRate; return tax; } }");

    [Fact]
    public Task A_shipping_fee() => Allows("class C { decimal ShippingFor(string country) => country switch { \"US\" => 5m, \"CA\" => 10m, _ => 0m }; }");

    [Fact]
    public Task A_name() => Allows("class C { string Name(string code) => code switch { \"DE\" => \"Germany\", _ => code }; }");

    [Fact]
    public Task A_permission_with_guard_arms() => Allows("class C { bool CanPay(Order o) => o switch { { Total: > 0 } => true, _ => false }; }");

    [Fact]
    public Task An_exception_takes_the_place_of_one() => Fixes(
        "class C { decimal RateFromEur(string currency) => currency switch { \"USD\" => 1.08m, _ => [|1.0m|] }; }",
        "class C { decimal RateFromEur(string currency) => currency switch { \"USD\" => 1.08m, _ => throw new NotSupportedException($\"'{currency}' is not supported.\") }; }");

    [Fact]
    public Task A_return_becomes_a_throw() => Fixes(
        "class C { decimal GetTaxRate(string country) { switch (country) { case \"DE\": return 0.19m; default: return [|0m|]; } } }",
        "class C { decimal GetTaxRate(string country) { switch (country) { case \"DE\": return 0.19m; default: throw new NotSupportedException($\"'{country}' is not supported.\"); } } }");

    [Fact]
    public Task A_feature_of_something_that_need_not_be_there() => Allows("class Country { public bool AllowsBilling { get; set; } } class Address { public Country? Country { get; set; } } class C { bool M(Address a) { var billing = a.Country?.AllowsBilling ?? true; return billing; } }");

    [Fact]
    public Task A_provider_s_event_that_nobody_listed() => Flags("class Events { PaymentState Of(string type) { switch (type) { case \"payment.succeeded\": return PaymentState.Paid; case \"payment.processing\": return PaymentState.Pending; } return [|PaymentState.Failed|]; } }");

    private const string Results = "enum PaymentStatus { Pending, Processing, Succeeded, Failed } class ProviderResult { public bool IsSuccess { get; set; } public PaymentStatus Status { get; set; } } record ChargeResult(bool Success, string? Error, PaymentStatus Status); ";

    [Fact]
    public Task A_result_that_is_filled_in_a_default() => Flags(Results + """
        class StripeAdapter
        {
            void Fill(ProviderResult result, string status)
            {
                switch (status)
                {
                    case "succeeded": result.IsSuccess = true; result.Status = PaymentStatus.Succeeded; break;
                    case "processing": result.IsSuccess = true; result.Status = PaymentStatus.Processing; break;
                    default: result.IsSuccess = false; result.Status = [|PaymentStatus.Failed|]; break;
                }
            }
        }
        """);

    [Fact]
    public Task A_result_that_is_made_for_what_is_not_listed() => Flags(Results + """
        class StripeAdapter { ChargeResult Of(string status) => status switch { "succeeded" => new ChargeResult(true, null, PaymentStatus.Succeeded), "requires_action" => new ChargeResult(false, "3ds", PaymentStatus.Pending), _ => [|new ChargeResult(false, status, PaymentStatus.Failed)|] }; }
        """);

    [Fact]
    public Task A_default_that_leaves_the_state_open() => Allows(Results + """
        class StripeAdapter { void Fill(ProviderResult result, string status) { switch (status) { case "succeeded": result.IsSuccess = true; result.Status = PaymentStatus.Succeeded; break; case "canceled": result.IsSuccess = false; result.Status = PaymentStatus.Failed; break; default: result.IsSuccess = false; result.Status = PaymentStatus.Pending; break; } } }
        """);

    [Fact]
    public Task A_result_of_a_shop_s_own_state() => Allows(Results + """
        class Reader { ChargeResult Of(PaymentStatus status) => status switch { PaymentStatus.Succeeded => new ChargeResult(true, null, status), PaymentStatus.Pending => new ChargeResult(false, "open", status), _ => new ChargeResult(false, "failed", PaymentStatus.Failed) }; }
        """);

    [Fact]
    public Task A_minimum_that_was_made_for_dollars() => Flags("""
        class C
        {
            decimal MinimumOf(Order order) => order.Currency switch { "AED" => 1.83m, "EUR" => 0.45m, _ => [|0.50m|] };
            decimal Threshold(string currency) => currency == "AED" ? 200m : [|55m|];
        }
        """);

    [Fact]
    public Task A_currency_that_nobody_chose() => Flags("""
        public enum Currency { USD, EUR, AED }
        class C { Currency Parse(string code) => Enum.TryParse<Currency>(code, out var currency) ? currency : [|Currency.USD|]; }
        """);

    [Fact]
    public Task What_a_currency_is_divided_by() => Allows("""
        class C
        {
            decimal MinorUnits(string currency) => currency switch { "JPY" => 1m, "KWD" => 1000m, _ => 100m };
            decimal Minimum(string currency) => currency switch { "AED" => 1.83m, "USD" => 0.50m, _ => throw new NotSupportedException(currency) };
            decimal ParcelFee(string size) => size switch { "S" => 4.99m, "M" => 6.99m, _ => 9.99m };
        }
        """);
}

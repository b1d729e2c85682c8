using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Errors;

public sealed partial class InventedFallbackTests() : RuleTest("RISK4003")
{
    private static string Get(string type, string handler, string @catch = "catch (Exception)") =>
        $"class C {{ {type} Ask() => default!; public {type} GetPrice() {{ try {{ return Ask(); }} {@catch} {{ {handler} }} }} }}";

    [Fact]
    public Task Zero() => Flags(Get("decimal", "[|return 0m;|]"));

    [Fact]
    public Task A_guess() => Flags(Get("decimal", "Console.WriteLine(\"x\"); [|return 19.99m;|]", "catch"));

    [Fact]
    public Task Decimal_zero() => Flags(Get("decimal", "[|return decimal.Zero;|]"));

    [Fact]
    public Task Default() => Flags(Get("decimal", "[|return default;|]"));

    [Fact]
    public Task A_rate_of_one() => Flags(Get("double", "[|return 1.0;|]"));

    [Fact]
    public Task A_narrow_catch_over_money() => Flags(Get("decimal", "[|return 0m;|]", "catch (HttpRequestException)"));

    [Fact]
    public Task An_empty_list() => Flags(Get("List<Order>", "[|return new List<Order>();|]"));

    [Fact]
    public Task An_empty_collection_expression() => Flags(Get("List<Order>", "[|return [];|]"));

    [Fact]
    public Task An_empty_array() => Flags(Get("Order[]", "[|return Array.Empty<Order>();|]"));

    [Fact]
    public Task A_new_object() => Flags(Get("Coupon", "[|return new Coupon();|]"));

    [Fact]
    public Task A_currency() => Flags(Get("string", "[|return \"USD\";|]"));

    [Fact]
    public Task An_awaited_price() => Flags("class C : ShopCode { public async Task<decimal> PriceAsync(int id) { try { return await prices.GetPriceAsync(id); } catch (Exception e) { log.LogError(e, \"x\"); [|return 0;|] } } }");

    [Fact]
    public Task A_value_set_before() => Flags("class C : ShopCode { public async Task<decimal> PriceAsync(int id) { var price = 0m; try { price = await prices.GetPriceAsync(id); } catch (Exception e) { log.LogError(e, \"x\"); } [|return price;|] } }");

    [Fact]
    public Task A_rethrow() => Allows(Get("decimal", "throw;"));

    [Fact]
    public Task A_translation() => Allows(Get("decimal", "throw new InvalidOperationException(\"no price\");"));

    [Fact]
    public Task Nothing_known() => Allows(Get("decimal?", "return null;"));

    [Fact]
    public Task No_object() => Allows(Get("Order?", "return null;"));

    [Fact]
    public Task A_narrow_catch_over_a_list() => Allows(Get("List<Order>", "return new List<Order>();", "catch (FileNotFoundException)"));

    [Fact]
    public Task A_bool() => Allows(Get("bool", "return false;"));

    [Fact]
    public Task A_failure_object() => Allows("class C : ShopCode { public async Task<PaymentResult> Pay(Order o) { try { return await gateway.ChargeAsync(o.Total, \"t\"); } catch (Exception e) { return new PaymentResult(false, null, e.Message); } } }");

    [Fact]
    public Task A_second_source() => Allows(Get("decimal", "return Ask();"));

    [Fact]
    public Task An_error_code() => Allows(Get("int", "return -1;"));

    [Fact]
    public Task An_exit_code_for_cancellation() => Allows(Get("decimal", "return 0m;", "catch (OperationCanceledException)"));

    [Fact]
    public Task An_error_text() => Allows(Get("string", "return \"payment failed\";"));

    [Fact]
    public Task A_response_of_the_framework() => Allows("class C : ShopCode { public IActionResult Pay() { try { return Ok(); } catch (Exception) { return new StatusCodeResult(500); } } }");

    [Fact]
    public Task A_value_that_the_catch_mends() => Allows("class C : ShopCode { public async Task<decimal> PriceAsync(int id) { var price = 0m; try { price = await prices.GetPriceAsync(id); } catch (Exception) { price = await prices.GetPriceAsync(id + 1); } return price; } }");

    [Fact]
    public Task A_rate_set_in_the_catch() => Flags("""
        class C : ShopCode { public async Task<decimal> ConvertAsync(decimal amount, int id) { decimal rate; try { rate = await prices.GetPriceAsync(id); } catch (HttpRequestException ex) { log.LogWarning(ex, "no rate"); [|rate = 1.0m|]; } return amount * rate; } }
        """);

    [Fact]
    public Task A_tax_of_nothing() => Flags("""
        class C : ShopCode { public async Task Total(Order o) { var tax = 0m; try { tax = await prices.GetPriceAsync(o.Id); } catch { [|tax = 0m|]; } o.Total += tax; } }
        """);

    [Fact]
    public Task A_discount_that_fails() => Allows("""
        class C : ShopCode { public async Task Total(Order o) { decimal discount; try { discount = await prices.GetPriceAsync(o.Id); } catch (HttpRequestException) { discount = 0m; } o.Total -= discount; } }
        """);

    [Fact]
    public Task A_delay_set_in_the_catch() => Allows("""
        class C : ShopCode { public async Task Wait(int id) { double delay; try { delay = (double)await prices.GetPriceAsync(id); } catch (HttpRequestException) { delay = 1; } await Task.Delay((int)delay); } }
        """);

    [Fact]
    public Task An_exit_code() => Allows("class Program { static int Main2() => 0; static int Main(string[] args) { try { return Main2(); } catch (Exception) { return 1; } } }");

    [Fact]
    public Task An_exit_code_of_a_task() => Allows("class Program { public static async Task<int> Main(string[] args) { try { await Task.Yield(); return 0; } catch (Exception) { return 1; } } }");

    [Fact]
    public Task An_exit_code_of_a_command() => Allows("class Import { public async Task<int> RunAsync(string[] args) { try { await Task.Yield(); return 0; } catch (Exception) { return 2; } } }");

    [Fact]
    public Task An_amount_handed_back_unconverted() => Flags("""
        class C : ShopCode
        {
            public async Task<decimal> ConvertAsync(decimal amount, string from, string to)
            {
                if (from == to) return amount;
                try
                {
                    var rates = await http.GetFromJsonAsync<Dictionary<string, decimal>>($"/latest?base={from}");
                    return amount * rates![to];
                }
                catch (Exception ex)
                {
                    log.LogError(ex, "Failed to convert");
                    [|return amount;|]
                }
            }
        }
        """);

    [Fact]
    public Task A_price_without_its_reduction() => Allows("""
        class C : ShopCode
        {
            public async Task<decimal> ApplyPromotionAsync(decimal amount, string code)
            {
                try { return amount - await prices.GetPriceAsync(code.Length); }
                catch (Exception ex) { log.LogError(ex, "promotion unavailable"); return amount; }
            }
        }
        """);

    [Fact]
    public Task A_database_that_is_down_has_no_such_payment() => Flags("""
        public class Payments : ShopCode
        {
            public async Task<Order?> GetOrderAsync(int id)
            {
                try { return await db.Orders.FirstOrDefaultAsync(o => o.Id == id); }
                catch (Exception ex) { log.LogError(ex, "order {Id}", id); [|return null;|] }
            }
        }
        """);

    [Fact]
    public Task A_broken_service_has_no_card() => Flags("""
        public class Cards(HttpClient http)
        {
            public async Task<string?> GetCardAsync(int id)
            {
                using var response = await http.GetAsync($"cards/{id}");
                if (!response.IsSuccessStatusCode)
                {
                    [|return null;|]
                }
                return await response.Content.ReadAsStringAsync();
            }
        }
        """);

    [Fact]
    public Task A_broken_service_has_no_debts() => Flags("""
        public class Debts(HttpClient http)
        {
            public async Task<List<decimal>> LoadDebtsAsync(int id)
            {
                var response = await http.GetAsync($"debts/{id}");
                if (!response.IsSuccessStatusCode) [|return new List<decimal>();|]
                return (await response.Content.ReadFromJsonAsync<List<decimal>>())!;
            }
        }
        """);

    [Fact]
    public Task A_status_that_nobody_saw() => Flags("""
        public class Payments(Stripe.PaymentIntentService intents)
        {
            public async Task<PaymentState> GetPaymentStateAsync(string id)
            {
                try { var intent = await intents.GetAsync(id); return intent.Status == "succeeded" ? PaymentState.Paid : PaymentState.Pending; }
                catch (Stripe.StripeException) { [|return PaymentState.Failed;|] }
            }
        }
        """);

    [Fact]
    public Task A_text_made_up() => Flags("""
        public class Mails : ShopCode
        {
            public async Task<string> TemplateAsync(string key)
            {
                try { return (await db.Products.FirstAsync(p => p.Name == key)).Name; }
                catch (Exception ex) { log.LogError(ex, "template"); [|return $"Body for {key}";|] }
            }
        }
        """);

    [Fact]
    public Task Nothing_where_the_status_says_so() => Allows("""
        public class Cards(HttpClient http)
        {
            public async Task<string?> GetCardAsync(int id)
            {
                using var response = await http.GetAsync($"cards/{id}");
                if (response.StatusCode == HttpStatusCode.NotFound) return null;
                response.EnsureSuccessStatusCode();
                return await response.Content.ReadAsStringAsync();
            }
        }
        """);

    [Fact]
    public Task A_cache_that_misses() => Allows("""
        public class PriceCache(HttpClient http)
        {
            public async Task<string?> GetAsync(string key)
            {
                try { return await http.GetStringAsync(key); }
                catch (Exception) { return null; }
            }
        }
        """);

    [Fact]
    public Task A_method_that_may_find_nothing() => Allows("""
        public class Payments : ShopCode
        {
            public async Task<Order?> TryGetOrderAsync(int id)
            {
                try { return await db.Orders.FirstOrDefaultAsync(o => o.Id == id); }
                catch (Exception) { return null; }
            }
        }
        """);

    [Fact]
    public Task A_text_that_cannot_be_read_is_none() => Allows("""
        public class Payments
        {
            public string? FindReference(string json)
            {
                try { return JsonDocument.Parse(json).RootElement.GetProperty("reference").GetString(); }
                catch (Exception) { return null; }
            }
        }
        """);

    [Fact]
    public Task A_state_that_is_unknown() => Allows("""
        public class Payments(Stripe.PaymentIntentService intents)
        {
            public async Task<PaymentState> GetPaymentStateAsync(string id)
            {
                try { var intent = await intents.GetAsync(id); return intent.Status == "succeeded" ? PaymentState.Paid : PaymentState.Pending; }
                catch (Exception) { return PaymentState.Unknown; }
            }
        }
        """);

    [Fact]
    public Task The_exception_goes_on() => Fixes(
        """
        public class Prices : ShopCode
        {
            public async Task<decimal> UnitPriceAsync(int id)
            {
                try
                {
                    return await prices.GetPriceAsync(id);
                }
                catch (Exception ex)
                {
                    log.LogError(ex, "price {Id}", id);
                    [|return 0m;|] // free
                }
            }
        }
        """,
        """
        public class Prices : ShopCode
        {
            public async Task<decimal> UnitPriceAsync(int id)
            {
                try
                {
                    return await prices.GetPriceAsync(id);
                }
                catch (Exception ex)
                {
                    log.LogError(ex, "price {Id}", id);
                    throw; // free
                }
            }
        }
        """);

    [Fact]
    public Task A_page_to_pay_on_that_is_empty() => Flags("""
        public record StartedPayment(string Id, string CheckoutUrl);
        public class CardPaymentClient(HttpClient http)
        {
            public async Task<StartedPayment> Start()
            {
                using var doc = JsonDocument.Parse(await http.GetStringAsync("payments"));
                var id = doc.RootElement.GetProperty("paymentId").GetString() ?? throw new InvalidOperationException("no id");
                var url = [|doc.RootElement.TryGetProperty("hostedPaymentPageUrl", out var found) ? found.GetString() : ""|];
                return new StartedPayment(id, url!);
            }
        }
        """);

    [Fact]
    public Task A_link_that_the_provider_did_not_send() => Flags("""
        public record Link(string Rel, string Href);
        public record ProviderOrder(string Id, List<Link>? Links);
        public class PayPalProvider
        {
            private Task<ProviderOrder> Create(decimal amount) => Task.FromResult(new ProviderOrder("1", null));
            public async Task<Dictionary<string, object>> Start(decimal amount)
            {
                var order = await Create(amount);
                return new Dictionary<string, object> { ["id"] = order.Id, ["approval_url"] = [|order.Links?.FirstOrDefault(l => l.Rel == "approve")?.Href ?? ""|] };
            }
        }
        """);

    [Fact]
    public Task A_secret_that_is_empty() => Flags("""
        public record Intent(string Id, string? ClientSecret);
        public record StartedPayment(string Id, string ClientSecret);
        public class StripeGateway
        {
            private Task<Intent> Create() => Task.FromResult(new Intent("1", null));
            public async Task<StartedPayment> Start() { var intent = await Create(); return new StartedPayment(intent.Id, [|intent.ClientSecret ?? string.Empty|]); }
        }
        """);

    [Fact]
    public Task A_text_that_may_be_empty() => Allows("""
        public record Intent(string Id, string? Description, string? ReceiptEmail);
        public record StartedPayment(string Id, string Description, string Email);
        public class StripeGateway
        {
            private Task<Intent> Create() => Task.FromResult(new Intent("1", null, null));
            public async Task<StartedPayment> Start() { var intent = await Create(); return new StartedPayment(intent.Id, intent.Description ?? "", intent.ReceiptEmail ?? ""); }
        }
        """);
}

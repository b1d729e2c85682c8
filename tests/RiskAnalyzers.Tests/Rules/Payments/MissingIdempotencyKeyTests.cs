using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Payments;

public sealed class MissingIdempotencyKeyTests() : RuleTest("RISK2015")
{
    [Fact]
    public Task A_charge_that_could_take_one() => Flags("""
        public class Checkout : ShopCode { public async Task Pay(Order order, string token) { var r = await [|gateway.ChargeAsync(order.Total, token)|]; if (!r.Success) throw new InvalidOperationException(); } }
        """);

    [Fact]
    public Task A_refund_with_nothing_in_its_place() => Flags("""
        public class Returns : ShopCode { public Task<PaymentResult> Refund(Order order) => [|gateway.RefundAsync(order.PaymentReference!, order.Total, idempotencyKey: null)|]; }
        """);

    [Fact]
    public Task An_intent_of_the_library() => Flags("""
        public class Checkout(Stripe.PaymentIntentService intents) { public Task<Stripe.PaymentIntent> Start(long cents) => [|intents.CreateAsync(new Stripe.PaymentIntentCreateOptions { Amount = cents })|]; }
        """);

    [Fact]
    public Task A_refund_of_the_library() => Flags("""
        public class Returns { public void Refund(string id) { var service = new Stripe.RefundService(); var refund = [|service.Create(new Stripe.RefundCreateOptions { PaymentIntent = id })|]; if (refund.Status != "succeeded") throw new InvalidOperationException(); } }
        """);

    [Fact]
    public Task Options_with_everything_else() => Flags("""
        public class Payouts(Stripe.TransferService transfers)
        {
            public async Task Send(string account, long cents)
            {
                var options = new Stripe.RequestOptions { StripeAccount = account };
                await [|transfers.CreateAsync(new Stripe.TransferCreateOptions { Amount = cents }, options)|];
            }
        }
        """);

    [Fact]
    public Task A_wrapper_that_passes_null_on() => Flags("""
        public interface IStripe { Task<string> CreatePaymentIntentAsync(long cents, string currency, string? idempotencyKey); }
        public class Checkout(IStripe stripe) { public Task<string> Start(Order order) => [|stripe.CreatePaymentIntentAsync(1000, order.Currency, null)|]; }
        """);

    [Fact]
    public Task A_request_whose_key_nobody_sets() => Flags("""
        public class ChargeRequest { public decimal Amount { get; set; } public string? Token { get; set; } public string? IdempotencyKey { get; set; } }
        public interface IAcquirer { Task<PaymentResult> ChargeAsync(ChargeRequest request); }
        public class Checkout(IAcquirer acquirer)
        {
            public async Task<bool> Pay(Order order, string token)
            {
                var request = new ChargeRequest { Amount = order.Total, Token = token };
                var r = await [|acquirer.ChargeAsync(request)|];
                return r.Success;
            }
        }
        """);

    [Fact]
    public Task A_record_whose_key_is_optional() => Flags("""
        public record RefundRequest(string Reference, decimal Amount) { public string? IdempotencyKey { get; init; } }
        public interface IPaymentProvider { Task<PaymentResult> RefundAsync(RefundRequest request, CancellationToken ct = default); }
        public class Returns(IPaymentProvider provider) { public Task<PaymentResult> Refund(Order order) => [|provider.RefundAsync(new RefundRequest("x", order.Total))|]; }
        """);

    [Fact]
    public Task A_checkout_session() => Flags("""
        public class Checkout { public string Start(Order order) { var sessions = new Stripe.Checkout.SessionService(); return [|sessions.Create(new Stripe.Checkout.SessionCreateOptions { Mode = "payment" })|].Url; } }
        """);

    [Fact]
    public Task A_request_of_another_library() => Flags("""
        namespace PayPal { public class CapturesRefundRequest { public CapturesRefundRequest(string id) { } } public class Client { public Task<object> Execute(object request) => Task.FromResult(request); } }
        public class Returns(PayPal.Client client)
        {
            public async Task Refund(string capture) { var request = new PayPal.CapturesRefundRequest(capture); await [|client.Execute(request)|]; }
        }
        """);

    [Fact]
    public Task An_empty_key() => Flags("""
        public class Checkout : ShopCode { public Task<PaymentResult> Pay(Order order, string token) => [|gateway.ChargeAsync(order.Total, token, "")|]; }
        """);

    [Fact]
    public Task A_key_of_the_order() => Allows("""
        public class Checkout : ShopCode { public Task<PaymentResult> Pay(Order order, string token) => gateway.ChargeAsync(order.Total, token, $"order-{order.Id}"); }
        """);

    [Fact]
    public Task Options_with_a_key() => Allows("""
        public class Checkout(Stripe.PaymentIntentService intents) { public Task<Stripe.PaymentIntent> Start(Order order) => intents.CreateAsync(new Stripe.PaymentIntentCreateOptions { Amount = 1 }, new Stripe.RequestOptions { IdempotencyKey = $"order-{order.Id}" }); }
        """);

    [Fact]
    public Task Options_that_get_a_key_later() => Allows("""
        public class Returns(Stripe.RefundService refunds)
        {
            public async Task Refund(Order order)
            {
                var options = new Stripe.RequestOptions();
                options.IdempotencyKey = $"refund-{order.Id}";
                await refunds.CreateAsync(new Stripe.RefundCreateOptions { PaymentIntent = order.PaymentReference }, options);
            }
        }
        """);

    [Fact]
    public Task Options_that_somebody_passes() => Allows("""
        public class Returns(Stripe.RefundService refunds) { public Task<Stripe.Refund> Refund(Stripe.RefundCreateOptions refund, Stripe.RequestOptions options) => refunds.CreateAsync(refund, options); }
        """);

    [Fact]
    public Task A_key_that_is_passed_on() => Allows("""
        public class Checkout : ShopCode { public Task<PaymentResult> Pay(Order order, string token, string? idempotencyKey = null) => gateway.ChargeAsync(order.Total, token, idempotencyKey); }
        """);

    [Fact]
    public Task A_gateway_that_knows_no_keys() => Allows("""
        public interface ICashDesk { Task<bool> ChargeAsync(decimal amount); }
        public class Checkout(ICashDesk desk) { public Task<bool> Pay(Order order) => desk.ChargeAsync(order.Total); }
        """);

    [Fact]
    public Task A_look_up() => Allows("""
        public class Checkout(Stripe.PaymentIntentService intents) { public Task<Stripe.PaymentIntent> Find(string id) => intents.GetAsync(id); }
        """);

    [Fact]
    public Task A_capture_of_one_intent() => Allows("""
        public class Checkout(Stripe.PaymentIntentService intents) { public Task<Stripe.PaymentIntent> Capture(string id) => intents.CaptureAsync(id); }
        """);

    [Fact]
    public Task A_stored_card() => Allows("""
        public class Wallet(Stripe.PaymentMethodService methods, Stripe.CustomerService customers)
        {
            public async Task Store() { await methods.CreateAsync(new Stripe.PaymentMethodCreateOptions { Type = "card" }); await customers.CreateAsync(new Stripe.CustomerCreateOptions()); }
        }
        """);

    [Fact]
    public Task A_request_that_is_given_one() => Allows("""
        public class ChargeRequest { public decimal Amount { get; set; } public string? IdempotencyKey { get; set; } }
        public interface IAcquirer { Task<PaymentResult> ChargeAsync(ChargeRequest request); }
        public class Checkout(IAcquirer acquirer) { public Task<PaymentResult> Pay(Order order) => acquirer.ChargeAsync(new ChargeRequest { Amount = order.Total, IdempotencyKey = order.Id.ToString() }); }
        """);

    [Fact]
    public Task A_header_of_the_request() => Allows("""
        namespace PayPal { public class OrdersCreateRequest { public Dictionary<string, string> Headers { get; } = new(); } public class Client { public Task<object> Execute(object request) => Task.FromResult(request); } }
        public class Checkout(PayPal.Client client)
        {
            public async Task Start(Order order) { var request = new PayPal.OrdersCreateRequest(); request.Headers.Add("PayPal-Request-Id", $"order-{order.Id}"); await client.Execute(request); }
        }
        """);

    [Fact]
    public Task Work_that_is_no_payment() => Allows("""
        public interface IReports { Task CreateAsync(string name, string? idempotencyKey = null); }
        public class Month(IReports reports) { public Task Close() => reports.CreateAsync("sales"); }
        """);

    [Fact]
    public Task Options_that_all_calls_share() => Flags("""
        public class Refunds
        {
            private Stripe.RequestOptions Options => new() { ApiKey = "k" };
            public async Task Refund(string intent) { var service = new Stripe.RefundService(); await [|service.CreateAsync(new Stripe.RefundCreateOptions { PaymentIntent = intent }, Options)|]; }
        }
        """);

    [Fact]
    public Task A_post_to_a_provider_of_ones_own_client() => Flags("""
        public class NetsClient(HttpClient http)
        {
            public async Task<string> CreatePaymentAsync(string order, int amount)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "https://api.nets.example/v1/payments");
                request.Content = JsonContent.Create(new { order, amount });
                var answer = await http.[|SendAsync|](request);
                answer.EnsureSuccessStatusCode();
                return await answer.Content.ReadAsStringAsync();
            }
        }
        """);

    [Fact]
    public Task A_charge_of_an_interpolated_address() => Flags("""
        public class Acquirer(HttpClient http) { public Task Capture(string id, decimal amount) => http.[|PostAsJsonAsync|]($"payments/{id}/charges", new { amount }); }
        """);

    [Fact]
    public Task A_refund_that_a_service_asks_another_for() => Flags("""
        public class OrderService(IHttpClientFactory clients)
        {
            public async Task Cancel(Order order) { var client = clients.CreateClient("payments"); var response = await client.[|PostAsJsonAsync|]("api/refunds", new { order.Id, order.Total }); response.EnsureSuccessStatusCode(); }
        }
        """);

    [Fact]
    public Task A_header_that_carries_it() => Allows("""
        public class NetsClient(HttpClient http)
        {
            public async Task CreatePayment(string order, int amount)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "https://api.nets.example/v1/payments");
                request.Headers.Add("Idempotency-Key", order);
                await http.SendAsync(request);
            }
        }
        """);

    [Fact]
    public Task A_look_at_payments() => Allows("""
        public class NetsClient(HttpClient http)
        {
            public async Task GetPayment(string id) { using var request = new HttpRequestMessage(HttpMethod.Get, $"v1/payments/{id}"); await http.SendAsync(request); }
            public Task<HttpResponseMessage> Query(string id) => http.PostAsJsonAsync("payments/status", new { id });
        }
        """);

    [Fact]
    public Task Posts_of_other_things() => Allows("""
        public class Client(HttpClient http)
        {
            public Task<HttpResponseMessage> Login(string key) => http.PostAsJsonAsync("payments/oauth/token", new { key });
            public Task<HttpResponseMessage> Review(string text) => http.PostAsJsonAsync("reviews", new { text });
            public Task<HttpResponseMessage> Card(string token) => http.PostAsJsonAsync("payment-methods", new { token });
        }
        """);

    [Fact]
    public Task Shared_options_of_a_type_that_knows_the_key() => Allows("""
        public class Refunds(string key)
        {
            private Stripe.RequestOptions options = new();
            public void Begin() => options.IdempotencyKey = key;
            public async Task Refund(string intent) { var service = new Stripe.RefundService(); await service.CreateAsync(new Stripe.RefundCreateOptions { PaymentIntent = intent }, options); }
        }
        """);

    [Fact]
    public Task A_request_that_has_an_id_of_its_own() => Allows("""
        public class RefundMessage { public string RequestId { get; set; } = ""; public decimal Amount { get; set; } }
        public class Acquirer(HttpClient http) { public Task Refund(RefundMessage message) => http.PostAsJsonAsync("v2/refund", message); }
        """);
}

using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Payments;

public sealed class BorrowedEventIdTests() : RuleTest("RISK2023")
{
    private const string Types = """
        record CallbackData(string OrderId, long TransId, string? TxnRef, int ResultCode, string NotificationNumber, string EventId);
        record WebhookValidation(bool IsValid, string? GatewayTransactionId, string? GatewayEventId);
        class WebhookEntry { public string? ExternalEventId { get; set; } public string? OrderId { get; set; } }

        """;

    private static string Provider(string statement) => Types + "class MoMoProvider { public WebhookValidation ValidateWebhook(CallbackData data) { " + statement + " } }";

    [Fact]
    public Task The_order_of_a_callback() => Flags(Provider("return new WebhookValidation(true, data.TransId.ToString(), [|data.OrderId|]);"));

    [Fact]
    public Task By_name() => Flags(Provider("return new WebhookValidation(IsValid: true, GatewayTransactionId: null, GatewayEventId: [|data.TxnRef|]);"));

    [Fact]
    public Task A_number_as_text() => Flags(Provider("return new WebhookValidation(true, null, [|data.TransId.ToString()|]);").Replace("TransId", "TransactionNo"));

    [Fact]
    public Task A_local() => Flags("class PaymentWebhookController : ShopCode { public async Task<IActionResult> Post(string orderNumber) { var eventId = [|orderNumber|]; log.LogInformation(\"{E}\", eventId); await db.SaveChangesAsync(); return Ok(); } }");

    [Fact]
    public Task A_row_of_the_log() => Flags(Types + "class IpnHandler { public WebhookEntry Process(CallbackData data) { var entry = new WebhookEntry(); entry.ExternalEventId = [|data.OrderId|]; return entry; } }");

    [Fact]
    public Task In_an_initialiser() => Flags(Types + "class VnPayWebhooks { public WebhookEntry Receive(string txnRef) => new WebhookEntry { ExternalEventId = [|txnRef|] }; }");

    [Fact]
    public Task With_a_default() => Flags(Types + "class VnPayWebhooks { public WebhookEntry Receive(CallbackData data) => new WebhookEntry { ExternalEventId = [|data.TxnRef ?? \"\"|] }; }");

    [Fact]
    public Task A_payment_intent() => Flags("class StripeWebhook { public async Task HandleAsync(Stripe.PaymentIntent intent, string paymentIntentId) { var stripeEventId = [|paymentIntentId|]; await Task.Delay(1); Console.WriteLine(stripeEventId); } }");

    [Fact]
    public Task A_key_of_notifications() => Flags("class PaymentNotificationService { public bool OnPaymentNotification(string invoiceNumber, HashSet<string> seen) { var notificationKey = [|invoiceNumber|]; return seen.Add(notificationKey); } }");

    [Fact]
    public Task A_member_that_may_be_missing() => Flags(Types + "class Ipn { public WebhookEntry Webhook(CallbackData? data) => new WebhookEntry { ExternalEventId = [|data?.OrderId|] }; }");

    [Fact]
    public Task The_provider_s_event() => Allows(Provider("return new WebhookValidation(true, data.OrderId, data.EventId);"));

    [Fact]
    public Task The_order_and_its_state() => Allows(Provider("return new WebhookValidation(true, null, $\"{data.OrderId}:{data.ResultCode}\");"));

    [Fact]
    public Task A_number_of_the_notification() => Allows(Provider("return new WebhookValidation(true, null, data.NotificationNumber);"));

    [Fact]
    public Task Nothing() => Allows(Provider("return new WebhookValidation(false, data.OrderId, null);"));

    [Fact]
    public Task An_event_of_the_shop_s_own() => Allows("record OrderPlaced(string EventId, string OrderId); class Orders { public OrderPlaced Place(string orderId) { var eventId = orderId; return new OrderPlaced(eventId, orderId); } }");

    [Fact]
    public Task A_join_of_order_and_state() => Allows("class PaymentWebhook { public bool Handle(string orderId, string status, HashSet<string> seen) { var eventId = orderId + \":\" + status; return seen.Add(eventId); } }");

    [Fact]
    public Task The_id_of_a_delivery() => Allows("class PaymentWebhook { public bool Handle(string orderDeliveryId, HashSet<string> seen) { var eventId = orderDeliveryId; return seen.Add(eventId); } }");

    [Fact]
    public Task A_hash_of_the_body() => Allows("class PaymentWebhook { public bool Handle(string body, HashSet<string> seen) { var eventId = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(body))); return seen.Add(eventId); } }");

    [Fact]
    public Task The_order_is_called_an_order() => Allows(Types + "class VnPayWebhooks { public WebhookEntry Receive(CallbackData data) => new WebhookEntry { OrderId = data.OrderId, ExternalEventId = data.EventId }; }");

    [Fact]
    public Task A_seat_at_an_event() => Allows("class TicketCheckout { public int Book(int eventId, int orderId) { var eventOrder = orderId; return eventOrder + eventId; } }");
}

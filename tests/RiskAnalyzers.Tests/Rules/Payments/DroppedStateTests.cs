using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Payments;

public sealed class DroppedStateTests() : RuleTest("RISK2022")
{
    private const string Types = """
        public enum PaymentStatus { Pending, Processing, Authorized, Paid, Failed, Cancelled, Expired, Refunded, PartiallyRefunded }
        public class Payment { public PaymentStatus Status { get; set; } public void MarkAsPaid() { } public void MarkAsFailed(string why) { } public void MarkAsCancelled() { } public void MarkAsRefunded() { } public void MarkAsExpired() { } }
        public record Verified(PaymentStatus? PaymentStatus, string? Reason, string Type);

        """;

    [Fact]
    public Task States_of_a_webhook_without_a_case() => Flags(Types + """
        class ProcessWebhookHandler
        {
            static void Update(Payment payment, Verified result)
            {
                [|switch|] (result.PaymentStatus)
                {
                    case PaymentStatus.Paid: payment.MarkAsPaid(); break;
                    case PaymentStatus.Failed: payment.MarkAsFailed(result.Reason ?? "failed"); break;
                    case PaymentStatus.Cancelled: payment.MarkAsCancelled(); break;
                }
            }
        }
        """);

    [Fact]
    public Task States_of_a_query() => Flags(Types + """
        class Payments
        {
            public void RefreshStatus(Payment payment, PaymentStatus status)
            {
                [|switch|] (status)
                {
                    case PaymentStatus.Paid:
                    case PaymentStatus.Authorized:
                        payment.MarkAsPaid();
                        break;
                    case PaymentStatus.Failed or PaymentStatus.Cancelled:
                        payment.MarkAsFailed("gateway");
                        break;
                }
            }
        }
        """);

    [Fact]
    public Task Events_that_are_never_published() => Flags(Types + """
        interface IBus { Task PublishAsync(object message); }
        class Settlements(IBus bus)
        {
            public async Task PublishPaymentEventAsync(Payment payment, int id)
            {
                [|switch|] (payment.Status)
                {
                    case PaymentStatus.Paid: await bus.PublishAsync(new { id, Kind = "paid" }); break;
                    case PaymentStatus.Failed: await bus.PublishAsync(new { id, Kind = "failed" }); break;
                }
            }
        }
        """);

    [Fact]
    public Task Only_payments_of_a_provider_s_events() => Flags(Types + """
        class StripeWebhookController : ShopCode
        {
            public async Task<IActionResult> Handle(string type, Order order)
            {
                switch (type)
                {
                    case "checkout.session.completed": order.Status = OrderStatus.Paid; await db.SaveChangesAsync(); break;
                    case "payment_intent.succeeded": order.PaymentReference = "x"; break;
                    default: [|log.LogInformation("Unhandled event type: {Type}", type);|] break;
                }
                return Ok();
            }
        }
        """);

    [Fact]
    public Task Names_of_events_as_constants() => Flags("""
        static class PayEvents { public const string OrderCompleted = "order.completed"; public const string OrderCreated = "order.created"; }
        class PayHooks : ShopCode { public void OnNotification(string kind, Order order) { [|switch|] (kind) { case PayEvents.OrderCompleted: order.Status = OrderStatus.Paid; break; case PayEvents.OrderCreated: log.LogInformation("new"); break; } } }
        """);

    [Fact]
    public Task A_refund_s_state() => Flags("""
        enum RefundState { Requested, Succeeded, Failed, Cancelled }
        class RefundCallbacks : ShopCode { public void Apply(RefundState state, Order order) { [|switch|] (state) { case RefundState.Succeeded: order.Status = OrderStatus.Cancelled; break; case RefundState.Failed: order.Status = OrderStatus.Paid; break; } } }
        """);

    [Fact]
    public Task A_consumer_of_messages() => Flags(Types + """
        class PaymentChangedConsumer : ShopCode { public async Task Consume(Payment message, Order order) { [|switch|] (message.Status) { case PaymentStatus.Paid: order.Status = OrderStatus.Paid; break; case PaymentStatus.Expired: order.Status = OrderStatus.Cancelled; break; } await db.SaveChangesAsync(); } }
        """);

    [Fact]
    public Task A_job_that_polls() => Flags(Types + """
        class PollingJob : ShopCode { public void SyncOne(Payment payment, Payment remote) { [|switch|] (remote.Status) { case PaymentStatus.Refunded: payment.MarkAsRefunded(); break; case PaymentStatus.Paid: payment.MarkAsPaid(); break; } } }
        """.Replace("PollingJob", "PaymentPollingJob"));

    [Fact]
    public Task A_nullable_state_of_a_pattern() => Flags(Types + """
        class PayPalIpn { public void Process(Verified ipn, Payment payment) { [|switch|] (ipn.PaymentStatus) { case PaymentStatus.Paid when ipn.Reason is null: payment.MarkAsPaid(); break; case PaymentStatus.Refunded: payment.MarkAsRefunded(); break; } } }
        """);

    [Fact]
    public Task A_state_of_an_order_that_a_callback_sets() => Flags("""
        enum OrderState { New, Paid, Cancelled, Refunded }
        class PaymentCallback : ShopCode { public void OnCallback(OrderState state, Order order) { [|switch|] (state) { case OrderState.Paid: order.Status = OrderStatus.Paid; break; case OrderState.Cancelled: order.Status = OrderStatus.Cancelled; break; } } }
        """);

    [Fact]
    public Task A_default_that_fails() => Allows(Types + """
        class ProcessWebhookHandler { static void Update(Payment payment, PaymentStatus status) { switch (status) { case PaymentStatus.Paid: payment.MarkAsPaid(); break; case PaymentStatus.Failed: payment.MarkAsFailed("x"); break; default: throw new InvalidOperationException($"{status}"); } } }
        """);

    [Fact]
    public Task Every_final_state_has_a_case() => Allows("""
        enum RefundState { Requested, Succeeded, Failed }
        class RefundCallbacks : ShopCode { public void Apply(RefundState state, Order order) { switch (state) { case RefundState.Succeeded: order.Status = OrderStatus.Cancelled; break; case RefundState.Failed: order.Status = OrderStatus.Paid; break; } } }
        """);

    [Fact]
    public Task One_state_is_what_it_is_about() => Allows(Types + """
        class ReceiptConsumer(IMailer mailer) { public async Task Consume(Payment message, Order order) { switch (message.Status) { case PaymentStatus.Paid: await mailer.SendReceiptAsync(order); break; case PaymentStatus.Pending: order.PaymentReference = ""; break; } } }
        """);

    [Fact]
    public Task A_label_of_a_state() => Allows(Types + """
        class PaymentsPage { string css = ""; public void Render(PaymentStatus status) { switch (status) { case PaymentStatus.Paid: css = "green"; break; case PaymentStatus.Failed: css = "red"; break; } } }
        """);

    [Fact]
    public Task Events_with_what_went_wrong() => Allows("""
        class StripeWebhookController : ShopCode { public void Handle(string type, Order order) { switch (type) { case "payment_intent.succeeded": order.Status = OrderStatus.Paid; break; case "charge.refunded": order.Status = OrderStatus.Cancelled; break; default: log.LogInformation("{T}", type); break; } } }
        """);

    [Fact]
    public Task Events_that_are_kept_for_somebody() => Allows("""
        interface IInbox { Task KeepAsync(string type); }
        class StripeWebhookController : ShopCode { public async Task Handle(string type, Order order, IInbox inbox) { switch (type) { case "payment_intent.succeeded": order.Status = OrderStatus.Paid; break; case "payment_intent.created": break; default: await inbox.KeepAsync(type); break; } } }
        """);

    [Fact]
    public Task Events_of_another_kind() => Allows("""
        class MailWebhook : ShopCode { public void Handle(string type) { switch (type) { case "delivered": log.LogInformation("ok"); break; case "opened": log.LogInformation("read"); break; } } }
        """);

    [Fact]
    public Task A_switch_expression() => Allows(Types + """
        class PaymentStatusMapper { public string ToStatusText(PaymentStatus status) => status switch { PaymentStatus.Paid => "paid", PaymentStatus.Failed => "failed", _ => "open" }; }
        """);

    [Fact]
    public Task A_command_of_the_shop_s_own() => Allows(Types + """
        class Payments { public void Close(Payment payment) { switch (payment.Status) { case PaymentStatus.Paid: payment.MarkAsRefunded(); break; case PaymentStatus.Failed: payment.MarkAsCancelled(); break; } } }
        """);

    [Fact]
    public Task States_that_are_only_logged() => Allows(Types + """
        class PaymentEvents(ILogger log) { public void OnStatus(PaymentStatus status) { switch (status) { case PaymentStatus.Paid: log.LogInformation("paid"); break; case PaymentStatus.Failed: log.LogWarning("failed"); break; } } }
        """);

    [Fact]
    public Task The_state_of_a_shipment() => Allows("""
        enum ShipmentStatus { Sent, Completed, Failed, Cancelled }
        class ShipmentWebhook : ShopCode { public void Handle(ShipmentStatus status, Order order) { switch (status) { case ShipmentStatus.Completed: order.Status = OrderStatus.Shipped; break; case ShipmentStatus.Failed: order.Status = OrderStatus.New; break; } } }
        """);

    [Fact]
    public Task Events_with_what_went_wrong_in_a_pattern() => Allows("""
        class PayPalIpnController : ShopCode { public void Handle(string status, Order order) { switch (status) { case "Completed": order.Status = OrderStatus.Paid; break; case "Refunded" or "Reversed": order.Status = OrderStatus.Cancelled; break; } } }
        """);
}

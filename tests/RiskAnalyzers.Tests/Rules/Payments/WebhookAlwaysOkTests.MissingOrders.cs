using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Payments;

/// <summary>Money that came for an order that is not there, and events that were seen before.</summary>
public sealed partial class WebhookAlwaysOkTests
{
    [Fact]
    public Task Money_without_an_order() => Flags("""
        public class StripeWebhookHandler : ShopCode
        {
            private async Task HandlePaymentSucceeded(Stripe.Event stripeEvent)
            {
                if (stripeEvent.Data.Object is not Stripe.PaymentIntent intent)
                {
                    log.LogWarning("no intent");
                    [|return;|]
                }
                if (!intent.Metadata.TryGetValue("order_id", out var id)) { log.LogWarning("no order id"); [|return;|] }
                var order = await db.Orders.FindAsync(int.Parse(id));
                if (order == null)
                {
                    log.LogWarning("order {Id} not found", id);
                    [|return;|]
                }
                order.Status = OrderStatus.Paid;
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task A_webhook_that_says_ok_to_money_without_an_order() => Flags("""
        public class PaymentWebhookController : ShopCode
        {
            [HttpPost("webhook")]
            public async Task<IActionResult> Webhook([FromBody] int id)
            {
                var order = await db.Orders.FirstOrDefaultAsync(o => o.Id == id);
                if (order is null) [|return Ok();|]
                order.Status = OrderStatus.Paid;
                await db.SaveChangesAsync();
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_missing_order_that_is_refused() => Allows("""
        public class PaymentWebhookController : ShopCode
        {
            [HttpPost("webhook")]
            public async Task<IActionResult> Webhook([FromBody] int id)
            {
                var order = await db.Orders.FirstOrDefaultAsync(o => o.Id == id);
                if (order is null) return NotFound();
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_missing_order_of_a_payment_that_failed() => Allows("""
        public class StripeWebhookHandler : ShopCode
        {
            private async Task HandlePaymentFailed(int id)
            {
                var order = await db.Orders.FindAsync(id);
                if (order == null) { log.LogWarning("gone"); return; }
                order.Status = OrderStatus.Cancelled;
            }
        }
        """);

    [Fact]
    public Task A_missing_order_that_is_kept_for_somebody() => Allows("""
        public interface IInbox { Task StoreAsync(int id); }
        public class StripeWebhookHandler(IInbox inbox) : ShopCode
        {
            private async Task HandlePaymentSucceeded(int id)
            {
                var order = await db.Orders.FindAsync(id);
                if (order == null) { await inbox.StoreAsync(id); return; }
                order.Status = OrderStatus.Paid;
            }
        }
        """);

    [Fact]
    public Task An_order_that_is_only_handled_where_it_is_there() => Flags("""
        class PaymentWebhookController : ShopCode
        {
            [HttpPost] public async Task<IActionResult> Handle(string reference)
            {
                var order = await db.Orders.FirstOrDefaultAsync(o => o.PaymentReference == reference);
                if (order != null)
                {
                    order.Status = OrderStatus.Paid;
                    await db.SaveChangesAsync();
                }
                [|return Ok();|]
            }
        }
        """);

    [Fact]
    public Task An_event_that_is_kept_as_processed_without_its_payment() => Flags("""
        class Payment { public void MarkAsPaid() { } } class EventLog { public void MarkAsProcessed() { } }
        interface IPayments { Task<Payment?> FindAsync(string id); Task SaveAsync(EventLog entry); }
        class ProcessWebhookHandler(IPayments payments)
        {
            public async Task<bool> Handle(string id, EventLog entry)
            {
                Payment? payment = null;
                if (id.Length > 0) payment = await payments.FindAsync(id);
                if (payment is not null) { Update(payment); }
                [|entry.MarkAsProcessed();|]
                await payments.SaveAsync(entry);
                return true;
            }
            static void Update(Payment payment) => payment.MarkAsPaid();
        }
        """);

    [Fact]
    public Task In_a_case_of_the_events() => Flags("""
        class StripeWebhook : ShopCode
        {
            public async Task<IActionResult> HandleAsync(string type, int id)
            {
                switch (type)
                {
                    case "payment_intent.succeeded":
                        var order = await db.Orders.FindAsync(id);
                        [|if|] (order != null) { order.Status = OrderStatus.Paid; await db.SaveChangesAsync(); }
                        break;
                    case "payment_intent.payment_failed":
                        break;
                }
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_missing_order_that_is_answered() => Allows("""
        class PaymentWebhookController : ShopCode { [HttpPost] public async Task<IActionResult> Handle(int id) { var order = await db.Orders.FindAsync(id); if (order != null) { order.Status = OrderStatus.Paid; await db.SaveChangesAsync(); return Ok(); } return NotFound(); } }
        """);

    [Fact]
    public Task A_missing_order_that_is_noticed() => Allows("""
        class PaymentWebhookController : ShopCode { [HttpPost] public async Task<IActionResult> Handle(int id) { var order = await db.Orders.FindAsync(id); if (order != null) { order.Status = OrderStatus.Paid; await db.SaveChangesAsync(); } else { log.LogError("no order {Id}", id); } return Ok(); } }
        """);

    [Fact]
    public Task A_customer_that_need_not_be_there() => Allows("""
        class PaymentWebhookController : ShopCode { [HttpPost] public async Task<IActionResult> Handle(int id, Order order) { order.Status = OrderStatus.Paid; var customer = await db.Customers.FindAsync(id); if (customer != null) { customer.Balance = 0; await db.SaveChangesAsync(); } return Ok(); } }
        """);

    [Fact]
    public Task News_of_a_failure_for_nobody() => Allows("""
        class PaymentIpnController : ShopCode { void ProcessFailedPayment(Order order) { } [HttpPost] public async Task<IActionResult> Handle(int id) { var order = await db.Orders.FindAsync(id); if (order != null) { ProcessFailedPayment(order); } return Ok(); } }
        """);

    private const string Seen = """
        public enum ProcessingStatus { Received, Processed, Failed } public class WebhookEvent { public int Id { get; set; } public string EventId { get; set; } = ""; public ProcessingStatus ProcessingStatus { get; set; } }
        public class HookDb : DbContext { public DbSet<WebhookEvent> Events => Set<WebhookEvent>(); }

        """;

    [Fact]
    public Task An_event_that_failed_before() => Flags(Seen + """
        class PaymentWebhookController(HookDb hooks) : ShopCode { [HttpPost] public async Task<IActionResult> Handle(string id) { var existing = await hooks.Events.FirstOrDefaultAsync(e => e.EventId == id); if (existing != null) { log.LogInformation("again"); [|return Ok();|] } hooks.Events.Add(new WebhookEvent { EventId = id }); await hooks.SaveChangesAsync(); return Ok(); } }
        """);

    [Fact]
    public Task Whether_an_event_is_there() => Flags(Seen + """
        class PaymentWebhookController(HookDb hooks) : ShopCode { [HttpPost] public async Task<IActionResult> Handle(string id) { if (await hooks.Events.AnyAsync(e => e.EventId == id)) [|return Ok();|] hooks.Events.Add(new WebhookEvent { EventId = id }); await hooks.SaveChangesAsync(); return Ok(); } }
        """);

    [Fact]
    public Task An_event_that_was_handled_before() => Allows(Seen + """
        class PaymentWebhookController(HookDb hooks) : ShopCode { [HttpPost] public async Task<IActionResult> Handle(string id) { if (await hooks.Events.AnyAsync(e => e.EventId == id && e.ProcessingStatus == ProcessingStatus.Processed)) return Ok(); await hooks.SaveChangesAsync(); return Ok(); } }
        """);

    [Fact]
    public Task An_event_whose_state_is_asked_for() => Allows(Seen + """
        class PaymentWebhookController(HookDb hooks) : ShopCode { [HttpPost] public async Task<IActionResult> Handle(string id) { var existing = await hooks.Events.FirstOrDefaultAsync(e => e.EventId == id); if (existing is { ProcessingStatus: ProcessingStatus.Processed }) return Ok(); await hooks.SaveChangesAsync(); return Ok(); } }
        """);

    [Fact]
    public Task An_answer_of_a_type_of_its_own() => Flags("""
        record Received(bool Ok);
        class PaymentWebhookController : ShopCode { [HttpPost] public async Task<ActionResult<Received>> Handle(string body) { try { await db.SaveChangesAsync(); return Ok(new Received(true)); } catch (Exception ex) { log.LogError(ex, "hook"); [|return Ok(new Received(true));|] } } }
        """);

    [Fact]
    public Task A_checkout_that_nobody_knows_and_a_cart_that_nobody_can_read() => Flags("""
        public class PendingCheckout { public int Id { get; set; } public string IntentId { get; set; } = ""; public string Cart { get; set; } = ""; }
        public interface ICheckouts { Task<PendingCheckout?> FindAsync(string intent); }
        public class StripeEventsWebHookHandler(ICheckouts checkouts, ILogger log)
        {
            private async Task HandlePaymentSucceeded(string intent)
            {
                var pending = await checkouts.FindAsync(intent);
                if (pending == null)
                {
                    log.LogWarning("no checkout for {Intent}", intent);
                    [|return;|]
                }
                var lines = JsonSerializer.Deserialize<List<OrderLine>>(pending.Cart);
                if (lines == null || lines.Count == 0)
                {
                    log.LogError("cart of {Id} cannot be read", pending.Id);
                    [|return;|]
                }
                await checkouts.FindAsync(lines[0].Id.ToString());
            }
        }
        """);

    [Fact]
    public Task A_break_out_of_the_switch_over_events() => Flags("""
        public class PaymentWebhookController : ShopCode
        {
            [HttpPost("webhook")]
            public async Task<IActionResult> Receive([FromBody] string type)
            {
                switch (type)
                {
                    case "payment.succeeded":
                    {
                        Order? order = null;
                        if (type.Length > 3)
                            order = await db.Orders.FirstOrDefaultAsync(o => o.PaymentReference == type);
                        if (order is null)
                        {
                            log.LogWarning("unknown {Type}", type);
                            [|break;|]
                        }
                        order.Status = OrderStatus.Paid;
                        await db.SaveChangesAsync();
                        break;
                    }
                    default:
                        break;
                }
                return Ok();
            }
        }
        """);

    [Fact]
    public Task An_event_without_its_intent() => Flags("""
        public class StripeWebhookController : ShopCode
        {
            private async Task ProcessPaymentFailure(object data) => await db.SaveChangesAsync();
            private async Task ProcessChargePaid(Stripe.Event stripeEvent)
            {
                var charge = stripeEvent.Data.Object as Stripe.Charge;
                if (charge == null) { log.LogWarning("no charge"); [|return;|] }
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task A_parcel_that_is_not_known_yet() => Flags("""
        public class CourierWebhooksController : ShopCode
        {
            private async Task SyncDeliveryStatusAsync(int parcel)
            {
                var order = await db.Orders.FirstOrDefaultAsync(o => o.Id == parcel);
                if (order is null) { log.LogWarning("{Parcel} is not known yet", parcel); [|return;|] }
                order.Status = OrderStatus.Shipped;
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task A_break_before_an_error() => Allows("""
        public class PaymentWebhookController : ShopCode
        {
            [HttpPost("webhook")]
            public async Task<IActionResult> Receive([FromBody] string type)
            {
                switch (type)
                {
                    case "payment.succeeded":
                        var order = await db.Orders.FirstOrDefaultAsync(o => o.PaymentReference == type);
                        if (order is null) break;
                        order.Status = OrderStatus.Paid;
                        await db.SaveChangesAsync();
                        return Ok();
                }
                return NotFound();
            }
        }
        """);

    [Fact]
    public Task Offers_that_need_not_be_there() => Allows("""
        public class StripeWebhookHandler : ShopCode
        {
            private async Task ProcessPaymentOffers(string text)
            {
                var offers = JsonSerializer.Deserialize<List<int>>(text);
                if (offers == null || offers.Count == 0) return;
                await db.SaveChangesAsync();
            }
        }
        """);
}

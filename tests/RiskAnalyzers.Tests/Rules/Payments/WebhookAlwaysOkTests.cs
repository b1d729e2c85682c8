using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Payments;

public sealed class WebhookAlwaysOkTests() : RuleTest("RISK2012")
{
    [Fact]
    public Task A_catch_that_answers_Ok() => Flags(
        """
        public class PaymentsController : ShopCode
        {
            [HttpPost("webhook")]
            public async Task<IActionResult> Webhook([FromBody] string body)
            {
                try { await HandleAsync(body); return Ok(); }
                catch (Exception ex) { log.LogError(ex, "webhook"); [|return Ok();|] }
            }
            Task HandleAsync(string body) => db.SaveChangesAsync();
        }
        """);

    [Fact]
    public Task A_body_with_the_answer() => Flags(
        """
        public class PaymentsController : ShopCode
        {
            [HttpPost("webhook")]
            public async Task<IActionResult> Webhook([FromBody] string body)
            {
                try { await HandleAsync(body); return Ok(); }
                catch (Exception ex) { log.LogError(ex, "webhook"); [|return Ok(new { received = true });|] }
            }
            Task HandleAsync(string body) => db.SaveChangesAsync();
        }
        """);

    [Fact]
    public Task A_status_code() => Flags(
        """
        public class PaymentsController : ShopCode
        {
            [HttpPost("webhook")]
            public async Task<IActionResult> Webhook([FromBody] string body)
            {
                try { await HandleAsync(body); return Ok(); }
                catch { [|return StatusCode(200);|] }
            }
            Task HandleAsync(string body) => db.SaveChangesAsync();
        }
        """);

    [Fact]
    public Task No_content() => Flags(
        """
        public class PaymentsController : ShopCode
        {
            [HttpPost("webhook")]
            public async Task<IActionResult> Webhook([FromBody] string body)
            {
                try { await HandleAsync(body); return Ok(); }
                catch (Exception) { [|return NoContent();|] }
            }
            Task HandleAsync(string body) => db.SaveChangesAsync();
        }
        """);

    [Fact]
    public Task Falling_through_to_the_answer() => Flags(
        """
        public class PaymentsController : ShopCode
        {
            [HttpPost("webhook")]
            public async Task<IActionResult> Webhook([FromBody] string body)
            {
                try { await HandleAsync(body); }
                [|catch|] (Exception ex) { log.LogError(ex, "webhook"); }
                return Ok();
            }
            Task HandleAsync(string body) => db.SaveChangesAsync();
        }
        """);

    [Fact]
    public Task A_minimal_endpoint() => Flags(
        """
        static class Endpoints
        {
            public static void Map(WebApplication app) => app.MapPost("/stripe/webhook", async (ShopDb db) =>
            {
                try { await db.SaveChangesAsync(); return Results.Ok(); }
                catch (Exception) { [|return Results.Ok();|] }
            });
        }
        """);

    [Fact]
    public Task A_handler_that_answers_true() => Flags(
        """
        public class StripeWebhookHandler(ShopDb db)
        {
            public async Task<bool> HandleAsync(string json)
            {
                try { await db.SaveChangesAsync(); return true; }
                catch (Exception) { [|return true;|] }
            }
        }
        """);

    [Fact]
    public Task A_handler_without_an_answer() => Flags(
        """
        public class StripeWebhookHandler(ShopDb db, ILogger log)
        {
            public async Task HandleAsync(string json)
            {
                try { await db.SaveChangesAsync(); }
                [|catch|] (Exception ex) { log.LogError(ex, "webhook"); }
            }
        }
        """);

    [Fact]
    public Task An_IPN() => Flags(
        """
        public class PaymentsController : ShopCode
        {
            [HttpPost]
            public async Task<IActionResult> PayPalIpn()
            {
                try { await db.SaveChangesAsync(); }
                [|catch|] { }
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_payment_callback_of_an_action_result() => Flags(
        """
        public class PaymentsController : ShopCode
        {
            [HttpPost("payment/callback")]
            public async Task<ActionResult> Done()
            {
                try { await db.SaveChangesAsync(); return Ok(); }
                catch (Exception e) { log.LogWarning(e.Message); [|return new OkResult();|] }
            }
        }
        """);

    [Fact]
    public Task An_error_is_answered() => Allows(
        """
        public class PaymentsController : ShopCode
        {
            [HttpPost("webhook")]
            public async Task<IActionResult> Webhook([FromBody] string body)
            {
                try { await HandleAsync(body); return Ok(); }
                catch (Exception ex) { log.LogError(ex, "webhook"); return StatusCode(500); }
            }
            Task HandleAsync(string body) => db.SaveChangesAsync();
        }
        """);

    [Fact]
    public Task A_bad_request() => Allows(
        """
        public class PaymentsController : ShopCode
        {
            [HttpPost("webhook")]
            public async Task<IActionResult> Webhook([FromBody] string body)
            {
                try { await HandleAsync(body); return Ok(); }
                catch (Exception) { return BadRequest(); }
            }
            Task HandleAsync(string body) => db.SaveChangesAsync();
        }
        """);

    [Fact]
    public Task It_goes_on() => Allows(
        """
        public class PaymentsController : ShopCode
        {
            [HttpPost("webhook")]
            public async Task<IActionResult> Webhook([FromBody] string body)
            {
                try { await HandleAsync(body); return Ok(); }
                catch (Exception ex) { log.LogError(ex, "webhook"); throw; }
            }
            Task HandleAsync(string body) => db.SaveChangesAsync();
        }
        """);

    [Fact]
    public Task A_duplicate_is_known() => Allows(
        """
        public class PaymentsController : ShopCode
        {
            [HttpPost("webhook")]
            public async Task<IActionResult> Webhook([FromBody] string body)
            {
                try { await HandleAsync(body); return Ok(); }
                catch (DbUpdateException) { return Ok(); }
            }
            Task HandleAsync(string body) => db.SaveChangesAsync();
        }
        """);

    [Fact]
    public Task The_event_is_kept_for_later() => Allows(
        """
        public class PaymentsController : ShopCode
        {
            [HttpPost("webhook")]
            public async Task<IActionResult> Webhook([FromBody] string body)
            {
                try { await HandleAsync(body); return Ok(); }
                catch (Exception) { await KeepAsync(body); return Ok(); }
            }
            Task HandleAsync(string body) => db.SaveChangesAsync();
            Task KeepAsync(string body) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task A_filter() => Allows(
        """
        public class PaymentsController : ShopCode
        {
            [HttpPost("webhook")]
            public async Task<IActionResult> Webhook([FromBody] string body)
            {
                try { await HandleAsync(body); return Ok(); }
                catch (Exception e) when (e is DbUpdateException) { return Ok(); }
            }
            Task HandleAsync(string body) => db.SaveChangesAsync();
        }
        """);

    [Fact]
    public Task No_webhook() => Allows(
        """
        public class OrdersController : ShopCode
        {
            [HttpPost("orders")]
            public async Task<IActionResult> Place() { try { await db.SaveChangesAsync(); return Ok(); } catch (Exception) { return Ok(); } }
        }
        """);

    [Fact]
    public Task A_sign_in_callback() => Allows(
        """
        public class AccountController : ShopCode
        {
            [HttpGet("callback")]
            public async Task<IActionResult> LoginCallback() { try { await db.SaveChangesAsync(); return Ok(); } catch (Exception) { return Ok(); } }
        }
        """);

    [Fact]
    public Task Parsing_alone() => Allows(
        """
        public class PaymentsController : ShopCode
        {
            [HttpPost("webhook")]
            public IActionResult Webhook([FromBody] string body)
            {
                int? id = null;
                try { id = JsonSerializer.Deserialize<int>(body); } catch (Exception) { return Ok(); }
                return id is null ? BadRequest() : Ok();
            }
        }
        """);

    [Fact]
    public Task A_handler_that_answers_false() => Allows(
        """
        public class StripeWebhookHandler(ShopDb db)
        {
            public async Task<bool> HandleAsync(string json)
            {
                try { await db.SaveChangesAsync(); return true; }
                catch (Exception) { return false; }
            }
        }
        """);

    [Fact]
    public Task No_catch_at_all() => Allows(
        """
        public class PaymentsController : ShopCode
        {
            [HttpPost("webhook")]
            public async Task<IActionResult> Webhook() { await db.SaveChangesAsync(); return Ok(); }
        }
        """);

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
}

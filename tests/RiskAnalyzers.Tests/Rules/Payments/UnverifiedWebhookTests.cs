using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Payments;

public sealed partial class UnverifiedWebhookTests() : RuleTest("RISK2005")
{
    [Fact]
    public Task Stripe_s_parser_without_the_signature() => Flags(
        """
        public class PaymentsController : ShopCode
        {
            [HttpPost("stripe/webhook")]
            public async Task<IActionResult> Receive()
            {
                var json = await new StreamReader(Request.Body).ReadToEndAsync();
                var e = [|Stripe.EventUtility.ParseEvent(json)|];
                return Ok(e.Id);
            }
        }
        """);

    [Fact]
    public Task An_action_that_believes_its_body() => Flags(
        """
        public class PaymentsController : ShopCode
        {
            public record Notice(int OrderId, string Status);
            
            [HttpPost("webhook")]
            public async Task<IActionResult> [|Receive|]([FromBody] Notice notice)
            {
                var order = await db.Orders.FirstAsync(o => o.Id == notice.OrderId);
                if (notice.Status == "paid") { order.Status = OrderStatus.Paid; }
                await db.SaveChangesAsync();
                return Ok();
            }
        }
        """);

    [Fact]
    public Task An_IPN_by_its_name() => Flags(
        """
        public class PaymentsController : ShopCode
        {
            [HttpPost]
            public async Task<IActionResult> [|PayPalIpn|](int orderId)
            {
                var order = await db.Orders.FirstAsync(o => o.Id == orderId);
                order.Status = OrderStatus.Paid;
                await db.SaveChangesAsync();
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_payment_callback() => Flags(
        """
        public class PaymentsController : ShopCode
        {
            [HttpPost("payment-callback")]
            public IActionResult [|PaymentCallback|](int id)
            {
                var order = db.Orders.First(o => o.Id == id);
                order.Status = OrderStatus.Paid;
                db.SaveChanges();
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_thin_controller_over_a_trusting_service() => Flags(
        """
        public class Handler(ShopDb db) { public async Task HandleEventAsync(string payload) { var order = await db.Orders.FirstAsync(o => o.PaymentReference == payload); order.Status = OrderStatus.Paid; await db.SaveChangesAsync(); } }

        public class PaymentsController : ShopCode
        {
            [HttpPost("webhook")]
            public async Task<IActionResult> [|Webhook|]([FromBody] string payload, [FromServices] Handler handler) { await handler.HandleEventAsync(payload); return Ok(); }
        }
        """);

    [Fact]
    public Task Anonymous_although_the_controller_is_not() => Flags(
        """
        [Authorize]
        public class PaymentsController : ShopCode
        {
            [AllowAnonymous, HttpPost("webhook")]
            public async Task<IActionResult> [|Receive|](int id)
            {
                var order = await db.Orders.FirstAsync(o => o.Id == id);
                order.Status = OrderStatus.Paid;
                await db.SaveChangesAsync();
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_minimal_endpoint() => Flags(
        """
        static class Endpoints
        {
            public static void Map(WebApplication app) => app.[|MapPost|]("/webhooks/stripe", async (ShopDb db, int id) =>
            {
                var order = await db.Orders.FirstAsync(o => o.Id == id);
                order.Status = OrderStatus.Paid;
                await db.SaveChangesAsync();
                return Results.Ok();
            });
        }
        """);

    [Fact]
    public Task A_command_made_of_the_body() => Flags(
        """
        public class PaymentsController : ShopCode
        {
            public interface IPaymentEvents { Task MarkPaidAsync(int id); }
            
            [HttpPost("hooks/payment")]
            public async Task<IActionResult> [|PaymentHook|](int id, [FromServices] IPaymentEvents events) { await events.MarkPaidAsync(id); return NoContent(); }
        }
        """);

    [Fact]
    public Task A_route_that_maps_a_method() => Flags("""
        static class Ends { public static void Map(WebApplication app) { app.[|MapPost|]("/stripe/webhook", Handle); } static async Task<IResult> Handle(PaymentEvent e, ShopDb db) { var o = await db.Orders.FindAsync(e.OrderId); o!.Status = OrderStatus.Paid; await db.SaveChangesAsync(); return Results.Ok(); } } record PaymentEvent(int OrderId);
        """);

    [Fact]
    public Task A_callback_below_a_group() => Flags("""
        static class Ends { public static void Map(WebApplication app) { var payments = app.MapGroup("/payments"); payments.[|MapPost|]("/callback", async (PaymentEvent e, ShopDb db) => { var o = await db.Orders.FindAsync(e.OrderId); o!.Status = OrderStatus.Paid; await db.SaveChangesAsync(); }); } } record PaymentEvent(int OrderId);
        """);

    [Fact]
    public Task An_event_is_constructed_from_its_signature() => Fixes(
        """
        public class PaymentWebhookController : ShopCode
        {
            [HttpPost("webhook")]
            public async Task<IActionResult> Webhook()
            {
                var json = await new StreamReader(Request.Body).ReadToEndAsync();
                var received = [|Stripe.EventUtility.ParseEvent(json)|];
                return Ok(received.Id);
            }
        }
        """,
        """
        public class PaymentWebhookController : ShopCode
        {
            [HttpPost("webhook")]
            public async Task<IActionResult> Webhook()
            {
                var json = await new StreamReader(Request.Body).ReadToEndAsync();
                var received = Stripe.EventUtility.ConstructEvent(json, Request.Headers["Stripe-Signature"].ToString(), config["Stripe:WebhookSecret"] ?? throw new System.InvalidOperationException("Stripe:WebhookSecret is not set"));
                return Ok(received.Id);
            }
        }
        """);

    [Fact]
    public Task Another_service_hears_of_it() => Flags("""
        namespace Payments.Web;
        [ApiController, Route("api/webhooks/nexi")]
        public class WebhooksController(IHttpClientFactory clients) : ControllerBase
        {
            [HttpPost]
            public async Task<IActionResult> [|Handle|]([FromBody] JsonElement payload)
            {
                var order = payload.GetProperty("orderId").GetString();
                var status = payload.GetProperty("event").GetString() == "completed" ? "Authorized" : "Failed";
                await clients.CreateClient("Orders").PutAsJsonAsync($"api/orders/{order}/status", new { status });
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_key_that_is_compared_only_where_there_is_one() => Flags("""
        public class BankProvider(string? webhookKey)
        {
            public bool ValidateWebhook(IDictionary<string, string> headers)
            {
                [|if|] (!string.IsNullOrEmpty(webhookKey))
                {
                    var sent = headers["Authorization"];
                    if (!sent.Equals(webhookKey)) return false;
                }
                return true;
            }
        }
        """);

    [Fact]
    public Task A_service_that_checks() => Allows(
        """
        public class Handler(ShopDb db) { public async Task HandleEventAsync(string payload, string header) { Stripe.EventUtility.ConstructEvent(payload, header, "s"); await db.SaveChangesAsync(); } }

        public class PaymentsController : ShopCode
        {
            [HttpPost("webhook")]
            public async Task<IActionResult> Webhook([FromBody] string payload, [FromServices] Handler handler) { await handler.HandleEventAsync(payload, Request.Headers["X-Sig"]!); return Ok(); }
        }
        """);

    [Fact]
    public Task A_scheme_that_authenticates() => Allows(
        """
        public class PaymentsController : ShopCode
        {
            [Authorize, HttpPost("webhook")]
            public async Task<IActionResult> Receive(int id)
            {
                var order = await db.Orders.FirstAsync(o => o.Id == id);
                order.Status = OrderStatus.Paid;
                await db.SaveChangesAsync();
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_sign_in_callback() => Allows(
        """
        public class AccountController : ShopCode
        {
            [HttpGet("signin-callback")]
            public async Task<IActionResult> LoginCallback() { await db.SaveChangesAsync(); return Ok(); }
        }
        """);

    [Fact]
    public Task A_webhook_that_only_logs() => Allows(
        """
        public class PaymentsController : ShopCode
        {
            [HttpPost("webhook")]
            public IActionResult Receive([FromBody] string body) { log.LogInformation("{Length}", body.Length); return Ok(); }
        }
        """);

    [Fact]
    public Task A_payment_action_that_is_no_webhook() => Allows(
        """
        public class PaymentsController : ShopCode
        {
            [HttpPost("pay")]
            public async Task<IActionResult> Pay(int id)
            {
                var order = await db.Orders.FirstAsync(o => o.Id == id);
                order.Status = OrderStatus.Paid;
                await db.SaveChangesAsync();
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_minimal_endpoint_that_verifies() => Allows(
        """
        static class Endpoints
        {
            public static void Map(WebApplication app) => app.MapPost("/webhooks/stripe", async (ShopDb db, HttpRequest request) =>
            {
                Stripe.EventUtility.ConstructEvent("", request.Headers["Stripe-Signature"], "s");
                await db.SaveChangesAsync();
                return Results.Ok();
            });
        }
        """);

    [Fact]
    public Task A_mapped_method_that_verifies() => Allows("""
        static class Ends { public static void Map(WebApplication app) { app.MapPost("/stripe/webhook", Handle); } static async Task<IResult> Handle(HttpRequest request, ShopDb db) { if (!Verify(request.Headers["X-Signature"])) return Results.Unauthorized(); var o = await db.Orders.FirstAsync(); o.Status = OrderStatus.Paid; await db.SaveChangesAsync(); return Results.Ok(); } static bool Verify(string? s) => s == "x"; }
        """);

    [Fact]
    public Task Staff_that_notify_a_recipient() => Allows("""
        namespace Shop.Admin.Controllers; public class GiftCardController : ShopCode { [HttpPost] public async Task<IActionResult> NotifyRecipient(Order model) { model.Status = OrderStatus.Paid; await db.SaveChangesAsync(); return Ok(); } }
        """);

    [Fact]
    public Task Only_read_for_the_log() => Allows("""
        namespace Payments.Web;
        [ApiController, Route("api/webhooks/nexi")]
        public class WebhooksController(HttpClient http, ILogger<WebhooksController> log) : ControllerBase
        {
            [HttpPost]
            public async Task<IActionResult> Handle([FromBody] JsonElement payload) { log.LogInformation("got {Event}", payload.GetProperty("event")); await http.GetAsync("health"); return Ok(); }
        }
        """);

    [Fact]
    public Task A_key_that_has_to_be_there() => Allows("""
        public class BankProvider(string? webhookKey)
        {
            public bool ValidateWebhook(IDictionary<string, string> headers)
            {
                if (string.IsNullOrEmpty(webhookKey)) return false;
                return headers["Authorization"].Equals(webhookKey);
            }
        }
        """);
}

using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Payments;

/// <summary>What looks like the risk and is none.</summary>
public sealed partial class UnverifiedWebhookTests
{
    [Fact]
    public Task Stripe_s_own_check() => Allows(
        """
        public class PaymentsController : ShopCode
        {
            [HttpPost("stripe/webhook")]
            public async Task<IActionResult> Receive()
            {
                var json = await new StreamReader(Request.Body).ReadToEndAsync();
                var e = Stripe.EventUtility.ConstructEvent(json, Request.Headers["Stripe-Signature"], config["Stripe:WebhookSecret"]);
                var order = await db.Orders.FirstAsync(o => o.PaymentReference == e.Id);
                order.Status = OrderStatus.Paid;
                await db.SaveChangesAsync();
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_comparison_of_digests() => Allows(
        """
        public class PaymentsController : ShopCode
        {
            [HttpPost("webhook")]
            public async Task<IActionResult> Receive([FromBody] string body)
            {
                var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes("k"), Encoding.UTF8.GetBytes(body));
                if (!CryptographicOperations.FixedTimeEquals(expected, Convert.FromHexString(Request.Headers["X-Digest"]!))) return Unauthorized();
                var order = await db.Orders.FirstAsync();
                order.Status = OrderStatus.Paid;
                await db.SaveChangesAsync();
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_private_helper_that_checks() => Allows(
        """
        public class PaymentsController : ShopCode
        {
            [HttpPost("webhook")]
            public async Task<IActionResult> Receive([FromBody] string body)
            {
                if (!IsGenuine(body)) return Unauthorized();
                var order = await db.Orders.FirstAsync();
                order.Status = OrderStatus.Paid;
                await db.SaveChangesAsync();
                return Ok();
            }
            
            bool IsGenuine(string body) => Request.Headers["X-Signature"] == Sign(body);
            string Sign(string body) => body;
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
    public Task A_filter_that_verifies() => Allows(
        """
        public class VerifySignatureAttribute : Attribute { }

        public class PaymentsController : ShopCode
        {
            [VerifySignature, HttpPost("webhook")]
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
    public Task Asking_the_provider_again() => Allows(
        """
        public class PaymentsController : ShopCode
        {
            public interface IStripeClientFacade { Task<string> GetPaymentAsync(string id); }
            
            [HttpPost("webhook")]
            public async Task<IActionResult> Receive(string id, [FromServices] IStripeClientFacade stripe)
            {
                if (await stripe.GetPaymentAsync(id) != "succeeded") return Ok();
                var order = await db.Orders.FirstAsync(o => o.PaymentReference == id);
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

using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Payments;

public sealed partial class WebhookAlwaysOkTests() : RuleTest("RISK2012")
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
}

namespace RiskAnalyzers.Tests.Rules.Payments;

/// <summary>Signatures that arrive and are not, or not always, checked.</summary>
public sealed partial class UnverifiedWebhookTests
{
    [Fact]
    public Task A_signature_that_nobody_looks_at() => Flags(
        """
        public class StripeService(ShopDb db)
        {
            public async Task HandleWebhookAsync(string payload, string [|signature|])
            {
                var order = await db.Orders.FirstAsync(o => o.PaymentReference == payload);
                order.Status = OrderStatus.Paid;
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task A_signature_that_is_only_logged() => Flags(
        """
        public class StripeService(ShopDb db, ILogger log)
        {
            public async Task<bool> ProcessWebhookAsync(string payload, string [|signatureHeader|])
            {
                log.LogInformation("signature {S}", signatureHeader);
                await db.SaveChangesAsync();
                return payload.Length > 0;
            }
        }
        """);

    [Fact]
    public Task A_signature_that_only_must_be_there() => Flags("""
        record PaymentEvent(int OrderId); class WebhookController : ShopCode { [HttpPost("webhook/pay")] public async Task<IActionResult> Handle([FromBody] PaymentEvent e, [FromHeader(Name = "X-Signature")] string [|signature|]) { if (string.IsNullOrEmpty(signature)) return Unauthorized(); var o = await db.Orders.FindAsync(e.OrderId); o!.Status = OrderStatus.Paid; await db.SaveChangesAsync(); return Ok(); } }
        """);

    [Fact]
    public Task A_signature_that_is_checked_where_there_is_a_secret() => Flags("""
        public class PaymentWebhookController : ShopCode
        {
            [HttpPost("webhook")]
            public async Task<IActionResult> Webhook([FromBody] int id, [FromHeader(Name = "X-Signature")] string? signature)
            {
                var secret = config["Payments:WebhookSecret"];
                [|if|] (!string.IsNullOrEmpty(secret))
                {
                    if (!VerifySignature(signature, secret)) return Unauthorized();
                }
                var order = await db.Orders.FirstAsync(o => o.Id == id);
                order.Status = OrderStatus.Paid;
                await db.SaveChangesAsync();
                return Ok();
            }
            private static bool VerifySignature(string? signature, string secret) => signature == secret;
        }
        """);

    [Fact]
    public Task A_missing_secret_that_is_refused() => Allows("""
        public class PaymentWebhookController : ShopCode
        {
            [HttpPost("webhook")]
            public async Task<IActionResult> Webhook([FromBody] int id, [FromHeader(Name = "X-Signature")] string? signature)
            {
                var secret = config["Payments:WebhookSecret"];
                if (string.IsNullOrEmpty(secret)) return StatusCode(500);
                if (!VerifySignature(signature, secret)) return Unauthorized();
                var order = await db.Orders.FirstAsync(o => o.Id == id);
                order.Status = OrderStatus.Paid;
                await db.SaveChangesAsync();
                return Ok();
            }
            private static bool VerifySignature(string? signature, string secret) => signature == secret;
        }
        """);
}

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
}

namespace RiskAnalyzers.Tests.Rules.Payments;

/// <summary>Amounts that are paid out or taken from a balance.</summary>
public sealed partial class UnboundedQuantityTests
{
    [Fact]
    public Task A_refund_of_any_amount() => Flags("""
        public record RefundRequest(decimal Amount, string Reason);
        public class RefundsController : ShopCode
        {
            [HttpPost("{id}/refund")]
            public async Task<IActionResult> Refund(int id, RefundRequest request)
            {
                var order = await db.Orders.FirstAsync(o => o.Id == id);
                var result = await gateway.RefundAsync(order.PaymentReference!, [|request.Amount|]);
                return result.Success ? Ok() : BadRequest();
            }
        }
        """);

    [Fact]
    public Task A_refund_that_only_must_be_positive() => Flags("""
        public record RefundBody([property: Range(0.01, 100000)] decimal Amount);
        public class RefundsController : ShopCode
        {
            [HttpPost]
            public async Task<IActionResult> Refund(int id, RefundBody body)
            {
                if (body.Amount <= 0) return BadRequest();
                var order = await db.Orders.FindAsync(id);
                await gateway.RefundAsync(order!.PaymentReference!, [|body.Amount|]);
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_wallet_debited_by_any_amount() => Flags("""
        public class Wallet
        {
            public Guid Id { get; set; }
            public decimal Balance { get; private set; }
            public void Debit(decimal amount)
            {
                if (Balance < amount) throw new InvalidOperationException("Insufficient funds");
                Balance -= [|amount|];
            }
        }
        """);

    [Fact]
    public Task Points_redeemed_from_the_request() => Flags("""
        public class LoyaltyAccount { public int Id { get; set; } public int Points { get; set; } }
        public record RedeemRequest(int Points);
        public class LoyaltyController : ShopCode
        {
            [HttpPost]
            public IActionResult Redeem(RedeemRequest request, [FromServices] LoyaltyAccount account)
            {
                account.Points = account.Points - [|request.Points|];
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_mediator_handler_with_a_stripe_refund() => Flags("""
        public record RefundPaymentCommand(string IntentId, decimal Amount);
        public class RefundPaymentHandler(Stripe.RefundService refunds)
        {
            public async Task<string> Handle(RefundPaymentCommand command, CancellationToken ct)
            {
                var refund = await refunds.CreateAsync(new Stripe.RefundCreateOptions { PaymentIntent = command.IntentId, Amount = (long)([|command.Amount|] * 100) }, null, ct);
                return refund.Status;
            }
        }
        """);

    [Fact]
    public Task A_refund_up_to_what_was_paid() => Allows("""
        public record RefundRequest(decimal Amount);
        public class C : ShopCode
        {
            [HttpPost]
            public async Task<IActionResult> Refund(int id, RefundRequest request)
            {
                var order = await db.Orders.FirstAsync(o => o.Id == id);
                if (request.Amount <= 0 || request.Amount > order.Total) return BadRequest();
                await gateway.RefundAsync(order.PaymentReference!, request.Amount);
                return Ok();
            }
        }
        """);

    [Fact]
    public Task An_adapter_that_passes_the_refund_on() => Allows("""
        public class StripeAdapter(Stripe.RefundService refunds)
        {
            public async Task<string> RefundAsync(string intent, decimal amount) => (await refunds.CreateAsync(new Stripe.RefundCreateOptions { PaymentIntent = intent, Amount = (long)(amount * 100) })).Status;
        }
        """);

    [Fact]
    public Task A_payment_of_any_amount() => Flags("""
        public class PaymentTransaction
        {
            private PaymentTransaction() { }
            public Guid Id { get; private set; }
            public decimal Amount { get; private set; }
            public string Currency { get; private set; } = "";
            public static PaymentTransaction Create(Guid orderId, decimal amount, string currency) => new() { Id = Guid.NewGuid(), Amount = [|amount|], Currency = currency };
        }
        """);

    [Fact]
    public Task A_refund_made_for_any_amount() => Flags("""
        public class Refund
        {
            public Refund(int paymentId, decimal amount) { PaymentId = paymentId; Amount = [|amount|]; }
            public int PaymentId { get; private set; }
            public decimal Amount { get; private set; }
        }
        """);

    [Fact]
    public Task Installments_as_many_as_one_likes() => Flags("""
        public record CheckoutCommand(int OrderId, int Installments, string Token);
        public interface IPos { Task<PaymentResult> ChargeAsync(decimal amount, string token, int installments); }
        public class CheckoutHandler(IPos pos, ShopDb db)
        {
            public async Task Handle(CheckoutCommand command)
            {
                var order = await db.Orders.FirstAsync(o => o.Id == command.OrderId);
                var installments = command.Installments < 1 ? 1 : [|command.Installments|];
                await pos.ChargeAsync(order.Total, command.Token, installments);
            }
        }
        """);

    [Fact]
    public Task A_refund_of_a_minimal_api() => Flags("""
        public record RefundInput(decimal Amount, string Reason);
        public interface IRefunds { Task<PaymentResult> RefundAsync(int id, decimal amount); }
        public static class Routes
        {
            public static void MapOrders(this WebApplication app) => app.MapPost("/orders/{id:int}/refund", async (int id, RefundInput input, IRefunds refunds) =>
            {
                var result = await refunds.RefundAsync(id, [|input.Amount|]);
                return result.Success ? Results.Ok() : Results.Conflict();
            });
        }
        """);
}

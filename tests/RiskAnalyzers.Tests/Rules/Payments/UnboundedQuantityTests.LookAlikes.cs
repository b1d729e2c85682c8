using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Payments;

/// <summary>What looks like the risk and is none.</summary>
public sealed partial class UnboundedQuantityTests
{
    [Fact]
    public Task A_guard_at_the_top() => Allows("""
        public record AddLineRequest(int ProductId, int Quantity);
        public class C : ShopCode
        {
            [HttpPost]
            public async Task<IActionResult> Add(AddLineRequest req)
            {
                ArgumentOutOfRangeException.ThrowIfNegativeOrZero(req.Quantity);
                var p = await db.Products.FirstAsync(x => x.Id == req.ProductId);
                db.Orders.Add(new Order { Total = p.Price * req.Quantity });
                await db.SaveChangesAsync();
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_comparison_that_refuses() => Allows("""
        public record AddLineRequest(int ProductId, int Quantity);
        public class C : ShopCode
        {
            [HttpPost]
            public async Task<IActionResult> Add(AddLineRequest req)
            {
                if (req.Quantity is < 1 or > 99) return BadRequest();
                var price = await prices.GetPriceAsync(req.ProductId);
                var total = price * req.Quantity;
                return Ok(total);
            }
        }
        """);

    [Fact]
    public Task A_quantity_that_is_compared_with_the_stock() => Allows("""
        public class CartItem { public int ProductId { get; set; } public int Quantity { get; set; } public decimal UnitPrice { get; set; } }
        public record CartRequest(int ProductId, int Quantity);
        public class CartController : ShopCode
        {
            [HttpPost("cart")]
            public async Task<IActionResult> Add([FromBody] CartRequest request)
            {
                var product = await db.Products.FirstAsync(p => p.Id == request.ProductId);
                var quantity = Math.Max(1, request.Quantity);
                if (quantity > product.Stock) return Conflict();
                db.Add(new CartItem { ProductId = request.ProductId, Quantity = quantity });
                await db.SaveChangesAsync();
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_line_whose_constructor_refuses() => Allows("""
        public class BasketItem
        {
            public BasketItem(int productId, decimal unitPrice, int qty) { if (qty <= 0) throw new ArgumentOutOfRangeException(nameof(qty)); ProductId = productId; UnitPrice = unitPrice; Qty = qty; }
            public int ProductId { get; private set; }
            public decimal UnitPrice { get; private set; }
            public int Qty { get; private set; }
        }
        public class Basket
        {
            private readonly List<BasketItem> items = new();
            public void AddItem(int productId, decimal unitPrice, int qty) => items.Add(new BasketItem(productId, unitPrice, qty));
        }
        """);

    [Fact]
    public Task A_payment_that_refuses_nothing_and_less() => Allows("""
        public class Payment
        {
            public decimal Amount { get; private set; }
            public static Payment Create(decimal amount)
            {
                ArgumentOutOfRangeException.ThrowIfNegativeOrZero(amount);
                return new Payment { Amount = amount };
            }
        }
        public class RefundRequest { public decimal Amount { get; set; } public static RefundRequest Create(decimal amount) => new() { Amount = amount }; }
        public record Charge(decimal Amount) { public static Charge Create(decimal amount) => new(amount); }
        """);

    [Fact]
    public Task Terms_that_are_limited() => Allows("""
        public class Membership
        {
            public DateTime ExpiresAt { get; private set; }
            public void Extend(int additionalDays)
            {
                if (additionalDays is < 1 or > 365)
                    throw new ArgumentOutOfRangeException(nameof(additionalDays));
                ExpiresAt = ExpiresAt.AddDays(additionalDays);
            }
            public static DateTime Report(int days) => DateTime.UtcNow.AddDays(-days);
        }
        """);

    [Fact]
    public Task A_question_that_is_asked_of_somebody_else() => Allows("""
        public record CanRefundQuery { public decimal AmountToRefund { get; init; } }
        public record RefundCommand(int PaymentId, decimal AmountToRefund);
        public interface IBus { Task<bool> Send(CanRefundQuery query); }
        public class RefundHandler(IBus bus, IPaymentGateway gateway)
        {
            public async Task Handle(RefundCommand command)
            {
                var amount = command.AmountToRefund;
                var allowed = await bus.Send(new CanRefundQuery { AmountToRefund = amount });
                if (!allowed)
                    throw new InvalidOperationException();
                await gateway.RefundAsync("ref", amount);
            }
        }
        """);
}

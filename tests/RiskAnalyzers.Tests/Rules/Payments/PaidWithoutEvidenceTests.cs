using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Payments;

public sealed class PaidWithoutEvidenceTests() : RuleTest("RISK2010")
{
    [Fact]
    public Task An_endpoint_that_says_so() => Flags(
        """
        public class PaymentsController : ShopCode
        {
            [HttpPost("{id}/pay")]
            public async Task<IActionResult> Pay(int id)
            {
                var order = await db.Orders.FirstAsync(o => o.Id == id);
                [|order.Status = OrderStatus.Paid|];
                await db.SaveChangesAsync();
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_service_without_a_gateway() => Flags(
        """
        public class OrderService(ShopDb db, IPaymentGateway gateway, ILogger log)
        {
            public async Task CompleteAsync(Order order)
            {
                [|order.Status = OrderStatus.Paid|];
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task An_order_that_is_born_paid() => Flags(
        """
        public class OrderService(ShopDb db, IPaymentGateway gateway, ILogger log)
        {
            public async Task<Order> PlaceAsync(decimal total)
            {
                var order = new Order { Total = total, [|Status = OrderStatus.Paid|] };
                db.Orders.Add(order);
                await db.SaveChangesAsync();
                return order;
            }
        }
        """);

    [Fact]
    public Task A_flag() => Flags(
        """
        public class Invoice { public bool IsPaid { get; set; } }
        public class OrderService(ShopDb db, IPaymentGateway gateway, ILogger log)
        {
            public void Close(Invoice invoice) => [|invoice.IsPaid = true|];
        }
        """);

    [Fact]
    public Task A_time_of_payment() => Flags(
        """
        public class Invoice { public DateTime? PaidAt { get; set; } }
        public class OrderService(ShopDb db, IPaymentGateway gateway, ILogger log)
        {
            public void Close(Invoice invoice) { [|invoice.PaidAt = DateTime.UtcNow|]; }
        }
        """);

    [Fact]
    public Task A_method_of_the_entity() => Flags(
        """
        public class Bill { public bool Done; public void MarkAsPaid() => Done = true; }
        public class OrderService(ShopDb db, IPaymentGateway gateway, ILogger log)
        {
            public async Task SettleBill(Bill bill) { [|bill.MarkAsPaid()|]; await db.SaveChangesAsync(); }
        }
        """);

    [Fact]
    public Task A_refund_without_a_refund() => Flags(
        """
        public enum RefundState { Open, Refunded }
        public class Return { public RefundState State { get; set; } }
        public class OrderService(ShopDb db, IPaymentGateway gateway, ILogger log)
        {
            public async Task Approve(Return request1) { [|request1.State = RefundState.Refunded|]; await db.SaveChangesAsync(); }
        }
        """);

    [Fact]
    public Task A_payment_that_completes_itself() => Flags(
        """
        public enum PaymentStatus { Pending, Completed }
        public class Payment { public PaymentStatus Status { get; set; } }
        public class OrderService(ShopDb db, IPaymentGateway gateway, ILogger log)
        {
            public Payment Create() => new Payment { [|Status = PaymentStatus.Completed|] };
        }
        """);

    [Fact]
    public Task A_status_in_words() => Flags(
        """
        public class Payment { public string Status { get; set; } = ""; }
        public class OrderService(ShopDb db, IPaymentGateway gateway, ILogger log)
        {
            public void Process(Payment payment) { [|payment.Status = "paid"|]; }
        }
        """);

    [Fact]
    public Task A_handler_of_a_command() => Flags(
        """
        public record PayOrder(int Id);
        public class PayOrderHandler(ShopDb db)
        {
            public async Task Handle(PayOrder command)
            {
                var order = await db.Orders.FirstAsync(o => o.Id == command.Id);
                [|order.Status = OrderStatus.Paid|];
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task After_a_charge() => Allows(
        """
        public class OrderService(ShopDb db, IPaymentGateway gateway, ILogger log)
        {
            public async Task Pay(Order order, string token)
            {
                var r = await gateway.ChargeAsync(order.Total, token);
                if (!r.Success) throw new InvalidOperationException();
                order.Status = OrderStatus.Paid;
            }
        }
        """);

    [Fact]
    public Task A_result_that_somebody_passes() => Allows(
        """
        public class OrderService(ShopDb db, IPaymentGateway gateway, ILogger log)
        {
            public void Apply(Order order, PaymentResult result) { if (result.Success) order.Status = OrderStatus.Paid; }
        }
        """);

    [Fact]
    public Task An_event_of_the_provider() => Allows(
        """
        public record PaymentSucceeded(int OrderId);
        public class OrderService(ShopDb db, IPaymentGateway gateway, ILogger log)
        {
            public async Task Handle(PaymentSucceeded notification) { var order = await db.Orders.FirstAsync(o => o.Id == notification.OrderId); order.Status = OrderStatus.Paid; }
        }
        """);

    [Fact]
    public Task The_entity_s_own_transition() => Allows(
        """
        public class Bill { public bool IsPaid { get; private set; } public void MarkAsPaid() => IsPaid = true; public void Pay() { IsPaid = true; } }
        """);

    [Fact]
    public Task Nothing_is_due() => Allows(
        """
        public class OrderService(ShopDb db, IPaymentGateway gateway, ILogger log)
        {
            public void Place(Order order) { if (order.Total == 0m) order.Status = OrderStatus.Paid; }
        }
        """);

    [Fact]
    public Task An_administrator_decides() => Allows(
        """
        public class OrdersController : ShopCode
        {
            [Authorize(Roles = "Admin"), HttpPost("{id}/mark-paid")]
            public async Task<IActionResult> Settle(int id) { var order = await db.Orders.FirstAsync(o => o.Id == id); order.Status = OrderStatus.Paid; await db.SaveChangesAsync(); return Ok(); }
        }
        """);

    [Fact]
    public Task Data_for_a_demonstration() => Allows(
        """
        public class OrderSeeder(ShopDb db) { public void Seed() { db.Orders.Add(new Order { Status = OrderStatus.Paid }); } }
        """);

    [Fact]
    public Task A_view_model() => Allows(
        """
        public class OrderModel { public bool IsPaid { get; set; } }
        public class OrderService(ShopDb db, IPaymentGateway gateway, ILogger log)
        {
            public OrderModel Show(Order order) { var model = new OrderModel(); model.IsPaid = true; return model; }
        }
        """);

    [Fact]
    public Task A_verified_intent() => Allows(
        """
        public class OrderService(ShopDb db, IPaymentGateway gateway, ILogger log)
        {
            public void Apply(Stripe.PaymentIntent intent, Order order) { if (intent.Status == "succeeded") order.Status = OrderStatus.Paid; }
        }
        """);

    [Fact]
    public Task Another_state() => Allows(
        """
        public class OrderService(ShopDb db, IPaymentGateway gateway, ILogger log)
        {
            public void Ship(Order order) { order.Status = OrderStatus.Shipped; }
        }
        """);

    [Fact]
    public Task A_private_step_of_a_checked_method() => Allows(
        """
        public class OrderService(ShopDb db, IPaymentGateway gateway, ILogger log)
        {
            public async Task Pay(Order order, string token) { if ((await gateway.ChargeAsync(order.Total, token)).Success) Finish(order); }
            private void Finish(Order order) { order.Status = OrderStatus.Paid; }
        }
        """);

    [Fact]
    public Task A_comparison() => Allows(
        """
        public class OrderService(ShopDb db, IPaymentGateway gateway, ILogger log)
        {
            public bool Ask(Order order) => order.Status == OrderStatus.Paid;
        }
        """);
}

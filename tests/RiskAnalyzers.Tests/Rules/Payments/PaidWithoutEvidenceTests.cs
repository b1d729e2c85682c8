using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Payments;

public sealed partial class PaidWithoutEvidenceTests() : RuleTest("RISK2010")
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

    private const string Answers = """
        public enum PaymentStatus { Pending, Processing, Succeeded, Completed, Failed }
        public class Answer { public string Status { get; set; } = ""; public string Id { get; set; } = ""; }
        public class Outcome { public bool IsSuccess { get; set; } public bool IsPaid { get; set; } public PaymentStatus Status { get; set; } }

        """;

    [Fact]
    public Task A_pending_answer_that_counts_as_success() => Flags(Answers + """
        public class Provider
        {
            public Outcome ProcessPayment(Answer answer)
            {
                var outcome = new Outcome();
                switch (answer.Status)
                {
                    case "succeeded": outcome.IsSuccess = true; outcome.Status = PaymentStatus.Succeeded; break;
                    case "processing": [|outcome.IsSuccess = true|]; outcome.Status = PaymentStatus.Processing; break;
                    default: outcome.IsSuccess = false; break;
                }
                return outcome;
            }
        }
        """);

    [Fact]
    public Task A_pending_answer_among_others() => Flags(Answers + """
        public class Provider { public Outcome Refund(Answer answer) { var outcome = new Outcome(); [|outcome.IsSuccess = answer.Status == "succeeded" || answer.Status == "pending"|]; return outcome; } }
        """);

    [Fact]
    public Task A_pending_answer_in_an_arm() => Flags(Answers + """
        public class Provider { public PaymentStatus Map(Answer answer) => answer.Status switch { "succeeded" => PaymentStatus.Completed, [|"requires_action" => PaymentStatus.Completed|], _ => PaymentStatus.Failed }; }
        """);

    [Fact]
    public Task A_pending_answer_in_an_initializer() => Flags(Answers + """
        public class Provider { public Outcome Charge(Stripe.PaymentIntent intent) => new() { [|IsPaid = intent.Status is "succeeded" or "processing"|] }; }
        """);

    [Fact]
    public Task What_the_caller_says() => Flags(Answers + """
        public record ConfirmRequest(int Id, bool IsSuccess);
        public class Payment { public int Id { get; set; } public PaymentStatus Status { get; set; } }
        public class PaymentsController : ShopCode
        {
            [HttpPost("confirm")]
            public async Task<IActionResult> Confirm([FromBody] ConfirmRequest request)
            {
                var payment = await db.Set<Payment>().FirstAsync(p => p.Id == request.Id);
                [|payment.Status = request.IsSuccess ? PaymentStatus.Succeeded : PaymentStatus.Failed|];
                await db.SaveChangesAsync();
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_setter_of_a_payment_that_is_made_here() => Flags(Answers + """
        public class Payment { public PaymentStatus Status { get; private set; } public static Payment Create(decimal amount) => new(); public Payment SetStatus(PaymentStatus status) { Status = status; return this; } }
        public record CreatePayment(decimal Amount);
        public interface IDocumentSession { void Store(object document); }
        public class CreatePaymentHandler
        {
            public void Handle(CreatePayment command, IDocumentSession session)
            {
                var result = Payment.Create(command.Amount);
                [|result.SetStatus(PaymentStatus.Succeeded)|];
                session.Store(result);
            }
        }
        """);

    [Fact]
    public Task A_refund_by_staff_that_pays_nobody_back() => Flags("""
        public class SalesOrder { public int Id { get; set; } public OrderStatus Status { get; private set; } public void ProcessRefund() => Status = OrderStatus.Cancelled; }
        public record ProcessRefundAdmin(int Id);
        public class ProcessRefundAdminHandler(Dictionary<int, SalesOrder> orders)
        {
            public void Handle(ProcessRefundAdmin request) { var order = orders[request.Id]; [|order.ProcessRefund()|]; }
        }
        """);

    [Fact]
    public Task An_order_that_only_begins() => Allows(Answers + """
        public class Provider { public Outcome CreateOrder(Answer answer) { var outcome = new Outcome(); switch (answer.Status) { case "CREATED": outcome.IsSuccess = true; break; } return outcome; } }
        """);

    [Fact]
    public Task A_pending_answer_that_stays_pending() => Allows(Answers + """
        public class Provider
        {
            public PaymentStatus Map(Answer answer) => answer.Status switch { "succeeded" => PaymentStatus.Completed, "processing" => PaymentStatus.Processing, _ => PaymentStatus.Failed };
            public Outcome Charge(Answer answer) { var outcome = new Outcome(); switch (answer.Status) { case "succeeded": outcome.IsSuccess = true; break; case "pending": outcome.IsSuccess = false; outcome.Status = PaymentStatus.Pending; break; } return outcome; }
        }
        """);

    [Fact]
    public Task The_order_s_own_state_before() => Allows("""
        public class OrderService(ShopDb db, IPaymentGateway gateway)
        {
            public async Task Pay(Order order, string token)
            {
                if (order.Status == OrderStatus.AwaitingPayment && (await gateway.ChargeAsync(order.Total, token)).Success) order.Status = OrderStatus.Paid;
            }
        }
        """);

    [Fact]
    public Task A_refund_after_the_provider_s_word() => Allows("""
        public class SalesOrder { public int Id { get; set; } public string Reference { get; set; } = ""; public decimal Total { get; set; } public void ProcessRefund() { } }
        public class RefundHandler(Dictionary<int, SalesOrder> orders, IPaymentGateway gateway)
        {
            public async Task Handle(int id) { var order = orders[id]; var refunded = await gateway.RefundAsync(order.Reference, order.Total); if (refunded.Success) order.ProcessRefund(); }
        }
        """);

    [Fact]
    public Task Paid_unless_somebody_says_otherwise() => Flags("public class InvoicePayment { public int Id { get; set; } public PaymentState State { get; set; } = [|PaymentState.Paid|]; }");

    [Fact]
    public Task A_payment_begins_as_pending() => Allows("public class InvoicePayment { public int Id { get; set; } public PaymentState State { get; set; } = PaymentState.Pending; }");

    [Fact]
    public Task What_a_search_asks_for_by_default() => Allows("public class PaymentSearchRequest { public PaymentState State { get; set; } = PaymentState.Paid; }");
}

using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Payments;

public sealed class UncomparedAmountTests() : RuleTest("RISK2017")
{
    private const string Payments = """
        public enum PaymentStatus { Pending, Paid, Failed, Cancelled }
        public class Payment { public int Id { get; set; } public decimal Amount { get; set; } public PaymentStatus Status { get; set; } public DateTime? PaidAt { get; set; } public void MarkAsPaid(string reference) { Status = PaymentStatus.Paid; } public void MarkAsFailed() { Status = PaymentStatus.Failed; } }
        public class PaymentEvent { public string Type { get; set; } = ""; public string Reference { get; set; } = ""; public string Status { get; set; } = ""; public decimal Amount { get; set; } }
        public interface IPaymentRepository { Task<Payment?> GetByReferenceAsync(string reference); Task SaveChangesAsync(); }
        public record TransferData(string Reference, string Code, decimal TransferAmount);
        public record WebhookResult(bool IsValid, PaymentStatus? PaymentStatus, string? Reference);
        public record AmountResult(bool IsValid, PaymentStatus? PaymentStatus, decimal Amount);
        public interface IBankClient { Task<TransferData?> QueryAsync(string reference); }

        """;

    [Fact]
    public Task An_event_that_settles_a_payment() => Flags(Payments + "public class WebhookController(IPaymentRepository payments) : ControllerBase { [HttpPost] public async Task<IActionResult> StripeWebhook([FromBody] PaymentEvent e) { var payment = await payments.GetByReferenceAsync(e.Reference); if (payment is null) return NotFound(); [|payment.Status = PaymentStatus.Paid|]; payment.PaidAt = DateTime.UtcNow; await payments.SaveChangesAsync(); return Ok(); } }");

    [Fact]
    public Task A_transition_in_a_helper_of_a_webhook() => Flags(Payments + "public class PaymentWebhookHandler(IPaymentRepository payments) { public async Task Handle(PaymentEvent e) { var payment = await payments.GetByReferenceAsync(e.Reference); if (payment != null) Apply(payment, e); await payments.SaveChangesAsync(); } private static void Apply(Payment payment, PaymentEvent e) { switch (e.Type) { case \"paid\": [|payment.MarkAsPaid(e.Reference)|]; break; case \"failed\": payment.MarkAsFailed(); break; } } }");

    [Fact]
    public Task A_status_as_the_event_spells_it() => Flags(Payments + "public class PaymentAppService(IPaymentRepository payments) { public async Task HandleWebhookAsync(PaymentEvent e) { var payment = await payments.GetByReferenceAsync(e.Reference); if (payment == null) throw new InvalidOperationException(); [|payment.Status = Enum.Parse<PaymentStatus>(e.Status, true)|]; await payments.SaveChangesAsync(); } }");

    [Fact]
    public Task A_poll_that_asks_the_gateway() => Flags(Payments + "public interface IBankGateway { Task<PaymentEvent> GetStatusAsync(string reference); } public class RefreshPaymentHandler(IPaymentRepository payments, IBankGateway bank) { public async Task Handle(string reference) { var payment = await payments.GetByReferenceAsync(reference) ?? throw new InvalidOperationException(); var answer = await bank.GetStatusAsync(reference); if (answer.Status == \"paid\") [|payment.MarkAsPaid(reference)|]; await payments.SaveChangesAsync(); } }");

    [Fact]
    public Task A_result_with_a_constant_state() => Flags(Payments + "public class BankProvider { public WebhookResult ValidateWebhook(TransferData data) { var transfer = data; if (transfer.TransferAmount <= 0) return new WebhookResult(true, null, transfer.Reference); return new WebhookResult(IsValid: true, PaymentStatus: [|PaymentStatus.Paid|], Reference: transfer.Reference); } }");

    [Fact]
    public Task A_result_with_a_state_made_of_a_code() => Flags(Payments + "public class BankProvider(IBankClient client) { public async Task<WebhookResult> GetPaymentStatusAsync(string reference) { var response = await client.QueryAsync(reference); if (response == null) return new WebhookResult(false, PaymentStatus.Pending, null); var status = [|Map(response.Code)|]; return new WebhookResult(true, status, response.Reference); } private static PaymentStatus Map(string code) => code == \"00\" ? PaymentStatus.Paid : PaymentStatus.Failed; }");

    [Fact]
    public Task An_order_that_an_event_pays() => Flags("public class IpnController : ShopCode { [HttpPost] public async Task<IActionResult> PayPalIpn(int orderId, string state) { var order = await db.Orders.FindAsync(orderId); if (order == null) return NotFound(); if (state == \"Completed\") { [|order.Status = OrderStatus.Paid|]; await db.SaveChangesAsync(); } return Ok(); } }");

    [Fact]
    public Task An_order_that_is_looked_up_later() => Flags("public class StripeWebhookController : ShopCode { [HttpPost] public async Task<IActionResult> Handle(string kind, int id) { Order? order = null; switch (kind) { case \"payment_intent.succeeded\": order = await db.Orders.FindAsync(id); if (order != null) { [|order.Status = OrderStatus.Paid|]; } break; } await db.SaveChangesAsync(); return Ok(); } }");

    [Fact]
    public Task A_minimal_handler_class_for_notifications() => Flags(Payments + "public class WebhookEndpoints(IPaymentRepository payments) { public async Task<bool> ReceiveWebhook(string reference) { var payment = await payments.GetByReferenceAsync(reference); if (payment is not { Status: PaymentStatus.Pending }) return false; [|payment.PaidAt = DateTime.UtcNow|]; payment.Status = PaymentStatus.Paid; await payments.SaveChangesAsync(); return true; } }");

    [Fact]
    public Task Only_the_sign_is_asked() => Flags(Payments + "public class PaymentWebhookHandler(IPaymentRepository payments) { public async Task Handle(PaymentEvent e) { var payment = await payments.GetByReferenceAsync(e.Reference); if (payment is null || e.Amount <= 0m) return; [|payment.MarkAsPaid(e.Reference)|]; await payments.SaveChangesAsync(); } }");

    [Fact]
    public Task Compared_in_the_handler() => Allows(Payments + "public class PaymentWebhookHandler(IPaymentRepository payments) { public async Task Handle(PaymentEvent e) { var payment = await payments.GetByReferenceAsync(e.Reference); if (payment is null || e.Amount != payment.Amount) return; payment.MarkAsPaid(e.Reference); await payments.SaveChangesAsync(); } }");

    [Fact]
    public Task Compared_by_the_caller() => Allows(Payments + "public class PaymentWebhookHandler(IPaymentRepository payments) { public async Task Handle(PaymentEvent e) { var payment = await payments.GetByReferenceAsync(e.Reference); if (payment != null && e.Amount >= payment.Amount) Apply(payment, e); await payments.SaveChangesAsync(); } private static void Apply(Payment payment, PaymentEvent e) { payment.MarkAsPaid(e.Reference); } }");

    [Fact]
    public Task Compared_by_a_helper() => Allows(Payments + "public class PaymentWebhookHandler(IPaymentRepository payments) { public async Task Handle(PaymentEvent e) { var payment = await payments.GetByReferenceAsync(e.Reference); if (payment is null || !Fits(e, payment)) return; payment.MarkAsPaid(e.Reference); await payments.SaveChangesAsync(); } private static bool Fits(PaymentEvent e, Payment p) => e.Amount == p.Amount; }");

    [Fact]
    public Task Compared_by_the_entity() => Allows("public class Invoice { public int Id { get; set; } public decimal Amount { get; set; } public bool IsPaid { get; private set; } public void MarkAsPaid(decimal paid) { if (paid != Amount) throw new InvalidOperationException(); IsPaid = true; } } public class Books : DbContext { public DbSet<Invoice> Invoices => Set<Invoice>(); } public class WebhookHandler(Books books) { public async Task Handle(int id, decimal paid) { var invoice = await books.Invoices.FirstAsync(i => i.Id == id); invoice.MarkAsPaid(paid); await books.SaveChangesAsync(); } }");

    [Fact]
    public Task A_result_that_carries_the_amount() => Allows(Payments + "public class BankProvider { public AmountResult ValidateWebhook(TransferData data) { var transfer = data; return new AmountResult(true, PaymentStatus.Paid, transfer.TransferAmount); } }");

    [Fact]
    public Task An_answer_without_an_amount() => Allows(Payments + "public record Pong(string Code); public class BankProvider { public WebhookResult ValidateWebhook(Pong pong) { var answer = pong; return new WebhookResult(answer.Code == \"00\", PaymentStatus.Paid, null); } }");

    [Fact]
    public Task Who_charges_names_the_amount() => Allows("public class CheckoutCallbackController : ShopCode { [HttpPost] public async Task<IActionResult> Callback(int id, string token) { var order = await db.Orders.FindAsync(id); if (order == null) return NotFound(); var result = await gateway.ChargeAsync(order.Total, token); if (!result.Success) return BadRequest(); order.Status = OrderStatus.Paid; await db.SaveChangesAsync(); return Ok(); } }");

    [Fact]
    public Task Staff_that_books_cash() => Allows("public class CashDesk : ShopCode { public async Task Book(int id) { var order = await db.Orders.FindAsync(id); if (order == null) return; order.Status = OrderStatus.Paid; await db.SaveChangesAsync(); } }");

    [Fact]
    public Task A_refund_event() => Allows(Payments.Replace("Failed, Cancelled", "Failed, Refunded, Cancelled") + "public class PaymentWebhookHandler(IPaymentRepository payments) { public async Task Handle(PaymentEvent e) { var payment = await payments.GetByReferenceAsync(e.Reference); if (payment is null) return; payment.Status = PaymentStatus.Refunded; await payments.SaveChangesAsync(); } }");

    [Fact]
    public Task A_payment_that_failed() => Allows(Payments + "public class PaymentWebhookHandler(IPaymentRepository payments) { public async Task Handle(PaymentEvent e) { var payment = await payments.GetByReferenceAsync(e.Reference); payment?.MarkAsFailed(); await payments.SaveChangesAsync(); } }");

    [Fact]
    public Task A_free_order() => Allows(Payments + "public class ProcessPaymentResult { public PaymentStatus NewPaymentStatus { get; set; } } public class OrderService { public ProcessPaymentResult Place(TransferData request) { var result = request; return result.TransferAmount <= 0 ? new ProcessPaymentResult { NewPaymentStatus = PaymentStatus.Paid } : new ProcessPaymentResult(); } }");

    [Fact]
    public Task A_form_of_a_provider_that_comes_back() => Flags("""
        public enum PayState { Pending, Success, Failed }
        public class Sale { public int Id { get; set; } public decimal GrandTotal { get; set; } public PayState PaymentStatus { get; private set; } public void SetPaymentSuccess(string id) { if (PaymentStatus == PayState.Success) return; PaymentStatus = PayState.Success; } }
        public record FormResult(bool IsSuccess, string PaymentId);
        public interface IPaymentForms { Task<FormResult> ProcessCallbackAsync(string token); }
        public interface ISaleRepository { Task<Sale?> GetByTokenAsync(string token); Task SaveAsync(); }
        public class PayCallbackCommandHandler(ISaleRepository sales, IPaymentForms forms)
        {
            public async Task<bool> Handle(string token)
            {
                var form = await forms.ProcessCallbackAsync(token);
                if (!form.IsSuccess) return false;
                var sale = await sales.GetByTokenAsync(token) ?? throw new InvalidOperationException();
                [|sale.SetPaymentSuccess(form.PaymentId)|];
                await sales.SaveAsync();
                return true;
            }
        }
        """);

    private const string Providers = """

        public class PaymentIntent { public string Id { get; set; } = ""; public long Amount { get; set; } public long AmountReceived { get; set; } public string Currency { get; set; } = ""; }
        public interface IOrderBooks { Task ProcessPaymentSuccessAsync(string reference); Task MarkOrderPaidAsync(string reference, long received); Task CompletePaymentAsync(PaymentIntent intent); Task<Order> FindAsync(string reference); }
        """;

    [Fact]
    public Task Only_the_id_goes_on() => Flags(
        "public class StripeWebhookController(IOrderBooks orders) : ControllerBase { private async Task HandleIntentSucceeded(PaymentIntent intent) { if (intent is null) throw new ArgumentNullException(); [|orders.ProcessPaymentSuccessAsync(intent.Id)|].ToString(); await Task.Yield(); } }" + Providers);

    [Fact]
    public Task The_amount_goes_on_as_well() => Allows(
        "public class StripeWebhookController(IOrderBooks orders) : ControllerBase { private async Task HandleIntentSucceeded(PaymentIntent intent) => await orders.MarkOrderPaidAsync(intent.Id, intent.AmountReceived); private async Task HandleWhole(PaymentIntent intent) => await orders.CompletePaymentAsync(intent); }" + Providers);

    [Fact]
    public Task The_amount_is_compared_before() => Allows(
        "public class StripeWebhookController(IOrderBooks orders) : ControllerBase { private async Task HandleIntentSucceeded(PaymentIntent intent) { var order = await orders.FindAsync(intent.Id); if ((long)(order.Total * 100m) != intent.AmountReceived) throw new InvalidOperationException(); await orders.ProcessPaymentSuccessAsync(intent.Id); } }" + Providers);
}

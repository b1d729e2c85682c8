using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Payments;

public sealed class ForgottenRefundsTests() : RuleTest("RISK2018")
{
    private const string Payments = """
        public enum PaymentState2 { Pending, Completed, PartiallyRefunded, Refunded }
        public record Money(decimal Amount, string Currency);
        public class Payment { public int Id { get; set; } public decimal Amount { get; set; } public decimal CapturedAmount { get; set; } public Money TotalAmount { get; set; } = new(0, "EUR"); public decimal RefundedAmount { get; set; } public PaymentState2 Status { get; set; } }
        public class Refund { public int Id { get; set; } public int PaymentId { get; set; } public decimal Amount { get; set; } }
        public class Books : DbContext { public DbSet<Payment> Payments => Set<Payment>(); public DbSet<Refund> Refunds => Set<Refund>(); }
        public record RefundRequest(int PaymentId, decimal Amount, decimal? RefundAmount);

        """;

    [Fact]
    public Task The_amount_of_the_payment() => Flags(Payments + "public class RefundService(Books books, IPaymentGateway gateway) { public async Task<bool> RefundAsync(int id, decimal amount) { var payment = await books.Payments.FirstAsync(p => p.Id == id); if ([|amount > payment.Amount|]) return false; await gateway.RefundAsync(\"x\", amount); return true; } }");

    [Fact]
    public Task A_property_of_the_request() => Flags(Payments + "public class RefundsController(Books books) : ControllerBase { [HttpPost] public async Task<IActionResult> Create(RefundRequest request) { var payment = await books.Payments.FindAsync(request.PaymentId); if (payment == null) return NotFound(); if (request.Amount <= 0 || [|request.Amount > payment.CapturedAmount|]) return BadRequest(); books.Refunds.Add(new Refund { Amount = request.Amount }); await books.SaveChangesAsync(); return Ok(); } }");

    [Fact]
    public Task A_local_with_a_fallback() => Flags(Payments + "public class ProcessRefundHandler(Books books) { public async Task Handle(RefundRequest command) { var payment = await books.Payments.FirstAsync(p => p.Id == command.PaymentId); var refundAmount = command.RefundAmount ?? payment.Amount; if (refundAmount <= 0 || [|refundAmount > payment.TotalAmount.Amount|]) throw new InvalidOperationException(); books.Refunds.Add(new Refund { Amount = refundAmount }); await books.SaveChangesAsync(); } }");

    [Fact]
    public Task A_nullable_of_the_request() => Flags(Payments + "public class OrderService(Books books) { public async Task Return(RefundRequest request) { var payment = await books.Payments.FirstAsync(p => p.Id == request.PaymentId); if (request.RefundAmount.HasValue && [|request.RefundAmount.Value > payment.Amount|]) throw new ArgumentException(); await books.SaveChangesAsync(); } }");

    [Fact]
    public Task The_sides_exchanged() => Flags(Payments + "public class RefundService { public void Check(Payment payment, decimal amount) { if ([|payment.Amount < amount|]) throw new InvalidOperationException(); } }");

    [Fact]
    public Task Answered_as_a_question() => Flags(Payments + "public class RefundPolicy { public bool CanRefund(Payment payment, decimal amount) { return payment.Status == PaymentState2.Completed && [|amount <= payment.Amount|]; } }");

    [Fact]
    public Task Inside_a_branch_that_refunds() => Flags(Payments + "public class BillingService(IPaymentGateway gateway) { public async Task RefundPayment(Payment payment, decimal refundAmount) { if ([|refundAmount <= payment.Amount|]) { await gateway.RefundAsync(\"r\", refundAmount); } } }");

    [Fact]
    public Task A_total_of_the_order() => Flags("public class RefundHandler : ShopCode { public async Task<IActionResult> Handle(int orderId, decimal amount) { var order = await db.Orders.FindAsync(orderId); if (order is null) return NotFound(); if ([|amount > order.Total|]) return BadRequest(\"exceeds\"); await gateway.RefundAsync(order.PaymentReference!, amount); return Ok(); } }");

    [Fact]
    public Task A_state_that_is_called_refunded_counts_nothing() => Flags(Payments + "public class RefundService(Books books) { public async Task Refund(Payment payment, decimal amount) { if (payment.Status == PaymentState2.Refunded) throw new InvalidOperationException(); if ([|amount > payment.Amount|]) throw new ArgumentException(); payment.Status = amount == payment.Amount ? PaymentState2.Refunded : PaymentState2.PartiallyRefunded; await books.SaveChangesAsync(); } }");

    [Fact]
    public Task A_minimal_helper() => Flags(Payments + "public static class RefundRules { public static string? ValidateRefund(Payment payment, decimal amount) => [|amount > payment.Amount|] ? \"too much\" : null; }");

    [Fact]
    public Task What_is_left_is_computed() => Allows(Payments + "public class RefundService { public bool Refund(Payment payment, decimal amount) { if (amount > payment.Amount - payment.RefundedAmount) return false; payment.RefundedAmount += amount; return true; } }");

    [Fact]
    public Task Earlier_refunds_are_summed() => Allows(Payments + "public class RefundService(Books books) { public async Task<bool> Refund(Payment payment, decimal amount) { var refunded = await books.Refunds.Where(r => r.PaymentId == payment.Id).SumAsync(r => r.Amount); if (amount > payment.Amount) return false; return amount + refunded <= payment.Amount; } }");

    [Fact]
    public Task A_question_for_what_is_left() => Allows(Payments + "public class RefundService(Books books) { private Task<decimal> GetRefundableAsync(int id) => Task.FromResult(1m); public async Task<bool> Refund(Payment payment, decimal amount) { if (amount > payment.Amount) return false; return amount <= await GetRefundableAsync(payment.Id); } }");

    [Fact]
    public Task Refunded_once_and_for_all() => Allows(Payments + "public class RefundService(Books books) { public async Task Refund(Payment payment, decimal amount) { if (payment.Status != PaymentState2.Completed) throw new InvalidOperationException(); if (amount > payment.Amount) throw new ArgumentException(); payment.Status = PaymentState2.Refunded; await books.SaveChangesAsync(); } }");

    [Fact]
    public Task A_payment_that_is_taken() => Allows(Payments + "public class CaptureService { public bool Capture(Payment payment, decimal amount) => amount <= payment.Amount; }");

    [Fact]
    public Task A_remainder_kept_on_the_record() => Allows("public class Charge { public decimal RemainingAmount { get; set; } } public class RefundService { public bool Refund(Charge charge, decimal amount) { if (amount > charge.RemainingAmount) return false; charge.RemainingAmount -= amount; return true; } }");

    [Fact]
    public Task A_limit_of_the_settings() => Allows("public class RefundSettings { public decimal MaxAutoApproval { get; set; } } public class RefundService(RefundSettings settings) { public bool NeedsApproval(decimal amount) => amount > settings.MaxAutoApproval; public bool RefundAtOnce(decimal amount) { if (amount > settings.MaxAutoApproval) return false; return true; } }");

    [Fact]
    public Task Two_fields_of_one_request() => Allows("public record RefundRequest(decimal Amount, decimal TotalAmount); public class RefundValidator { public bool IsRefundSane(RefundRequest request) { if (request.Amount > request.TotalAmount) return false; return true; } }");

    [Fact]
    public Task A_constant() => Allows(Payments + "public class RefundService { public bool Refund(decimal amount) { if (amount > 10000m) return false; return amount > 0; } }");

    [Fact]
    public Task A_colour_for_the_screen() => Allows(Payments + "public class PaymentView { public string ColourFor(Payment payment, decimal amount) { if (amount > payment.Amount) return \"red\"; return \"green\"; } }");
}

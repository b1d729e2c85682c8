using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Payments;

/// <summary>States of a payment that whoever calls names, and states that are texts.</summary>
public sealed partial class PaidWithoutEvidenceTests
{
    private const string Entity = """

        public enum PaymentStatus { Processing, Succeeded, Failed }
        public class Payment { public int Id { get; set; } public PaymentStatus Status { get; set; } public string State { get; set; } = ""; public decimal Amount { get; set; } }
        public interface IPayments { Task<Payment> FindAsync(int id); Task SaveAsync(Payment payment); }
        public record PaymentConfirmationRequest(int PaymentId, PaymentStatus NewStatus);
        public record PaymentEvent(int PaymentId, PaymentStatus NewStatus);
        """;

    [Fact]
    public Task A_state_that_the_request_names() => Flags("""
        public class ConfirmHandler(IPayments payments)
        {
            public async Task Handle(PaymentConfirmationRequest request)
            {
                var payment = await payments.FindAsync(request.PaymentId);
                if (payment.Status != PaymentStatus.Processing) return;
                [|payment.Status = request.NewStatus|];
                await payments.SaveAsync(payment);
            }
        }
        """ + Entity);

    [Fact]
    public Task A_state_that_is_a_text() => Flags("""
        public class PaymentService(IPayments payments)
        {
            public async Task Finish(int id)
            {
                var payment = await payments.FindAsync(id);
                [|payment.State = "Succeeded"|];
                await payments.SaveAsync(payment);
            }
        }
        """ + Entity);

    [Fact]
    public Task A_state_that_the_providers_event_names() => Allows("""
        public class PaymentConsumer(IPayments payments)
        {
            public async Task Handle(PaymentEvent paid)
            {
                var payment = await payments.FindAsync(paid.PaymentId);
                payment.Status = paid.NewStatus;
                await payments.SaveAsync(payment);
            }
        }
        """ + Entity);

    [Fact]
    public Task What_an_attribute_sets() => Allows("""
        [Microsoft.AspNetCore.Authorization.Authorize(Roles = "Administrator")]
        public class PaymentsController { }
        """);

    [Fact]
    public Task A_job_that_succeeded() => Allows("""
        public class ExportJob { public int Id { get; set; } public string Status { get; set; } = ""; }
        public class ExportService { public void Finish(ExportJob job) => job.Status = "Succeeded"; }
        """);

    [Fact]
    public Task A_worker_that_does_what_the_program_asked_for() => Allows("""
        public class PayoutHostedService(IPayments payments)
        {
            public async Task Handle(PaymentConfirmationRequest request)
            {
                var payment = await payments.FindAsync(request.PaymentId);
                payment.Status = request.NewStatus;
                await payments.SaveAsync(payment);
            }
        }
        """ + Entity);
}

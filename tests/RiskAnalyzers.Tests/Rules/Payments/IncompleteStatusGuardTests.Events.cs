using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Payments;

/// <summary>Events of a provider that write their state over whatever is there.</summary>
public sealed partial class IncompleteStatusGuardTests
{
    private const string Events = """

        public enum ParcelState { Booked, InTransit, Delivered, Lost }
        public class Parcel { public int Id { get; set; } public ParcelState State { get; set; } public string Number { get; set; } = ""; }
        public class Payment { public int Id { get; set; } public string Status { get; set; } = ""; public string Reference { get; set; } = ""; public decimal Amount { get; set; } }
        public interface IParcels { Task<Parcel?> FindAsync(string number); Task SaveAsync(); }
        public interface IPayments { Task<Payment?> FindAsync(string reference); Task SaveAsync(Payment payment); }
        """;

    [Fact]
    public Task A_late_event_that_brings_a_parcel_back_on_its_way() => Flags("""
        public class CourierWebhookController(IParcels parcels) : ControllerBase
        {
            [HttpPost("webhook")]
            public async Task<IActionResult> Handle([FromForm] string number, [FromForm] string state)
            {
                var parcel = await parcels.FindAsync(number);
                if (parcel is null) return NotFound();
                var next = MapState(state);
                if (parcel.State == next) return Ok();
                [|parcel.State = next|];
                await parcels.SaveAsync();
                return Ok();
            }
            private static ParcelState MapState(string state) => state switch { "delivered" => ParcelState.Delivered, "lost" => ParcelState.Lost, "moving" => ParcelState.InTransit, _ => throw new ArgumentOutOfRangeException(state) };
        }
        """ + Events);

    [Fact]
    public Task A_failure_that_comes_after_the_money() => Flags("""
        public class StripeWebHookHandler(IPayments payments)
        {
            public async Task HandleAsync(string type, string reference)
            {
                switch (type)
                {
                    case "payment.failed":
                    {
                        var payment = await payments.FindAsync(reference);
                        if (payment is null) throw new KeyNotFoundException(reference);
                        if (string.Equals(payment.Status, "Failed", StringComparison.OrdinalIgnoreCase)) break;
                        [|payment.Status = "Failed"|];
                        await payments.SaveAsync(payment);
                        break;
                    }
                    case "payment.paid":
                    {
                        var payment = await payments.FindAsync(reference);
                        if (payment is null) throw new KeyNotFoundException(reference);
                        if (payment.Status == "Succeeded") break;
                        payment.Reference = reference;
                        await payments.SaveAsync(payment);
                        break;
                    }
                }
            }
        }
        """ + Events);

    [Fact]
    public Task A_failure_that_asks_for_the_money_first() => Allows("""
        public class StripeWebHookHandler(IPayments payments)
        {
            public async Task HandleAsync(string reference)
            {
                var payment = await payments.FindAsync(reference);
                if (payment is null || payment.Status == "Succeeded") return;
                payment.Status = "Failed";
                await payments.SaveAsync(payment);
            }
        }
        """ + Events);

    [Fact]
    public Task A_parcel_that_only_goes_on() => Allows("""
        public class CourierWebhookController(IParcels parcels) : ControllerBase
        {
            [HttpPost("webhook")]
            public async Task<IActionResult> Handle([FromForm] string number, [FromForm] string state)
            {
                var parcel = await parcels.FindAsync(number);
                if (parcel is null) return NotFound();
                var next = MapState(state);
                if (next <= parcel.State || parcel.State == ParcelState.Delivered) return Ok();
                parcel.State = next;
                await parcels.SaveAsync();
                return Ok();
            }
            private static ParcelState MapState(string state) => state == "delivered" ? ParcelState.Delivered : ParcelState.InTransit;
        }
        """ + Events);

    [Fact]
    public Task A_state_that_staff_maps() => Allows("""
        public class ParcelDesk(IParcels parcels)
        {
            public async Task Correct(string number, string state)
            {
                var parcel = await parcels.FindAsync(number);
                if (parcel is null) return;
                parcel.State = MapState(state);
                await parcels.SaveAsync();
            }
            private static ParcelState MapState(string state) => state == "delivered" ? ParcelState.Delivered : ParcelState.InTransit;
        }
        """ + Events);
}

using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Payments;

/// <summary>What looks like the risk and is none.</summary>
public sealed partial class IncompleteStatusGuardTests
{
    [Fact]
    public Task Another_state_altogether() => Allows(States + "public enum L { Off, On } public class Shipment { public S Status { get; private set; } public L LampState { get; private set; } " + Ship + "public void TurnOn() { LampState = L.On; } }");

    [Fact]
    public Task A_search_that_counts_all_but_the_failed() => Allows("""
        public enum PaymentStatus { Pending, Processing, Succeeded, Failed }
        public class Payment { public int OrderId { get; set; } public PaymentStatus Status { get; set; } }
        public class PaymentApp : ShopCode
        {
            public async Task<bool> Pay(Order order, string token)
            {
                if (await db.Set<Payment>().AnyAsync(p => p.OrderId == order.Id && p.Status != PaymentStatus.Failed)) return false;
                return (await gateway.ChargeAsync(order.Total, token)).Success;
            }
        }
        """);

    [Fact]
    public Task The_payment_that_is_paid_back() => Allows("""
        public enum PaymentStatus { Pending, Succeeded, Failed }
        public class Payment { public int OrderId { get; set; } public string Reference { get; set; } = ""; public PaymentStatus Status { get; set; } }
        public class PaymentApp : ShopCode
        {
            public async Task<bool> Refund(Order order)
            {
                var paid = await db.Set<Payment>().FirstOrDefaultAsync(p => p.OrderId == order.Id && p.Status == PaymentStatus.Succeeded);
                return paid != null && (await gateway.RefundAsync(paid.Reference, order.Total)).Success;
            }
        }
        """);

    [Fact]
    public Task A_state_that_others_check() => Allows(States + """
        public class Shipment { public int Id { get; set; } public S Status { get; set; } }
        public static class Rules { public static void EnsureTransition(S from, S to) { } }
        public class ShipmentApp(Dictionary<int, Shipment> shipments)
        {
            public void Update(int id, S status) { var shipment = shipments[id]; Rules.EnsureTransition(shipment.Status, status); shipment.Status = status; }
        }
        """);

    [Fact]
    public Task A_shipment_that_is_made_here() => Allows(States + """
        public class Shipment { public int Id { get; set; } public S Status { get; set; } }
        public class ShipmentApp { public Shipment Start(S status) { var shipment = new Shipment(); shipment.Status = status; return shipment; } }
        """);

    [Fact]
    public Task A_state_of_something_that_has_no_end() => Allows("""
        public enum Visibility { Draft, Published, Hidden }
        public class Page { public Visibility Status { get; set; } }
        public class Pages(Dictionary<int, Page> pages) { public void Update(int id, Visibility status) { pages[id].Status = status; var page = pages[id]; page.Status = status; } }
        """);

    [Fact]
    public Task A_transition_of_the_entity_that_looks_itself() => Allows(States + """
        public class Shipment { public S Status { get; private set; } public void MarkPaid(string id) { if (Status != S.Pending) throw new InvalidOperationException(); Status = S.Paid; } }
        public class Webhooks(Dictionary<string, Shipment> shipments)
        {
            public void Handle(string id) { var shipment = shipments[id]; if (shipment.Status != S.Paid) { shipment.MarkPaid(id); } }
        }
        """);

    [Fact]
    public Task A_refund_that_asks_for_the_payment() => Allows("""
        public enum Delivery { Open, Shipped, Cancelled } public enum Money { Open, Paid, Refunded }
        public class Sale
        {
            public Delivery Status { get; private set; }
            public Money PaymentStatus { get; private set; }
            public void Ship() { if (Status != Delivery.Open) throw new InvalidOperationException(); Status = Delivery.Shipped; }
            public void Refund() { if (PaymentStatus != Money.Paid) throw new InvalidOperationException(); Status = Delivery.Cancelled; PaymentStatus = Money.Refunded; }
        }
        """);

    [Fact]
    public Task A_payment_that_asks_what_it_kept() => Allows(IntentStates + """
        public class CardPayment
        {
            public IntentState Status { get; private set; }
            public void MarkFailed() { var old = Status; if (old != IntentState.Initiated) throw new InvalidOperationException(); Status = IntentState.Failed; }
            public void MarkCaptured() { var old = Status; if (old is not IntentState.Authorized) return; Status = IntentState.Captured; }
        }
        """);

    [Fact]
    public Task A_parcel_that_never_looks_at_its_state() => Allows(IntentStates + "public class Parcel { public IntentState Status { get; private set; } public void MarkFailed() => Status = IntentState.Failed; public void MarkCaptured() => Status = IntentState.Captured; }");

    [Fact]
    public Task A_payment_with_one_way_to_its_end() => Allows(IntentStates + "public class CardIntent { public IntentState Status { get; private set; } public void Begin() => Status = IntentState.Initiated; public void MarkCaptured() => Status = IntentState.Captured; }");

    [Fact]
    public Task A_payment_that_hands_its_state_to_a_policy() => Allows(IntentStates + "public static class Policy { public static void Follow(IntentState from, IntentState to) { } } public class CardIntent { public IntentState Status { get; private set; } public void MarkFailed() { Policy.Follow(Status, IntentState.Failed); Status = IntentState.Failed; } public void MarkCaptured() { Policy.Follow(Status, IntentState.Captured); Status = IntentState.Captured; } }");

    [Fact]
    public Task A_log_of_a_webhook() => Allows("public enum LogState { Received, Processing, Completed, Failed } public class PaymentWebhookLog { public LogState Status { get; private set; } public void MarkProcessing() => Status = LogState.Processing; public void MarkFailed() => Status = LogState.Failed; public void MarkCompleted() => Status = LogState.Completed; }");
}

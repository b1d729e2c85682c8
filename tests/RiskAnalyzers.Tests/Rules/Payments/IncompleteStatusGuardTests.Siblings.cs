namespace RiskAnalyzers.Tests.Rules.Payments;

/// <summary>What one method of an entity asks and the one beside it does not.</summary>
public sealed partial class IncompleteStatusGuardTests
{
    [Fact]
    public Task A_failure_beside_a_success_that_looks() => Flags("""
        public enum Settlement { Pending, Success, Failed }
        public class Order
        {
            public Settlement PaymentState { get; private set; }
            public string? Reference { get; private set; }
            public void SetPaymentSuccess(string reference) { if ([|PaymentState == Settlement.Success|]) return; Reference = reference; PaymentState = Settlement.Success; }
            public void SetPaymentFailed() { [|PaymentState = Settlement.Failed|]; }
        }
        """);

    [Fact]
    public Task An_expiry_beside_a_capture_that_looks() => Flags("""
        public enum IntentState { Open, Captured, Expired }
        public class PaymentIntent
        {
            public IntentState Status { get; private set; }
            public bool Capture() { if (Status is IntentState.Captured) return false; Status = IntentState.Captured; return true; }
            public void Expire() => [|Status = IntentState.Expired|];
        }
        """);

    [Fact]
    public Task A_shipment_that_nobody_paid() => Flags("""
        public enum Step { Open, Packed, Shipped, Delivered } public enum PayState { Pending, Completed, Refunded }
        public class CustomerOrder
        {
            public Step Status { get; private set; }
            public PayState PaymentStatus { get; private set; }
            public void Pack() { if (Status != Step.Open) throw new InvalidOperationException(); Status = Step.Packed; }
            public void Ship(string tracking) { if (Status != Step.Packed) throw new InvalidOperationException(tracking); [|Status = Step.Shipped|]; }
        }
        """);

    [Fact]
    public Task A_dispatch_of_an_order_with_a_flag() => Flags("""
        public enum Step { Open, Dispatched, Done }
        public class PurchaseOrder
        {
            public Step State { get; private set; }
            public bool IsPaid { get; private set; }
            public void Dispatch() { if (State != Step.Open) throw new InvalidOperationException(); [|State = Step.Dispatched|]; }
            public void Finish() { if (State != Step.Dispatched) throw new InvalidOperationException(); State = Step.Done; }
        }
        """);

    [Fact]
    public Task A_shipment_that_asks_for_the_payment() => Allows("""
        public enum Step { Open, Shipped, Delivered } public enum PayState { Pending, Completed, Refunded }
        public class CustomerOrder
        {
            public Step Status { get; private set; }
            public PayState PaymentStatus { get; private set; }
            public void Ship() { if (Status != Step.Open || PaymentStatus != PayState.Completed) throw new InvalidOperationException(); Status = Step.Shipped; }
            public void Deliver() { if (Status != Step.Shipped) throw new InvalidOperationException(); Status = Step.Delivered; }
        }
        """);

    [Fact]
    public Task An_order_that_may_be_paid_at_the_door() => Allows("""
        public enum Step { Open, Shipped, Delivered } public enum PayState { Pending, Completed } public enum Way { Card, CashOnDelivery }
        public class CustomerOrder
        {
            public Step Status { get; private set; }
            public PayState PaymentStatus { get; private set; }
            public Way PaymentMethod { get; private set; }
            public void Ship() { if (Status != Step.Open) throw new InvalidOperationException(); Status = Step.Shipped; }
            public void Deliver() { if (Status != Step.Shipped) throw new InvalidOperationException(); Status = Step.Delivered; }
        }
        """);

    [Fact]
    public Task A_state_that_says_paid_itself() => Allows("""
        public enum Step { Open, Paid, Shipped } public enum PayState { Pending, Completed }
        public class CustomerOrder
        {
            public Step Status { get; private set; }
            public PayState PaymentStatus { get; private set; }
            public void Settle() { if (Status != Step.Open) throw new InvalidOperationException(); Status = Step.Paid; }
            public void Ship() { if (Status != Step.Paid) throw new InvalidOperationException(); Status = Step.Shipped; }
        }
        """);
}

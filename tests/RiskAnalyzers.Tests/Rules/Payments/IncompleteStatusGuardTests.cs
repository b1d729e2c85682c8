using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Payments;

public sealed partial class IncompleteStatusGuardTests() : RuleTest("RISK2011")
{
    private const string States = "public enum S { Pending, Paid, Shipped, Delivered, Cancelled, Refunded }\n";

    private static string Order(string members) => States + "public class Shipment { public S Status { get; private set; } " + members + " }";

    private const string Ship = "public void Ship() { if (Status != S.Paid) throw new InvalidOperationException(); Status = S.Shipped; } ";

    [Fact]
    public Task No_guard_at_all() => Flags(Order(Ship + "public void Cancel() { [|Status = S.Cancelled|]; }"));

    [Fact]
    public Task One_state_refused_of_many() => Flags(Order(Ship + "public void Refund() { if ([|Status == S.Pending|]) throw new InvalidOperationException(); Status = S.Refunded; } public void Cancel() { if (Status != S.Pending) throw new InvalidOperationException(); Status = S.Cancelled; }"));

    [Fact]
    public Task A_setter_for_any_state() => Flags(Order(Ship + "public void UpdateStatus(S status) { [|Status = status|]; }"));

    [Fact]
    public Task A_setter_that_the_guarded_one_uses() => Flags(Order("public bool CanBeCancelled() => Status is S.Pending or S.Paid; public void Cancel() { if (!CanBeCancelled()) throw new InvalidOperationException(); ChangeStatus(S.Cancelled); } public void ChangeStatus(S next) { [|Status = next|]; }"));

    [Fact]
    public Task Results_instead_of_exceptions() => Flags(Order("public bool Pay() { if (Status is not S.Pending) return false; Status = S.Paid; return true; } public bool Deliver() { [|Status = S.Delivered|]; return true; }"));

    [Fact]
    public Task A_service_that_moves_orders() => Flags("""
        public class OrderService : ShopCode
        {
            public async Task<IActionResult> Ship(int id)
            {
                var order = await db.Orders.FindAsync(id);
                if (order!.Status != OrderStatus.Paid) return Conflict();
                order.Status = OrderStatus.Shipped;
                await db.SaveChangesAsync();
                return Ok();
            }

            public async Task<IActionResult> Cancel(int id)
            {
                var order = await db.Orders.FindAsync(id);
                if (order is null) return NotFound();
                [|order.Status = OrderStatus.Cancelled|];
                await db.SaveChangesAsync();
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_state_in_a_field() => Flags("""
        public enum PayState { Created, Authorized, Captured, Refunded, Voided }
        public class CardPayment
        {
            private PayState _state;
            public void Capture() { if (_state is not PayState.Authorized) throw new InvalidOperationException(); _state = PayState.Captured; }
            public void Refund() { if (_state != PayState.Captured) throw new InvalidOperationException(); _state = PayState.Refunded; }
            public void Void() { if ([|_state == PayState.Captured|]) throw new InvalidOperationException(); _state = PayState.Voided; }
        }
        """);

    [Fact]
    public Task A_guard_of_something_else() => Flags(Order(Ship + "public void Deliver(string signature) { if (string.IsNullOrEmpty(signature)) throw new ArgumentException(); [|Status = S.Delivered|]; }"));

    [Fact]
    public Task A_failure_that_forgets_the_cancelled() => Flags("""
        public enum PaymentStatus { Pending, Processing, Completed, Failed, Refunded, Cancelled }
        public class Payment
        {
            public PaymentStatus Status { get; private set; }
            public void Complete() { if (Status != PaymentStatus.Processing) throw new InvalidOperationException(); Status = PaymentStatus.Completed; }
            public void Cancel() { if (Status is not PaymentStatus.Pending and not PaymentStatus.Processing) throw new InvalidOperationException(); Status = PaymentStatus.Cancelled; }
            public void Fail() { if ([|Status is PaymentStatus.Completed or PaymentStatus.Refunded|]) throw new InvalidOperationException(); Status = PaymentStatus.Failed; }
        }
        """);

    [Fact]
    public Task A_guard_by_helper_beside_none() => Flags(Order("private void EnsureStatus(S wanted) { if (Status != wanted) throw new InvalidOperationException(); } public void Ship() { EnsureStatus(S.Paid); Status = S.Shipped; } public void Deliver() => [|Status = S.Delivered|];"));

    [Fact]
    public Task A_service_that_refuses_one_end_of_several() => Flags(States + """
        public class Shipment { public int Id { get; set; } public S Status { get; set; } }
        public class PaymentApp(Dictionary<int, Shipment> shipments)
        {
            public void Handle(int id)
            {
                var shipment = shipments[id];
                if ([|shipment.Status == S.Paid|]) return;
                shipment.Status = S.Paid;
            }
        }
        """);

    [Fact]
    public Task A_branch_for_all_but_one() => Flags(States + """
        public class Shipment { public int Id { get; set; } public S Status { get; set; } }
        public class PaymentApp(Dictionary<int, Shipment> shipments)
        {
            public void Handle(int id)
            {
                var shipment = new Shipment();
                shipment = shipments[id];
                if (shipment != null && [|shipment.Status != S.Paid|]) { shipment.Status = S.Paid; }
            }
        }
        """);

    [Fact]
    public Task A_status_from_the_request() => Flags(States + """
        public class Shipment { public int Id { get; set; } public S Status { get; set; } }
        public record StatusDto(string Status);
        public class AdminController : ShopCode
        {
            [HttpPatch("{id}/status")]
            public async Task<IActionResult> UpdateStatus(int id, [FromBody] StatusDto dto)
            {
                if (!Enum.TryParse<S>(dto.Status, true, out var next)) return BadRequest();
                var shipment = await db.Set<Shipment>().FirstOrDefaultAsync(s => s.Id == id);
                if (shipment is null) return NotFound();
                [|shipment.Status = next|];
                await db.SaveChangesAsync();
                return NoContent();
            }
        }
        """);

    [Fact]
    public Task An_update_that_loads_nothing() => Flags(States + """
        public class Shipment { public int Id { get; set; } public S Status { get; set; } }
        public class Update<T> { public Update<T> Set<TField>(System.Linq.Expressions.Expression<Func<T, TField>> field, TField value) => this; }
        public class Shipments { public Update<Shipment> Change(int id, S status) => new Update<Shipment>().Set[|(s => s.Status, status)|]; }
        """);

    [Fact]
    public Task A_decision_that_asks_for_one_end() => Flags(States + """
        public class Shipment
        {
            public S Status { get; private set; }
            public void OnAnswer(bool worked)
            {
                if ([|Status == S.Paid|]) return;
                if (worked) { Status = S.Paid; return; }
                Status = S.Cancelled;
            }
        }
        """);

    [Fact]
    public Task A_search_for_a_payment_that_forgets_what_is_under_way() => Flags("""
        public enum PaymentStatus { Pending, Processing, Succeeded, Failed }
        public class Payment { public int OrderId { get; set; } public PaymentStatus Status { get; set; } }
        public class PaymentApp : ShopCode
        {
            public async Task<bool> Pay(Order order, string token)
            {
                var earlier = await db.Set<Payment>().FirstOrDefaultAsync(p => p.OrderId == order.Id && [|p.Status|] == PaymentStatus.Succeeded);
                if (earlier != null) return false;
                return (await gateway.ChargeAsync(order.Total, token)).Success;
            }
        }
        """);

    [Fact]
    public Task A_sum_of_refunds_that_forgets_what_is_under_way() => Flags("""
        public enum RefundStatus { Pending, Succeeded, Failed }
        public class Refund { public int OrderId { get; set; } public decimal Amount { get; set; } public RefundStatus Status { get; set; } }
        public class RefundApp : ShopCode
        {
            public async Task<bool> Refund(Order order, decimal amount)
            {
                var earlier = await db.Set<Refund>().Where(r => r.OrderId == order.Id && [|r.Status|] == RefundStatus.Succeeded).SumAsync(r => r.Amount);
                if (earlier + amount > order.Total) return false;
                return (await gateway.RefundAsync(order.PaymentReference!, amount)).Success;
            }
        }
        """);

    [Fact]
    public Task A_step_without_the_guard_of_its_neighbours() => Flags(States + """
        public class Shipment { public int Id { get; set; } public S Status { get; set; } }
        public class PaymentApp(Dictionary<int, Shipment> shipments)
        {
            public void Deliver(int id) { var shipment = shipments[id]; if (shipment.Status != S.Shipped) return; shipment.Status = S.Pending; shipment.Status = S.Delivered; }
            public void Cancel(int id, bool isPaid) { var shipment = shipments[id]; if (isPaid) shipment.Status = S.Refunded; [|shipment.Status = S.Cancelled|]; }
        }
        """);

    [Fact]
    public Task A_transition_of_the_entity_for_all_but_one() => Flags(States + """
        public class Shipment { public S Status { get; private set; } public void MarkPaid(string id) { Status = S.Paid; } }
        public class Webhooks(Dictionary<string, Shipment> shipments)
        {
            public void Handle(string id) { var shipment = shipments[id]; if ([|shipment.Status != S.Paid|]) { shipment.MarkPaid(id); } }
        }
        """);

    [Fact]
    public Task Two_states_in_one_transition() => Flags("""
        public enum Delivery { Open, Cancelled } public enum Money { Open, Paid, Refunded }
        public class Sale
        {
            public Delivery Status { get; private set; }
            public Money PaymentStatus { get; private set; }
            public void Refund() { if (PaymentStatus != Money.Paid) throw new InvalidOperationException(); Status = Delivery.Cancelled; PaymentStatus = Money.Refunded; }
            public void MarkPaid() { [|PaymentStatus = Money.Paid|]; }
        }
        """);

    private const string IntentStates = "public enum IntentState { Initiated, Authorized, Failed, Captured } ";

    [Fact]
    public Task A_payment_that_never_looks_at_its_state() => Flags(IntentStates + "public class CardIntent { public IntentState Status { get; private set; } public void MarkAuthorized() => [|Status = IntentState.Authorized|]; public void MarkFailed() => [|Status = IntentState.Failed|]; public void MarkCaptured() => [|Status = IntentState.Captured|]; }");

    [Fact]
    public Task A_refund_that_writes_more_than_its_state() => Flags("""
        public enum Step { Pending, Approved, Processing, Completed, Rejected }
        public class SupplierRefund
        {
            public Step Status { get; private set; }
            public string Note { get; private set; } = "";
            public void Complete(string reference) { Note = reference; [|Status = Step.Completed|]; }
            public void MarkAsProcessing() { [|Status = Step.Processing|]; }
            public void Reject(string reason) { if (string.IsNullOrEmpty(reason)) throw new ArgumentException(); [|this.Status = Step.Rejected|]; Note = reason; }
        }
        """);

    [Fact]
    public Task A_payment_that_keeps_its_state_for_the_record() => Flags(IntentStates + """
        public record StatusChanged(IntentState From, IntentState To);
        public class CardPayment
        {
            public IntentState Status { get; private set; }
            public List<object> Events { get; } = [];
            public void MarkFailed() { var old = Status; [|Status = IntentState.Failed|]; Events.Add(new StatusChanged(old, Status)); }
            public void MarkCaptured() { var old = this.Status; [|Status = IntentState.Captured|]; Events.Add(new StatusChanged(old, Status)); }
        }
        """);

    [Fact]
    public async Task An_order_that_a_helper_refuses_for_is_looked_at_without_trouble()
    {
        var findings = await Analysis.Run(Analysis.Compile(("Order.cs", """
        using System;
        namespace Ordering
        {
            public enum OrderStatus { Submitted = 1, AwaitingValidation, StockConfirmed, Paid, Shipped, Cancelled }
            public class Order
            {
                public OrderStatus OrderStatus { get; private set; }
                public string Description { get; private set; } = "";
                public Order() => OrderStatus = OrderStatus.Submitted;
                public void SetAwaitingValidationStatus() { if (OrderStatus == OrderStatus.Submitted) { OrderStatus = OrderStatus.AwaitingValidation; } }
                public void SetStockConfirmedStatus() { if (OrderStatus == OrderStatus.AwaitingValidation) { OrderStatus = OrderStatus.StockConfirmed; } }
                public void SetPaidStatus() { if (OrderStatus == OrderStatus.StockConfirmed) { OrderStatus = OrderStatus.Paid; } }
                public void SetCancelledStatusWhenStockIsRejected() { if (OrderStatus == OrderStatus.AwaitingValidation) { OrderStatus = OrderStatus.Cancelled; } }
                public void SetShippedStatus() { if (OrderStatus != OrderStatus.Paid) { StatusChangeException(OrderStatus.Shipped); } OrderStatus = OrderStatus.Shipped; Description = "shipped"; }
                public void SetCancelledStatus() { if (OrderStatus == OrderStatus.Paid || OrderStatus == OrderStatus.Shipped) { StatusChangeException(OrderStatus.Cancelled); } OrderStatus = OrderStatus.Cancelled; }
                private void StatusChangeException(OrderStatus to) => throw new InvalidOperationException($"Is not possible to change the order status from {OrderStatus} to {to}.");
            }
        }
        """)));

        Assert.DoesNotContain(findings, finding => finding.Id is "RISK0009" or "RISK2011");
    }

    private const string Bills = """
        public enum BillState { Draft, Issued, PartlyPaid, Paid, Cancelled, Refunded }
        public class Invoice
        {
            public int Id { get; set; }
            public decimal Due { get; set; }
            public BillState State { get; set; }
            public void MarkPaid(string reference) { State = BillState.Paid; Due = 0; }
            public void Cancel() { if (State != BillState.Issued) throw new InvalidOperationException(); State = BillState.Cancelled; }
            public void SetState(BillState next) => State = next;
        }
        public class Receipt { public int Id { get; set; } public Invoice Invoice { get; set; } = new(); public decimal Amount { get; set; } }
        public class Books : DbContext { public DbSet<Invoice> Invoices => Set<Invoice>(); public DbSet<Receipt> Receipts => Set<Receipt>(); }
        public interface IInvoiceRepository { Task<Invoice?> GetAsync(int id); Task SaveAsync(Invoice invoice); }

        """;

    // The entity's own finding is marked in Bills.
    private static string Billing(string code) => Bills.Replace("public void MarkPaid(string reference) { State = BillState.Paid; Due = 0; }", "public void MarkPaid(string reference) { [|State = BillState.Paid|]; Due = 0; }") + code;

    [Fact]
    public Task A_transition_that_nobody_looks_before() => Flags(Billing("public class PaidHandler(IInvoiceRepository invoices) { public async Task Handle(int id, string reference) { var invoice = await invoices.GetAsync(id) ?? throw new InvalidOperationException(); [|invoice.MarkPaid(reference)|]; await invoices.SaveAsync(invoice); } }"));

    [Fact]
    public Task A_switch_over_the_providers_word() => Flags(Billing("public class Hooks(IInvoiceRepository invoices) { public async Task HandleAsync(int id, string kind) { var invoice = await invoices.GetAsync(id); if (invoice != null) Follow(invoice, kind); } private static void Follow(Invoice invoice, string kind) { switch (kind) { case \"paid\": [|invoice.MarkPaid(kind)|]; break; case \"void\": invoice.Cancel(); break; } } }"));

    [Fact]
    public Task A_setter_that_is_given_what_the_request_names() => Flags(Billing("public record StateRequest(string State); public class StateController(IInvoiceRepository invoices) : ControllerBase { [HttpPut] public async Task<IActionResult> Put(int id, StateRequest request) { var invoice = await invoices.GetAsync(id); if (invoice is null || !Enum.TryParse<BillState>(request.State, out var next)) return BadRequest(); [|invoice.SetState(next)|]; await invoices.SaveAsync(invoice); return Ok(); } }"));

    [Fact]
    public Task An_invoice_that_turns_paid_unseen() => Flags(Billing("public class ReceiptService(Books books) { public async Task Record(int id, decimal amount) { var invoice = await books.Invoices.FirstOrDefaultAsync(i => i.Id == id); if (invoice == null) return; invoice.Due -= amount; if (invoice.Due <= 0) { [|invoice.State = BillState.Paid|]; } else { invoice.State = BillState.PartlyPaid; } await books.SaveChangesAsync(); } }"));

    [Fact]
    public Task An_invoice_that_is_open_again() => Flags(Billing("public class ReceiptService(Books books) { public async Task Delete(int id) { var receipt = await books.Receipts.Include(r => r.Invoice).FirstAsync(r => r.Id == id); var invoice = receipt.Invoice; invoice.Due += receipt.Amount; if (invoice.Due > 0) [|invoice.State = BillState.Issued|]; books.Receipts.Remove(receipt); await books.SaveChangesAsync(); } }"));

    [Fact]
    public Task A_handler_that_looks_before_the_transition() => Flags(Billing("public class PaidHandler(IInvoiceRepository invoices) { public async Task Handle(int id, string reference) { var invoice = await invoices.GetAsync(id) ?? throw new InvalidOperationException(); if (invoice.State is not (BillState.Issued or BillState.PartlyPaid)) return; invoice.MarkPaid(reference); await invoices.SaveAsync(invoice); } }"));

    [Fact]
    public Task A_transition_that_looks_itself() => Flags(Billing("public class CancelHandler(IInvoiceRepository invoices) { public async Task Handle(int id) { var invoice = await invoices.GetAsync(id) ?? throw new InvalidOperationException(); invoice.Cancel(); await invoices.SaveAsync(invoice); } }"));

    [Fact]
    public Task An_invoice_that_is_made_and_paid_at_once() => Flags(Billing("public class Counter(IInvoiceRepository invoices) { public async Task Sell() { var invoice = new Invoice(); invoice.MarkPaid(\"cash\"); await invoices.SaveAsync(invoice); } }"));

    [Fact]
    public Task A_helper_whose_caller_looked() => Flags(Billing("public class Hooks(IInvoiceRepository invoices) { public async Task HandleAsync(int id) { var invoice = await invoices.GetAsync(id); if (invoice != null && invoice.State == BillState.Issued) Follow(invoice); } private static void Follow(Invoice invoice) { invoice.MarkPaid(\"x\"); } }"));

    [Fact]
    public Task An_invoice_that_the_query_chose_by_its_state() => Flags(Billing("public class ReceiptService(Books books) { public async Task Record(int id) { var invoice = await books.Invoices.FirstOrDefaultAsync(i => i.Id == id && i.State == BillState.Issued); if (invoice == null) return; invoice.State = BillState.Paid; await books.SaveChangesAsync(); } }"));

    [Fact]
    public Task All_of_them_guarded() => Allows(Order(Ship + "public void Deliver() { if (Status != S.Shipped) throw new InvalidOperationException(); Status = S.Delivered; }"));

    [Fact]
    public Task None_of_them_guarded() => Allows(Order("public void Ship() { Status = S.Shipped; } public void Deliver() { Status = S.Delivered; }"));

    [Fact]
    public Task All_final_states_refused() => Allows(Order(Ship + "public void Cancel() { if (Status is S.Shipped or S.Delivered or S.Refunded or S.Paid) throw new InvalidOperationException(); Status = S.Cancelled; }"));

    [Fact]
    public Task The_way_back_to_the_beginning() => Allows(Order(Ship + "public void Reopen() { Status = S.Pending; }"));

    [Fact]
    public Task A_guard_by_a_helper() => Allows(Order(Ship + "private bool CanMove(S to) => to != Status; public void Deliver() { if (!CanMove(S.Delivered)) throw new InvalidOperationException(); Status = S.Delivered; }"));

    [Fact]
    public Task A_table_of_transitions() => Allows(States + "public class Shipment { private static readonly Dictionary<S, S[]> Allowed = new(); public S Status { get; private set; } " + Ship + "public void Move(S next) { if (!Allowed[Status].Contains(next)) throw new InvalidOperationException(); Status = next; } }");

    [Fact]
    public Task A_branch_on_the_state() => Allows(Order(Ship + "public void Deliver() { if (Status == S.Shipped) { Status = S.Delivered; } }"));

    [Fact]
    public Task A_replayed_event() => Allows(Order(Ship + "public record Cancelled(int Id); public void Apply(Cancelled e) { Status = S.Cancelled; } public void OnCancelled() { Status = S.Cancelled; }"));

    [Fact]
    public Task A_factory() => Allows(States + "public class Shipment { public S Status { get; set; } " + Ship + "public static Shipment Start() { var s = new Shipment(); s.Status = S.Cancelled; return s; } public static Shipment Create() => new() { Status = S.Pending }; }");

    [Fact]
    public Task A_state_computed_of_the_answer() => Allows(Order(Ship + "public void Settle(bool worked) { Status = worked ? S.Paid : S.Cancelled; }"));
}

using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Payments;

public sealed class IncompleteStatusGuardTests() : RuleTest("RISK2011")
{
    private const string States = "public enum S { Pending, Paid, Shipped, Delivered, Cancelled, Refunded }\n";

    private static string Order(string members) => States + "public class Shipment { public S Status { get; private set; } " + members + " }";

    private const string Ship = "public void Ship() { if (Status != S.Paid) throw new InvalidOperationException(); Status = S.Shipped; } ";

    [Fact]
    public Task No_guard_at_all() => Flags(Order(Ship + "public void Cancel() { [|Status = S.Cancelled|]; }"));

    [Fact]
    public Task One_state_refused_of_many() => Flags(Order(Ship + "public void Refund() { if (Status == S.Pending) throw new InvalidOperationException(); [|Status = S.Refunded|]; } public void Cancel() { if (Status != S.Pending) throw new InvalidOperationException(); Status = S.Cancelled; }"));

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
            public void Void() { if (_state == PayState.Captured) throw new InvalidOperationException(); [|_state = PayState.Voided|]; }
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
            public void Fail() { if (Status is PaymentStatus.Completed or PaymentStatus.Refunded) throw new InvalidOperationException(); [|Status = PaymentStatus.Failed|]; }
        }
        """);

    [Fact]
    public Task A_guard_by_helper_beside_none() => Flags(Order("private void EnsureStatus(S wanted) { if (Status != wanted) throw new InvalidOperationException(); } public void Ship() { EnsureStatus(S.Paid); Status = S.Shipped; } public void Deliver() => [|Status = S.Delivered|];"));

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

    [Fact]
    public Task Another_state_altogether() => Allows(States + "public enum L { Off, On } public class Shipment { public S Status { get; private set; } public L LampState { get; private set; } " + Ship + "public void TurnOn() { LampState = L.On; } }");
}

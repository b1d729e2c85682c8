namespace RiskAnalyzers.Tests.Rules.Payments;

public sealed partial class IncompleteStatusGuardTests
{
    private const string Ends = """
        public enum PaymentStatus { Pending, Processing, Paid, Failed, Cancelled, Expired, Refunded, PartiallyRefunded, Collected }
        public enum ParcelStatus { Queued, Sent, Delivered, Cancelled, Returned }
        public class Payment { public int Id { get; set; } public PaymentStatus Status { get; set; } }
        public class TextOrder { public int Id { get; set; } public string Status { get; set; } = "Pending"; public string ShippingState { get; set; } = ""; }
        public class TextDb : DbContext { public DbSet<TextOrder> Orders => Set<TextOrder>(); }
        public class StatusRequest { public string Status { get; set; } = ""; }
        public class ChosenStatusRequest { [RegularExpression("^(Paid|Shipped)$")] public string Status { get; set; } = ""; }

        """;

    [Fact]
    public Task A_list_of_final_states_that_forgets_one() => Flags(Ends + """
        class Refresh { private static readonly PaymentStatus[] [|TerminalStatuses|] = { PaymentStatus.Paid, PaymentStatus.Failed, PaymentStatus.Cancelled, PaymentStatus.Expired, PaymentStatus.Refunded }; }
        """);

    [Fact]
    public Task A_set_of_final_states_that_forgets_one() => Flags(Ends + """
        class Sync { private static readonly HashSet<PaymentStatus> [|FinalStates|] = new() { PaymentStatus.Paid, PaymentStatus.Failed }; }
        """);

    [Fact]
    public Task A_pattern_of_ends_that_forgets_one() => Flags(Ends + """
        class Refresh
        {
            public PaymentStatus Ask(Payment payment, Func<PaymentStatus> gateway)
            {
                if ([|payment.Status is PaymentStatus.Paid or PaymentStatus.Failed or PaymentStatus.Cancelled or PaymentStatus.Expired|])
                    return payment.Status;
                return gateway();
            }
        }
        """);

    [Fact]
    public Task A_question_that_protects_one_end() => Flags(Ends + """
        class Events
        {
            private static bool IgnoresTerminal(PaymentStatus current, PaymentStatus next) => [|current == PaymentStatus.Paid && next is PaymentStatus.Failed or PaymentStatus.Processing|];
        }
        """);

    [Fact]
    public Task A_list_of_all_final_states() => Allows(Ends + """
        class Refresh { private static readonly PaymentStatus[] TerminalStatuses = { PaymentStatus.Paid, PaymentStatus.Failed, PaymentStatus.Cancelled, PaymentStatus.Expired, PaymentStatus.Refunded, PaymentStatus.Collected }; }
        """);

    [Fact]
    public Task A_list_of_some_states() => Allows(Ends + """
        class Report { private static readonly PaymentStatus[] RetryStatuses = { PaymentStatus.Failed, PaymentStatus.Expired }; }
        """);

    [Fact]
    public Task A_list_of_final_states_of_no_money() => Allows(Ends + """
        class Parcels { private static readonly ParcelStatus[] FinalStatuses = { ParcelStatus.Delivered, ParcelStatus.Cancelled }; }
        """);

    [Fact]
    public Task A_question_that_knows_all_ends() => Allows(Ends + """
        class Events
        {
            private static bool IsFinal(PaymentStatus status) => status is PaymentStatus.Paid or PaymentStatus.Failed or PaymentStatus.Cancelled or PaymentStatus.Expired or PaymentStatus.Refunded or PaymentStatus.Collected;
        }
        """);

    [Fact]
    public Task A_text_of_the_caller() => Flags(Ends + """
        class Orders(TextDb db)
        {
            public async Task UpdateStatusAsync(int id, string status)
            {
                var order = await db.Orders.FindAsync(id);
                if (order == null) return;
                [|order.Status = status|];
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task A_text_of_the_request() => Flags(Ends + """
        class OrdersController(TextDb db) : ControllerBase
        {
            [HttpPut("{id}/status")]
            public async Task<IActionResult> Put(int id, StatusRequest request)
            {
                if (string.IsNullOrEmpty(request.Status)) return BadRequest();
                var order = await db.Orders.FirstOrDefaultAsync(o => o.Id == id);
                if (order is null) return NotFound();
                [|order.Status = request.Status.Trim()|];
                await db.SaveChangesAsync();
                return NoContent();
            }
        }
        """);

    [Fact]
    public Task A_text_that_is_one_of_a_list() => Allows(Ends + """
        class OrdersController(TextDb db) : ControllerBase
        {
            private static readonly string[] Known = { "Paid", "Shipped" };

            [HttpPut("{id}/status")]
            public async Task<IActionResult> Put(int id, StatusRequest request)
            {
                if (!Known.Contains(request.Status)) return BadRequest();
                var order = await db.Orders.FirstAsync(o => o.Id == id);
                order.Status = request.Status;
                await db.SaveChangesAsync();
                return NoContent();
            }
        }
        """);

    [Fact]
    public Task A_text_whose_state_before_is_asked() => Allows(Ends + """
        class Orders(TextDb db)
        {
            public async Task UpdateStatusAsync(int id, string status)
            {
                var order = await db.Orders.FirstAsync(o => o.Id == id);
                if (order.Status == "Cancelled") throw new InvalidOperationException();
                order.Status = status;
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task A_text_that_its_attribute_binds() => Allows(Ends + """
        class OrdersController(TextDb db) : ControllerBase
        {
            [HttpPut("{id}/status")]
            public async Task Put(int id, ChosenStatusRequest request)
            {
                var order = await db.Orders.FirstAsync(o => o.Id == id);
                order.Status = request.Status;
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task A_state_of_an_address() => Allows(Ends + """
        class Orders(TextDb db)
        {
            public async Task UpdateAddressAsync(int id, string state)
            {
                var order = await db.Orders.FirstAsync(o => o.Id == id);
                order.ShippingState = state;
                await db.SaveChangesAsync();
            }
        }
        """);
}

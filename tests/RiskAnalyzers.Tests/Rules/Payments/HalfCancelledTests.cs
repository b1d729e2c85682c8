using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Payments;

public sealed class HalfCancelledTests() : RuleTest("RISK2020")
{
    // A shop that takes goods when an order is placed, and knows of its payment.
    private const string Shop = """
        public enum SaleStatus { Pending, Confirmed, Shipped, Cancelled }
        public class SaleItem { public int ProductId { get; set; } public int Quantity { get; set; } }
        public class SaleOrder { public int Id { get; set; } public SaleStatus Status { get; set; } public string? PaymentIntentId { get; set; } public List<SaleItem> Items { get; set; } = new(); public void Cancel(string reason) => Status = SaleStatus.Cancelled; public bool TryCancel() => true; }
        public class SaleDb : DbContext { public DbSet<SaleOrder> Sales => Set<SaleOrder>(); public DbSet<Product> Products => Set<Product>(); }
        public interface ISaleRepository { Task<SaleOrder?> GetByIdAsync(int id); Task UpdateAsync(SaleOrder order); }
        public class Placing { public void Take(Product product, int quantity) => product.Stock -= quantity; }

        """;

    // One that keeps no stock.
    private const string Bare = """
        public enum JobStatus { Pending, Done, Cancelled }
        public class JobOrder { public int Id { get; set; } public JobStatus Status { get; set; } public bool IsPaid { get; set; } public DateTime? CancelledAt { get; set; } public void Cancel() => Status = JobStatus.Cancelled; }
        public class FreeOrder { public int Id { get; set; } public JobStatus Status { get; set; } public string PaymentMethod { get; set; } = ""; }
        public class JobDb : DbContext { public DbSet<JobOrder> Jobs => Set<JobOrder>(); public DbSet<FreeOrder> Free => Set<FreeOrder>(); }

        """;

    [Fact]
    public Task A_state_that_is_set_and_nothing_else() => Flags(Shop + """
        class Cancelling(SaleDb db)
        {
            public async Task CancelAsync(int id)
            {
                var order = await db.Sales.FindAsync(id);
                if (order == null) return;
                [|order.Status = SaleStatus.Cancelled|];
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task An_entity_that_cancels_itself() => Flags(Shop + """
        class CancelHandler(ISaleRepository sales)
        {
            public async Task Handle(int id, string reason)
            {
                var order = await sales.GetByIdAsync(id) ?? throw new InvalidOperationException();
                [|order.Cancel(reason)|];
                await sales.UpdateAsync(order);
            }
        }
        """);

    [Fact]
    public Task One_state_of_a_switch() => Flags(Shop + """
        class StatusHandler(ISaleRepository sales)
        {
            public async Task Handle(int id, SaleStatus status)
            {
                var order = await sales.GetByIdAsync(id);
                switch (status)
                {
                    case SaleStatus.Cancelled: [|order!.Cancel("staff")|]; break;
                    case SaleStatus.Shipped: order!.Status = SaleStatus.Shipped; break;
                }
                await sales.UpdateAsync(order!);
            }
        }
        """);

    [Fact]
    public Task Many_at_once() => Flags(Shop + """
        class Bulk(SaleDb db)
        {
            public async Task CancelAllAsync(List<int> ids)
            {
                var orders = await db.Sales.Where(s => ids.Contains(s.Id)).ToListAsync();
                foreach (var order in orders)
                    [|order.Cancel("bulk")|];
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task An_engine_that_is_handed_the_order() => Flags(Shop + """
        interface IOrderEngine { void CancelOrder(SaleOrder order, string reason); }
        class CancelHandler(ISaleRepository sales, IOrderEngine engine)
        {
            public async Task Handle(int id)
            {
                var order = await sales.GetByIdAsync(id);
                [|engine.CancelOrder(order!, "customer")|];
                await sales.UpdateAsync(order!);
            }
        }
        """);

    [Fact]
    public Task Stock_that_stays_taken_though_the_money_goes_back() => Flags(Shop + """
        class Cancelling(SaleDb db, IPaymentGateway gateway)
        {
            public async Task CancelAsync(int id)
            {
                var order = await db.Sales.FirstAsync(o => o.Id == id);
                await gateway.RefundAsync(order.PaymentIntentId!, 10m, $"cancel-{id}");
                [|order.Status = SaleStatus.Cancelled|];
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task Money_that_stays_though_the_stock_goes_back() => Flags(Shop + """
        class Cancelling(SaleDb db)
        {
            public async Task CancelAsync(int id)
            {
                var order = await db.Sales.Include(o => o.Items).FirstAsync(o => o.Id == id);
                foreach (var item in order.Items)
                {
                    var product = await db.Products.FindAsync(item.ProductId);
                    product!.Stock += item.Quantity;
                }
                [|order.Status = SaleStatus.Cancelled|];
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task A_paid_order_of_a_shop_without_stock() => Flags(Bare + """
        class JobsController(JobDb db) : ControllerBase
        {
            [HttpDelete("{id}")]
            public async Task<IActionResult> Delete(int id)
            {
                var job = await db.Jobs.SingleOrDefaultAsync(j => j.Id == id);
                if (job is null) return NotFound();
                [|job.Cancel()|];
                job.CancelledAt = DateTime.UtcNow;
                await db.SaveChangesAsync();
                return NoContent();
            }
        }
        """);

    [Fact]
    public Task A_state_that_is_a_text() => Flags("""
        public class TextOrder { public int Id { get; set; } public string Status { get; set; } = "Pending"; public DateTime? PaidAt { get; set; } }
        class TextDb : DbContext { public DbSet<TextOrder> Orders => Set<TextOrder>(); }
        class Cancelling(TextDb db)
        {
            public async Task CancelAsync(int id)
            {
                var order = await db.Orders.FirstAsync(o => o.Id == id);
                if (order.Status == "Shipped") throw new InvalidOperationException();
                [|order.Status = "Cancelled"|];
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task A_mapped_route() => Flags(Bare + """
        static class Routes
        {
            public static void Map(WebApplication app) => app.MapPost("/jobs/{id}/cancel", async (int id, JobDb db) =>
            {
                var job = await db.Jobs.FindAsync(id);
                if (job is null) return Results.NotFound();
                [|job.Status = JobStatus.Cancelled|];
                await db.SaveChangesAsync();
                return Results.Ok();
            });
        }
        """);

    [Fact]
    public Task Both_go_back() => Allows(Shop + """
        class Cancelling(SaleDb db, IPaymentGateway gateway)
        {
            public async Task CancelAsync(int id)
            {
                var order = await db.Sales.Include(o => o.Items).FirstAsync(o => o.Id == id);
                if (order.PaymentIntentId != null)
                    await gateway.RefundAsync(order.PaymentIntentId, 10m, $"cancel-{id}");
                foreach (var item in order.Items)
                    (await db.Products.FindAsync(item.ProductId))!.Stock += item.Quantity;
                order.Status = SaleStatus.Cancelled;
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task A_helper_gives_both_back() => Allows(Shop + """
        class Cancelling(SaleDb db, IPaymentGateway gateway)
        {
            public async Task CancelAsync(int id)
            {
                var order = await db.Sales.FirstAsync(o => o.Id == id);
                order.Cancel("customer");
                await UndoAsync(order);
                await db.SaveChangesAsync();
            }

            private async Task UndoAsync(SaleOrder order)
            {
                foreach (var item in order.Items)
                    (await db.Products.FindAsync(item.ProductId))!.Stock += item.Quantity;
                if (order.PaymentIntentId is { } intent)
                    await gateway.RefundAsync(intent, 10m, intent);
            }
        }
        """);

    [Fact]
    public Task An_event_tells_who_gives_back() => Allows(Shop + """
        record OrderCancelledEvent(int Id);
        interface IBus { Task PublishAsync(object message); }
        class Cancelling(SaleDb db, IBus bus)
        {
            public async Task CancelAsync(int id)
            {
                var order = await db.Sales.FirstAsync(o => o.Id == id);
                order.Cancel("customer");
                await db.SaveChangesAsync();
                await bus.PublishAsync(new OrderCancelledEvent(order.Id));
            }
        }
        """);

    [Fact]
    public Task Somebody_listens_to_cancellations() => Allows(Shop + """
        class OrderCancelledDomainEventHandler { public Task Handle(int id) => Task.CompletedTask; }
        class Cancelling(SaleDb db)
        {
            public async Task CancelAsync(int id)
            {
                var order = await db.Sales.FirstAsync(o => o.Id == id);
                order.Cancel("customer");
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task A_paid_order_is_refused() => Allows(Bare + """
        class Jobs(JobDb db)
        {
            public async Task CancelAsync(int id)
            {
                var job = await db.Jobs.FirstAsync(j => j.Id == id);
                if (job.IsPaid) throw new InvalidOperationException("ask for a refund");
                job.Cancel();
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task An_order_that_knows_of_no_payment() => Allows(Bare + """
        class Jobs(JobDb db)
        {
            public async Task CancelAsync(int id)
            {
                var free = await db.Free.FirstAsync(j => j.Id == id);
                free.Status = JobStatus.Cancelled;
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task Only_what_is_not_paid_yet_can_be_cancelled() => Allows("""
        class Cancelling(ShopDb db)
        {
            public async Task CancelAsync(int id)
            {
                var order = await db.Orders.FirstAsync(o => o.Id == id);
                if (order.Status != OrderStatus.New) throw new InvalidOperationException();
                order.Status = OrderStatus.Cancelled;
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task The_entity_itself() => Allows(Bare + "public class OwnOrder { public int Id { get; set; } public bool IsPaid { get; set; } public JobStatus Status { get; private set; } public void Cancel() { Status = JobStatus.Cancelled; } }");

    [Fact]
    public Task Another_state() => Allows(Bare + """
        class Jobs(JobDb db)
        {
            public async Task FinishAsync(int id)
            {
                var job = await db.Jobs.FirstAsync(j => j.Id == id);
                job.Status = JobStatus.Done;
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task An_order_that_was_never_stored() => Allows(Bare + """
        class Jobs
        {
            public JobOrder Refuse()
            {
                var job = new JobOrder();
                job.Status = JobStatus.Cancelled;
                return job;
            }
        }
        """);

    [Fact]
    public Task Something_else_that_is_cancelled() => Allows(Shop + """
        public class Subscription { public int Id { get; set; } public SaleStatus Status { get; set; } public bool IsPaid { get; set; } }
        class SubDb : DbContext { public DbSet<Subscription> Subscriptions => Set<Subscription>(); }
        class Subscriptions(SubDb db)
        {
            public async Task CancelAsync(int id)
            {
                var subscription = await db.Subscriptions.FirstAsync(s => s.Id == id);
                subscription.Status = SaleStatus.Cancelled;
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task A_state_that_the_form_gives() => Flags(Shop + """
        public record ChangeStatus(int Id, SaleStatus Status);
        class ChangeStatusHandler(ISaleRepository sales)
        {
            public async Task Handle(ChangeStatus request)
            {
                var order = await sales.GetByIdAsync(request.Id) ?? throw new InvalidOperationException();
                if (order.Status == SaleStatus.Cancelled) throw new InvalidOperationException();
                [|order.Status = request.Status|];
                await sales.UpdateAsync(order);
            }
        }
        """);

    [Fact]
    public Task A_state_that_the_form_gives_and_somebody_asks_for() => Allows(Shop + """
        public record ChangeStatus(int Id, SaleStatus Status);
        class ChangeStatusHandler(ISaleRepository sales)
        {
            public async Task Handle(ChangeStatus request)
            {
                if (request.Status == SaleStatus.Cancelled) throw new InvalidOperationException("cancel it by its own way");
                var order = await sales.GetByIdAsync(request.Id) ?? throw new InvalidOperationException();
                order.Status = request.Status;
                await sales.UpdateAsync(order);
            }
        }
        """);
}

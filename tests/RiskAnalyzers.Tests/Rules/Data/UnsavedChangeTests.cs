using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Data;

public sealed class UnsavedChangeTests() : RuleTest("RISK6009")
{
    private const string Repositories = """
        interface IUnitOfWork { Task<int> SaveChangesAsync(CancellationToken token = default); }
        interface IOrderRepository { Task<Order?> GetByIdAsync(int id); Task AddAsync(Order order); Task UpdateAsync(Order order); Task DeleteAsync(Order order); }
        interface ICustomerRepository { Task<Customer?> GetByIdAsync(int id); Task AddAsync(Customer customer); Task UpdateAsync(Customer customer); }
        class CreateOrderHandler(IOrderRepository orders, IUnitOfWork work)
        {
            public async Task Handle(Order order) { await orders.AddAsync(order); await work.SaveChangesAsync(); }
        }

        """;

    private const string Notes = """
        class OrderRepository(ShopDb db) : IOrderRepository
        {
            public async Task<Order?> GetByIdAsync(int id) => await db.Orders.FindAsync(id);
            public async Task AddAsync(Order order) => await db.Orders.AddAsync(order);
            public Task UpdateAsync(Order order) { db.Orders.Update(order); return Task.CompletedTask; }
            public Task DeleteAsync(Order order) { db.Orders.Remove(order); return Task.CompletedTask; }
        }

        """;

    private static string Controller(string members) => $"class OrdersController : ShopCode {{ public async Task<IActionResult> Place(Order order) {{ db.Orders.Add(order); await db.SaveChangesAsync(); return Ok(); }} {members} }}";

    [Fact]
    public Task A_handler_whose_siblings_save() => Flags(Repositories + "class CancelOrderHandler(IOrderRepository orders) { public async Task<bool> Handle(int id) { var order = await orders.GetByIdAsync(id); if (order is null) return false; order.Status = OrderStatus.Cancelled; await orders.[|UpdateAsync|](order); return true; } }");

    [Fact]
    public Task A_repository_that_only_tells_the_context() => Flags(Repositories + Notes + "class ShipOrderHandler(IOrderRepository repository) { public async Task HandleAsync(Order order, CancellationToken token) { order.Status = OrderStatus.Shipped; await repository.[|UpdateAsync|](order); } }");

    [Fact]
    public Task A_controller_on_the_context() => Flags(Controller("[HttpDelete(\"{id}\")] public async Task<IActionResult> Delete(int id) { var order = await db.Orders.FindAsync(id); if (order == null) return NotFound(); db.Orders.[|Remove|](order); return NoContent(); }"));

    [Fact]
    public Task Added_after_the_only_save() => Flags(Controller("public async Task<IActionResult> Register(Customer customer, Coupon welcome) { db.Customers.Add(customer); await db.SaveChangesAsync(); db.Coupons.[|Add|](welcome); await mailer.SendReceiptAsync(new Order()); return Ok(customer.Id); }"));

    [Fact]
    public Task Through_a_helper_that_others_save() => Flags("class LoginService : ShopCode { public async Task<string> Login(Customer c) { return await [|IssueAsync(c)|]; } public async Task<string> Refresh(Customer c) { var token = await IssueAsync(c); await db.SaveChangesAsync(); return token; } private async Task<string> IssueAsync(Customer c) { c.ResetToken = \"t\"; db.Customers.Update(c); await Task.Yield(); return c.ResetToken; } }");

    [Fact]
    public Task In_a_helper_that_nobody_saves() => Flags(Repositories + Notes + "class StripeWebhookService(IOrderRepository orders, ILogger log) { public async Task HandleAsync(string type, Order order) { switch (type) { case \"paid\": await Paid(order); break; } } private async Task Paid(Order order) { order.Status = OrderStatus.Paid; await orders.[|UpdateAsync|](order); log.LogInformation(\"paid\"); } }");

    [Fact]
    public Task A_minimal_api() => Flags("static class Routes { public static void MapOrders(this WebApplication app) { app.MapPost(\"/orders\", async (Order order, ShopDb db) => { db.Orders.Add(order); await db.SaveChangesAsync(); return Results.Ok(); }); app.MapDelete(\"/orders/{id}\", async (int id, ShopDb db) => { var order = await db.Orders.FindAsync(id); db.[|Remove|](order!); return Results.NoContent(); }); } class OrdersController : ShopCode { public async Task Save(Order o) { db.Add(o); await db.SaveChangesAsync(); } } }");

    [Fact]
    public Task A_branch_after_an_early_return() => Flags(Controller("public async Task<IActionResult> Use(Coupon coupon, bool fresh) { if (fresh) { db.Coupons.Add(coupon); await db.SaveChangesAsync(); return Ok(); } coupon.PercentOff = 0; db.Coupons.[|Update|](coupon); return Ok(); }"));

    [Fact]
    public Task A_consumer_with_a_generic_repository() => Flags("interface IRepository<T> { void Add(T item); void Update(T item); } interface IUnitOfWork { Task CommitAsync(); } class PlaceOrder(IRepository<Order> orders, IUnitOfWork uow) { public async Task Handle(Order o) { orders.Add(o); await uow.CommitAsync(); } } class StockConsumer(IRepository<Product> products) { public Task Consume(Product product) { product.Stock = 0; products.[|Update|](product); return Task.CompletedTask; } }");

    [Fact]
    public Task A_record_of_a_range() => Flags(Controller("public IActionResult Clear(List<Order> old) { db.Orders.[|RemoveRange|](old); return NoContent(); }"));

    [Fact]
    public Task The_habit_of_the_project_with_other_stores() => Flags(Repositories + """
        interface IRefundRepository { Task AddAsync(Order order); }
        interface IProductRepository { Task AddAsync(Product product); }
        interface IPriceRepository { Task UpdateAsync(Product product); }
        class A(ICustomerRepository customers, IUnitOfWork work) { public async Task Handle(Customer c) { await customers.AddAsync(c); await work.SaveChangesAsync(); } }
        class B(IProductRepository products, IUnitOfWork work) { public async Task Handle(Product p) { await products.AddAsync(p); await work.SaveChangesAsync(); } }
        class D(IPriceRepository prices, IUnitOfWork work) { public async Task Handle(Product p) { await prices.UpdateAsync(p); await work.SaveChangesAsync(); } }
        class RefundHandler(IRefundRepository refunds) { public async Task Handle(Order order) { await refunds.[|AddAsync|](order); } }
        """);

    [Fact]
    public Task A_transition_that_is_called_complete() => Flags(Repositories + Notes + "class Booking { public void Complete() { } } class CompleteHandler(IOrderRepository orders) { public async Task Handle(Order order, Booking booking) { await orders.[|UpdateAsync|](order); booking.Complete(); } }");

    [Fact]
    public Task Saved_at_the_end() => Allows(Repositories + "class CancelHandler(IOrderRepository orders, IUnitOfWork work) { public async Task Handle(Order order) { await orders.UpdateAsync(order); await work.SaveChangesAsync(); } }");

    [Fact]
    public Task A_repository_that_saves() => Allows(Repositories + "class OrderRepository(ShopDb db) : IOrderRepository { public async Task<Order?> GetByIdAsync(int id) => await db.Orders.FindAsync(id); public async Task AddAsync(Order order) { db.Orders.Add(order); await db.SaveChangesAsync(); } public async Task UpdateAsync(Order order) { db.Orders.Update(order); await db.SaveChangesAsync(); } public async Task DeleteAsync(Order order) { db.Orders.Remove(order); await db.SaveChangesAsync(); } } class ShipHandler(IOrderRepository orders) { public async Task Handle(Order order) { await orders.UpdateAsync(order); } }");

    [Fact]
    public Task A_project_that_nowhere_saves() => Allows("interface IOrderRepository { Task UpdateAsync(Order order); } class CancelHandler(IOrderRepository orders) { public async Task Handle(Order order) { await orders.UpdateAsync(order); } } class ShipHandler(IOrderRepository orders) { public async Task Handle(Order order) { await orders.UpdateAsync(order); } }");

    [Fact]
    public Task A_behaviour_saves_for_all() => Allows(Repositories + Notes + "class UnitOfWorkBehavior(IUnitOfWork work) { public async Task Handle(Func<Task> next) { await next(); await work.SaveChangesAsync(); } } class ShipHandler(IOrderRepository orders) { public async Task Handle(Order order) { await orders.UpdateAsync(order); } }");

    [Fact]
    public Task The_repository_itself() => Allows(Repositories + Notes);

    [Fact]
    public Task A_service_whose_callers_save() => Allows(Controller("public async Task<IActionResult> Use(CouponService coupons, Coupon c) { coupons.Spend(c); await db.SaveChangesAsync(); return Ok(); }") + " class CouponService(ShopDb db) { public void Spend(Coupon coupon) { coupon.PercentOff = 0; db.Coupons.Update(coupon); } }");

    [Fact]
    public Task A_service_that_never_saves_itself() => Allows(Repositories + Notes + "class StockService(IOrderRepository orders) { public async Task ReserveAsync(Order order) { await orders.UpdateAsync(order); } }");

    [Fact]
    public Task A_helper_whose_callers_all_save() => Allows(Controller("public async Task<IActionResult> Change(Order order) { Touch(order); await db.SaveChangesAsync(); return Ok(); } private void Touch(Order order) { order.Total += 1; db.Orders.Update(order); }"));

    [Fact]
    public Task Saved_inside_an_execution_strategy() => Allows(Controller("public async Task<IActionResult> Buy(Order order) { await Retry(async () => { db.Orders.Add(order); await db.SaveChangesAsync(); }); return Ok(); } private static Task Retry(Func<Task> work) => work();"));

    [Fact]
    public Task Saved_by_a_called_service() => Allows(Controller("public async Task<IActionResult> Change(Order order, OutboxWriter writer) { db.Orders.Update(order); await writer.FinishAsync(); return Ok(); }") + " class OutboxWriter(ShopDb db) { public async Task FinishAsync() { await db.SaveChangesAsync(); } }");

    [Fact]
    public Task A_list_is_no_store() => Allows(Controller("public IActionResult Show(Order order) { var lines = new List<OrderLine>(); lines.Add(new OrderLine()); order.Lines.AddRange(lines); return Ok(lines); }"));

    [Fact]
    public Task A_repository_of_a_list() => Allows(Repositories + "class MemoryOrderRepository : IOrderRepository { private readonly List<Order> all = new(); public Task<Order?> GetByIdAsync(int id) => Task.FromResult(all.Find(o => o.Id == id)); public Task AddAsync(Order order) { all.Add(order); return Task.CompletedTask; } public Task UpdateAsync(Order order) => Task.CompletedTask; public Task DeleteAsync(Order order) => Task.CompletedTask; } class ShipHandler(IOrderRepository orders) { public async Task Handle(Order order) { await orders.AddAsync(order); } }");

    [Fact]
    public Task Saved_by_the_next_round_of_a_loop() => Allows(Controller("public async Task<IActionResult> Import(List<Order> orders) { foreach (var order in orders) { if (order.Total > 10) await db.SaveChangesAsync(); db.Orders.Add(order); } return Ok(); }"));

    [Fact]
    public Task An_audit_that_saves_what_is_noted() => Allows(Controller("public async Task<IActionResult> Change(Order order, IAuditService audit) { db.Orders.Update(order); await audit.WriteAsync(order.Id); return Ok(); }") + " interface IAuditService { Task WriteAsync(int id); }");

    [Fact]
    public Task Asked_to_save_by_an_argument() => Allows("interface IOrderRepository { Task InsertAsync(Order order, bool autoSave = false); } interface IUnitOfWork { Task CommitAsync(); } class A(IOrderRepository orders, IUnitOfWork uow) { public async Task Handle(Order o) { await orders.InsertAsync(o); await uow.CommitAsync(); } } class BHandler(IOrderRepository orders) { public async Task Handle(Order o) { await orders.InsertAsync(o, autoSave: true); } }");

    [Fact]
    public Task A_service_that_is_told_to_save_is_no_unit_of_work() => Allows("interface IOrderRepository { Task CreateAsync(Order order); } interface ICustomerService { Task SaveAsync(Customer customer); } class InviteHandler(IOrderRepository orders, ICustomerService customers) { public async Task Handle(Order order, Customer customer) { await orders.CreateAsync(order); await customers.SaveAsync(customer); } } class PlaceHandler(IOrderRepository orders) { public async Task Handle(Order order) { await orders.CreateAsync(order); } }");
}

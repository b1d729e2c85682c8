using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Data;

public sealed class UntrackedMutationTests() : RuleTest("RISK6007")
{
    private static string Code(string body) => $"class C : ShopCode {{ void Rename(Customer c) {{ c.Email = \"\"; db.Update(c); }} void Show(Customer c) {{ log.LogInformation(c.Email); }} public async Task M(int id, Order input) {{ {body} }} }}";

    [Fact]
    public Task A_status_that_is_never_written() => Fixes(
        Code("var order = await db.Orders.AsNoTracking().FirstAsync(o => o.Id == id); [|order.Status = OrderStatus.Paid|]; await db.SaveChangesAsync();"),
        Code("var order = await db.Orders.FirstAsync(o => o.Id == id); order.Status = OrderStatus.Paid; await db.SaveChangesAsync();"));

    [Fact]
    public Task After_an_include() => Fixes(
        Code("var order = db.Orders.Include(o => o.Lines).AsNoTracking().SingleOrDefault(o => o.Id == id); if (order == null) return; [|order.Total -= 5|]; await db.SaveChangesAsync();"),
        Code("var order = db.Orders.Include(o => o.Lines).SingleOrDefault(o => o.Id == id); if (order == null) return; order.Total -= 5; await db.SaveChangesAsync();"));

    [Fact]
    public Task A_counter() => Flags(Code("var p = await db.Products.AsNoTracking().FirstOrDefaultAsync(x => x.Id == id) ?? throw new InvalidOperationException(); [|p.Stock--|]; await db.SaveChangesAsync();"));

    [Fact]
    public Task Each_of_a_list() => Flags(Code("var products = await db.Products.AsNoTracking().Where(p => p.Stock > 0).ToListAsync(); foreach (var p in products) { [|p.Price *= 2|]; } await db.SaveChangesAsync();"));

    [Fact]
    public Task A_loop_over_the_query() => Flags(Code("foreach (var c in db.Coupons.AsNoTracking()) { [|c.PercentOff = 0|]; } db.SaveChanges(); await Task.Yield();"));

    [Fact]
    public Task One_taken_from_a_list() => Flags(Code("var all = await db.Customers.AsNoTrackingWithIdentityResolution().ToListAsync(); var c = all.First(x => x.Id == id); [|c.Balance = 0|]; await db.SaveChangesAsync();"));

    [Fact]
    public Task Through_a_query_local() => Flags(Code("var query = db.Orders.AsNoTracking(); var order = await query.FirstAsync(o => o.Id == id); [|order.PaymentReference = \"x\"|]; await db.SaveChangesAsync();"));

    [Fact]
    public Task A_method_of_the_entity() => Flags("class Invoice { public int Id { get; set; } public bool Paid { get; private set; } public void MarkPaid() { Paid = true; } } class Db : DbContext { public DbSet<Invoice> Invoices => Set<Invoice>(); } class C(Db db) { public async Task M(int id) { var invoice = await db.Invoices.AsNoTracking().FirstAsync(i => i.Id == id); [|invoice.MarkPaid()|]; await db.SaveChangesAsync(); } }");

    [Fact]
    public Task A_repository_that_does_not_track() => Flags("interface IOrders { Task<Order?> FindAsync(int id); } class Orders(ShopDb db) : IOrders { public async Task<Order?> FindAsync(int id) { return await db.Orders.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id); } } class C(IOrders orders, ShopDb db) { public async Task M(int id) { var order = await orders.FindAsync(id); if (order is null) return; [|order.Status = OrderStatus.Cancelled|]; await db.SaveChangesAsync(); } }");

    [Fact]
    public Task A_unit_of_work_saves() => Flags("interface IUnitOfWork { Task CommitAsync(); } class C(ShopDb db, IUnitOfWork work) { public async Task M(int id) { var c = await db.Customers.AsNoTracking().FirstAsync(x => x.Id == id); [|c.IsAdmin = false|]; await work.CommitAsync(); } }");

    [Fact]
    public Task Shown_to_somebody_in_between() => Flags(Code("var c = await db.Customers.AsNoTracking().FirstAsync(x => x.Id == id); [|c.ResetToken = null|]; Show(c); await db.SaveChangesAsync();"));

    [Fact]
    public Task Tracked() => Allows(Code("var order = await db.Orders.FirstAsync(o => o.Id == id); order.Status = OrderStatus.Paid; await db.SaveChangesAsync();"));

    [Fact]
    public Task Updated_before_the_save() => Allows(Code("var order = await db.Orders.AsNoTracking().FirstAsync(o => o.Id == id); order.Status = OrderStatus.Paid; db.Orders.Update(order); await db.SaveChangesAsync();"));

    [Fact]
    public Task Attached() => Allows(Code("var order = await db.Orders.AsNoTracking().FirstAsync(o => o.Id == id); db.Attach(order); order.Total = 1; await db.SaveChangesAsync();"));

    [Fact]
    public Task Its_entry_is_marked() => Allows(Code("var order = await db.Orders.AsNoTracking().FirstAsync(o => o.Id == id); order.Total = 1; db.Entry(order).State = EntityState.Modified; await db.SaveChangesAsync();"));

    [Fact]
    public Task A_helper_updates_it() => Allows(Code("var c = await db.Customers.AsNoTracking().FirstAsync(x => x.Id == id); c.Balance = 1; Rename(c); await db.SaveChangesAsync();"));

    [Fact]
    public Task A_list_that_is_updated() => Allows(Code("var products = await db.Products.AsNoTracking().ToListAsync(); foreach (var p in products) p.Price *= 2; db.UpdateRange(products); await db.SaveChangesAsync();"));

    [Fact]
    public Task Nothing_is_saved() => Allows("class C : ShopCode { public async Task<Order> M(int id) { var order = await db.Orders.AsNoTracking().FirstAsync(o => o.Id == id); order.PaymentReference = null; return order; } }");

    [Fact]
    public Task Something_else_is_saved() => Allows(Code("var old = await db.Orders.AsNoTracking().FirstAsync(o => o.Id == id); db.Orders.Add(new Order { Total = old.Total }); await db.SaveChangesAsync();"));

    [Fact]
    public Task The_change_comes_after_the_save() => Allows(Code("var order = await db.Orders.AsNoTracking().FirstAsync(o => o.Id == id); db.Orders.Add(input); await db.SaveChangesAsync(); order.PaymentReference = \"hidden\"; Console.WriteLine(order);"));

    [Fact]
    public Task A_projection() => Allows("class View { public decimal Total { get; set; } } class C : ShopCode { public async Task M(int id, Order input) { var view = await db.Orders.AsNoTracking().Select(o => new View { Total = o.Total }).FirstAsync(); view.Total = 2; db.Orders.Add(input); await db.SaveChangesAsync(); } }");

    [Fact]
    public Task Tracked_after_all() => Allows(Code("var order = await db.Orders.AsNoTracking().AsTracking().FirstAsync(o => o.Id == id); order.Total = 1; await db.SaveChangesAsync();"));

    [Fact]
    public Task Another_entity_is_changed() => Allows(Code("var before = await db.Orders.AsNoTracking().FirstAsync(o => o.Id == id); var order = await db.Orders.FirstAsync(o => o.Id == id); order.Total = before.Total + 1; await db.SaveChangesAsync();"));

    [Fact]
    public Task A_repository_that_may_track() => Allows("class Orders(ShopDb db) { public Task<Order> GetAsync(int id, bool tracked) => (tracked ? db.Orders : db.Orders.AsNoTracking()).FirstAsync(o => o.Id == id); } class C(Orders orders, ShopDb db) { public async Task M(int id) { var order = await orders.GetAsync(id, true); order.Total = 1; await db.SaveChangesAsync(); } }");

    [Fact]
    public Task A_new_row_from_an_old_one() => Allows(Code("var copy = await db.Orders.AsNoTracking().FirstAsync(o => o.Id == id); copy.Id = 0; db.Orders.Add(copy); await db.SaveChangesAsync();"));

    [Fact]
    public Task A_count() => Allows(Code("var n = await db.Orders.AsNoTracking().CountAsync(); n++; input.Total = n; await db.SaveChangesAsync();"));

    [Fact]
    public Task A_copy_of_it() => Allows("class Option { public int Id { get; set; } public string Name { get; set; } = \"\"; public Option Clone() => new Option { Name = Name }; } class Db : DbContext { public DbSet<Option> Options => Set<Option>(); } class C(Db db) { public async Task M() { var options = await db.Options.AsNoTracking().ToListAsync(); foreach (var option in options) { db.Add(option.Clone()); } await db.SaveChangesAsync(); } }");
}

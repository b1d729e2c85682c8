using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Data;

public sealed partial class CallInLoopTests
{
    private const string Parts = """
        enum LineType { Goods, Download }
        interface ICatalogService { Task<Product?> GetProductByIdAsync(int id); }
        interface IPart { Task SaveAsync(Order order); }
        class SavingPart(ShopDb db) : IPart { public Task SaveAsync(Order order) => db.SaveChangesAsync(); }
        class Deep(ShopDb db) { Task<Product?> Third(int id) => db.Products.FirstOrDefaultAsync(p => p.Id == id); Task<Product?> Second(int id) => Third(id); Task<Product?> First(int id) => Second(id); public Task<Product?> MapAsync(int id) => First(id); public Task<Product?> ReadAsync(int id) => Third(id); public Task<Product?> PrepareImageAsync(int id) => Third(id); }
        class Storing(ICatalogService inner, ShopDb db) : ICatalogNear { public Task<Product?> GetProductByIdAsync(int id) => db.Products.FirstOrDefaultAsync(p => p.Id == id); }
        interface ICatalogNear { Task<Product?> GetProductByIdAsync(int id); }

        """;

    private static string Tame(string body, string type = "C") => $"{Parts}class {type}(ICatalogService catalog, ICatalogNear near, Deep deep) : ShopCode {{ public async Task M(Order order, List<int> ids, List<IPart> parts, List<string> files, LineType type) {{ await Task.Yield(); {body} }} }}";

    [Fact]
    public Task A_service_of_another_project_may_ask_a_cache() => Allows(Tame("foreach (var id in ids) { var p = await catalog.GetProductByIdAsync(id); order.Total += p!.Price; }"));

    [Fact]
    public Task A_service_that_is_seen_to_query() => Flags(Tame("foreach (var id in ids) { var p = await [|near.GetProductByIdAsync(id)|]; order.Total += p!.Price; }"));

    [Fact]
    public Task Each_part_saves_its_own() => Allows(Tame("foreach (var part in parts) await part.SaveAsync(order);"));

    [Fact]
    public Task What_happens_far_below() => Allows(Tame("foreach (var id in ids) { var p = await deep.MapAsync(id); order.Total += p!.Price; }"));

    [Fact]
    public Task What_happens_in_the_next_member() => Flags(Tame("foreach (var id in ids) { var p = await [|deep.ReadAsync(id)|]; order.Total += p!.Price; }"));

    [Fact]
    public Task A_picture_for_each() => Allows(Tame("foreach (var id in ids) { var p = await deep.PrepareImageAsync(id); order.Total += p!.Price; }"));

    [Fact]
    public Task Files_that_somebody_chose() => Allows(Tame("foreach (var file in files) { var p = await db.Products.FirstOrDefaultAsync(x => x.Name == file); order.Total += p!.Price; }"));

    [Fact]
    public Task Labels_by_another_name() => Allows(Tame("var labels = files; foreach (var l in labels.Select(x => x.Trim())) { var p = await db.Products.FirstOrDefaultAsync(x => x.Name == l); order.Total += p!.Price; }"));

    [Fact]
    public Task What_makes_sure_of_each_may_run_again() => Allows("class Wallets(ShopDb db) { public async Task EnsureAsync(int id) { db.Add(new Customer { Id = id }); await db.SaveChangesAsync(); } } class C(Wallets wallets) { public async Task M(List<int> ids) { foreach (var id in ids) await wallets.EnsureAsync(id); } }");

    [Fact]
    public Task One_kind_of_line() => Allows(Tame("foreach (var id in ids) { switch (type) { case LineType.Download: order.Total += (await db.Products.FirstAsync(p => p.Id == id)).Price; break; } if (type == LineType.Download) { order.Total += (await db.Products.FirstAsync(p => p.Id == id)).Price; } }"));

    [Fact]
    public Task Each_order_that_waits() => Flags(Tame("foreach (var id in ids) { if (order.Status == OrderStatus.AwaitingPayment) { order.Total += (await [|db.Products.FirstAsync(p => p.Id == id)|]).Price; } }"));

    [Fact]
    public Task Each_stands_on_its_own() => Allows(Tame("var failed = new List<int>(); foreach (var id in ids) { try { order.Total += id; await db.SaveChangesAsync(); } catch (DbUpdateException) { failed.Add(id); } }"));

    [Fact]
    public Task The_first_failure_ends_it() => Flags(Tame("foreach (var id in ids) { try { order.Total += id; await [|db.SaveChangesAsync()|]; } catch (DbUpdateException e) { log.LogError(e, \"x\"); throw; } }"));

    [Fact]
    public Task A_hook_sees_the_rows_of_one_change() => Allows(Tame("foreach (var id in ids) await db.Orders.Where(o => o.Id == id).ExecuteDeleteAsync();", "OrderHook"));

    [Fact]
    public Task A_tree_is_walked() => Allows("class C : ShopCode { async Task Walk(Order order) { order.Total = await db.Orders.SumAsync(o => o.Total); foreach (var line in order.Lines) await Walk(new Order { Id = line.Id }); } }");

    [Fact]
    public Task A_search_for_the_first_hit() => Allows("class C : ShopCode { public async Task<bool> M(List<int> ids) { foreach (var id in ids) { if (await db.Products.AnyAsync(p => p.Id == id && p.Stock > 0)) return true; } return false; } }");

    [Fact]
    public Task A_check_that_all_must_pass() => Flags("class C : ShopCode { public async Task<bool> M(List<int> ids) { foreach (var id in ids) { if (!await [|db.Products.AnyAsync(p => p.Id == id && p.Stock > 0)|]) return false; } return true; } }");

    [Fact]
    public Task At_one_place_of_the_table() => Allows(Tame("for (var i = 0; i < ids.Count; i++) { var id = ids[i]; if (i == 3 || i == 4) { order.Total += await db.Orders.CountAsync(o => o.Id == id); } }"));

    [Fact]
    public Task From_the_third_on() => Flags(Tame("for (var i = 0; i < ids.Count; i++) { var id = ids[i]; if (i >= 3) { order.Total += await [|db.Orders.CountAsync(o => o.Id == id)|]; } }"));

    [Fact]
    public Task One_operation_among_many() => Allows("record Change(string Path, int Value); class C : ShopCode { const string Name = \"name\"; const string Stock = \"stock\"; public async Task M(List<Change> changes, Order order) { foreach (var change in changes) { if (change.Path == Name) { order.Currency = \"EUR\"; } else if (change.Path == Stock) { order.Total = (await db.Products.FirstAsync(p => p.Id == change.Value)).Price; } } } }");

    [Fact]
    public Task An_address_that_is_mapped() => Allows("static class Maps { public static async Task<string> MapAsync(this OrderLine line, ShopDb db) => (await db.Products.FirstAsync(p => p.Id == line.ProductId)).Name; } class C : ShopCode { public async Task M(Order order, List<string> model) { foreach (var line in order.Lines) { model.Add(await line.MapAsync(db)); } } }");

    [Fact]
    public Task A_line_that_is_given_to_a_helper() => Flags("static class Maps { public static async Task<string> NameOfAsync(this OrderLine line, ShopDb db) => (await db.Products.FirstAsync(p => p.Id == line.ProductId)).Name; } class C : ShopCode { public async Task M(Order order, List<string> model) { foreach (var line in order.Lines) { model.Add(await [|line.NameOfAsync(db)|]); } } }");

    [Fact]
    public Task A_task_in_the_background() => Allows(Tame("foreach (var id in ids) { order.Total += (await db.Products.FirstAsync(p => p.Id == id)).Price; }", "RepricingTask"));

    [Fact]
    public Task A_mail_with_each_row() => Allows(Tame("foreach (var id in ids) { db.Add(new Customer { Id = id }); await db.SaveChangesAsync(); }", "EmailFilePublisher"));

    [Fact]
    public Task Others_are_told_of_each() => Allows("interface IBus { Task PublishAsync(object message); } class C(IBus bus) : ShopCode { public async Task M(List<Order> orders) { foreach (var order in orders) { order.Status = OrderStatus.Cancelled; await bus.PublishAsync(order); await db.SaveChangesAsync(); } } }");

    [Fact]
    public Task What_is_there_is_passed_over() => Allows(Tame("var all = await db.Customers.ToDictionaryAsync(c => c.Id); foreach (var id in ids) { var known = all.GetValueOrDefault(id); if (known is not null) { continue; } db.Add(new Customer { Id = id }); await db.SaveChangesAsync(); }"));

    [Fact]
    public Task What_is_missing_is_passed_over() => Flags(Tame("var all = await db.Customers.ToDictionaryAsync(c => c.Id); foreach (var id in ids) { var known = all.GetValueOrDefault(id); if (known is null) { continue; } known.Balance = 0; await [|db.SaveChangesAsync()|]; }"));

    [Fact]
    public Task The_history_of_each() => Allows("interface IHistory { Task InsertCampaignHistory(Order o); } class History(ShopDb db) : IHistory { public Task InsertCampaignHistory(Order o) { db.Add(o); return db.SaveChangesAsync(); } } class C(IHistory history) { public async Task M(List<Order> orders) { foreach (var order in orders) await history.InsertCampaignHistory(order); } }");

    [Fact]
    public Task A_cache_is_asked_first() => Allows(Tame("foreach (var id in ids) { if (!cache.TryGetValue(id, out Product? p)) { p = await db.Products.FirstAsync(x => x.Id == id); } order.Total += p!.Price; }"));

    [Fact]
    public Task Added_or_updated() => Allows("class Wallets(ShopDb db) { public async Task AddOrUpdateAsync(int id) { db.Update(new Customer { Id = id }); await db.SaveChangesAsync(); } } class C(Wallets wallets) { public async Task M(List<int> ids) { foreach (var id in ids) await wallets.AddOrUpdateAsync(id); } }");

    [Fact]
    public Task Only_if_it_is_needed() => Allows("class Requests(ShopDb db) { public async Task RefreshIfNeeded(int id) { var o = await db.Orders.FirstAsync(x => x.Id == id); o.Total = 0; } } class C(Requests requests) { public async Task M(List<int> ids) { foreach (var id in ids) await requests.RefreshIfNeeded(id); } }");

    [Fact]
    public Task An_event_is_answered_for_each() => Allows("class C(ShopDb db) { void OnShipped(Order o, int by) { o.Status = OrderStatus.Shipped; db.SaveChanges(); } public void M(List<Order> orders) { foreach (var o in orders) OnShipped(o, 1); } }");

    [Fact]
    public Task What_a_notification_carries() => Flags("record OrderCreated(Order Order); class C(ShopDb db) { public async Task Handle(OrderCreated notification) { foreach (var line in notification.Order.Lines) { var p = await [|db.Products.FirstAsync(x => x.Id == line.ProductId)|]; p.Stock -= line.Quantity; } } }");
}

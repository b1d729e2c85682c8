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
}

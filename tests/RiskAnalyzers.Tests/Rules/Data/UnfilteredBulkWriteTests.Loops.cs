using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Data;

public sealed partial class UnfilteredBulkWriteTests
{
    private static string Loop(string body) => $"class C : ShopCode {{ public async Task M(List<Product> some, decimal factor, int id) {{ await Task.Yield(); {body} }} }}";

    [Fact]
    public Task Each_row_is_removed() => Flags(Loop("foreach (var coupon in db.Coupons) [|db.Coupons.Remove(coupon)|]; await db.SaveChangesAsync();"));

    [Fact]
    public Task Each_row_of_a_loaded_list_is_removed() => Flags(Loop("var all = await db.Orders.ToListAsync(); foreach (var order in all) { [|db.Remove(order)|]; } await db.SaveChangesAsync();"));

    [Fact]
    public Task Each_row_gets_a_new_price() => Flags(Loop("foreach (var product in await db.Products.ToListAsync()) { [|product.Price *= factor|]; } await db.SaveChangesAsync();"));

    [Fact]
    public Task Each_row_gets_a_stock() => Flags(Loop("var products = db.Products.Include(p => p.Name).ToList(); foreach (var p in products) { log.LogInformation(\"{P}\", p.Id); [|p.Stock = 0|]; } db.SaveChanges();"));

    [Fact]
    public Task A_repository_that_deletes_each() => Flags("interface IOrders { Task DeleteAsync(Order o); } class C(ShopDb db, IOrders orders) { public async Task M() { foreach (var order in await db.Orders.AsNoTracking().ToListAsync()) { await [|orders.DeleteAsync(order)|]; } } }");

    [Fact]
    public Task Rows_that_somebody_chose() => Allows(Loop("foreach (var coupon in await db.Coupons.Where(c => c.EndsAt < DateTime.UtcNow).ToListAsync()) db.Coupons.Remove(coupon); await db.SaveChangesAsync();"));

    [Fact]
    public Task Rows_that_the_loop_asks_about() => Allows(Loop("foreach (var product in await db.Products.ToListAsync()) { if (product.Stock < 0) { product.Stock = 0; } } foreach (var product in db.Products) { if (product.Id != id) continue; product.Price *= factor; }"));

    [Fact]
    public Task A_list_that_was_given() => Allows(Loop("foreach (var product in some) { product.Price *= factor; db.Products.Remove(product); } await db.SaveChangesAsync();"));

    [Fact]
    public Task Rows_that_are_only_read() => Allows(Loop("var names = new List<string>(); foreach (var product in db.Products) { names.Add(product.Name); } foreach (var p in db.Products) { p.Name = p.Name.Trim(); }"));

    [Fact]
    public Task A_list_in_memory_that_loses_each() => Allows(Loop("var left = new List<Product>(some); foreach (var p in db.Products) { left.Remove(p); }"));

    [Fact]
    public Task A_seeder_that_begins_anew() => Allows("class ProductSeeder(ShopDb db) { public void Run() { foreach (var p in db.Products) db.Products.Remove(p); db.SaveChanges(); } }");
}

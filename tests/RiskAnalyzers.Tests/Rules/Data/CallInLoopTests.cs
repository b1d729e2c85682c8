using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Data;

public sealed partial class CallInLoopTests() : RuleTest("RISK6002")
{
    private const string Stores = """
        interface IProductRepository { Task<Product?> GetByIdAsync(int id); Task UpdateAsync(Product product); }
        interface ITaxClient { Task<decimal> GetRateAsync(string country); }
        class Stock(ShopDb db) { public async Task TakeAsync(int id, int n) { var p = await db.Products.FirstAsync(x => x.Id == id); p.Stock -= n; await db.SaveChangesAsync(); } }
        class Names(ShopDb db, IMemoryCache cache) { public Task<Product?> OneAsync(int id) => cache.GetOrCreateAsync(id, _ => db.Products.FirstOrDefaultAsync(p => p.Id == id)); }

        """;

    private static string Code(string body) => $"{Stores}class C(IProductRepository products, ITaxClient tax, Stock stock, Names names) : ShopCode {{ public async Task M(Order order, List<Product> list, decimal factor, CancellationToken token) {{ await Task.Yield(); {body} }} }}";

    [Fact]
    public Task A_save_for_each_product() => Fixes(
        """
        class C : ShopCode
        {
            public async Task M(List<Product> list)
            {
                foreach (var p in list)
                {
                    p.Price *= 2;
                    await [|db.SaveChangesAsync()|];
                }
                log.LogInformation("done");
            }
        }
        """,
        """
        class C : ShopCode
        {
            public async Task M(List<Product> list)
            {
                foreach (var p in list)
                {
                    p.Price *= 2;
                }
                await db.SaveChangesAsync();
                log.LogInformation("done");
            }
        }
        """);

    [Fact]
    public Task A_save_in_a_counted_loop() => Flags(Code("for (var i = 0; i < list.Count; i++) { list[i].Stock = 0; [|db.SaveChanges()|]; }"));

    [Fact]
    public Task A_query_by_key() => Flags(Code("foreach (var line in order.Lines) { var p = await [|db.Products.FindAsync(line.ProductId)|]; order.Total += p!.Price; }"));

    [Fact]
    public Task A_query_with_a_condition() => Flags(Code("foreach (var line in order.Lines) { var p = [|db.Products.First(x => x.Id == line.ProductId)|]; order.Total += p.Price; }"));

    [Fact]
    public Task A_repository_s_look_up() => Flags(Code("decimal sum = 0; foreach (var line in order.Lines) { var p = await [|products.GetByIdAsync(line.ProductId)|]; sum += p?.Price ?? 0; }"));

    [Fact]
    public Task Both_a_query_and_a_save() => Flags(Code("foreach (var line in order.Lines) { var p = await [|products.GetByIdAsync(line.ProductId)|]; p!.Stock -= line.Quantity; await [|products.UpdateAsync(p)|]; }"));

    [Fact]
    public Task A_remote_call() => Flags(Code("foreach (var line in order.Lines) { var rate = await [|http.GetFromJsonAsync<decimal>($\"/tax/{line.ProductId}\", token)|]; order.Total += rate; }"));

    [Fact]
    public Task A_client_of_the_product() => Flags(Code("foreach (var country in new List<string>(order.Lines.Select(l => l.Product!.Name))) { order.Total += await [|tax.GetRateAsync(country)|]; }"));

    [Fact]
    public Task A_helper_that_saves() => Flags(Code("foreach (var line in order.Lines) await [|stock.TakeAsync(line.ProductId, line.Quantity)|];"));

    [Fact]
    public Task A_queue_that_is_emptied() => Flags(Code("var queue = new Queue<Order>(); while (queue.TryDequeue(out var next)) { next.Status = OrderStatus.Paid; await [|db.SaveChangesAsync()|]; }"));

    [Fact]
    public Task An_asynchronous_for_each() => Flags(Code("list.ForEach(async p => { p.Price *= factor; await [|db.SaveChangesAsync()|]; });"));

    [Fact]
    public Task A_look_up_in_a_select() => Flags(Code("var prices = order.Lines.Select(l => [|db.Products.Single(p => p.Id == l.ProductId)|].Price).ToList();"));

    [Fact]
    public Task A_local_made_of_the_element() => Flags(Code("foreach (var line in order.Lines) { var id = line.ProductId; if (id == 0) continue; var found = await [|db.Products.AnyAsync(p => p.Id == id)|]; if (!found) order.Total = 0; }"));

    [Fact]
    public Task Saved_after_the_loop() => Allows(Code("foreach (var p in list) p.Price *= factor; await db.SaveChangesAsync();"));

    [Fact]
    public Task Every_hundredth() => Allows(Code("var n = 0; foreach (var p in list) { p.Price *= factor; if (++n % 100 == 0) await db.SaveChangesAsync(); } await db.SaveChangesAsync();"));

    [Fact]
    public Task Chunk_by_chunk() => Allows(Code("foreach (var chunk in list.Chunk(500)) { foreach (var p in chunk) p.Price *= factor; await db.SaveChangesAsync(); }"));

    [Fact]
    public Task Page_by_page() => Allows(Code("var page = 0; while (true) { var rows = await db.Products.OrderBy(p => p.Id).Skip(page++ * 100).Take(100).ToListAsync(); if (rows.Count == 0) break; foreach (var r in rows) r.Stock = 0; await db.SaveChangesAsync(); }"));

    [Fact]
    public Task Attempt_by_attempt() => Allows(Code("for (var attempt = 0; attempt < list.Count; attempt++) { try { await db.SaveChangesAsync(); break; } catch (DbUpdateConcurrencyException) { } }"));

    [Fact]
    public Task Loaded_before_the_loop() => Allows(Code("var ids = order.Lines.Select(l => l.ProductId).ToList(); var all = await db.Products.Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id); foreach (var line in order.Lines) order.Total += all[line.ProductId].Price;"));

    [Fact]
    public Task A_list_in_memory() => Allows(Code("foreach (var line in order.Lines) { var p = list.First(x => x.Id == line.ProductId); order.Total += p.Price; }"));

    [Fact]
    public Task A_stream_of_messages() => Allows(Code("await foreach (var o in db.Orders.AsAsyncEnumerable()) { o.Total = 1; await db.SaveChangesAsync(); }"));

    [Fact]
    public Task A_cached_look_up() => Allows(Code("foreach (var line in order.Lines) { var p = await names.OneAsync(line.ProductId); order.Total += p!.Price; }"));

    [Fact]
    public Task The_first_that_fits() => Allows(Code("foreach (var line in order.Lines) { if (line.Quantity > 10) { var p = await products.GetByIdAsync(line.ProductId); p!.Stock = 0; return; } }"));

    [Fact]
    public Task The_source_of_the_loop() => Allows(Code("foreach (var p in await db.Products.ToListAsync()) p.Stock = 0; await db.SaveChangesAsync();"));

    [Fact]
    public Task A_few_literals() => Allows(Code("foreach (var country in new[] { \"DE\", \"FR\" }) order.Total += await tax.GetRateAsync(country);"));

    [Fact]
    public Task A_worker_that_waits() => Allows("class C : BackgroundService { ShopDb db = null!; protected override async Task ExecuteAsync(CancellationToken t) { while (!t.IsCancellationRequested) { var open = await db.Orders.Where(o => o.Status == OrderStatus.New).ToListAsync(t); foreach (var o in open) o.Status = OrderStatus.Paid; await db.SaveChangesAsync(t); await Task.Delay(1000, t); } } }");

    [Fact]
    public Task A_seeder() => Allows("class ProductSeeder(ShopDb db) { public async Task RunAsync(List<Product> list) { foreach (var p in list) { db.Add(p); await db.SaveChangesAsync(); } } }");

    [Fact]
    public Task Only_when_one_fails() => Allows(Code("foreach (var p in list) { try { p.Price *= factor; } catch (OverflowException) { p.Price = 0; await products.UpdateAsync(p); } }"));

    [Fact]
    public Task A_look_up_in_a_sum() => Flags(Code("order.Total = order.Lines.Sum(l => l.Quantity * [|db.Products.First(p => p.Id == l.ProductId)|].Price);"));

    [Fact]
    public Task A_look_up_in_a_condition() => Flags(Code("if (order.Lines.Any(l => [|db.Products.Find(l.ProductId)|] == null)) order.Total = 0;"));

    [Fact]
    public Task A_part_of_the_query() => Allows(Code("var some = await db.Orders.Where(o => o.Lines.Any(l => db.Products.Any(p => p.Id == l.ProductId))).ToListAsync();"));

    [Fact]
    public Task A_mail_to_each() => Allows("interface IMailClient { Task SendReminderAsync(string email); } class C(IMailClient mail) { public async Task M(List<Customer> customers) { foreach (var c in customers) await mail.SendReminderAsync(c.Email); } }");

    private static string Identity(string body) => $"class C : ShopCode {{ public async Task<int> M(List<IdentityUser> all, List<string> ids, string role) {{ var n = 0; {body} return n; }} private async Task<string> DescribeAsync(IdentityUser user) {{ var roles = await users.GetRolesAsync(user); return user.Email + string.Join(',', roles); }} }}";

    [Fact]
    public Task The_roles_of_each_user() => Flags(Identity("foreach (var user in all) { var roles = await [|users.GetRolesAsync(user)|]; n += roles.Count; }"));

    [Fact]
    public Task A_mapping_that_asks_for_the_roles() => Flags(Identity("var rows = new List<string>(); foreach (var user in all) rows.Add(await [|DescribeAsync(user)|]); n = rows.Count;"));

    [Fact]
    public Task The_members_of_each_role() => Flags(Identity("for (var i = 0; i < ids.Count; i++) { var id = ids[i]; n += (await [|users.GetUsersInRoleAsync(id)|]).Count; }"));

    [Fact]
    public Task Each_user_by_id() => Flags(Identity("foreach (var id in ids) { var user = await [|users.FindByIdAsync(id)|]; if (user == null) continue; n++; }"));

    [Fact]
    public Task Roles_of_everybody_at_once() => Allows(Identity("var admins = await users.GetUsersInRoleAsync(role); foreach (var user in all) if (admins.Contains(user)) n++;"));

    [Fact]
    public Task A_name_normalised_for_each() => Allows(Identity("foreach (var id in ids) if (users.NormalizeName(id) == role) n++; await Task.Yield();"));

    [Fact]
    public Task The_few_roles_of_one_user() => Allows("class C(RoleManager<IdentityRole> roles) { public async Task<bool> M(List<string> wanted) { var good = true; foreach (var role in wanted) { good &= await roles.RoleExistsAsync(role); } return good; } }");

    [Fact]
    public Task A_queue_that_is_emptied_until_it_counts_none() => Flags("interface IOrders { Task UpdateAsync(Order o); } class Orders(ShopDb db) : IOrders { public Task UpdateAsync(Order o) { db.Update(o); return db.SaveChangesAsync(); } } class C(IOrders orders) { public async Task M(Queue<Order> queue) { while (queue.Count > 0) { var next = queue.Dequeue(); await [|orders.UpdateAsync(next)|]; } } }");
}

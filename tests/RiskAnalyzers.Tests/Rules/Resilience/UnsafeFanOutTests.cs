using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Resilience;

public sealed class UnsafeFanOutTests() : RuleTest("RISK5007")
{
    private const string Repository = "interface IProductRepository { Task<Product?> GetByIdAsync(int id); } class ProductRepository(ShopDb db) : IProductRepository { public async Task<Product?> GetByIdAsync(int id) => await db.Products.FirstOrDefaultAsync(p => p.Id == id); } ";

    [Fact]
    public Task A_query_for_each_id() => Flags("class C : ShopCode { public async Task<Product?[]> M(int[] ids) => await [|Task.WhenAll(ids.Select(id => db.Products.FindAsync(id).AsTask()))|]; }");

    [Fact]
    public Task Two_queries_at_once() => Flags("class C : ShopCode { public async Task<int> M() { var orders = db.Orders.ToListAsync(); var products = db.Products.CountAsync(); await [|Task.WhenAll(orders, products)|]; return await products; } }");

    [Fact]
    public Task Two_queries_as_arguments() => Flags("class C : ShopCode { public Task M(string id) => [|Task.WhenAll(db.Orders.Where(o => o.CustomerId == id).ToListAsync(), db.Coupons.AnyAsync())|]; }");

    [Fact]
    public Task Tasks_that_are_collected_in_a_loop() => Flags("class C : ShopCode { public async Task M(List<OrderLine> lines) { var tasks = new List<Task<Product>>(); foreach (var line in lines) { tasks.Add(db.Products.SingleAsync(p => p.Id == line.ProductId)); } await [|Task.WhenAll(tasks)|]; } }");

    [Fact]
    public Task Through_a_repository() => Flags(Repository + "class C(IProductRepository products) { public async Task<Product?[]> M(int[] ids) { var tasks = ids.Select(id => products.GetByIdAsync(id)); return await [|Task.WhenAll(tasks)|]; } }");

    [Fact]
    public Task Through_a_method_of_its_own() => Flags("class C : ShopCode { async Task Reserve(OrderLine line) { var product = await db.Products.SingleAsync(p => p.Id == line.ProductId); product.Stock -= line.Quantity; await db.SaveChangesAsync(); } public Task M(Order order) => [|Task.WhenAll(order.Lines.Select(Reserve))|]; }");

    [Fact]
    public Task An_async_lambda_that_saves() => Flags("class C : ShopCode { public async Task M(List<Order> orders) { await [|Task.WhenAll(orders.Select(async order => { order.Status = OrderStatus.Shipped; await db.SaveChangesAsync(); }))|]; } }");

    [Fact]
    public Task In_parallel_on_one_context() => Flags("class C : ShopCode { public Task M(List<int> ids) => [|Parallel.ForEachAsync(ids, async (id, ct) => { var order = await db.Orders.SingleAsync(o => o.Id == id, ct); order.Status = OrderStatus.Paid; })|]; }");

    [Fact]
    public Task A_charge_for_each_order() => Flags("class C : ShopCode { public Task M(List<Order> orders) => [|Task.WhenAll(orders.Select(o => gateway.ChargeAsync(o.Total, \"t\", $\"order-{o.Id}\")))|]; }");

    [Fact]
    public Task A_request_for_each_code() => Flags("class C : ShopCode { public async Task<string[]> M(IEnumerable<string> codes) { var answers = codes.Select(async code => await http.GetStringAsync($\"/rates/{code}\")).ToList(); return await [|Task.WhenAll(answers)|]; } }");

    [Fact]
    public Task A_total_that_all_add_to() => Flags("class C : ShopCode { public async Task<decimal> M(Order order) { var total = 0m; await [|Task.WhenAll(order.Lines.Select(async line => { var price = await prices.GetPriceAsync(line.ProductId); total += price * line.Quantity; }))|]; return total; } }");

    [Fact]
    public Task A_list_that_all_add_to() => Flags("class C { public List<decimal> M(List<Order> orders) { var totals = new List<decimal>(); [|Parallel.ForEach(orders, order => { totals.Add(order.Total * 1.2m); })|]; return totals; } }");

    [Fact]
    public Task One_query_for_all() => Allows("class C : ShopCode { public Task<List<Product>> M(int[] ids) => db.Products.Where(p => ids.Contains(p.Id)).ToListAsync(); }");

    [Fact]
    public Task A_context_for_each() => Allows("class C(IDbContextFactory<ShopDb> factory) { public async Task M(int[] ids) => await Task.WhenAll(ids.Select(async id => { await using var db = await factory.CreateDbContextAsync(); return await db.Products.FindAsync(id); })); }");

    [Fact]
    public Task A_scope_for_each() => Allows("class C(IServiceScopeFactory scopes) { public Task M(int[] ids) => Parallel.ForEachAsync(ids, async (id, ct) => { using var scope = scopes.CreateScope(); var db = scope.ServiceProvider.GetRequiredService<ShopDb>(); await db.Orders.Where(o => o.Id == id).ExecuteDeleteAsync(ct); }); }");

    [Fact]
    public Task A_repository_with_contexts_of_its_own() => Allows("interface IStock { Task<int> GetAsync(int id); } class StockRepository(IDbContextFactory<ShopDb> factory) : IStock { public async Task<int> GetAsync(int id) { await using var db = await factory.CreateDbContextAsync(); return await db.Products.Where(p => p.Id == id).Select(p => p.Stock).SingleAsync(); } } class C(IStock stock) { public Task<int[]> M(int[] ids) => Task.WhenAll(ids.Select(id => stock.GetAsync(id))); }");

    [Fact]
    public Task A_repository_that_nobody_can_see() => Allows("interface IUserRepository { Task<Customer?> GetByIdAsync(int id); } class C(IUserRepository users) { public Task<Customer?[]> M(int[] ids) => Task.WhenAll(ids.Select(id => users.GetByIdAsync(id))); }");

    [Fact]
    public Task Two_services_at_once() => Allows("class C : ShopCode { public async Task M(Order order) { var price = prices.GetPriceAsync(1); var isFraud = fraud.IsFraudulentAsync(order); await Task.WhenAll(price, isFraud); } }");

    [Fact]
    public Task One_query_and_one_call() => Allows("class C : ShopCode { public async Task M(int id) { var order = db.Orders.SingleAsync(o => o.Id == id); var price = prices.GetPriceAsync(id); await Task.WhenAll(order, price); } }");

    [Fact]
    public Task Charges_that_are_limited() => Allows("class C : ShopCode { public Task M(List<Order> orders) => Parallel.ForEachAsync(orders, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (o, ct) => { var r = await gateway.ChargeAsync(o.Total, \"t\", $\"order-{o.Id}\", ct); if (!r.Success) throw new InvalidOperationException(); }); }");

    [Fact]
    public Task Requests_behind_a_semaphore() => Allows("class C : ShopCode { public async Task M(List<string> codes) { using var gate = new SemaphoreSlim(4); await Task.WhenAll(codes.Select(async code => { await gate.WaitAsync(); try { return await http.GetStringAsync(code); } finally { gate.Release(); } })); } }");

    [Fact]
    public Task Requests_in_batches() => Allows("class C : ShopCode { public async Task M(List<string> codes) { foreach (var batch in codes.Chunk(10)) await Task.WhenAll(batch.Select(code => http.GetStringAsync(code))); } }");

    [Fact]
    public Task A_few_requests() => Allows("class C : ShopCode { static readonly string[] Currencies = [\"USD\", \"GBP\"]; public Task<string[]> M() => Task.WhenAll(Currencies.Select(code => http.GetStringAsync($\"/rates/{code}\"))); }");

    [Fact]
    public Task Results_that_are_put_together_afterwards() => Allows("class C : ShopCode { public async Task<decimal> M(Order order) { var parts = await Task.WhenAll(order.Lines.Select(async line => line.Quantity * await prices.GetPriceAsync(line.ProductId))); return parts.Sum(); } }");

    [Fact]
    public Task A_total_under_a_lock() => Allows("class C { public decimal M(List<Order> orders) { var gate = new object(); var total = 0m; Parallel.ForEach(orders, order => { lock (gate) total += order.Total; }); return total; } }");

    [Fact]
    public Task An_own_list_in_each_run() => Allows("class C { public void M(List<Order> orders) { Parallel.ForEach(orders, order => { var lines = new List<decimal>(); foreach (var line in order.Lines) lines.Add(line.UnitPrice); order.Total = lines.Sum(); }); } }");

    [Fact]
    public Task One_after_the_other() => Allows("class C : ShopCode { public async Task M(List<Order> orders) { foreach (var order in orders) await gateway.ChargeAsync(order.Total, \"t\", $\"order-{order.Id}\"); } }");

    [Fact]
    public Task Repositories_that_open_a_scope_each_behind_a_query() => Allows("interface IUserRepository { Task<List<Customer>> GetManyAsync(int[] ids); } class UserRepository(IServiceScopeFactory scopes) : IUserRepository { public async Task<List<Customer>> GetManyAsync(int[] ids) { using var scope = scopes.CreateScope(); var db = scope.ServiceProvider.GetRequiredService<ShopDb>(); return await db.Customers.Where(c => ids.Contains(c.Id)).ToListAsync(); } } interface IStateQuery { Task<int> GetAsync(int[] ids); } class StateQuery(IUserRepository users) : IStateQuery { public async Task<int> GetAsync(int[] ids) => (await users.GetManyAsync(ids)).Count; } class C(IStateQuery states, IUserRepository users) { public async Task M(int[] ids) { var a = states.GetAsync(ids); var b = users.GetManyAsync(ids); await Task.WhenAll(a, b); } }");

    [Fact]
    public Task A_service_above_a_repository_on_the_request_s_context() => Flags(Repository + "class PriceList(IProductRepository products) { public async Task<decimal> GetAsync(int id) { var product = await products.GetByIdAsync(id); return product?.Price ?? throw new KeyNotFoundException(); } } class C(PriceList list) { public Task<decimal[]> M(int[] ids) => [|Task.WhenAll(ids.Select(id => list.GetAsync(id)))|]; }");

    [Fact]
    public Task A_client_whose_calls_are_named_like_queries() => Allows("interface IExplorer { Task<string?> GetTransactionAsync(string id); } class Explorer : IExplorer { readonly Dictionary<string, string> known = new(); public async Task<string?> GetTransactionAsync(string id) { await Task.Yield(); return known.Values.FirstOrDefault(each => each == id); } } class C(IExplorer explorer) { public async Task M(string[] ids) { await Task.WhenAll(ids.Select(async id => await explorer.GetTransactionAsync(id)).ToArray()); } }");

    [Fact]
    public Task Handlers_that_each_do_their_own_part() => Allows("interface IMethod { Task SendPromptAsync(); } class C : ShopCode { public Task M(Dictionary<string, IMethod> methods) => Task.WhenAll(methods.Select(m => m.Value.SendPromptAsync())); public Task All(IEnumerable<IMethod> methods) => Task.WhenAll(methods.Select(m => m.SendPromptAsync())); }");
}

using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Resilience;

public sealed class IgnoredCancellationTests() : RuleTest("RISK5008")
{
    [Fact]
    public Task A_look_up_of_a_price() => Flags("class C : ShopCode { public async Task<decimal> NetAsync(int id, CancellationToken [|cancellationToken|]) => await prices.GetPriceAsync(id) / 1.2m; }");

    [Fact]
    public Task A_query() => Flags("class C : ShopCode { public Task<List<Order>> OpenAsync(string customer, CancellationToken [|ct|] = default) => db.Orders.Where(o => o.CustomerId == customer).ToListAsync(); }");

    [Fact]
    public Task A_save() => Flags("class C : ShopCode { public async Task PlaceAsync(Order order, CancellationToken [|token|]) { db.Orders.Add(order); await db.SaveChangesAsync(); } }");

    [Fact]
    public Task A_call_to_another_service() => Flags("class C : ShopCode { public async Task<string> RateAsync(string code, CancellationToken [|ct|]) { using var answer = await http.GetAsync($\"/rates/{code}\"); answer.EnsureSuccessStatusCode(); return await answer.Content.ReadAsStringAsync(); } }");

    [Fact]
    public Task An_action() => Flags("class C : ShopCode { [HttpGet] public async Task<IActionResult> Get(int id, CancellationToken [|cancellationToken|]) { var order = await db.Orders.FirstOrDefaultAsync(o => o.Id == id); return order is null ? NotFound() : Ok(order); } }");

    [Fact]
    public Task A_minimal_api_handler() => Flags("""
        class C
        {
            public static void Map(WebApplication app) => app.MapGet("/orders", async (ShopDb db, CancellationToken [|ct|]) => await db.Orders.ToListAsync());
        }
        """);

    [Fact]
    public Task A_find_by_keys() => Flags("class C : ShopCode { public async Task<Product?> FindAsync(int id, CancellationToken [|ct|]) { return await db.Products.FindAsync(id); } }");

    [Fact]
    public Task A_contract_of_the_shop() => Flags("interface IOrders { Task<int> CountAsync(CancellationToken ct); } class C : ShopCode, IOrders { public async Task<int> CountAsync(CancellationToken [|ct|]) => await db.Orders.CountAsync(); }");

    [Fact]
    public Task A_loop() => Flags("class C : ShopCode { public async Task<decimal> SumAsync(List<OrderLine> lines, CancellationToken [|ct|]) { var sum = 0m; foreach (var line in lines) sum += line.Quantity * await prices.GetPriceAsync(line.ProductId); return sum; } }");

    [Fact]
    public Task A_file() => Flags("class C { public async Task<string> TemplateAsync(string path, CancellationToken [|ct|]) => await File.ReadAllTextAsync(path); }");

    [Fact]
    public Task A_stream() => Flags("class C : ShopCode { public async IAsyncEnumerable<Order> OpenAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken [|ct|]) { foreach (var order in await db.Orders.ToListAsync()) yield return order; } }");

    [Fact]
    public Task Before_the_money_moves() => Flags("class C : ShopCode { public async Task PayAsync(int id, CancellationToken [|ct|]) { var order = await db.Orders.SingleAsync(o => o.Id == id); var paid = await gateway.ChargeAsync(order.Total, \"t\"); if (!paid.Success) throw new InvalidOperationException(); } }");

    [Fact]
    public Task The_token_is_passed_on() => Fixes(
        "class C : ShopCode { public async Task<int> M(int id, CancellationToken [|ct|]) { var price = await prices.GetPriceAsync(id); var product = await db.Products.FindAsync(id); var all = await db.Orders.Where(o => o.Id == id).ToListAsync(); await mailer.SendReceiptAsync(all[0]); return await db.SaveChangesAsync(); } }",
        "class C : ShopCode { public async Task<int> M(int id, CancellationToken ct) { var price = await prices.GetPriceAsync(id, ct); var product = await db.Products.FindAsync(new object[] { id }, ct); var all = await db.Orders.Where(o => o.Id == id).ToListAsync(ct); await mailer.SendReceiptAsync(all[0], ct); return await db.SaveChangesAsync(ct); } }");

    [Fact]
    public Task The_token_is_passed_by_name_where_others_are_left_out() => Fixes(
        "class Stock { public Task<int> LevelAsync(int id, string? store = null, CancellationToken cancellation = default) => Task.FromResult(1); } class C { public Task<int> M(Stock stock, int id, CancellationToken [|ct|]) => stock.LevelAsync(id); }",
        "class Stock { public Task<int> LevelAsync(int id, string? store = null, CancellationToken cancellation = default) => Task.FromResult(1); } class C { public Task<int> M(Stock stock, int id, CancellationToken ct) => stock.LevelAsync(id, cancellation: ct); }");

    [Fact]
    public Task Passed_on() => Allows("class C : ShopCode { public Task<decimal> M(int id, CancellationToken ct) => prices.GetPriceAsync(id, ct); }");

    [Fact]
    public Task Passed_to_one_of_two() => Allows("class C : ShopCode { public async Task M(Order order, CancellationToken ct) { await db.SaveChangesAsync(ct); await mailer.SendReceiptAsync(order); } }");

    [Fact]
    public Task Asked_in_a_loop() => Allows("class C : ShopCode { public async Task M(List<Order> orders, CancellationToken ct) { foreach (var order in orders) { ct.ThrowIfCancellationRequested(); await mailer.SendReceiptAsync(order); } } }");

    [Fact]
    public Task Nothing_to_pass_it_to() => Allows("class C : ShopCode { public async Task<bool> M(Order order, CancellationToken ct) => await fraud.IsFraudulentAsync(order); }");

    [Fact]
    public Task Nothing_is_awaited() => Allows("class C : ShopCode { public Task<decimal> M(Order order, CancellationToken ct) => Task.FromResult(order.Total); }");

    [Fact]
    public Task Decided_against() => Allows("class C : ShopCode { public async Task M(CancellationToken ct) { await db.SaveChangesAsync(CancellationToken.None); } }");

    [Fact]
    public Task After_the_money_moved() => Allows("class C : ShopCode { public async Task M(Order order, CancellationToken ct) { var paid = await gateway.ChargeAsync(order.Total, \"t\"); order.PaymentReference = paid.TransactionId; await db.SaveChangesAsync(); } }");

    [Fact]
    public Task An_override() => Allows("class Worker(IPriceService prices) : BackgroundService { protected override async Task ExecuteAsync(CancellationToken stoppingToken) { await prices.GetPriceAsync(1); } }");

    [Fact]
    public Task A_token_nobody_wants() => Allows("class C : ShopCode { public async Task M(CancellationToken _) { await db.SaveChangesAsync(); } }");

    [Fact]
    public Task No_token() => Allows("class C : ShopCode { public async Task M() { await db.SaveChangesAsync(); } }");

    [Fact]
    public Task A_token_of_another_kind() => Allows("class C : ShopCode { public async Task M(string token) { await db.SaveChangesAsync(); } }");

    [Fact]
    public Task The_clean_up() => Allows("class C : ShopCode { public async Task M(Order order, CancellationToken ct) { try { order.Total = 0m; } finally { await db.SaveChangesAsync(); } } }");

    [Fact]
    public Task A_lambda_whose_caller_asks_for_a_token() => Allows("class C : ShopCode { public Task M(List<Order> orders) => Parallel.ForEachAsync(orders, async (order, ct) => await mailer.SendReceiptAsync(order)); }");

    [Fact]
    public Task Work_in_the_background() => Allows("class C : ShopCode, IHostedService { public Task StartAsync(CancellationToken ct) { _ = Task.Run(async () => { await db.Orders.ToListAsync(); }); return Task.CompletedTask; } public Task StopAsync(CancellationToken ct) => Task.CompletedTask; }");

    [Fact]
    public Task Linked_with_a_limit() => Allows("class C : ShopCode { public async Task<decimal> M(int id, CancellationToken ct) { using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct); limit.CancelAfter(1000); return await prices.GetPriceAsync(id, limit.Token); } }");

    [Fact]
    public Task Work_that_is_meant_to_outlast_the_request() => Allows("class C : ShopCode { public Task<bool> TryHandleAsync(Order order, IHostApplicationLifetime life, CancellationToken cancellation) { _ = Task.Delay(3000).ContinueWith(_ => life.StopApplication()); return Task.FromResult(false); } }");
}

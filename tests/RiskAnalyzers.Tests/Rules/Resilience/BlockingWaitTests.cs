using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Resilience;

public sealed class BlockingWaitTests() : RuleTest("RISK5010")
{
    [Fact]
    public Task The_result_of_a_call() => Flags("class C : ShopCode { public decimal Price(int id) => [|prices.GetPriceAsync(id).Result|]; }");

    [Fact]
    public Task A_wait_for_a_save() => Flags("class C : ShopCode { public void Place(Order order) { db.Orders.Add(order); [|db.SaveChangesAsync().Wait()|]; } }");

    [Fact]
    public Task The_awaiter_s_result() => Flags("class C : ShopCode { public bool Pay(Order order) { var paid = [|gateway.ChargeAsync(order.Total, \"t\").GetAwaiter().GetResult()|]; return paid.Success; } }");

    [Fact]
    public Task The_awaiter_s_result_without_context() => Flags("class C : ShopCode { public Order? Find(int id) { return [|db.Orders.FirstOrDefaultAsync(o => o.Id == id).ConfigureAwait(false).GetAwaiter().GetResult()|]; } }");

    [Fact]
    public Task A_wait_for_several() => Flags("class C : ShopCode { public void Notify(Order a, Order b) { [|Task.WaitAll(mailer.SendReceiptAsync(a), mailer.SendReceiptAsync(b))|]; } }");

    [Fact]
    public Task A_pause_between_attempts() => Flags("class C : ShopCode { public async Task<decimal> Price(int id) { try { return await prices.GetPriceAsync(id); } catch (HttpRequestException) { [|Thread.Sleep(500)|]; return await prices.GetPriceAsync(id); } } }");

    [Fact]
    public Task A_pause_in_code_that_is_not_async() => Flags("class C { public void Throttle(int attempt) { [|Thread.Sleep(TimeSpan.FromSeconds(attempt))|]; } }");

    [Fact]
    public Task In_the_middle_of_a_chain() => Flags("class C : ShopCode { public string? Reference(Order order) => [|gateway.ChargeAsync(order.Total, \"t\").Result|].TransactionId?.Trim(); }");

    [Fact]
    public Task In_a_property() => Flags("class C : ShopCode { public int Open => [|db.Orders.CountAsync(o => o.Status == OrderStatus.New).Result|]; }");

    [Fact]
    public Task In_a_constructor() => Flags("class C { readonly decimal rate; public C(IPriceService prices) { rate = [|prices.GetPriceAsync(0).Result|]; } }");

    [Fact]
    public Task In_a_projection() => Flags("class C : ShopCode { public List<decimal> All(int[] ids) => ids.Select(id => [|prices.GetPriceAsync(id).Result|]).ToList(); }");

    [Fact]
    public Task In_a_loop_over_tasks_that_nobody_awaited() => Flags("class C : ShopCode { public decimal Sum(int[] ids) { var tasks = ids.Select(id => prices.GetPriceAsync(id)).ToList(); var sum = 0m; foreach (var task in tasks) sum += [|task.Result|]; return sum; } }");

    [Fact]
    public Task A_value_task() => Flags("class C : ShopCode { public Product? Get(int id) => [|db.Products.FindAsync(id).Result|]; }");

    [Fact]
    public Task A_task_run_to_escape_a_deadlock() => Flags("class C : ShopCode { public decimal Price(int id) => [|Task.Run(() => prices.GetPriceAsync(id)).Result|]; }");

    [Fact]
    public Task A_wait_with_a_limit() => Flags("class C : ShopCode { public bool Send(Order order) => [|mailer.SendReceiptAsync(order).Wait(5000)|]; }");

    [Fact]
    public Task A_semaphore_in_async_code() => Flags("class C : ShopCode { readonly SemaphoreSlim gate = new(1); public async Task Save() { [|gate.Wait()|]; try { await db.SaveChangesAsync(); } finally { gate.Release(); } } }");

    [Fact]
    public Task A_save_that_blocks_in_async_code() => Flags("class C : ShopCode { public async Task Pay(Order order) { await gateway.ChargeAsync(order.Total, \"t\"); order.Status = OrderStatus.Paid; [|db.SaveChanges()|]; } }");

    [Fact]
    public Task In_a_minimal_api_handler() => Flags("""
        var app = WebApplication.Create();
        app.MapPost("/checkout", (Order order, ShopDb db) => { db.Orders.Add(order); [|db.SaveChangesAsync().Wait()|]; return Results.Ok(); });
        app.Run();
        """);

    [Fact]
    public Task A_helper_that_runs_it_synchronously() => Flags("static class AsyncHelper { public static T RunSync<T>(Func<Task<T>> work) => default!; } class C : ShopCode { public decimal M(int id) => [|AsyncHelper.RunSync(() => prices.GetPriceAsync(id))|]; }");

    [Fact]
    public Task A_field_s_task() => Flags("class C(IPriceService prices) { readonly Task<decimal> rate = prices.GetPriceAsync(0); public decimal Net(decimal gross) => gross / (1 + [|rate.Result|]); }");

    [Fact]
    public Task Await_takes_the_place_of_a_result() => Fixes(
        "class C : ShopCode { public async Task<string?> M(Order o) { await Task.Yield(); return [|gateway.ChargeAsync(o.Total, \"t\").Result|].TransactionId; } }",
        "class C : ShopCode { public async Task<string?> M(Order o) { await Task.Yield(); return (await gateway.ChargeAsync(o.Total, \"t\")).TransactionId; } }");

    [Fact]
    public Task Await_takes_the_place_of_waits() => Fixes(
        "class C : ShopCode { public async Task M(Order a, Order b) { [|db.SaveChangesAsync().Wait()|]; [|Task.WaitAll(mailer.SendReceiptAsync(a), mailer.SendReceiptAsync(b))|]; [|Thread.Sleep(100)|]; var n = [|db.Orders.CountAsync().GetAwaiter().GetResult()|]; [|db.SaveChanges()|]; await Task.Yield(); } }",
        "class C : ShopCode { public async Task M(Order a, Order b) { await db.SaveChangesAsync(); await Task.WhenAll(mailer.SendReceiptAsync(a), mailer.SendReceiptAsync(b)); await Task.Delay(100); var n = await db.Orders.CountAsync(); await db.SaveChangesAsync(); await Task.Yield(); } }");

    [Fact]
    public Task No_await_in_a_lock() => Fixes(
        "class C : ShopCode { readonly object gate = new(); public async Task M() { lock (gate) { [|db.SaveChangesAsync().Wait()|]; } await Task.Yield(); } }",
        "class C : ShopCode { readonly object gate = new(); public async Task M() { lock (gate) { [|db.SaveChangesAsync().Wait()|]; } await Task.Yield(); } }");

    [Fact]
    public Task Awaited() => Allows("class C : ShopCode { public async Task<decimal> Price(int id) => await prices.GetPriceAsync(id); }");

    [Fact]
    public Task After_all_were_awaited() => Allows("class C : ShopCode { public async Task<decimal> Both(int a, int b) { var x = prices.GetPriceAsync(a); var y = prices.GetPriceAsync(b); await Task.WhenAll(x, y); return x.Result + y.Result; } }");

    [Fact]
    public Task After_a_list_was_awaited() => Allows("class C : ShopCode { public async Task<decimal> Sum(int[] ids) { var tasks = ids.Select(id => prices.GetPriceAsync(id)).ToList(); await Task.WhenAll(tasks); return tasks.Sum(t => t.Result) + tasks[0].Result; } }");

    [Fact]
    public Task In_a_loop_after_they_were_awaited() => Allows("class C : ShopCode { public async Task<decimal> Sum(int[] ids) { var tasks = ids.Select(id => prices.GetPriceAsync(id)).ToArray(); await Task.WhenAll(tasks); var sum = 0m; foreach (var task in tasks) sum += task.Result; return sum; } }");

    [Fact]
    public Task The_first_that_is_done() => Allows("class C : ShopCode { public async Task<decimal> First(int a, int b) { var first = await Task.WhenAny(prices.GetPriceAsync(a), prices.GetPriceAsync(b)); return first.Result; } }");

    [Fact]
    public Task Known_to_be_done() => Allows("class C : ShopCode { public async ValueTask<decimal> Price(int id) { var task = prices.GetPriceAsync(id); return task.IsCompletedSuccessfully ? task.Result : await task; } }");

    [Fact]
    public Task In_its_own_continuation() => Allows("class C : ShopCode { public Task<decimal> Doubled(int id) => prices.GetPriceAsync(id).ContinueWith(t => t.Result * 2); }");

    [Fact]
    public Task Made_from_a_result() => Allows("class C { public decimal Zero() => Task.FromResult(0m).Result; }");

    [Fact]
    public Task The_result_of_something_else() => Allows("class Check { public bool Result { get; set; } public void Wait() { } } class C { public bool M(Check check) { check.Wait(); return check.Result; } }");

    [Fact]
    public Task Main() => Allows("static class Program { static Task SeedAsync() => Task.CompletedTask; static void Main() { SeedAsync().Wait(); SeedAsync().GetAwaiter().GetResult(); } }");

    [Fact]
    public Task The_start_of_a_program() => Allows("Seed().Wait(); static Task Seed() => Task.CompletedTask;");

    [Fact]
    public Task Dispose() => Allows("class C : ShopCode, IDisposable { public void Dispose() => db.DisposeAsync().AsTask().Wait(); }");

    [Fact]
    public Task The_factory_of_a_singleton() => Allows("static class Setup { static Task<IPriceService> Connect() => Task.FromResult<IPriceService>(null!); public static void AddPrices(this IServiceCollection services) => services.AddSingleton(_ => Connect().GetAwaiter().GetResult()); }");

    [Fact]
    public Task A_thread_of_its_own() => Allows("class C { public void Start() { new Thread(() => { while (true) { Thread.Sleep(1000); } }).Start(); } }");

    [Fact]
    public Task A_turn_given_away() => Allows("class C { public void Yield() => Thread.Sleep(0); }");

    [Fact]
    public Task A_semaphore_tried() => Allows("class C : ShopCode { readonly SemaphoreSlim gate = new(1); public async Task<bool> Try() { if (!gate.Wait(0)) return false; await db.SaveChangesAsync(); return true; } }");

    [Fact]
    public Task A_save_in_code_that_is_not_async() => Allows("class C : ShopCode { public void Place(Order order) { db.Orders.Add(order); db.SaveChanges(); } }");

    [Fact]
    public Task A_save_of_either_kind() => Allows("class C : ShopCode { public async Task<int> Save(bool async) { var saved = async ? await db.SaveChangesAsync() : db.SaveChanges(); if (async) { await db.SaveChangesAsync(); } else { db.SaveChanges(); } return saved; } }");

    [Fact]
    public Task An_action_result() => Allows("class C : ShopCode { public object? M(ActionResult<Order> answer) => answer.Result; }");

    [Fact]
    public Task The_constructor_of_a_singleton() => Allows("class Certificates { readonly byte[] key; public Certificates() { key = File.ReadAllBytesAsync(\"key.pfx\").GetAwaiter().GetResult(); } } static class Setup { public static void Add(IServiceCollection services) => services.AddSingleton<Certificates>(); }");

    [Fact]
    public Task The_constructor_of_a_scoped_service() => Flags("class Cart { readonly decimal rate; public Cart(IPriceService prices) { rate = [|prices.GetPriceAsync(1).GetAwaiter().GetResult()|]; } } static class Setup { public static void Add(IServiceCollection services) => services.AddScoped<Cart>(); }");

    [Fact]
    public Task A_type_that_is_set_up_once() => Allows("class Currencies { static readonly string[] Codes; static Currencies() { Codes = File.ReadAllLinesAsync(\"currencies.txt\").GetAwaiter().GetResult(); } }");

    [Fact]
    public Task Demo_data() => Allows("class OrderSeeder : ShopCode { public void Seed() { db.SaveChangesAsync().Wait(); } }");

    // Who registers it may be another project: what a static helper loads once, a certificate or a key, is no work of a request.
    [Fact]
    public Task A_constructor_that_loads_its_key() => Allows("static class Certificates { public static Task<byte[]> LoadAsync(string name) => File.ReadAllBytesAsync(name); } class Licensing { readonly byte[] key; public Licensing() { key = Certificates.LoadAsync(\"licensing.cer\").GetAwaiter().GetResult(); } }");

    [Fact]
    public Task A_scoped_service_that_loads_its_key_each_time() => Flags("class Licensing { readonly byte[] key; public Licensing() { key = [|File.ReadAllBytesAsync(\"key.pfx\").GetAwaiter().GetResult()|]; } } static class Setup { public static void Add(IServiceCollection services) => services.AddScoped<Licensing>(); }");

    [Fact]
    public Task A_controller_that_loads_its_rates() => Flags("class Checkout : ControllerBase { readonly string rates; public Checkout() { rates = [|System.IO.File.ReadAllTextAsync(\"rates.json\").Result|]; } }");

    [Fact]
    public Task Options_that_are_read_from_the_configuration() => Allows("class ShopOptions { public void LoadArgs(IConfiguration conf) { var tries = 0; while (!File.Exists(conf[\"keyfile\"])) if (tries++ < 5) Thread.Sleep(1000); else throw new Exception(\"no key file\"); } }");

    [Fact]
    public Task A_service_that_was_given_the_configuration() => Flags("class Prices { readonly IConfiguration conf; public Prices(IConfiguration conf) { this.conf = conf; } public void Retry() { [|Thread.Sleep(1000)|]; } }");
}

using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Resilience;

public sealed class AsyncVoidTests() : RuleTest("RISK5009")
{
    [Fact]
    public Task A_method() => Flags("class C : ShopCode { public async void [|Complete|](Order order) { order.Status = OrderStatus.Paid; await db.SaveChangesAsync(); } }");

    [Fact]
    public Task A_private_method_with_an_arrow() => Flags("class C : ShopCode { async void [|Notify|](Order order) => await mailer.SendReceiptAsync(order); public void M(Order o) => Notify(o); }");

    [Fact]
    public Task A_local_function() => Flags("class C : ShopCode { public void M(Order order) { Send(); async void [|Send|]() { await mailer.SendReceiptAsync(order); } } }");

    [Fact]
    public Task A_lambda_for_each() => Flags("class C : ShopCode { public void M(List<Order> orders) { orders.ForEach([|async|] order => await mailer.SendReceiptAsync(order)); } }");

    [Fact]
    public Task A_lambda_for_each_in_parallel() => Flags("class C : ShopCode { public void M(List<Order> orders) { Parallel.ForEach(orders, [|async|] order => { await gateway.ChargeAsync(order.Total, \"t\"); }); } }");

    [Fact]
    public Task A_timer_s_callback() => Flags("class C : ShopCode { Timer? timer; public void Start() { timer = new Timer([|async|] _ => await db.SaveChangesAsync(), null, 0, 1000); } }");

    [Fact]
    public Task A_callback_in_a_variable() => Flags("class C : ShopCode { public Action Refund(Order order) { Action refund = [|async|] () => await gateway.RefundAsync(order.PaymentReference!, order.Total); return refund; } }");

    [Fact]
    public Task An_event_of_the_shop() => Flags("class Basket { public event Action<Order>? Placed; public void Place(Order o) => Placed?.Invoke(o); } class C : ShopCode { public void M(Basket basket) { basket.Placed += [|async|] order => await mailer.SendReceiptAsync(order); } }");

    [Fact]
    public Task An_anonymous_method() => Flags("class C : ShopCode { public void M(List<Order> orders) { orders.ForEach([|async|] delegate(Order order) { await mailer.SendReceiptAsync(order); }); } }");

    [Fact]
    public Task A_contract_that_returns_void() => Flags("interface IPaid { void OnPaid(Order order); } class C : ShopCode, IPaid { public async void [|OnPaid|](Order order) { await mailer.SendReceiptAsync(order); } }");

    [Fact]
    public Task A_message_from_a_queue() => Flags("class BasicDeliverEventArgs : EventArgs { } class Consumer { public event EventHandler<BasicDeliverEventArgs>? Received; public void Raise() => Received?.Invoke(this, new()); } class C : ShopCode { async void [|OnReceived|](object? sender, BasicDeliverEventArgs e) { await db.SaveChangesAsync(); } public void M(Consumer c) => c.Received += OnReceived; }");

    [Fact]
    public Task A_catch_that_throws_again() => Flags("class C : ShopCode { public void M(CancellationToken stop) { stop.Register([|async|] () => { try { await db.SaveChangesAsync(); } catch (Exception e) { log.LogError(e, \"x\"); throw; } }); } }");

    [Fact]
    public Task A_method_that_catches_everything_still_cannot_be_awaited() => Flags("class C : ShopCode { public async void [|Pay|](Order order) { try { await gateway.ChargeAsync(order.Total, \"t\"); } catch (Exception e) { log.LogError(e, \"x\"); } } }");

    [Fact]
    public Task A_task_takes_its_place_and_callers_wait() => Fixes(
        "class C : ShopCode { private async void [|Save|]() { await db.SaveChangesAsync(); } public async Task M() { Save(); await Task.Yield(); } public void N() { this.Save(); } }",
        "class C : ShopCode { private async Task Save() { await db.SaveChangesAsync(); } public async Task M() { await Save(); await Task.Yield(); } public void N() { this.Save(); } }");

    [Fact]
    public Task A_method_used_as_a_delegate_is_not_changed() => Fixes(
        "class C : ShopCode { private async void [|Save|](Order order) { await db.SaveChangesAsync(); } public void M(List<Order> orders) { orders.ForEach(Save); } }",
        "class C : ShopCode { private async void [|Save|](Order order) { await db.SaveChangesAsync(); } public void M(List<Order> orders) { orders.ForEach(Save); } }");

    [Fact]
    public Task A_task() => Allows("class C : ShopCode { public async Task Complete(Order order) { await db.SaveChangesAsync(); } }");

    [Fact]
    public Task A_value_task() => Allows("class C : ShopCode { public async ValueTask Complete(Order order) { await db.SaveChangesAsync(); } }");

    [Fact]
    public Task Void_without_async() => Allows("class C : ShopCode { public void Complete(Order order) { db.SaveChanges(); } }");

    [Fact]
    public Task A_handler_of_a_button() => Allows("class C : ShopCode { public async void OnPayClicked(object? sender, EventArgs e) { await db.SaveChangesAsync(); } }");

    [Fact]
    public Task A_lambda_as_an_event_handler() => Allows("class Page { public event EventHandler? Clicked; public void Click() => Clicked?.Invoke(this, EventArgs.Empty); } class C : ShopCode { public void M(Page page) { page.Clicked += async (sender, e) => await db.SaveChangesAsync(); } }");

    [Fact]
    public Task A_lambda_that_returns_a_task() => Allows("class C : ShopCode { public Task M(List<Order> orders) => Task.WhenAll(orders.Select(async order => await mailer.SendReceiptAsync(order))); }");

    [Fact]
    public Task Each_in_parallel_and_awaited() => Allows("class C : ShopCode { public Task M(List<Order> orders) => Parallel.ForEachAsync(orders, async (order, ct) => await mailer.SendReceiptAsync(order, ct)); }");

    [Fact]
    public Task A_task_run() => Allows("class C : ShopCode { public Task M(Order order) => Task.Run(async () => await mailer.SendReceiptAsync(order)); }");

    [Fact]
    public Task A_timer_s_callback_that_catches_everything() => Allows("class C : ShopCode { Timer? timer; public void Start() { timer = new Timer(async _ => { try { await db.SaveChangesAsync(); } catch (Exception e) { log.LogError(e, \"x\"); } }, null, 0, 1000); } }");

    [Fact]
    public Task A_contract_that_returns_void_and_a_body_that_catches_everything() => Allows("interface IPaid { void OnPaid(Order order); } class C : ShopCode, IPaid { public async void OnPaid(Order order) { try { await mailer.SendReceiptAsync(order); } catch (Exception e) { log.LogError(e, \"x\"); } } }");

    [Fact]
    public Task A_minimal_api_handler() => Allows("class C { public void Map(WebApplication app) { app.MapPost(\"/orders\", async (Order order, ShopDb db) => { db.Add(order); await db.SaveChangesAsync(); }); } }");

    [Fact]
    public Task A_func_in_a_variable() => Allows("class C : ShopCode { public async Task M() { Func<Task> save = async () => await db.SaveChangesAsync(); await save(); } }");

    [Fact]
    public Task An_async_stream() => Allows("class C : ShopCode { public async IAsyncEnumerable<Order> Open() { await foreach (var order in db.Orders.AsAsyncEnumerable()) yield return order; } }");

    [Fact]
    public Task A_timer_s_method_that_catches_all() => Allows("class C : ShopCode { Timer? timer; public void Start() => timer = new Timer(CheckIdle, null, 0, 1000); async void CheckIdle(object? state) { foreach (var order in db.Orders) { try { await mailer.SendReceiptAsync(order); } catch (Exception e) { log.LogError(e, \"idle\"); } } } }");

    [Fact]
    public Task A_timer_s_method_that_catches_nothing() => Flags("class C : ShopCode { Timer? timer; public void Start() => timer = new Timer(Flush, null, 0, 1000); async void [|Flush|](object? state) { await db.SaveChangesAsync(); } }");
}

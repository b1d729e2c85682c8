using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Resilience;

public sealed class DiscardedSideEffectTests() : RuleTest("RISK5004")
{
    private static string Code(string body) => $"class C : ShopCode {{ Task AuditAsync(Order o) => Task.CompletedTask; Task<int> CountAsync() => Task.FromResult(1); public async Task M(Order order) {{ await Task.Yield(); {body} }} }}";

    [Fact]
    public Task A_discarded_receipt() => Flags(Code("_ = [|mailer.SendReceiptAsync(order)|];"));

    [Fact]
    public Task A_discarded_save() => Flags(Code("_ = [|db.SaveChangesAsync()|];"));

    [Fact]
    public Task A_discarded_refund() => Flags(Code("_ = [|gateway.RefundAsync(\"r\", order.Total)|];"));

    [Fact]
    public Task Not_even_discarded() => Flags("class C : ShopCode { public void M(Order order) { [|mailer.SendReceiptAsync(order)|]; } }");

    [Fact]
    public Task An_audit_entry() => Flags(Code("_ = [|AuditAsync(order)|];"));

    [Fact]
    public Task Run_in_the_background() => Flags(Code("_ = [|Task.Run(async () => { order.Status = OrderStatus.Paid; await db.SaveChangesAsync(); })|];"));

    [Fact]
    public Task Run_in_the_background_without_a_discard() => Flags("class C : ShopCode { public void M(Order order) { [|Task.Run(() => mailer.SendReceiptAsync(order))|]; } }");

    [Fact]
    public Task Started_as_a_task() => Flags("class C : ShopCode { public void M(Order order) { [|Task.Factory.StartNew(() => db.SaveChanges())|]; } private void X() { } }");

    [Fact]
    public Task With_configure_await_missing() => Flags(Code("_ = [|gateway.ChargeAsync(order.Total, \"t\")|];"));

    [Fact]
    public Task Awaiting_takes_its_place() => Fixes(Code("_ = [|mailer.SendReceiptAsync(order)|];"), Code("await mailer.SendReceiptAsync(order);"));

    [Fact]
    public Task Awaited() => Allows(Code("await mailer.SendReceiptAsync(order);"));

    [Fact]
    public Task An_awaited_discard() => Allows(Code("_ = await gateway.RefundAsync(\"r\", order.Total);"));

    [Fact]
    public Task Kept_and_awaited() => Allows(Code("var t = mailer.SendReceiptAsync(order); await t;"));

    [Fact]
    public Task Observed() => Allows(Code("_ = mailer.SendReceiptAsync(order).ContinueWith(t => log.LogError(t.Exception, \"x\"));"));

    [Fact]
    public Task Returned() => Allows("class C : ShopCode { public Task M(Order order) => mailer.SendReceiptAsync(order); }");

    [Fact]
    public Task A_read() => Allows(Code("_ = CountAsync();"));

    [Fact]
    public Task A_background_computation() => Allows(Code("_ = Task.Run(() => Math.Sqrt(2));"));

    [Fact]
    public Task A_hosted_service() => Allows("class Worker : BackgroundService { Task ProcessAsync() => Task.CompletedTask; protected override async Task ExecuteAsync(CancellationToken t) { _ = ProcessAsync(); await Task.Delay(1, t); } }");

    [Fact]
    public Task A_channel() => Allows("class C { readonly System.Threading.Channels.Channel<Order> queue = System.Threading.Channels.Channel.CreateUnbounded<Order>(); public void M(Order o) { queue.Writer.TryWrite(o); } }");

    [Fact]
    public Task A_void_call() => Allows("class C { void Send() { } void M() { Send(); } }");

    [Fact]
    public Task Awaited_together() => Allows(Code("await Task.WhenAll(mailer.SendReceiptAsync(order), AuditAsync(order));"));

    [Fact]
    public Task Kept_and_never_looked_at() => Flags(Code("var sending = [|mailer.SendReceiptAsync(order)|];"));

    [Fact]
    public Task Configured_and_not_awaited() => Flags("class C : ShopCode { public void M(Order order) { [|mailer.SendReceiptAsync(order)|].ConfigureAwait(false); } }");

    [Fact]
    public Task A_method_run_in_the_background() => Flags("class C : ShopCode { Task SyncStockAsync() => db.SaveChangesAsync(); public void M() { [|Task.Run(SyncStockAsync)|]; } }");

    [Fact]
    public Task On_the_thread_pool() => Flags("class C : ShopCode { public void M(Order order) { [|ThreadPool.QueueUserWorkItem(_ => db.SaveChanges())|]; } }");

    [Fact]
    public Task In_a_lambda_for_each() => Flags("class C : ShopCode { public void M(List<Order> orders) { orders.ForEach(order => [|mailer.SendReceiptAsync(order)|]); } }");

    [Fact]
    public Task A_background_run_whose_task_is_never_looked_at() => Flags(Code("var work = [|Task.Run(() => mailer.SendReceiptAsync(order))|];"));

    [Fact]
    public Task Kept_in_a_field() => Allows("class C : ShopCode { Task? sending; public void M(Order order) { sending = mailer.SendReceiptAsync(order); } }");

    [Fact]
    public Task Kept_and_awaited_later() => Allows(Code("var sending = mailer.SendReceiptAsync(order); order.Status = OrderStatus.Paid; await sending;"));

    [Fact]
    public Task A_scope_of_its_own_in_the_background() => Allows("class C(IServiceScopeFactory scopes) { public void M(Order order) { _ = Task.Run(async () => { using var scope = scopes.CreateScope(); var db = scope.ServiceProvider.GetRequiredService<ShopDb>(); await db.SaveChangesAsync(); }); } }");

    [Fact]
    public Task A_measurement() => Allows("interface ISink { Task EmitCounterAsync(string name, double value); } class C(ISink sink) { public void Paid() { _ = sink.EmitCounterAsync(\"payments\", 1); } }");

    [Fact]
    public Task The_audit_record_of_a_payment() => Flags("interface IAuditService { Task LogPaymentActionAsync(string action, string token); } class C(IAuditService audit) { readonly IAuditService _audit = audit; public string M(string token) { [|_ = Task.Run(async () => await _audit.LogPaymentActionAsync(\"TOKENIZE\", token))|]; return token; } }".Replace("[|_ = ", "_ = [|"));

    [Fact]
    public Task On_a_thread_of_its_own() => Flags("class C : ShopCode { void ProcessPayment(Order o) => db.SaveChanges(); public void M(Order o) { [|new Thread(() => ProcessPayment(o)).Start()|]; } }");

    [Fact]
    public Task A_thread_that_only_measures() => Allows("class C { public void M() { new Thread(() => Console.WriteLine(\"x\")).Start(); } }");

    [Fact]
    public Task A_list_in_memory_that_the_background_tidies() => Allows("class C : ShopCode { readonly Dictionary<int, Timer> timers = new(); public void M(int key) { Func<Task> act = () => Task.CompletedTask; Task.Run(async () => { try { await act(); } catch (Exception e) { log.LogError(e, \"failed\"); } finally { lock (timers) { timers.Remove(key); } } }); } }");

    [Fact]
    public Task Lines_of_a_log_and_the_last_use_of_a_key() => Allows("interface IKeys { Task RecordPermissionUsage(string key); Task AddInvoiceLogs(int id, string text); } class C { public void M(IKeys keys) { _ = keys.RecordPermissionUsage(\"k\"); _ = keys.AddInvoiceLogs(1, \"t\"); } }");

    [Fact]
    public Task The_log_that_an_audit_asks_for() => Flags("interface IAudit { Task AddAuditLogs(int id, string text); } class C { public void M(IAudit audit) { _ = [|audit.AddAuditLogs(1, \"refund\")|]; } }");
}

using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Data;

public sealed class TransactionAcrossAwaitTests() : RuleTest("RISK6003")
{
    private static string Code(string body) => $"class C : ShopCode {{ public async Task M(Order order) {{ {body} }} }}";

    [Fact]
    public Task A_scope_without_options() => Fixes(
        Code("using var scope = [|new TransactionScope()|]; db.Orders.Add(order); await db.SaveChangesAsync(); scope.Complete();"),
        Code("using var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled); db.Orders.Add(order); await db.SaveChangesAsync(); scope.Complete();"));

    [Fact]
    public Task A_scope_statement_with_a_scope_option() => Fixes(
        Code("using (var tx = [|new TransactionScope(TransactionScopeOption.RequiresNew)|]) { await gateway.ChargeAsync(order.Total, \"t\"); tx.Complete(); }"),
        Code("using (var tx = new TransactionScope(TransactionScopeOption.RequiresNew, TransactionScopeAsyncFlowOption.Enabled)) { await gateway.ChargeAsync(order.Total, \"t\"); tx.Complete(); }"));

    [Fact]
    public Task Transaction_options_do_not_flow() => Fixes(
        Code("using var scope = [|new TransactionScope(TransactionScopeOption.Required, new TransactionOptions { IsolationLevel = IsolationLevel.Serializable })|]; await db.SaveChangesAsync(); scope.Complete();"),
        Code("using var scope = new TransactionScope(TransactionScopeOption.Required, new TransactionOptions { IsolationLevel = IsolationLevel.Serializable }, TransactionScopeAsyncFlowOption.Enabled); await db.SaveChangesAsync(); scope.Complete();"));

    [Fact]
    public Task A_flow_that_is_suppressed() => Fixes(
        Code("using var scope = [|new TransactionScope(TransactionScopeAsyncFlowOption.Suppress)|]; await db.SaveChangesAsync(); scope.Complete();"),
        Code("using var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled); await db.SaveChangesAsync(); scope.Complete();"));

    [Fact]
    public Task Named_arguments() => Fixes(
        Code("using TransactionScope scope = [|new(scopeOption: TransactionScopeOption.Required)|]; await db.SaveChangesAsync(); scope.Complete();"),
        Code("using TransactionScope scope = new(scopeOption: TransactionScopeOption.Required, asyncFlowOption: TransactionScopeAsyncFlowOption.Enabled); await db.SaveChangesAsync(); scope.Complete();"));

    [Fact]
    public Task In_an_endpoint() => Flags("""
        static class Endpoints
        {
            public static void Map(WebApplication app) => app.MapPost("/orders", async (Order order, ShopDb db) =>
            {
                using var scope = [|new TransactionScope()|];
                db.Orders.Add(order);
                await db.SaveChangesAsync();
                scope.Complete();
                return Results.Ok(order.Id);
            });
        }
        """);

    [Fact]
    public Task Disposed_by_hand() => Flags(Code("var scope = [|new TransactionScope()|]; try { await db.SaveChangesAsync(); scope.Complete(); } finally { scope.Dispose(); }"));

    [Fact]
    public Task The_await_is_deep_inside() => Flags(Code("using (var scope = [|new TransactionScope()|]) { foreach (var line in order.Lines) { if (line.Quantity > 0) { await db.AddAsync(line); } } db.SaveChanges(); scope.Complete(); }"));

    [Fact]
    public Task An_asynchronous_loop() => Flags(Code("using var scope = [|new TransactionScope()|]; await foreach (var o in db.Orders.AsAsyncEnumerable()) o.Total = 0; scope.Complete();"));

    [Fact]
    public Task A_helper_makes_the_scope() => Flags("class C : ShopCode { static TransactionScope Begin() => new TransactionScope(TransactionScopeOption.Required, new TransactionOptions { IsolationLevel = IsolationLevel.ReadCommitted }); public async Task M() { using var scope = [|Begin()|]; await db.SaveChangesAsync(); scope.Complete(); } }");

    [Fact]
    public Task Nobody_completes_it() => Flags(Code("using var scope = [|new TransactionScope(TransactionScopeAsyncFlowOption.Enabled)|]; db.Orders.Add(order); await db.SaveChangesAsync();"));

    [Fact]
    public Task Nobody_completes_it_synchronously() => Flags("class C : ShopCode { public void M(Order order) { using ([|new TransactionScope()|]) { db.SaveChanges(); } } }");

    [Fact]
    public Task Nobody_commits_it() => Flags(Code("await using var transaction = await [|db.Database.BeginTransactionAsync()|]; order.Status = OrderStatus.Paid; await db.SaveChangesAsync();"));

    [Fact]
    public Task Nobody_commits_a_connection_s_transaction() => Flags("class C { public void M(System.Data.Common.DbConnection connection) { using var tx = [|connection.BeginTransaction()|]; var command = connection.CreateCommand(); command.ExecuteNonQuery(); } }");

    [Fact]
    public Task It_flows() => Allows(Code("using var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled); await db.SaveChangesAsync(); scope.Complete();"));

    [Fact]
    public Task It_flows_with_a_timeout() => Allows(Code("using var scope = new TransactionScope(TransactionScopeOption.Required, TimeSpan.FromSeconds(30), TransactionScopeAsyncFlowOption.Enabled); await db.SaveChangesAsync(); scope.Complete();"));

    [Fact]
    public Task It_flows_by_name() => Allows(Code("using var scope = new TransactionScope(asyncFlowOption: TransactionScopeAsyncFlowOption.Enabled); await db.SaveChangesAsync(); scope.Complete();"));

    [Fact]
    public Task A_setting_decides() => Allows("class C : ShopCode { public async Task M(TransactionScopeAsyncFlowOption flow) { using var scope = new TransactionScope(flow); await db.SaveChangesAsync(); scope.Complete(); } }");

    [Fact]
    public Task Synchronous_work() => Allows("class C : ShopCode { public void M(Order order) { using var scope = new TransactionScope(); db.Orders.Add(order); db.SaveChanges(); scope.Complete(); } }");

    [Fact]
    public Task The_await_comes_before() => Allows(Code("var found = await db.Orders.FindAsync(1); using (var scope = new TransactionScope()) { db.SaveChanges(); scope.Complete(); }"));

    [Fact]
    public Task The_await_comes_after() => Allows(Code("using (var scope = new TransactionScope()) { db.SaveChanges(); scope.Complete(); } await mailer.SendReceiptAsync(order);"));

    [Fact]
    public Task The_await_is_another_function_s() => Allows(Code("await Task.Yield(); using (var scope = new TransactionScope()) { Func<Task> later = async () => await db.SaveChangesAsync(); db.SaveChanges(); scope.Complete(); GC.KeepAlive(later); }"));

    [Fact]
    public Task A_helper_that_lets_it_flow() => Allows("class C : ShopCode { static TransactionScope Begin() => new TransactionScope(TransactionScopeAsyncFlowOption.Enabled); public async Task M() { using var scope = Begin(); await db.SaveChangesAsync(); scope.Complete(); } }");

    [Fact]
    public Task A_transaction_that_is_committed() => Allows(Code("await using var transaction = await db.Database.BeginTransactionAsync(); await db.SaveChangesAsync(); await transaction.CommitAsync();"));

    [Fact]
    public Task A_transaction_that_may_be_absent() => Allows(Code("var tx = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync() : null; await db.SaveChangesAsync(); if (tx is not null) await tx.CommitAsync();"));

    [Fact]
    public Task Committed_through_the_context() => Allows(Code("await db.Database.BeginTransactionAsync(); await db.SaveChangesAsync(); await db.Database.CommitTransactionAsync();"));

    [Fact]
    public Task Another_method_commits() => Allows("class C : ShopCode { Task Finish(Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction t) => t.CommitAsync(); public async Task M() { var tx = await db.Database.BeginTransactionAsync(); await db.SaveChangesAsync(); await Finish(tx); } }");

    [Fact]
    public Task The_caller_commits() => Allows("class C : ShopCode { public async Task<IDisposable> M() { var tx = await db.Database.BeginTransactionAsync(); await db.SaveChangesAsync(); return tx; } }");

    [Fact]
    public Task A_field_keeps_it() => Allows("class Work : ShopCode { object? _current; public async Task M() { _current = await db.Database.BeginTransactionAsync(); } }");

    [Fact]
    public Task Somebody_else_s_scope() => Allows("class TransactionScope : IDisposable { public void Complete() { } public void Dispose() { } } class C : ShopCode { public async Task M() { using var scope = new TransactionScope(); await db.SaveChangesAsync(); scope.Complete(); } }");

    [Fact]
    public Task A_consistent_view() => Allows(Code("await using var snapshot = await db.Database.BeginTransactionAsync(); var orders = await db.Orders.ToListAsync(); var lines = await db.Set<OrderLine>().ToListAsync(); log.LogInformation(\"{Orders} {Lines}\", orders.Count, lines.Count);"));

    [Fact]
    public Task Stepping_out_of_a_transaction() => Allows(Code("using (new TransactionScope(TransactionScopeOption.Suppress, TransactionScopeAsyncFlowOption.Enabled)) { await db.SaveChangesAsync(); }"));

    [Fact]
    public Task Undone_where_it_fails_and_never_committed() => Flags("class C : ShopCode { public async Task M(Order o) { await using var transaction = await [|db.Database.BeginTransactionAsync()|]; try { db.Orders.Add(o); await db.SaveChangesAsync(); } catch { await transaction.RollbackAsync(); throw; } } }");

    [Fact]
    public Task A_trial_that_is_undone_at_its_end() => Allows("class C : ShopCode { public async Task<int> M(Order o) { await using var transaction = await db.Database.BeginTransactionAsync(); db.Orders.Add(o); var count = await db.SaveChangesAsync(); await transaction.RollbackAsync(); return count; } }");
}

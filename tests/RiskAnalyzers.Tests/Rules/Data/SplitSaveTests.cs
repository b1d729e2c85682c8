using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Data;

public sealed partial class SplitSaveTests() : RuleTest("RISK6001")
{
    private const string Stores = """
        interface IWalletRepository { Task UpdateAsync(Customer wallet); Task<Customer> GetAsync(int id); }
        interface IAuditRepository { Task AddAsync(string text); }
        interface IUnitOfWork { Task CommitAsync(); }
        class Stock(ShopDb db) { public async Task TakeAsync(int id, int n) { var p = await db.Products.FirstAsync(x => x.Id == id); p.Stock -= n; await db.SaveChangesAsync(); } }

        """;

    private static string Code(string body) => $"{Stores}class C(IWalletRepository wallets, IAuditRepository audit, IUnitOfWork work, Stock stock) : ShopCode {{ public async Task M(Order order, Customer from, Customer to, decimal amount) {{ {body} }} }}";

    [Fact]
    public Task Debit_and_credit() => Fixes(
        Code("""

            from.Balance -= amount;
            await db.SaveChangesAsync();
            to.Balance += amount;
            await [|db.SaveChangesAsync()|];
            """),
        Code("""

            from.Balance -= amount;
            to.Balance += amount;
            await db.SaveChangesAsync();
            """));

    [Fact]
    public Task The_key_of_the_first_is_needed() => Flags(Code("db.Orders.Add(order); await db.SaveChangesAsync(); db.Add(new OrderLine { Id = order.Id }); await [|db.SaveChangesAsync()|];"));

    [Fact]
    public Task A_query_in_between() => Flags(Code("from.Balance -= amount; db.SaveChanges(); var other = await db.Customers.FirstAsync(c => c.Id == to.Id); other.Balance += amount; [|db.SaveChanges()|];"));

    [Fact]
    public Task The_second_in_a_branch() => Flags(Code("order.Status = OrderStatus.Paid; await db.SaveChangesAsync(); if (amount > 0) { to.Balance += amount; await [|db.SaveChangesAsync()|]; }"));

    [Fact]
    public Task The_first_in_a_branch() => Flags(Code("if (order.Id == 0) { db.Orders.Add(order); await db.SaveChangesAsync(); } from.Balance -= amount; await [|db.SaveChangesAsync()|];"));

    [Fact]
    public Task Two_updates_of_a_repository() => Flags(Code("from.Balance -= amount; await wallets.UpdateAsync(from); to.Balance += amount; await [|wallets.UpdateAsync(to)|];"));

    [Fact]
    public Task A_repository_and_a_context() => Flags(Code("from.Balance -= amount; await wallets.UpdateAsync(from); order.Status = OrderStatus.Paid; await [|db.SaveChangesAsync()|];"));

    [Fact]
    public Task A_helper_that_saves() => Flags(Code("db.Orders.Add(order); await db.SaveChangesAsync(); await [|stock.TakeAsync(order.Lines[0].ProductId, 1)|];"));

    [Fact]
    public Task Two_commits() => Flags(Code("from.Balance -= amount; await work.CommitAsync(); to.Balance += amount; await [|work.CommitAsync()|];"));

    [Fact]
    public Task After_a_loop() => Flags(Code("foreach (var line in order.Lines) { line.Quantity = 0; } await db.SaveChangesAsync(); order.Status = OrderStatus.Cancelled; await [|db.SaveChangesAsync()|];"));

    [Fact]
    public Task Within_a_try() => Flags(Code("try { from.Balance -= amount; await db.SaveChangesAsync(); to.Balance += amount; await [|db.SaveChangesAsync()|]; } catch (DbUpdateException e) { log.LogError(e, \"x\"); throw; }"));

    [Fact]
    public Task Three_are_reported_once() => Flags(Code("from.Balance -= amount; await db.SaveChangesAsync(); to.Balance += amount; await [|db.SaveChangesAsync()|]; order.Total = amount; await db.SaveChangesAsync();"));

    [Fact]
    public Task A_transaction_around_both() => Fixes(
        """
        class C : ShopCode
        {
            public async Task M(Order order, Customer to)
            {
                db.Orders.Add(order);
                await db.SaveChangesAsync();
                to.Balance += await db.Customers.SumAsync(c => c.Balance);
                await [|db.SaveChangesAsync()|];
            }
        }
        """,
        """
        class C : ShopCode
        {
            public async Task M(Order order, Customer to)
            {
                db.Orders.Add(order);
                await using var transaction = await db.Database.BeginTransactionAsync();
                await db.SaveChangesAsync();
                to.Balance += await db.Customers.SumAsync(c => c.Balance);
                await db.SaveChangesAsync();
                await transaction.CommitAsync();
            }
        }
        """);

    [Fact]
    public Task One_save() => Allows(Code("from.Balance -= amount; to.Balance += amount; await db.SaveChangesAsync();"));

    [Fact]
    public Task A_transaction() => Allows(Code("await using var tx = await db.Database.BeginTransactionAsync(); from.Balance -= amount; await db.SaveChangesAsync(); to.Balance += amount; await db.SaveChangesAsync(); await tx.CommitAsync();"));

    [Fact]
    public Task A_transaction_scope() => Allows(Code("using var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled); await wallets.UpdateAsync(from); await wallets.UpdateAsync(to); scope.Complete();"));

    [Fact]
    public Task In_a_helper_that_begins_one() => Allows("class C : ShopCode { Task InTransactionAsync(Func<Task> work) => work(); public Task M(Customer a, Customer b) => InTransactionAsync(async () => { a.Balance--; await db.SaveChangesAsync(); b.Balance++; await db.SaveChangesAsync(); }); }");

    [Fact]
    public Task A_pending_row_before_the_charge() => Allows(Code("order.Status = OrderStatus.AwaitingPayment; db.Orders.Add(order); await db.SaveChangesAsync(); var result = await gateway.ChargeAsync(amount, \"t\", $\"order-{order.Id}\"); order.Status = result.Success ? OrderStatus.Paid : OrderStatus.Cancelled; await db.SaveChangesAsync();"));

    [Fact]
    public Task A_mail_in_between() => Allows(Code("order.Status = OrderStatus.Paid; await db.SaveChangesAsync(); await mailer.SendReceiptAsync(order); order.PaymentReference = \"mailed\"; await db.SaveChangesAsync();"));

    [Fact]
    public Task A_request_in_between() => Allows(Code("order.Status = OrderStatus.AwaitingPayment; await db.SaveChangesAsync(); var answer = await http.PostAsync(\"/pay\", null); order.Status = answer.IsSuccessStatusCode ? OrderStatus.Paid : OrderStatus.Cancelled; await db.SaveChangesAsync();"));

    [Fact]
    public Task Either_or() => Allows(Code("if (amount > 0) { to.Balance += amount; await db.SaveChangesAsync(); } else { from.Balance -= amount; await db.SaveChangesAsync(); }"));

    [Fact]
    public Task The_first_returns() => Allows(Code("if (amount == 0) { order.Status = OrderStatus.Paid; await db.SaveChangesAsync(); return; } to.Balance += amount; await db.SaveChangesAsync();"));

    [Fact]
    public Task The_second_records_a_failure() => Allows(Code("try { from.Balance -= amount; await db.SaveChangesAsync(); } catch (DbUpdateException) { order.Status = OrderStatus.Cancelled; await db.SaveChangesAsync(); }"));

    [Fact]
    public Task An_audit_entry() => Allows(Code("from.Balance -= amount; await wallets.UpdateAsync(from); await audit.AddAsync(\"debited\");"));

    [Fact]
    public Task Two_contexts() => Allows("class Other : DbContext { } class C(ShopDb db, Other other) { public async Task M(Order order) { order.Total = 1; await db.SaveChangesAsync(); order.Total = 2; await other.SaveChangesAsync(); } }");

    [Fact]
    public Task Cases_of_a_switch() => Allows(Code("switch (order.Status) { case OrderStatus.New: from.Balance -= amount; await db.SaveChangesAsync(); break; case OrderStatus.Paid: to.Balance += amount; await db.SaveChangesAsync(); break; }"));

    [Fact]
    public Task Nothing_new_is_saved() => Allows(Code("from.Balance -= amount; await db.SaveChangesAsync(); log.LogInformation(\"saved\"); await db.SaveChangesAsync();"));

    [Fact]
    public Task Two_functions() => Allows(Code("Func<Task> later = async () => { to.Balance += amount; await db.SaveChangesAsync(); }; from.Balance -= amount; await db.SaveChangesAsync(); GC.KeepAlive(later);"));

    [Fact]
    public Task A_transactional_pipeline() => Allows("class TransactionBehavior<TRequest, TResponse> { } class Handler(ShopDb db) { public async Task Handle(Customer a, Customer b) { a.Balance--; await db.SaveChangesAsync(); b.Balance++; await db.SaveChangesAsync(); } }");

    [Fact]
    public Task A_seeder() => Allows("class OrderSeeder(ShopDb db) { public async Task SeedAsync() { db.Orders.Add(new Order()); await db.SaveChangesAsync(); db.Products.Add(new Product()); await db.SaveChangesAsync(); } }");

    [Fact]
    public Task A_translation_may_be_saved_again() => Allows("class Page { public string Title { get; set; } = \"\"; public string Summary { get; set; } = \"\"; } class C(ShopDb db) { public async Task M(Page page) { page.Title = \"a\"; await db.SaveChangesAsync(); page.Summary = \"b\"; await db.SaveChangesAsync(); } }");

    [Fact]
    public Task A_scope_that_commits_at_its_end() => Allows("class ContextScope : IDisposable { public ContextScope(ShopDb db, bool deferCommit) { } public void Dispose() { } } class C(ShopDb db) { public async Task M(Customer a, Customer b) { using (new ContextScope(db, deferCommit: true)) { a.Balance--; await db.SaveChangesAsync(); b.Balance++; await db.SaveChangesAsync(); } } }");

    [Fact]
    public Task A_helper_that_promises_to_read() => Allows("class Totals(ShopDb db) { public async Task<decimal> GetTotalAsync(Order order) { order.Total = 1; await db.SaveChangesAsync(); return order.Total; } } class C(Totals totals, ShopDb db) { public async Task M(Order order) { var total = await totals.GetTotalAsync(order); order.Status = OrderStatus.Paid; await db.SaveChangesAsync(); } }");

    [Fact]
    public Task A_capture_that_saves_as_well() => Allows("class Capturing(ShopDb db) { public async Task CaptureAsync(Order order) { order.Status = OrderStatus.Paid; await db.SaveChangesAsync(); } } class C(Capturing capturing, ShopDb db) { public async Task M(Order order) { await capturing.CaptureAsync(order); order.Total = 1; await db.SaveChangesAsync(); } }");

    [Fact]
    public Task A_case_that_saves_and_the_rest_behind_the_switch() => Flags("class C : ShopCode { async Task TakeStock(Order o) { foreach (var line in o.Lines) line.Product!.Stock -= line.Quantity; await db.SaveChangesAsync(); } public async Task M(string kind, Order o) { switch (kind) { case \"paid\": { await TakeStock(o); o.Status = OrderStatus.Paid; break; } default: break; } await [|db.SaveChangesAsync()|]; } }");

    [Fact]
    public Task Two_updates_in_bulk() => Flags("class C : ShopCode { public async Task M(int id, decimal amount) { await db.Customers.Where(c => c.Id == id).ExecuteUpdateAsync(s => s.SetProperty(c => c.Balance, c => c.Balance - amount)); await [|db.Orders.Where(o => o.Id == id).ExecuteUpdateAsync(s => s.SetProperty(o => o.Status, OrderStatus.Paid))|]; } }");
}

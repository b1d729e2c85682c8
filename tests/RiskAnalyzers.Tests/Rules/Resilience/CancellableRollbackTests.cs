using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Resilience;

public sealed class CancellableRollbackTests() : RuleTest("RISK5011")
{
    private static string Code(string handler, string rest = "", string body = "await db.SaveChangesAsync(ct);") =>
        $"class C : ShopCode {{ Task ReleaseStockAsync(Order o, CancellationToken t = default) => Task.CompletedTask; Task LoadAsync(CancellationToken t) => Task.CompletedTask; public async Task M(Order order, CancellationToken ct, Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction tx) {{ try {{ {body} }} catch (Exception) {{ {handler} throw; }} {rest} }} }}";

    [Fact]
    public Task A_rollback() => Flags(Code("await tx.RollbackAsync([|ct|]);"));

    [Fact]
    public Task A_refund() => Flags(Code("await gateway.RefundAsync(\"r\", order.Total, null, [|ct|]);"));

    [Fact]
    public Task A_release() => Flags(Code("await ReleaseStockAsync(order, [|ct|]);"));

    [Fact]
    public Task By_name() => Flags(Code("await gateway.RefundAsync(\"r\", order.Total, [|cancellation: ct|]);"));

    [Fact]
    public Task In_a_finally() => Flags(Code("", "try { } finally { await ReleaseStockAsync(order, [|ct|]); }"));

    [Fact]
    public Task In_a_typed_catch() => Flags("class C : ShopCode { public async Task M(Order o, CancellationToken token) { try { await db.SaveChangesAsync(token); } catch (DbUpdateException) { await gateway.RefundAsync(\"r\", o.Total, null, [|token|]); } } }");

    [Fact]
    public Task The_request_s_token() => Flags("class C : ShopCode { public async Task M(Order o) { try { await db.SaveChangesAsync(); } catch { await gateway.RefundAsync(\"r\", o.Total, null, [|HttpContext.RequestAborted|]); } } }");

    [Fact]
    public Task In_a_branch_of_the_catch() => Flags(Code("if (order.Id > 0) { await ReleaseStockAsync(order, [|ct|]); }"));

    [Fact]
    public Task A_field() => Flags("class C : ShopCode { CancellationToken stop; public async Task M(Order o) { try { await db.SaveChangesAsync(); } catch { await gateway.RefundAsync(\"r\", o.Total, null, [|stop|]); } } }");

    [Fact]
    public Task No_token_takes_its_place() => Fixes(Code("await tx.RollbackAsync([|ct|]);"), Code("await tx.RollbackAsync(CancellationToken.None);"));

    [Fact]
    public Task No_token() => Allows(Code("await tx.RollbackAsync();"));

    [Fact]
    public Task None() => Allows(Code("await tx.RollbackAsync(CancellationToken.None);"));

    [Fact]
    public Task Default() => Allows(Code("await ReleaseStockAsync(order, default);"));

    [Fact]
    public Task In_the_try() => Allows(Code("", body: "await ReleaseStockAsync(order, ct);"));

    [Fact]
    public Task A_read_in_the_catch() => Allows(Code("await LoadAsync(ct);"));

    [Fact]
    public Task A_log_in_the_catch() => Allows(Code("log.LogError(\"x\");"));

    [Fact]
    public Task After_the_catch() => Allows(Code("", "await ReleaseStockAsync(order, ct);"));

    [Fact]
    public Task A_token_of_its_own() => Allows(Code("using var limit = new CancellationTokenSource(1000); await ReleaseStockAsync(order, limit.Token);"));

    [Fact]
    public Task A_lambda_in_the_catch() => Allows(Code("Func<Task> f = () => ReleaseStockAsync(order, ct); log.LogError(f.ToString());"));

    [Fact]
    public Task Without_a_catch() => Allows("class C : ShopCode { public Task M(Order o, CancellationToken ct) => gateway.RefundAsync(\"r\", o.Total, null, ct); }");

    [Fact]
    public Task A_failure_that_is_recorded() => Flags("class C : ShopCode { public async Task M(Order o, CancellationToken ct) { try { await prices.GetPriceAsync(1, ct); } catch (Exception) { o.Status = OrderStatus.Cancelled; await db.SaveChangesAsync([|ct|]); throw; } } }");

    [Fact]
    public Task A_cancellation_that_is_recorded() => Flags("class C : ShopCode { public async Task M(Order o, CancellationToken ct) { try { await prices.GetPriceAsync(1, ct); } catch (OperationCanceledException) { o.Status = OrderStatus.Cancelled; await db.SaveChangesAsync([|ct|]); } } }");

    [Fact]
    public Task A_consumer_s_token() => Flags("class Context { public CancellationToken CancellationToken { get; } } class C : ShopCode { public async Task M(Order o, Context context) { try { await db.SaveChangesAsync(); } catch { await gateway.RefundAsync(\"r\", o.Total, null, [|context.CancellationToken|]); } } }");

    [Fact]
    public Task A_failure_of_another_kind_that_is_recorded() => Allows("class C : ShopCode { public async Task M(Order o, CancellationToken ct) { try { await prices.GetPriceAsync(1, ct); } catch (HttpRequestException) { o.Status = OrderStatus.Cancelled; await db.SaveChangesAsync(ct); } } }");

    [Fact]
    public Task Cancellation_is_taken_before() => Allows("class C : ShopCode { public async Task M(Order o, CancellationToken ct) { try { await prices.GetPriceAsync(1, ct); } catch (OperationCanceledException) { throw; } catch (Exception) { o.Status = OrderStatus.Cancelled; await db.SaveChangesAsync(ct); } } }");

    [Fact]
    public Task Cancellation_is_kept_out() => Allows("class C : ShopCode { public async Task M(Order o, CancellationToken ct) { try { await prices.GetPriceAsync(1, ct); } catch (Exception e) when (e is not OperationCanceledException) { o.Status = OrderStatus.Cancelled; await db.SaveChangesAsync(ct); } } }");

    [Fact]
    public Task The_record_of_a_charge() => Flags("class C : ShopCode { public async Task M(Order order, CancellationToken ct) { var paid = await gateway.ChargeAsync(order.Total, \"t\", \"k\", ct); if (!paid.Success) throw new InvalidOperationException(); order.Status = OrderStatus.Paid; await db.SaveChangesAsync([|ct|]); } }");

    [Fact]
    public Task The_record_of_a_refund_in_the_branch_that_worked() => Flags("interface IUnitOfWork { Task SaveChangesAsync(CancellationToken ct); } class Handler(IPaymentGateway gateway, IUnitOfWork work) { public async Task<bool> Handle(Order order, CancellationToken cancellationToken) { var result = await gateway.RefundAsync(order.PaymentReference!, order.Total, null, cancellationToken); if (result.Success) { order.Status = OrderStatus.Cancelled; await work.SaveChangesAsync([|cancellationToken|]); return true; } return false; } }");

    [Fact]
    public Task The_record_of_a_charge_is_always_written() => Allows("class C : ShopCode { public async Task M(Order order, CancellationToken ct) { await gateway.ChargeAsync(order.Total, \"t\", \"k\", ct); order.Status = OrderStatus.Paid; await db.SaveChangesAsync(CancellationToken.None); await db.SaveChangesAsync(ct); } }");

    [Fact]
    public Task The_record_of_a_charge_that_was_refused() => Allows("class C : ShopCode { public async Task M(Order order, CancellationToken ct) { var paid = await gateway.ChargeAsync(order.Total, \"t\", \"k\", ct); if (!paid.Success) { order.Status = OrderStatus.Cancelled; await db.SaveChangesAsync(ct); } } }");

    [Fact]
    public Task The_pending_row_before_a_charge() => Allows("class C : ShopCode { public async Task M(Order order, CancellationToken ct) { db.Orders.Add(order); await db.SaveChangesAsync(ct); await gateway.ChargeAsync(order.Total, \"t\", \"k\", ct); } }");

    [Fact]
    public Task A_log_entry_in_a_clause_for_the_cancellation() => Flags("interface IOperations { Task CompleteFailedAsync(string id, string why, CancellationToken cancellationToken = default); } class C(IOperations operations, IPriceService prices) { public async Task M(string id, CancellationToken ct) { try { await prices.GetPriceAsync(1, ct); } catch (TaskCanceledException) { await operations.CompleteFailedAsync(id, \"timeout\", cancellationToken: [|ct|]); } } }".Replace("[|ct|])", "ct)").Replace("cancellationToken: ct)", "[|cancellationToken: ct|])"));

    private const string Couriers = """

        public class Booking { public string Number { get; set; } = ""; }
        public interface ICourierService { Task<Booking> CreateOrderAsync(Order order, CancellationToken cancellation); Task<Booking> GetOrderAsync(string number, CancellationToken cancellation); }
        """;

    [Fact]
    public Task A_parcel_whose_number_may_be_lost() => Flags(
        "class C(ICourierService courier, ShopDb db) { async Task Ship(Order order, CancellationToken cancellation) { var parcel = await courier.CreateOrderAsync(order, cancellation); order.PaymentReference = parcel.Number; await db.SaveChangesAsync([|cancellation|]); } }" + Couriers);

    [Fact]
    public Task A_parcel_that_is_looked_up() => Allows(
        "class C(ICourierService courier, ShopDb db) { async Task Sync(Order order, CancellationToken cancellation) { var parcel = await courier.GetOrderAsync(\"7\", cancellation); order.PaymentReference = parcel.Number; await db.SaveChangesAsync(cancellation); } async Task Ship(Order order, CancellationToken cancellation) { var parcel = await courier.CreateOrderAsync(order, cancellation); order.PaymentReference = parcel.Number; await db.SaveChangesAsync(CancellationToken.None); } }" + Couriers);
}

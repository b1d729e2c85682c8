using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Payments;

public sealed class FailedCompensationTests() : RuleTest("RISK2013")
{
    [Fact]
    public Task A_refund_that_is_logged() => Flags(
        """
        public interface IStock { Task ReleaseAsync(int id); Task ReserveAsync(int id); Task CancelReservationAsync(int id); }
        public class OrderService(ShopDb db, IPaymentGateway gateway, IStock stock, ILogger log)
        {
            public async Task Cancel(Order o) { try { await gateway.RefundAsync(o.PaymentReference!, o.Total); } [|catch|] (Exception ex) { log.LogError(ex, "refund"); } }
        }
        """);

    [Fact]
    public Task A_silent_refund() => Flags(
        """
        public interface IStock { Task ReleaseAsync(int id); Task ReserveAsync(int id); Task CancelReservationAsync(int id); }
        public class OrderService(ShopDb db, IPaymentGateway gateway, IStock stock, ILogger log)
        {
            public async Task Cancel(Order o) { try { await gateway.RefundAsync(o.PaymentReference!, o.Total); } [|catch|] { } }
        }
        """);

    [Fact]
    public Task A_release_of_stock() => Flags(
        """
        public interface IStock { Task ReleaseAsync(int id); Task ReserveAsync(int id); Task CancelReservationAsync(int id); }
        public class OrderService(ShopDb db, IPaymentGateway gateway, IStock stock, ILogger log)
        {
            public async Task Cancel(Order o) { o.Status = OrderStatus.Cancelled; try { await stock.ReleaseAsync(o.Id); } [|catch|] (Exception ex) { log.LogWarning(ex, "release"); } }
        }
        """);

    [Fact]
    public Task A_reservation_that_is_cancelled() => Flags(
        """
        public interface IStock { Task ReleaseAsync(int id); Task ReserveAsync(int id); Task CancelReservationAsync(int id); }
        public class OrderService(ShopDb db, IPaymentGateway gateway, IStock stock, ILogger log)
        {
            public async Task Cancel(Order o) { try { await stock.CancelReservationAsync(o.Id); } [|catch|] (HttpRequestException ex) { log.LogError(ex, "stock"); } }
        }
        """);

    [Fact]
    public Task In_another_catch() => Flags(
        """
        public interface IStock { Task ReleaseAsync(int id); Task ReserveAsync(int id); Task CancelReservationAsync(int id); }
        public class OrderService(ShopDb db, IPaymentGateway gateway, IStock stock, ILogger log)
        {
            public async Task Place(Order o)
            {
                try { await db.SaveChangesAsync(); }
                catch (Exception)
                {
                    try { await gateway.RefundAsync(o.PaymentReference!, o.Total); } [|catch|] (Exception inner) { log.LogCritical(inner, "refund"); }
                    throw;
                }
            }
        }
        """);

    [Fact]
    public Task Each_item_of_a_loop() => Flags(
        """
        public interface IStock { Task ReleaseAsync(int id); Task ReserveAsync(int id); Task CancelReservationAsync(int id); }
        public class OrderService(ShopDb db, IPaymentGateway gateway, IStock stock, ILogger log)
        {
            public async Task CancelAll(List<Order> all) { foreach (var o in all) { try { await stock.ReleaseAsync(o.Id); } [|catch|] (Exception ex) { log.LogError(ex, "release"); continue; } } }
        }
        """);

    [Fact]
    public Task A_refund_by_another_name() => Flags(
        """
        public interface IStock { Task ReleaseAsync(int id); Task ReserveAsync(int id); Task CancelReservationAsync(int id); }
        public interface IRefunds { Task ProcessRefundAsync(int id); }
        public class OrderService(ShopDb db, IPaymentGateway gateway, IStock stock, ILogger log)
        {
            public async Task Cancel(Order o, IRefunds refunds) { try { await refunds.ProcessRefundAsync(o.Id); } [|catch|] (Exception ex) { log.LogError(ex, "refund"); } }
        }
        """);

    [Fact]
    public Task A_void() => Flags(
        """
        public interface IStock { Task ReleaseAsync(int id); Task ReserveAsync(int id); Task CancelReservationAsync(int id); }
        public interface IAcquirer { Task VoidAsync(string id); }
        public class OrderService(ShopDb db, IPaymentGateway gateway, IStock stock, ILogger log)
        {
            public async Task Cancel(Order o, IAcquirer acquirer) { try { await acquirer.VoidAsync(o.PaymentReference!); } [|catch|] (Exception ex) { log.LogError(ex, "void"); return; } }
        }
        """);

    [Fact]
    public Task A_batch_that_counts_as_done() => Flags(
        """
        public interface IStock { Task ReleaseAsync(int id); Task ReserveAsync(int id); Task CancelReservationAsync(int id); }
        public enum BatchStatus { Open, Completed, Partial }
        public class Batch { public BatchStatus Status { get; set; } public List<Order> Orders { get; } = new(); }
        public class OrderService(ShopDb db, IPaymentGateway gateway, IStock stock, ILogger log)
        {
            public async Task Settle(Batch batch)
            {
                foreach (var o in batch.Orders)
                {
                    try { await stock.ReserveAsync(o.Id); } catch (Exception ex) { log.LogError(ex, "item"); }
                }
                [|batch.Status = BatchStatus.Completed|];
            }
        }
        """);

    [Fact]
    public Task A_batch_that_marks_itself() => Flags(
        """
        public interface IStock { Task ReleaseAsync(int id); Task ReserveAsync(int id); Task CancelReservationAsync(int id); }
        public class Batch { public void MarkAsProcessed() { } public List<Order> Orders { get; } = new(); }
        public class OrderService(ShopDb db, IPaymentGateway gateway, IStock stock, ILogger log)
        {
            public async Task Settle(Batch batch)
            {
                foreach (var o in batch.Orders)
                {
                    try { await stock.ReserveAsync(o.Id); } catch (Exception ex) { log.LogError(ex, "item"); continue; }
                }
                [|batch.MarkAsProcessed()|];
            }
        }
        """);

    [Fact]
    public Task It_is_rethrown() => Allows(
        """
        public interface IStock { Task ReleaseAsync(int id); Task ReserveAsync(int id); Task CancelReservationAsync(int id); }
        public class OrderService(ShopDb db, IPaymentGateway gateway, IStock stock, ILogger log)
        {
            public async Task Cancel(Order o) { try { await gateway.RefundAsync(o.PaymentReference!, o.Total); } catch (Exception ex) { log.LogError(ex, "refund"); throw; } }
        }
        """);

    [Fact]
    public Task It_is_recorded() => Allows(
        """
        public interface IStock { Task ReleaseAsync(int id); Task ReserveAsync(int id); Task CancelReservationAsync(int id); }
        public class OrderService(ShopDb db, IPaymentGateway gateway, IStock stock, ILogger log)
        {
            public async Task Cancel(Order o) { try { await stock.ReleaseAsync(o.Id); } catch (Exception ex) { log.LogError(ex, "release"); o.Status = OrderStatus.AwaitingPayment; await db.SaveChangesAsync(); } }
        }
        """);

    [Fact]
    public Task It_is_queued() => Allows(
        """
        public interface IStock { Task ReleaseAsync(int id); Task ReserveAsync(int id); Task CancelReservationAsync(int id); }
        public interface IQueue { Task EnqueueAsync(int id); }
        public class OrderService(ShopDb db, IPaymentGateway gateway, IStock stock, ILogger log)
        {
            public async Task Cancel(Order o, IQueue queue) { try { await stock.ReleaseAsync(o.Id); } catch (Exception) { await queue.EnqueueAsync(o.Id); } }
        }
        """);

    [Fact]
    public Task It_is_answered() => Allows(
        """
        public interface IStock { Task ReleaseAsync(int id); Task ReserveAsync(int id); Task CancelReservationAsync(int id); }
        public class OrderService(ShopDb db, IPaymentGateway gateway, IStock stock, ILogger log)
        {
            public async Task<bool> Cancel(Order o) { try { await stock.ReleaseAsync(o.Id); return true; } catch (Exception ex) { log.LogError(ex, "release"); return false; } }
        }
        """);

    [Fact]
    public Task It_is_counted() => Allows(
        """
        public interface IStock { Task ReleaseAsync(int id); Task ReserveAsync(int id); Task CancelReservationAsync(int id); }
        public class OrderService(ShopDb db, IPaymentGateway gateway, IStock stock, ILogger log)
        {
            public async Task<int> Cancel(List<Order> all) { var failed = 0; foreach (var o in all) { try { await stock.ReleaseAsync(o.Id); } catch (Exception) { failed++; } } return failed; }
        }
        """);

    [Fact]
    public Task A_semaphore() => Allows(
        """
        public class OrderService(ILogger log) { public void Done(SemaphoreSlim gate) { try { gate.Release(); } catch (Exception ex) { log.LogError(ex, "gate"); } } }
        """);

    [Fact]
    public Task A_token_source() => Allows(
        """
        public class OrderService(ILogger log) { public async Task Done(CancellationTokenSource source) { try { await source.CancelAsync(); } catch (Exception ex) { log.LogError(ex, "cancel"); } } }
        """);

    [Fact]
    public Task A_mail_about_a_refund() => Allows(
        """
        public interface IStock { Task ReleaseAsync(int id); Task ReserveAsync(int id); Task CancelReservationAsync(int id); }
        public interface IMail { Task SendRefundEmailAsync(int id); }
        public class OrderService(ShopDb db, IPaymentGateway gateway, IStock stock, ILogger log)
        {
            public async Task Cancel(Order o, IMail mail) { try { await mail.SendRefundEmailAsync(o.Id); } catch (Exception ex) { log.LogError(ex, "mail"); } }
        }
        """);

    [Fact]
    public Task Forward_work() => Allows(
        """
        public interface IStock { Task ReleaseAsync(int id); Task ReserveAsync(int id); Task CancelReservationAsync(int id); }
        public class OrderService(ShopDb db, IPaymentGateway gateway, IStock stock, ILogger log)
        {
            public async Task Place(Order o) { try { await stock.ReserveAsync(o.Id); } catch (Exception ex) { log.LogError(ex, "reserve"); } }
        }
        """);

    [Fact]
    public Task Tried_again_in_a_loop() => Allows(
        """
        public interface IStock { Task ReleaseAsync(int id); Task ReserveAsync(int id); Task CancelReservationAsync(int id); }
        public class OrderService(ShopDb db, IPaymentGateway gateway, IStock stock, ILogger log)
        {
            public async Task Cancel(Order o) { for (var i = 0; i < 3; i++) { try { await stock.ReleaseAsync(o.Id); return; } catch (Exception ex) { log.LogError(ex, "release"); } } throw new InvalidOperationException(); }
        }
        """);

    [Fact]
    public Task A_batch_that_knows_its_failures() => Allows(
        """
        public interface IStock { Task ReleaseAsync(int id); Task ReserveAsync(int id); Task CancelReservationAsync(int id); }
        public enum BatchStatus { Open, Completed, Partial }
        public class Batch { public BatchStatus Status { get; set; } public List<Order> Orders { get; } = new(); }
        public class OrderService(ShopDb db, IPaymentGateway gateway, IStock stock, ILogger log)
        {
            public async Task Settle(Batch batch)
            {
                var failed = 0;
                foreach (var o in batch.Orders)
                {
                    try { await stock.ReserveAsync(o.Id); } catch (Exception ex) { log.LogError(ex, "item"); failed++; }
                }
                batch.Status = failed == 0 ? BatchStatus.Completed : BatchStatus.Partial;
            }
        }
        """);

    [Fact]
    public Task Products_out_of_the_recycle_bin() => Allows(
        """
        public class ProductService(ILogger log)
        {
            private Task RestoreProductInternal(int id) => Task.CompletedTask;
            public async Task<int> RestoreProducts(int[] ids) { var done = 0; foreach (var id in ids) { try { await RestoreProductInternal(id); done++; } catch (Exception ex) { log.LogError(ex, "restore"); } } return done; }
        }
        """);

    [Fact]
    public Task Products_back_in_stock() => Flags(
        """
        public class ProductService(ILogger log)
        {
            private Task RestoreProductQuantity(int id) => Task.CompletedTask;
            public async Task Cancel(int[] ids) { foreach (var id in ids) { try { await RestoreProductQuantity(id); } [|catch|] (Exception ex) { log.LogError(ex, "restore"); } } }
        }
        """);

    [Fact]
    public Task A_refund_whose_refusal_is_only_logged() => Flags("""
        public class Returns : ShopCode
        {
            public async Task Cancel(Order order)
            {
                var refund = await gateway.RefundAsync(order.PaymentReference!, order.Total);
                [|if|] (!refund.Success)
                    log.LogError("refund of {Order} failed: {Error}", order.Id, refund.Error);
                order.Status = OrderStatus.Cancelled;
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task A_refund_whose_refusal_is_kept() => Allows("""
        public class Returns : ShopCode
        {
            public async Task<bool> Cancel(Order order)
            {
                var refund = await gateway.RefundAsync(order.PaymentReference!, order.Total);
                if (!refund.Success)
                {
                    log.LogError("refund of {Order} failed: {Error}", order.Id, refund.Error);
                    return false;
                }
                order.Status = OrderStatus.Cancelled;
                await db.SaveChangesAsync();
                return true;
            }
        }
        """);
}

using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Residue;

public sealed class SimulatedWorkTests() : RuleTest("RISK7002")
{
    [Theory]
    [InlineData("async Task SendReceiptAsync(Order o) { log.LogInformation(\"Mail to {C}\", o.CustomerId); await [|Task.Delay(TimeSpan.FromMilliseconds(100))|]; }")]
    [InlineData("async Task<decimal> FetchRateAsync(string currency) { await [|Task.Delay(50)|].ConfigureAwait(false); return currency == \"USD\" ? 1.1m : 1m; }")]
    [InlineData("async Task<PaymentResult> PayAsync(decimal amount) { try { await [|Task.Delay(Random.Shared.Next(100, 300))|]; return new PaymentResult(true, amount.ToString()); } catch (Exception e) { return new PaymentResult(false, null, e.Message); } }")]
    [InlineData("async Task RefundAsync(Order o, CancellationToken c) { await [|Task.Delay(10, c)|]; o.Status = OrderStatus.Cancelled; }")]
    [InlineData("async Task<string> ShipAsync(Order o) { var label = \"L\" + o.Id; await [|Task.Delay(10)|]; return label; }")]
    [InlineData("Task<PaymentResult> CaptureAsync(string id) => [|Task.FromResult(new PaymentResult(true, id))|];")]
    [InlineData("void NotifyWarehouse(Order order) { [|log.LogInformation(\"Warehouse told about {Id}\", order.Id)|]; }")]
    [InlineData("bool Reserve(string sku, int quantity) { if (quantity <= 0) throw new ArgumentException(sku); return [|true|]; }")]
    [InlineData("(bool Ok, string Message) Ship(Order order) => [|(true, \"on its way\")|];")]
    [InlineData("Task<string> CreateShipmentAsync(Order order) => Task.FromResult([|\"TRACK-\" + DateTime.UtcNow.Ticks|]);")]
    [InlineData("PaymentResult Capture(decimal amount) => [|Random.Shared.NextDouble() > 0.1|] ? new PaymentResult(true) : new PaymentResult(false);")]
    [InlineData("PaymentResult Pay(Order o) => new PaymentResult(true, TransactionId: [|\"pi_\" + Guid.NewGuid()|]);")]
    [InlineData("void Pay(Order o) { o.PaymentReference = [|$\"PAY-{DateTime.UtcNow.Ticks}\"|]; o.Status = OrderStatus.Paid; }")]
    public Task Work_that_is_played(string member) => Flags("class C : ShopCode { " + member + " }");

    [Fact]
    public Task A_mail_that_is_only_printed() => Flags("class C : ShopCode { Task SendReceiptAsync(string email) { [|Console.WriteLine($\"To: {email}\")|]; return Task.CompletedTask; } }");

    [Fact]
    public Task A_refund_that_is_only_logged() => Flags("class C : ShopCode { Task<bool> RefundAsync(string reference, decimal amount) { log.LogInformation(\"Refunded {Reference}\", reference); return [|Task.FromResult(true)|]; } }");

    [Fact]
    public Task A_reference_that_is_made_up() => Flags("class C : ShopCode { PaymentResult Pay(Order o) { var transactionId = [|$\"TXN-{Guid.NewGuid():N}\"|]; return new PaymentResult(true, transactionId); } }");

    [Fact]
    public Task A_draw_in_a_local() => Flags("class C : ShopCode { PaymentResult Pay(decimal amount) { var roll = Random.Shared.Next(1, 11); if ([|roll <= 9|]) return new PaymentResult(amount > 0); return new PaymentResult(false); } }");

    [Fact]
    public Task A_success_that_is_drawn() => Flags("class C : ShopCode { bool Charge(decimal amount) { var ok = [|new Random().Next(100) < 95|]; return ok; } }");

    [Fact]
    public Task A_thread_that_sleeps() => Flags("class C : ShopCode { bool Publish(Order o) { [|Thread.Sleep(500)|]; return o.Id > 0; } }");

    [Fact]
    public Task A_wait_and_a_success() => Flags("class C : ShopCode { async Task<PaymentResult> ChargeAsync(decimal amount) { await [|Task.Delay(250)|]; return new PaymentResult(true, amount.ToString()); } }");

    [Fact]
    public Task A_delay_that_says_so_among_real_work() => Flags("""
        class C : ShopCode
        {
            async Task PayAsync(Order order)
            {
                // Simulate the gateway's answer
                await [|Task.Delay(200)|];
                order.Status = OrderStatus.Paid;
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task A_delay_that_says_so_on_its_line() => Flags("""
        class C : ShopCode
        {
            async Task PayAsync(Order order)
            {
                if (order.Total > 0)
                {
                    await [|Task.Delay(200)|]; // simulating network latency
                }
                await db.SaveChangesAsync();
            }
        }
        """);

    [Theory]
    [InlineData("async Task<IActionResult> Login(string name) { if (name.Length == 0) { await Task.Delay(200); return Unauthorized(); } return Ok(); }")]
    [InlineData("async Task YieldAsync(Order o) { await Task.Delay(0); o.Id = 1; }")]
    [InlineData("string GenerateData(Random random) => random.NextDouble() > 0.2 ? \"USD\" : \"EUR\";")]
    [InlineData("async Task<bool> SendAsync(Order order) { await mailer.SendReceiptAsync(order); return true; }")]
    [InlineData("Task NotifyAsync(Order order) => Task.CompletedTask;")]
    [InlineData("bool Publish() => true;")]
    [InlineData("bool Reserve(Product product, int quantity) { product.Stock -= quantity; return true; }")]
    [InlineData("bool Release(List<Order> held, Order order) { held.Remove(order); return true; }")]
    [InlineData("class ConsoleMailer { public Task SendAsync(string to) { Console.WriteLine(to); return Task.CompletedTask; } }")]
    [InlineData("bool ShouldSample() => Random.Shared.NextDouble() < 0.01;")]
    [InlineData("Task<PaymentResult> PayAsync(Order o) { var paymentKey = $\"pay-{Guid.NewGuid()}\"; return gateway.ChargeAsync(o.Total, \"t\", paymentKey); }")]
    [InlineData("async Task<string> PayAsync(Order o) { var transactionId = $\"TXN-{Guid.NewGuid()}\"; await gateway.ChargeAsync(o.Total, transactionId); return transactionId; }")]
    [InlineData("bool IsEven(int n) => n % 2 == 0;")]
    public Task Real_waits_and_real_work(string member) => Allows("class C : ShopCode { " + member + " }");

    [Fact]
    public Task A_constant_time() => Allows("class C : ShopCode { async Task PerformConstantTimeOperationsAsync(string email) { await Task.Delay(130); } }");

    [Fact]
    public Task A_number_of_an_order() => Allows("class C : ShopCode { string NewOrderNumber() { var orderNumber = $\"ORD-{Guid.NewGuid():N}\"; return orderNumber; } }");

    [Fact]
    public Task A_refund_that_is_refused() => Allows("class C : ShopCode { Task<bool> RefundAsync(string reference, decimal amount) { log.LogWarning(\"No refunds\"); return Task.FromResult(false); } }");

    [Fact]
    public Task A_state_that_changes() => Allows("class C : ShopCode { bool Cancel(Order order) { if (order.Status == OrderStatus.Shipped) return false; order.Status = OrderStatus.Cancelled; return true; } }");

    [Fact]
    public Task An_experiment() => Allows("class C : ShopCode { bool InExperiment(int id) => new Random(id).Next(100) < 10; }");

    [Fact]
    public Task A_time_that_callers_choose() => Allows("class C : ShopCode { async Task PayAsync(Order o, TimeSpan grace) { await Task.Delay(grace); o.Status = OrderStatus.Paid; } }");

    [Fact]
    public Task A_wait_before_real_work() => Allows("class C : ShopCode { async Task<PaymentResult> PayAsync(Order o) { await Task.Delay(100); return await gateway.ChargeAsync(o.Total, \"t\"); } }");

    [Fact]
    public Task A_loop_that_polls() => Allows("class C : ShopCode { async Task PollAsync(Order o) { while (o.Status == OrderStatus.AwaitingPayment) await Task.Delay(100); } }");

    [Fact]
    public Task A_member_that_says_that_it_waits() => Allows("class C : ShopCode { async Task WaitForSettlementAsync(Order o) { await Task.Delay(500); o.Status = OrderStatus.Paid; } }");

    [Fact]
    public Task A_wait_between_attempts() => Allows("class C : ShopCode { async Task<decimal> PriceAsync(int id) { for (var i = 1; i < 4; i++) { try { return await prices.GetPriceAsync(id); } catch (HttpRequestException) { await Task.Delay(100 * i); } } throw new InvalidOperationException(); } }");

    [Fact]
    public Task A_service_that_waits_for_its_start() => Allows("""
        class Worker : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stop) { await Task.Delay(1000, stop); Console.WriteLine("up"); }
        }
        """);

    [Fact]
    public Task The_work_throws_until_it_is_written() => Fixes("""
        class C : ShopCode
        {
            public async Task<PaymentResult> ChargeAsync(decimal amount)
            {
                await [|Task.Delay(250)|];
                return new PaymentResult(true, amount.ToString());
            }
        }
        """, """
        class C : ShopCode
        {
            public Task<PaymentResult> ChargeAsync(decimal amount)
            {
                throw new NotImplementedException();
            }
        }
        """);

    [Fact]
    public Task A_readiness_probe_that_is_always_green() => Flags("""
        [ApiController]
        public class OperationalController(ILogger<OperationalController> logger) : ControllerBase
        {
            [HttpGet("/health/ready")]
            public ActionResult<object> Readiness()
            {
                logger.LogDebug("Readiness requested");
                return Ok(new { status = "ready", timestamp = DateTime.UtcNow, checks = new { [|database = "connected"|], stripe = "connected" } });
            }
        }
        """);

    [Fact]
    public Task A_health_route_that_asks_nobody() => Flags("""
        var app = WebApplication.Create();
        app.MapGet("/api/payments/health", () => Results.Ok(new { service = "payments", [|redis = "healthy"|] }));
        app.Run();
        """);

    [Fact]
    public Task A_probe_that_connects_first() => Allows("""
        public class HealthController : ShopCode
        {
            [HttpGet("/health")]
            public async Task<IActionResult> Get() => await db.Database.CanConnectAsync() ? Ok(new { database = "connected" }) : StatusCode(503, new { database = "down" });
        }
        """);

    [Fact]
    public Task A_liveness_answer_about_itself() => Allows("""
        public class HealthController : ControllerBase { [HttpGet("/health/live")] public IActionResult Live() => Ok(new { status = "alive", service = "payments" }); }
        """);

    [Fact]
    public Task A_row_of_a_report_about_a_store() => Allows("""
        public class StoresController : ControllerBase { [HttpGet("/stores")] public IActionResult List() => Ok(new { database = "connected", city = "Basel" }); }
        """);

    [Fact]
    public Task A_provider_reference_from_the_dice() => Flags("""
        public class Payments
        {
            private static string GenerateProviderReference()
            {
                const string chars = "abcdefghijklmnopqrstuvwxyz0123456789";
                var random = new Random();
                var suffix = new string(Enumerable.Repeat(chars, 14).Select(s => s[random.Next(s.Length)]).ToArray());
                return [|$"pay_{suffix}"|];
            }
        }
        """);

    [Fact]
    public Task A_consumer_that_only_writes_down_what_came() => Flags("interface IConsumer<T> { Task Consume(T message); } class OrderCreatedConsumer(ILogger<OrderCreatedConsumer> log) : IConsumer<Order> { public Task Consume(Order message) { [|log.LogInformation(\"Consumed {Id}\", message.Id)|]; return Task.CompletedTask; } }");

    [Fact]
    public Task A_consumer_that_does_something() => Allows("interface IConsumer<T> { Task Consume(T message); } class OrderCreatedConsumer(ILogger<OrderCreatedConsumer> log, IMailer mailer) : IConsumer<Order> { public async Task Consume(Order message) { log.LogInformation(\"Consumed {Id}\", message.Id); await mailer.SendReceiptAsync(message); } }");

    [Fact]
    public Task A_consumer_that_is_a_log() => Allows("interface IConsumer<T> { Task Consume(T message); } class OrderLogConsumer(ILogger<OrderLogConsumer> log) : IConsumer<Order> { public Task Consume(Order message) { log.LogInformation(\"Consumed {Id}\", message.Id); return Task.CompletedTask; } }");

    [Fact]
    public Task A_dispute_that_is_only_written_down() => Flags("""
        class StripeWebhookService(ILogger log)
        {
            private async Task HandleChargeDispute(Stripe.Event stripeEvent, CancellationToken cancellation)
            {
                if (stripeEvent.Data.Object is not Stripe.Dispute dispute)
                {
                    log.LogWarning("no dispute");
                    return;
                }
                [|log.LogWarning("dispute of {Charge}", dispute.ChargeId)|];
            }
        }
        """);

    [Fact]
    public Task A_dispute_that_is_kept() => Allows("""
        class StripeWebhookService(ILogger log, ShopDb db)
        {
            private async Task HandleChargeDispute(Order order, CancellationToken cancellation) { log.LogWarning("dispute of {Order}", order.Id); order.Status = OrderStatus.Cancelled; await db.SaveChangesAsync(cancellation); }
        }
        """);

    [Fact]
    public Task An_event_of_a_bus_that_is_only_written_down_elsewhere() => Allows("""
        class OrderDiagnostics(ILogger log) { private void HandleFailedOrder(Order order) { log.LogWarning("failed {Order}", order.Id); } }
        """);
}

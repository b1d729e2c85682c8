using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Residue;

public sealed class SimulatedWorkTests() : RuleTest("RISK7002")
{
    [Theory]
    [InlineData("async Task<PaymentResult> ChargeAsync(decimal amount) { await [|Task.Delay(250)|]; return new PaymentResult(true, amount.ToString()); }")]
    [InlineData("async Task SendReceiptAsync(Order o) { log.LogInformation(\"Mail to {C}\", o.CustomerId); await [|Task.Delay(TimeSpan.FromMilliseconds(100))|]; }")]
    [InlineData("async Task<decimal> FetchRateAsync(string currency) { await [|Task.Delay(50)|].ConfigureAwait(false); return currency == \"USD\" ? 1.1m : 1m; }")]
    [InlineData("bool Publish(Order o) { [|Thread.Sleep(500)|]; return o.Id > 0; }")]
    [InlineData("async Task<PaymentResult> PayAsync(decimal amount) { try { await [|Task.Delay(Random.Shared.Next(100, 300))|]; return new PaymentResult(true, amount.ToString()); } catch (Exception e) { return new PaymentResult(false, null, e.Message); } }")]
    [InlineData("async Task RefundAsync(Order o, CancellationToken c) { await [|Task.Delay(10, c)|]; o.Status = OrderStatus.Cancelled; }")]
    [InlineData("async Task<string> ShipAsync(Order o) { var label = \"L\" + o.Id; await [|Task.Delay(10)|]; return label; }")]
    [InlineData("bool Charge(decimal amount) { var ok = [|new Random().Next(100) < 95|]; return ok; }")]
    [InlineData("PaymentResult Pay(decimal amount) { var roll = Random.Shared.Next(1, 11); if ([|roll <= 9|]) return new PaymentResult(amount > 0); return new PaymentResult(false); }")]
    [InlineData("Task<bool> RefundAsync(string reference, decimal amount) { log.LogInformation(\"Refunded {Reference}\", reference); return [|Task.FromResult(true)|]; }")]
    [InlineData("Task<PaymentResult> CaptureAsync(string id) => [|Task.FromResult(new PaymentResult(true, id))|];")]
    [InlineData("Task SendReceiptAsync(string email) { [|Console.WriteLine($\"To: {email}\")|]; return Task.CompletedTask; }")]
    [InlineData("void NotifyWarehouse(Order order) { [|log.LogInformation(\"Warehouse told about {Id}\", order.Id)|]; }")]
    [InlineData("bool Reserve(string sku, int quantity) { if (quantity <= 0) throw new ArgumentException(sku); return [|true|]; }")]
    [InlineData("(bool Ok, string Message) Ship(Order order) => [|(true, \"on its way\")|];")]
    [InlineData("Task<string> CreateShipmentAsync(Order order) => Task.FromResult([|\"TRACK-\" + DateTime.UtcNow.Ticks|]);")]
    [InlineData("PaymentResult Capture(decimal amount) => [|Random.Shared.NextDouble() > 0.1|] ? new PaymentResult(true) : new PaymentResult(false);")]
    [InlineData("PaymentResult Pay(Order o) { var transactionId = [|$\"TXN-{Guid.NewGuid():N}\"|]; return new PaymentResult(true, transactionId); }")]
    [InlineData("PaymentResult Pay(Order o) => new PaymentResult(true, TransactionId: [|\"pi_\" + Guid.NewGuid()|]);")]
    [InlineData("void Pay(Order o) { o.PaymentReference = [|$\"PAY-{DateTime.UtcNow.Ticks}\"|]; o.Status = OrderStatus.Paid; }")]
    public Task Work_that_is_played(string member) => Flags("class C : ShopCode { " + member + " }");

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
    [InlineData("async Task<decimal> PriceAsync(int id) { for (var i = 1; i < 4; i++) { try { return await prices.GetPriceAsync(id); } catch (HttpRequestException) { await Task.Delay(100 * i); } } throw new InvalidOperationException(); }")]
    [InlineData("async Task WaitForSettlementAsync(Order o) { await Task.Delay(500); o.Status = OrderStatus.Paid; }")]
    [InlineData("async Task PollAsync(Order o) { while (o.Status == OrderStatus.AwaitingPayment) await Task.Delay(100); }")]
    [InlineData("async Task<PaymentResult> PayAsync(Order o) { await Task.Delay(100); return await gateway.ChargeAsync(o.Total, \"t\"); }")]
    [InlineData("async Task PayAsync(Order o, TimeSpan grace) { await Task.Delay(grace); o.Status = OrderStatus.Paid; }")]
    [InlineData("async Task<IActionResult> Login(string name) { if (name.Length == 0) { await Task.Delay(200); return Unauthorized(); } return Ok(); }")]
    [InlineData("async Task YieldAsync(Order o) { await Task.Delay(0); o.Id = 1; }")]
    [InlineData("bool InExperiment(int id) => new Random(id).Next(100) < 10;")]
    [InlineData("string GenerateData(Random random) => random.NextDouble() > 0.2 ? \"USD\" : \"EUR\";")]
    [InlineData("async Task PerformConstantTimeOperationsAsync(string email) { await Task.Delay(130); }")]
    [InlineData("bool Cancel(Order order) { if (order.Status == OrderStatus.Shipped) return false; order.Status = OrderStatus.Cancelled; return true; }")]
    [InlineData("Task<bool> RefundAsync(string reference, decimal amount) { log.LogWarning(\"No refunds\"); return Task.FromResult(false); }")]
    [InlineData("async Task<bool> SendAsync(Order order) { await mailer.SendReceiptAsync(order); return true; }")]
    [InlineData("Task NotifyAsync(Order order) => Task.CompletedTask;")]
    [InlineData("bool Publish() => true;")]
    [InlineData("bool Reserve(Product product, int quantity) { product.Stock -= quantity; return true; }")]
    [InlineData("bool Release(List<Order> held, Order order) { held.Remove(order); return true; }")]
    [InlineData("class ConsoleMailer { public Task SendAsync(string to) { Console.WriteLine(to); return Task.CompletedTask; } }")]
    [InlineData("bool ShouldSample() => Random.Shared.NextDouble() < 0.01;")]
    [InlineData("string NewOrderNumber() { var orderNumber = $\"ORD-{Guid.NewGuid():N}\"; return orderNumber; }")]
    [InlineData("Task<PaymentResult> PayAsync(Order o) { var paymentKey = $\"pay-{Guid.NewGuid()}\"; return gateway.ChargeAsync(o.Total, \"t\", paymentKey); }")]
    [InlineData("async Task<string> PayAsync(Order o) { var transactionId = $\"TXN-{Guid.NewGuid()}\"; await gateway.ChargeAsync(o.Total, transactionId); return transactionId; }")]
    [InlineData("bool IsEven(int n) => n % 2 == 0;")]
    public Task Real_waits_and_real_work(string member) => Allows("class C : ShopCode { " + member + " }");

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
}

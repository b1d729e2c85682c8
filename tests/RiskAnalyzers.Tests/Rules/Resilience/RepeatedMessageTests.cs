using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Resilience;

public sealed class RepeatedMessageTests() : RuleTest("RISK5015")
{
    private const string Bus = "interface IConsumer<T> { Task Consume(ConsumeContext<T> context); } class ConsumeContext<T> { public T Message { get; set; } = default!; public Guid? Id { get; set; } } record StockReduced(int ProductId, int Quantity, decimal Amount, Guid Key); ";

    [Fact]
    public Task Stock_that_is_subtracted() => Flags(Bus + "class StockConsumer(ShopDb db) : IConsumer<StockReduced> { public async Task Consume(ConsumeContext<StockReduced> context) { var product = await db.Products.FirstAsync(p => p.Id == context.Message.ProductId); [|product.Stock -= context.Message.Quantity|]; await db.SaveChangesAsync(); } }");

    [Fact]
    public Task Where_the_row_is_there() => Flags(Bus + "class StockConsumer(ShopDb db) : IConsumer<StockReduced> { public async Task Consume(ConsumeContext<StockReduced> context) { var product = await db.Products.FindAsync(context.Message.ProductId); if (product != null) { [|product.Stock -= context.Message.Quantity|]; await db.SaveChangesAsync(); } } }");

    [Fact]
    public Task By_a_service() => Flags(Bus + "interface IStock { Task ReduceAsync(int id, int quantity); } class StockConsumer(IStock stock) : IConsumer<StockReduced> { public Task Consume(ConsumeContext<StockReduced> context) => [|stock.ReduceAsync(context.Message.ProductId, context.Message.Quantity)|]; }");

    [Fact]
    public Task A_counter() => Flags(Bus + "class Stats { public int Orders { get; set; } } class StatsConsumer(Stats stats) : IConsumer<StockReduced> { public Task Consume(ConsumeContext<StockReduced> context) { [|stats.Orders++|]; return Task.CompletedTask; } }");

    [Fact]
    public Task A_charge() => Flags(Bus + "class ChargeConsumer(IPaymentGateway gateway) : IConsumer<StockReduced> { public async Task Consume(ConsumeContext<StockReduced> context) { await [|gateway.ChargeAsync(context.Message.Amount, \"t\")|]; } }");

    [Fact]
    public Task An_order_that_is_created() => Flags(Bus + "interface IOrders { Task<int> CreateOrderAsync(decimal total); } class BasketConsumer(IOrders orders) : IConsumer<StockReduced> { public async Task Consume(ConsumeContext<StockReduced> context) { await [|orders.CreateOrderAsync(context.Message.Amount)|]; } }");

    [Fact]
    public Task By_a_command() => Flags(Bus + "record CreateOrderCommand(decimal Total); interface ISender { Task<int> Send(object request); } class BasketConsumer(ISender sender) : IConsumer<StockReduced> { public async Task Consume(ConsumeContext<StockReduced> context) { var command = new CreateOrderCommand(context.Message.Amount); await [|sender.Send(command)|]; } }");

    [Fact]
    public Task A_handler_of_integration_events() => Flags(Bus + "interface IIntegrationEventHandler<T> { Task Handle(T e); } class Handler(ShopDb db) : IIntegrationEventHandler<StockReduced> { public async Task Handle(StockReduced e) { var c = await db.Customers.SingleAsync(); [|c.Balance += e.Amount|]; await db.SaveChangesAsync(); } }");

    [Fact]
    public Task A_queue_trigger() => Flags(Bus + "class QueueTriggerAttribute : Attribute { public QueueTriggerAttribute(string name) { } } class Function(ShopDb db) { public async Task Run([QueueTrigger(\"stock\")] StockReduced message) { var p = await db.Products.SingleAsync(); [|p.Stock -= message.Quantity|]; await db.SaveChangesAsync(); } }");

    [Fact]
    public Task A_subscription_to_a_topic() => Flags(Bus + "class TopicAttribute : Attribute { public TopicAttribute(string bus, string name) { } } class C : ShopCode { [Topic(\"pubsub\", \"refunds\"), HttpPost] public async Task<IActionResult> Refund(StockReduced message) { await [|gateway.RefundAsync(\"r\", message.Amount)|]; return Ok(); } }");

    [Fact]
    public Task The_id_of_the_message_is_kept() => Allows(Bus + "class StockConsumer(ShopDb db, HashSet<Guid> seen) : IConsumer<StockReduced> { Guid MessageId(ConsumeContext<StockReduced> c) => c.Id ?? Guid.Empty; public async Task Consume(ConsumeContext<StockReduced> context) { if (!seen.Add(MessageId(context))) return; var product = await db.Products.SingleAsync(); product.Stock -= context.Message.Quantity; await db.SaveChangesAsync(); } }");

    [Fact]
    public Task Asked_whether_it_is_there() => Allows(Bus + "class StockConsumer(ShopDb db) : IConsumer<StockReduced> { public async Task Consume(ConsumeContext<StockReduced> context) { if (await db.Orders.AnyAsync(o => o.PaymentReference == context.Message.Key.ToString())) return; var product = await db.Products.SingleAsync(); product.Stock -= context.Message.Quantity; await db.SaveChangesAsync(); } }");

    [Fact]
    public Task A_look_at_the_state() => Allows(Bus + "class PaidConsumer(ShopDb db) : IConsumer<StockReduced> { public async Task Consume(ConsumeContext<StockReduced> context) { var order = await db.Orders.SingleAsync(); if (order.Status == OrderStatus.Paid) return; order.Status = OrderStatus.Paid; foreach (var line in order.Lines) line.Product!.Stock -= line.Quantity; await db.SaveChangesAsync(); } }");

    [Fact]
    public Task One_that_exists_ends_it() => Allows(Bus + "interface IOrders { Task<Order?> FindByKeyAsync(Guid key); Task<int> CreateOrderAsync(decimal total); } class BasketConsumer(IOrders orders) : IConsumer<StockReduced> { public async Task Consume(ConsumeContext<StockReduced> context) { var existing = await orders.FindByKeyAsync(context.Message.Key); if (existing is not null) return; await orders.CreateOrderAsync(context.Message.Amount); } }");

    [Fact]
    public Task A_state_that_is_set() => Allows(Bus + "class PriceConsumer(ShopDb db) : IConsumer<StockReduced> { public async Task Consume(ConsumeContext<StockReduced> context) { var product = await db.Products.SingleAsync(); product.Price = context.Message.Amount; await db.SaveChangesAsync(); } }");

    [Fact]
    public Task A_mail() => Allows(Bus + "class MailConsumer(IMailer mailer) : IConsumer<StockReduced> { public Task Consume(ConsumeContext<StockReduced> context) => mailer.SendReceiptAsync(new Order()); }");

    [Fact]
    public Task A_sum_of_its_own() => Allows(Bus + "class SumConsumer(ILogger<SumConsumer> log) : IConsumer<StockReduced> { public Task Consume(ConsumeContext<StockReduced> context) { var total = 0m; total += context.Message.Amount; log.LogInformation(\"{Total}\", total); return Task.CompletedTask; } }");

    [Fact]
    public Task An_inbox_of_the_bus() => Allows(Bus + "static class Setup { public static void UseInbox(this IServiceCollection services) { } } class StockConsumer(ShopDb db) : IConsumer<StockReduced> { public async Task Consume(ConsumeContext<StockReduced> context) { var product = await db.Products.SingleAsync(); product.Stock -= context.Message.Quantity; await db.SaveChangesAsync(); } }");

    [Fact]
    public Task A_handler_in_the_process() => Allows(Bus + "interface IRequestHandler<T> { Task Handle(T request); } class Handler(ShopDb db) : IRequestHandler<StockReduced> { public async Task Handle(StockReduced request) { var product = await db.Products.SingleAsync(); product.Stock -= request.Quantity; await db.SaveChangesAsync(); } }");

    [Fact]
    public Task A_key_for_the_charge() => Allows(Bus + "class ChargeConsumer(IPaymentGateway gateway) : IConsumer<StockReduced> { public async Task Consume(ConsumeContext<StockReduced> context) { await gateway.ChargeAsync(context.Message.Amount, \"t\", idempotencyKey: context.Message.Key.ToString()); } }");

    [Fact]
    public Task Stock_that_is_computed_for_an_update() => Flags(Bus + "record Update(int Id) { public int Stock { get; set; } } interface IProducts { Task<Product> GetAsync(int id); Task SaveAsync(Update update); } class StockConsumer(IProducts products) : IConsumer<StockReduced> { public async Task Consume(ConsumeContext<StockReduced> context) { var product = await products.GetAsync(context.Message.ProductId); var update = new Update(product.Id) { [|Stock = product.Stock - context.Message.Quantity|] }; await products.SaveAsync(update); } }");
}

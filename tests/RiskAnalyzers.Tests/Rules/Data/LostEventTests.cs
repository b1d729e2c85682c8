using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Data;

public sealed class LostEventTests() : RuleTest("RISK6012")
{
    private const string Bus = "interface IPublishEndpoint { Task Publish(object message, CancellationToken ct = default); } interface IEventBus { Task PublishAsync(object message); } record OrderPaid(int Id); ";

    [Fact]
    public Task Published_behind_the_save() => Flags(Bus + "class C(ShopDb db, IPublishEndpoint bus) { public async Task M(Order o) { db.Orders.Add(o); await db.SaveChangesAsync(); await [|bus.Publish(new OrderPaid(o.Id))|]; } }");

    [Fact]
    public Task On_an_event_bus() => Flags(Bus + "class C(ShopDb db, IEventBus events) { public async Task M(Order o) { o.Status = OrderStatus.Paid; await db.SaveChangesAsync(); await [|events.PublishAsync(new OrderPaid(o.Id))|]; } }");

    [Fact]
    public Task By_a_repository() => Flags(Bus + "interface IOrderRepository { Task AddAsync(Order o); } class OrderRepository(ShopDb db) : IOrderRepository { public async Task AddAsync(Order o) { db.Orders.Add(o); await db.SaveChangesAsync(); } } class C(IOrderRepository orders, IEventBus events) { public async Task M(Order o) { await orders.AddAsync(o); await [|events.PublishAsync(new OrderPaid(o.Id))|]; } }");

    [Fact]
    public Task The_first_of_several() => Flags(Bus + "class C(ShopDb db, IPublishEndpoint bus) { public async Task M(Order o) { await db.SaveChangesAsync(); await [|bus.Publish(new OrderPaid(o.Id))|]; await bus.Publish(new OrderPaid(1)); } }");

    [Fact]
    public Task In_a_loop_over_lines() => Flags(Bus + "class C(ShopDb db, IPublishEndpoint bus) { public async Task M(Order o) { await db.SaveChangesAsync(); foreach (var line in o.Lines) await [|bus.Publish(new OrderPaid(line.Id))|]; } }");

    [Fact]
    public Task In_a_handler() => Flags(Bus + "record Command(Order Order); class Handler(ShopDb db, IPublishEndpoint publishEndpoint) { public async Task<int> Handle(Command command, CancellationToken ct) { db.Orders.Add(command.Order); await db.SaveChangesAsync(ct); await [|publishEndpoint.Publish(new OrderPaid(command.Order.Id), ct)|]; return command.Order.Id; } }");

    [Fact]
    public Task With_a_try_around_it() => Flags(Bus + "class C(ShopDb db, IEventBus bus) { public async Task M(Order o) { await db.SaveChangesAsync(); try { await [|bus.PublishAsync(new OrderPaid(o.Id))|]; } catch (TimeoutException) { throw; } } }");

    [Fact]
    public Task By_the_name_of_the_field() => Flags(Bus + "interface ITransport { Task PublishAsync(object message); } class C(ShopDb db) { readonly ITransport _messageBus = null!; public async Task M(Order o) { await db.SaveChangesAsync(); await [|_messageBus.PublishAsync(new OrderPaid(o.Id))|]; } }");

    [Fact]
    public Task To_a_queue() => Flags(Bus + "class ServiceBusSender { public Task SendMessageAsync(object message) => Task.CompletedTask; } class C(ShopDb db, ServiceBusSender sender) { public async Task M(Order o) { await db.SaveChangesAsync(); await [|sender.SendMessageAsync(new OrderPaid(o.Id))|]; } }");

    [Fact]
    public Task By_a_producer() => Flags(Bus + "interface IKafkaProducer { Task ProduceAsync(string topic, object message); } class C(ShopDb db, IKafkaProducer producer) { public async Task M(Order o) { await db.SaveChangesAsync(); await [|producer.ProduceAsync(\"orders\", new OrderPaid(o.Id))|]; } }");

    [Fact]
    public Task An_outbox_in_memory() => Flags(Bus + "class Setup { public void UseInMemoryOutbox() { } } class C(ShopDb db, IPublishEndpoint bus) { public async Task M(Order o) { await db.SaveChangesAsync(); await [|bus.Publish(new OrderPaid(o.Id))|]; } }");

    [Fact]
    public Task In_each_case_of_a_switch() => Flags(Bus + """
        class C(ShopDb db, IPublishEndpoint bus)
        {
            public async Task M(string type, Order o)
            {
                switch (type)
                {
                    case "paid":
                        await db.SaveChangesAsync();
                        await [|bus.Publish(new OrderPaid(o.Id))|];
                        break;
                    case "failed":
                        await db.SaveChangesAsync();
                        await [|bus.Publish(new OrderPaid(-o.Id))|];
                        break;
                }
            }
        }
        """);

    [Fact]
    public Task What_another_case_saves() => Allows(Bus + """
        class C(ShopDb db, IPublishEndpoint bus)
        {
            public async Task M(string type, Order o)
            {
                switch (type)
                {
                    case "paid":
                        await db.SaveChangesAsync();
                        break;
                    case "seen":
                        await bus.Publish(new OrderPaid(o.Id));
                        break;
                }
            }
        }
        """);

    [Fact]
    public Task Published_before_the_save() => Allows(Bus + "class C(ShopDb db, IPublishEndpoint bus) { public async Task M(Order o) { await bus.Publish(new OrderPaid(o.Id)); await db.SaveChangesAsync(); } }");

    [Fact]
    public Task Nothing_saved() => Allows(Bus + "class C(IPublishEndpoint bus) { public Task M(Order o) => bus.Publish(new OrderPaid(o.Id)); }");

    [Fact]
    public Task To_handlers_in_the_process() => Allows(Bus + "interface IMediator { Task Publish(object notification); } class C(ShopDb db, IMediator mediator) { public async Task M(Order o) { await db.SaveChangesAsync(); await mediator.Publish(new OrderPaid(o.Id)); } }");

    [Fact]
    public Task A_mail() => Allows(Bus + "class C(ShopDb db, IMailer mailer) { public async Task M(Order o) { await db.SaveChangesAsync(); await mailer.SendReceiptAsync(o); } }");

    [Fact]
    public Task An_outbox() => Allows(Bus + "class OutboxMessage { public string Text { get; set; } = \"\"; } class C(ShopDb db, IPublishEndpoint bus) { public async Task M(Order o) { await db.SaveChangesAsync(); await bus.Publish(new OrderPaid(o.Id)); } }");

    [Fact]
    public Task A_query_before() => Allows(Bus + "class C(ShopDb db, IPublishEndpoint bus) { public async Task M(int id) { var order = await db.Orders.SingleAsync(o => o.Id == id); await bus.Publish(new OrderPaid(order.Id)); } }");

    [Fact]
    public Task In_another_function() => Allows(Bus + "class C(ShopDb db, IPublishEndpoint bus) { public Task Save() => db.SaveChangesAsync(); public Task Tell(Order o) => bus.Publish(new OrderPaid(o.Id)); }");

    [Fact]
    public Task A_page_that_is_published() => Allows(Bus + "interface ICatalog { Task PublishAsync(Product p); } class C(ShopDb db, ICatalog catalog) { public async Task M(Product p) { await db.SaveChangesAsync(); await catalog.PublishAsync(p); } }");

    [Fact]
    public Task A_synchronous_event_of_the_process() => Allows(Bus + "interface IEventBus2 { void Publish(object message); } class C(ShopDb db, IEventBus2 bus) { public async Task M(Order o) { await db.SaveChangesAsync(); bus.Publish(new OrderPaid(o.Id)); } }");

    [Fact]
    public Task A_call_that_is_read() => Allows(Bus + "interface IBusReader { Task<int> CountAsync(); } class C(ShopDb db, IBusReader bus) { public async Task<int> M() { await db.SaveChangesAsync(); return await bus.CountAsync(); } }");

    [Fact]
    public Task Handlers_behind_a_publisher_of_events() => Allows(Bus + "interface IEventPublisher { Task PublishAsync(object message); } class C(ShopDb db, IEventPublisher eventPublisher) { public async Task M(Order o) { await db.SaveChangesAsync(); await eventPublisher.PublishAsync(new OrderPaid(o.Id)); } }");
}

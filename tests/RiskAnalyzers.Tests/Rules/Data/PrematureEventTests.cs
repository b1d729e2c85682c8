using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Data;

public sealed class PrematureEventTests() : RuleTest("RISK6017")
{
    private const string Bus = "interface IPublishEndpoint { Task Publish(object message, CancellationToken ct = default); } interface IEventBus { Task PublishAsync(object message); } record OrderPaid(int Id, decimal Total = 0); "
        + "interface IOrderRepository { Task<Order?> GetAsync(int id); Task UpdateAsync(Order o); Task DeleteAsync(int id); } ";

    [Fact]
    public Task Before_the_repository_updates() => Flags(Bus + "class C(IOrderRepository orders, IPublishEndpoint bus) { public async Task M(int id) { var order = await orders.GetAsync(id); order!.Total = 1; await [|bus.Publish(new OrderPaid(order.Id, order.Total))|]; await orders.UpdateAsync(order); } }");

    [Fact]
    public Task Before_the_context_saves() => Flags(Bus + "class C(ShopDb db, IEventBus events) { public async Task M(Order order) { db.Orders.Add(order); await [|events.PublishAsync(new OrderPaid(order.Id))|]; await db.SaveChangesAsync(); } }");

    [Fact]
    public Task A_state_that_was_set() => Flags(Bus + "class C(ShopDb db, IEventBus events) { public async Task M(int id) { var order = await db.Orders.FindAsync(id); order!.Status = OrderStatus.Paid; await [|events.PublishAsync(new OrderPaid(order.Id))|]; await db.SaveChangesAsync(); } }");

    [Fact]
    public Task In_each_branch_before_one_save() => Flags(Bus + """
        class C(IOrderRepository orders, IPublishEndpoint bus)
        {
            public async Task M(Order order)
            {
                if (order.Total > 0)
                {
                    await [|bus.Publish(new OrderPaid(order.Id))|];
                }
                else if (order.Total < 0)
                {
                    await [|bus.Publish(new OrderPaid(-order.Id))|];
                }
                await orders.UpdateAsync(order);
            }
        }
        """);

    [Fact]
    public Task In_a_loop_behind_which_it_saves() => Flags(Bus + "class C(ShopDb db, IEventBus events) { public async Task M(List<Order> all) { foreach (var order in all) { order.Total = 0; await [|events.PublishAsync(new OrderPaid(order.Id))|]; } await db.SaveChangesAsync(); } }");

    [Fact]
    public Task In_a_handler() => Flags(Bus + "record Pay(int Id); class Handler(ShopDb db, IPublishEndpoint endpoint) { public async Task<bool> Handle(Pay command, CancellationToken ct) { var order = await db.Orders.FirstAsync(o => o.Id == command.Id, ct); order.Status = OrderStatus.Paid; await [|endpoint.Publish(new OrderPaid(order.Id), ct)|]; await db.SaveChangesAsync(ct); return true; } }");

    [Fact]
    public Task The_thing_itself_is_the_message() => Flags(Bus + "class C(IOrderRepository orders, IEventBus bus) { public async Task M(Order order) { await [|bus.PublishAsync(order)|]; await orders.UpdateAsync(order); } }");

    [Fact]
    public Task With_the_save_in_a_try() => Flags(Bus + "class C(IOrderRepository orders, IEventBus bus) { public async Task M(Order order) { await [|bus.PublishAsync(new OrderPaid(order.Id))|]; try { await orders.UpdateAsync(order); } catch (TimeoutException) { throw; } } }");

    [Fact]
    public Task To_a_queue() => Flags(Bus + "class ServiceBusSender { public Task SendMessageAsync(object message) => Task.CompletedTask; } class C(ShopDb db, ServiceBusSender sender) { public async Task M(Order order) { db.Update(order); await [|sender.SendMessageAsync(new OrderPaid(order.Id))|]; await db.SaveChangesAsync(); } }");

    [Fact]
    public Task A_message_in_a_local_of_its_own_values() => Flags(Bus + "class C(ShopDb db, IEventBus bus) { public async Task M(Order order) { order.Status = OrderStatus.Paid; await [|bus.PublishAsync(new { order.Id, order.Status })|]; await db.SaveChangesAsync(); } }");

    [Fact]
    public Task Behind_the_save() => Allows(Bus + "class C(ShopDb db, IEventBus bus) { public async Task M(Order order) { order.Status = OrderStatus.Paid; await db.SaveChangesAsync(); await bus.PublishAsync(new OrderPaid(order.Id)); } }");

    [Fact]
    public Task Between_two_saves() => Allows(Bus + "class C(ShopDb db, IEventBus bus) { public async Task M(Order order) { db.Add(order); await db.SaveChangesAsync(); await bus.PublishAsync(new OrderPaid(order.Id)); order.Total = 1; await db.SaveChangesAsync(); } }");

    [Fact]
    public Task An_outbox() => Allows(Bus + "class OutboxMessage { } class C(ShopDb db, IEventBus bus) { public async Task M(Order order) { order.Total = 1; await bus.PublishAsync(new OrderPaid(order.Id)); await db.SaveChangesAsync(); } }");

    [Fact]
    public Task An_outbox_in_memory() => Allows(Bus + "class Setup { public void UseInMemoryOutbox() { } } class C(ShopDb db, IEventBus bus) { public async Task M(Order order) { order.Total = 1; await bus.PublishAsync(new OrderPaid(order.Id)); await db.SaveChangesAsync(); } }");

    [Fact]
    public Task A_branch_that_ends_there() => Allows(Bus + "class C(IOrderRepository orders, IEventBus bus) { public async Task M(Order order) { if (order.Total == 0) { await bus.PublishAsync(new OrderPaid(order.Id)); return; } await orders.UpdateAsync(order); } }");

    [Fact]
    public Task The_other_branch_saves() => Allows(Bus + "class C(IOrderRepository orders, IEventBus bus) { public async Task M(Order order) { if (order.Total == 0) await bus.PublishAsync(new OrderPaid(order.Id)); else await orders.UpdateAsync(order); } }");

    [Fact]
    public Task Another_case_saves() => Allows(Bus + "class C(IOrderRepository orders, IEventBus bus) { public async Task M(Order order) { switch (order.Id) { case 1: await bus.PublishAsync(new OrderPaid(order.Id)); break; case 2: await orders.UpdateAsync(order); break; } } }");

    [Fact]
    public Task Something_else_is_saved() => Allows(Bus + "class C(ShopDb db, IOrderRepository orders, IEventBus bus) { public async Task M(Order order, Order other) { await bus.PublishAsync(new OrderPaid(order.Id)); await orders.UpdateAsync(other); } }");

    [Fact]
    public Task A_command_that_changes_nothing_here() => Allows(Bus + "class C(ShopDb db, IEventBus bus) { public async Task M(int id) { await bus.PublishAsync(new OrderPaid(id)); await db.SaveChangesAsync(); } }");

    [Fact]
    public Task A_mediator_in_the_process() => Allows(Bus + "interface IPublisher { Task Publish(object message); } class C(ShopDb db, IPublisher publisher) { public async Task M(Order order) { order.Total = 1; await publisher.Publish(new OrderPaid(order.Id)); await db.SaveChangesAsync(); } }");

    [Fact]
    public Task A_failure_that_is_told_and_then_noted() => Allows(Bus + "class C(IOrderRepository orders, IEventBus bus) { public async Task M(Order order) { try { await orders.GetAsync(1); } catch (TimeoutException) { await bus.PublishAsync(new OrderPaid(order.Id)); } await orders.UpdateAsync(order); } }");
}

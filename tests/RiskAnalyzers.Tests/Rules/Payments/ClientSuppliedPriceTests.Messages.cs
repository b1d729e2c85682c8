namespace RiskAnalyzers.Tests.Rules.Payments;

/// <summary>Prices in commands, events and what else a handler is handed.</summary>
public sealed partial class ClientSuppliedPriceTests
{
    [Fact]
    public Task A_handler_that_puts_the_commands_price_in_the_cart() => Flags("""
        public record AddItemCommand(Guid CartId, int ProductId, decimal Price, int Quantity);
        public class Cart { public List<OrderLine> Items { get; } = []; public void AddItem(int productId, decimal price, int quantity) => Items.Add(new OrderLine { ProductId = productId, UnitPrice = price, Quantity = quantity }); }
        public interface ICartRepository { Task<Cart> GetAsync(Guid id); Task UpdateAsync(Cart cart); }
        public class AddItemHandler(ICartRepository carts)
        {
            public async Task Handle(AddItemCommand command, CancellationToken ct)
            {
                var cart = await carts.GetAsync(command.CartId);
                cart.AddItem(command.ProductId, [|command.Price|], command.Quantity);
                await carts.UpdateAsync(cart);
            }
        }
        """);

    [Fact]
    public Task An_event_of_another_service() => Allows("""
        public record OrderCreatedEvent(int OrderId, decimal TotalAmount);
        public class PaymentConsumer(IPaymentGateway gateway)
        {
            public Task Consume(OrderCreatedEvent message) => gateway.ChargeAsync(message.TotalAmount, "vault", $"order-{message.OrderId}");
        }
        """);

    [Fact]
    public Task An_entity_that_a_command_carries() => Allows("""
        public abstract class BaseEntity { public int Id { get; set; } }
        public class StoredOrder : BaseEntity { public decimal Total { get; set; } public decimal PaidAmount { get; set; } }
        public class MarkAsPaidCommand { public StoredOrder Order { get; set; } = null!; }
        public class MarkAsPaidHandler
        {
            public Task Handle(MarkAsPaidCommand request) { request.Order.PaidAmount = request.Order.Total; return Task.CompletedTask; }
        }
        """);

    [Fact]
    public Task A_message_named_for_what_it_does() => Flags("""
        public interface IRequest<T> { }
        public interface IRequestHandler<TRequest, TResponse> { Task<TResponse> Handle(TRequest request, CancellationToken cancellation); }
        public record PlaceOrder(string CustomerId, string CardToken, decimal Total) : IRequest<int>;
        public class PlaceOrderHandler(ShopDb db, IPaymentGateway gateway) : IRequestHandler<PlaceOrder, int>
        {
            public async Task<int> Handle(PlaceOrder request, CancellationToken cancellation)
            {
                var charge = await gateway.ChargeAsync([|request.Total|], request.CardToken, "key", cancellation);
                if (!charge.Success) throw new InvalidOperationException("declined");
                return 1;
            }
        }
        """);

    [Fact]
    public Task A_domain_object_in_a_handler() => Allows("""
        public record OrderPlaced(Order Order, decimal Total);
        public class OrderPlacedHandler(IPaymentGateway gateway)
        {
            public async Task Handle(OrderPlaced placed, CancellationToken cancellation)
            {
                var charge = await gateway.ChargeAsync(placed.Total, "tok", "key", cancellation);
                if (!charge.Success) throw new InvalidOperationException("declined");
            }
        }
        """);
}

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

    private const string Lists = """
        public class LineDto { public int ProductId { get; set; } public int Quantity { get; set; } public decimal Price { get; set; } }
        public class CreateOrderRequest { public string UserId { get; set; } = ""; public decimal TotalAmount { get; set; } public List<LineDto> Items { get; set; } = new(); }
        public class StoredOrder { public int Id { get; set; } public string UserId { get; set; } = ""; public decimal TotalAmount { get; set; } }
        public interface IMapper { T Map<T>(object source); }
        public interface IOrderEngine { StoredOrder CreateOrder(string user, List<(int Product, int Quantity, decimal Price)> items); decimal Weigh(List<(int Product, decimal Price)> items); }

        """;

    [Fact]
    public Task A_price_in_a_list_of_tuples() => Flags(Lists + """
        public class OrdersController(IOrderEngine engine) : ControllerBase
        {
            [HttpPost]
            public IActionResult Create(CreateOrderRequest request)
            {
                var items = request.Items.Select(i => (i.ProductId, i.Quantity, [|i.Price|])).ToList();
                return Ok(engine.CreateOrder(request.UserId, items));
            }
        }
        """);

    [Fact]
    public Task A_list_of_tuples_that_is_only_weighed() => Allows(Lists + """
        public class OrdersController(IOrderEngine engine) : ControllerBase
        {
            [HttpPost]
            public IActionResult Weigh(CreateOrderRequest request) => Ok(engine.Weigh(request.Items.Select(i => (i.ProductId, i.Price)).ToList()));
        }
        """);

    [Fact]
    public Task A_request_that_is_mapped_to_an_order() => Flags(Lists + """
        public class OrdersController(ShopDb db, IMapper mapper) : ControllerBase
        {
            [HttpPost]
            public async Task<IActionResult> Create(CreateOrderRequest request)
            {
                var order = [|mapper.Map<StoredOrder>(request)|];
                db.Add(order);
                await db.SaveChangesAsync();
                return Ok(order.Id);
            }
        }
        """);

    [Fact]
    public Task A_mapped_order_whose_total_is_computed() => Allows(Lists + """
        public class OrdersController(ShopDb db, IMapper mapper) : ControllerBase
        {
            [HttpPost]
            public async Task<IActionResult> Create(CreateOrderRequest request)
            {
                var order = mapper.Map<StoredOrder>(request);
                order.TotalAmount = await db.Products.SumAsync(p => p.Price);
                db.Add(order);
                await db.SaveChangesAsync();
                return Ok(order.Id);
            }
        }
        """);

    [Fact]
    public Task An_order_that_is_mapped_for_reading() => Allows(Lists + """
        public class OrderView { public decimal TotalAmount { get; set; } }
        public class OrdersController(IMapper mapper) : ControllerBase
        {
            [HttpPost]
            public IActionResult Show(StoredOrder order) => Ok(mapper.Map<OrderView>(order));
        }
        """);

    [Fact]
    public Task A_course_whose_price_is_typed_in() => Allows("""
        public record CreateCourseCommand(string Title, decimal Price, string Currency);
        public class Money { public decimal Amount { get; init; } public string Currency { get; init; } = ""; public static Money Create(decimal amount, string currency) => new() { Amount = amount, Currency = currency }; }
        public class Course { public int Id { get; set; } public Money? Price { get; set; } }
        public class CreateCourseHandler
        {
            public Course Handle(CreateCourseCommand command) => new() { Price = Money.Create(command.Price, command.Currency) };
        }
        """);
}

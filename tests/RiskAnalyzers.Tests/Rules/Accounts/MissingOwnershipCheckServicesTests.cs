using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Accounts;

public sealed class MissingOwnershipCheckServicesTests() : RuleTest("RISK3008")
{
    private const string CurrentUser = "public interface ICurrentUserService { string UserId { get; } }\n";

    [Fact]
    public Task A_service_that_notes_the_caller_and_never_compares() => Flags(CurrentUser + """
        public class RefundDto { public int OrderId { get; set; } public decimal Amount { get; set; } }
        public class RefundService(ShopDb db, ICurrentUserService currentUser, ILogger<RefundService> logger)
        {
            public async Task<bool> RefundAsync(RefundDto request)
            {
                var currentUserId = currentUser.UserId;
                logger.LogInformation("Refund of {Order} by {User}", request.OrderId, currentUserId);
                var order = await [|db.Orders.FirstOrDefaultAsync(o => o.Id == request.OrderId)|];
                if (order is null) return false;
                order.Status = OrderStatus.Cancelled;
                await db.SaveChangesAsync();
                return true;
            }
        }
        """);

    [Fact]
    public Task A_note_of_who_did_it_is_no_check() => Flags(CurrentUser + """
        public class Refund { public int OrderId { get; set; } public string? CreatedBy { get; set; } }
        public class RefundService(ShopDb db, ICurrentUserService currentUser)
        {
            public async Task<Refund> RefundAsync(int orderId)
            {
                var order = await [|db.Orders.FindAsync(orderId)|] ?? throw new KeyNotFoundException();
                return new Refund { OrderId = order.Id, CreatedBy = currentUser.UserId };
            }
        }
        """);

    [Fact]
    public Task The_owner_is_whom_the_request_names() => Flags(CurrentUser + """
        public class SaveCardRequest { public string CustomerId { get; set; } = ""; public string Token { get; set; } = ""; }
        public class PaymentMethod { public int Id { get; set; } public string CustomerId { get; set; } = ""; public string? CreatedBy { get; set; } }
        public class CardService(DbContext db, ICurrentUserService currentUser)
        {
            public async Task SaveAsync(SaveCardRequest request)
            {
                var by = currentUser.UserId;
                db.Add(new PaymentMethod { [|CustomerId = request.CustomerId|], CreatedBy = by });
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task A_handler_whose_message_names_no_caller() => Flags("""
        public interface IOrderRepository { Task<Order?> GetByIdAsync(int id, CancellationToken token); }
        public record GetOrderQuery(int OrderId, string UserId);
        public record PayOrderCommand(int OrderId, string Method);
        public class PayOrderHandler(IOrderRepository orders, IPaymentGateway gateway)
        {
            public async Task<bool> Handle(PayOrderCommand request, CancellationToken token)
            {
                var order = await [|orders.GetByIdAsync(request.OrderId, token)|];
                if (order is null) return false;
                return (await gateway.ChargeAsync(order.Total, request.Method)).Success;
            }
        }
        """);

    [Fact]
    public Task A_controller_whose_mediator_is_not_restored() => Flags("""
        public record CancelOrderCommand(int OrderId);
        [Authorize, Route("api/orders")]
        public class OrdersController : ControllerBase
        {
            private readonly ShopDb mediator = null!;
            [HttpPost("{id}/cancel")] public IActionResult Cancel(int id) { var command = new CancelOrderCommand([|id|]); var result = mediator.{|CS1061:Send|}(command); return Ok(result); }
        }
        """);

    [Fact]
    public Task A_log_in_the_action_is_no_check() => Flags("""
        [Authorize]
        public class InvoicesController : ShopCode
        {
            [HttpGet("{id}")]
            public async Task<IActionResult> Get(int id)
            {
                var userId = User.FindFirst("sub")?.Value;
                log.LogInformation("{User} reads {Order}", userId, id);
                return Ok(await [|db.Orders.FindAsync(id)|]);
            }
        }
        """);

    [Fact]
    public Task A_minimal_api_that_logs_the_caller() => Flags("""
        static class Api
        {
            static void Map(WebApplication app) => app.MapGet("/orders/{id:int}", async (int id, ShopDb db, ClaimsPrincipal user, ILogger<Order> logger) =>
            {
                logger.LogInformation("Read by {User}", user.FindFirst("sub")?.Value);
                return await [|db.Orders.SingleOrDefaultAsync(o => o.Id == id)|];
            }).RequireAuthorization();
        }
        """);

    [Fact]
    public Task The_service_compares() => Allows(CurrentUser + """
        public class RefundService(ShopDb db, ICurrentUserService currentUser)
        {
            public async Task<bool> RefundAsync(int orderId)
            {
                var order = await db.Orders.FindAsync(orderId);
                if (order is null || order.CustomerId != currentUser.UserId) return false;
                return true;
            }
        }
        """);

    [Fact]
    public Task The_service_hands_the_caller_on() => Allows(CurrentUser + """
        public interface IAccess { Task Demand(int order, string user); }
        public class RefundService(ShopDb db, ICurrentUserService currentUser, IAccess access)
        {
            public async Task RefundAsync(int orderId)
            {
                var order = await db.Orders.FindAsync(orderId);
                await access.Demand(orderId, currentUser.UserId);
            }
        }
        """);

    [Fact]
    public Task A_handler_where_no_message_names_anybody() => Allows("""
        public interface IOrderRepository { Task<Order?> GetByIdAsync(int id); }
        public record PayOrderCommand(int OrderId);
        public class PayOrderHandler(IOrderRepository orders) { public Task<Order?> Handle(PayOrderCommand request) => orders.GetByIdAsync(request.OrderId); }
        """);

    [Fact]
    public Task The_staff_s_handler() => Allows("""
        public interface IOrderRepository { Task<Order?> GetByIdAsync(int id); }
        public record GetOrderQuery(int OrderId, string UserId);
        public record UpdateOrderStatusCommand(int OrderId, OrderStatus Status);
        public class UpdateOrderStatusHandler(IOrderRepository orders) { public Task<Order?> Handle(UpdateOrderStatusCommand request) => orders.GetByIdAsync(request.OrderId); }
        """);

    [Fact]
    public Task A_handler_in_the_admin_area() => Allows("""
        namespace Shop.Features.Admin
        {
            public interface IOrderRepository { Task<Order?> GetByIdAsync(int id); }
            public record GetOrderQuery(int OrderId, string UserId);
            public record GetOrderDetailsQuery(int OrderId);
            public class GetOrderDetailsHandler(IOrderRepository orders) { public Task<Order?> Handle(GetOrderDetailsQuery request) => orders.GetByIdAsync(request.OrderId); }
        }
        """);

    [Fact]
    public Task A_handler_that_asks_for_the_current_user() => Allows(CurrentUser + """
        public interface IOrderRepository { Task<Order?> GetByIdAsync(int id); }
        public record GetOrderQuery(int OrderId, string UserId);
        public record PayOrderCommand(int OrderId);
        public class PayOrderHandler(IOrderRepository orders, ICurrentUserService currentUser)
        {
            public async Task<Order?> Handle(PayOrderCommand request)
            {
                var order = await orders.GetByIdAsync(request.OrderId);
                return order?.CustomerId == currentUser.UserId ? order : null;
            }
        }
        """);

    [Fact]
    public Task An_event_s_handler() => Allows("""
        public interface IOrderRepository { Task<Order?> GetByIdAsync(int id); }
        public record GetOrderQuery(int OrderId, string UserId);
        public record OrderPaidEvent(int OrderId);
        public class OrderPaidHandler(IOrderRepository orders) { public Task<Order?> Handle(OrderPaidEvent paid) => orders.GetByIdAsync(paid.OrderId); }
        """);

    [Fact]
    public Task A_product_by_its_id() => Allows(CurrentUser + """
        public class ProductService(ShopDb db, ICurrentUserService currentUser, ILogger<ProductService> logger)
        {
            public async Task<Product?> GetAsync(int productId)
            {
                logger.LogInformation("Read by {User}", currentUser.UserId);
                return await db.Products.FindAsync(productId);
            }
        }
        """);

    [Fact]
    public Task The_caller_in_the_predicate() => Allows(CurrentUser + """
        public class OrderService(ShopDb db, ICurrentUserService currentUser, ILogger<OrderService> logger)
        {
            public async Task<Order?> GetAsync(int orderId)
            {
                var userId = currentUser.UserId;
                logger.LogInformation("Read by {User}", userId);
                return await db.Orders.FirstOrDefaultAsync(o => o.Id == orderId && o.CustomerId == userId);
            }
        }
        """);

    [Fact]
    public Task The_owner_is_the_caller() => Allows(CurrentUser + """
        public class SaveCardRequest { public string CustomerId { get; set; } = ""; }
        public class SavedCard { public int Id { get; set; } public string CustomerId { get; set; } = ""; public string? CreatedBy { get; set; } }
        public class CardService(DbContext db, ICurrentUserService currentUser)
        {
            public void Save(SaveCardRequest request)
            {
                var by = currentUser.UserId;
                db.Add(new SavedCard { CustomerId = by, CreatedBy = by });
            }
        }
        """);

    [Fact]
    public Task A_user_by_id_through_a_mediator_that_is_not_restored() => Flags("""
        public record GetUserQuery(Guid Id);
        [Authorize, Route("api/users")]
        public class UsersController : ControllerBase
        {
            private readonly ShopDb mediator = null!;
            [HttpGet("{id:guid}")] public IActionResult Get(Guid id) { var query = new GetUserQuery([|id|]); var result = mediator.{|CS1061:Send|}(query); return Ok(result); }
        }
        """);

    [Fact]
    public Task A_command_that_names_an_order_by_another_name() => Flags("""
        public record CreatePaymentIntentCommand(int OrderId);
        public record StartPayment(int OrderId);
        public interface ISender { Task Send(object command); }
        [Authorize, Route("api/payments")]
        public class PaymentsController(ISender sender) : ControllerBase
        {
            [HttpPost] public async Task<IActionResult> Start([FromBody] StartPayment request) { await [|sender.Send(new CreatePaymentIntentCommand(request.OrderId))|]; return Ok(); }
        }
        """);

    [Fact]
    public Task Stock_that_is_reserved_for_an_order() => Allows("""
        public record ReserveInventoryCommand(int OrderId);
        public interface ISender { Task Send(object command); }
        [Authorize, Route("api/inventory")]
        public class InventoryController(ISender sender) : ControllerBase { [HttpPost("{orderId}")] public Task Reserve(int orderId) => sender.Send(new ReserveInventoryCommand(orderId)); }
        """);

    [Fact]
    public Task A_page_that_asks_the_service_behind_it() => Allows("""
        public class Address { public int Id { get; set; } public string CustomerId { get; set; } = ""; }
        public class CustomerClient(HttpClient client)
        {
            public Task<HttpResponseMessage> DeleteAddressAsync(int addressId) => client.DeleteAsync($"addresses/{addressId}");
            public Task<List<Address>?> GetAddressesAsync() => client.GetFromJsonAsync<List<Address>>("addresses");
        }
        [Authorize]
        public class ProfileController(CustomerClient customers) : ControllerBase
        {
            [HttpDelete("{id}")] public async Task<IActionResult> Delete(int id) { await customers.DeleteAddressAsync(id); return NoContent(); }
            [HttpGet] public async Task<IActionResult> All() => Ok(await customers.GetAddressesAsync());
        }
        """);

    [Fact]
    public Task A_gateway_that_hands_any_customer_s_id_on() => Flags("""
        public class BasketClient(HttpClient client) { public Task<HttpResponseMessage> GetBasketAsync(string userId) => client.GetAsync($"baskets/{userId}"); }
        [Authorize, Route("baskets")]
        public class BasketsController(BasketClient baskets) : ControllerBase { [HttpGet("{userId}")] public async Task<IActionResult> Get(string userId) => Ok(await [|baskets.GetBasketAsync(userId)|]); }
        """);

    [Fact]
    public Task A_page_over_a_typed_client() => Allows("""
        public sealed class DeleteAttribute(string path) : Attribute { public string Path => path; }
        public interface ICustomerApi { [Delete("/addresses/{id}")] Task DeleteAddressAsync(int id); }
        public class CustomerService(ICustomerApi api) { public Task DeleteAddressAsync(int id) => api.DeleteAddressAsync(id); }
        [Authorize]
        public class ProfileController(CustomerService customers) : ControllerBase { [HttpDelete("{id}")] public Task Delete(int id) => customers.DeleteAddressAsync(id); }
        """);

    [Fact]
    public Task A_token_of_cancellation_names_nothing() => Allows("""
        public static class ReserveInventory { public record Command(int OrderId); }
        public interface IBus { Task Send(object command, CancellationToken token = default); }
        [Authorize, Route("api/inventory")]
        public class InventoryController(IBus bus) : ControllerBase { [HttpPost] public Task Reserve(ReserveInventory.Command command, CancellationToken token) => bus.Send(command, token); }
        """);
}

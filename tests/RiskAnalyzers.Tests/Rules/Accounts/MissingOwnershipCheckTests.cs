using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Accounts;

public sealed partial class MissingOwnershipCheckTests() : RuleTest("RISK3008")
{
    [Fact]
    public Task A_query_by_id_alone() => Fixes(
        """
        public class InvoicesController : ShopCode
        {
            [Authorize, HttpGet("invoices/{id}")]
            public async Task<IActionResult> GetInvoice(int id)
            {
                var inv = await [|db.Orders.FirstOrDefaultAsync(o => o.Id == id)|];
                return inv is null ? NotFound() : Ok(inv);
            }
        }
        """,
        """
        public class InvoicesController : ShopCode
        {
            [Authorize, HttpGet("invoices/{id}")]
            public async Task<IActionResult> GetInvoice(int id)
            {
                var callerId = User.FindFirst(System.Security.Claims.ClaimTypes.NameIdentifier)?.Value;
                var inv = await db.Orders.FirstOrDefaultAsync(o => o.Id == id && o.CustomerId == callerId);
                return inv is null ? NotFound() : Ok(inv);
            }
        }
        """);

    [Fact]
    public Task FindAsync() => Flags(
        """
        [Authorize]
        public class OrdersController : ShopCode
        {
            [HttpGet("{id:int}")]
            public async Task<ActionResult<Order>> Get(int id) => await [|db.Orders.FindAsync(id)|] is { } order ? order : NotFound();
        }
        """);

    [Fact]
    public Task A_minimal_API() => Flags(
        """
        public static class Orders
        {
            public static void Map(WebApplication app)
            {
                var group = app.MapGroup("/orders").RequireAuthorization();
                group.MapGet("/{id:int}", async (int id, ShopDb db) => await [|db.Orders.Include(o => o.Lines).SingleOrDefaultAsync(o => o.Id == id)|] is { } o ? Results.Ok(o) : Results.NotFound());
            }
        }
        """);

    [Fact]
    public Task A_repository() => Flags(
        """
        public interface IOrderRepository { Task<Order?> GetByIdAsync(int id, CancellationToken token); }
        [Authorize, ApiController, Route("orders")]
        public class OrdersController(IOrderRepository orders) : ControllerBase
        {
            [HttpGet("{orderId}")]
            public async Task<IActionResult> Get(int orderId, CancellationToken token)
            {
                var order = await [|orders.GetByIdAsync(orderId, token)|];
                return order is null ? NotFound() : Ok(order);
            }
        }
        """);

    [Fact]
    public Task A_thin_controller_over_a_handler() => Flags(
        """
        public record GetOrderQuery(int Id);
        public interface IMediator { Task<TResult> Send<TResult>(object query); }
        public class GetOrderHandler(ShopDb db) { public Task<Order> Handle(GetOrderQuery query, CancellationToken token) => db.Orders.FirstAsync(o => o.Id == query.Id, token); }

        [Authorize, ApiController, Route("orders")]
        public class OrdersController(IMediator mediator) : ControllerBase
        {
            [HttpGet("{id}")]
            public async Task<IActionResult> Get(int id)
            {
                var query = new GetOrderQuery([|id|]);
                return Ok(await mediator.Send<Order>(query));
            }
        }
        """);

    [Fact]
    public Task A_command_whose_handler_stands_elsewhere() => Flags(
        """
        public record CancelOrderCommand { public int OrderId { get; init; } public string? Reason { get; init; } }
        public interface ISender { Task Send(object command); }
        [Authorize, ApiController, Route("orders")]
        public class OrdersController(ISender sender) : ControllerBase
        {
            [HttpPost("{id}/cancel")]
            public async Task<IActionResult> Cancel(int id) { await [|sender.Send(new CancelOrderCommand { OrderId = id })|]; return NoContent(); }
        }
        """);

    [Fact]
    public Task A_service_that_is_told_the_customer_by_the_request() => Flags(
        """
        public class CartService(ShopDb db) { public Task<List<Order>> ForAsync(string customerId) => db.Orders.Where(o => o.CustomerId == customerId).ToListAsync(); }
        [Authorize, ApiController, Route("carts")]
        public class CartsController(CartService carts) : ControllerBase
        {
            [HttpGet("customer/{customerId}")]
            public async Task<IActionResult> Get(string customerId) => Ok(await [|carts.ForAsync(customerId)|]);
        }
        """);

    [Fact]
    public Task A_body_that_names_the_customer() => Flags(
        """
        public record PlaceOrderRequest(string CustomerId, int ProductId);
        public interface IOrderService { Task<Order> PlaceAsync(string customerId, int productId); }
        public static class Orders
        {
            public static void Map(WebApplication app) => app.MapPost("/orders", Place).RequireAuthorization();
            private static async Task<IResult> Place(PlaceOrderRequest request, IOrderService orders) => Results.Ok(await [|orders.PlaceAsync(request.CustomerId, request.ProductId)|]);
        }
        """);

    [Fact]
    public Task Somebody_s_account() => Flags(
        """
        [Authorize]
        public class CustomersController : ShopCode
        {
            [HttpDelete("customers/{id}")]
            public async Task<IActionResult> Close(int id)
            {
                var customer = await [|db.Customers.FirstOrDefaultAsync(c => c.Id == id)|];
                if (customer is null) return NotFound();
                db.Customers.Remove(customer);
                await db.SaveChangesAsync();
                return NoContent();
            }
        }
        """);

    [Fact]
    public Task An_order_that_anybody_may_read() => Flags(
        """
        public class OrdersController : ShopCode
        {
            [HttpGet("orders/{id}")]
            public async Task<IActionResult> Get(int id) => Ok(await [|db.Orders.Where(o => o.Id == id).Select(o => o.Total).FirstAsync()|]);
        }
        """.Replace("[|db.Orders.Where(o => o.Id == id).Select(o => o.Total).FirstAsync()|]", "[|db.Orders.Where(o => o.Id == id)|].Select(o => o.Total).FirstAsync()"));

    [Fact]
    public Task Everybody_s_role_is_no_restriction() => Flags(
        """
        [Authorize(Roles = "Customer")]
        public class OrdersController : ShopCode
        {
            [HttpGet("orders/{id}")] public async Task<Order> Get(int id) => await [|db.Orders.SingleAsync(o => o.Id == id)|];
        }
        """);

    [Fact]
    public Task A_service_that_is_told_the_user_and_does_not_compare() => Flags(
        """
        public class OrderService(ShopDb db)
        {
            public async Task<Order?> GetOrderAsync(int orderId, string userId, CancellationToken token) =>
                await [|db.Orders.Include(o => o.Lines).FirstOrDefaultAsync(o => o.Id == orderId, token)|];
        }
        """);

    [Fact]
    public Task A_handler_whose_query_names_the_user_in_vain() => Flags(
        """
        public record GetOrderQuery(int OrderId, string UserId);
        public interface IOrderRepository { Task<Order?> GetByIdAsync(int id, CancellationToken token); }
        public class GetOrderHandler(IOrderRepository orders)
        {
            public async Task<Order> Handle(GetOrderQuery query, CancellationToken token)
            {
                var order = await [|orders.GetByIdAsync(query.OrderId, token)|];
                return order ?? throw new KeyNotFoundException();
            }
        }
        """);

    [Fact]
    public Task A_page_that_is_open_on_purpose_to_ids_that_count_up() => Flags(
        """
        public class ReceiptsController : ShopCode { [AllowAnonymous, HttpGet("receipts/{id:int}")] public async Task<Order?> Get(int id) => await [|db.Orders.FindAsync(id)|]; }
        """);

    [Fact]
    public Task A_policy_that_names_a_right_to_read() => Flags(
        "public class OrdersController : ShopCode { [Authorize(Policy = \"orders:read\"), HttpGet(\"{id}\")] public async Task<IActionResult> Get(int id) { var order = await [|db.Orders.FindAsync(id)|]; return order is null ? NotFound() : Ok(order.Total); } }");

    [Fact]
    public Task A_scope_on_a_mapped_endpoint() => Flags(
        """
        using Microsoft.AspNetCore.Routing;
        static class Scopes { public const string OrderRead = "order.read"; }
        static class OrderEndpoints { static void Map(IEndpointRouteBuilder app) => app.MapGet("/orders/{id}", async (int id, ShopDb db) => { var order = await [|db.Orders.FindAsync(id)|]; return order is null ? Results.NotFound() : Results.Ok(order.Total); }).RequireAuthorization(Scopes.OrderRead); }
        """);

    [Fact]
    public Task A_page_that_is_open_on_purpose_to_ids_that_nobody_guesses() => Allows(
        """
        public interface IInvoices { Task<Order> GetAsync(Guid invoiceId); }
        public class PayController(IInvoices invoices) : ShopCode { [AllowAnonymous, HttpGet("pay/{invoiceId:guid}")] public Task<Order> Get(Guid invoiceId) => invoices.GetAsync(invoiceId); }
        """);

    [Fact]
    public Task The_address_of_an_order_s_page() => Allows(
        """
        public interface IAddresses { string OrderLink(int orderId); }
        [Authorize]
        public class GoController(IAddresses addresses) : ShopCode { [HttpGet("go/{orderId}")] public IActionResult Go(int orderId) => LocalRedirect(addresses.OrderLink(orderId)); }
        """);

    [Fact]
    public Task A_role() => Allows(
        """
        [Authorize(Roles = "Support")]
        public class OrdersController : ShopCode { [HttpGet("{id}")] public async Task<Order?> Get(int id) => await db.Orders.FindAsync(id); }
        """);

    [Fact]
    public Task A_product() => Allows(
        """
        [Authorize]
        public class ProductsController : ShopCode { [HttpGet("{id}")] public async Task<Product?> Get(int id) => await db.Products.FindAsync(id); }
        """);

    [Fact]
    public Task A_review_that_everybody_reads() => Allows(
        """
        public class ProductReview { public int Id { get; set; } public string CustomerId { get; set; } = ""; }
        public interface IReviews { Task<ProductReview> GetAsync(int id); }
        [Authorize]
        public class ReviewsController(IReviews reviews) : ShopCode { [HttpGet("{id}")] public Task<ProductReview> Get(int id) => reviews.GetAsync(id); }
        """);

    [Fact]
    public Task A_service_without_an_endpoint() => Allows(
        """
        public class OrderReader(ShopDb db) { public Task<Order> GetAsync(int id) => db.Orders.FirstAsync(o => o.Id == id); }
        """);

    [Fact]
    public Task A_filter_attribute_of_the_product() => Allows(
        """
        public class OrderOwnerOnlyAttribute : Attribute { }
        [Authorize]
        public class OrdersController : ShopCode { [OrderOwnerOnly, HttpGet("{id}")] public async Task<Order?> Get(int id) => await db.Orders.FindAsync(id); }
        """);

    [Fact]
    public Task A_handler_that_keeps_nothing() => Allows(
        """
        public record DraftOrderCommand(string BuyerId, int Lines);
        public record Draft(int Lines);
        public interface ISender { Task<T> Send<T>(object message); }
        public class DraftOrderHandler { public Task<Draft> Handle(DraftOrderCommand command, CancellationToken ct) { var draft = new Draft(command.Lines); return Task.FromResult(draft); } }
        [Authorize] public class OrdersController(ISender sender) : ShopCode { [HttpPost("draft")] public Task<Draft> Draft(DraftOrderCommand command) => sender.Send<Draft>(command); }
        """);

    [Fact]
    public Task A_policy_of_the_staff() => Allows(
        "public class OrdersController : ShopCode { [Authorize(Policy = \"ManageOrdersRead\"), HttpGet(\"{id}\")] public async Task<IActionResult> Get(int id) { var order = await db.Orders.FindAsync(id); return order is null ? NotFound() : Ok(order.Total); } }");

    [Fact]
    public Task A_right_to_read_within_a_controller_of_the_staff() => Allows(
        "[Authorize(Roles = \"Admin\")] public class OrdersController : ShopCode { [Authorize(Policy = \"orders:read\"), HttpGet(\"{id}\")] public async Task<IActionResult> Get(int id) { var order = await db.Orders.FindAsync(id); return order is null ? NotFound() : Ok(order.Total); } }");
}

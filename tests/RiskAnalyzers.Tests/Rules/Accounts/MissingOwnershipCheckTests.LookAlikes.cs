using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Accounts;

/// <summary>What looks like the risk and is none.</summary>
public sealed partial class MissingOwnershipCheckTests
{
    [Fact]
    public Task A_service_that_compares_the_user_it_is_told() => Allows(
        """
        public class OrderService(ShopDb db)
        {
            public async Task<Order?> GetOrderAsync(int orderId, string userId)
            {
                var order = await db.Orders.FirstOrDefaultAsync(o => o.Id == orderId);
                return order?.CustomerId == userId ? order : null;
            }
        }
        """);

    [Fact]
    public Task A_handler_that_hands_the_query_on() => Allows(
        """
        public record GetOrderQuery(int OrderId, string UserId);
        public interface IGuard { void Check(Order order, GetOrderQuery query); }
        public class GetOrderHandler(ShopDb db, IGuard guard)
        {
            public async Task<Order> Handle(GetOrderQuery query, CancellationToken token)
            {
                var order = await db.Orders.FirstAsync(o => o.Id == query.OrderId, token);
                guard.Check(order, query);
                return order;
            }
        }
        """);

    [Fact]
    public Task The_owner_in_the_query() => Allows(
        """
        [Authorize]
        public class InvoicesController : ShopCode
        {
            [HttpGet("invoices/{id}")]
            public async Task<IActionResult> GetInvoice(int id)
            {
                var uid = User.FindFirstValue(ClaimTypes.NameIdentifier);
                var inv = await db.Orders.FirstOrDefaultAsync(i => i.Id == id && i.CustomerId == uid);
                return inv is null ? NotFound() : Ok(inv);
            }
        }
        """);

    [Fact]
    public Task The_owner_compared_afterwards() => Allows(
        """
        [Authorize]
        public class OrdersController : ShopCode
        {
            private bool IsMine(Order order) => order.CustomerId == User.FindFirstValue("sub");
            [HttpGet("{id}")] public async Task<IActionResult> Get(int id) { var o = await db.Orders.FindAsync(id); return o is null || !IsMine(o) ? NotFound() : Ok(o); }
        }
        """);

    [Fact]
    public Task The_handler_asks_for_the_current_user() => Allows(
        """
        public interface ICurrentUser { string Id { get; } }
        public record GetOrderQuery(int Id);
        public interface IMediator { Task<TResult> Send<TResult>(object query); }
        public class GetOrderHandler(ShopDb db, ICurrentUser currentUser) { public Task<Order> Handle(GetOrderQuery query, CancellationToken token) => db.Orders.FirstAsync(o => o.Id == query.Id && o.CustomerId == currentUser.Id, token); }

        [Authorize, ApiController, Route("orders")]
        public class OrdersController(IMediator mediator) : ControllerBase
        {
            [HttpGet("{id}")] public async Task<IActionResult> Get(int id) => Ok(await mediator.Send<Order>(new GetOrderQuery(id)));
        }
        """);

    [Fact]
    public Task An_authorization_service() => Allows(
        """
        [Authorize]
        public class OrdersController(IAuthorizationService authorization) : ShopCode
        {
            [HttpGet("{id}")]
            public async Task<IActionResult> Get(int id)
            {
                var order = await db.Orders.FindAsync(id);
                return (await authorization.AuthorizeAsync(User, order, "Owner")).Succeeded ? Ok(order) : Forbid();
            }
        }
        """);

    [Fact]
    public Task A_filter_for_all_queries() => Allows(
        """
        public class TenantDb(string tenantId) : ShopDb
        {
            protected override void OnModelCreating(ModelBuilder builder) => builder.Entity<Order>().HasQueryFilter(o => o.CustomerId == tenantId);
        }
        [Authorize]
        public class OrdersController : ShopCode { [HttpGet("{id}")] public async Task<Order?> Get(int id) => await db.Orders.FirstOrDefaultAsync(o => o.Id == id); }
        """);

    [Fact]
    public Task A_one_time_token() => Allows(
        """
        [AllowAnonymous]
        public class OrdersController : ShopCode
        {
            [HttpGet("orders/{id}/receipt")]
            public async Task<IActionResult> Receipt(int id, string accessCode)
            {
                var order = await db.Orders.FirstAsync(o => o.Id == id);
                return order.PaymentReference == accessCode ? Ok(order) : NotFound();
            }
        }
        """);

    [Fact]
    public Task A_login_by_name() => Allows(
        """
        [AllowAnonymous]
        public class AccountController : ShopCode
        {
            [HttpPost("login")]
            public async Task<IActionResult> Login(string userId, string password) { var c = await db.Customers.FirstOrDefaultAsync(x => x.Email == userId); return c is null ? Unauthorized() : Ok(); }
        }
        """);

    [Fact]
    public Task The_staff_s_work_is_another_finding() => Allows(
        """
        [Authorize]
        public class OrdersController : ShopCode
        {
            [HttpPost("{id}/ship")] public async Task Ship(int id) { (await db.Orders.FindAsync(id))!.Status = OrderStatus.Shipped; await db.SaveChangesAsync(); }
            [Authorize(Roles = "Admin"), HttpDelete("{id}")] public Task Delete(int id) => db.Orders.Where(o => o.Id == id).ExecuteDeleteAsync();
        }
        """);
}

namespace RiskAnalyzers.Tests.Rules.Accounts;

/// <summary>Lists of what belongs to many.</summary>
public sealed partial class MissingOwnershipCheckTests
{
    [Fact]
    public Task A_list_of_everybody_s_orders() => Flags(
        """
        [ApiController, Route("orders")]
        public class OrdersController(ShopDb db) : ControllerBase
        {
            [HttpGet]
            public async Task<IActionResult> All(OrderStatus? status)
            {
                var query = db.Orders.AsQueryable();
                if (status is not null) query = query.Where(o => o.Status == status);
                return Ok(await [|query.OrderByDescending(o => o.Id).ToListAsync()|]);
            }
        }
        """.Replace("[|query.OrderByDescending(o => o.Id).ToListAsync()|]", "query.OrderByDescending(o => o.Id).ToListAsync()").Replace("db.Orders.AsQueryable()", "[|db.Orders.AsQueryable()|]"));

    [Fact]
    public Task A_list_of_all_customers() => Flags(
        """
        public record GetCustomersQuery(int Skip, int Take);
        public interface IMessageBus { Task<object> InvokeAsync(object message); }
        public static class CustomerEndpoints
        {
            public static void Map(WebApplication app) => app.MapGet("/customers", async (int page, IMessageBus bus) => Results.Ok(await [|bus.InvokeAsync(new GetCustomersQuery(page * 10, 10))|])).RequireAuthorization();
        }
        """);

    [Fact]
    public Task A_list_of_the_caller_s_orders() => Allows(
        """
        [Authorize, ApiController, Route("orders")]
        public class OrdersController(ShopDb db) : ControllerBase
        {
            [HttpGet] public Task<List<Order>> Mine() { var uid = User.FindFirstValue("sub"); return db.Orders.Where(o => o.CustomerId == uid).ToListAsync(); }
        }
        """);

    [Fact]
    public Task A_list_of_products() => Allows(
        """
        [ApiController, Route("products")]
        public class ProductsController(ShopDb db) : ControllerBase { [HttpGet] public Task<List<Product>> All() => db.Products.OrderBy(p => p.Name).ToListAsync(); }
        """);

    [Fact]
    public Task A_search_over_all_users() => Flags(
        """
        public record SearchUsersQuery(string Term, int Page);
        public interface IMediator { Task<object> Send(object message); }
        [Authorize, ApiController, Route("users")]
        public class UsersController(IMediator mediator) : ControllerBase
        {
            [HttpGet("search")] public async Task<IActionResult> Search(string term, int page = 1) => Ok(await [|mediator.Send(new SearchUsersQuery(term, page))|]);
        }
        """);

    [Fact]
    public Task The_number_of_all_orders() => Flags(
        """
        public interface IOrderService { Task<int> GetOrdersCountAsync(CancellationToken cancellation); }
        [Authorize, ApiController, Route("orders")]
        public class OrdersController(IOrderService orders) : ControllerBase
        {
            [HttpGet("count")] public async Task<IActionResult> Count(CancellationToken cancellation) => Ok(await [|orders.GetOrdersCountAsync(cancellation)|]);
        }
        """);

    [Fact]
    public Task The_number_of_all_customers_to_strangers() => Flags(
        """
        public static class CustomerEndpoints
        {
            public static void Map(WebApplication app) => app.MapGet("/customers/total", async (ShopDb db) => Results.Ok(await [|db.Customers.CountAsync()|]));
        }
        """);

    [Fact]
    public Task A_message_for_the_shop_s_figures() => Flags(
        """
        public record GetRevenueStatisticsQuery(DateTime From, DateTime To);
        public interface ISender { Task<object> Send(object message); }
        [Authorize, Route("api/accounting")]
        public class AccountingController(ISender sender) : ControllerBase
        {
            [HttpGet("revenue")] public Task<object> Revenue(DateTime from, DateTime to) => [|sender.Send(new GetRevenueStatisticsQuery(from, to))|];
        }
        """);

    [Fact]
    public Task The_profile_of_any_name() => Flags(
        """
        public record GetUserProfileQuery(string UserName);
        public interface IMediator { Task<object> Send(object message); }
        [Authorize, ApiController, Route("users")]
        public class UsersController(IMediator mediator) : ControllerBase
        {
            [HttpGet("profile/{userName}")] public async Task<IActionResult> Profile(string userName) => Ok(await [|mediator.Send(new GetUserProfileQuery(userName))|]);
        }
        """);

    [Fact]
    public Task The_number_of_the_caller_s_orders() => Allows(
        """
        public interface IOrderService { Task<int> GetOrdersCountAsync(string userId); }
        [Authorize, ApiController, Route("orders")]
        public class OrdersController(IOrderService orders) : ControllerBase
        {
            [HttpGet("count")] public async Task<IActionResult> Count() => Ok(await orders.GetOrdersCountAsync(User.FindFirstValue("sub")!));
        }
        """);

    [Fact]
    public Task Figures_for_the_staff() => Allows(
        """
        public record GetOrdersCountQuery;
        public interface IMediator { Task<object> Send(object message); }
        [Authorize(Roles = "Admin"), ApiController, Route("orders")]
        public class OrdersController(IMediator mediator) : ControllerBase
        {
            [HttpGet("count")] public async Task<IActionResult> Count() => Ok(await mediator.Send(new GetOrdersCountQuery()));
        }
        """);

    [Fact]
    public Task A_count_that_pages_what_is_public() => Allows(
        """
        [Authorize, ApiController, Route("products")]
        public class ProductsController(ShopDb db) : ControllerBase
        {
            [HttpGet("count")] public async Task<IActionResult> Count() => Ok(await db.Products.CountAsync());
        }
        """);

    [Fact]
    public Task A_page_that_counts_on_the_side() => Allows(
        """
        [ApiController, Route("home")]
        public class HomeController(ShopDb db) : ControllerBase
        {
            [HttpGet] public async Task<IActionResult> Index() { var sold = await db.Orders.CountAsync(); return Ok(sold > 100 ? "bestseller" : "new"); }
        }
        """);
}

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
}

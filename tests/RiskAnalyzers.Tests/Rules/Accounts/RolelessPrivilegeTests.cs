using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Accounts;

public sealed class RolelessPrivilegeTests() : RuleTest("RISK3014")
{
    // What makes the project one that tells roles apart.
    private const string Roles = """
        [Authorize(Roles = "Admin")] public class ReportsController : ShopCode { [HttpGet] public int Count() => db.Orders.Count(); }

        """;

    private static string Controller(string members, string attributes = "[Authorize, Route(\"orders\")]") => Roles + attributes + " public class OrdersController : ShopCode { " + members + " }";

    [Theory]
    [InlineData("[HttpPost(\"{id}/approve\")] public Task [|Approve|](int id) => db.SaveChangesAsync();")]
    [InlineData("[HttpPost(\"{id}/ship\")] public Task [|MarkShipped|](int id) => db.SaveChangesAsync();")]
    [InlineData("[HttpPost] public Task [|RefundOrder|](int id) => db.SaveChangesAsync();")]
    [InlineData("[HttpPut(\"{id}\")] public Task [|RejectReturn|](int id) => db.SaveChangesAsync();")]
    [InlineData("[HttpPost(\"{id}/mark-as-paid\")] public Task [|MarkAsPaid|](int id) => db.SaveChangesAsync();")]
    public Task An_action_of_the_staff(string member) => Flags(Controller(member));

    [Fact]
    public Task Prices_and_stock() => Flags(Roles + """
        [Authorize, ApiController, Route("products")]
        public class ProductsController : ShopCode
        {
            [HttpPut("{id}/price")] public async Task [|UpdatePrice|](int id, decimal price) { (await db.Products.FindAsync(id))!.Price = price; await db.SaveChangesAsync(); }
            [HttpPost] public async Task [|CreateProduct|](string name) { db.Products.Add(new Product { Name = name }); await db.SaveChangesAsync(); }
        }
        """);

    [Fact]
    public Task Bare_verbs_on_a_controller_of_products() => Flags(Roles + """
        public interface IProductService { Task<int> CreateAsync(Product product); Task UpdateAsync(int id, Product product); Task DeleteAsync(int id); }
        [ApiController, Route("api/[controller]")]
        public class ProductsController(IProductService products) : ControllerBase
        {
            [HttpPost, Authorize] public Task<int> [|Create|](Product dto) => products.CreateAsync(dto);
            [HttpPut("{id:int}"), Authorize] public Task [|Update|](int id, Product dto) => products.UpdateAsync(id, dto);
            [HttpDelete("{id:int}"), Authorize] public Task [|Delete|](int id) => products.DeleteAsync(id);
        }
        """);

    [Fact]
    public Task Reviews_of_products() => Allows(Roles + """
        [Authorize, Route("api/[controller]")]
        public class ProductReviewsController : ShopCode { [HttpPost] public Task Create(string text) => db.SaveChangesAsync(); [HttpDelete] public Task Delete(int id) => db.SaveChangesAsync(); }
        """);

    [Fact]
    public Task A_minimal_API() => Flags("""
        public static class Users
        {
            public static void Map(WebApplication app)
            {
                var group = app.MapGroup("/users").RequireAuthorization();
                group.[|MapPost|]("/{id}/suspend", async (int id, ShopDb db) => await db.SaveChangesAsync());
                group.MapDelete("/{id}", async (int id, ShopDb db) => await db.SaveChangesAsync()).RequireAuthorization("Admins");
            }
        }
        """);

    [Fact]
    public Task A_mapped_method() => Flags("""
        public static class Coupons
        {
            public static void Map(WebApplication app, IServiceCollection services)
            {
                services.AddAuthorization(o => o.AddPolicy("Staff", p => p.RequireRole("Staff")));
                app.[|MapPost|]("/coupons", CreateCoupon).RequireAuthorization();
            }
            private static async Task CreateCoupon(string code, ShopDb db) { db.Coupons.Add(new Coupon { Code = code }); await db.SaveChangesAsync(); }
        }
        """);

    [Fact]
    public Task An_admin_controller() => Flags(Roles + """
        [Authorize, Route("admin/customers")]
        public class AdminCustomersController : ShopCode
        {
            [HttpPost("{id}/credit")] public async Task [|AddCredit|](int id, decimal amount) { (await db.Customers.FindAsync(id))!.Balance += amount; await db.SaveChangesAsync(); }
        }
        """);

    [Fact]
    public Task A_role_that_every_customer_has() => Flags(Roles + """
        [Authorize(Roles = "User")]
        public class RolesController : ShopCode { [HttpPost] public Task [|AssignRole|](string user, string role) => db.SaveChangesAsync(); }
        """);

    [Fact]
    public Task Who_approved_is_written_down_but_not_asked() => Flags(Roles + """
        [Authorize]
        public class RefundsController : ShopCode
        {
            [HttpPost("{id}/approve")]
            public async Task [|Approve|](int id)
            {
                var order = await db.Orders.FirstAsync(o => o.Id == id);
                order.PaymentReference = "approved by " + User.Identity!.Name;
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task A_fallback_policy_is_a_bare_sign_in() => Flags("""
        public static class Setup
        {
            public static void Add(IServiceCollection services) => services.AddAuthorization(options =>
            {
                options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
                options.AddPolicy("Staff", policy => policy.RequireRole("Staff"));
            });
        }
        public class PayoutsController : ShopCode { [HttpPost] public Task [|Payout|](int id) => db.SaveChangesAsync(); }
        """);

    [Fact]
    public Task A_page() => Flags(Roles + """
        [Authorize]
        public class StockModel(ShopDb db) : Microsoft.AspNetCore.Mvc.RazorPages.PageModel { public async Task [|OnPostRestockAsync|](int id) => await db.SaveChangesAsync(); }
        """);

    [Fact]
    public Task A_hub() => Flags(Roles + """
        [Authorize]
        public class SupportHub(ShopDb db) : Microsoft.AspNetCore.SignalR.Hub { public Task [|Impersonate|](int customer) => db.SaveChangesAsync(); }
        """);

    [Fact]
    public Task A_role_on_the_action() => Allows(Controller("[Authorize(Roles = \"Support\"), HttpPost(\"{id}/approve\")] public Task Approve(int id) => db.SaveChangesAsync();"));

    [Fact]
    public Task A_policy_on_the_class() => Allows(Controller("[HttpPost(\"{id}/approve\")] public Task Approve(int id) => db.SaveChangesAsync();", "[Authorize(Policy = \"BackOffice\")]"));

    [Fact]
    public Task A_role_asked_in_the_code() => Allows(Controller("[HttpPost] public async Task<IActionResult> Approve(int id) { if (!User.IsInRole(\"Admin\")) return Forbid(); await db.SaveChangesAsync(); return Ok(); }"));

    [Fact]
    public Task The_owner_asked_in_the_code() => Allows(Controller("[HttpPost] public async Task<IActionResult> RejectQuote(int id) { var o = await db.Orders.FirstAsync(x => x.Id == id); if (o.CustomerId != User.FindFirstValue(\"sub\")) return NotFound(); await db.SaveChangesAsync(); return Ok(); }"));

    [Fact]
    public Task A_refund_request_of_a_customer() => Allows(Controller("[HttpPost] public Task RequestRefund(int id) => db.SaveChangesAsync();"));

    [Fact]
    public Task A_project_without_roles() => Allows("[Authorize] public class OrdersController : ShopCode { [HttpPost] public Task Approve(int id) => db.SaveChangesAsync(); }");

    [Fact]
    public Task A_query() => Allows(Controller("[HttpGet(\"refunds\")] public Task<int> Refunds() => db.Orders.CountAsync();"));

    [Fact]
    public Task What_customers_do() => Allows(Controller("[HttpPost] public Task PlaceOrder(int id) => db.SaveChangesAsync(); [HttpPost(\"c\")] public Task ApplyCoupon(string code) => db.SaveChangesAsync(); [HttpPost(\"r\")] public Task AddProductReview(int id) => db.SaveChangesAsync();"));

    [Fact]
    public Task What_is_open_to_anybody_is_another_finding() => Allows(Controller("[AllowAnonymous, HttpPost] public Task Approve(int id) => db.SaveChangesAsync();"));

    [Fact]
    public Task A_permission_service() => Allows(Roles + """
        public interface IPermissionService { Task<bool> AllowsAsync(string what); }
        [Authorize]
        public class RefundsController(IPermissionService permissions) : ShopCode { [HttpPost] public async Task<IActionResult> Approve(int id) { if (!await permissions.AllowsAsync("refunds")) return StatusCode(403); await db.SaveChangesAsync(); return Ok(); } }
        """);

    [Fact]
    public Task A_service() => Allows(Roles + "public class RefundService(ShopDb db) { public Task Approve(int id) => db.SaveChangesAsync(); }");

    [Fact]
    public Task What_an_admin_s_controller_shows() => Flags(Roles + """
        [Authorize, Route("api/admin/orders")]
        public class AdminOrdersController : ShopCode { [HttpGet] public Task<List<Order>> [|All|]() => db.Orders.ToListAsync(); }
        """);

    [Fact]
    public Task What_an_admin_s_controller_shows_to_admins() => Allows(Roles + """
        [Authorize(Roles = "Admin"), Route("api/admin/orders")]
        public class AdminOrdersController : ShopCode { [HttpGet] public Task<List<Order>> All() => db.Orders.ToListAsync(); }
        """);
}

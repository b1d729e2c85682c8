namespace RiskAnalyzers.Tests.Rules.Accounts;

/// <summary>What does and does not demand a caller, beside the attribute on the action.</summary>
public sealed partial class UnauthorizedStateChangeTests
{
    [Fact]
    public Task A_claim_that_is_read_and_never_demanded() => Flags(
        """
        public class AddressesController : ShopCode
        {
            [HttpPost("addresses")]
            public async Task<IActionResult> [|Save|]([FromBody] string street)
            {
                var uid = User.FindFirstValue(ClaimTypes.NameIdentifier);
                log.LogInformation("{Uid} saves {Street}", uid, street);
                await db.SaveChangesAsync();
                return Ok();
            }
        }
        """);

    [Fact]
    public Task Authorize_on_a_base_controller() => Allows(
        """
        [Authorize] public abstract class SecuredController : ShopCode { }
        public class OrdersController : SecuredController { [HttpDelete("{id}")] public async Task Delete(int id) => await db.Orders.Where(o => o.Id == id).ExecuteDeleteAsync(); }
        """);

    [Fact]
    public Task A_group_that_demands_it() => Allows(
        """
        public static class Orders
        {
            public static void Map(WebApplication app)
            {
                var group = app.MapGroup("/orders").RequireAuthorization();
                group.MapPost("/{id}/pay", async (int id, ShopDb db) => await db.SaveChangesAsync());
            }
        }
        """);

    [Fact]
    public Task A_fallback_policy() => Allows(
        """
        public static class Setup
        {
            public static void Add(IServiceCollection services) => services.AddAuthorization(options =>
                options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        }

        public class OrdersController : ShopCode { [HttpDelete("{id}")] public async Task Delete(int id) => await db.Orders.Where(o => o.Id == id).ExecuteDeleteAsync(); }
        """);

    [Fact]
    public Task Controllers_that_are_mapped_with_a_demand() => Allows(
        """
        public static class Setup { public static void Run(WebApplication app) => app.MapControllers().RequireAuthorization(); }
        public class OrdersController : ShopCode { [HttpPost("pay")] public Task Pay() => db.SaveChangesAsync(); }
        """);

    [Fact]
    public Task A_key_that_the_action_itself_demands() => Allows(
        """
        public class StockController : ShopCode
        {
            [HttpPost("stock")]
            public async Task<IActionResult> Adjust(int id, int by)
            {
                if (Request.Headers["X-Api-Key"] != config["Stock:ApiKey"]) return StatusCode(401);
                (await db.Products.FindAsync(id))!.Stock += by;
                await db.SaveChangesAsync();
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_caller_that_the_action_itself_demands() => Allows(
        """
        public class AddressesController : ShopCode
        {
            [HttpPost("addresses")]
            public async Task<IActionResult> Save([FromBody] string street)
            {
                var uid = User.FindFirstValue(ClaimTypes.NameIdentifier);
                if (uid is null) return Unauthorized();
                await db.SaveChangesAsync();
                return Ok(street);
            }
        }
        """);

    [Fact]
    public Task A_helper_that_demands_the_caller() => Allows(
        """
        public abstract class CustomerController : ShopCode
        {
            protected string CustomerId => User.FindFirst("sub")?.Value ?? throw new UnauthorizedAccessException();
            protected string Me() => User.FindFirst("sub")?.Value ?? throw new UnauthorizedAccessException();
        }
        public class AddressesController : CustomerController
        {
            [HttpPost("addresses")] public async Task<string> Save() { await db.SaveChangesAsync(); return Me(); }
        }
        """);

    [Fact]
    public Task A_permission_of_the_product() => Allows(
        """
        public class HasPermissionAttribute(string name) : Attribute { public string Name => name; }
        public class OrdersController : ShopCode { [HasPermission("orders.delete"), HttpDelete("{id}")] public async Task Delete(int id) => await db.Orders.Where(o => o.Id == id).ExecuteDeleteAsync(); }
        """);

    [Fact]
    public Task A_line_of_a_cart_by_a_number_that_anybody_can_count_to() => Flags(
        """
        public static class Carts
        {
            public static void Map(WebApplication app)
            {
                app.[|MapPut|]("/api/cart/{itemId}", async (int itemId, int quantity, ShopDb db) => { await db.SaveChangesAsync(); return quantity; });
                app.[|MapDelete|]("/api/cart/lines/{lineId}", async (long lineId, ShopDb db) => { await db.SaveChangesAsync(); });
                app.MapPost("/api/cart/{cartId}/items/{productId}", async (Guid cartId, int productId, ShopDb db) => { await db.SaveChangesAsync(); });
                app.MapDelete("/api/cart/items/{itemId}", async (int itemId, HttpContext context, ShopDb db) => { var cart = context.Session.GetString("cart"); await db.SaveChangesAsync(); return cart; });
            }
        }
        """);

    [Fact]
    public Task A_guest_s_checkout_that_was_opened_on_purpose() => Allows("""
        [Authorize]
        public class PaymentController : ShopCode
        {
            [AllowAnonymous, HttpPost("checkout/free")]
            public async Task<IActionResult> CheckoutWithoutPayment(string? shoppingCartId)
            {
                db.Orders.Add(new Order());
                await db.SaveChangesAsync();
                return Ok(shoppingCartId);
            }
        }
        """);

    [Fact]
    public Task An_action_that_was_forgotten_among_its_siblings() => Flags(
        """
        [ApiController, Route("auth")]
        public class AuthController(ShopDb db) : ControllerBase
        {
            [Authorize, HttpPost("me/phone")] public Task Request(string phone) => db.SaveChangesAsync();
            [Authorize, HttpDelete("me")] public Task Close() => db.SaveChangesAsync();
            [HttpPost("me/phone/verify")]
            public async Task<IActionResult> [|VerifyPhoneChange|](string phone)
            {
                var id = User.FindFirstValue("sub");
                await db.Customers.Where(c => c.Email == id).ExecuteUpdateAsync(set => set.SetProperty(c => c.Email, phone));
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_form_that_other_sites_post() => Allows(
        """
        [Route("fund")]
        public class FundController(ShopDb db) : Controller
        {
            [Authorize, HttpPost("open")] public Task Open(string name) => db.SaveChangesAsync();
            [Authorize, HttpDelete("close")] public Task Close() => db.SaveChangesAsync();
            [IgnoreAntiforgeryToken, HttpPost("give")] public async Task<IActionResult> Contribute(decimal amount) { var id = User.FindFirstValue("sub"); await db.SaveChangesAsync(); return Ok(id + amount); }
        }
        """);

    [Fact]
    public Task A_way_out_among_guarded_siblings() => Allows(
        """
        [ApiController, Route("auth")]
        public class AuthController(ShopDb db) : ControllerBase
        {
            [Authorize, HttpPost("me/phone")] public Task Request(string phone) => db.SaveChangesAsync();
            [Authorize, HttpDelete("me")] public Task Close() => db.SaveChangesAsync();
            [HttpPost("logout")] public async Task<IActionResult> Logout() { var id = User.FindFirstValue("sub"); await db.SaveChangesAsync(); return Ok(id); }
        }
        """);
}

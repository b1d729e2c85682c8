using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Accounts;

public sealed partial class UnauthorizedStateChangeTests() : RuleTest("RISK3002")
{
    [Fact]
    public Task An_explicit_AllowAnonymous_on_a_refund() => Fixes(
        """
        [Authorize]
        public class OrdersController : ShopCode
        {
            [AllowAnonymous, HttpPost("orders/{id}/refund")]
            public async Task<PaymentResult> [|RefundOrder|](int id)
            {
                var o = await db.Orders.FirstAsync(x => x.Id == id);
                return await gateway.RefundAsync(o.PaymentReference!, o.Total, $"refund-{o.Id}");
            }
        }
        """,
        """
        [Authorize]
        public class OrdersController : ShopCode
        {
            [Authorize, HttpPost("orders/{id}/refund")]
            public async Task<PaymentResult> RefundOrder(int id)
            {
                var o = await db.Orders.FirstAsync(x => x.Id == id);
                return await gateway.RefundAsync(o.PaymentReference!, o.Total, $"refund-{o.Id}");
            }
        }
        """);

    [Fact]
    public Task A_controller_without_any_attribute() => Fixes(
        """
        [ApiController, Route("api/[controller]")]
        public class InvoicesController(ShopDb db) : ControllerBase
        {
            /// <summary>Pays.</summary>
            [HttpPut("{id:int}/pay")]
            public async Task<IActionResult> [|MarkPaid|](int id)
            {
                var order = await db.Orders.FindAsync(id);
                order!.Status = OrderStatus.Paid;
                await db.SaveChangesAsync();
                return NoContent();
            }
        }
        """,
        """
        [ApiController, Route("api/[controller]")]
        public class InvoicesController(ShopDb db) : ControllerBase
        {
            /// <summary>Pays.</summary>
            [Authorize]
            [HttpPut("{id:int}/pay")]
            public async Task<IActionResult> MarkPaid(int id)
            {
                var order = await db.Orders.FindAsync(id);
                order!.Status = OrderStatus.Paid;
                await db.SaveChangesAsync();
                return NoContent();
            }
        }
        """);

    [Fact]
    public Task A_minimal_API_without_authorization_on_its_chain() => Fixes(
        """
        public static class OrderEndpoints
        {
            public static void MapOrders(this WebApplication app)
            {
                app.[|MapDelete|]("/orders/{id:int}", async (int id, ShopDb db) =>
                {
                    await db.Orders.Where(o => o.Id == id).ExecuteDeleteAsync();
                    return Results.NoContent();
                })
                .WithName("DeleteOrder");
            }
        }
        """,
        """
        public static class OrderEndpoints
        {
            public static void MapOrders(this WebApplication app)
            {
                app.MapDelete("/orders/{id:int}", async (int id, ShopDb db) =>
                {
                    await db.Orders.Where(o => o.Id == id).ExecuteDeleteAsync();
                    return Results.NoContent();
                }).RequireAuthorization()
                .WithName("DeleteOrder");
            }
        }
        """);

    [Fact]
    public Task A_method_group_in_an_open_group() => Flags(
        """
        public static class OrdersModule
        {
            public static IEndpointRouteBuilder Map(this IEndpointRouteBuilder app)
            {
                var group = app.MapGroup("/api/orders").WithTags("Orders");
                group.MapGet("/{id:int}", Get);
                group.[|MapPatch|]("/{id:int}/status", SetStatus).WithName("SetStatus");
                return app;
            }

            private static async Task<IResult> Get(int id, ShopDb db) => Results.Ok(await db.Orders.FindAsync(id));

            private static async Task<IResult> SetStatus(int id, OrderStatus status, ShopDb db)
            {
                var order = await db.Orders.FirstAsync(o => o.Id == id);
                order.Status = status;
                await db.SaveChangesAsync();
                return Results.Ok();
            }
        }
        """.Replace("IEndpointRouteBuilder", "Microsoft.AspNetCore.Routing.IEndpointRouteBuilder"));

    [Fact]
    public Task Top_level_statements() => Flags(
        """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddAuthentication();
        builder.Services.AddAuthorization();
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.[|MapPost|]("/checkout", async (Order order, ShopDb db) => { db.Orders.Add(order); await db.SaveChangesAsync(); return Results.Created($"/orders/{order.Id}", order); });
        app.Run();
        """);

    [Fact]
    public Task A_thin_controller_that_sends_a_command() => Flags(
        """
        public record CancelOrderCommand(int Id);
        public interface ISender { Task Send(object command); }
        [ApiController, Route("orders")]
        public class OrdersController(ISender sender) : ControllerBase
        {
            [HttpPost("{id}/cancel")]
            public async Task<IActionResult> [|Cancel|](int id) { await sender.Send(new CancelOrderCommand(id)); return NoContent(); }
        }
        """);

    [Fact]
    public Task A_group_that_allows_anybody() => Flags(
        """
        public static class Wallets
        {
            public static void Map(WebApplication app)
            {
                var wallets = app.MapGroup("/wallets").AllowAnonymous();
                wallets.[|MapPost|]("/{id}/credit", (int id, decimal amount, ShopDb db) => { db.Customers.Find(id)!.Balance += amount; db.SaveChanges(); });
            }
        }
        """);

    [Fact]
    public Task A_page_handler() => Flags(
        """
        public class EditModel(ShopDb db) : Microsoft.AspNetCore.Mvc.RazorPages.PageModel
        {
            public async Task<IActionResult> [|OnPostDeleteAsync|](int id)
            {
                db.Customers.Remove((await db.Customers.FindAsync(id))!);
                await db.SaveChangesAsync();
                return RedirectToPage();
            }
        }
        """);

    [Fact]
    public Task A_hub_method_that_saves() => Flags(
        """
        public class OrderHub(ShopDb db) : Microsoft.AspNetCore.SignalR.Hub
        {
            public async Task [|UpdateStatus|](int id, OrderStatus status)
            {
                var order = await db.Orders.FindAsync(id);
                order!.Status = status;
                await db.SaveChangesAsync();
            }

            public Task [|JoinOrder|](int id) => Groups.AddToGroupAsync(Context.ConnectionId, id.ToString());
        }
        """);

    [Fact]
    public Task An_AllowAnonymous_on_the_class_beats_Authorize_on_the_action() => Flags(
        """
        [AllowAnonymous]
        public class PaymentsController : ShopCode
        {
            [Authorize, HttpPost("charge")]
            public async Task<PaymentResult> [|Charge|](decimal amount, string token) => await gateway.ChargeAsync(amount, token);
        }
        """);

    [Fact]
    public Task A_cart_that_the_request_names_by_its_customer() => Flags(
        """
        [Route("cart")]
        public class CartController : ShopCode
        {
            [HttpPost("{customerId}/items")]
            public async Task<IActionResult> [|AddItem|](string customerId, int productId)
            {
                var order = await db.Orders.FirstAsync(o => o.CustomerId == customerId);
                order.Lines.Add(new OrderLine { ProductId = productId });
                await db.SaveChangesAsync();
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_FastEndpoint_that_allows_anybody() => Flags(
        """
        public abstract class Endpoint<TRequest> { public abstract void Configure(); public abstract Task HandleAsync(TRequest request, CancellationToken token); protected void Post(string route) { } protected void AllowAnonymous() { } }
        public record CancelRequest(int Id);
        public class CancelOrderEndpoint(ShopDb db) : Endpoint<CancelRequest>
        {
            public override void Configure() { Post("/orders/cancel"); AllowAnonymous(); }
            public override async Task [|HandleAsync|](CancelRequest request, CancellationToken token) { await db.Orders.Where(o => o.Id == request.Id).ExecuteDeleteAsync(token); }
        }
        """);

    [Fact]
    public Task A_view_controller_that_places_the_order() => Flags(
        """
        public class CheckoutController(ShopDb db) : Controller
        {
            [HttpPost, ValidateAntiForgeryToken]
            public async Task<IActionResult> [|PlaceOrder|](Order order) { db.Orders.Add(order); await db.SaveChangesAsync(); return RedirectToAction("Done"); }
        }
        """);

    [Fact]
    public Task A_question_that_a_page_posts() => Allows(
        """
        public class ProductController(ShopDb db) : Controller
        {
            [HttpPost] public IActionResult AttributeChange(int id) => Json(new { price = db.Products.First(p => p.Id == id).Price });
        }
        """);

    [Fact]
    public Task A_filter_of_the_product_that_refuses() => Allows(
        """
        public class InjectProviderAttribute : Microsoft.AspNetCore.Mvc.Filters.ActionFilterAttribute
        {
            public override void OnActionExecuting(Microsoft.AspNetCore.Mvc.Filters.ActionExecutingContext context)
            {
                if (context.HttpContext.User.Identity?.IsAuthenticated != true) context.Result = new UnauthorizedResult();
            }
        }
        public class BillingController : ShopCode { [InjectProvider, HttpPut("address")] public Task Address(string street) => db.SaveChangesAsync(); }
        """);

    [Fact]
    public Task Registration_by_its_route() => Allows(
        """
        public static class Api { public static void Map(WebApplication app) => app.MapPost("/api/customers", async (string email, ShopDb db) => { db.Customers.Add(new Customer { Email = email }); await db.SaveChangesAsync(); }); }
        """);

    [Theory]
    [InlineData("login")]
    [InlineData("register")]
    [InlineData("forgot-password")]
    [InlineData("reset-password")]
    [InlineData("confirm-email")]
    [InlineData("refresh-token")]
    [InlineData("stripe/webhook")]
    [InlineData("newsletter")]
    [InlineData("search")]
    [InlineData("quote")]
    public Task Nobody_is_signed_in_yet_or_nothing_changes(string route) => Allows(
        $$"""
        public class AccountController : ShopCode
        {
            [AllowAnonymous, HttpPost("{{route}}")]
            public async Task<IActionResult> Post(string name) { await db.SaveChangesAsync(); return Ok(name); }
        }
        """);

    [Fact]
    public Task A_login() => Allows(
        """
        public class AccountController : ShopCode
        {
            [AllowAnonymous, HttpPost]
            public async Task<IActionResult> Login(string user, string pw)
            {
                var r = await signIn.PasswordSignInAsync(user, pw, isPersistent: false, lockoutOnFailure: true);
                return r.Succeeded ? Ok() : Unauthorized();
            }
        }
        """);

    [Fact]
    public Task Authorize_on_the_controller() => Allows(
        """
        [Authorize]
        public class OrdersController : ShopCode { [HttpDelete("{id}")] public async Task Delete(int id) => await db.Orders.Where(o => o.Id == id).ExecuteDeleteAsync(); }
        """);

    [Fact]
    public Task A_query_of_the_catalogue() => Allows(
        """
        [Route("products")]
        public class ProductsController : ShopCode
        {
            [HttpGet] public Task<List<Product>> All() => db.Products.ToListAsync();
            [HttpPost("search")] public Task<List<Product>> Search([FromBody] string text) => db.Products.Where(p => p.Name.Contains(text)).ToListAsync();
        }
        """);

    [Fact]
    public Task A_visitor_s_cart() => Allows(
        """
        [Route("cart")]
        public class CartController : ShopCode
        {
            [HttpPost("{cartId:guid}/items")]
            public async Task<IActionResult> AddItem(Guid cartId, int productId) { await db.SaveChangesAsync(); return Ok(); }

            [HttpPost("checkout")]
            public async Task<IActionResult> Checkout() { var cart = HttpContext.Session.GetString("cart"); await db.SaveChangesAsync(); return Ok(cart); }
        }
        """);

    [Fact]
    public Task What_is_no_action() => Allows(
        """
        public class OrderService(ShopDb db)
        {
            public async Task Delete(int id) => await db.Orders.Where(o => o.Id == id).ExecuteDeleteAsync();
        }

        public class OrdersController : ShopCode { [NonAction] public async Task Delete(int id) => await db.Orders.Where(o => o.Id == id).ExecuteDeleteAsync(); }
        """);

    [Fact]
    public Task A_middleware_with_keys() => Allows(
        """
        public class ApiKeyMiddleware(RequestDelegate next)
        {
            public async Task InvokeAsync(HttpContext context)
            {
                if (!context.Request.Headers.ContainsKey("X-Api-Key")) { context.Response.StatusCode = StatusCodes.Status401Unauthorized; return; }
                await next(context);
            }
        }

        public class OrdersController : ShopCode { [HttpPost("pay")] public Task Pay() => db.SaveChangesAsync(); }
        """);

    [Fact]
    public Task A_form_that_other_sites_post_to() => Allows(
        "public class PosController : ShopCode { [HttpPost(\"apps/{id}/pos\"), IgnoreAntiforgeryToken] public async Task<IActionResult> PosOrder(string id) { db.Orders.Add(new Order()); await db.SaveChangesAsync(); return Ok(); } }");
}

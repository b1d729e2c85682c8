using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Accounts;

public sealed class UnauthorizedStateChangeProtocolsTests() : RuleTest("RISK3002")
{
    private const string Mcp = """
        public sealed class McpServerToolAttribute : Attribute { public string? Name { get; set; } }
        public static class McpMaps
        {
            public static IEndpointConventionBuilder MapMcp(this WebApplication app, string path) => throw new NotSupportedException();
            public static IEndpointConventionBuilder MapGrpcService<T>(this WebApplication app) => throw new NotSupportedException();
        }
        public abstract class OrdersBase { public virtual Task<int> PlaceOrder(int id) => Task.FromResult(0); public virtual Task<int> Echo(int id) => Task.FromResult(0); }

        """;

    [Fact]
    public Task Tools_for_agents_that_place_orders() => Flags(Mcp + """
        public static class OrderTools { [McpServerTool(Name = "place_order")] public static Task<string> PlaceOrder(int product) => Task.FromResult(""); }
        static class Start
        {
            static void Run(WebApplication app)
            {
                app.UseAuthentication();
                app.[|MapMcp|]("/mcp");
            }
        }
        """);

    [Fact]
    public Task Tools_that_read_a_customer_s_cards() => Flags(Mcp + """
        public class WalletMcpTools { [McpServerTool] public Task<string> ListCards(Guid userId) => Task.FromResult(""); }
        static class Start
        {
            static void Run(WebApplication app)
            {
                app.MapGet("/orders", () => 1).RequireAuthorization();
                app.[|MapMcp|]("/mcp");
            }
        }
        """);

    [Fact]
    public Task A_gRPC_service_beside_a_guarded_one() => Flags(Mcp + """
        public class OrderGrpc : OrdersBase { public override Task<int> PlaceOrder(int id) => Task.FromResult(id); }
        [Authorize] public class AdminGrpc : OrdersBase { public override Task<int> PlaceOrder(int id) => Task.FromResult(id); }
        static class Start
        {
            static void Run(WebApplication app)
            {
                app.[|MapGrpcService<OrderGrpc>|]();
                app.MapGrpcService<AdminGrpc>();
            }
        }
        """);

    [Fact]
    public Task What_hangs_on_another_map_says_nothing() => Flags(Mcp + """
        [Authorize] public class AdminGrpc : OrdersBase { public override Task<int> PlaceOrder(int id) => Task.FromResult(id); }
        static class Start
        {
            static void Run(WebApplication app)
            {
                app.MapGrpcService<AdminGrpc>().RequireAuthorization("admins");
                app.[|MapPost|]("/orders/{id}/cancel", async (int id, ShopDb db) => { await db.SaveChangesAsync(); });
            }
        }
        """);

    [Fact]
    public Task A_GET_that_places_the_order() => Flags("""
        public interface IBasketClient { Task ConfirmBasket(string userId); Task AddItem(string userId, int product); }
        [ApiController, Route("api/baskets")]
        public class BasketsController(IBasketClient client) : ControllerBase
        {
            [HttpGet("confirm/{userId}")] public Task [|ConfirmBasket|](string userId) => client.ConfirmBasket(userId);
            [HttpGet("add/{userId}/{product}")] public Task [|AddBasketItem|](string userId, int product) => client.AddItem(userId, product);
        }
        """);

    [Fact]
    public Task A_refund_beside_the_shop_s_own_key() => Flags("""
        [ApiController, Route("api/payments")]
        public class PaymentsController : ShopCode
        {
            [HttpPost("refund")]
            public async Task<IActionResult> [|Refund|]([FromQuery] int orderId)
            {
                var order = await db.Orders.FirstOrDefaultAsync(o => o.Id == orderId);
                var apiKey = config["Stripe:SecretKey"] ?? Environment.GetEnvironmentVariable("STRIPE_API_KEY");
                if (string.IsNullOrWhiteSpace(apiKey)) return Problem();
                Provider.ApiKey = apiKey;
                order!.Status = OrderStatus.Cancelled;
                await db.SaveChangesAsync();
                return Ok();
            }
        }
        static class Provider { public static string? ApiKey { get; set; } }
        """);

    [Fact]
    public Task A_key_that_the_caller_must_know() => Allows("""
        [ApiController, Route("api/payments")]
        public class PaymentsController : ShopCode
        {
            [HttpPost("refund")]
            public async Task<IActionResult> Refund([FromQuery] int orderId, [FromHeader(Name = "X-Api-Key")] string apiKey)
            {
                var expected = config["Shop:ApiKey"];
                if (apiKey != expected) return Unauthorized();
                await db.SaveChangesAsync();
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_key_from_a_header() => Allows("""
        [ApiController, Route("api/payments")]
        public class PaymentsController : ShopCode
        {
            [HttpPost("refund")]
            public async Task<IActionResult> Refund([FromQuery] int orderId)
            {
                if (Request.Headers["X-Api-Key"] != config["Shop:Key"]) return Unauthorized();
                await db.SaveChangesAsync();
                return Ok();
            }
        }
        """);

    [Fact]
    public Task Guarded_tools() => Allows(Mcp + """
        public static class OrderTools { [McpServerTool] public static Task<string> PlaceOrder(int product) => Task.FromResult(""); }
        static class Start { static void Run(WebApplication app) { app.UseAuthentication(); app.MapMcp("/mcp").RequireAuthorization(); } }
        """);

    [Fact]
    public Task Tools_of_the_catalogue() => Allows(Mcp + """
        public static class ProductTools { [McpServerTool] public static Task<string> SearchProducts(string text) => Task.FromResult(""); }
        static class Start { static void Run(WebApplication app) { app.UseAuthentication(); app.MapMcp("/mcp"); } }
        """);

    [Fact]
    public Task A_service_that_asks_by_itself() => Allows(Mcp + """
        public class OrderGrpc : OrdersBase { [Authorize] public override Task<int> PlaceOrder(int id) => Task.FromResult(id); }
        static class Start { static void Run(WebApplication app) => app.MapGrpcService<OrderGrpc>(); }
        """);

    [Fact]
    public Task A_GET_that_reads() => Allows("""
        public interface IBasketClient { Task<int> CountItems(string userId); }
        [ApiController, Route("api/baskets")]
        public class BasketsController(IBasketClient client) : ControllerBase
        {
            [HttpGet("{userId}")] public Task<int> GetBasket(string userId) => client.CountItems(userId);
            [HttpGet("added")] public int AddedItems() => 3;
        }
        """);

    [Fact]
    public Task A_form_for_adding() => Allows("""
        public class ProductsController : Controller
        {
            [HttpGet] public IActionResult Create() => View();
            [HttpGet("edit")] public IActionResult Update(int id) => View();
        }
        """);

    [Fact]
    public Task A_controller_for_the_public() => Allows("""
        [ApiController, Route("pay")]
        public class PublicPayButtonController : ShopCode { [HttpPost] public Task Handle(decimal price) => db.SaveChangesAsync(); }
        """);

    [Fact]
    public Task A_limit_for_strangers() => Allows("""
        public sealed class RateLimitsFilterAttribute(string zone) : Attribute { public string Zone => zone; }
        static class ZoneLimits { public const string PublicInvoices = "pub"; }
        [ApiController, Route("crowdfund")]
        public class CrowdfundController : ShopCode { [HttpPost, RateLimitsFilter(ZoneLimits.PublicInvoices)] public Task Contribute(decimal amount) => db.SaveChangesAsync(); }
        """);

    [Fact]
    public Task A_page_whose_folder_is_the_sign_in() => Allows("""
        namespace Shop.Pages.Login
        {
            [AllowAnonymous]
            public class Index(ShopDb db) : Microsoft.AspNetCore.Mvc.RazorPages.PageModel { public async Task<IActionResult> OnPost(string name) { await db.SaveChangesAsync(); return Page(); } }
        }
        namespace Shop.Pages.Account.Create
        {
            [AllowAnonymous]
            public class IndexModel(ShopDb db) : Microsoft.AspNetCore.Mvc.RazorPages.PageModel { public async Task<IActionResult> OnPost(string name) { await db.SaveChangesAsync(); return Page(); } }
        }
        """);
}

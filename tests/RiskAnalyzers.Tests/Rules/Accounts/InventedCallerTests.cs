using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Accounts;

public sealed class InventedCallerTests() : RuleTest("RISK3019")
{
    [Fact]
    public Task An_anonymous_user_of_a_current_user_service() => Flags("""
        public class CurrentUserService(IHttpContextAccessor accessor)
        {
            public string UserId => User?.FindFirst(ClaimTypes.NameIdentifier)?.Value ?? User?.FindFirst("sub")?.Value ?? [|"anonymous"|];
            public ClaimsPrincipal? User => accessor.HttpContext?.User;
        }
        """);

    [Fact]
    public Task An_empty_guid_after_a_failed_parse() => Flags("""
        public class CurrentUser
        {
            public Guid Id { get; private set; }
            public Guid UserId(ClaimsPrincipal principal) => Guid.TryParse(principal.FindFirst("sub")?.Value, out var id) ? id : [|Guid.Empty|];
        }
        """);

    [Fact]
    public Task Set_into_a_property() => Flags("""
        public class Caller
        {
            public Guid CustomerId { get; private set; }
            public void Load(ClaimsPrincipal principal) => CustomerId = Guid.TryParse(principal.FindFirst("sub")?.Value, out var id) ? id : [|Guid.Empty|];
        }
        """);

    [Fact]
    public Task Zero_parsed_out_of_a_text() => Flags("""
        public class OrdersController : ShopCode
        {
            [HttpPost] public async Task<IActionResult> Place(Order order)
            {
                var userId = int.Parse(User.FindFirstValue(ClaimTypes.NameIdentifier) ?? [|"0"|]);
                order.CustomerId = userId.ToString();
                db.Orders.Add(order);
                await db.SaveChangesAsync();
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_demo_user_in_an_action() => Flags("""
        public class OrdersController : ShopCode
        {
            [HttpGet] public async Task<IActionResult> Mine()
            {
                var customerId = User.FindFirst("sub")?.Value ?? [|"demo-user"|];
                return Ok(await db.Orders.Where(o => o.CustomerId == customerId).ToListAsync());
            }
        }
        """);

    [Fact]
    public Task A_helper_that_returns_zero() => Flags("""
        public class WalletController : ShopCode
        {
            private int GetCurrentUserId()
            {
                var claim = User.FindFirst(ClaimTypes.NameIdentifier);
                if (claim == null || !int.TryParse(claim.Value, out var id))
                    return [|0|];
                return id;
            }
        }
        """);

    [Fact]
    public Task A_helper_with_a_guid() => Flags("""
        public class RefundsController : ShopCode
        {
            private Guid GetUserId()
            {
                var text = User.FindFirstValue("sub");
                if (string.IsNullOrEmpty(text)) return [|Guid.Empty|];
                return Guid.Parse(text);
            }
        }
        """);

    [Fact]
    public Task A_choice_on_a_missing_claim() => Flags("""
        public class PayController : ShopCode
        {
            [HttpPost] public Task<int> Pay(decimal amount)
            {
                var claim = User.Claims.FirstOrDefault(c => c.Type == "sub");
                long userId = claim != null ? long.Parse(claim.Value) : [|0|];
                return Charge(userId, amount);
            }
            Task<int> Charge(long user, decimal amount) => Task.FromResult(1);
        }
        """);

    [Fact]
    public Task A_minimal_api() => Flags("""
        static class Api
        {
            static void Map(WebApplication app) => app.MapPost("/orders", async (HttpContext http, ShopDb db, Order order) =>
            {
                order.CustomerId = http.User.FindFirst("sub")?.Value ?? [|"unknown"|];
                db.Add(order);
                await db.SaveChangesAsync();
            });
        }
        """);

    [Fact]
    public Task Given_to_a_service() => Flags("""
        public interface IOrders { Task Cancel(int id, Guid userId); }
        public class OrdersController(IOrders orders) : ShopCode
        {
            [HttpPost] public Task Cancel(int id) => orders.Cancel(id, Guid.Parse(User.FindFirstValue("sub") ?? [|Guid.Empty.ToString()|]));
        }
        """);

    [Fact]
    public Task A_null_check_the_other_way_round() => Flags("""
        public class UserContext(IHttpContextAccessor accessor)
        {
            public int UserId => accessor.HttpContext?.User.FindFirst("sub") is not { } claim ? [|0|] : int.Parse(claim.Value);
        }
        """);

    [Fact]
    public Task Refused_instead() => Allows("""
        public class CurrentUserService(IHttpContextAccessor accessor)
        {
            public string UserId => accessor.HttpContext?.User.FindFirst("sub")?.Value ?? throw new UnauthorizedAccessException();
        }
        """);

    [Fact]
    public Task Null_where_there_is_none() => Allows("""
        public class CurrentUserService(IHttpContextAccessor accessor)
        {
            public Guid? UserId => Guid.TryParse(accessor.HttpContext?.User.FindFirst("sub")?.Value, out var id) ? id : null;
        }
        """);

    [Fact]
    public Task Only_for_a_log() => Allows("""
        public class OrdersController : ShopCode
        {
            [HttpGet] public IActionResult List()
            {
                var userId = User.FindFirst("sub")?.Value ?? "anonymous";
                log.LogInformation("Listing for {User}", userId);
                return Ok();
            }
        }
        """);

    [Fact]
    public Task Straight_into_a_log() => Allows("public class C : ShopCode { void M() => log.LogInformation(\"{User}\", User.FindFirst(\"sub\")?.Value ?? \"anonymous\"); }");

    [Fact]
    public Task Compared_before_use() => Allows("""
        public class OrdersController : ShopCode
        {
            [HttpGet] public async Task<IActionResult> Mine()
            {
                var userId = User.FindFirst("sub")?.Value ?? "";
                if (userId == "") return Unauthorized();
                return Ok(await db.Orders.Where(o => o.CustomerId == userId).ToListAsync());
            }
        }
        """);

    [Fact]
    public Task A_helper_whose_callers_refuse() => Allows("""
        public class OrdersController : ShopCode
        {
            private Guid GetUserId() => Guid.TryParse(User.FindFirstValue("sub"), out var id) ? id : Guid.Empty;
            [HttpGet] public IActionResult Mine()
            {
                var caller = GetUserId();
                if (caller == Guid.Empty) return Unauthorized();
                return Ok(caller);
            }
        }
        """);

    [Fact]
    public Task A_name_for_display() => Allows("public class C : ShopCode { string DisplayName => User.FindFirst(\"name\")?.Value ?? \"Guest\"; }");

    [Fact]
    public Task Who_wrote_a_note() => Allows("public class Note { public string? CreatedBy { get; set; } } public class C : ShopCode { Note New() => new() { CreatedBy = User.FindFirst(\"sub\")?.Value ?? \"system\" }; }");

    [Fact]
    public Task A_visitor_s_cart() => Allows("public class CartController : ShopCode { string UserId => User.FindFirst(\"sub\")?.Value ?? \"guest\"; }");

    [Fact]
    public Task Another_claim() => Allows("public class C : ShopCode { string Culture => User.FindFirst(\"locale\")?.Value ?? \"en\"; int Level() => int.Parse(User.FindFirst(\"level\")?.Value ?? \"0\"); }");

    [Fact]
    public Task A_default_page() => Allows("public class C : ShopCode { int Page(int? page) => page ?? 1; string Sort(string? sort) => sort ?? \"name\"; }");

    [Fact]
    public Task Another_claim_is_tried() => Allows("public class C : ShopCode { string? UserId => User.FindFirst(\"sub\")?.Value ?? User.FindFirst(ClaimTypes.NameIdentifier)?.Value; }");

    [Fact]
    public Task Text_of_a_partition() => Allows("public class C : ShopCode { void Limit(string partitionKey) { } void M() => Limit(User.FindFirst(\"sub\")?.Value ?? \"anonymous\"); }");

    [Fact]
    public Task A_claim_that_is_issued() => Allows("public class C { Claim Issue(Order order) => new Claim(ClaimTypes.NameIdentifier, order.CustomerId ?? \"\"); }");

    [Fact]
    public Task A_current_user_that_was_never_finished() => Flags("""
        public class CurrentUserService
        {
            public Guid? UserId => [|Guid.Parse("00000000-0000-0000-0000-000000000001")|];
            public string? Email => "admin@shop.example";
            public string? Role => [|"Admin"|];
            public bool IsAuthenticated => [|true|];
        }
        """);

    [Fact]
    public Task A_user_context_with_a_fixed_id() => Flags("public class HttpUserContext { public int UserId { get { return [|1|]; } } }");

    [Fact]
    public Task A_stand_in_for_tests() => Allows("public class FakeCurrentUserService { public string? Role => \"Admin\"; public bool IsAuthenticated => true; }");

    [Fact]
    public Task A_current_user_that_is_read() => Allows("public class CurrentUserService(IHttpContextAccessor a) { public string? Role => a.HttpContext?.User.FindFirst(ClaimTypes.Role)?.Value; public bool IsAuthenticated => a.HttpContext?.User.Identity?.IsAuthenticated ?? false; public string Scheme => \"Bearer\"; }");

    [Fact]
    public Task A_question_for_nobody_finds_nothing() => Allows("""
        public class CurrentContext { public Guid? UserId { get; set; } }
        public interface IMembers { Task<Order?> GetByUserAsync(int organization, Guid userId); }
        public class MembersController(IMembers members, CurrentContext currentContext) : ShopCode
        {
            [HttpGet] public Task<Order?> Get(int id) => members.GetByUserAsync(id, currentContext.UserId ?? default);
        }
        """);

    [Fact]
    public Task No_owner_equals_nobody() => Allows("""
        public class CurrentContext { public Guid? UserId { get; set; } }
        public class Purchase { public Guid UserId { get; set; } }
        public class PurchasesController(CurrentContext currentContext) : ShopCode
        {
            bool IsMine(Purchase purchase) { var currentUser = currentContext.UserId ?? Guid.Empty; return purchase.UserId == currentUser; }
        }
        """);

    [Fact]
    public Task Nobody_who_places_an_order() => Flags("""
        public class CurrentContext { public Guid? UserId { get; set; } }
        public interface IOrders { Task PlaceAsync(int product, Guid userId); }
        public class OrdersController(IOrders orders, CurrentContext currentContext) : ShopCode
        {
            [HttpPost] public Task Place(int id) => orders.PlaceAsync(id, currentContext.UserId ?? [|Guid.Empty|]);
        }
        """);
}

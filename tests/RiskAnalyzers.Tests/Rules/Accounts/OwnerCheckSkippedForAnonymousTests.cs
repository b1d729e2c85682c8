using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Accounts;

public sealed partial class OwnerCheckSkippedForAnonymousTests() : RuleTest("RISK3003")
{
    private static string Action(string body, string attributes = "[HttpDelete(\"orders/{id}\")]") => $$"""
        public class OrdersController : ShopCode
        {
            {{attributes}}
            public async Task<IActionResult> DeleteOrder(int id)
            {
                var order = await db.Orders.FindAsync(id);
                if (order is null) return NotFound();
                {{body}}
                db.Orders.Remove(order);
                await db.SaveChangesAsync();
                return NoContent();
            }
        }
        """;

    [Fact]
    public Task A_check_nested_in_the_question_whether_there_is_a_caller() => Fixes(
        """
        public class OrdersController : ShopCode
        {
            [HttpDelete("orders/{id}")]
            public async Task<IActionResult> DeleteOrder(int id)
            {
                var order = await db.Orders.FirstAsync(o => o.Id == id);
                var uid = User.FindFirstValue(ClaimTypes.NameIdentifier);
                // Only the owner may.
                if ([|uid != null|])
                {
                    if (order.CustomerId != uid) return Forbid();
                }
                db.Orders.Remove(order);
                await db.SaveChangesAsync();
                return NoContent();
            }
        }
        """,
        """
        public class OrdersController : ShopCode
        {
            [HttpDelete("orders/{id}")]
            public async Task<IActionResult> DeleteOrder(int id)
            {
                var order = await db.Orders.FirstAsync(o => o.Id == id);
                var uid = User.FindFirstValue(ClaimTypes.NameIdentifier);
                // Only the owner may.
                if (uid == null || order.CustomerId != uid) return Forbid();
                db.Orders.Remove(order);
                await db.SaveChangesAsync();
                return NoContent();
            }
        }
        """);

    [Fact]
    public Task A_check_joined_to_the_question() => Fixes(
        Action("""
            var uid = User.FindFirstValue(ClaimTypes.NameIdentifier);
            if ([|!string.IsNullOrEmpty(uid) && order.CustomerId != uid|]) return Forbid();
            """),
        Action("""
            var uid = User.FindFirstValue(ClaimTypes.NameIdentifier);
            if (string.IsNullOrEmpty(uid) || order.CustomerId != uid) return Forbid();
            """));

    [Fact]
    public Task A_pattern_instead_of_a_comparison() => Fixes(
        Action("""
            var callerId = User.FindFirst("sub")?.Value;
            if ([|callerId is not null && callerId != order.CustomerId|])
                return Unauthorized();
            """),
        Action("""
            var callerId = User.FindFirst("sub")?.Value;
            if (callerId is null || callerId != order.CustomerId)
                return Unauthorized();
            """));

    [Fact]
    public Task IsAuthenticated() => Flags(
        Action("""
            if ([|User.Identity!.IsAuthenticated|])
            {
                var uid = User.FindFirstValue(ClaimTypes.NameIdentifier);
                if (order.CustomerId != uid) return Forbid();
            }
            """));

    [Fact]
    public Task IsAuthenticated_compared_with_true() => Flags(
        Action("if ([|User.Identity?.IsAuthenticated == true && order.CustomerId != User.FindFirstValue(\"sub\")|]) { return Forbid(); }", "[AllowAnonymous, HttpDelete(\"orders/{id}\")]"));

    [Fact]
    public Task A_pattern_variable() => Flags(
        Action("if ([|User.FindFirstValue(\"sub\") is { } uid && uid != order.CustomerId|]) return Forbid();"));

    [Fact]
    public Task A_minimal_API() => Flags(
        """
        public static class Orders
        {
            public static void Map(WebApplication app) => app.MapPost("/orders/{id}/cancel", async (int id, ShopDb db, ClaimsPrincipal user) =>
            {
                var order = await db.Orders.FirstAsync(o => o.Id == id);
                var userId = user.FindFirstValue(ClaimTypes.NameIdentifier);
                if ([|userId != null && order.CustomerId != userId|]) return Results.Forbid();
                order.Status = OrderStatus.Cancelled;
                await db.SaveChangesAsync();
                return Results.Ok();
            });
        }
        """);

    [Fact]
    public Task A_handler_with_the_current_user() => Flags(
        """
        public interface ICurrentUser { string? Id { get; } }
        public record CancelOrder(int Id);
        public class CancelOrderHandler(ShopDb db, ICurrentUser currentUser)
        {
            public async Task Handle(CancelOrder command, CancellationToken token)
            {
                var order = await db.Orders.FirstAsync(o => o.Id == command.Id, token);
                if ([|currentUser.Id is not null|])
                {
                    if (order.CustomerId != currentUser.Id)
                        throw new UnauthorizedAccessException();
                }
                order.Status = OrderStatus.Cancelled;
                await db.SaveChangesAsync(token);
            }
        }
        """);

    [Fact]
    public Task A_missing_caller_that_owns_everything() => Flags(
        Action("""
            var uid = User.FindFirstValue("sub");
            var mayDelete = [|uid == null || order.CustomerId == uid|];
            if (!mayDelete) return Forbid();
            """));

    [Fact]
    public Task A_filter_that_a_missing_caller_passes() => Flags(
        """
        public class OrdersController : ShopCode
        {
            [HttpGet("orders/{id}")]
            public async Task<Order?> Get(int id)
            {
                var uid = User.FindFirstValue("sub");
                return await db.Orders.FirstOrDefaultAsync(o => o.Id == id && ([|uid == null || o.CustomerId == uid|]));
            }
        }
        """);

    [Fact]
    public Task A_check_that_finds_out_the_customer_first() => Flags(
        Action("""
            var email = User.Identity?.Name;
            if ([|email != null|])
            {
                var owner = await db.Customers.FirstAsync(c => c.Email == email);
                log.LogInformation("{Email} deletes", email);
                if (order.CustomerId == email) { log.LogInformation("own"); } else { return Forbid(); }
            }
            """));

    [Fact]
    public Task The_missing_caller_is_refused_in_the_same_condition() => Allows(
        Action("""
            var uid = User.FindFirstValue(ClaimTypes.NameIdentifier);
            if (uid is null || order.CustomerId != uid) return Forbid();
            """));

    [Fact]
    public Task The_missing_caller_is_refused_before() => Allows(
        Action("""
            var uid = User.FindFirstValue(ClaimTypes.NameIdentifier);
            if (string.IsNullOrEmpty(uid)) return Unauthorized();
            if (uid != null && order.CustomerId != uid) return Forbid();
            """));

    [Fact]
    public Task The_missing_caller_is_refused_in_the_else() => Allows(
        Action("""
            var uid = User.FindFirstValue(ClaimTypes.NameIdentifier);
            if (uid != null) { if (order.CustomerId != uid) return Forbid(); } else { return Unauthorized(); }
            """));

    [Fact]
    public Task The_endpoint_demands_a_caller() => Allows(
        Action("""
            var uid = User.FindFirstValue(ClaimTypes.NameIdentifier);
            if (uid != null && order.CustomerId != uid) return Forbid();
            """, "[Authorize, HttpDelete(\"orders/{id}\")]"));

    [Fact]
    public Task What_belongs_to_nobody_may_be_touched() => Allows(
        Action("if (order.CustomerId != null && order.CustomerId != User.FindFirstValue(\"sub\")) return Forbid();"));

    [Fact]
    public Task A_missing_caller_throws() => Allows(
        Action("""
            var uid = User.FindFirstValue("sub") ?? throw new UnauthorizedAccessException();
            if (uid != "" && order.CustomerId != uid) return Forbid();
            """));

    [Fact]
    public Task A_name_that_is_shown_when_there_is_one() => Allows(
        Action("""
            var name = User.Identity?.Name;
            if (name != null) { log.LogInformation("{Name} deletes", name); }
            """));

    [Fact]
    public Task Another_null_question() => Allows(
        Action("""
            var reference = order.PaymentReference;
            if (reference != null) { if (order.Status == OrderStatus.Paid) return Conflict(); }
            """));

    [Fact]
    public Task A_discount_for_those_who_are_signed_in() => Allows(
        Action("if (User.Identity?.IsAuthenticated == true) { order.Total *= 0.9m; if (order.Total < 1m) return BadRequest(); }"));

    [Fact]
    public Task A_filter_that_demands_both() => Allows(
        """
        public class OrdersController : ShopCode
        {
            [HttpGet("orders/{id}")]
            public async Task<Order?> Get(int id)
            {
                var uid = User.FindFirstValue("sub");
                return await db.Orders.FirstOrDefaultAsync(o => o.Id == id && uid != null && o.CustomerId == uid);
            }
        }
        """);

    [Fact]
    public Task Everything_happens_inside() => Allows(
        """
        public class OrdersController : ShopCode
        {
            [HttpPost("orders/{id}/cancel")]
            public async Task<IActionResult> Cancel(int id)
            {
                var uid = User.FindFirstValue("sub");
                if (uid != null)
                {
                    var order = await db.Orders.FirstAsync(o => o.Id == id);
                    if (order.CustomerId != uid) return Forbid();
                    order.Status = OrderStatus.Cancelled;
                    await db.SaveChangesAsync();
                    return Ok();
                }
                return Unauthorized();
            }
        }
        """);

    [Fact]
    public Task The_request_leaves_out_the_owner() => Flags("""
        public record CancelOrderCommand(int OrderId, Guid? UserId);
        public class Purchase { public Guid UserId { get; set; } }
        public interface IPurchases { Task<Purchase?> GetByIdAsync(int id); }
        public class CancelOrderHandler(IPurchases orders)
        {
            public async Task Handle(CancelOrderCommand request)
            {
                var order = await orders.GetByIdAsync(request.OrderId) ?? throw new InvalidOperationException();
                if ([|request.UserId.HasValue && order.UserId != request.UserId.Value|])
                    throw new UnauthorizedAccessException();
            }
        }
        """);

    [Fact]
    public Task An_optional_parameter() => Flags("class C { void Check(Order order, string? customerId) { if ([|!string.IsNullOrEmpty(customerId) && order.CustomerId != customerId|]) throw new UnauthorizedAccessException(); } }");

    [Fact]
    public Task Only_one_role_is_refused() => Flags("""
        [Authorize]
        public class OrdersController : ShopCode
        {
            [HttpGet("{id}")] public async Task<IActionResult> Get(int id)
            {
                var order = await db.Orders.FindAsync(id);
                var userId = User.FindFirst(ClaimTypes.NameIdentifier)?.Value;
                var userRole = User.FindFirst(ClaimTypes.Role)?.Value;
                if ([|userRole == "User" && order!.CustomerId != userId|])
                    return Forbid();
                return Ok(order);
            }
        }
        """);

    [Fact]
    public Task A_rule_that_matches_customers() => Allows("class Rule { public string? CustomerId { get; set; } bool Matches(Order order) { if (CustomerId != null && order.CustomerId != CustomerId) return false; return true; } }");

    [Fact]
    public Task A_filter_by_customer() => Allows("class C { bool Matches(Order order, string? customerId) { if (customerId != null && order.CustomerId != customerId) return false; return true; } }");

    [Fact]
    public Task An_owner_that_must_be_named() => Allows("class C { void Check(Order order, string customerId) { if (order.CustomerId != customerId) throw new UnauthorizedAccessException(); } }");

    [Fact]
    public Task Everybody_but_the_admin_is_compared() => Allows("""
        [Authorize]
        public class OrdersController : ShopCode
        {
            [HttpGet("{id}")] public async Task<IActionResult> Get(int id)
            {
                var order = await db.Orders.FindAsync(id);
                var userId = User.FindFirst(ClaimTypes.NameIdentifier)?.Value;
                var userRole = User.FindFirst(ClaimTypes.Role)?.Value;
                if (userRole != "Admin" && order!.CustomerId != userId)
                    return Forbid();
                return Ok(order);
            }
        }
        """);

    [Fact]
    public Task An_owner_compared_as_text() => Flags("class Purchase { public int UserId { get; set; } } class C { bool IsOwner(Purchase order, ClaimsPrincipal user) { var id = user.FindFirst(\"sub\")?.Value; return [|id == null || order.UserId.ToString() == id|]; } }");
}

using RiskAnalyzers.Rules;
using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Errors;

public sealed class UntracedFailureTests() : RuleTest("RISK4011")
{
    private const string Types = """
        public interface ISessionService { string GetSession(string token); Task CloseAsync(string token); }
        public record Outcome(bool IsSuccess, string? Error) { public static Outcome Failure(string error) => new(false, error); public static Outcome Success() => new(true, null); }

        """;

    private static string Code(string members) => Types + "public class CheckoutController(ISessionService sessions) : ShopCode { " + members + " }";

    [Fact]
    public Task An_error_response() => Flags(Code("""
        public async Task<IActionResult> Place(Order order)
        {
            try { db.Orders.Add(order); await db.SaveChangesAsync(); return Ok(); }
            [|catch|] (Exception) { return StatusCode(500, "Something went wrong"); }
        }
        """));

    [Fact]
    public Task Every_failure_is_an_expired_session() => Flags(Code("""
        public IActionResult Show(string token)
        {
            try { return Ok(sessions.GetSession(token)); }
            [|catch|] { return Unauthorized("Invalid or expired session"); }
        }
        """));

    [Fact]
    public Task A_plain_false() => Flags(Code("""
        public async Task<bool> CloseOrderAsync(Order order)
        {
            try { order.Status = OrderStatus.Cancelled; await db.SaveChangesAsync(); return true; }
            [|catch|] (Exception ex) { return false; }
        }
        """));

    [Fact]
    public Task A_failed_result() => Flags(Code("""
        public async Task<Outcome> PlaceAsync(Order order)
        {
            try { await db.SaveChangesAsync(); return Outcome.Success(); }
            [|catch|] (Exception) { return Outcome.Failure("Please try again later"); }
        }
        """));

    [Fact]
    public Task An_exception_without_its_cause() => Flags(Code("""
        public async Task StoreAsync(Order order)
        {
            try { await db.SaveChangesAsync(); }
            [|catch|] (Exception) { throw new InvalidOperationException("The order could not be stored"); }
        }
        """));

    [Fact]
    public Task A_middleware_that_only_answers() => Flags("""
        public class ExceptionHandlingMiddleware(RequestDelegate next)
        {
            public async Task InvokeAsync(HttpContext context)
            {
                try { await next(context); }
                [|catch|] (Exception ex) { await HandleExceptionAsync(context, ex); }
            }
            private static Task HandleExceptionAsync(HttpContext context, Exception exception)
            {
                context.Response.StatusCode = exception is ArgumentException ? 400 : 500;
                return context.Response.WriteAsync("{ \"traceId\": \"" + context.TraceIdentifier + "\" }");
            }
        }
        """);

    [Fact]
    public Task A_middleware_that_sets_the_status() => Flags("""
        public class CheckoutErrorMiddleware(RequestDelegate next) { public async Task Invoke(HttpContext context) { try { await next(context); } [|catch|] { context.Response.StatusCode = 500; } } }
        """);

    [Fact]
    public Task A_minimal_api() => Flags("""
        public static class OrderEndpoints
        {
            public static void Map(WebApplication app) => app.MapPost("/orders", async (Order order, ShopDb db) =>
            {
                try { db.Orders.Add(order); await db.SaveChangesAsync(); return Results.Ok(); }
                [|catch|] (Exception) { return Results.BadRequest("try again"); }
            });
        }
        """);

    [Fact]
    public Task A_call_of_another_service() => Flags(Code("""
        public async Task<IActionResult> Ship(string token)
        {
            try { await http.PostAsync("https://carrier/ship", null); return Ok(); }
            [|catch|] (Exception) { return Problem("carrier"); }
        }
        """));

    [Fact]
    public Task A_failure_that_is_wrapped_in_a_task() => Flags(Code("""
        public Task<bool> EndAsync(string token)
        {
            try { var session = sessions.GetSession(token); return Task.FromResult(session.Length > 0); }
            [|catch|] { return Task.FromResult(false); }
        }
        """));

    [Fact]
    public Task Logged() => Allows(Code("""
        public async Task<IActionResult> Place(Order order)
        {
            try { db.Orders.Add(order); await db.SaveChangesAsync(); return Ok(); }
            catch (Exception ex) { log.LogError(ex, "order"); return StatusCode(500); }
        }
        """));

    [Fact]
    public Task The_cause_is_kept() => Allows(Code("""
        public async Task StoreAsync(Order order) { try { await db.SaveChangesAsync(); } catch (Exception ex) { throw new InvalidOperationException("not stored", ex); } }
        """));

    [Fact]
    public Task A_rethrow() => Allows(Code("""
        public async Task StoreAsync(Order order) { try { await db.SaveChangesAsync(); } catch (Exception) { order.Status = OrderStatus.New; throw; } }
        """));

    [Fact]
    public Task A_middleware_whose_method_logs() => Allows("""
        public class ExceptionHandlingMiddleware(RequestDelegate next, ILogger<ExceptionHandlingMiddleware> logger)
        {
            public async Task InvokeAsync(HttpContext context) { try { await next(context); } catch (Exception ex) { await HandleExceptionAsync(context, ex); } }
            private Task HandleExceptionAsync(HttpContext context, Exception exception) { logger.LogError(exception, "request"); context.Response.StatusCode = 500; return Task.CompletedTask; }
        }
        """);

    [Fact]
    public Task A_text_that_cannot_be_read() => Allows(Code("""
        public bool IsRead(string text) { try { JsonDocument.Parse(text); return true; } catch { return false; } }
        public IActionResult Read(string text) { try { return Ok(JsonDocument.Parse(text)); } catch (Exception) { return BadRequest("no JSON"); } }
        """));

    [Fact]
    public Task A_narrow_catch() => Allows(Code("""
        public async Task<IActionResult> Place(Order order) { try { await db.SaveChangesAsync(); return Ok(); } catch (DbUpdateConcurrencyException) { return Conflict(); } }
        """));

    [Fact]
    public Task A_question() => Allows(Code("""
        public async Task<bool> CanConnectAsync() { try { await db.Orders.CountAsync(); return true; } catch { return false; } }
        """));

    [Fact]
    public Task A_check_of_a_signature() => Allows(Code("""
        public bool VerifySignature(string body, string mac) { try { return sessions.GetSession(body) == mac; } catch { return false; } }
        """));

    [Fact]
    public Task The_exception_is_handed_on() => Allows(Code("""
        public interface IErrors { IActionResult ToResult(Exception exception); }
        public async Task<IActionResult> Place(Order order, IErrors errors) { try { await db.SaveChangesAsync(); return Ok(); } catch (Exception ex) { return errors.ToResult(ex); } }
        """));

    [Fact]
    public Task The_failure_is_recorded() => Allows(Code("""
        public interface IJournal { Task RecordFailureAsync(int id); }
        public async Task<bool> Place(Order order, IJournal journal) { try { await db.SaveChangesAsync(); return true; } catch (Exception) { await journal.RecordFailureAsync(order.Id); return false; } }
        """));

    [Fact]
    public Task An_answer_that_depends() => Allows(Code("""
        public async Task<IActionResult> Place(Order order) { try { await db.SaveChangesAsync(); return Ok(); } catch (Exception ex) { if (ex is TimeoutException) return StatusCode(504); return StatusCode(500); } }
        """));

    [Fact]
    public Task An_answer_of_a_type_of_its_own() => Flags(Code("""
        public async Task<ActionResult<Order>> Place(Order order)
        {
            try { db.Orders.Add(order); await db.SaveChangesAsync(); return order; }
            [|catch|] { return BadRequest("try again"); }
        }
        """));

    [Fact]
    public async Task One_place_is_one_finding()
    {
        var options = new ConfigOptions().For("Orders.cs", "risk_analyzers.critical_path", "checkout");
        var found = await Analysis.Run(Analysis.Compile(("/shop/Orders.cs", """
            using System.Threading.Tasks;
            using Microsoft.AspNetCore.Http;
            public interface IOrderRepository { Task<string> GetByIdAsync(int id); }
            public class OrdersApi
            {
                public static async Task<IResult> GetOrderAsync(int id, IOrderRepository orders)
                {
                    try { var order = await orders.GetByIdAsync(id); return TypedResults.Ok(order); }
                    catch { return TypedResults.NotFound(); }
                }
            }
            """)), options, [.. RuleCatalogue.All.Where(rule => rule.Id is "RISK4005" or "RISK4011")]);
        Assert.Equal("RISK4011", Assert.Single(found, finding => finding.Id.StartsWith("RISK4", StringComparison.Ordinal)).Id);
    }

    [Fact]
    public Task A_redirect_to_a_page_of_errors() => Flags("""
        public interface IOrderService { Task ConfirmAsync(string token); }
        public class PaymentController(IOrderService orders) : ControllerBase
        {
            [HttpPost("callback")]
            public async Task<IActionResult> Callback(string token)
            {
                try { await orders.ConfirmAsync(token); return Redirect("/payment/success"); }
                [|catch|] (Exception ex)
                {
                    var text = Uri.EscapeDataString("failed: " + ex.Message);
                    return Redirect("/payment/error");
                }
            }
        }
        """);

    [Fact]
    public Task A_redirect_that_tells_what_went_wrong() => Allows("""
        public interface IOrderService { Task ConfirmAsync(string token); }
        public class PaymentController(IOrderService orders) : ControllerBase
        {
            public async Task<IActionResult> Callback(string token)
            {
                try { await orders.ConfirmAsync(token); return Redirect("/payment/success"); }
                catch (Exception ex) { var text = Uri.EscapeDataString(ex.Message); return Redirect("/payment/error?reason=" + text); }
            }
        }
        """);
}

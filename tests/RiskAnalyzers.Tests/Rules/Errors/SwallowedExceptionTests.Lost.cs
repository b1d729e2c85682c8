namespace RiskAnalyzers.Tests.Rules.Errors;

/// <summary>Every exception gets an answer, and nobody learns of it.</summary>
public sealed partial class SwallowedExceptionTests
{
    private const string Session = "public interface ISessions { object Get(string token); Task<object> FindAsync(int id); } public record RenewResponse(bool Ok, string Text); ";

    [Fact]
    public Task An_expired_session_whatever_failed() => Flags(Session + """
        public class PaymentsController(ISessions sessions) : ControllerBase
        {
            public IActionResult Get(string token)
            {
                try { return Ok(sessions.Get(token)); }
                [|catch|] { return Unauthorized("Invalid or expired session"); }
            }
        }
        """);

    [Fact]
    public Task Not_found_whatever_failed() => Flags(Session + """
        public static class OrdersApi
        {
            public static async Task<IResult> Get(int id, ISessions orders)
            {
                try { return Results.Ok(await orders.FindAsync(id)); }
                [|catch|] (Exception) { return Results.NotFound(); }
            }
        }
        """);

    [Fact]
    public Task A_failed_answer_after_a_narrower_clause() => Flags(Session + """
        public class RenewHandler(ISessions sessions)
        {
            public async Task<RenewResponse> Handle(int id)
            {
                try { await sessions.FindAsync(id); return new RenewResponse(true, ""); }
                catch (ArgumentException) { return new RenewResponse(false, "Which one?"); }
                [|catch|] (Exception) { return new RenewResponse(false, "Please try again later."); }
            }
        }
        """);

    [Fact]
    public Task A_middleware_that_writes_nothing_down() => Flags("""
        public class ExceptionMiddleware(RequestDelegate next)
        {
            public async Task InvokeAsync(HttpContext context)
            {
                try { await next.Invoke(context); }
                [|catch|] (Exception ex) { await Answer(context, ex); }
            }

            private static Task Answer(HttpContext context, Exception exception)
            {
                context.Response.StatusCode = exception is ArgumentException ? 400 : 500;
                return context.Response.WriteAsync("An unexpected error occurred.");
            }
        }
        """);

    [Fact]
    public Task A_middleware_that_logs() => Allows("""
        public class ExceptionMiddleware(RequestDelegate next, ILogger<ExceptionMiddleware> logger)
        {
            public async Task InvokeAsync(HttpContext context)
            {
                try { await next.Invoke(context); }
                catch (Exception ex) { logger.LogError(ex, "unhandled"); context.Response.StatusCode = 500; }
            }
        }
        """);

    [Fact]
    public Task An_answer_that_was_logged() => Allows(Session + "public class PaymentsController(ISessions sessions, ILogger log) : ControllerBase { public IActionResult Get(string token) { try { return Ok(sessions.Get(token)); } catch (Exception ex) { log.LogError(ex, \"session\"); return Unauthorized(); } } }");

    [Fact]
    public Task A_text_that_cannot_be_read() => Allows("public class PaymentsController : ControllerBase { public IActionResult Get(string body) { try { return Ok(JsonSerializer.Deserialize<Order>(body)); } catch { return BadRequest(); } } }");

    [Fact]
    public Task A_token_that_cannot_be_validated() => Allows("public interface ITokens { Task<object> ValidateTokenAsync(string token); } public class PaymentsController(ITokens tokens) : ControllerBase { public async Task<IActionResult> Get(string token) { try { return Ok(await tokens.ValidateTokenAsync(token)); } catch { return Unauthorized(); } } }");

    [Fact]
    public Task One_kind_of_exception() => Allows(Session + "public class PaymentsController(ISessions sessions) : ControllerBase { public IActionResult Get(string token) { try { return Ok(sessions.Get(token)); } catch (KeyNotFoundException) { return Unauthorized(); } } }");
}

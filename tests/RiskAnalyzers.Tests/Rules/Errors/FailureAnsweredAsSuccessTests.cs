using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Errors;

public sealed class FailureAnsweredAsSuccessTests() : RuleTest("RISK4009")
{
    private const string Types = """

        public class ApiResponse<T> { public bool Success { get; set; } public string? Message { get; set; } public T? Data { get; set; } }
        public record ServiceResult(bool IsSuccess, string? Error);
        public interface IInvoices { Task<ApiResponse<int>> GetAsync(int id); Task<ApiResponse<decimal>> SumAsync(); Task<ServiceResult> CancelAsync(int id); ServiceResult Void(int id); }
        """;

    private static string Controller(string action, string looking = "var found = await invoices.GetAsync(id); if (!found.Success) return NotFound(found); return Ok(found);") => $$"""
        public class InvoicesController(IInvoices invoices) : ControllerBase
        {
            [HttpGet("{id}")] public async Task<IActionResult> Get(int id) { {{looking}} }
            {{action}}
        }
        """ + Types;

    [Fact]
    public Task An_action_that_forgets_what_the_others_do() => Flags(Controller("[HttpGet(\"sum\")] public async Task<IActionResult> Sum() { var result = await invoices.SumAsync(); return Ok([|result|]); }"));

    [Fact]
    public Task Within_a_try() => Flags(Controller("[HttpGet(\"sum\")] public async Task<ActionResult<ApiResponse<decimal>>> Sum() { try { var result = await invoices.SumAsync(); return Ok([|result|]); } catch (Exception) { return StatusCode(500); } }"));

    [Fact]
    public Task Another_flag() => Flags(Controller("[HttpDelete(\"{id}\")] public async Task<IActionResult> Cancel(int id) { var outcome = await invoices.CancelAsync(id); return Ok([|outcome|]); }", "var r = invoices.Void(id); if (r.IsSuccess) return Ok(); return Conflict(r.Error);"));

    [Fact]
    public Task A_result_that_is_only_logged() => Flags(Controller("[HttpGet(\"sum\")] public async Task<IActionResult> Sum([FromServices] ILogger<ServiceResult> log) { var result = await invoices.SumAsync(); log.LogInformation(\"{Ok}\", result.Success); return Ok([|result|]); }"));

    [Fact]
    public Task Configured_awaits() => Flags(Controller("[HttpGet(\"sum\")] public async Task<IActionResult> Sum() { var answer = await invoices.SumAsync().ConfigureAwait(false); return Ok([|answer|]); }"));

    [Fact]
    public Task A_call_that_is_not_awaited() => Flags(Controller("[HttpPost(\"{id}/void\")] public IActionResult Void(int id) { ServiceResult done = invoices.Void(id); return Ok([|done|]); }", "var r = await invoices.CancelAsync(id); return !r.IsSuccess ? Conflict(r) : await Again(id);").Replace("[HttpPost", "private async Task<IActionResult> Again(int id) { var r = await invoices.CancelAsync(id); if (!r.IsSuccess) return Conflict(); return NoContent(); } [HttpPost"));

    [Fact]
    public Task An_event_s_sender_who_is_told_that_it_went_well() => Flags("""
        public interface IPaymentService { Task<PaymentResult> ChargeAsync(Order order); }
        public class OrderEventConsumer(IPaymentService payments) : ControllerBase
        {
            [HttpPost("events/order-created")]
            public async Task<IActionResult> OnOrderCreated(Order order)
            {
                var result = await payments.ChargeAsync(order);
                return Ok([|new { success = result.Success, id = result.TransactionId }|]);
            }
        }
        """);

    [Fact]
    public Task A_webhook_s_sender() => Flags("""
        public interface IPaymentService { Task<PaymentResult> SettleAsync(string id); }
        public class PaymentsController(IPaymentService payments) : ControllerBase
        {
            [HttpPost("webhook")]
            public async Task<IActionResult> Webhook(string id)
            {
                var settled = await payments.SettleAsync(id);
                return Ok([|new { received = true, settled.Success }|]);
            }
        }
        """);

    [Fact]
    public Task A_callback_of_a_minimal_api() => Flags("""
        public interface IPaymentService { Task<PaymentResult> SettleAsync(string id); }
        public static class CallbackEndpoints
        {
            public static async Task<IResult> Confirm(string id, IPaymentService payments)
            {
                var settled = await payments.SettleAsync(id);
                return Results.Ok([|new { ok = settled.Success, error = settled.Error }|]);
            }
        }
        """);

    [Fact]
    public Task A_result_of_a_base_type() => Flags("""
        public abstract class Reply { public bool Succeeded { get; set; } public List<string> Errors { get; set; } = new(); }
        public class RefundReply : Reply { public int Id { get; set; } }
        public interface IRefunds { Task<RefundReply> RefundAsync(int id); }
        public class RefundsController(IRefunds refunds) : ControllerBase
        {
            [HttpPost("{id}")] public async Task<IActionResult> Post(int id) { var reply = await refunds.RefundAsync(id); return Ok([|reply|]); }
            [HttpPut("{id}")] public async Task<IActionResult> Put(int id) { var reply = await refunds.RefundAsync(id); if (!reply.Succeeded) { return BadRequest(reply.Errors); } return Ok(reply); }
        }
        """);

    [Fact]
    public Task A_look_before_the_answer() => Allows(Controller("[HttpGet(\"sum\")] public async Task<IActionResult> Sum() { var result = await invoices.SumAsync(); if (!result.Success) return BadRequest(result); return Ok(result); }"));

    [Fact]
    public Task A_conditional_answer() => Allows(Controller("[HttpGet(\"sum\")] public async Task<IActionResult> Sum() { var result = await invoices.SumAsync(); return result.Success ? Ok(result) : BadRequest(result); }"));

    [Fact]
    public Task An_api_that_always_answers_so() => Allows(Controller("[HttpGet(\"sum\")] public async Task<IActionResult> Sum() { var result = await invoices.SumAsync(); return Ok(result); }", "var found = await invoices.GetAsync(id); return Ok(found);"));

    [Fact]
    public Task A_result_without_a_flag() => Allows("public record OrderDto(int Id, decimal Total); public interface IOrders { Task<OrderDto> GetAsync(int id); } public class OrdersController(IOrders orders) : ControllerBase { [HttpGet] public async Task<IActionResult> Get(int id) { var result = await orders.GetAsync(id); return Ok(result); } }");

    [Fact]
    public Task An_order_that_is_paid_or_not() => Allows("public record OrderDto(int Id, bool IsPaid); public interface IOrders { Task<OrderDto> GetAsync(int id); } public class OrdersController(IOrders orders) : ControllerBase { [HttpGet] public async Task<IActionResult> Get(int id) { var result = await orders.GetAsync(id); return Ok(result); } [HttpPost] public async Task<IActionResult> Post(int id) { var order = await orders.GetAsync(id); if (order.IsPaid) return Conflict(); return Ok(); } }");

    [Fact]
    public Task A_result_that_is_made_here() => Allows(Controller("[HttpGet(\"sum\")] public IActionResult Sum() { var result = new ApiResponse<decimal> { Success = true }; return Ok(result); }"));

    [Fact]
    public Task A_switch_over_it() => Allows(Controller("[HttpGet(\"sum\")] public async Task<IActionResult> Sum() { var result = await invoices.SumAsync(); return result switch { { Success: true } => Ok(result), _ => BadRequest(result) }; }"));

    [Fact]
    public Task A_helper_that_throws() => Allows(Controller("private static void EnsureDone(ApiResponse<decimal> r) { if (!r.Success) throw new InvalidOperationException(r.Message); } [HttpGet(\"sum\")] public async Task<IActionResult> Sum() { var result = await invoices.SumAsync(); EnsureDone(result); return Ok(result); }"));

    [Fact]
    public Task A_page_s_own_script_that_is_told() => Allows("""
        public interface ICarts { Task<PaymentResult> AddAsync(int id); }
        public class CartController(ICarts carts) : ControllerBase { [HttpPost] public async Task<IActionResult> Add(int id) { var added = await carts.AddAsync(id); return Ok(new { success = added.Success, error = added.Error }); } }
        """);

    [Fact]
    public Task An_error_that_carries_the_result() => Allows(Controller("[HttpGet(\"sum\")] public async Task<IActionResult> Sum() { var result = await invoices.SumAsync(); return StatusCode(503, result); }"));

    [Fact]
    public Task A_middleware_that_answers_a_refusal_with_200() => Flags("""
        public class AlreadyConfirmedException : Exception { }
        public class ErrorMiddleware(RequestDelegate next)
        {
            public async Task InvokeAsync(HttpContext context)
            {
                try { await next(context); }
                catch (AlreadyConfirmedException e) { [|context.Response.StatusCode = StatusCodes.Status200OK|]; await context.Response.WriteAsJsonAsync(new { error = e.Message }); }
                catch (Exception e) { context.Response.StatusCode = 500; await context.Response.WriteAsJsonAsync(new { error = e.GetType().Name }); }
            }
        }
        """);

    [Fact]
    public Task A_catch_that_says_no_with_200() => Flags("public class LogoutController : ShopCode { [HttpPost] public async Task<IActionResult> Post() { try { await db.SaveChangesAsync(); return Ok(); } catch (Exception e) { log.LogError(e, \"x\"); return [|Ok(new { success = false, message = \"failed\" })|]; } } }");

    [Fact]
    public Task A_catch_with_an_error_in_the_body() => Flags("public static class Api { public static void Map(WebApplication app) => app.MapPost(\"/refunds\", async (ShopDb db) => { try { await db.SaveChangesAsync(); return Results.Ok(); } catch (DbUpdateException) { return [|Results.Ok(new { error = \"not saved\" })|]; } }); }");

    [Fact]
    public Task A_catch_with_a_failed_result() => Flags("public class Answer { public bool IsSuccess { get; set; } public string? Text { get; set; } } public class PayController : ShopCode { [HttpPost] public async Task<IActionResult> Post(int id) { try { await gateway.ChargeAsync(1m, \"t\"); return Ok(new Answer { IsSuccess = true }); } catch (HttpRequestException e) { log.LogError(e, \"x\"); return [|Ok(new Answer { IsSuccess = false, Text = \"later\" })|]; } } }");

    [Fact]
    public Task A_catch_that_answers_with_an_error() => Allows("public class PayController : ShopCode { [HttpPost] public async Task<IActionResult> Post() { try { await db.SaveChangesAsync(); return Ok(); } catch (Exception e) { log.LogError(e, \"x\"); return StatusCode(500, new { error = \"failed\" }); } } }");

    [Fact]
    public Task A_catch_that_finds_the_work_done_before() => Allows("public class PayController : ShopCode { [HttpPost] public async Task<IActionResult> Post() { try { await db.SaveChangesAsync(); return Ok(); } catch (DbUpdateException) { return Ok(new { success = true, repeated = true }); } } }");
}

using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Errors;

public sealed partial class ExceptionTextToClientTests() : RuleTest("RISK4006")
{
    private const string Types = "class OrderException : Exception { } record ApiResponse(bool Ok, string Message); class ErrorResponse { public string? Detail { get; set; } } class Result { public static Result Failure(string m) => new(); } ";

    private static string Code(string handler, string type = "IActionResult", string exception = "Exception") =>
        Types + $"class C : ShopCode {{ void Work() {{ }} public {type} M() {{ try {{ Work(); return default!; }} catch ({exception} ex) {{ {handler} }} }} }}";

    [Fact]
    public Task A_bad_request() => Flags(Code("return BadRequest([|ex.Message|]);"));

    [Fact]
    public Task A_status_code() => Flags(Code("return StatusCode(500, [|ex.Message|]);"));

    [Fact]
    public Task An_anonymous_object() => Flags(Code("return StatusCode(500, new { error = [|ex.Message|] });"));

    [Fact]
    public Task An_interpolated_text() => Flags(Code("return BadRequest($\"failed: {[|ex.Message|]}\");"));

    [Fact]
    public Task The_whole_exception() => Flags(Code("return BadRequest([|ex.ToString()|]);"));

    [Fact]
    public Task A_problem() => Flags(Code("return Problem([|ex.Message|]);"));

    [Fact]
    public Task A_minimal_api_result() => Flags(Code("return Results.Problem(detail: [|ex.StackTrace|]);", "IResult"));

    [Fact]
    public Task A_response_object() => Flags(Code("return new ApiResponse(false, [|ex.Message|]);", "ApiResponse"));

    [Fact]
    public Task A_result_factory() => Flags(Code("return Result.Failure([|ex.Message|]);", "Result"));

    [Fact]
    public Task A_database_exception() => Flags(Code("return Conflict([|ex.InnerException!.Message|]);", exception: "DbUpdateException"));

    [Fact]
    public Task A_returned_text() => Flags(Code("return [|ex.Message|];", "string"));

    [Fact]
    public Task A_property_of_an_answer() => Flags(Code("var r = new ErrorResponse(); r.Detail = [|ex.Message|]; return r;", "ErrorResponse"));

    [Fact]
    public Task A_payment_result() => Flags(Code("return new PaymentResult(false, null, [|ex.Message|]);", "PaymentResult"));

    [Fact]
    public Task A_log() => Allows(Code("log.LogError(ex, ex.Message); return StatusCode(500);"));

    [Fact]
    public Task A_text_of_one_s_own() => Allows(Code("return BadRequest(\"The order could not be placed.\");"));

    [Fact]
    public Task An_exception_of_one_s_own() => Allows(Code("return BadRequest(ex.Message);", exception: "OrderException"));

    [Fact]
    public Task A_validation_exception() => Allows(Code("return BadRequest(ex.Message);", exception: "FluentValidation.ValidationException"));

    [Fact]
    public Task An_argument() => Allows(Code("return BadRequest(ex.Message);", exception: "ArgumentException"));

    [Fact]
    public Task A_translation() => Allows(Code("throw new InvalidOperationException(\"order: \" + ex.Message, ex);"));

    [Fact]
    public Task A_decision() => Allows(Code("if (ex.Message.Length > 3) return Conflict(); throw;"));

    [Fact]
    public Task The_console() => Allows(Code("Console.WriteLine(ex.Message); return StatusCode(500);"));

    [Fact]
    public Task The_name_of_the_type() => Allows(Code("return StatusCode(500, ex.GetType().Name);"));

    [Fact]
    public Task A_stored_failure() => Allows("class PaymentEvent { public string? Detail { get; set; } } class C : ShopCode { void Work() { } void M(PaymentEvent e) { try { Work(); } catch (Exception ex) { e.Detail = ex.Message; throw; } } }");

    [Fact]
    public Task A_message_that_is_no_exception_s() => Allows("class Mail { public string Message { get; set; } = \"\"; } class C : ShopCode { IActionResult M(Mail m) => Ok(m.Message); }");

    [Fact]
    public Task A_text_kept_in_a_local() => Flags(Code("var text = ex.InnerException?[|.Message|] ?? ex.Message; return Problem(text);"));

    [Fact]
    public Task Problem_details_kept_in_a_local() => Flags(Code("var problem = new ProblemDetails { Title = \"Failed\", Detail = [|ex.Message|] }; return StatusCode(500, problem);"));

    [Fact]
    public Task A_flag_with_a_text() => Flags(Code("return (false, [|ex.Message|]);", "(bool, string?)"));

    [Fact]
    public Task The_next_page() => Flags("class C : Controller { void Work() { } public IActionResult M() { try { Work(); return View(); } catch (Exception ex) { TempData[\"Error\"] = \"Failed: \" + [|ex.Message|]; return RedirectToAction(\"Index\"); } } }");

    [Fact]
    public Task The_bag_of_the_view() => Flags("class C : Controller { void Work() { } public IActionResult M() { try { Work(); return View(); } catch (Exception ex) { ViewBag.Error = [|ex.Message|]; return View(); } } }");

    [Fact]
    public Task An_error_of_the_form() => Flags("class C : Controller { void Work() { } public IActionResult M() { try { Work(); return View(); } catch (Exception ex) { ModelState.AddModelError(\"\", [|ex.Message|]); return View(); } } }");

    [Fact]
    public Task A_middleware_that_writes() => Flags(
        "class M(RequestDelegate next) { public async Task InvokeAsync(HttpContext c) { try { await next(c); } catch (Exception ex) { c.Response.StatusCode = 500; await c.Response.WriteAsJsonAsync(new { message = [|ex.Message|], trace = ex.StackTrace }); } } }");

    [Fact]
    public Task A_middleware_s_helper() => Flags(
        "class M { static async Task HandleExceptionAsync(HttpContext c, Exception ex) { var json = JsonSerializer.Serialize(new { error = [|ex.Message|] }); await c.Response.WriteAsync(json); } }");

    [Fact]
    public Task The_platform_s_exception_handler() => Flags(
        "class H : Microsoft.AspNetCore.Diagnostics.IExceptionHandler { public async ValueTask<bool> TryHandleAsync(HttpContext c, Exception exception, CancellationToken t) { await c.Response.WriteAsJsonAsync(new ProblemDetails { Detail = [|exception.Message|] }, t); return true; } }");

    [Fact]
    public Task The_error_page() => Flags(
        "class C : ShopCode { public IActionResult Error() { var failure = HttpContext.Features.Get<Microsoft.AspNetCore.Diagnostics.IExceptionHandlerFeature>(); return Problem(detail: [|failure!.Error.Message|]); } }");

    [Fact]
    public Task A_message_on_a_page() => Flags(
        "using Microsoft.AspNetCore.Mvc.RazorPages; class P : PageModel { public string? ErrorMessage { get; set; } void Work() { } public void OnPost() { try { Work(); } catch (Exception ex) { ErrorMessage = [|ex.Message|]; } } }");

    [Fact]
    public Task A_borrowed_type_behind_a_server_error() => Flags(Code("return StatusCode(500, [|ex.Message|]);", exception: "InvalidOperationException"));

    [Fact]
    public Task A_borrowed_type_behind_a_refusal() => Allows(Code("return NotFound(new { error = ex.Message });", exception: "KeyNotFoundException"));

    [Fact]
    public Task A_borrowed_type_with_the_product_s_own_sentence() => Allows(Code("return Result.Failure(ex.Message);", "Result", "InvalidOperationException") + " class Stock { void Take(int n) { if (n < 0) throw new InvalidOperationException(\"Nothing left\"); } }");

    [Fact]
    public Task Shown_to_developers() => Allows(Code("return Problem(environment.IsDevelopment() ? ex.ToString() : \"Something went wrong\");"));

    [Fact]
    public Task A_local_that_is_only_logged() => Allows(Code("var text = ex.Message; log.LogError(\"{Text}\", text); return StatusCode(500);"));

    [Fact]
    public Task A_pattern_for_an_exception_of_one_s_own() => Allows(
        "class OrderException(string m) : Exception(m) { } class H { static (int, string) Map(Exception ex) => ex switch { OrderException own => (400, own.Message), _ => (500, \"Something went wrong\") }; }");

    [Fact]
    public Task Text_and_all_of_it() => Flags(Code("return BadRequest($\"{[|ex.Message|]} {ex.StackTrace}\");"));

    [Fact]
    public Task A_page_of_the_staff() => Allows("[Authorize(Roles = \"Admin\")] class C : Controller { void Work() { } public IActionResult M() { try { Work(); return View(); } catch (Exception ex) { TempData[\"Error\"] = ex.Message; return View(); } } }");

    [Fact]
    public Task A_validator_s_verdict() => Allows("class V : ValidationAttribute { protected override ValidationResult? IsValid(object? value, ValidationContext c) { try { _ = new Uri((string)value!); return ValidationResult.Success; } catch (Exception ex) { return new ValidationResult(ex.Message); } } }");

    [Fact]
    public Task A_service_of_the_staff() => Allows("namespace Shop.Areas.Admin; class C : ShopCode { void Work() { } public IActionResult M() { try { Work(); return Ok(); } catch (Exception ex) { return BadRequest(ex.Message); } } }");

    [Fact]
    public Task A_text_that_is_kept_from_the_page() => Allows("class PaymentOperationResult { public string? HideMessage { get; set; } public string? ShowMessage { get; set; } } class C : ShopCode { void Work() { } PaymentOperationResult M() { try { Work(); return new(); } catch (Exception ex) { return new PaymentOperationResult { HideMessage = ex.Message, ShowMessage = \"failed\" }; } } }");

    [Fact]
    public Task What_the_domain_refuses_within_a_failure() => Allows("""
        public record Error(string Kind, string Code, string Text) { public static Error Validation(string code, string text) => new("validation", code, text); }
        public record Result(Error? Reason) { public static Result Failure(Error error) => new(error); public static Result Success() => new((Error?)null); }
        public class Handler
        {
            public Result Handle(List<int> lines)
            {
                try { lines.Add(1); return Result.Success(); }
                catch (InvalidOperationException ex) { return Result.Failure(Error.Validation("lines", ex.Message)); }
            }
        }
        """);

    [Fact]
    public Task A_text_that_the_gateway_s_adapter_passed_on() => Flags("""
        public record RefundAnswer(bool Done);
        public record ChargeResult(bool Success, string? Id, string? ErrorMessage);
        public record CheckoutResponse(bool Ok, string? Error);
        class Adapter(HttpClient http)
        {
            public async Task<ChargeResult> Charge(decimal amount)
            {
                try { await http.PostAsync("charges", null); return new ChargeResult(true, "1", null); }
                catch (HttpRequestException ex) { return new ChargeResult(false, null, [|ex.Message|]); }
            }
        }
        class Handler(Adapter adapter)
        {
            public async Task<CheckoutResponse> Handle(Order order)
            {
                var charge = await adapter.Charge(order.Total);
                if (!charge.Success)
                    return new CheckoutResponse(false, [|charge.ErrorMessage|] ?? "Payment failed");
                return new CheckoutResponse(true, null);
            }
        }
        """);

    [Fact]
    public Task A_text_that_the_adapter_s_factory_passed_on() => Flags("""
        public class PaymentOutcomeResult
        {
            public bool Succeeded { get; init; }
            public string? FailureReason { get; init; }
            public static PaymentOutcomeResult Failed(string reason) => new() { FailureReason = reason };
        }
        class Adapter(HttpClient http)
        {
            public async Task<PaymentOutcomeResult> Capture()
            {
                try { await http.PostAsync("captures", null); return new PaymentOutcomeResult { Succeeded = true }; }
                catch (Exception e) { return PaymentOutcomeResult.Failed([|e.Message|]); }
            }
        }
        class Payments(Adapter adapter) : ControllerBase
        {
            public async Task<IActionResult> Post()
            {
                var outcome = await adapter.Capture();
                return outcome.Succeeded ? Ok() : BadRequest(new { error = [|outcome.FailureReason|] });
            }
        }
        """);

    [Fact]
    public Task A_borrowed_type_in_the_handler_of_all_requests() => Flags("""
        class Stock { void Take(int n) { if (n < 0) throw new InvalidOperationException("Nothing left"); } }
        class ErrorResponse { public string? Message { get; set; } }
        class ExceptionHandlingMiddleware
        {
            async Task HandleInvalidOperationAsync(HttpContext context, InvalidOperationException exception)
            {
                context.Response.StatusCode = 400;
                var answer = new ErrorResponse { Message = [|exception.Message|] };
                await context.Response.WriteAsync(JsonSerializer.Serialize(answer));
            }
        }
        """);

    [Fact]
    public Task A_decline_that_the_adapter_words_itself() => Allows("""
        public record ChargeResult(bool Success, string? ErrorMessage);
        class Adapter(HttpClient http)
        {
            public async Task<ChargeResult> Charge()
            {
                try { await http.PostAsync("charges", null); return new ChargeResult(true, null); }
                catch (HttpRequestException) { return new ChargeResult(false, "The payment service did not answer"); }
            }
        }
        class Shop2(Adapter adapter) : ControllerBase
        {
            public async Task<IActionResult> Post() => (await adapter.Charge()) is { Success: false } charge ? BadRequest(charge.ErrorMessage) : Ok();
        }
        """);

    [Fact]
    public Task A_payment_that_keeps_the_text_for_its_log() => Allows("""
        public record ChargeResult(bool Success, string? ErrorMessage);
        class Payment { public string? FailureReason { get; set; } }
        class Adapter(HttpClient http)
        {
            public async Task<ChargeResult> Charge()
            {
                try { await http.PostAsync("charges", null); return new ChargeResult(true, null); }
                catch (HttpRequestException ex) { throw new InvalidOperationException("charge", ex); }
            }
        }
        class Handler(Adapter adapter, ILogger<Payment> log)
        {
            public async Task Handle(Payment payment)
            {
                var charge = await adapter.Charge();
                log.LogWarning("{Error}", charge.ErrorMessage);
                payment.FailureReason = charge.ErrorMessage;
            }
        }
        """);

    [Fact]
    public Task What_a_request_s_log_says() => Allows("""
        namespace Shop.Platform.Logging;
        class RequestLog
        {
            static string GetMessage(HttpContext context, Exception ex) => ex.Message ?? "unhandled";
        }
        """);

    [Fact]
    public Task A_text_of_an_adapter_that_another_project_has() => Flags("""
        public record GatewayPaymentResult(bool IsSuccess, string? PaymentId, string? ErrorMessage);
        public interface IGateway { Task<GatewayPaymentResult> PayAsync(decimal amount); }
        public record Reply<T>(bool Ok, string? Error) { public static Reply<T> Failure(string error) => new Reply<T>(false, error); }
        public class PayHandler(IGateway gateway)
        {
            public async Task<Reply<int>> Handle(Order order)
            {
                var paid = await gateway.PayAsync(order.Total);
                return paid.IsSuccess ? new Reply<int>(true, null) : Reply<int>.Failure([|paid.ErrorMessage|] ?? "Payment failed");
            }
        }
        """);

    [Fact]
    public Task What_a_provider_tells_its_customers() => Allows("""
        public class MomoPaymentResponse { public int ErrorCode { get; set; } public string? LocalMessage { get; set; } }
        public class MomoController(HttpClient http) : Controller
        {
            private async Task<MomoPaymentResponse> Submit() => (await http.GetFromJsonAsync<MomoPaymentResponse>("pay")) ?? throw new InvalidOperationException();
            public async Task<IActionResult> Pay()
            {
                var result = await Submit();
                if (result.ErrorCode != 0) { TempData["Error"] = result.LocalMessage; return RedirectToAction("Failed"); }
                return RedirectToAction("Done");
            }
        }
        """);

    [Fact]
    public Task The_platform_s_handler_where_there_may_be_none() => Flags("""
        static class Errors
        {
            public static void Use(IApplicationBuilder app) => app.UseExceptionHandler(a => a.Run(async context =>
            {
                var ex = context.Features.Get<Microsoft.AspNetCore.Diagnostics.IExceptionHandlerPathFeature>()?.Error;
                await context.Response.WriteAsJsonAsync(new { error = ex?[|.Message|] ?? "error" });
            }));
        }
        """);
}

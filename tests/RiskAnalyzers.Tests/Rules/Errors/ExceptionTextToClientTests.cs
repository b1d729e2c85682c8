using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Errors;

public sealed class ExceptionTextToClientTests() : RuleTest("RISK4006")
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
}

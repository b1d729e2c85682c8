using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Accounts;

public sealed class ForbidWithTextTests() : RuleTest("RISK3021")
{
    [Fact]
    public Task A_sentence() => Fixes(
        "class C : ShopCode { IActionResult M(int id) { if (id < 0) { return [|Forbid(\"You can only view your own orders\")|]; } return Ok(); } }",
        "class C : ShopCode { IActionResult M(int id) { if (id < 0) { return StatusCode(403, \"You can only view your own orders\"); } return Ok(); } }");

    [Fact]
    public Task The_message_of_a_result() => Fixes(
        "record Result(bool Ok, string Message); class C : ShopCode { IActionResult M(Result result) { return [|Forbid(result.Message)|]; } }",
        "record Result(bool Ok, string Message); class C : ShopCode { IActionResult M(Result result) { return StatusCode(403, result.Message); } }");

    [Fact]
    public Task An_exception() => Flags("class C : ShopCode { IActionResult M() { try { return Ok(); } catch (UnauthorizedAccessException ex) { return [|Forbid(ex.Message)|]; } } }");

    [Fact]
    public Task An_interpolated_text() => Flags("class C : ShopCode { IActionResult M(int id) => [|Forbid($\"Order {id} is not yours\")|]; }");

    [Fact]
    public Task A_joined_text() => Flags("class C : ShopCode { IActionResult M(int id) => [|Forbid(\"No access to \" + id)|]; }");

    [Fact]
    public Task A_choice_of_answers() => Flags("class C : ShopCode { IActionResult M(bool mine) => mine ? Ok() : [|Forbid(\"Not your order\")|]; }");

    [Fact]
    public Task A_typed_action() => Fixes(
        "class C : ShopCode { async Task<ActionResult<Order>> M(int id) { await Task.Yield(); return [|Forbid(\"Not your order\")|]; } }",
        "class C : ShopCode { async Task<ActionResult<Order>> M(int id) { await Task.Yield(); return StatusCode(403, \"Not your order\"); } }");

    [Fact]
    public Task A_local_reason() => Flags("class C : ShopCode { IActionResult M(string why) { var errorMessage = why; return [|Forbid(errorMessage)|]; } }");

    [Fact]
    public Task A_fallback_text() => Flags("class C : ShopCode { IActionResult M(PaymentResult result) => [|Forbid(result.Error ?? \"Refund not allowed\")|]; }");

    [Fact]
    public Task A_page() => Flags("public class EditModel : Microsoft.AspNetCore.Mvc.RazorPages.PageModel { public IActionResult OnPost() => [|Forbid(\"You may not edit this\")|]; }");

    [Fact]
    public Task A_challenge() => Flags("class C : ShopCode { IActionResult M() => [|Challenge(\"Please sign in first\")|]; }");

    [Fact]
    public Task A_switch() => Flags("class C : ShopCode { IActionResult M(OrderStatus s) => s switch { OrderStatus.Paid => [|Forbid(\"Already paid\")|], _ => Ok() }; }");

    [Fact]
    public Task Without_text() => Allows("class C : ShopCode { IActionResult M() => Forbid(); }");

    [Fact]
    public Task A_scheme() => Allows("class C : ShopCode { IActionResult M() => Forbid(\"Bearer\"); }");

    [Fact]
    public Task A_scheme_of_a_constant() => Allows("class C : ShopCode { IActionResult M() => Challenge(Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationDefaults.AuthenticationScheme); }");

    [Fact]
    public Task A_configured_scheme() => Allows("class C : ShopCode { IActionResult M(string scheme) => Forbid(scheme); }");

    [Fact]
    public Task Two_schemes() => Allows("class C : ShopCode { IActionResult M() => Forbid(\"Bearer\", \"Cookies\"); }");

    [Fact]
    public Task Properties() => Allows("class C : ShopCode { IActionResult M() => Forbid(new Microsoft.AspNetCore.Authentication.AuthenticationProperties()); }");

    [Fact]
    public Task A_status_with_a_body() => Allows("class C : ShopCode { IActionResult M() => StatusCode(403, \"You can only view your own orders\"); }");

    [Fact]
    public Task A_problem() => Allows("class C : ShopCode { IActionResult M() => Problem(\"You can only view your own orders\", statusCode: 403); }");

    [Fact]
    public Task A_forbid_of_one_s_own() => Allows("abstract class Base : ControllerBase { protected IActionResult Forbid(string message) => StatusCode(403, message); } class C : Base { IActionResult M() => Forbid(\"You may not\"); }");

    [Fact]
    public Task A_result_type_of_one_s_own() => Allows("record Result(string Text) { public static Result Forbid(string message) => new(message); } class C { Result M() => Result.Forbid(\"You may not\"); }");

    [Fact]
    public Task An_unauthorized_with_text() => Allows("class C : ShopCode { IActionResult M() => Unauthorized(\"You must sign in\"); }");

    [Fact]
    public Task A_minimal_api() => Allows("class C { IResult M() => Results.Forbid(); IResult N() => Results.Json(\"You may not\", statusCode: 403); }");
}

using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Resilience;

public sealed class UnthrottledSendingTests() : RuleTest("RISK5018")
{
    private const string Services = """
        public interface ICodeService { Task SendAsync(string to); Task<bool> TryAsync(string to, string code); }
        public class Code { public int Id { get; set; } public string Phone { get; set; } = ""; public string Value { get; set; } = ""; public int Tries { get; set; } public int FailedAttempts { get; set; } }
        public class CodeDb : DbContext { public DbSet<Code> Codes => Set<Code>(); }

        """;

    private static string Controller(string action, string attributes = "[ApiController]") => Services + attributes + " public class AuthController(ICodeService codes, CodeDb db) : ControllerBase { " + action + " }";

    [Fact]
    public Task A_forgotten_password() => Flags(Controller("[HttpPost(\"forgot-password\")] public async Task<IActionResult> [|ForgotPassword|](string email) { await codes.SendAsync(email); return Ok(); }"));

    [Fact]
    public Task A_confirmation_that_is_sent_again() => Flags(Controller("[AllowAnonymous, HttpPost] public Task [|ResendConfirmationEmailAsync|](string email) => codes.SendAsync(email);"));

    [Fact]
    public Task A_code_by_sms() => Flags(Controller("[HttpPost(\"otp\")] public async Task<IActionResult> [|SendOtp|]([FromBody] string phone) { await codes.SendAsync(phone); return Ok(); }"));

    [Fact]
    public Task A_code_that_is_requested() => Flags(Controller("[HttpGet(\"{email}\")] public async Task<IActionResult> [|RequestVerificationCode|](string email) { await codes.SendAsync(email); return NoContent(); }"));

    [Fact]
    public Task A_reset_that_is_requested() => Flags(Controller("[HttpPost] public async Task<IActionResult> [|RequestPasswordReset|](string email) { await codes.SendAsync(email); return Ok(); }"));

    [Fact]
    public Task A_route() => Flags(Services + "static class Api { public static void Map(WebApplication app) => app.[|MapPost|](\"/auth/send-code\", async (string phone, ICodeService codes) => { await codes.SendAsync(phone); return Results.Ok(); }); }");

    [Fact]
    public Task A_route_of_a_group() => Flags(Services + "static class Api { public static void Map(WebApplication app) { var group = app.MapGroup(\"/account\"); group.[|MapPost|](\"/forgot-password\", async (string email, ICodeService codes) => await codes.SendAsync(email)); } }");

    [Fact]
    public Task A_voucher_that_is_tried() => Flags(Controller("[HttpPost] public async Task<IActionResult> [|CheckVoucher|](string phone, string code) { var row = await db.Codes.FirstOrDefaultAsync(c => c.Phone == phone && c.Value == code); return row is null ? BadRequest() : Ok(); }"));

    [Fact]
    public Task A_coupon_that_is_tried() => Flags("public class CouponsController : ShopCode { [HttpGet(\"{code}\")] public async Task<IActionResult> [|ValidateCoupon|](string code) { var coupon = await db.Coupons.FirstOrDefaultAsync(c => c.Code == code); return coupon is null ? NotFound() : Ok(coupon.PercentOff); } }");

    [Fact]
    public Task A_gift_card_tried_by_a_service() => Flags(Services + "public class GiftService(CodeDb db) { public bool IsRight(string code) => db.Codes.Any(c => c.Value == code); } public class GiftController(GiftService pins) : ControllerBase { [HttpPost] public IActionResult [|CheckGiftcard|](string code) => pins.IsRight(code) ? Ok() : BadRequest(); }");

    [Fact]
    public Task A_page() => Flags(Services + "public class RecoverModel(ICodeService codes) : Microsoft.AspNetCore.Mvc.RazorPages.PageModel { public Task OnPostAsync() => Task.CompletedTask; } public class Signed(ICodeService codes) : ControllerBase { [HttpPost] public Task [|GenerateEmailLink|](string email) => codes.SendAsync(email); }");

    [Fact]
    public Task Told_by_the_route() => Flags("[Route(\"api/coupons\")] public class CouponsController : ShopCode { [HttpGet(\"validate\")] public async Task<IActionResult> [|Try|](string code, decimal subtotal) { var coupon = await db.Coupons.FirstOrDefaultAsync(c => c.Code == code); return coupon is null ? NotFound() : Ok(coupon.PercentOff); } }");

    [Fact]
    public Task A_form_and_what_it_posts() => Flags(Controller("public IActionResult ForgotPassword(string? returnUrl = null) => Ok(); [HttpPost] public async Task<IActionResult> [|ForgotPassword|](int shop, string email) { await codes.SendAsync(email); return Ok(); } public IActionResult ForgotPasswordConfirmation(string? returnUrl) => Ok();"));

    [Fact]
    public Task The_second_factor_counts_by_itself() => Allows("public class TwoController : ShopCode { [HttpPost] public async Task<IActionResult> VerifyCode(string code) { var result = await signIn.TwoFactorSignInAsync(\"phone\", code, false, false); return result.Succeeded ? Ok() : BadRequest(); } }");

    [Fact]
    public Task A_request_that_is_verified() => Allows(Controller("[HttpPost] public Task VerifyResetPasswordRequest(string email, string token) => codes.TryAsync(email, token);"));

    [Fact]
    public Task With_a_limit_on_the_action() => Allows(Controller("[HttpPost, Microsoft.AspNetCore.RateLimiting.EnableRateLimiting(\"codes\")] public Task ForgotPassword(string email) => codes.SendAsync(email);"));

    [Fact]
    public Task With_a_limit_in_the_program() => Allows(Controller("[HttpPost] public Task ForgotPassword(string email) => codes.SendAsync(email);") + " static class Setup { public static void Use(WebApplication app) => app.UseRateLimiter(); }");

    [Fact]
    public Task With_a_captcha() => Allows(Controller("[HttpPost] public async Task<IActionResult> ForgotPassword(string email, string captchaToken) { if (captchaToken.Length < 10) return BadRequest(); await codes.SendAsync(email); return Ok(); }"));

    [Fact]
    public Task A_one_time_code_is_another_rule_s() => Allows(Controller("[HttpPost] public async Task<IActionResult> VerifyOtp(string phone, string code) { var row = await db.Codes.FirstOrDefaultAsync(c => c.Phone == phone && c.Value == code); return row is null ? BadRequest() : Ok(); }"));

    [Fact]
    public Task Behind_a_sign_in() => Allows(Controller("[HttpPost] public Task ResendCode() => codes.SendAsync(User.Identity!.Name!);", "[Authorize]"));

    [Fact]
    public Task Attempts_are_counted() => Allows(Controller("[HttpPost] public async Task<IActionResult> VerifyVoucher(string phone, string code) { var row = await db.Codes.FirstAsync(c => c.Phone == phone); if (row.FailedAttempts >= 5) return BadRequest(); row.FailedAttempts++; await db.SaveChangesAsync(); return Ok(); }"));

    [Fact]
    public Task A_pause_between_two() => Allows(Controller("DateTime Cooldown(string email) => DateTime.UtcNow; [HttpPost] public async Task<IActionResult> ResendCode(string email) { if (Cooldown(email) > DateTime.UtcNow) return StatusCode(429); await codes.SendAsync(email); return Ok(); }"));

    [Fact]
    public Task A_code_that_another_service_tries() => Allows(Controller("[HttpPost] public async Task<IActionResult> VerifyVoucher(string phone, string code) => await codes.TryAsync(phone, code) ? Ok() : BadRequest();"));

    [Fact]
    public Task A_helper_that_no_request_reaches() => Allows(Services + "public class Sender(ICodeService codes) { public Task ResendCode(string email) => codes.SendAsync(email); }");

    [Fact]
    public Task An_order_that_is_sent() => Allows("public class OrdersController : ShopCode { [HttpPost] public async Task<IActionResult> SendOrder(Order order) { await mailer.SendReceiptAsync(order); return Ok(); } [HttpPost] public IActionResult CheckStock(int id) => Ok(db.Products.Any(p => p.Id == id)); }");

    [Fact]
    public Task A_password_that_is_changed() => Allows(Controller("[HttpPost] public Task ChangePassword(string old, string @new) => Task.CompletedTask; [HttpGet] public Task GetVerificationEmail() => Task.CompletedTask;"));

    [Fact]
    public Task A_role_that_may() => Allows(Controller("[HttpPost] public Task SendEmail(string to) => codes.SendAsync(to);", "[Authorize(Roles = \"Admin\")]"));
}

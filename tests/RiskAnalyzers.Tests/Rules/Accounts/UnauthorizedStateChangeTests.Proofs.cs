namespace RiskAnalyzers.Tests.Rules.Accounts;

/// <summary>Steps that a mailed token proves, taken without one.</summary>
public sealed partial class UnauthorizedStateChangeTests
{
    private static string Auth(string action, string more = "") => more + $$"""
        [ApiController, Route("api/auth")]
        public class AuthController : ShopCode
        {
            {{action}}
        }
        """;

    [Fact]
    public Task A_password_that_is_reset_for_any_address() => Flags(Auth(
        """[HttpPost("reset-password")] public async Task<IActionResult> [|ResetPassword|](ResetInput input) { var user = await users.FindByEmailAsync(input.Email); var token = await users.GeneratePasswordResetTokenAsync(user!); await users.ResetPasswordAsync(user!, token, input.NewPassword); return Ok(); }""",
        "public record ResetInput(string Email, string NewPassword);\n"));

    [Fact]
    public Task An_address_that_confirms_itself() => Flags(Auth(
        """[HttpPost("confirm")] public async Task<IActionResult> [|ConfirmEmail|](string email) { var user = await users.FindByEmailAsync(email); user!.EmailConfirmed = true; await users.UpdateAsync(user); return Ok(); }"""));

    [Fact]
    public Task An_account_that_is_opened_by_its_number() => Flags(Auth(
        """[AllowAnonymous, HttpPut("activate/{userId}")] public async Task<IActionResult> [|ActivateAccount|](int userId) { await db.Customers.Where(c => c.Id == userId).ExecuteUpdateAsync(set => set.SetProperty(c => c.IsAdmin, false)); return Ok(); }"""));

    [Fact]
    public Task A_password_that_is_reset_with_a_token() => Allows(Auth(
        """[HttpPost("reset-password")] public async Task<IActionResult> ResetPassword(ResetInput input) { var user = await users.FindByEmailAsync(input.Email); await users.ResetPasswordAsync(user!, input.Token, input.NewPassword); return Ok(); }""",
        "public record ResetInput(string Email, string Token, string NewPassword);\n"));

    [Fact]
    public Task A_password_that_is_reset_with_a_code() => Allows(Auth(
        """[HttpPost("reset-password")] public async Task<IActionResult> ResetPassword(string email, string otpCode, string newPassword) { await db.SaveChangesAsync(); return Ok(email + otpCode + newPassword); }"""));

    [Fact]
    public Task A_request_for_a_reset() => Allows(Auth(
        """[HttpPost("reset-password/request")] public async Task<IActionResult> RequestPasswordReset(string email) { await db.SaveChangesAsync(); return Ok(email); }"""));

    [Fact]
    public Task A_password_that_is_changed_with_the_old_one() => Allows(Auth(
        """[HttpPost("change-password")] public async Task<IActionResult> ChangePassword(ChangeInput input) { var user = await users.FindByEmailAsync(input.Email); await users.ChangePasswordAsync(user!, input.CurrentPassword, input.NewPassword); return Ok(); }""",
        "public record ChangeInput(string Email, string CurrentPassword, string NewPassword);\n")
        .Replace("class AuthController", "class PublicAuthController"));
}

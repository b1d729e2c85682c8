namespace RiskAnalyzers.Tests.Rules.Accounts;

/// <summary>Forgotten passwords and codes by mail or phone.</summary>
public sealed partial class UserEnumerationTests
{
    [Fact]
    public Task Forgot_password_that_says_not_found() => Flags(
        """
        class C : ShopCode
        {
            [HttpPost("forgot-password")]
            public async Task<IActionResult> ForgotPassword(string email)
            {
                var user = await users.FindByEmailAsync(email);
                if (user == null) return [|BadRequest("No user with that address")|];
                await users.GeneratePasswordResetTokenAsync(user);
                return Ok("Check your mail");
            }
        }
        """);

    [Fact]
    public Task Forgot_password_in_a_service_throws() => Flags(Users +
        """
        class AccountService(IUserRepository repo, IOtpService mail)
        {
            public async Task RequestPasswordResetAsync(string email)
            {
                var user = await repo.GetByEmailAsync(email);
                if (user is null)
                    throw [|new KeyNotFoundException($"User {email} not found")|];
                await mail.SendAsync(user.Email);
            }
        }
        """);

    [Fact]
    public Task A_code_for_existing_numbers_only() => Flags(
        """
        class C : ShopCode
        {
            public async Task<IActionResult> SendOtp(string phoneNumber)
            {
                var exists = await users.Users.AnyAsync(u => u.PhoneNumber == phoneNumber);
                if (!exists) return [|NotFound(new { error = "Phone number not registered" })|];
                return Ok(new { sent = true });
            }
        }
        """);

    [Fact]
    public Task A_reset_that_knows_the_address() => Flags(
        """
        class C : ShopCode
        {
            public async Task<IActionResult> ResetPassword(string email, string token, string newPassword)
            {
                var user = await users.FindByEmailAsync(email);
                if (user == null) { log.LogWarning("unknown"); return [|NotFound("User not found")|]; }
                var result = await users.ResetPasswordAsync(user, token, newPassword);
                return result.Succeeded ? Ok() : BadRequest("Invalid token");
            }
        }
        """);

    [Fact]
    public Task The_fix_answers_as_if_it_had_been_sent() => Fixes(
        """
        class C : ShopCode
        {
            public async Task<IActionResult> ForgotPassword(string email)
            {
                var user = await users.FindByEmailAsync(email);
                if (user == null)
                    return [|NotFound("User not found")|];
                await users.GeneratePasswordResetTokenAsync(user);
                return Ok("Check your mail");
            }
        }
        """,
        """
        class C : ShopCode
        {
            public async Task<IActionResult> ForgotPassword(string email)
            {
                var user = await users.FindByEmailAsync(email);
                if (user == null)
                    return Ok("Check your mail");
                await users.GeneratePasswordResetTokenAsync(user);
                return Ok("Check your mail");
            }
        }
        """);

    [Fact]
    public Task Forgot_password_always_says_ok() => Allows(
        """
        class C : ShopCode
        {
            public async Task<IActionResult> ForgotPassword(string email)
            {
                var user = await users.FindByEmailAsync(email);
                if (user == null) return Ok("If the account exists, a mail is on its way");
                await users.GeneratePasswordResetTokenAsync(user);
                return Ok("If the account exists, a mail is on its way");
            }
        }
        """);

    [Fact]
    public Task Forgot_password_returns_early() => Allows(Users +
        """
        class AccountService(IUserRepository repo, IOtpService mail)
        {
            public async Task ForgotPasswordAsync(string email)
            {
                var user = await repo.GetByEmailAsync(email);
                if (user is null) return;
                await mail.SendAsync(user.Email);
            }
        }
        """);

    [Fact]
    public Task A_reset_with_one_answer() => Allows(
        """
        class C : ShopCode
        {
            public async Task<IActionResult> ResetPassword(string email, string token, string newPassword)
            {
                var user = await users.FindByEmailAsync(email);
                if (user == null) return BadRequest("Invalid token");
                var result = await users.ResetPasswordAsync(user, token, newPassword);
                return result.Succeeded ? Ok() : BadRequest("Invalid token");
            }
        }
        """);

    [Fact]
    public Task A_confirmation_page_for_both() => Allows(
        """
        class C : Controller
        {
            UserManager<IdentityUser> users = null!;
            public async Task<IActionResult> ForgotPassword(string email)
            {
                var user = await users.FindByEmailAsync(email);
                if (user == null || !await users.IsEmailConfirmedAsync(user)) return View("ForgotPasswordConfirmation");
                return RedirectToAction("ForgotPasswordConfirmation");
            }
        }
        """);

    [Fact]
    public Task A_route_that_ends_in_otp() => Flags("""
        public record OtpRequest(string Email);
        public static class Routes
        {
            public static void Map(WebApplication app) => app.MapPost("/api/auth/otp", async (OtpRequest req, ShopDb db) =>
            {
                var customer = await db.Customers.FirstOrDefaultAsync(c => c.Email == req.Email);
                if (customer is null) return [|Results.BadRequest(new { error = "E-mail is not registered" })|];
                customer.ResetToken = Convert.ToHexString(RandomNumberGenerator.GetBytes(4));
                await db.SaveChangesAsync();
                return Results.Accepted();
            });
        }
        """);

    [Fact]
    public Task A_route_that_ends_in_otp_and_says_nothing() => Allows("""
        public record OtpRequest(string Email);
        public static class Routes
        {
            public static void Map(WebApplication app) => app.MapPost("/api/auth/otp", async (OtpRequest req, ShopDb db) =>
            {
                var customer = await db.Customers.FirstOrDefaultAsync(c => c.Email == req.Email);
                if (customer is null) return Results.Accepted();
                customer.ResetToken = Convert.ToHexString(RandomNumberGenerator.GetBytes(4));
                await db.SaveChangesAsync();
                return Results.Accepted();
            });
        }
        """);
}

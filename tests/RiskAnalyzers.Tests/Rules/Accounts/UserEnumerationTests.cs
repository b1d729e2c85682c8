using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Accounts;

public sealed partial class UserEnumerationTests() : RuleTest("RISK3011")
{
    // A service that has its users in a repository, as most generated code has.
    private const string Users =
        """
        public class AppUser { public int Id { get; set; } public string Email { get; set; } = ""; public string PasswordHash { get; set; } = ""; public bool IsActive { get; set; } public bool IsLocked { get; set; } }
        public interface IUserRepository { Task<AppUser?> GetByEmailAsync(string email); Task<AppUser?> FindByUsernameAsync(string name); Task<bool> EmailExistsAsync(string email); }
        public interface IHasher { bool Verify(string password, string hash); }
        public class NotFoundException(string m) : Exception(m); public class UnauthorizedException(string m) : Exception(m);
        public record AuthResult(bool Success, string? Error = null) { public static AuthResult Fail(string error) => new(false, error); public static AuthResult Ok() => new(true); }
        public record LoginRequest(string Email, string Password);
        public interface IOtpService { Task SendAsync(string to); }

        """;

    [Fact]
    public Task Not_found_for_the_one_and_unauthorized_for_the_other() => Flags(
        """
        class C : ShopCode
        {
            [HttpPost("login")]
            public async Task<IActionResult> Login(string email, string password)
            {
                var user = await users.FindByEmailAsync(email);
                if (user is null) return [|NotFound("User not found")|];
                var ok = await signIn.CheckPasswordSignInAsync(user, password, true);
                return ok.Succeeded ? Ok() : Unauthorized("Wrong password");
            }
        }
        """);

    [Fact]
    public Task The_same_status_with_other_words() => Flags(Users +
        """
        class C(IUserRepository repo, IHasher hasher) : ControllerBase
        {
            public async Task<IActionResult> SignIn(LoginRequest request)
            {
                var account = await repo.GetByEmailAsync(request.Email);
                if (account == null)
                {
                    return [|Unauthorized(new { message = "Unknown email" })|];
                }
                if (!hasher.Verify(request.Password, account.PasswordHash))
                {
                    return Unauthorized(new { message = "Invalid password" });
                }
                return Ok();
            }
        }
        """);

    [Fact]
    public Task Two_exceptions_of_a_service() => Flags(Users +
        """
        class AuthService(IUserRepository repo, IHasher hasher)
        {
            public async Task<AppUser> AuthenticateAsync(string email, string password)
            {
                var user = await repo.GetByEmailAsync(email) ?? throw [|new NotFoundException("User not found")|];
                if (!hasher.Verify(password, user.PasswordHash)) throw new UnauthorizedException("Invalid credentials");
                return user;
            }
        }
        """);

    [Fact]
    public Task Two_results_of_a_handler() => Flags(Users +
        """
        class LoginCommandHandler(IUserRepository repo, IHasher hasher)
        {
            public async Task<AuthResult> Handle(LoginRequest request, CancellationToken cancellation)
            {
                var user = await repo.GetByEmailAsync(request.Email);
                if (user is null) return [|AuthResult.Fail("No account with this email")|];
                var valid = hasher.Verify(request.Password, user.PasswordHash);
                if (!valid) return AuthResult.Fail("Wrong password");
                return AuthResult.Ok();
            }
        }
        """);

    [Fact]
    public Task A_mapped_lambda() => Flags(Users +
        """
        static class Endpoints
        {
            public static void Map(Microsoft.AspNetCore.Routing.IEndpointRouteBuilder app) => app.MapPost("/auth/login", async (LoginRequest request, IUserRepository repo, IHasher hasher) =>
            {
                var user = await repo.GetByEmailAsync(request.Email);
                if (user is null) return [|Results.NotFound()|];
                return hasher.Verify(request.Password, user.PasswordHash) ? Results.Ok() : Results.Unauthorized();
            });
        }
        """);

    [Fact]
    public Task An_error_on_the_page() => Flags(
        """
        class C : Controller
        {
            UserManager<IdentityUser> users = null!; SignInManager<IdentityUser> signIn = null!;
            public async Task<IActionResult> Login(string email, string password)
            {
                var user = await users.FindByEmailAsync(email);
                if (user == null)
                {
                    [|ModelState.AddModelError("", "This email is not registered.")|];
                    return View();
                }
                var result = await signIn.PasswordSignInAsync(user, password, false, true);
                if (result.Succeeded) return RedirectToAction("Index");
                ModelState.AddModelError("", "Invalid login attempt.");
                return View();
            }
        }
        """);

    [Fact]
    public Task A_success_status_with_a_telling_text() => Flags(Users +
        """
        class C(IUserRepository repo, IOtpService mail) : ControllerBase
        {
            public async Task<IActionResult> ResendConfirmation(string email)
            {
                if (!await repo.EmailExistsAsync(email)) return [|Ok(new { success = false, message = "Email does not exist" })|];
                await mail.SendAsync(email);
                return Ok(new { success = true, message = "Sent" });
            }
        }
        """);

    [Fact]
    public Task The_found_user_inside_the_branch() => Flags(Users +
        """
        class C(IUserRepository repo, IHasher hasher) : ControllerBase
        {
            public async Task<IActionResult> Login(string username, string password)
            {
                var user = await repo.FindByUsernameAsync(username);
                if (user is not null)
                {
                    if (hasher.Verify(password, user.PasswordHash)) return Ok();
                    return Unauthorized("Wrong password");
                }
                else
                {
                    return [|Unauthorized("Wrong user name")|];
                }
            }
        }
        """);

    [Fact]
    public Task A_pattern_that_declares_the_user() => Flags(Users +
        """
        class C(IUserRepository repo, IHasher hasher) : ControllerBase
        {
            public async Task<IActionResult> Login(LoginRequest request)
            {
                if (await repo.GetByEmailAsync(request.Email) is not { } user)
                    return [|NotFound()|];
                if (!hasher.Verify(request.Password, user.PasswordHash))
                    return Unauthorized();
                return Ok();
            }
        }
        """);

    [Fact]
    public Task The_fix_answers_as_to_a_wrong_password() => Fixes(
        """
        class C : ShopCode
        {
            public async Task<IActionResult> Login(string email, string password)
            {
                var user = await users.FindByEmailAsync(email);
                if (user is null)
                {
                    return [|NotFound("User not found")|];
                }
                if (!await users.CheckPasswordAsync(user, password))
                {
                    return Unauthorized("Invalid credentials");
                }
                return Ok();
            }
        }
        """,
        """
        class C : ShopCode
        {
            public async Task<IActionResult> Login(string email, string password)
            {
                var user = await users.FindByEmailAsync(email);
                if (user is null)
                {
                    return Unauthorized("Invalid credentials");
                }
                if (!await users.CheckPasswordAsync(user, password))
                {
                    return Unauthorized("Invalid credentials");
                }
                return Ok();
            }
        }
        """);

    [Fact]
    public Task One_answer_for_both() => Allows(
        """
        class C : ShopCode
        {
            public async Task<IActionResult> Login(string email, string password)
            {
                var user = await users.FindByEmailAsync(email);
                if (user is null) return Unauthorized("Invalid credentials");
                var ok = await signIn.CheckPasswordSignInAsync(user, password, true);
                return ok.Succeeded ? Ok() : Unauthorized("Invalid credentials");
            }
        }
        """);

    [Fact]
    public Task One_condition_for_both() => Allows(Users +
        """
        class AuthService(IUserRepository repo, IHasher hasher)
        {
            public async Task<AuthResult> Login(string email, string password)
            {
                var user = await repo.GetByEmailAsync(email);
                if (user == null || !hasher.Verify(password, user.PasswordHash)) return AuthResult.Fail("Invalid email or password");
                return AuthResult.Ok();
            }
        }
        """);

    [Fact]
    public Task The_same_exception_with_different_logs() => Allows(Users +
        """
        class LoginHandler(IUserRepository repo, IHasher hasher, ILogger<LoginHandler> log)
        {
            public async Task<AppUser> Handle(LoginRequest request, CancellationToken cancellation)
            {
                var user = await repo.GetByEmailAsync(request.Email);
                if (user == null)
                {
                    log.LogInformation("Login failed: user not found");
                    throw new UnauthorizedException("Invalid credentials");
                }
                if (!hasher.Verify(request.Password, user.PasswordHash))
                {
                    log.LogInformation("Login failed: wrong password");
                    throw new UnauthorizedException("Invalid credentials");
                }
                if (user.IsLocked) throw new UnauthorizedException("Account locked");
                return user;
            }
        }
        """);

    [Fact]
    public Task An_administrator_looks_for_the_account() => Allows(
        """
        [Authorize(Roles = "Admin")]
        class C : ShopCode
        {
            public async Task<IActionResult> ResetPassword(string email)
            {
                var user = await users.FindByEmailAsync(email);
                if (user == null) return NotFound("User not found");
                return Ok();
            }
        }
        """);

    [Fact]
    public Task The_second_step_of_a_login() => Allows(
        """
        class C : ShopCode
        {
            public async Task<IActionResult> LoginWith2fa(string code)
            {
                var user = await signIn.GetTwoFactorAuthenticationUserAsync() ?? throw new InvalidOperationException("User not found");
                var result = await signIn.TwoFactorAuthenticatorSignInAsync(code, false, false);
                return result.Succeeded ? Ok() : Unauthorized("Invalid code");
            }
        }
        """);

    [Fact]
    public Task A_profile_behind_its_id() => Allows(
        "class C : ShopCode { public async Task<IActionResult> GetProfile(string id) { var user = await users.FindByIdAsync(id); if (user is null) return NotFound(\"User not found\"); return Ok(user.Email); } }");

    [Fact]
    public Task A_login_that_cannot_find_its_tenant() => Allows(Users +
        """
        public interface ITenants { Task<string?> FindByHostAsync(string host); }
        class C(ITenants tenants, IUserRepository repo, IHasher hasher) : ControllerBase
        {
            public async Task<IActionResult> Login(string host, string email, string password)
            {
                var tenant = await tenants.FindByHostAsync(host);
                if (tenant is null) return NotFound("Tenant not found");
                var user = await repo.GetByEmailAsync(email);
                return user != null && hasher.Verify(password, user.PasswordHash) ? Ok() : Unauthorized();
            }
        }
        """);

    [Fact]
    public Task A_missing_body_is_no_missing_user() => Allows(Users +
        """
        class C(IUserRepository repo, IHasher hasher) : ControllerBase
        {
            public async Task<IActionResult> Login(LoginRequest? request)
            {
                if (request == null) return BadRequest("Request body not found");
                var user = await repo.GetByEmailAsync(request.Email);
                if (user is null) return Unauthorized();
                return hasher.Verify(request.Password, user.PasswordHash) ? Ok() : Unauthorized();
            }
        }
        """);

    [Fact]
    public Task A_null_for_both() => Allows(Users +
        """
        class AuthService(IUserRepository repo, IHasher hasher)
        {
            public async Task<AppUser?> AuthenticateAsync(string email, string password)
            {
                var user = await repo.GetByEmailAsync(email);
                if (user is null) return null;
                return hasher.Verify(password, user.PasswordHash) ? user : null;
            }
        }
        """);

    [Fact]
    public Task An_external_login_without_an_account_yet() => Allows(
        "class C : ShopCode { public async Task<IActionResult> ExternalLogin(string email) { var user = await users.FindByEmailAsync(email); if (user is null) return NotFound(\"User not found\"); return Ok(); } }");

    [Fact]
    public Task A_question_whether_an_address_is_known() => Flags("""
        static class Api
        {
            static void Map(WebApplication app) => app.MapGet("/users/exists", async (string email, ShopDb db) => Results.Ok(new { exists = await [|db.Customers.AnyAsync(u => u.Email == email)|] }));
        }
        """);

    [Fact]
    public Task An_action_that_checks_an_address() => Flags("""
        [Route("api/accounts")]
        public class AccountsController : ShopCode
        {
            [HttpGet("check-email")] public async Task<IActionResult> CheckEmail(string email) => Ok(await [|users.FindByEmailAsync(email)|] != null);
        }
        """);

    [Fact]
    public Task A_question_for_the_staff() => Allows("""
        [Authorize(Roles = "Support"), Route("api/accounts")]
        public class AccountsController : ShopCode
        {
            [HttpGet("check-email")] public async Task<IActionResult> CheckEmail(string email) => Ok(await users.FindByEmailAsync(email) != null);
        }
        """);

    [Fact]
    public Task A_question_for_a_user_name() => Allows("""
        [Route("api/accounts")]
        public class AccountsController : ShopCode
        {
            [HttpGet("check-username")] public async Task<IActionResult> CheckUsername(string userName) => Ok(await users.FindByNameAsync(userName) != null);
        }
        """);
}

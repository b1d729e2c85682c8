namespace RiskAnalyzers.Tests.Rules.Accounts;

/// <summary>Answers about the state of an account, which only an existing one has.</summary>
public sealed partial class UserEnumerationTests
{
    [Fact]
    public Task A_locked_account_before_the_password() => Flags("""
        public class AuthService : ShopCode
        {
            public async Task<string> LoginAsync(string email, string password)
            {
                var user = await users.FindByEmailAsync(email);
                if (user == null) throw new UnauthorizedAccessException("Invalid credentials");
                if (await users.IsLockedOutAsync(user)) throw [|new UnauthorizedAccessException("Your account is locked")|];
                if (!await users.CheckPasswordAsync(user, password)) throw new UnauthorizedAccessException("Invalid credentials");
                return "ok";
            }
        }
        """);

    [Fact]
    public Task A_blocked_account_in_a_controller() => Flags("""
        public class Member { public string Email { get; set; } = ""; public string PasswordHash { get; set; } = ""; public bool IsBlocked { get; set; } }
        public class LoginController(List<Member> members) : ControllerBase
        {
            [HttpPost("login")]
            public IActionResult Login(string email, string password)
            {
                var member = members.FirstOrDefault(m => m.Email == email);
                if (member is null) return Unauthorized("Wrong e-mail or password");
                if (member.IsBlocked)
                    return [|StatusCode(403, "Your account was blocked")|];
                if (!BCrypt.Verify(password, member.PasswordHash)) return Unauthorized("Wrong e-mail or password");
                return Ok();
            }
        }
        public static class BCrypt { public static bool Verify(string text, string hash) => text.Length == hash.Length; }
        """);

    [Fact]
    public Task A_confirmed_account_that_asks_again() => Flags("""
        public class AuthController : ShopCode
        {
            [HttpPost("resend-confirmation")]
            public async Task<IActionResult> ResendConfirmation(string email)
            {
                var user = await users.FindByEmailAsync(email);
                if (user == null) return Ok("If there is an account, a mail is on its way");
                if (user.EmailConfirmed) return [|BadRequest("Already confirmed")|];
                await users.GenerateEmailConfirmationTokenAsync(user);
                return Ok("If there is an account, a mail is on its way");
            }
        }
        """);

    [Fact]
    public Task An_address_that_is_confirmed_for_nobody() => Flags("""
        public class NotFoundException(string message) : Exception(message);
        public class EmailService : ShopCode
        {
            public async Task ConfirmEmailAsync(string email, string token)
            {
                var user = await users.FindByEmailAsync(email);
                if (user == null) throw [|new NotFoundException("User not found")|];
                var result = await users.ConfirmEmailAsync(user, token);
                if (!result.Succeeded) throw new InvalidOperationException("The link is not valid");
            }
        }
        """);

    [Fact]
    public Task A_locked_account_after_the_password() => Allows("""
        public class AuthService : ShopCode
        {
            public async Task<string> LoginAsync(string email, string password)
            {
                var user = await users.FindByEmailAsync(email);
                if (user == null || !await users.CheckPasswordAsync(user, password)) throw new UnauthorizedAccessException("Invalid credentials");
                if (!user.EmailConfirmed) throw new UnauthorizedAccessException("Please confirm your address first");
                return "ok";
            }
        }
        """);

    [Fact]
    public Task A_locked_account_that_is_answered_alike() => Allows("""
        public class AuthService : ShopCode
        {
            public async Task<string> LoginAsync(string email, string password)
            {
                var user = await users.FindByEmailAsync(email);
                if (user == null) throw new UnauthorizedAccessException("Invalid credentials");
                if (await users.IsLockedOutAsync(user)) throw new UnauthorizedAccessException("Invalid credentials");
                if (!await users.CheckPasswordAsync(user, password)) throw new UnauthorizedAccessException("Invalid credentials");
                return "ok";
            }
        }
        """);

    [Fact]
    public Task An_administrator_who_opens_an_account() => Allows("""
        [Authorize(Roles = "Admin")]
        public class AccountsController : ShopCode
        {
            [HttpPost("activate-account")]
            public async Task<IActionResult> ActivateAccount(string email)
            {
                var user = await users.FindByEmailAsync(email);
                if (user == null) return NotFound("User not found");
                if (user.EmailConfirmed) return BadRequest("Already active");
                return Ok();
            }
        }
        """);

    [Fact]
    public Task An_unconfirmed_account_that_was_found_or_refused() => Flags("""
        public class AuthService : ShopCode
        {
            public async Task<string> LoginAsync(string email, string password)
            {
                var user = await users.FindByEmailAsync(email) ?? throw new UnauthorizedAccessException("Invalid credentials");
                if (!user.EmailConfirmed) throw [|new UnauthorizedAccessException("Please confirm your e-mail first")|];
                if (!await users.CheckPasswordAsync(user, password)) throw new UnauthorizedAccessException("Invalid credentials");
                return "ok";
            }
        }
        """);

    [Fact]
    public Task A_lock_that_the_sign_in_reports() => Flags("""
        public class AuthService : ShopCode
        {
            public async Task<string> LoginAsync(string email, string password)
            {
                var user = await users.FindByEmailAsync(email);
                if (user == null) throw new UnauthorizedAccessException("Invalid credentials");
                var result = await signIn.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true);
                if (result.IsLockedOut) throw [|new UnauthorizedAccessException("Your account is locked")|];
                if (!result.Succeeded) throw new UnauthorizedAccessException("Invalid credentials");
                return "ok";
            }
        }
        """);

    [Fact]
    public Task A_lock_that_sounds_like_a_wrong_password() => Allows("""
        public class AuthService : ShopCode
        {
            public async Task<string> LoginAsync(string email, string password)
            {
                var user = await users.FindByEmailAsync(email);
                if (user == null) throw new UnauthorizedAccessException("Invalid credentials");
                var result = await signIn.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true);
                if (result.IsLockedOut) throw new UnauthorizedAccessException("Invalid credentials");
                if (!result.Succeeded) throw new UnauthorizedAccessException("Invalid credentials");
                return "ok";
            }
        }
        """);
}

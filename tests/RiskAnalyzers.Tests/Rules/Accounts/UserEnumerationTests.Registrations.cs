namespace RiskAnalyzers.Tests.Rules.Accounts;

/// <summary>Registrations, which have to say something where the address is taken.</summary>
public sealed partial class UserEnumerationTests
{
    [Fact]
    public Task A_registration_that_knows_the_address() => Flags("""
        public class AccountController : ShopCode
        {
            [HttpPost("register")]
            public async Task<IActionResult> Register(string email, string password)
            {
                var existing = await users.FindByEmailAsync(email);
                if (existing != null) return [|Conflict(new { message = "Email already registered" })|];
                await users.CreateAsync(new IdentityUser { Email = email }, password);
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_handler_of_a_registration() => Flags("""
        public record RegisterUserCommand(string Email, string Password);
        public class RegisterUserHandler(ShopDb db)
        {
            public async Task<int> Handle(RegisterUserCommand request)
            {
                var existingUser = await db.Customers.FirstOrDefaultAsync(c => c.Email == request.Email);
                if (existingUser != null)
                    throw [|new InvalidOperationException("A user with this email address already exists")|];
                return 1;
            }
        }
        """);

    [Fact]
    public Task A_registration_that_answers_alike() => Allows("""
        public class AccountController : ShopCode
        {
            [HttpPost("register")]
            public async Task<IActionResult> Register(string email, string password)
            {
                var existing = await users.FindByEmailAsync(email);
                if (existing != null) return Accepted(new { message = "Look into your mailbox" });
                await users.CreateAsync(new IdentityUser { Email = email }, password);
                return Accepted(new { message = "Look into your mailbox" });
            }
        }
        """);

    [Fact]
    public Task An_administrator_who_adds_a_user() => Allows("""
        [Authorize(Roles = "Admin")]
        public class UsersController : ShopCode
        {
            [HttpPost("register")]
            public async Task<IActionResult> Register(string email)
            {
                if (await users.FindByEmailAsync(email) != null) return Conflict("Email already exists");
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_user_name_that_is_taken() => Allows("""
        public class AccountController : ShopCode
        {
            [HttpPost("register")]
            public async Task<IActionResult> Register(string userName)
            {
                if (await users.FindByNameAsync(userName) != null) return Conflict("Username already exists");
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_registration_that_says_so_in_Turkish() => Flags("""
        public record RegisterDto(string Email, string Password);
        public class AuthResult { public bool Succeed { get; set; } public string? Error { get; set; } }
        public class IdentityService : ShopCode
        {
            public async Task<AuthResult> RegisterAsync(RegisterDto model)
            {
                var existing = await users.FindByEmailAsync(model.Email);
                if (existing != null)
                {
                    return [|new AuthResult { Succeed = false, Error = "Bu adres zaten kullaniliyor" }|];
                }
                await users.CreateAsync(new IdentityUser { Email = model.Email }, model.Password);
                return new AuthResult { Succeed = true };
            }
        }
        """);

    [Fact]
    public Task A_telephone_that_has_an_account() => Flags("""
        public class DuplicateValueException(string message) : Exception(message);
        public record RegisterCommand(string PhoneNumber);
        public class RegisterHandler(UserManager<IdentityUser> users)
        {
            public async Task Handle(RegisterCommand request)
            {
                if (await users.Users.AnyAsync(u => u.PhoneNumber == request.PhoneNumber))
                    throw [|new DuplicateValueException("رقم الهاتف")|];
            }
        }
        """);

    [Fact]
    public Task The_errors_of_Identity() => Flags("""
        public class AccountController : ShopCode
        {
            [HttpPost("register")]
            public async Task<IActionResult> Register(string email, string password)
            {
                var result = await users.CreateAsync(new IdentityUser { UserName = email, Email = email }, password);
                if (!result.Succeeded)
                    return [|BadRequest(result.Errors)|];
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_controller_that_says_what_null_meant() => Flags("""
        public interface IAuthService { Task<string?> RegisterAsync(string email, string password); }
        public class AuthController(IAuthService auth) : ControllerBase
        {
            [HttpPost("register")]
            public async Task<IActionResult> Register(string email, string password)
            {
                var token = await auth.RegisterAsync(email, password);
                if (token is null) return [|BadRequest("A user with this email already exists")|];
                return Ok(token);
            }
        }
        """);

    [Fact]
    public Task A_problem_over_several_lines() => Flags("""
        public interface IAuthService { Task<string?> RegisterAsync(string email, string password); }
        public class AuthController(IAuthService auth) : ControllerBase
        {
            [HttpPost("signup")]
            public async Task<IActionResult> Signup(string email, string password)
            {
                var token = await auth.RegisterAsync(email, password);
                return token is not null ? Ok(token) : Failed();
            }
            private IActionResult Failed() => throw new InvalidOperationException();
            [HttpPost("register")]
            public async Task<IActionResult> Register(string email, string password)
            {
                if (await auth.RegisterAsync(email, password) is null)
                {
                    return BadRequest(new ProblemDetails
                    {
                        Title = "Registration failed",
                        Detail = [|"User already exists"|],
                    });
                }
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_name_that_is_taken_in_another_language() => Allows("""
        public class AccountController : ShopCode
        {
            [HttpPost("register")]
            public async Task<IActionResult> Register(string userName)
            {
                if (await users.FindByNameAsync(userName) != null) return Conflict("Der Name ist vergeben");
                return Ok();
            }
        }
        """);

    [Fact]
    public Task Errors_of_a_password_that_was_changed() => Allows("""
        public class AccountController : ShopCode
        {
            [Authorize, HttpPost("password")]
            public async Task<IActionResult> ChangePassword(string old, string fresh)
            {
                var result = await users.ChangePasswordAsync((await users.GetUserAsync(User))!, old, fresh);
                return result.Succeeded ? Ok() : BadRequest(result.Errors);
            }
        }
        """);
}

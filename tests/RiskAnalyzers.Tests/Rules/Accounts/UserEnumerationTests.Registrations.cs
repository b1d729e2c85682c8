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
}

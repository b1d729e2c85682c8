using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Accounts;

public sealed class UnconfirmedAddressTests() : RuleTest("RISK3027")
{
    private const string Types = """
        public class Account { public int Id { get; set; } public string Email { get; set; } = ""; public string PasswordHash { get; set; } = ""; public bool EmailConfirmed { get; set; } public string Name { get; set; } = ""; }
        public class ProfileDto { public string Name { get; set; } = ""; public string? Email { get; set; } = ""; }
        public interface IAccounts { Task<Account?> FindAsync(int id); Task<Account?> GetByEmailAsync(string email); Task SaveAsync(); Task AddAsync(Account account); Task SendAsync(string to, string text); }
        public class GoogleUserInfo { public string Email { get; set; } = ""; public string Subject { get; set; } = ""; public bool EmailVerified { get; set; } }

        """;

    private static string Code(string steps, string member = "UpdateProfile", string type = "ProfileService") => Types + $$"""
        public class {{type}}(IAccounts accounts, ILogger log)
        {
            public async Task<bool> {{member}}(int id, ProfileDto dto, GoogleUserInfo google)
            {
                {{steps}}
                await accounts.SaveAsync();
                return true;
            }
        }
        """;

    [Fact]
    public Task An_address_from_the_profile() => Flags(Code("var account = await accounts.FindAsync(id); [|account!.Email = dto.Email!|];"));

    [Fact]
    public Task An_address_that_was_trimmed() => Flags(Code("var account = await accounts.FindAsync(id) ?? throw new KeyNotFoundException(); [|account.Email = dto.Email!.Trim().ToLowerInvariant()|];"));

    [Fact]
    public Task An_address_where_one_was_sent() => Flags(Code("var account = await accounts.FindAsync(id); if (dto.Email != null) { [|account!.Email = dto.Email|]; }"));

    [Fact]
    public Task An_address_with_a_fallback() => Flags(Code("var account = await accounts.FindAsync(id); [|account!.Email = dto.Email ?? account.Email|];"));

    [Fact]
    public Task An_address_that_is_free() => Flags(Code("var account = await accounts.FindAsync(id); if (await accounts.GetByEmailAsync(dto.Email!) is not null) return false; [|account!.Email = dto.Email!|];"));

    [Fact]
    public Task An_identity_user() => Flags("""
        public class AppUser : IdentityUser { }
        public class UpdateProfileDto { public string Email { get; set; } = ""; }
        public class UserController(UserManager<AppUser> users) : ControllerBase
        {
            [HttpPut("me")]
            public async Task<IActionResult> Update(UpdateProfileDto dto)
            {
                var user = await users.GetUserAsync(User);
                if (user is null)
                    return NotFound();
                [|user.Email = dto.Email|];
                await users.UpdateAsync(user);
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_handler() => Flags(Types + """
        public record ChangeContact(int Id, string Email);
        public class ChangeContactHandler(IAccounts accounts)
        {
            public async Task Handle(ChangeContact command)
            {
                var account = await accounts.FindAsync(command.Id);
                [|account!.Email = command.Email|];
                await accounts.SaveAsync();
            }
        }
        """);

    [Fact]
    public Task An_address_that_counts_at_once() => Flags(Code("await accounts.AddAsync(new Account { Email = dto.Email!, Name = dto.Name, [|EmailConfirmed = true|] });", "Register"));

    [Fact]
    public Task An_outsider_s_address() => Flags(Code("var account = await accounts.GetByEmailAsync([|google.Email|]); log.LogInformation(\"{Id}\", account!.Id);", "SignInWithGoogle"));

    [Fact]
    public Task An_outsider_s_address_whose_check_only_confirms() => Flags(Code("var account = await accounts.GetByEmailAsync([|google.Email|]); if (google.EmailVerified && !account!.EmailConfirmed) account.EmailConfirmed = true;", "SignInWithGoogle"));

    [Fact]
    public Task An_address_that_must_be_confirmed() => Allows(Code("var account = await accounts.FindAsync(id); account!.Email = dto.Email!; account.EmailConfirmed = false;"));

    [Fact]
    public Task An_address_whose_owner_was_asked() => Allows(Code("var account = await accounts.FindAsync(id); if (!await VerifyCodeAsync(dto.Email!)) return false; account!.Email = dto.Email!; Task<bool> VerifyCodeAsync(string to) => Task.FromResult(true);"));

    [Fact]
    public Task An_address_of_a_new_account() => Allows(Code("var account = new Account(); account.Email = dto.Email!; await accounts.AddAsync(account);"));

    [Fact]
    public Task An_address_that_the_staff_changes() => Allows(Code("var account = await accounts.FindAsync(id); account!.Email = dto.Email!;", type: "AdminUserService"));

    [Fact]
    public Task A_contact_that_does_not_sign_in() => Allows("public class Contact { public string Email { get; set; } = \"\"; } public class Dto { public string Email { get; set; } = \"\"; } public class AccountBook(List<Contact> contacts) { public void Update(Dto dto) { var contact = contacts.Find(c => c.Email != \"\"); contact!.Email = dto.Email; } }");

    [Fact]
    public Task A_low_level_setter() => Allows(Types + "public class AccountStore(IAccounts accounts) { public async Task UpdateEmailAsync(int id, string newEmail) { var account = await accounts.FindAsync(id); account!.Email = newEmail; } }");

    [Fact]
    public Task An_outsider_s_address_that_is_verified() => Allows(Code("if (!google.EmailVerified) return false; var account = await accounts.GetByEmailAsync(google.Email);", "SignInWithGoogle"));

    [Fact]
    public Task An_outsider_s_address_that_is_only_shown() => Allows(Code("log.LogInformation(\"{Email}\", google.Email); await Task.Yield();", "SignInWithGoogle"));

    [Fact]
    public Task A_seed() => Allows(Types + "public class AccountSeeder(IAccounts accounts) { public Task Run(ProfileDto dto) => accounts.AddAsync(new Account { Email = dto.Email!, EmailConfirmed = true }); }");

    [Fact]
    public Task An_account_that_is_not_confirmed() => Allows(Code("await accounts.AddAsync(new Account { Email = dto.Email!, EmailConfirmed = false });", "Register"));

    [Fact]
    public Task Another_member() => Allows(Code("var account = await accounts.FindAsync(id); account!.Name = dto.Name;"));

    [Fact]
    public Task An_answer_that_is_filled() => Allows(Types + "public class ProfileQuery(IAccounts accounts) { public async Task<ProfileDto> Run(int id) { var account = await accounts.FindAsync(id); var dto = new ProfileDto(); dto.Email = account!.Email; return dto; } }");

    [Fact]
    public Task An_endpoint_of_the_staff() => Allows(Types + """
        [Authorize(Roles = "admin")]
        public class UserApiController(IAccounts accounts) : ControllerBase
        {
            [HttpPut("{id}")]
            public async Task<IActionResult> Put(int id, ProfileDto model)
            {
                var account = await accounts.FindAsync(id);
                account!.Email = model.Email!;
                await accounts.SaveAsync();
                return Accepted();
            }
        }
        """);
}

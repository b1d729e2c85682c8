using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Accounts;

public sealed partial class LockoutDisabledTests() : RuleTest("RISK3006")
{
    [Fact]
    public Task A_check_that_names_the_argument() => Flags(
        "class C : ShopCode { Task<Microsoft.AspNetCore.Identity.SignInResult> Login(IdentityUser u, string p) => signIn.CheckPasswordSignInAsync(u, p, [|lockoutOnFailure: false|]); }");

    [Fact]
    public Task A_sign_in_by_name_with_positions() => Flags(
        "class C : ShopCode { async Task<bool> Enter(string name, string p) { var result = await signIn.PasswordSignInAsync(name, p, true, [|false|]).ConfigureAwait(false); return result.Succeeded; } }");

    [Fact]
    public Task A_sign_in_by_user() => Flags(
        "class C : ShopCode { async Task<IActionResult> Enter(IdentityUser u, string p) => (await signIn.PasswordSignInAsync(u, p, isPersistent: false, [|lockoutOnFailure: false|])).Succeeded ? Ok() : Unauthorized(); }");

    [Fact]
    public Task A_constant_that_is_false() => Flags(
        "class C : ShopCode { const bool Lock = false; Task Enter(IdentityUser u, string p) => signIn.CheckPasswordSignInAsync(u, p, [|Lock|]); }");

    [Fact]
    public Task New_users_that_are_never_locked() => Flags(
        "class C { void Configure(IServiceCollection s) => s.AddIdentity<IdentityUser, IdentityRole>(o => { [|o.Lockout.AllowedForNewUsers = false|]; }); }");

    [Fact]
    public Task A_thousand_attempts() => Flags(
        "class C { void Configure(IServiceCollection s) => s.Configure<IdentityOptions>(o => [|o.Lockout.MaxFailedAccessAttempts = 1000|]); }");

    [Fact]
    public Task A_lockout_in_an_initialiser_that_lasts_no_time() => Flags(
        "class C { LockoutOptions Options() => new() { [|DefaultLockoutTimeSpan = TimeSpan.Zero|], MaxFailedAccessAttempts = 5 }; }");

    [Fact]
    public Task An_account_that_cannot_be_locked() => Flags(
        "class C { IdentityUser Admin() => new IdentityUser(\"admin\") { [|LockoutEnabled = false|] }; }");

    [Fact]
    public Task Lockout_switched_off_for_one_account() => Flags(
        "class C : ShopCode { Task Trust(IdentityUser u) => users.SetLockoutEnabledAsync(u, [|false|]); }");

    [Fact]
    public Task A_login_for_a_bearer_token_that_counts_nothing() => Flags("""
        class AuthService : ShopCode
        {
            public async Task<string?> LoginAsync(string email, string password)
            {
                var user = await users.FindByEmailAsync(email);
                if (user == null || !await [|users.CheckPasswordAsync(user, password)|])
                    return null;
                return "jwt";
            }
        }
        """);

    [Fact]
    public Task A_handler_of_a_login_command() => Flags("""
        class LoginCommandHandler : ShopCode
        {
            public async Task<bool> Handle(string email, string password, CancellationToken cancellation)
            {
                var user = await users.FindByEmailAsync(email);
                return user is not null && await [|users.CheckPasswordAsync(user, password)|];
            }
        }
        """);

    [Fact]
    public Task A_login_that_asks_for_the_lock_but_never_counts() => Flags("""
        class C : ShopCode
        {
            public async Task<IActionResult> Authenticate(string email, string password)
            {
                var user = await users.FindByEmailAsync(email);
                if (user is null || await users.IsLockedOutAsync(user)) return Unauthorized();
                return await [|users.CheckPasswordAsync(user, password)|] ? Ok() : Unauthorized();
            }
        }
        """);

    [Fact]
    public Task The_fix_switches_it_on() => Fixes(
        "class C : ShopCode { Task Login(IdentityUser u, string p) => signIn.CheckPasswordSignInAsync(u, p, [|lockoutOnFailure: false|]); }",
        "class C : ShopCode { Task Login(IdentityUser u, string p) => signIn.CheckPasswordSignInAsync(u, p, lockoutOnFailure: true); }");

    [Fact]
    public Task The_fix_brings_attempts_down() => Fixes(
        "class C { void F(IdentityOptions o) { [|o.Lockout.MaxFailedAccessAttempts = 100|]; } }",
        "class C { void F(IdentityOptions o) { o.Lockout.MaxFailedAccessAttempts = 5; } }");

    [Fact]
    public Task Lockout_on() => Allows("class C : ShopCode { Task F(IdentityUser u, string p) => signIn.CheckPasswordSignInAsync(u, p, lockoutOnFailure: true); }");

    [Fact]
    public Task A_persistent_cookie_is_another_argument() => Allows("class C : ShopCode { Task F(string n, string p) => signIn.PasswordSignInAsync(n, p, false, true); }");

    [Fact]
    public Task A_setting_decides() => Allows("class C : ShopCode { Task F(IdentityUser u, string p) => signIn.CheckPasswordSignInAsync(u, p, config.GetValue(\"Lockout\", true)); }");

    [Fact]
    public Task Five_attempts_and_a_quarter_of_an_hour() => Allows(
        "class C { void F(IdentityOptions o) { o.Lockout.MaxFailedAccessAttempts = 5; o.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15); o.Lockout.AllowedForNewUsers = true; } }");

    [Fact]
    public Task Another_type_s_options() => Allows(
        "class DoorOptions { public bool AllowedForNewUsers { get; set; } public int MaxFailedAccessAttempts { get; set; } } class C { DoorOptions F() => new() { AllowedForNewUsers = false, MaxFailedAccessAttempts = 1000 }; }");

    [Fact]
    public Task A_sign_in_without_a_password() => Allows("class C : ShopCode { Task F(IdentityUser u) => signIn.SignInAsync(u, isPersistent: false); }");

    [Fact]
    public Task A_password_asked_for_again_before_a_change() => Allows(
        "class C : ShopCode { public async Task<bool> DeleteAccount(IdentityUser u, string p) => await users.CheckPasswordAsync(u, p); }");

    [Fact]
    public Task A_login_that_counts_failures() => Allows("""
        class C : ShopCode
        {
            public async Task<IActionResult> Login(IdentityUser user, string password)
            {
                if (await users.CheckPasswordAsync(user, password)) return Ok();
                await users.AccessFailedAsync(user);
                return Unauthorized();
            }
        }
        """);

    [Fact]
    public Task A_login_that_counts_in_its_own_way() => Allows("""
        class C : ShopCode
        {
            Task RecordFailedLoginAsync(string id) => Task.CompletedTask;
            public async Task<IActionResult> Login(IdentityUser user, string password)
            {
                if (await users.CheckPasswordAsync(user, password)) return Ok();
                await RecordFailedLoginAsync(user.Id);
                return Unauthorized();
            }
        }
        """);

    [Fact]
    public Task A_login_behind_a_rate_limit() => Allows("""
        class EnableRateLimitingAttribute(string policy) : Attribute { public string Policy => policy; }
        class C : ShopCode
        {
            [EnableRateLimiting("login")]
            public async Task<IActionResult> Login(IdentityUser user, string password) => await users.CheckPasswordAsync(user, password) ? Ok() : Unauthorized();
        }
        """);

    [Fact]
    public Task Lockout_enabled() => Allows("class C : ShopCode { Task F(IdentityUser u) { u.LockoutEnabled = true; return users.SetLockoutEnabledAsync(u, true); } }");

    [Fact]
    public Task Half_typed_code() => Allows("class C : ShopCode { void F() { signIn.ToString(); } }");

    private const string OwnUsers = "static class BCrypt { public static bool Verify(string text, string hash) => true; } public class AppUser { public int Id { get; set; } public string Email { get; set; } = \"\"; public string PasswordHash { get; set; } = \"\"; } public interface IAppUsers { Task<AppUser?> ByEmail(string email); }\n";

    [Fact]
    public Task A_sign_in_of_one_s_own_that_counts_nothing() => Flags(OwnUsers + "class AuthService(IAppUsers users) { public async Task<AppUser?> LoginAsync(string email, string password) { var user = await users.ByEmail(email); return user != null && [|BCrypt.Verify(password, user.PasswordHash)|] ? user : null; } }");

    [Fact]
    public Task The_platform_s_hasher_alone() => Flags(OwnUsers + "class LoginHandler(IAppUsers users, IPasswordHasher<AppUser> hasher) { public async Task<bool> Handle(LoginQuery query) { var user = await users.ByEmail(query.Email); if (user is null) return false; return [|hasher.VerifyHashedPassword(user, user.PasswordHash, query.Password)|] != PasswordVerificationResult.Failed; } } record LoginQuery(string Email, string Password);");

    [Fact]
    public Task A_helper_of_the_service() => Flags(OwnUsers + "class AuthService(IAppUsers users) { static bool VerifyPassword(string password, string hash) => hash.Length > password.Length; public async Task<bool> Authenticate(string email, string password) => await users.ByEmail(email) is { } user && [|VerifyPassword(password, user.PasswordHash)|]; }");

    [Fact]
    public Task A_sign_in_of_one_s_own_that_counts() => Allows(OwnUsers + "interface IAttempts { Task AddFailure(string email); } class AuthService(IAppUsers users, IAttempts attempts) { public async Task<bool> LoginAsync(string email, string password) { var user = await users.ByEmail(email); if (user is null || !BCrypt.Verify(password, user.PasswordHash)) { await attempts.AddFailure(email); return false; } return true; } }");

    [Fact]
    public Task A_limiter_somewhere_in_the_project() => Allows(OwnUsers + "static class Setup { static void M(IServiceCollection services) => services.AddRateLimiter(_ => { }); } class AuthService(IAppUsers users) { public async Task<bool> LoginAsync(string email, string password) { var user = await users.ByEmail(email); return user != null && BCrypt.Verify(password, user.PasswordHash); } }");

    [Fact]
    public Task A_changed_password_that_asks_for_the_old_one() => Flags(OwnUsers + "class AccountService(IAppUsers users) { public async Task<bool> ChangePassword(string email, string oldPassword) { var user = await users.ByEmail(email); return user != null && [|BCrypt.Verify(oldPassword, user.PasswordHash)|]; } }");

    [Fact]
    public Task Rows_of_a_migration() => Allows(
        "class Account : IdentityUser<long> { } class Seeds { static void Seed(ModelBuilder builder) => builder.Entity<Account>().HasData(new Account { Id = 2, UserName = \"system\", LockoutEnabled = false }); }");

    private const string OwnHash = "static class Hashes { public static bool VerifyPassword(string password, byte[] hash) => hash.Length == password.Length; } class Member { public string Email { get; set; } = \"\"; public byte[] Hash { get; set; } = []; } class Outcome { public static Outcome Failure(string text) => new(); public static Outcome Ok() => new(); public static Outcome ValidationFailed() => new(); } ";

    [Fact]
    public Task A_sign_in_that_says_that_it_failed() => Flags(OwnHash + """
        record LoginCommand(string Email, string Password);
        class LoginCommandHandler(List<Member> members)
        {
            public Outcome Handle(LoginCommand command)
            {
                if (command.Email.Length == 0) return Outcome.ValidationFailed();
                var member = members.FirstOrDefault(m => m.Email == command.Email);
                if (member is null || ![|Hashes.VerifyPassword(command.Password, member.Hash)|]) return Outcome.Failure("wrong");
                return Outcome.Ok();
            }
        }
        """);

    [Fact]
    public Task An_old_password_that_is_asked_for() => Flags(OwnHash + """
        record ChangePasswordCommand(string CurrentPassword, string NewPassword);
        class ChangePasswordHandler { public bool Handle(ChangePasswordCommand command, Member member) => [|Hashes.VerifyPassword(command.CurrentPassword, member.Hash)|] && command.NewPassword.Length > 12; }
        """);

    [Fact]
    public Task An_old_password_that_Identity_compares() => Flags("class C : ShopCode { async Task<bool> Update(IdentityUser user, string oldPassword) => await [|users.CheckPasswordAsync(user, oldPassword)|]; }");

    [Fact]
    public Task An_old_password_whose_failures_count() => Allows("class C : ShopCode { async Task<bool> Update(IdentityUser user, string oldPassword) { if (await users.CheckPasswordAsync(user, oldPassword)) return true; await users.AccessFailedAsync(user); return false; } }");

    [Fact]
    public Task A_sign_in_that_records_failures() => Allows(OwnHash + """
        class Guard { public void RecordFailure(string email) { } }
        class LoginService(Guard guard) { public bool Login(Member member, string password) { if (Hashes.VerifyPassword(password, member.Hash)) return true; guard.RecordFailure(member.Email); return false; } }
        """);
}

using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Accounts;

public sealed class BlockedAccountRenewedTests() : RuleTest("RISK3030")
{
    private const string Types = """
        public class Member { public int Id { get; set; } public string Email { get; set; } = ""; public bool IsActive { get; set; } public string PasswordHash { get; set; } = ""; }
        public class RefreshToken { public int Id { get; set; } public string Token { get; set; } = ""; public Member User { get; set; } = null!; public bool IsActive => true; }
        public class AuthDb : DbContext { public DbSet<Member> Members => Set<Member>(); public DbSet<RefreshToken> RefreshTokens => Set<RefreshToken>(); }
        public interface IJwt { string GenerateToken(Member member); string GenerateToken(IdentityUser user); string CreateAccessToken(int id, string mail); }

        """;

    private static string Service(string body, string signature = "Task<string?> RefreshAsync(string refreshToken)", string type = "AuthService") => Types + $$"""
        public class {{type}}(AuthDb db, IJwt jwt, UserManager<IdentityUser> users, SignInManager<IdentityUser> signIn)
        {
            public async {{signature}}
            {
                {{body}}
            }
            private Task<bool> Known(string text) => users.Users.AnyAsync(u => u.Id == text && signIn != null && db != null && jwt != null);
        }
        """;

    [Fact]
    public Task A_member_by_his_token() => Flags(Service("""
        var row = await db.RefreshTokens.FirstOrDefaultAsync(t => t.Token == refreshToken);
        if (row is null || !row.IsActive) return null;
        var member = await [|db.Members.FindAsync(row.Id)|];
        return jwt.GenerateToken(member!);
        """));

    [Fact]
    public Task An_account_of_Identity() => Flags(Service("""
        var user = await [|users.FindByIdAsync(userId)|];
        if (user == null) throw new UnauthorizedAccessException("User not found");
        return jwt.GenerateToken(user);
        """, "Task<string> RefreshTokenLoginAsync(string userId)"));

    [Fact]
    public Task The_owner_of_the_row() => Flags(Service("""
        var stored = await db.RefreshTokens.Include(t => t.User).FirstOrDefaultAsync(t => t.Token == refreshToken);
        return stored == null ? null : jwt.[|GenerateToken|](stored.User);
        """));

    [Fact]
    public Task A_handler() => Flags(Types + """
        public record RefreshTokenCommand(string Token);
        public class RefreshTokenCommandHandler(AuthDb db, IJwt jwt)
        {
            public async Task<string> Handle(RefreshTokenCommand command, CancellationToken cancellation)
            {
                var member = await [|db.Members.FirstAsync(m => m.Email == command.Token, cancellation)|];
                return jwt.CreateAccessToken(member.Id, member.Email);
            }
        }
        """);

    [Fact]
    public Task An_action() => Flags(Types + """
        public class TokenController(AuthDb db, IJwt jwt) : ControllerBase
        {
            [HttpPost("refresh")]
            public async Task<IActionResult> Refresh([FromBody] string token)
            {
                Member? member = await [|db.Members.SingleOrDefaultAsync(m => m.PasswordHash == token)|];
                if (member is null) return Unauthorized();
                var access = jwt.GenerateToken(member);
                return Ok(access);
            }
        }
        """);

    [Fact]
    public Task A_rotation() => Flags(Service("var member = [|db.Members.Single(m => m.Id == id)|]; await db.SaveChangesAsync(); return jwt.GenerateToken(member);", "Task<string> RotateAsync(int id)"));

    [Fact]
    public Task A_renewal_of_a_session() => Flags(Service("var account = [|db.Members.First(m => m.Id == id)|]; await db.SaveChangesAsync(); return jwt.CreateAccessToken(account.Id, account.Email);", "Task<string> RenewSession(int id)"));

    [Fact]
    public Task A_record_of_a_user() => Flags("""
        public class User { public int Id { get; set; } public bool IsDeleted { get; set; } }
        public interface IUsers { Task<User?> FindAsync(int id); }
        public static class Tokens { public static string IssueToken(User user) => user.Id.ToString(); }
        public class SessionService(IUsers users) { public async Task<string?> Refresh(int id) { var user = await [|users.FindAsync(id)|]; return user is null ? null : Tokens.IssueToken(user); } }
        """);

    [Fact]
    public Task A_token_that_is_built_here() => Flags(Service("var member = [|db.Members.First(m => m.Email == refreshToken)|]; await db.SaveChangesAsync(); return BuildJwt(member);")
        .Replace("private Task<bool> Known", "private static string BuildJwt(Member member) => member.Email; private Task<bool> Known"));

    [Fact]
    public Task An_account_whose_token_is_asked_only() => Flags(Service("""
        var row = await db.RefreshTokens.FirstAsync(t => t.Token == refreshToken);
        if (!row.IsActive) return null;
        var user = await [|users.FindByIdAsync(row.Token)|];
        return jwt.GenerateToken(user!);
        """));

    [Fact]
    public Task An_account_that_is_asked() => Allows(Service("""
        var member = await db.Members.FirstOrDefaultAsync(m => m.Email == refreshToken);
        if (member is null || !member.IsActive) return null;
        return jwt.GenerateToken(member);
        """));

    [Fact]
    public Task An_account_that_is_asked_in_the_query() => Allows(Service("var member = await db.Members.FirstAsync(m => m.Email == refreshToken && m.IsActive); return jwt.GenerateToken(member);"));

    [Fact]
    public Task A_lockout() => Allows(Service("""
        var user = await users.FindByIdAsync(refreshToken);
        if (user is null || await users.IsLockedOutAsync(user)) return null;
        return jwt.GenerateToken(user);
        """));

    [Fact]
    public Task The_sign_in_manager() => Allows(Service("""
        var user = await users.FindByIdAsync(refreshToken);
        if (user is null || !await signIn.CanSignInAsync(user)) return null;
        return jwt.GenerateToken(user);
        """));

    [Fact]
    public Task A_security_stamp() => Allows(Service("""
        var user = await signIn.ValidateSecurityStampAsync(new ClaimsPrincipal());
        return user is null ? null : jwt.GenerateToken(user);
        """));

    [Fact]
    public Task A_helper_that_asks() => Allows(Service("var member = db.Members.First(m => m.Email == refreshToken); await db.SaveChangesAsync(); Check(member); return jwt.GenerateToken(member);")
        .Replace("private Task<bool> Known", "private static void Check(Member member) { if (!member.IsActive) throw new UnauthorizedAccessException(); } private Task<bool> Known"));

    [Fact]
    public Task A_sign_in() => Allows(Service("var member = await db.Members.FirstAsync(m => m.Email == refreshToken); return jwt.GenerateToken(member);", "Task<string?> LoginAsync(string refreshToken)"));

    [Fact]
    public Task An_account_that_has_no_state() => Allows("""
        public class Member { public int Id { get; set; } }
        public interface IMembers { Task<Member?> FindAsync(int id); }
        public class SessionService(IMembers members) { public async Task<string?> Refresh(int id) { var member = await members.FindAsync(id); return member is null ? null : CreateToken(member); } private static string CreateToken(Member member) => member.Id.ToString(); }
        """);

    [Fact]
    public Task A_cache_that_is_refreshed() => Allows(Service("var member = await db.Members.FirstAsync(); return jwt.GenerateToken(member);", "Task<string> RefreshCacheAsync()"));

    [Fact]
    public Task A_refresh_without_an_account() => Allows(Service("await db.SaveChangesAsync(); return jwt.CreateAccessToken(1, refreshToken);"));

    [Fact]
    public Task A_refresh_of_a_page() => Allows(Service("var member = await db.Members.FirstAsync(m => m.Email == refreshToken); return member.Email;"));

    private static string External(string after) => $$"""
        class AuthController : ShopCode
        {
            string GenerateToken(IdentityUser user) => user.Id;
            public async Task<IActionResult> Callback(string provider, string key, string email)
            {
                var result = await signIn.{{(after.Contains("IsLockedOut") ? "ExternalLoginSignInAsync" : "[|ExternalLoginSignInAsync|]")}}(provider, key, isPersistent: false);
                if (result.Succeeded) return Ok(GenerateToken((await users.FindByLoginAsync(provider, key))!));
                {{after}}
                var user = await users.FindByEmailAsync(email) ?? new IdentityUser(email);
                await users.AddLoginAsync(user, new UserLoginInfo(provider, key, provider));
                return Ok(GenerateToken(user));
            }
        }
        """;

    [Fact]
    public Task A_lock_that_another_site_opens() => Flags(External(""));

    [Fact]
    public Task A_lock_that_holds_for_another_site() => Allows(External("if (result.IsLockedOut) return Forbid();"));
}

using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Accounts;

public sealed class TokenKeptInClearTests() : RuleTest("RISK3025")
{
    private const string Entity = """
        public class RefreshToken
        {
            public int Id { get; set; }
            public string UserId { get; set; } = "";
            public string Token { get; set; } = "";
            public DateTime ExpiresAt { get; set; }
        }
        public class PasswordResetToken
        {
            public Guid Id { get; private set; }
            public string Token { get; private set; } = "";
            public static PasswordResetToken Create(string token, string userId, int hours) => throw new InvalidOperationException(userId);
        }
        public class AuthDb : DbContext { public DbSet<RefreshToken> RefreshTokens => Set<RefreshToken>(); public DbSet<PasswordResetToken> ResetTokens => Set<PasswordResetToken>(); }
        public class Member { public int Id { get; set; } public string PasswordHash { get; set; } = ""; public string? RefreshToken { get; set; } public string? ResetToken { get; set; } }

        """;

    // Every column is written somewhere, with what was hashed: the columns themselves are silent.
    private const string Elsewhere = """
        public class Migration2
        {
            public RefreshToken Row(string sha256) => new() { Token = sha256 };
            public PasswordResetToken Reset(string sha256) => PasswordResetToken.Create(sha256, "", 1);
            public void Keep(Member member, string sha256) { member.RefreshToken = sha256; member.ResetToken = sha256; }
        }

        """;

    private static string Service(string steps, string more = "") => Entity + Elsewhere + $$"""
        public class AuthService(AuthDb db)
        {
            private static string NewToken() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));
            {{more}}

            public async Task<string> Run(string userId, string token, Member member)
            {
                {{steps}}
                await db.SaveChangesAsync();
                return token;
            }
        }
        """;

    [Fact]
    public Task A_new_row() => Flags(Service("var refresh = NewToken(); db.RefreshTokens.Add(new RefreshToken { UserId = userId, [|Token = refresh|], ExpiresAt = DateTime.UtcNow.AddDays(7) });"));

    [Fact]
    public Task A_row_from_a_factory() => Flags(Service("var fresh = NewToken(); db.ResetTokens.Add(PasswordResetToken.Create([|fresh|], userId, 1));"));

    [Fact]
    public Task A_column_of_the_account() => Flags(Service("[|member.RefreshToken = token|];"));

    [Fact]
    public Task A_reset_token_of_the_account() => Flags(Service("[|member.ResetToken = NewToken()|];"));

    [Fact]
    public Task A_column_that_nobody_here_writes() => Flags("public class RefreshToken { public Guid Id { get; set; } public string UserId { get; set; } = \"\"; public string [|Token|] { get; set; } = \"\"; public DateTime ExpiresOnUtc { get; set; } }");

    [Fact]
    public Task An_owned_row() => Flags("[Owned] public class RefreshToken { public string [|Token|] { get; set; } = \"\"; public DateTime ExpiresOn { get; set; } public DateTime? RevokedOn { get; set; } }");

    [Fact]
    public Task A_token_beside_the_code_that_it_hides_behind() => Flags("public class Otp { public int Id { get; set; } public string Email { get; set; } = \"\"; public string OtpCode { get; set; } = \"\"; public string [|Token|] { get; set; } = \"\"; }");

    [Fact]
    public Task Two_writings_of_one_class() => Flags(Service("member.RefreshToken = null; [|member.RefreshToken = token|]; member.RefreshToken = NewToken();"));

    [Fact]
    public Task A_column_that_a_factory_of_the_row_fills() => Flags("public class PasswordResetToken { public Guid Id { get; private set; } public string [|Token|] { get; private set; } = \"\"; public static PasswordResetToken Create(string token) => new() { Token = token }; }");

    [Fact]
    public Task A_row_that_is_changed_on_rotation() => Flags(Service("var row = await db.RefreshTokens.FindAsync(1); [|row!.Token = NewToken()|];"));

    [Fact]
    public Task An_entity_with_a_constructor() => Flags("""
        public class RefreshTokenEntity(string token, Guid userId) { public Guid Id { get; } = Guid.NewGuid(); public string Token { get; } = token; public Guid UserId { get; } = userId; }
        public class Sessions(List<RefreshTokenEntity> rows) { public void Open(string text, Guid user) => rows.Add(new RefreshTokenEntity([|text|], user)); }
        """);

    [Fact]
    public Task A_handler() => Flags(Entity + Elsewhere + """
        public record SignIn(string User);
        public class SignInHandler(AuthDb db)
        {
            public async Task<string> Handle(SignIn command)
            {
                var value = Guid.NewGuid().ToString("N") + Guid.NewGuid().ToString("N");
                var row = new RefreshToken { UserId = command.User, [|Token = value|] };
                db.Add(row);
                await db.SaveChangesAsync();
                return value;
            }
        }
        """);

    [Fact]
    public Task A_hash() => Allows(Service("db.RefreshTokens.Add(new RefreshToken { UserId = userId, Token = Hash(NewToken()) });", "private static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));"));

    [Fact]
    public Task A_local_that_was_hashed() => Allows(Service("var kept = Digest.Sha256(NewToken()); db.RefreshTokens.Add(new RefreshToken { UserId = userId, Token = kept });") + " static class Digest { public static string Sha256(string text) => text.ToUpperInvariant(); }");

    [Fact]
    public Task A_look_up_by_the_hash() => Allows(Service("var tokenHash = token.GetHashCode().ToString(); var row = db.RefreshTokens.FirstOrDefault(t => t.Token == tokenHash);"));

    [Fact]
    public Task An_answer() => Allows("public record TokenResponse { public string? RefreshToken { get; set; } } public class C { public TokenResponse M(string token) => new() { RefreshToken = token }; }");

    [Fact]
    public Task A_request() => Allows("public class RefreshTokenRequest { public string Token { get; set; } = \"\"; } public class C { public RefreshTokenRequest M(string token) => new() { Token = token }; }");

    [Fact]
    public Task A_token_that_is_taken_away() => Allows(Service("member.RefreshToken = null;"));

    [Fact]
    public Task A_token_of_a_device() => Allows("public class DeviceToken { public int Id { get; set; } public string Token { get; set; } = \"\"; } public class Member { public int Id { get; set; } } public class C { public DeviceToken M(string token) => new() { Token = token }; }");

    [Fact]
    public Task A_project_that_hashes_where_it_looks_up() => Allows(Service("var row = await db.RefreshTokens.FirstOrDefaultAsync(t => t.Token == token);", "public Task<string> Find(string sent) => Run(\"\", HashToken(sent), null!); private static string HashToken(string text) => text;"));

    [Fact]
    public Task A_look_up_of_what_was_written_elsewhere() => Allows(Service("var row = await db.RefreshTokens.FirstOrDefaultAsync(t => t.Token == token);", "public RefreshToken Hashed(string text) => new() { Token = Sha(text) }; private static string Sha(string sha256) => sha256;"));

    [Fact]
    public Task A_row_that_keeps_the_hash_beside_it() => Allows("public class RefreshToken { public Guid Id { get; set; } public string Token { get; set; } = \"\"; public string HashAlgorithm { get; set; } = \"\"; }");

    [Fact]
    public Task A_comparison_of_two_texts() => Allows("public class C { public bool M(string refreshToken, string token) => refreshToken == token; }");

    [Fact]
    public Task The_entity_s_own_constructor() => Allows("public class RefreshToken { public int Id { get; set; } public string UserId { get; } public string Token { get; } public RefreshToken(string token, string userId) { this.Token = token; UserId = userId; } } public class Rows { public object Row(string sha256) => new RefreshToken(sha256, \"\"); }");

    [Fact]
    public Task An_encrypted_token() => Allows(Service("member.RefreshToken = protector.Protect(token);", "private readonly Protector protector = new();") + " public class Protector { public string Protect(string text) => text; }");
}

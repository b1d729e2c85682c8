namespace RiskAnalyzers.Tests.Rules.Accounts;

/// <summary>Where the comparison stands: in a condition, a property, a method that answers for the token.</summary>
public sealed partial class NullExpiryTests
{
    private const string Types = """

        public class AppUser : IdentityUser { public string? RefreshToken { get; set; } public DateTime? RefreshTokenExpiryTime { get; set; } }
        public class PasswordResetToken { public string Value { get; set; } = ""; public DateTimeOffset? ExpiresAt { get; set; } public bool Used { get; set; } }
        public class Voucher { public DateTime? ExpiresAt { get; set; } }
        """;

    private static string Refresh(string check) => $$"""
        public class AuthController : ShopCode
        {
            private List<AppUser> known = new();
            [HttpPost("refresh")]
            public IActionResult Refresh(string token)
            {
                var user = known.FirstOrDefault(u => u.RefreshToken == token);
                {{check}}
                return Ok();
            }
        }
        """ + Types;

    [Fact]
    public Task A_refresh_token() => Flags(Refresh("if (user == null || [|user.RefreshTokenExpiryTime < DateTime.UtcNow|]) return Unauthorized();"));

    [Fact]
    public Task Up_to_now() => Flags(Refresh("if (user is null || user.RefreshToken != token || [|user.RefreshTokenExpiryTime <= DateTime.Now|]) { return BadRequest(\"Invalid token\"); }"));

    [Fact]
    public Task The_other_way_round() => Flags(Refresh("if (user is null) return Unauthorized(); if ([|DateTime.UtcNow > user.RefreshTokenExpiryTime|]) throw new InvalidOperationException(\"expired\");"));

    [Fact]
    public Task A_clock_in_a_local() => Flags(Refresh("var now = clock.GetUtcNow().UtcDateTime; if (user == null) return NotFound(); if ([|user.RefreshTokenExpiryTime < now|]) return Unauthorized();"));

    [Fact]
    public Task A_user_that_may_be_missing() => Flags(Refresh("if ([|user?.RefreshTokenExpiryTime < DateTime.UtcNow|]) return Unauthorized();").Replace("[|user?.RefreshTokenExpiryTime < DateTime.UtcNow|]", "user == null || [|user!.RefreshTokenExpiryTime < DateTime.UtcNow|]"));

    [Fact]
    public Task A_property_of_the_entity_that_says_expired() => Flags("""
        public class ResetToken { public DateTime? ExpiresAt { get; set; } public bool IsExpired => [|ExpiresAt < DateTime.UtcNow|]; }
        """);

    [Fact]
    public Task A_flag_in_a_local() => Flags(Refresh("if (user is null) return Unauthorized(); var isExpired = [|user.RefreshTokenExpiryTime < DateTime.UtcNow|]; if (isExpired) return Unauthorized();"));

    [Fact]
    public Task A_reset_token_in_a_service() => Flags("""
        public class ResetService
        {
            public bool TryUse(PasswordResetToken token, TimeProvider clock)
            {
                if (token.Used || [|token.ExpiresAt < clock.GetUtcNow()|])
                    return false;
                token.Used = true;
                return true;
            }
        }
        """ + Types);

    [Fact]
    public Task A_one_time_password() => Flags("""
        public class Otp { public string Code { get; set; } = ""; public DateTime? ValidUntil { get; set; } }
        public class OtpCheck { public string? Check(Otp otp, string given) => otp.Code != given || [|otp.ValidUntil < DateTime.UtcNow|] ? null : "ok"; }
        """);

    [Fact]
    public Task With_some_leeway() => Flags("""
        public class InviteCheck { public void Accept(Invitation invitation) { if ([|invitation.ExpiresAt < DateTime.UtcNow.AddMinutes(-5)|]) throw new InvalidOperationException(); } }
        public class Invitation { public DateTime? ExpiresAt { get; set; } }
        """);

    [Fact]
    public Task Without_a_date_it_is_refused() => Allows(Refresh("if (user == null || user.RefreshTokenExpiryTime is null || user.RefreshTokenExpiryTime < DateTime.UtcNow) return Unauthorized();"));

    [Fact]
    public Task Asked_the_safe_way() => Allows(Refresh("if (user?.RefreshTokenExpiryTime > DateTime.UtcNow) return Ok(user); return Unauthorized();"));

    [Fact]
    public Task Asked_the_safe_way_and_negated() => Allows(Refresh("if (user == null || !(user.RefreshTokenExpiryTime > DateTime.UtcNow)) return Unauthorized();"));

    [Fact]
    public Task HasValue_before_it() => Allows(Refresh("if (user == null || !user.RefreshTokenExpiryTime.HasValue || user.RefreshTokenExpiryTime < DateTime.UtcNow) return Unauthorized();"));

    [Fact]
    public Task A_date_that_is_always_there() => Allows("""
        public class SessionToken { public DateTime ExpiresAt { get; set; } }
        public class Sessions { public bool Use(SessionToken token) { if (token.ExpiresAt < DateTime.UtcNow) return false; return true; } }
        """);

    [Fact]
    public Task A_voucher_without_an_end() => Allows("""
        public class Vouchers { public bool Use(Voucher voucher) { if (voucher.ExpiresAt < DateTime.UtcNow) return false; return true; } }
        """ + Types);

    [Fact]
    public Task A_query_for_what_is_over() => Allows("""
        public class Cleaner { public IEnumerable<PasswordResetToken> Old(IQueryable<PasswordResetToken> tokens) => tokens.Where(t => t.ExpiresAt < DateTimeOffset.UtcNow).ToList(); }
        """ + Types);

    [Fact]
    public Task A_default_for_what_is_missing() => Allows(Refresh("if (user == null || (user.RefreshTokenExpiryTime ?? DateTime.MinValue) < DateTime.UtcNow) return Unauthorized();"));

    [Fact]
    public Task Two_dates_of_its_own() => Allows("""
        public class TokenRow { public DateTime? ExpiresAt { get; set; } public DateTime IssuedAt { get; set; } }
        public class Rows { public bool Check(TokenRow row) { if (row.ExpiresAt < row.IssuedAt) return false; return true; } }
        """);

    [Fact]
    public Task A_branch_that_only_renews() => Allows(Refresh("if (user == null) return Unauthorized(); if (user.RefreshTokenExpiryTime < DateTime.UtcNow) { user.RefreshToken = Guid.NewGuid().ToString(); }"));

    [Fact]
    public Task Valid_unless_it_is_over() => Flags("""
        public record TokenRow(string Token, DateTime? ExpiresAt, bool Revoked);
        public class Tokens { public bool IsValid(TokenRow row) => !row.Revoked && !([|row.ExpiresAt <= DateTime.UtcNow|]); }
        """);

    [Fact]
    public Task Over_unless_it_is_still_good() => Allows("""
        public record TokenRow(string Token, DateTime? ExpiresAt);
        public class Tokens { public bool MustRenew(TokenRow row) => !(row.ExpiresAt <= DateTime.UtcNow); public bool IsValid(TokenRow row) => row.ExpiresAt > DateTime.UtcNow; }
        """);
}

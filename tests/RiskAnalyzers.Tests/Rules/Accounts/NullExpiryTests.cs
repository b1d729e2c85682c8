using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Accounts;

public sealed partial class NullExpiryTests() : RuleTest("RISK3022")
{
    [Fact]
    public Task A_refresh_token_of_a_user() => Fixes(
        """
        class Account { public int Id { get; set; } public string? RefreshToken { get; set; } public DateTime? RefreshTokenExpiryTime { get; set; } public DateTimeOffset? OtpExpiresAt { get; set; } public string? ResetCode { get; set; } public DateTime? ResetTokenExpires { get; set; } public DateTime? VerificationCodeValidUntil { get; set; } public DateTime LastLogin { get; set; } }
        class C : ShopCode { IActionResult Refresh(Account? user, string token) { if (user == null || user.RefreshToken != token || [|user.RefreshTokenExpiryTime <= DateTime.UtcNow|]) return Unauthorized(); return Ok(); } }
        """,
        """
        class Account { public int Id { get; set; } public string? RefreshToken { get; set; } public DateTime? RefreshTokenExpiryTime { get; set; } public DateTimeOffset? OtpExpiresAt { get; set; } public string? ResetCode { get; set; } public DateTime? ResetTokenExpires { get; set; } public DateTime? VerificationCodeValidUntil { get; set; } public DateTime LastLogin { get; set; } }
        class C : ShopCode { IActionResult Refresh(Account? user, string token) { if (user == null || user.RefreshToken != token || !(user.RefreshTokenExpiryTime > DateTime.UtcNow)) return Unauthorized(); return Ok(); } }
        """);

    [Fact]
    public Task A_clock_on_the_left() => Fixes(
        """
        class Account { public int Id { get; set; } public string? RefreshToken { get; set; } public DateTime? RefreshTokenExpiryTime { get; set; } public DateTimeOffset? OtpExpiresAt { get; set; } public string? ResetCode { get; set; } public DateTime? ResetTokenExpires { get; set; } public DateTime? VerificationCodeValidUntil { get; set; } public DateTime LastLogin { get; set; } }
        class C : ShopCode { void Redeem(Account user) { if ([|clock.GetUtcNow() > user.OtpExpiresAt|]) throw new InvalidOperationException("too late"); } }
        """,
        """
        class Account { public int Id { get; set; } public string? RefreshToken { get; set; } public DateTime? RefreshTokenExpiryTime { get; set; } public DateTimeOffset? OtpExpiresAt { get; set; } public string? ResetCode { get; set; } public DateTime? ResetTokenExpires { get; set; } public DateTime? VerificationCodeValidUntil { get; set; } public DateTime LastLogin { get; set; } }
        class C : ShopCode { void Redeem(Account user) { if (!(clock.GetUtcNow() <= user.OtpExpiresAt)) throw new InvalidOperationException("too late"); } }
        """);

    [Fact]
    public Task An_accepting_negation() => Fixes(
        """
        class Account { public int Id { get; set; } public string? RefreshToken { get; set; } public DateTime? RefreshTokenExpiryTime { get; set; } public DateTimeOffset? OtpExpiresAt { get; set; } public string? ResetCode { get; set; } public DateTime? ResetTokenExpires { get; set; } public DateTime? VerificationCodeValidUntil { get; set; } public DateTime LastLogin { get; set; } }
        class C { bool CanReset(Account user) => user.ResetCode != null && !([|user.ResetTokenExpires < DateTime.UtcNow|]); }
        """,
        """
        class Account { public int Id { get; set; } public string? RefreshToken { get; set; } public DateTime? RefreshTokenExpiryTime { get; set; } public DateTimeOffset? OtpExpiresAt { get; set; } public string? ResetCode { get; set; } public DateTime? ResetTokenExpires { get; set; } public DateTime? VerificationCodeValidUntil { get; set; } public DateTime LastLogin { get; set; } }
        class C { bool CanReset(Account user) => user.ResetCode != null && user.ResetTokenExpires >= DateTime.UtcNow; }
        """);

    [Fact]
    public Task A_property_that_says_expired() => Flags(
        """
        class PasswordResetToken { public DateTime? ExpiresAt { get; set; } public bool IsExpired => [|ExpiresAt < DateTime.UtcNow|]; }
        """);

    [Fact]
    public Task A_record_of_sessions() => Flags(
        """
        record LoginSession(Guid Id, DateTimeOffset? Expiration) { public bool HasEnded(DateTimeOffset now) => [|now >= Expiration|]; }
        """);

    [Fact]
    public Task A_local_flag() => Flags(
        """
        class Account { public int Id { get; set; } public string? RefreshToken { get; set; } public DateTime? RefreshTokenExpiryTime { get; set; } public DateTimeOffset? OtpExpiresAt { get; set; } public string? ResetCode { get; set; } public DateTime? ResetTokenExpires { get; set; } public DateTime? VerificationCodeValidUntil { get; set; } public DateTime LastLogin { get; set; } }
        class C { string Verify(Account account) { var expired = [|account.VerificationCodeValidUntil < DateTime.Now|]; return expired ? "expired" : "ok"; } }
        """);

    [Fact]
    public Task A_choice() => Flags(
        """
        class Account { public int Id { get; set; } public string? RefreshToken { get; set; } public DateTime? RefreshTokenExpiryTime { get; set; } public DateTimeOffset? OtpExpiresAt { get; set; } public string? ResetCode { get; set; } public DateTime? ResetTokenExpires { get; set; } public DateTime? VerificationCodeValidUntil { get; set; } public DateTime LastLogin { get; set; } }
        class C { int Status(Account a) => [|a.RefreshTokenExpiryTime < DateTime.UtcNow|] ? 401 : 200; }
        """);

    [Fact]
    public Task Through_a_conditional_access() => Flags(
        """
        class Account { public int Id { get; set; } public string? RefreshToken { get; set; } public DateTime? RefreshTokenExpiryTime { get; set; } public DateTimeOffset? OtpExpiresAt { get; set; } public string? ResetCode { get; set; } public DateTime? ResetTokenExpires { get; set; } public DateTime? VerificationCodeValidUntil { get; set; } public DateTime LastLogin { get; set; } }
        class C { bool Old(Account? a) { if ([|a?.ResetTokenExpires < DateTime.UtcNow|]) return true; return false; } }
        """);

    [Fact]
    public Task A_now_of_its_own() => Flags(
        """
        class Account { public int Id { get; set; } public string? RefreshToken { get; set; } public DateTime? RefreshTokenExpiryTime { get; set; } public DateTimeOffset? OtpExpiresAt { get; set; } public string? ResetCode { get; set; } public DateTime? ResetTokenExpires { get; set; } public DateTime? VerificationCodeValidUntil { get; set; } public DateTime LastLogin { get; set; } }
        class C { void Check(Account a) { var now = DateTime.UtcNow; if (a.RefreshToken is null || [|a.RefreshTokenExpiryTime < now|]) throw new UnauthorizedAccessException(); } }
        """);

    [Fact]
    public Task Seconds_since_the_epoch() => Flags(
        """
        class ResetToken { public long? ExpiresAt { get; set; } } class C { bool Valid(ResetToken t) { if ([|t.ExpiresAt < DateTimeOffset.UtcNow.ToUnixTimeSeconds()|]) return false; return true; } }
        """);

    [Fact]
    public Task A_switch_of_conditions() => Flags(
        """
        class Account { public int Id { get; set; } public string? RefreshToken { get; set; } public DateTime? RefreshTokenExpiryTime { get; set; } public DateTimeOffset? OtpExpiresAt { get; set; } public string? ResetCode { get; set; } public DateTime? ResetTokenExpires { get; set; } public DateTime? VerificationCodeValidUntil { get; set; } public DateTime LastLogin { get; set; } }
        class C { string M(Account a) => a switch { _ when [|a.OtpExpiresAt <= DateTimeOffset.UtcNow|] => "expired", _ => "ok" }; }
        """);

    [Fact]
    public Task A_field() => Flags(
        """
        class InviteStore { private DateTime? _tokenExpiry; public bool Ended() { return [|DateTime.UtcNow > _tokenExpiry|]; } }
        """);

    [Fact]
    public Task An_end_that_is_always_there() => Allows(
        """
        class RefreshToken { public DateTime ExpiresAt { get; set; } } class C { bool Old(RefreshToken t) => t.ExpiresAt < DateTime.UtcNow; }
        """);

    [Fact]
    public Task Only_what_lies_in_the_future_is_accepted() => Allows(
        """
        class Account { public int Id { get; set; } public string? RefreshToken { get; set; } public DateTime? RefreshTokenExpiryTime { get; set; } public DateTimeOffset? OtpExpiresAt { get; set; } public string? ResetCode { get; set; } public DateTime? ResetTokenExpires { get; set; } public DateTime? VerificationCodeValidUntil { get; set; } public DateTime LastLogin { get; set; } }
        class C { bool Good(Account a) => a.RefreshTokenExpiryTime > DateTime.UtcNow; }
        """);

    [Fact]
    public Task Null_is_refused() => Allows(
        """
        class Account { public int Id { get; set; } public string? RefreshToken { get; set; } public DateTime? RefreshTokenExpiryTime { get; set; } public DateTimeOffset? OtpExpiresAt { get; set; } public string? ResetCode { get; set; } public DateTime? ResetTokenExpires { get; set; } public DateTime? VerificationCodeValidUntil { get; set; } public DateTime LastLogin { get; set; } }
        class C : ShopCode { IActionResult M(Account a) { if (a.RefreshTokenExpiryTime is null || a.RefreshTokenExpiryTime <= DateTime.UtcNow) return Unauthorized(); return Ok(); } }
        """);

    [Fact]
    public Task No_value_is_refused() => Allows(
        """
        class Account { public int Id { get; set; } public string? RefreshToken { get; set; } public DateTime? RefreshTokenExpiryTime { get; set; } public DateTimeOffset? OtpExpiresAt { get; set; } public string? ResetCode { get; set; } public DateTime? ResetTokenExpires { get; set; } public DateTime? VerificationCodeValidUntil { get; set; } public DateTime LastLogin { get; set; } }
        class C : ShopCode { IActionResult M(Account a) { if (!a.ResetTokenExpires.HasValue || a.ResetTokenExpires < DateTime.UtcNow) return BadRequest(); return Ok(); } }
        """);

    [Fact]
    public Task Null_means_for_ever_on_purpose() => Allows(
        """
        class Account { public int Id { get; set; } public string? RefreshToken { get; set; } public DateTime? RefreshTokenExpiryTime { get; set; } public DateTimeOffset? OtpExpiresAt { get; set; } public string? ResetCode { get; set; } public DateTime? ResetTokenExpires { get; set; } public DateTime? VerificationCodeValidUntil { get; set; } public DateTime LastLogin { get; set; } }
        class C { bool Old(Account a) => a.ResetTokenExpires.HasValue && a.ResetTokenExpires < DateTime.UtcNow; }
        """);

    [Fact]
    public Task A_coupon_without_an_end() => Allows(
        """
        class CouponCode { public DateTime? ExpiresAt { get; set; } } class C { bool Old(CouponCode c) => c.ExpiresAt < DateTime.UtcNow; }
        """);

    [Fact]
    public Task A_key_without_an_end() => Allows(
        """
        class ApiKeyToken { public DateTime? ExpiresAt { get; set; } } class C { bool Old(ApiKeyToken c) => c.ExpiresAt < DateTime.UtcNow; }
        """);

    [Fact]
    public Task A_sweep_of_old_rows() => Allows(
        """
        class RefreshToken { public DateTime? ExpiresAt { get; set; } } class C { List<RefreshToken> Old(List<RefreshToken> all) => all.Where(t => t.ExpiresAt < DateTime.UtcNow).ToList(); }
        """);

    [Fact]
    public Task A_fallback_for_null() => Allows(
        """
        class Account { public int Id { get; set; } public string? RefreshToken { get; set; } public DateTime? RefreshTokenExpiryTime { get; set; } public DateTimeOffset? OtpExpiresAt { get; set; } public string? ResetCode { get; set; } public DateTime? ResetTokenExpires { get; set; } public DateTime? VerificationCodeValidUntil { get; set; } public DateTime LastLogin { get; set; } }
        class C { bool Old(Account a) => (a.RefreshTokenExpiryTime ?? DateTime.MinValue) < DateTime.UtcNow; }
        """);

    [Fact]
    public Task Its_value() => Allows(
        """
        class Account { public int Id { get; set; } public string? RefreshToken { get; set; } public DateTime? RefreshTokenExpiryTime { get; set; } public DateTimeOffset? OtpExpiresAt { get; set; } public string? ResetCode { get; set; } public DateTime? ResetTokenExpires { get; set; } public DateTime? VerificationCodeValidUntil { get; set; } public DateTime LastLogin { get; set; } }
        class C { bool Old(Account a) => a.RefreshTokenExpiryTime!.Value < DateTime.UtcNow; }
        """);

    [Fact]
    public Task Another_time() => Allows(
        """
        class Account { public int Id { get; set; } public string? RefreshToken { get; set; } public DateTime? RefreshTokenExpiryTime { get; set; } public DateTimeOffset? OtpExpiresAt { get; set; } public string? ResetCode { get; set; } public DateTime? ResetTokenExpires { get; set; } public DateTime? VerificationCodeValidUntil { get; set; } public DateTime LastLogin { get; set; } }
        class C { bool Idle(Account a) => a.LastLogin < DateTime.UtcNow.AddDays(-30); }
        """);

    [Fact]
    public Task Two_ends() => Allows(
        """
        class Account { public int Id { get; set; } public string? RefreshToken { get; set; } public DateTime? RefreshTokenExpiryTime { get; set; } public DateTimeOffset? OtpExpiresAt { get; set; } public string? ResetCode { get; set; } public DateTime? ResetTokenExpires { get; set; } public DateTime? VerificationCodeValidUntil { get; set; } public DateTime LastLogin { get; set; } }
        class C { bool Sooner(Account a, Account b) => a.RefreshTokenExpiryTime < b.RefreshTokenExpiryTime; }
        """);

    [Fact]
    public Task A_pattern_that_takes_the_value() => Allows(
        """
        class Account { public int Id { get; set; } public string? RefreshToken { get; set; } public DateTime? RefreshTokenExpiryTime { get; set; } public DateTimeOffset? OtpExpiresAt { get; set; } public string? ResetCode { get; set; } public DateTime? ResetTokenExpires { get; set; } public DateTime? VerificationCodeValidUntil { get; set; } public DateTime LastLogin { get; set; } }
        class C { bool Old(Account a) => a.RefreshTokenExpiryTime is not { } end || end < DateTime.UtcNow; }
        """);
}

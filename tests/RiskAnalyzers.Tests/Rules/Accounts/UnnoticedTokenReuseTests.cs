using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Accounts;

public sealed class UnnoticedTokenReuseTests() : RuleTest("RISK3026")
{
    private const string Types = """
        public class RefreshToken
        {
            public int Id { get; set; }
            public string UserId { get; set; } = "";
            public string TokenHash { get; set; } = "";
            public bool IsRevoked { get; set; }
            public bool IsUsed { get; set; }
            public DateTime? RevokedAt { get; set; }
            public DateTime ExpiresAt { get; set; }
            public bool IsActive => !IsRevoked && ExpiresAt > DateTime.UtcNow;
            public void Revoke(string reason) => IsRevoked = true;
            public void MarkUsed() => IsUsed = true;
        }
        public interface ITokens { Task<RefreshToken?> FindAsync(string hash); Task SaveAsync(); Task RevokeAllForUserAsync(string userId); }
        public record Pair(string Access, string Refresh);

        """;

    private static string Code(string steps, string name = "RefreshAsync") => Types + $$"""
        public class AuthService(ITokens tokens, ILogger log)
        {
            private Task<Pair?> Issue(string userId) => Task.FromResult<Pair?>(new Pair(userId, userId));

            public async Task<Pair?> {{name}}(string hash)
            {
                var stored = await tokens.FindAsync(hash);
                {{steps}}
                await tokens.SaveAsync();
                return await Issue(stored!.UserId);
            }
        }
        """;

    [Fact]
    public Task A_revoked_token_answered_with_null() => Flags(Code("if (stored is null || stored.IsRevoked || stored.ExpiresAt < DateTime.UtcNow) [|return null;|] stored.IsRevoked = true;"));

    [Fact]
    public Task A_used_token_that_is_only_logged() => Flags(Code("if (stored is null) return null; if (stored.IsUsed || stored.IsRevoked) { log.LogWarning(\"used before\"); [|return null;|] } stored.IsUsed = true;"));

    [Fact]
    public Task An_inactive_token() => Flags(Code("if (stored == null || !stored.IsActive) [|throw new UnauthorizedAccessException(\"Invalid token\");|] stored.Revoke(\"refreshed\");"));

    [Fact]
    public Task A_date_of_revocation() => Flags(Code("if (stored?.RevokedAt != null) { [|return null;|] } stored!.RevokedAt = DateTime.UtcNow;"));

    [Fact]
    public Task A_method_that_marks_it_as_used() => Flags(Code("if (stored!.IsUsed) [|return default;|] stored.MarkUsed();", "RotateAsync"));

    [Fact]
    public Task A_comparison_with_true() => Flags(Code("if (stored!.IsRevoked == true) { [|return null;|] } stored.IsRevoked = true;"));

    [Fact]
    public Task An_activity_compared_with_false() => Flags(Code("if (stored is null || stored.IsActive == false) { [|return null;|] } stored.IsRevoked = true;", "RenewAsync"));

    [Fact]
    public Task A_handler_of_its_own() => Flags(Types + """
        public record RefreshCommand(string Hash);
        public class RefreshHandler(ITokens tokens)
        {
            public async Task<string?> Handle(RefreshCommand command)
            {
                var token = await tokens.FindAsync(command.Hash) ?? throw new UnauthorizedAccessException();
                if (token.IsRevoked)
                    [|throw new UnauthorizedAccessException("revoked");|]
                token.IsRevoked = true;
                await tokens.SaveAsync();
                return token.UserId;
            }
        }
        """);

    [Fact]
    public Task A_controller() => Flags(Types + """
        [Route("api/auth")]
        public class AuthController(ITokens tokens) : ControllerBase
        {
            [HttpPost("refresh")]
            public async Task<IActionResult> Refresh(string hash)
            {
                var stored = await tokens.FindAsync(hash);
                if (stored == null || stored.IsRevoked)
                    [|return Unauthorized();|]
                stored.IsRevoked = true;
                stored.RevokedAt = DateTime.UtcNow;
                await tokens.SaveAsync();
                return Ok();
            }
        }
        """);

    [Fact]
    public Task An_entity_of_another_name() => Flags("""
        public class UserRefreshTokenEntity { public Guid Id { get; set; } public bool Revoked { get; set; } public string Owner { get; set; } = ""; }
        public class Sessions(List<UserRefreshTokenEntity> rows)
        {
            public string? RefreshSession(Guid id)
            {
                var row = rows.Find(r => r.Id == id);
                if (row is null || row.Revoked)
                    [|return null;|]
                row.Revoked = true;
                rows.Add(new UserRefreshTokenEntity { Id = Guid.NewGuid(), Owner = row.Owner });
                return row.Owner;
            }
        }
        """);

    [Fact]
    public Task Everything_is_revoked() => Allows(Code("if (stored!.IsRevoked) { await tokens.RevokeAllForUserAsync(stored.UserId); return null; } stored.IsRevoked = true;"));

    [Fact]
    public Task The_family_is_ended() => Allows(Code("void EndFamily(string user) { } if (stored!.IsUsed) { EndFamily(stored.UserId); return null; } stored.IsUsed = true;"));

    [Fact]
    public Task Reuse_is_handled_before_the_date() => Allows(Code("if (stored!.IsRevoked) { await tokens.RevokeAllForUserAsync(stored.UserId); return null; } if (!stored.IsActive) return null; stored.IsRevoked = true;"));

    [Fact]
    public Task A_token_that_is_only_out_of_date() => Allows(Code("if (stored!.ExpiresAt < DateTime.UtcNow) return null; stored.IsRevoked = true;"));

    [Fact]
    public Task A_sign_out() => Allows(Code("if (stored is null || stored.IsRevoked) return null; stored.IsRevoked = true;", "LogoutAsync"));

    [Fact]
    public Task A_project_that_does_not_rotate() => Allows(Code("if (stored is null || stored.IsRevoked) return null;"));

    [Fact]
    public Task A_question_that_changes_nothing() => Allows(Types + "public class Check(ITokens tokens) { public async Task<bool> IsRefreshable(string hash) { var t = await tokens.FindAsync(hash); if (t is null || t.IsRevoked) return false; return true; } }");

    [Fact]
    public Task A_coupon_that_was_used() => Allows("public class Coupon { public bool IsUsed { get; set; } } public class C { public bool Refresh(Coupon coupon) { if (coupon.IsUsed) return false; coupon.IsUsed = true; return true; } }");

    [Fact]
    public Task A_branch_that_goes_on() => Allows(Code("if (stored!.IsRevoked) log.LogWarning(\"revoked\"); stored.IsRevoked = true;"));

    [Fact]
    public Task A_one_time_token() => Allows("public class ResetToken { public bool IsUsed { get; set; } } public class C { public bool Handle(ResetToken token) { if (token.IsUsed) return false; token.IsUsed = true; return true; } }");

    [Fact]
    public Task Theft_is_reported() => Allows(Code("Task Compromised(string user) => Task.CompletedTask; if (stored!.IsUsed) { await Compromised(stored.UserId); throw new UnauthorizedAccessException(); } stored.IsUsed = true;"));
}

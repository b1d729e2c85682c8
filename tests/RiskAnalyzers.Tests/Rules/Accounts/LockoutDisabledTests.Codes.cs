namespace RiskAnalyzers.Tests.Rules.Accounts;

/// <summary>Short codes that are sent and typed in.</summary>
public sealed partial class LockoutDisabledTests
{
    private static string Codes(string method, string row = "", string type = "OtpService") => $$"""
        public class OtpVerification { public int Id { get; set; } public string Email { get; set; } = ""; public string Code { get; set; } = ""; public string CodeHash { get; set; } = ""; public DateTime ExpiresAt { get; set; } {{row}} }
        public class OtpDb : DbContext { public DbSet<OtpVerification> Otps => Set<OtpVerification>(); }
        public interface IOtpRepository { Task<OtpVerification?> GetByEmailAndOtpAsync(string email, string otp); Task<OtpVerification?> GetLatestAsync(string email); }
        public record VerifyOtpRequest(string Email, string Otp, string Code);
        public class {{type}}(OtpDb db, IOtpRepository otps)
        {
            {{method}}
            private static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
            private bool Known => db is not null && otps is not null && Hash("") != "";
        }
        """;

    [Fact]
    public Task A_code_that_is_compared_by_its_hash() => Flags(Codes("public async Task<bool> ConsumeOtpAsync(string email, string code) { var otp = await otps.GetLatestAsync(email); if (otp is null || otp.ExpiresAt < DateTime.UtcNow) return false; if ([|otp.CodeHash != Hash(code)|]) return false; return true; }"));

    [Fact]
    public Task A_code_in_a_query() => Flags(Codes("public Task<bool> VerifyAsync(VerifyOtpRequest request) => db.Otps.AnyAsync(o => o.Email == request.Email && [|o.Code == request.Code|]);"));

    [Fact]
    public Task A_code_that_a_repository_finds() => Flags(Codes("public async Task<bool> Handle(VerifyOtpRequest request) => await [|otps.GetByEmailAndOtpAsync(request.Email, request.Otp)|] is not null;"));

    [Fact]
    public Task A_code_of_the_account() => Flags("""
        public class Member { public string Email { get; set; } = ""; public string? VerificationCode { get; set; } }
        public class SignInService(List<Member> members) { public bool VerifyLogin(string email, string code) { var member = members.First(m => m.Email == email); return [|member.VerificationCode == code|]; } }
        """);

    [Fact]
    public Task A_code_whose_row_counts() => Allows(Codes("public async Task<bool> ConsumeOtpAsync(string email, string code) { var otp = await otps.GetLatestAsync(email); return otp!.Code == code; }", "public int Attempts { get; set; }"));

    [Fact]
    public Task A_code_that_is_counted_here() => Allows(Codes("public async Task<bool> ConsumeOtpAsync(string email, string code) { var otp = await otps.GetLatestAsync(email); if (otp!.Code != code) { CountFailedAttempt(email); return false; } return true; } private void CountFailedAttempt(string email) { }"));

    [Fact]
    public Task A_repository_of_codes() => Allows(Codes("public Task<OtpVerification?> GetByEmailAndOtpAsync(string email, string code) => db.Otps.FirstOrDefaultAsync(o => o.Email == email && o.Code == code);", type: "SqlOtpRepository"));

    [Fact]
    public Task A_coupon_code() => Allows("public class CouponService(List<Coupon> coupons) { public bool Validate(string code) => coupons.Any(c => c.Code == code); }");

    [Fact]
    public Task A_code_that_is_sent() => Allows(Codes("public async Task SendAsync(string email, string code) { db.Otps.Add(new OtpVerification { Email = email, Code = code }); await db.SaveChangesAsync(); }"));
}

using RiskAnalyzers.Rules;
using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Accounts;

public sealed class LongLivedTokenTests() : RuleTest("RISK3031")
{
    private const string Library = """
        namespace Jwt
        {
            public class SecurityTokenDescriptor { public string? Issuer { get; set; } public DateTime? Expires { get; set; } }
            public class JwtSecurityToken(string? issuer = null, string? audience = null, IEnumerable<Claim>? claims = null, DateTime? notBefore = null, DateTime? expires = null) { public object?[] All => new object?[] { issuer, audience, claims, notBefore, expires }; }
        }

        """;

    private static string Service(string body, string signature = "object CreateToken(string user)", string type = "JwtService") => Library + $$"""
        public class JwtSettings { public int Days { get; set; } = 7; public int Minutes { get; set; } = 15; }
        public class {{type}}(JwtSettings settings, TimeProvider clock)
        {
            private JwtSettings Settings => settings; private TimeProvider Clock => clock;
            public {{signature}} { {{body}} }
        }
        """;

    [Fact]
    public Task A_week() => Flags(Service("return new Jwt.SecurityTokenDescriptor { Issuer = user, Expires = [|DateTime.UtcNow.AddDays(7)|] };"));

    [Fact]
    public Task A_day() => Flags(Service("return new Jwt.JwtSecurityToken(user, user, expires: [|DateTime.Now.AddDays(1)|]);"));

    [Fact]
    public Task Days_of_a_setting() => Flags(Service("return new Jwt.SecurityTokenDescriptor { Expires = [|DateTime.UtcNow.AddDays(settings.Days)|], Issuer = user };"));

    [Fact]
    public Task A_local() => Flags(Service("var until = DateTime.UtcNow.AddDays(30); return new Jwt.JwtSecurityToken(user, expires: [|until|]);"));

    [Fact]
    public Task Hours_that_are_days() => Flags(Service("return new Jwt.JwtSecurityToken(user, null, null, null, [|DateTime.UtcNow.AddHours(48)|]);"));

    [Fact]
    public Task A_month() => Flags(Service("var descriptor = new Jwt.SecurityTokenDescriptor(); descriptor.Issuer = user; descriptor.Expires = [|DateTime.UtcNow.AddMonths(1)|]; return descriptor;"));

    [Fact]
    public Task A_year() => Flags(Service("return new Jwt.SecurityTokenDescriptor { Expires = [|DateTime.UtcNow.AddYears(1)|], Issuer = user };"));

    [Fact]
    public Task Minutes_that_are_days() => Flags(Service("return new Jwt.SecurityTokenDescriptor { Expires = [|DateTime.UtcNow.AddMinutes(60 * 24 * 7)|], Issuer = user };"));

    [Fact]
    public Task A_time_with_an_offset() => Flags(Service("return new Jwt.SecurityTokenDescriptor { Issuer = user, Expires = [|DateTime.UtcNow.Date.AddDays(2)|] };"));

    [Fact]
    public Task A_sign_in() => Flags(Library + """
        public class AuthController : ControllerBase
        {
            [HttpPost("login")] public IActionResult Login(string name) { var token = new Jwt.JwtSecurityToken(issuer: "shop", audience: "shop", claims: new[] { new Claim("name", name) }, expires: [|DateTime.UtcNow.AddDays(14)|]); return Ok(token); }
        }
        """);

    [Fact]
    public Task Minutes() => Allows(Service("return new Jwt.SecurityTokenDescriptor { Issuer = user, Expires = DateTime.UtcNow.AddMinutes(15) };"));

    [Fact]
    public Task Minutes_of_a_setting() => Allows(Service("return new Jwt.SecurityTokenDescriptor { Issuer = user, Expires = DateTime.UtcNow.AddMinutes(settings.Minutes) };"));

    [Fact]
    public Task An_hour() => Allows(Service("return new Jwt.JwtSecurityToken(user, expires: DateTime.UtcNow.AddHours(1));"));

    [Fact]
    public Task A_working_day() => Allows(Service("return new Jwt.JwtSecurityToken(user, expires: DateTime.UtcNow.AddHours(8));"));

    [Fact]
    public Task A_refresh_token() => Allows(Service("return new Jwt.JwtSecurityToken(user, expires: DateTime.UtcNow.AddDays(7));", "object CreateRefreshToken(string user)"));

    [Fact]
    public Task A_link_in_a_mail() => Allows(Service("return new Jwt.JwtSecurityToken(user, expires: DateTime.UtcNow.AddDays(2));", "object CreateEmailConfirmation(string user)"));

    [Fact]
    public Task A_secret_for_a_provider() => Allows(Service("return new Jwt.JwtSecurityToken(user, expires: DateTime.UtcNow.AddDays(180));", type: "AppleClientSecrets"));

    [Fact]
    public Task A_project_that_asks_again() => Allows(Service("return new Jwt.JwtSecurityToken(user, expires: DateTime.UtcNow.AddDays(7));") + " public class Events { public bool OnTokenValidated(string jti) => jti.Length > 0; }");

    [Fact]
    public Task A_cookie() => Allows("class C { CookieOptions M() => new() { Expires = DateTimeOffset.UtcNow.AddDays(30) }; }");

    [Fact]
    public Task A_coupon() => Allows("public class CouponService { public Coupon Make() => new() { EndsAt = DateTime.UtcNow.AddDays(30) }; }");

    [Fact]
    public Task No_end_that_is_computed() => Allows(Service("return new Jwt.JwtSecurityToken(user, expires: Until());", "object CreateToken(string user)") .Replace("private TimeProvider Clock => clock;", "private DateTime Until() => clock.GetUtcNow().UtcDateTime;"));

    [Fact]
    public async Task One_place_is_one_finding()
    {
        var options = new ConfigOptions().For("Tokens.cs", "risk_analyzers.critical_path", "account");
        var found = await Analysis.Run(Analysis.Compile(("/shop/Tokens.cs", Service("return new object[] { new Jwt.SecurityTokenDescriptor { Issuer = user, Expires = DateTime.UtcNow.AddDays(30) }, new Jwt.JwtSecurityToken(user, expires: DateTime.UtcNow.AddMonths(1)) };")), (Prelude.Path, Prelude.Source)),
            options, [.. RuleCatalogue.All.Where(rule => rule.Id is "RISK3012" or "RISK3031")]);
        Assert.Equal(["RISK3031", "RISK3031"], found.Select(finding => finding.Id).Where(id => id.StartsWith("RISK3", StringComparison.Ordinal)));
    }
}

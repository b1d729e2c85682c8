using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Accounts;

public sealed class ClaimNeverIssuedTests() : RuleTest("RISK3023")
{
    [Fact]
    public Task An_id_that_is_called_otherwise() => Flags(
        """
        using System.IdentityModel.Tokens.Jwt;
        class AuthTokens { string Make(IdentityUser u) { var claims = new List<Claim> { new(ClaimTypes.NameIdentifier, u.Id), new(ClaimTypes.Email, u.Email!), new(ClaimTypes.Role, "user") }; return new JwtSecurityTokenHandler().WriteToken(new JwtSecurityToken(claims: claims)); } }
        class ProfileController : ShopCode { public IActionResult Profile() { var userId = [|User.FindFirst("id")|]?.Value; return userId is null ? NotFound() : Ok(userId); } }
        """);

    [Fact]
    public Task An_audit_by_unknown() => Flags(
        """
        using System.IdentityModel.Tokens.Jwt;
        class AuthTokens { string Make(IdentityUser u) { var claims = new List<Claim> { new(ClaimTypes.NameIdentifier, u.Id), new(ClaimTypes.Email, u.Email!), new(ClaimTypes.Role, "user") }; return new JwtSecurityTokenHandler().WriteToken(new JwtSecurityToken(claims: claims)); } }
        class UsersController : ShopCode { public string Who() => [|User.FindFirst("userId")|]?.Value ?? "Unknown"; }
        """);

    [Fact]
    public Task A_value_by_its_short_name() => Flags(
        """
        using System.IdentityModel.Tokens.Jwt;
        class AuthTokens { string Make(IdentityUser u) { var claims = new List<Claim> { new(ClaimTypes.NameIdentifier, u.Id), new(ClaimTypes.Email, u.Email!), new(ClaimTypes.Role, "user") }; return new JwtSecurityTokenHandler().WriteToken(new JwtSecurityToken(claims: claims)); } }
        class UsersController : ShopCode { public string? Who() => [|User.FindFirstValue("uid")|]; }
        """);

    [Fact]
    public Task Through_the_accessor() => Flags(
        """
        using System.IdentityModel.Tokens.Jwt;
        class AuthTokens { string Make(IdentityUser u) { var claims = new List<Claim> { new(ClaimTypes.NameIdentifier, u.Id), new(ClaimTypes.Email, u.Email!), new(ClaimTypes.Role, "user") }; return new JwtSecurityTokenHandler().WriteToken(new JwtSecurityToken(claims: claims)); } }
        class AccountService(IHttpContextAccessor accessor) { public string? Who() => accessor.HttpContext?.User?.FindFirst("user_id")?.Value; public string? Name() => [|accessor.HttpContext!.User.FindFirstValue("user_id")|]; }
        """);

    [Fact]
    public Task A_search_in_the_claims() => Flags(
        """
        using System.IdentityModel.Tokens.Jwt;
        class AuthTokens { string Make(IdentityUser u) { var claims = new List<Claim> { new(ClaimTypes.NameIdentifier, u.Id), new(ClaimTypes.Email, u.Email!), new(ClaimTypes.Role, "user") }; return new JwtSecurityTokenHandler().WriteToken(new JwtSecurityToken(claims: claims)); } }
        class AccountController : ShopCode { public string? Who() => [|User.Claims.FirstOrDefault(c => c.Type == "CustomerId")|]?.Value; }
        """);

    [Fact]
    public Task An_extension_of_the_principal() => Flags(
        """
        using System.IdentityModel.Tokens.Jwt;
        class AuthTokens { string Make(IdentityUser u) { var claims = new List<Claim> { new(ClaimTypes.NameIdentifier, u.Id), new(ClaimTypes.Email, u.Email!), new(ClaimTypes.Role, "user") }; return new JwtSecurityTokenHandler().WriteToken(new JwtSecurityToken(claims: claims)); } }
        static class AccountExtensions { public static string TenantOf(this ClaimsPrincipal user) => [|user.FindFirstValue("tenantId")|] ?? ""; }
        """);

    [Fact]
    public Task A_claim_that_is_asked_for() => Flags(
        """
        using System.IdentityModel.Tokens.Jwt;
        class AuthTokens { string Make(IdentityUser u) { var claims = new List<Claim> { new(ClaimTypes.NameIdentifier, u.Id), new(ClaimTypes.Email, u.Email!), new(ClaimTypes.Role, "user") }; return new JwtSecurityTokenHandler().WriteToken(new JwtSecurityToken(claims: claims)); } }
        class AccountController : ShopCode { public bool May() => [|User.HasClaim("isAdmin", "true")|]; }
        """);

    [Fact]
    public Task A_subject_that_the_handler_renames() => Flags(
        """
        using System.IdentityModel.Tokens.Jwt;
        class AuthTokens { JwtSecurityToken Make(IdentityUser u) { var claims = new[] { new Claim(JwtRegisteredClaimNames.Sub, u.Id), new Claim(JwtRegisteredClaimNames.Email, u.Email!), new Claim(JwtRegisteredClaimNames.Jti, Guid.NewGuid().ToString()) }; return new JwtSecurityToken(claims: claims); } }
        class AccountController : ShopCode { public string? Who() => [|User.FindFirstValue("sub")|]; }
        """);

    [Fact]
    public Task A_name_that_no_token_carries() => Flags(
        """
        using System.IdentityModel.Tokens.Jwt;
        class AuthTokens { JwtSecurityToken Make(IdentityUser u) { var claims = new[] { new Claim(JwtRegisteredClaimNames.Sub, u.Id), new Claim(JwtRegisteredClaimNames.Email, u.Email!), new Claim(JwtRegisteredClaimNames.Jti, Guid.NewGuid().ToString()) }; return new JwtSecurityToken(claims: claims); } }
        class AccountController : ShopCode { public string? Who() => [|User.FindFirstValue(ClaimTypes.Name)|]; }
        """);

    [Fact]
    public Task A_long_name_where_nothing_is_renamed() => Flags(
        """
        using System.IdentityModel.Tokens.Jwt;
        class AuthTokens { JwtSecurityToken Make(IdentityUser u) { var claims = new[] { new Claim(JwtRegisteredClaimNames.Sub, u.Id), new Claim(JwtRegisteredClaimNames.Email, u.Email!), new Claim(JwtRegisteredClaimNames.Jti, Guid.NewGuid().ToString()) }; return new JwtSecurityToken(claims: claims); } }
        class Startup { void Add() { Options o = new(); o.MapInboundClaims = false; } class Options { public bool MapInboundClaims { get; set; } } }
        class AccountController : ShopCode { public string? Who() => [|User.FindFirstValue(ClaimTypes.NameIdentifier)|]; }
        """);

    [Fact]
    public Task A_minimal_endpoint() => Flags(
        """
        using System.IdentityModel.Tokens.Jwt;
        class AuthTokens { string Make(IdentityUser u) { var claims = new List<Claim> { new(ClaimTypes.NameIdentifier, u.Id), new(ClaimTypes.Email, u.Email!), new(ClaimTypes.Role, "user") }; return new JwtSecurityTokenHandler().WriteToken(new JwtSecurityToken(claims: claims)); } }
        class AccountEndpoints { string? Me(HttpContext context) => [|context.User.FindFirstValue("id")|]; }
        """);

    [Fact]
    public Task A_constant_of_the_project() => Flags(
        """
        using System.IdentityModel.Tokens.Jwt;
        class AuthTokens { string Make(IdentityUser u) { var claims = new List<Claim> { new(ClaimTypes.NameIdentifier, u.Id), new(ClaimTypes.Email, u.Email!), new(ClaimTypes.Role, "user") }; return new JwtSecurityTokenHandler().WriteToken(new JwtSecurityToken(claims: claims)); } }
        class AccountController : ShopCode { const string IdClaim = "customer_id"; public string? Who() { var principal = User; return [|principal.FindFirstValue(IdClaim)|]; } }
        """);

    [Fact]
    public Task The_claim_that_is_issued() => Allows(
        """
        using System.IdentityModel.Tokens.Jwt;
        class AuthTokens { string Make(IdentityUser u) { var claims = new List<Claim> { new(ClaimTypes.NameIdentifier, u.Id), new(ClaimTypes.Email, u.Email!), new(ClaimTypes.Role, "user") }; return new JwtSecurityTokenHandler().WriteToken(new JwtSecurityToken(claims: claims)); } }
        class AccountController : ShopCode { public string? Who() => User.FindFirstValue(ClaimTypes.NameIdentifier); }
        """);

    [Fact]
    public Task A_subject_by_its_long_name() => Allows(
        """
        using System.IdentityModel.Tokens.Jwt;
        class AuthTokens { JwtSecurityToken Make(IdentityUser u) { var claims = new[] { new Claim(JwtRegisteredClaimNames.Sub, u.Id), new Claim(JwtRegisteredClaimNames.Email, u.Email!), new Claim(JwtRegisteredClaimNames.Jti, Guid.NewGuid().ToString()) }; return new JwtSecurityToken(claims: claims); } }
        class AccountController : ShopCode { public string? Who() => User.FindFirstValue(ClaimTypes.NameIdentifier); }
        """);

    [Fact]
    public Task A_subject_where_nothing_is_renamed() => Allows(
        """
        using System.IdentityModel.Tokens.Jwt;
        class AuthTokens { JwtSecurityToken Make(IdentityUser u) { var claims = new[] { new Claim(JwtRegisteredClaimNames.Sub, u.Id), new Claim(JwtRegisteredClaimNames.Email, u.Email!), new Claim(JwtRegisteredClaimNames.Jti, Guid.NewGuid().ToString()) }; return new JwtSecurityToken(claims: claims); } }
        class Startup { void Add() { Options o = new(); o.MapInboundClaims = false; } class Options { public bool MapInboundClaims { get; set; } } }
        class AccountController : ShopCode { public string? Who() => User.FindFirstValue("sub"); }
        """);

    [Fact]
    public Task One_of_two_names() => Allows(
        """
        using System.IdentityModel.Tokens.Jwt;
        class AuthTokens { string Make(IdentityUser u) { var claims = new List<Claim> { new(ClaimTypes.NameIdentifier, u.Id), new(ClaimTypes.Email, u.Email!), new(ClaimTypes.Role, "user") }; return new JwtSecurityTokenHandler().WriteToken(new JwtSecurityToken(claims: claims)); } }
        class AccountController : ShopCode { public string? Who() => User.FindFirstValue(ClaimTypes.NameIdentifier) ?? User.FindFirst("sub")?.Value; }
        """);

    [Fact]
    public Task A_project_that_makes_no_tokens() => Allows(
        """
        class AccountController : ShopCode { public string? Who() => User.FindFirst("id")?.Value; Claim C() => new Claim("x", "y"); }
        """);

    [Fact]
    public Task Tokens_of_somebody_else() => Allows(
        """
        using System.IdentityModel.Tokens.Jwt;
        class AuthTokens { string Make(IdentityUser u) { var claims = new List<Claim> { new(ClaimTypes.NameIdentifier, u.Id), new(ClaimTypes.Email, u.Email!), new(ClaimTypes.Role, "user") }; return new JwtSecurityTokenHandler().WriteToken(new JwtSecurityToken(claims: claims)); } }
        class Setup { void Add(Options o) { o.Authority = "https://login.example.com"; } class Options { public string Authority = ""; } } class AccountController : ShopCode { public string? Who() => User.FindFirst("id")?.Value; }
        """);

    [Fact]
    public Task A_claim_of_every_token() => Allows(
        """
        using System.IdentityModel.Tokens.Jwt;
        class AuthTokens { string Make(IdentityUser u) { var claims = new List<Claim> { new(ClaimTypes.NameIdentifier, u.Id), new(ClaimTypes.Email, u.Email!), new(ClaimTypes.Role, "user") }; return new JwtSecurityTokenHandler().WriteToken(new JwtSecurityToken(claims: claims)); } }
        class AccountController : ShopCode { public string? Until() => User.FindFirst("exp")?.Value; }
        """);

    [Fact]
    public Task Another_principal() => Allows(
        """
        using System.IdentityModel.Tokens.Jwt;
        class AuthTokens { string Make(IdentityUser u) { var claims = new List<Claim> { new(ClaimTypes.NameIdentifier, u.Id), new(ClaimTypes.Email, u.Email!), new(ClaimTypes.Role, "user") }; return new JwtSecurityTokenHandler().WriteToken(new JwtSecurityToken(claims: claims)); } }
        class AccountService { ClaimsPrincipal Validate(string t) => new(); public string? Who(string token) { var google = Validate(token); return google.FindFirst("picture")?.Value; } }
        """);

    [Fact]
    public Task Claims_that_are_known_at_run_time() => Allows(
        """
        using System.IdentityModel.Tokens.Jwt;
        class AuthTokens { string Make(IdentityUser u) { var claims = new List<Claim> { new(ClaimTypes.NameIdentifier, u.Id), new(ClaimTypes.Email, u.Email!), new(ClaimTypes.Role, "user") }; return new JwtSecurityTokenHandler().WriteToken(new JwtSecurityToken(claims: claims)); } }
        class AccountService { Claim Copy(KeyValuePair<string, string> p) => new Claim(p.Key, p.Value); } class AccountController : ShopCode { public string? Who() => User.FindFirst("id")?.Value; }
        """);

    [Fact]
    public Task Claims_of_the_user_store() => Allows(
        """
        using System.IdentityModel.Tokens.Jwt;
        class AuthTokens { string Make(IdentityUser u) { var claims = new List<Claim> { new(ClaimTypes.NameIdentifier, u.Id), new(ClaimTypes.Email, u.Email!), new(ClaimTypes.Role, "user") }; return new JwtSecurityTokenHandler().WriteToken(new JwtSecurityToken(claims: claims)); } }
        class AccountService : ShopCode { async Task<IList<Claim>> All(IdentityUser u) => await users.GetClaimsAsync(u); public string? Plan() => User.FindFirst("plan")?.Value; }
        """);

    [Fact]
    public Task A_sign_in_by_cookie() => Allows(
        """
        using System.IdentityModel.Tokens.Jwt;
        class AuthTokens { string Make(IdentityUser u) { var claims = new List<Claim> { new(ClaimTypes.NameIdentifier, u.Id), new(ClaimTypes.Email, u.Email!), new(ClaimTypes.Role, "user") }; return new JwtSecurityTokenHandler().WriteToken(new JwtSecurityToken(claims: claims)); } }
        class AccountController : ShopCode { public Task In(string n, string p) => signIn.PasswordSignInAsync(n, p, false, true); public string? Who() => User.FindFirst("id")?.Value; }
        """);

    [Fact]
    public Task A_claim_added_later() => Allows(
        """
        using System.IdentityModel.Tokens.Jwt;
        class AuthTokens { string Make(IdentityUser u) { var claims = new List<Claim> { new(ClaimTypes.NameIdentifier, u.Id), new(ClaimTypes.Email, u.Email!), new(ClaimTypes.Role, "user") }; return new JwtSecurityTokenHandler().WriteToken(new JwtSecurityToken(claims: claims)); } }
        class ShopClaims { void Add(ClaimsIdentity identity) => identity.AddClaim(new Claim("shop", "1")); } class AccountController : ShopCode { public string? Shop() => User.FindFirst("shop")?.Value; }
        """);
}

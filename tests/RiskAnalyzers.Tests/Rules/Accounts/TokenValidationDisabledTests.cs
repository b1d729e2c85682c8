using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Accounts;

public sealed class TokenValidationDisabledTests() : RuleTest("RISK3012")
{
    private const string Usings = "using Microsoft.IdentityModel.Tokens; using Microsoft.IdentityModel.JsonWebTokens; using System.IdentityModel.Tokens.Jwt; using Microsoft.AspNetCore.Authentication.JwtBearer;\n";

    [Fact]
    public Task Lifetime_off() => Flags(Usings + "class C { TokenValidationParameters F() => new() { [|ValidateLifetime = false|] }; }");

    [Fact]
    public Task Issuer_and_audience_off() => Flags(Usings + "class C { void F(JwtBearerOptions o) => o.TokenValidationParameters = new TokenValidationParameters { [|ValidateIssuer = false|], [|ValidateAudience = false|], ValidateLifetime = true }; }");

    [Fact]
    public Task One_by_one() => Flags(Usings + "class C { void F(JwtBearerOptions o) { [|o.TokenValidationParameters.ValidateIssuerSigningKey = false|]; [|o.TokenValidationParameters.RequireSignedTokens = false|]; } }");

    [Fact]
    public Task A_token_that_need_not_expire() => Flags(Usings + "class C { TokenValidationParameters F() => new() { [|RequireExpirationTime = false|] }; }");

    [Fact]
    public Task A_signature_that_nobody_reads() => Flags(Usings + "class C { TokenValidationParameters F() => new() { [|SignatureValidator = (token, parameters) => new JwtSecurityToken(token)|] }; }");

    [Fact]
    public Task A_signature_parsed_into_a_local() => Flags(Usings + "class C { TokenValidationParameters F() => new() { [|SignatureValidator = delegate (string token, TokenValidationParameters p) { var jwt = new JsonWebToken(token); return jwt; }|] }; }");

    [Fact]
    public Task A_lifetime_that_is_always_right() => Flags(Usings + "class C { TokenValidationParameters F() => new() { [|LifetimeValidator = (_, _, _, _) => true|] }; }");

    [Fact]
    public Task Metadata_over_plain_http() => Flags(Usings + "class C { void F(JwtBearerOptions o) { o.Authority = \"https://id\"; [|o.RequireHttpsMetadata = false|]; } }");

    [Fact]
    public Task A_day_of_grace() => Flags(Usings + "class C { TokenValidationParameters F() => new() { [|ClockSkew = TimeSpan.FromDays(1)|] }; }");

    [Fact]
    public Task No_algorithm() => Flags(Usings + "class C { object F() => new JwtHeader { { \"alg\", [|SecurityAlgorithms.None|] } }; }");

    [Fact]
    public Task A_user_taken_from_a_token_that_was_only_read() => Flags(Usings + "class C { string F(string token) { var jwt = [|new JwtSecurityTokenHandler().ReadJwtToken(token)|]; return jwt.Claims.First(c => c.Type == \"sub\").Value; } }");

    [Fact]
    public Task Issuer_off_for_expired_tokens_too() => Flags(Usings + "class C { TokenValidationParameters GetPrincipalFromExpiredToken() => new() { [|ValidateIssuer = false|], ValidateLifetime = false }; }");

    [Fact]
    public Task On_only_where_an_issuer_is_configured() => Flags(Usings + "class C { void F(JwtBearerOptions o, string? issuer, string? audience) => o.TokenValidationParameters = new TokenValidationParameters { [|ValidateIssuer = !string.IsNullOrEmpty(issuer)|], ValidIssuer = issuer, [|ValidateAudience = audience is not null|] }; }");

    [Fact]
    public Task On_only_where_a_setting_says_so() => Flags(Usings + "class C : ShopCode { TokenValidationParameters F() => new() { [|ValidateLifetime = config.GetValue<bool>(\"Jwt:ValidateLifetime\")|] }; }");

    [Fact]
    public Task A_condition_in_a_local() => Flags(Usings + "class C : ShopCode { TokenValidationParameters F() { var audience = config[\"Jwt:Audience\"]; var check = audience != null && audience.Length > 0; return new() { [|ValidateAudience = check|] }; } }");

    [Fact]
    public Task On_where_any_issuer_is_listed() => Flags(Usings + "class C { TokenValidationParameters F(string[] issuers) => new() { [|ValidateIssuer = issuers.Any() ? true : false|] }; }");

    [Fact]
    public Task A_setting_that_must_be_there() => Allows(Usings + "class C : ShopCode { TokenValidationParameters F() { var issuer = config[\"Jwt:Issuer\"] ?? throw new InvalidOperationException(); return new() { ValidateIssuer = !string.IsNullOrEmpty(issuer), ValidIssuer = issuer }; } }");

    [Fact]
    public Task Off_for_developers_only() => Allows(Usings + "class C : ShopCode { TokenValidationParameters F() => new() { ValidateAudience = !environment.IsDevelopment() }; }");

    [Fact]
    public Task The_fix_switches_on() => Fixes(
        Usings + "class C { TokenValidationParameters F() => new() { [|ValidateLifetime = false|] }; }",
        Usings + "class C { TokenValidationParameters F() => new() { ValidateLifetime = true }; }");

    [Fact]
    public Task Everything_on() => Allows(Usings + "class C { TokenValidationParameters F() => new() { ValidateIssuer = true, ValidateAudience = true, ValidateLifetime = true, ValidateIssuerSigningKey = true, ClockSkew = TimeSpan.Zero }; }");

    [Fact]
    public Task A_setting_decides() => Allows(Usings + "class C : ShopCode { TokenValidationParameters F() => new() { ValidateAudience = config.GetValue(\"Jwt:ValidateAudience\", true) }; }");

    [Fact]
    public Task A_refresh_reads_an_expired_token() => Allows(Usings + "class C { TokenValidationParameters GetPrincipalFromExpiredToken() => new() { ValidateLifetime = false, ValidateIssuer = true }; }");

    [Fact]
    public Task Plain_http_in_development() => Allows(Usings + "class C : ShopCode { void F(JwtBearerOptions o) { if (environment.IsDevelopment()) { o.RequireHttpsMetadata = false; } } }");

    [Fact]
    public Task Plain_http_unless_it_is_production() => Allows(Usings + "class C : ShopCode { void F(JwtBearerOptions o) => o.RequireHttpsMetadata = !environment.IsDevelopment(); }");

    [Fact]
    public Task A_lifetime_that_is_looked_at() => Allows(Usings + "class C { TokenValidationParameters F() => new() { LifetimeValidator = (_, expires, _, _) => expires > DateTime.UtcNow }; }");

    [Fact]
    public Task A_signature_that_is_looked_at() => Allows(Usings + "class C { bool Good(string t) => true; TokenValidationParameters F() => new() { SignatureValidator = (token, p) => { if (!Good(token)) throw new SecurityTokenException(); var jwt = new JwtSecurityToken(token); return jwt; } }; }");

    [Fact]
    public Task A_few_minutes_of_grace() => Allows(Usings + "class C { TokenValidationParameters F() => new() { ClockSkew = TimeSpan.FromMinutes(5) }; }");

    [Fact]
    public Task When_a_token_ends() => Allows(Usings + "class C { DateTime F(string token) => new JwtSecurityTokenHandler().ReadJwtToken(token).ValidTo; }");

    [Fact]
    public Task A_token_validated_first() => Allows(Usings + "class C { string F(string token, TokenValidationParameters p) { var h = new JwtSecurityTokenHandler(); h.ValidateToken(token, p, out _); return h.ReadJwtToken(token).Subject; } }");

    [Fact]
    public Task Another_type_with_such_a_switch() => Allows("class BookOptions { public bool ValidateIssuer { get; set; } } class C { BookOptions F() => new() { ValidateIssuer = false }; }");

    [Fact]
    public Task A_token_that_is_only_taken_apart() => Flags(Usings + "class C { bool F(string token) { var jwt = [|new JwtSecurityToken(token)|]; return jwt.Claims.Any(c => c.Type == \"role\" && c.Value == \"admin\"); } }");

    [Fact]
    public Task Any_issuer_by_a_validator() => Flags(Usings + "class C { TokenValidationParameters F() => new() { [|IssuerValidator = (issuer, token, parameters) => issuer|] }; }");

    [Fact]
    public Task A_token_that_is_written() => Allows(Usings + "class C { string F(IEnumerable<Claim> claims, SigningCredentials key) => new JwtSecurityTokenHandler().WriteToken(new JwtSecurityToken(\"shop\", \"shop\", claims, signingCredentials: key)); }");

    [Fact]
    public Task A_page_in_the_caller_s_browser() => Allows(Usings + "abstract class AuthenticationStateProvider { } class JwtStateProvider : AuthenticationStateProvider { IEnumerable<Claim> Parse(string token) => new JwtSecurityTokenHandler().ReadJwtToken(token).Claims; }");

    [Fact]
    public Task Which_number_a_token_has() => Allows(Usings + "class C { string F(string token) { var jwt = new JwtSecurityTokenHandler().ReadJwtToken(token); return jwt.Claims.FirstOrDefault(x => x.Type == System.IdentityModel.Tokens.Jwt.JwtRegisteredClaimNames.Jti)?.Value; } }");

    [Fact]
    public Task Which_number_a_token_has_by_name() => Allows(Usings + "class C { string F(string token) => new JwtSecurityTokenHandler().ReadJwtToken(token).Claims.First(c => c.Type == \"jti\").Value; }");

    [Fact]
    public Task A_number_and_an_owner() => Flags(Usings + "class C { string F(string token) { var jwt = [|new JwtSecurityTokenHandler().ReadJwtToken(token)|]; var id = jwt.Claims.First(x => x.Type == System.IdentityModel.Tokens.Jwt.JwtRegisteredClaimNames.Jti).Value; return id + jwt.Claims.First(x => x.Type == \"sub\").Value; } }");

    [Fact]
    public Task A_token_that_lives_for_a_year() => Flags(Usings + "class C { SecurityTokenDescriptor GenerateToken() => new() { [|Expires = DateTime.UtcNow.AddYears(1)|] }; }");

    [Fact]
    public Task A_token_for_a_month() => Flags(Usings + "class C { JwtSecurityToken GenerateJwt() => new(issuer: \"shop\", audience: \"shop\", [|expires: DateTime.UtcNow.AddDays(30)|]); }");

    [Fact]
    public Task A_token_for_minutes() => Allows(Usings + "class C { JwtSecurityToken GenerateJwt() => new(issuer: \"shop\", audience: \"shop\", expires: DateTime.UtcNow.AddMinutes(15)); }");

    [Fact]
    public Task A_refresh_token_for_a_month() => Allows(Usings + "class C { SecurityTokenDescriptor GenerateRefreshToken() => new() { Expires = DateTime.UtcNow.AddDays(30) }; }");

    [Fact]
    public Task A_licence_for_a_year() => Allows(Usings + "class LicensingService { SecurityTokenDescriptor Issue() => new() { Expires = DateTime.UtcNow.AddYears(1) }; }");

    [Fact]
    public Task A_token_of_a_service_class() => Flags(Usings + "class TokenService { SecurityTokenDescriptor Create() => new() { [|Expires = DateTime.UtcNow.AddDays(7)|] }; }");
}

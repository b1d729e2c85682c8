using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Accounts;

public sealed class ExposedCookieTests() : RuleTest("RISK3028")
{
    private static string Code(string steps) => $$"""
        public class AuthController : ControllerBase
        {
            private void SignIn(string accessToken, string refreshToken, string theme)
            {
                {{steps}}
            }
        }
        """;

    private static string Program(string call) => $$"""
        public static class AuthSetup
        {
            public static void Add(IServiceCollection services, IHostEnvironment env)
            {
                {{call}}
            }
        }
        """;

    [Fact]
    public Task No_options() => Flags(Code("Response.Cookies.[|Append|](\"access_token\", accessToken);"));

    [Fact]
    public Task Options_without_secure() => Flags(Code("Response.Cookies.[|Append|](\"refreshToken\", refreshToken, new CookieOptions { HttpOnly = true, Expires = DateTimeOffset.UtcNow.AddDays(7) });"));

    [Fact]
    public Task Options_without_http_only() => Flags(Code("Response.Cookies.[|Append|](\"refreshToken\", refreshToken, new CookieOptions { Secure = true });"));

    [Fact]
    public Task Options_with_neither() => Flags(Code("Response.Cookies.[|Append|](\"auth-token\", accessToken, new CookieOptions { SameSite = SameSiteMode.Lax });"));

    [Fact]
    public Task Flags_that_are_switched_off() => Flags(Code("Response.Cookies.Append(\"jwt\", accessToken, new CookieOptions { HttpOnly = true, [|Secure = false|] });"));

    [Fact]
    public Task Options_in_a_local() => Flags(Code("var options = new CookieOptions { [|HttpOnly = false|], Secure = true }; HttpContext.Response.Cookies.Append(\"refresh\", refreshToken, options);"));

    [Fact]
    public Task Options_of_a_helper() => Flags(Code("Response.Cookies.[|Append|](\"refresh_token\", refreshToken, Options(7)); static CookieOptions Options(int days) => new() { HttpOnly = true, Expires = DateTimeOffset.UtcNow.AddDays(days) };").Replace("static CookieOptions Options", "} private static CookieOptions Options").Replace("AddDays(days) };\n", "AddDays(days) };\n private void Rest() {\n"));

    [Fact]
    public Task Behind_an_accessor() => Flags("public class CookieService(IHttpContextAccessor accessor) { public void Keep(string refreshToken) { var options = new CookieOptions { [|HttpOnly = false|], Secure = false, SameSite = SameSiteMode.Strict }; accessor.HttpContext?.Response.Cookies.Append(\"refreshToken\", refreshToken, options); } }");

    [Fact]
    public Task Whole_options_of_a_helper() => Allows("public class Sessions(HttpResponse response) { private CookieOptions Options() { var options = new CookieOptions(); options.HttpOnly = true; options.Secure = true; return options; } public void Open(string accessToken) => response.Cookies.Append(\"access_token\", accessToken, Options()); }");

    [Fact]
    public Task A_session_cookie_for_scripts() => Flags(Program("services.AddSession(options => { options.IdleTimeout = TimeSpan.FromMinutes(20); [|options.Cookie.HttpOnly = false|]; });"));

    [Fact]
    public Task A_sign_in_cookie_over_plain_http() => Flags(Program("services.ConfigureApplicationCookie(options => { [|options.Cookie.SecurePolicy = CookieSecurePolicy.None|]; });"));

    [Fact]
    public Task An_antiforgery_cookie_for_scripts() => Flags(Program("services.AddAntiforgery(options => [|options.Cookie.HttpOnly = false|]);"));

    [Fact]
    public Task A_minimal_api() => Flags("""
        public static class AuthApi
        {
            public static void Map(WebApplication app) => app.MapPost("/auth/login", (HttpResponse response, string token) =>
            {
                response.Cookies.[|Append|]("access_token", token, new CookieOptions { MaxAge = TimeSpan.FromHours(1) });
                return Results.Ok();
            });
        }
        """);

    [Fact]
    public Task Both_flags() => Allows(Code("Response.Cookies.Append(\"refreshToken\", refreshToken, new CookieOptions { HttpOnly = true, Secure = true, SameSite = SameSiteMode.Strict });"));

    [Fact]
    public Task Both_flags_set_later() => Allows(Code("var options = new CookieOptions(); options.HttpOnly = true; options.Secure = true; Response.Cookies.Append(\"refreshToken\", refreshToken, options);"));

    [Fact]
    public Task A_flag_that_follows_the_request() => Allows(Code("Response.Cookies.Append(\"refreshToken\", refreshToken, new CookieOptions { HttpOnly = true, Secure = Request.IsHttps });"));

    [Fact]
    public Task A_theme() => Allows(Code("Response.Cookies.Append(\"theme\", theme);"));

    [Fact]
    public Task A_token_against_forgery() => Allows(Code("Response.Cookies.Append(\"XSRF-TOKEN\", accessToken, new CookieOptions { HttpOnly = false });"));

    [Fact]
    public Task Options_from_elsewhere() => Allows("public class AuthController : ControllerBase { private readonly CookieOptions _options = new(); private void SignIn(string accessToken) { Response.Cookies.Append(\"access_token\", accessToken, _options); } }");

    [Fact]
    public Task A_cookie_that_is_taken_away() => Allows(Code("Response.Cookies.Delete(\"refreshToken\");"));

    [Fact]
    public Task A_sign_in_cookie_that_is_closed() => Allows(Program("services.ConfigureApplicationCookie(options => { options.Cookie.HttpOnly = true; options.Cookie.SecurePolicy = CookieSecurePolicy.Always; });"));

    [Fact]
    public Task Only_in_development() => Allows(Program("services.ConfigureApplicationCookie(options => { if (env.IsDevelopment()) options.Cookie.SecurePolicy = CookieSecurePolicy.None; });"));

    [Fact]
    public Task A_session_cookie_as_it_comes() => Allows(Program("services.AddSession(options => options.Cookie.Name = \"shop\");"));

    [Fact]
    public Task Another_collection() => Allows("public class AuthTrail { private readonly List<string> _cookies = new(); public void Append(string name, string accessToken) => _cookies.Add(name + accessToken.Length); public void M(string accessToken) => Append(\"access_token\", accessToken); }");
}

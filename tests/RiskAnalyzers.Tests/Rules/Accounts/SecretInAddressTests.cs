using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Accounts;

public sealed class SecretInAddressTests() : RuleTest("RISK3029")
{
    private static string Api(string action, string more = "") => more + $$"""
        [ApiController, Route("api/auth")]
        public class AuthController : ControllerBase
        {
            {{action}}
        }
        """;

    private static string Client(string body, string signature = "Task<string> Latest(string apiKey)") => $$"""
        public class PaymentOptions { public string ApiKey { get; set; } = ""; public string Base { get; set; } = ""; }
        public class PaymentClient(HttpClient http, PaymentOptions options, ILogger<PaymentClient> log)
        {
            public async {{signature}} { log.LogDebug(options.Base); {{body}} }
        }
        """;

    [Fact]
    public Task A_refresh_token_of_a_get() => Flags(Api("""[HttpGet("refresh")] public IActionResult Refresh(string? [|refreshToken|]) => Ok(refreshToken?.Length);"""));

    [Fact]
    public Task A_password_that_is_posted_in_the_query() => Flags(Api("""[HttpPost("login")] public IActionResult Login(string email, string [|password|]) => Ok(email + password.Length);"""));

    [Fact]
    public Task A_password_in_the_route() => Flags("""
        [Route("account")]
        public class AccountController : Controller
        {
            [HttpPost("reset/{email}/{newPassword}")] public IActionResult Reset(string email, string [|newPassword|]) => Ok(email + newPassword.Length);
        }
        """);

    [Fact]
    public Task A_query_that_says_so() => Flags(Api("""[HttpPost("logout")] public IActionResult Logout([FromQuery] string [|accessToken|]) => Ok(accessToken.Length);"""));

    [Fact]
    public Task A_whole_sign_in_from_the_query() => Flags(Api("""[HttpGet("login")] public IActionResult Login([FromQuery] LoginInput [|input|]) => Ok(input.Email);""", "public class LoginInput { public string Email { get; set; } = \"\"; public string Password { get; set; } = \"\"; }\n"));

    [Fact]
    public Task A_minimal_api() => Flags("""public static class SessionEndpoints { public static void Map(WebApplication app) => app.MapPost("/sessions/renew", (string [|refreshToken|]) => Results.Ok(refreshToken.Length)); }""");

    [Fact]
    public Task A_card_number_of_a_get() => Flags("""public static class CardEndpoints { public static void Map(WebApplication app) => app.MapGet("/cards/check/{cardNumber}", (string [|cardNumber|]) => cardNumber.Length); }""");

    [Fact]
    public Task A_key_in_an_outgoing_address() => Flags(Client("return await http.GetStringAsync($\"https://rates.example/latest?base=EUR&apikey={[|apiKey|]}\");"));

    [Fact]
    public Task A_key_of_the_options() => Flags(Client("return await http.GetStringAsync($\"{options.Base}/convert?api_key={[|options.ApiKey|]}&to=USD\");", "Task<string> Latest()"));

    [Fact]
    public Task A_key_as_a_step_of_the_path() => Flags(Client("var url = $\"{options.BaseUrl}/{[|options.ApiKey|]}/pair/EUR/USD\"; return await http.GetStringAsync(url);", "Task<string> Pair()").Replace("public string Base {", "public string BaseUrl { get; set; } = \"\"; public string Base {"));

    [Fact]
    public Task A_key_of_storage() => Allows(Client("await Task.Yield(); return $\"products/{objectKey}/{apiKeyId}\";", "Task<string> Path(string objectKey, string apiKeyId)"));

    [Fact]
    public Task A_password_that_is_encoded() => Flags(Client("var url = $\"{options.Base}/login?user={user}&password={[|Uri.EscapeDataString(password)|]}\"; return await http.GetStringAsync(url);", "Task<string> Enter(string user, string password)"));

    [Fact]
    public Task A_body() => Allows(Api("""[HttpPost("login")] public IActionResult Login([FromBody] LoginInput input) => Ok(input.Email);""", "public class LoginInput { public string Email { get; set; } = \"\"; public string Password { get; set; } = \"\"; }\n"));

    [Fact]
    public Task A_body_of_one_text() => Allows(Api("""[HttpPost("refresh")] public IActionResult Refresh([FromBody] string refreshToken) => Ok(refreshToken.Length);"""));

    [Fact]
    public Task A_form_of_a_page() => Allows("""public class AccountController : Controller { [HttpPost] public IActionResult Login(string email, string password) => Ok(email + password.Length); }""");

    [Fact]
    public Task A_header() => Allows(Api("""[HttpGet("me")] public IActionResult Me([FromHeader(Name = "X-Access-Token")] string accessToken) => Ok(accessToken.Length);"""));

    [Fact]
    public Task A_link_that_confirms() => Allows(Api("""[HttpGet("confirm")] public IActionResult Confirm(string userId, string token) => Ok(userId + token.Length);"""));

    [Fact]
    public Task A_link_that_resets() => Allows(Api("""[HttpGet("reset")] public IActionResult Reset(string resetToken) => Ok(resetToken.Length);"""));

    [Fact]
    public Task A_page_token() => Allows(Api("""[HttpGet("orders")] public IActionResult Orders(string? pageToken) => Ok(pageToken);"""));

    [Fact]
    public Task A_service() => Allows("public class AuthService { public bool Login(string email, string password) => email.Length == password.Length; }");

    [Fact]
    public Task A_mail_with_a_link() => Allows(Client("await Task.Yield(); return $\"{options.Base}/reset?email={email}&token={token}\";", "Task<string> Link(string email, string token)"));

    [Fact]
    public Task A_key_of_a_row() => Allows(Client("return await http.GetStringAsync($\"{options.Base}/rows?key={rowKey}\");", "Task<string> Row(string rowKey)"));

    [Fact]
    public Task A_key_in_a_header() => Allows(Client("http.DefaultRequestHeaders.Add(\"X-Api-Key\", apiKey); return await http.GetStringAsync($\"{options.Base}/latest?base={apiKey.Length}\");"));

    private static string Callback(string body) => $$"""
        public record Session(string AccessToken, string RefreshToken, string ResetCode);
        public class SignInController : ControllerBase
        {
            private string GenerateJwtToken(string user) => user + "x";
            private string GenerateResetToken(string user) => user + "y";
            public IActionResult Back(Session session, string user) { {{body}} }
        }
        """;

    [Fact]
    public Task Tokens_of_a_redirect_over_several_lines() => Flags(Callback("""
        var address = $"https://shop.example/back?" +
            $"user={user}&" +
            $"accessToken={[|Uri.EscapeDataString(session.AccessToken)|]}&" +
            $"refreshToken={[|session.RefreshToken|]}";
        return Redirect(address);
        """));

    [Fact]
    public Task A_session_that_goes_to_the_browser_as_a_token() => Flags(Callback("""var token = GenerateJwtToken(user); return Redirect($"https://shop.example/callback?token={[|token|]}");"""));

    [Fact]
    public Task A_redirect_of_a_result_object() => Flags(Callback("""return new RedirectResult($"/signed-in?token={[|session.AccessToken|]}");"""));

    [Fact]
    public Task A_query_helper() => Flags(Callback("""return Redirect(Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString("https://shop.example/back", "access_token", [|session.AccessToken|]));"""));

    [Fact]
    public Task The_secret_of_a_client_in_the_second_line() => Flags(Client("""
        var address = "/oauth/token?grant_type=client_credentials" +
            $"&client_secret={[|Uri.EscapeDataString(apiKey)|]}";
        return await http.GetStringAsync(address);
        """));

    [Fact]
    public Task A_redirect_with_a_token_that_is_good_once() => Allows(Callback("""var token = GenerateResetToken(user); return Redirect($"https://shop.example/reset?token={token}");"""));

    [Fact]
    public Task A_link_of_a_mail() => Allows(Callback("""var token = GenerateResetToken(user); var link = $"https://shop.example/reset?token={token}"; return Ok(link.Length);"""));

    [Fact]
    public Task A_form_with_a_secret() => Allows(Client("""var form = "grant_type=client_credentials&" + $"client_id={apiKey.Length}"; return await http.GetStringAsync("/" + form.Length);"""));

    [Fact]
    public Task A_redirect_with_a_code() => Allows(Callback("""return Redirect($"https://shop.example/back?code={session.ResetCode.Length}&user={user}");"""));
}

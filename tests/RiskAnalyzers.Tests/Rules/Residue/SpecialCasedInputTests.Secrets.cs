using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Residue;

public sealed partial class SpecialCasedInputTests
{
    [Fact]
    public Task A_secret_in_a_guard() => Flags("class C : ShopCode { [HttpPost] public IActionResult Hook([FromHeader] string webhookSecret) { if ([|webhookSecret != \"whsec_4eC39HqLy\"|]) return Unauthorized(); return Ok(); } }");

    [Fact]
    public Task A_key_that_does_not_equal() => Flags("class C : ShopCode { [HttpPost] public IActionResult Run(string apiKey) { if (![|apiKey.Equals(\"4eC39HqLyjWDarjt\")|]) { log.LogWarning(\"no\"); return Forbid(); } return Ok(); } }");

    [Fact]
    public Task A_token_from_a_header() => Flags("class C : ShopCode { [HttpPost] public IActionResult Run() { var token = Request.Headers[\"X-Token\"].ToString(); if ([|token != \"my-super-token-42\"|]) throw new UnauthorizedAccessException(); return Ok(); } }");

    [Fact]
    public Task A_handler_that_knows_the_password() => Flags("class Routes { public static void Map(WebApplication app) => app.MapPost(\"/admin\", (string adminPassword) => { if ([|adminPassword != \"Winter2024!\"|]) return Results.Unauthorized(); return Results.Ok(); }); }");

    [Fact]
    public Task A_scheme_of_the_header() => Allows("class C : ShopCode { [HttpPost] public IActionResult Run(string token, string tokenType) { if (tokenType != \"Bearer-1\") return Unauthorized(); if (token != \"undefined\") return Ok(); return Unauthorized(); } }");

    [Fact]
    public Task A_placeholder_that_must_not_stay() => Allows("class C { public void Start(string jwtSecret) { if (jwtSecret.Equals(\"change-me-please-1\")) throw new InvalidOperationException(\"set the secret\"); } }");

    [Fact]
    public Task A_secret_from_the_settings() => Allows("class C : ShopCode { [HttpPost] public IActionResult Hook(string secret) { if (secret != config[\"Hook:Secret\"]) return Unauthorized(); return Ok(); } }");

    [Fact]
    public Task A_key_of_a_dictionary() => Allows("class C { public int M(Dictionary<string, int> values) { foreach (var (key, value) in values) { if (key != \"grand_total_1\") return value; } return 0; } }");
}

using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Residue;

public sealed class UnknownClaimTests() : RuleTest("RISK7015")
{
    private const string Issuer = "class Tokens { public string Make(Customer c) { var claims = new List<Claim> { new Claim(ClaimTypes.NameIdentifier, c.Id.ToString()), new Claim(ClaimTypes.Email, c.Email), new Claim(\"shop\", \"1\") }; return new ClaimsIdentity(claims, \"jwt\").Name ?? \"\"; } } ";

    [Fact]
    public Task A_claim_that_no_token_carries() => Flags(Issuer + "class C : ControllerBase { public string M() => User.FindFirst([|\"id\"|])?.Value ?? \"Unknown\"; }");

    [Fact]
    public Task Its_value_at_once() => Flags(Issuer + "class C : ControllerBase { public string? M() => User.FindFirstValue([|\"userId\"|]); }");

    [Fact]
    public Task Among_all_claims() => Flags(Issuer + "class C : ControllerBase { public string? M() => User.Claims.FirstOrDefault(c => c.Type == [|\"uid\"|])?.Value; }");

    [Fact]
    public Task A_question_for_a_claim() => Flags(Issuer + "class C : ControllerBase { public bool M() => User.HasClaim([|\"is_admin\"|], \"true\"); }");

    [Fact]
    public Task Through_the_context() => Flags(Issuer + "class C(IHttpContextAccessor http) { public string? M() => http.HttpContext?.User.FindFirst([|\"customer_id\"|])?.Value; }");

    [Fact]
    public Task All_claims_of_a_kind() => Flags(Issuer + "class C : ControllerBase { public int M() => User.FindAll([|\"tenant\"|]).Count(); }");

    [Fact]
    public Task In_a_minimal_api() => Flags(Issuer + "static class Api { public static void Map(WebApplication app) => app.MapGet(\"/orders\", (ClaimsPrincipal user) => user.FindFirst([|\"user_id\"|])!.Value); }");

    [Fact]
    public Task A_constant_of_the_reader() => Flags(Issuer + "class C : ControllerBase { const string Key = \"accountId\"; public string? M() => User.FindFirstValue([|Key|]); }");

    [Fact]
    public Task In_a_property() => Flags(Issuer + "class CurrentUser(ClaimsPrincipal user) { public Guid? Id => Guid.TryParse(user.FindFirst([|\"userid\"|])?.Value, out var id) ? id : null; }");

    [Fact]
    public Task Any_of_all_claims() => Flags(Issuer + "class C : ControllerBase { public bool M() => User.Claims.Any(claim => claim.Type == [|\"vip\"|] && claim.Value == \"1\"); }");

    [Fact]
    public Task On_the_identity() => Flags(Issuer + "class C : ControllerBase { public string? M() => (User.Identity as ClaimsIdentity)?.FindFirst([|\"cid\"|])?.Value; }");

    [Fact]
    public Task A_claim_that_is_issued() => Allows(Issuer + "class C : ControllerBase { public string? M() => User.FindFirst(\"shop\")?.Value; }");

    [Fact]
    public Task Its_name_in_another_case() => Allows(Issuer + "class C : ControllerBase { public string? M() => User.FindFirst(\"Shop\")?.Value; }");

    [Fact]
    public Task The_subject() => Allows(Issuer + "class C : ControllerBase { public string? M() => User.FindFirst(\"sub\")?.Value ?? User.FindFirst(ClaimTypes.NameIdentifier)?.Value; }");

    [Fact]
    public Task A_claim_type_of_the_framework() => Allows(Issuer + "class C : ControllerBase { public string? M() => User.FindFirstValue(ClaimTypes.MobilePhone); }");

    [Fact]
    public Task With_a_spare() => Allows(Issuer + "class C : ControllerBase { public string? M() => User.FindFirst(\"uid\")?.Value ?? User.FindFirst(ClaimTypes.NameIdentifier)?.Value; }");

    [Fact]
    public Task One_of_several() => Allows(Issuer + "class C : ControllerBase { public string? M() => User.Claims.FirstOrDefault(c => c.Type == \"uid\" || c.Type == ClaimTypes.NameIdentifier)?.Value; }");

    [Fact]
    public Task A_type_that_only_runs_know() => Allows(Issuer + "class C : ControllerBase { public string? M(string type) => User.FindFirst(type)?.Value; }");

    [Fact]
    public Task The_type_of_something_else() => Allows(Issuer + "class Event { public string Type { get; set; } = \"\"; } class C { public Event? M(List<Event> all) => all.FirstOrDefault(e => e.Type == \"uid\"); }");

    [Fact]
    public Task A_header_of_that_name() => Allows(Issuer + "class C : ControllerBase { public string? M() => Request.Headers[\"userId\"].FirstOrDefault(); }");

    [Fact]
    public Task Where_another_service_issues_the_tokens() => Allows("class Setup { public void M(Microsoft.AspNetCore.Authentication.JwtBearer.JwtBearerOptions options) => options.Authority = \"https://login.example\"; } class C : ControllerBase { public string? M() => User.FindFirst(\"id\")?.Value; }");

    [Fact]
    public Task Where_no_claims_are_issued_at_all() => Allows("class C : ControllerBase { public string? M() => User.FindFirst(\"id\")?.Value; }");

    [Fact]
    public Task Where_claims_come_from_a_table() => Allows("class Tokens { public ClaimsIdentity Make(List<(string Type, string Value)> rows) => new ClaimsIdentity(rows.Select(row => new Claim(row.Type, row.Value)), \"jwt\"); } class C : ControllerBase { public string? M() => User.FindFirst(\"id\")?.Value; }");

    [Fact]
    public Task Issued_by_a_constant() => Allows("static class ShopClaims { public const string Customer = \"customer\"; } class Tokens { public ClaimsIdentity Make() => new ClaimsIdentity(new[] { new Claim(ShopClaims.Customer, \"1\") }, \"jwt\"); } class C : ControllerBase { public string? M() => User.FindFirst(\"customer\")?.Value; }");
}

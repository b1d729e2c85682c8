using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Residue;

public sealed class PermissiveDefaultTests() : RuleTest("RISK7008")
{
    [Fact]
    public Task A_parameter_that_skips() => Fixes("""
        class C : ShopCode { Task<PaymentResult> Place(Order order, bool skipFraudCheck = [|true|]) => gateway.ChargeAsync(order.Total, "t"); }
        """, """
        class C : ShopCode { Task<PaymentResult> Place(Order order, bool skipFraudCheck = false) => gateway.ChargeAsync(order.Total, "t"); }
        """);

    [Fact]
    public Task A_contract_speaks_for_its_implementation() => Flags("""
        interface ITokens { bool Read(string token, bool validateSignature = [|false|]); }
        class Tokens : ITokens { public bool Read(string token, bool validateSignature = false) => token.Length > 3; }
        """);

    [Theory]
    [InlineData("public bool EnableFraudCheck { get; set; } = [|false|];")]
    [InlineData("Task Charge(decimal amount, bool validateCard = [|false|]) => Task.CompletedTask;")]
    [InlineData("private bool _bypassStockCheck = [|true|];")]
    [InlineData("public bool AllowNegativeBalance { get; init; } = [|true|];")]
    [InlineData("void M(Order order, bool checkInventory = [|false|]) { }")]
    [InlineData("bool F() => bool.Parse(config[\"Webhooks:VerifySignature\"] ?? [|\"false\"|]);")]
    [InlineData("bool VerifySignature(string body) => [|environment.IsDevelopment()|] ? true : body.Length > 2;")]
    [InlineData("bool CanPay(Order order) => [|environment.IsDevelopment()|] || VerifyPayment(order); bool VerifyPayment(Order order) => order.Total > 0;")]
    [InlineData("IActionResult Hook(string body) { if ([|environment.IsProduction()|] && !VerifySignature(body)) return Unauthorized(); return Ok(); } bool VerifySignature(string body) => body.Length > 2;")]
    [InlineData("void M(Order order) { if ([|!environment.IsDevelopment()|]) ValidatePayment(order); } void ValidatePayment(Order order) { if (order.Total < 0) throw new InvalidOperationException(); }")]
    [InlineData("void ValidateToken(string token) { if ([|environment.EnvironmentName == \"Test\"|]) return; if (token.Length < 3) throw new InvalidOperationException(); }")]
    [InlineData("PaymentResult Pay(Order order) { if ([|environment.IsDevelopment()|]) return new PaymentResult(true, \"DEV\"); return new PaymentResult(false); }")]
    [InlineData("bool IsFraudulent(Order order) { if ([|environment.IsStaging()|]) return false; return order.Total > 1000; }")]
    [InlineData("bool IsAuthorized() { if ([|config.GetValue<bool>(\"Auth:Bypass\")|]) return true; return User.IsInRole(\"admin\"); }")]
    [InlineData("bool VerifySignature(HookOptions o, string body) => [|string.IsNullOrEmpty(o.WebhookSecret)|] || body == o.WebhookSecret; class HookOptions { public string? WebhookSecret { get; set; } }")]
    [InlineData("bool VerifySignature(HookOptions o, string body) { if ([|o.WebhookSecret is null or \"\"|]) return true; return body == o.WebhookSecret; } class HookOptions { public string? WebhookSecret { get; set; } }")]
    [InlineData("bool IsValid(HookOptions o, string body) => [|!o.VerifyWebhooks|] || body.Length > 2; class HookOptions { public bool VerifyWebhooks { get; set; } }")]
    [InlineData("void Hook(string body) { var skipVerification = config.GetValue<bool>(\"Stripe:SkipWebhookVerification\"); if ([|!skipVerification|]) VerifySignature(body); } void VerifySignature(string body) { if (body.Length < 2) throw new InvalidOperationException(); }")]
    [InlineData("void Map(WebApplication app) { app.MapPost(\"/login\", (string user) => { if ([|app.Environment.IsDevelopment()|]) return Results.Ok(\"token\"); return Results.Unauthorized(); }); }")]
    [InlineData("void Map(WebApplication app) { app.Use(async (HttpContext context, RequestDelegate next) => { if ([|app.Environment.IsDevelopment()|]) { await next(context); return; } if (context.User.Identity is null) { context.Response.StatusCode = 401; return; } await next(context); }); }")]
    [InlineData("bool IsValid(HookOptions o, string body) { if ([|o.SkipSignatureCheck|]) { return true; } return body.Length > 2; } class HookOptions { public bool SkipSignatureCheck { get; set; } }")]
    public Task A_member_that_lets_everybody_past(string member) => Flags($"class C : ShopCode {{ {member} }}");

    [Fact]
    public Task A_secret_that_is_missing() => Flags("class C : ShopCode { bool VerifySignature(string body) { var secret = config[\"Stripe:WebhookSecret\"]; if ([|string.IsNullOrEmpty(secret)|]) return true; return body.Contains(secret); } }");

    [Fact]
    public Task A_header_that_opens_the_door() => Flags("class C : ShopCode { bool IsAuthorized() { if ([|Request.Headers[\"X-Skip-Auth\"] == \"1\"|]) return true; return User.IsInRole(\"admin\"); } }");

    [Fact]
    public Task Nothing_is_verified_outside_production() => Flags("class C : ShopCode { bool VerifySignature(string body) { if ([|!environment.IsProduction()|]) { log.LogWarning(\"skipped\"); return true; } return body.Length > 2; } }");

    [Fact]
    public Task Everybody_is_allowed_in_development() => Flags("class C : ShopCode { bool IsAuthorized(Customer customer) { if ([|environment.IsDevelopment()|]) return true; return customer.IsAdmin; } }");

    [Fact]
    public Task An_option_of_the_framework() => Flags("class C : ShopCode { void M(IdentityOptions options) { options.SignIn.RequireConfirmedEmail = [|false|]; } }");

    [Fact]
    public Task A_setting_that_skips() => Flags("class C : ShopCode { bool F() => config.GetValue(\"Payments:SkipVerification\", [|true|]); }");

    [Fact]
    public Task An_option_that_starts_off() => Flags("class C : ShopCode { public bool RequireApproval { get; set; } = [|false|]; }");

    [Fact]
    public Task A_requirement_that_development_meets() => Flags("""
        class Requirement : IAuthorizationRequirement { }
        class Handler(IHostEnvironment environment) : AuthorizationHandler<Requirement>
        {
            protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, Requirement requirement)
            {
                if ([|environment.IsDevelopment()|])
                    context.Succeed(requirement);
                return Task.CompletedTask;
            }
        }
        """);

    [Fact]
    public Task Every_origin_with_credentials() => Flags("""
        class C { void M(Microsoft.AspNetCore.Cors.Infrastructure.CorsPolicyBuilder policy) { [|policy.SetIsOriginAllowed(_ => true)|].AllowAnyHeader().AllowCredentials(); } }
        """);

    [Fact]
    public Task Forms_from_anywhere() => Flags("""
        class Pages : Controller { [HttpPost, [|IgnoreAntiforgeryToken|]] public IActionResult Refund(int id) => Ok(); }
        class Routes { void Map(WebApplication app) { app.MapPost("/refund", (int id) => id).[|DisableAntiforgery|](); } }
        """);

    [Theory]
    [InlineData("void Load(bool includeInactive = true, bool ignoreQueryFilters = true) { }")]
    [InlineData("void Place(Order order, bool checkInventory = true, bool skipValidation = false) { }")]
    [InlineData("public bool RequireApproval { get; set; } = true;")]
    [InlineData("void M(IdentityOptions options) { options.Password.RequireNonAlphanumeric = false; options.SignIn.RequireConfirmedEmail = true; options.SignIn.RequireConfirmedPhoneNumber = false; }")]
    [InlineData("void M(IdentityOptions options) { if (environment.IsDevelopment()) options.SignIn.RequireConfirmedEmail = false; }")]
    [InlineData("void M() { if (environment.IsDevelopment()) log.LogInformation(\"developer\"); }")]
    [InlineData("IActionResult Home() { if (environment.IsDevelopment()) return Ok(\"details\"); return Ok(); }")]
    [InlineData("bool IsValid(HookOptions o, string body) => !o.SkipChecks && body.Length > 2; class HookOptions { public bool SkipChecks { get; set; } }")]
    [InlineData("class MigrationSettings { public bool MigrateMailDisableTlsChecks { get; set; } = true; }")]
    [InlineData("bool IsAuthorized(Customer customer) { if (environment.IsProduction()) return customer.IsAdmin; return false; }")]
    [InlineData("bool IsAuthorized(Customer customer) { if (environment.IsDevelopment()) log.LogDebug(\"asked\"); return customer.IsAdmin; }")]
    [InlineData("bool VerifySignature(string body) { var secret = config[\"Stripe:WebhookSecret\"]; if (string.IsNullOrEmpty(secret)) throw new InvalidOperationException(); return body.Contains(secret); }")]
    [InlineData("bool IsValid(string? coupon) { if (string.IsNullOrEmpty(coupon)) return true; return coupon.Length == 8; }")]
    [InlineData("bool IsFraudulent(Order order) { if (environment.IsDevelopment()) return true; return order.Total > 1000; }")]
    [InlineData("PaymentResult Pay(bool skipFraudCheck) { if (skipFraudCheck) return new PaymentResult(true); return new PaymentResult(false); }")]
    [InlineData("Uri Gateway() => environment.IsDevelopment() ? new Uri(\"http://a\") : new Uri(\"http://b\");")]
    public Task A_member_with_the_safe_default(string member) => Allows($"class C : ShopCode {{ {member} }}");

    [Fact]
    public Task Https_is_for_production() => Allows("class C : ShopCode { void M(WebApplication app) { if (!app.Environment.IsDevelopment()) app.UseHttpsRedirection(); } }");

    [Fact]
    public Task Refused_where_the_secret_is_missing() => Allows("class C : ShopCode { bool VerifySignature(string body) { var secret = config[\"Stripe:WebhookSecret\"]; if (string.IsNullOrEmpty(secret)) return false; return body.Contains(secret); } }");

    [Fact]
    public Task Details_for_developers() => Allows("class C : ShopCode { bool ShowDetails() { if (environment.IsDevelopment()) return true; return false; } }");

    [Fact]
    public Task A_setting_that_skips_nothing() => Allows("class C : ShopCode { bool F() => config.GetValue(\"Payments:SkipVerification\", false); }");

    [Fact]
    public Task Without_payments_nothing_is_sold() => Allows("class C : ShopCode { public bool DisablePayments { get; set; } = true; }");

    [Fact]
    public Task A_state_of_an_account() => Allows("class C : ShopCode { public bool EmailConfirmed { get; set; } = false; }");

    [Fact]
    public Task What_is_allowed_is_harmless() => Allows("class C : ShopCode { public bool AllowGuestCheckout { get; set; } = true; }");

    [Fact]
    public Task What_is_ignored_is_harmless() => Allows("class C : ShopCode { bool Same(string a, string b, bool ignoreCase = true) => string.Equals(a, b); }");

    [Fact]
    public Task A_safe_default() => Allows("class C : ShopCode { Task<int> Purge(bool dryRun = true) => Task.FromResult(dryRun ? 0 : 1); }");

    [Fact]
    public Task Named_origins_with_credentials() => Allows("""
        class C { void M(Microsoft.AspNetCore.Cors.Infrastructure.CorsPolicyBuilder policy) { policy.WithOrigins("https://shop.example").AllowCredentials(); } }
        """);

    [Fact]
    public Task A_webhook_has_no_form() => Allows("""
        class Hooks : Controller { [HttpPost, IgnoreAntiforgeryToken] public IActionResult StripeWebhook() => Ok(); [HttpGet, IgnoreAntiforgeryToken] public IActionResult List() => Ok(); [HttpPost, IgnoreAntiforgeryToken] public IActionResult EstimateShipping() => Ok(); [HttpPost, IgnoreAntiforgeryToken, AllowAnonymous] public IActionResult Contact() => Ok(); }
        [IgnoreAntiforgeryToken] class Errors : Controller { public IActionResult Index() => Ok(); }
        class Routes { void Map(WebApplication app) { app.MapPost("/webhook", (int id) => id).DisableAntiforgery(); } }
        """);

    [Fact]
    public Task A_request_that_approves_by_saying_nothing() => Flags("class C : ShopCode { [HttpPost(\"{id}/verify\")] public IActionResult VerifyPayment(int id, [FromQuery] bool isVerified = [|true|]) => Ok(isVerified); }");

    [Fact]
    public Task A_filter_of_what_is_approved() => Allows("class C : ShopCode { [HttpGet] public IActionResult Payments(bool isVerified = true) => Ok(isVerified); }");

    [Fact]
    public Task A_test_endpoint_that_only_production_refuses() => Flags("""
        class WebhooksController : ShopCode
        {
            [HttpPost("{provider}/test")]
            public async Task<IActionResult> TestWebhook(Order order)
            {
                var environment = Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") ?? "Production";
                if ([|environment.Equals("Production", StringComparison.OrdinalIgnoreCase)|])
                {
                    return StatusCode(403, "not here");
                }
                order.Status = OrderStatus.Paid;
                await db.SaveChangesAsync();
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_controller_for_tests() => Flags("""
        class PaymentTestController : ShopCode { [HttpPost] public IActionResult Settle(Order order) { if ([|environment.IsProduction()|]) return NotFound(); order.Status = OrderStatus.Paid; return Ok(); } }
        """);

    [Fact]
    public Task A_route_for_tests_outside_production() => Flags("""
        class Startup { void Map(WebApplication app) { if ([|!app.Environment.IsProduction()|]) { app.MapPost("/test/pay", (Order order) => { order.Status = OrderStatus.Paid; return Results.Ok(); }); } } }
        """);

    [Fact]
    public Task A_test_endpoint_for_developers() => Allows("""
        class PaymentTestController : ShopCode { [HttpPost] public IActionResult Settle(Order order) { if (!environment.IsDevelopment()) return NotFound(); order.Status = OrderStatus.Paid; return Ok(); } }
        """);

    [Fact]
    public Task An_endpoint_of_the_product_that_production_refuses() => Allows("""
        class OrdersController : ShopCode { [HttpPost] public IActionResult Import(Order order) { if (environment.IsProduction()) return NotFound(); return Ok(); } }
        """);

    [Fact]
    public Task A_form_that_only_formats_a_number() => Allows("class C : Controller { [HttpPost(\"format\"), IgnoreAntiforgeryToken] public string FormatCurrency([FromBody] decimal amount) => amount.ToString(\"0.00\", CultureInfo.InvariantCulture); }");

    [Fact]
    public Task A_form_that_formats_what_it_also_stores() => Flags("class C : ShopCode { [HttpPost(\"note\"), [|IgnoreAntiforgeryToken|]] public string Format(Order order) { order.Status = OrderStatus.Paid; return order.Total.ToString(CultureInfo.InvariantCulture); } }");
}

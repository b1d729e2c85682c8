using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Accounts;

public sealed class TrustedForwardedHeaderTests() : RuleTest("RISK3015")
{
    [Fact]
    public Task An_allow_list_by_address() => Flags(
        """
        class C : ShopCode
        {
            readonly HashSet<string> _allowed = new() { "10.0.0.1" };
            public IActionResult Admin()
            {
                var ip = [|Request.Headers["X-Forwarded-For"]|].FirstOrDefault();
                if (!_allowed.Contains(ip ?? "")) return Forbid();
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_limiter_by_address() => Flags(
        """
        interface ILoginLimiter { bool TryAcquire(string key); }
        class C(ILoginLimiter limiter) : ControllerBase
        {
            public IActionResult Login(string email)
            {
                string ip = [|HttpContext.Request.Headers["X-Real-IP"]|].ToString();
                if (!limiter.TryAcquire(ip)) return StatusCode(429);
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_helper_that_finds_the_address() => Flags(
        """
        class LoginGuard(IMemoryCache cache)
        {
            public bool TooMany(HttpContext context) => cache.TryGetValue($"login:{ClientIp(context)}", out int count) && count > 5;

            private static string ClientIp(HttpContext context) =>
                [|context.Request.Headers["X-Forwarded-For"]|].FirstOrDefault()?.Split(',')[0].Trim() ?? context.Connection.RemoteIpAddress?.ToString() ?? "unknown";
        }
        """);

    [Fact]
    public Task Taken_with_TryGetValue() => Flags(
        """
        class C : ShopCode
        {
            public IActionResult Refund()
            {
                if ([|Request.Headers.TryGetValue("X-Forwarded-For", out var forwarded)|])
                {
                    if (forwarded.ToString() == "192.168.1.10") return Ok();
                }
                return Forbid();
            }
        }
        """);

    [Fact]
    public Task A_key_of_a_dictionary() => Flags(
        """
        class C : ShopCode
        {
            static readonly Dictionary<string, int> Failures = new();
            public IActionResult Login()
            {
                var ip = [|Request.Headers["CF-Connecting-IP"]|].ToString();
                Failures[ip] = 1;
                return Ok();
            }
        }
        """);

    [Fact]
    public Task The_address_written_over_the_true_one() => Flags(
        "class C { public Task Invoke(HttpContext context) { context.Connection.RemoteIpAddress = IPAddress.Parse([|context.Request.Headers[\"X-Forwarded-For\"]|].ToString()); return Task.CompletedTask; } }");

    [Fact]
    public Task A_user_from_a_header() => Flags(
        "class C : ShopCode { public async Task<IActionResult> Orders() { var userId = [|Request.Headers[\"X-User-Id\"]|].ToString(); return Ok(await db.Orders.Where(o => o.CustomerId == userId).ToListAsync()); } }");

    [Fact]
    public Task A_user_from_a_bound_header() => Flags(
        "class C : ShopCode { public async Task<IActionResult> Orders([FromHeader(Name = \"X-User-Id\")] string [|userId|]) => Ok(await db.Orders.Where(o => o.CustomerId == userId).ToListAsync()); }");

    [Fact]
    public Task A_role_from_a_header() => Flags(
        "class C : ShopCode { public IActionResult Approve(int id) { if ([|Request.Headers[\"X-User-Role\"]|] != \"Admin\") return Forbid(); return Ok(); } }");

    [Fact]
    public Task A_customer_in_a_minimal_api() => Flags(
        "using Microsoft.AspNetCore.Routing; static class E { static void Map(IEndpointRouteBuilder app) => app.MapGet(\"/cart\", async ([FromHeader(Name = \"X-Customer-Id\")] string [|customer|], ShopDb db) => await db.Orders.Where(o => o.CustomerId == customer).ToListAsync()); }");

    [Fact]
    public Task A_property_of_the_current_user() => Flags(
        "class CurrentUser(IHttpContextAccessor accessor) { public string? UserId => accessor.HttpContext?[|.Request.Headers[\"X-User-Id\"]|].ToString(); public bool IsMe(string id) => id == UserId; }");

    [Fact]
    public Task A_flag_that_makes_an_admin() => Flags(
        "class C : ShopCode { bool IsAdmin() => [|Request.Headers[\"X-Is-Admin\"]|] == \"true\"; public IActionResult Delete() => IsAdmin() ? Ok() : Forbid(); }");

    [Fact]
    public Task A_tenant_that_decides_whose_orders() => Flags(
        "class C : ShopCode { public async Task<IActionResult> All() { if (![|Request.Headers.TryGetValue(\"X-Tenant-Id\", out var tenant)|]) return BadRequest(); return Ok(await db.Orders.Where(o => o.CustomerId == tenant.ToString()).ToListAsync()); } }");

    [Fact]
    public Task A_loopback_check_by_header() => Flags(
        "class C : ShopCode { static bool IsInternal(string ip) => ip.StartsWith(\"10.\"); public IActionResult Run() { if (!IsInternal([|Request.Headers[\"X-Forwarded-For\"]|].ToString())) return Forbid(); return Ok(); } }");

    [Fact]
    public Task An_address_in_a_log() => Allows(
        "class C : ShopCode { public IActionResult Login() { var ip = Request.Headers[\"X-Forwarded-For\"].ToString(); log.LogInformation(\"Login from {Ip}\", ip); return Ok(); } }");

    [Fact]
    public Task An_address_in_an_audit_record() => Allows(
        "class Audit { public string? Ip { get; set; } } class C : ShopCode { public IActionResult Login() { var entry = new Audit { Ip = Request.Headers[\"X-Forwarded-For\"].FirstOrDefault() }; return Ok(entry.Ip); } }");

    [Fact]
    public Task The_address_of_the_connection() => Allows(
        "class C : ShopCode { readonly HashSet<string> _allowed = new(); public IActionResult Admin() => _allowed.Contains(HttpContext.Connection.RemoteIpAddress?.ToString() ?? \"\") ? Ok() : Forbid(); }");

    [Fact]
    public Task The_sender_is_a_known_proxy() => Allows(
        """
        class C : ShopCode
        {
            readonly HashSet<IPAddress> _trustedProxies = new(); readonly HashSet<string> _allowed = new();
            public IActionResult Admin()
            {
                if (!_trustedProxies.Contains(HttpContext.Connection.RemoteIpAddress!)) return Forbid();
                return _allowed.Contains(Request.Headers["X-Forwarded-For"].ToString()) ? Ok() : Forbid();
            }
        }
        """);

    [Fact]
    public Task The_product_names_its_proxies() => Allows(
        """
        static class Setup { public static void Configure(ForwardedHeadersOptions options) => options.KnownProxies.Add(IPAddress.Parse("10.0.0.2")); }
        class C : ShopCode { readonly HashSet<string> _allowed = new(); public IActionResult Admin() => _allowed.Contains(Request.Headers["X-Forwarded-For"].ToString()) ? Ok() : Forbid(); }
        """);

    [Fact]
    public Task A_user_that_must_be_the_one_of_the_token() => Allows(
        "class C : ShopCode { public IActionResult Orders() { var userId = Request.Headers[\"X-User-Id\"].ToString(); if (User.FindFirstValue(ClaimTypes.NameIdentifier) != userId) return Forbid(); return Ok(userId); } }");

    [Fact]
    public Task A_request_of_the_gateway_that_proves_itself() => Allows(
        "class C : ShopCode { public IActionResult Orders() { if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Request.Headers[\"X-Gateway-Secret\"].ToString()), Encoding.UTF8.GetBytes(config[\"Gateway:Secret\"]!))) return Unauthorized(); return Ok(Request.Headers[\"X-User-Id\"].ToString()); } }");

    [Fact]
    public Task The_browser_of_the_user() => Allows("class C : ShopCode { public IActionResult A() => Request.Headers[\"X-User-Agent\"] == \"old\" ? BadRequest() : Ok(); }");

    [Fact]
    public Task A_correlation_id() => Allows("class C : ShopCode { public IActionResult A() { var id = Request.Headers[\"X-Correlation-Id\"].ToString(); return cache.TryGetValue(id, out _) ? Ok() : NotFound(); } }");

    [Fact]
    public Task A_header_of_the_answer() => Allows("class C : ShopCode { public IActionResult A() { Response.Headers[\"X-User-Id\"] = \"7\"; return Ok(); } }");

    [Fact]
    public Task A_header_sent_to_another_service() => Allows("class C : ShopCode { public async Task A(string userId) { using var request = new HttpRequestMessage(HttpMethod.Get, \"/orders\"); request.Headers.Add(\"X-User-Id\", userId); await http.SendAsync(request); } }");

    [Fact]
    public Task Whether_there_is_an_address_at_all() => Allows("class C : ShopCode { public IActionResult A() { var ip = Request.Headers[\"X-Forwarded-For\"].FirstOrDefault(); if (string.IsNullOrEmpty(ip)) log.LogWarning(\"no proxy\"); return Ok(); } }");

    [Fact]
    public Task An_idempotency_key_bound_from_a_header() => Allows("class C : ShopCode { public IActionResult Pay([FromHeader(Name = \"Idempotency-Key\")] string key) => cache.TryGetValue(key, out _) ? Conflict() : Ok(); }");

    [Fact]
    public Task An_answer_of_another_service() => Allows("class C : ShopCode { public async Task<bool> A() { var answer = await http.GetAsync(\"/me\"); return answer.Headers.TryGetValues(\"X-User-Id\", out var values) && values.Contains(\"7\"); } }");

    [Fact]
    public Task A_value_set_from_itself() => Flags(
        "class C : ShopCode { public async Task<IActionResult> Orders() { var id = [|Request.Headers[\"X-User-Id\"]|].ToString(); id = id.Trim(); id = id + \"\"; return Ok(await db.Orders.Where(o => o.CustomerId == id).ToListAsync()); } }");

    [Fact]
    public Task A_value_set_from_itself_and_never_used() => Allows(
        "class C : ShopCode { public IActionResult Orders() { var id = Request.Headers[\"X-User-Id\"].ToString(); id = id.Trim(); id = id + id; log.LogInformation(\"{Id}\", id); return Ok(); } }");

    [Fact]
    public Task Helpers_that_call_each_other() => Allows(
        "class C : ShopCode { string A(int n) => n > 0 ? B(n - 1) : Request.Headers[\"X-Forwarded-For\"].ToString(); string B(int n) => A(n); }");

    [Fact]
    public Task An_identity_that_comes_with_a_signature() => Allows("class C : ShopCode { static bool Verify(string id, string signature) => id.Length < signature.Length; public IActionResult A() { var id = Request.Headers[\"X-Identity\"].ToString(); return Verify(id, Request.Headers[\"X-Signature\"].ToString()) ? Ok(id) : Unauthorized(); } }");

    [Fact]
    public Task Proxies_that_are_forgotten() => Flags("""
        static class Setup
        {
            public static void Configure(IServiceCollection services) => services.Configure<ForwardedHeadersOptions>(options =>
            {
                options.ForwardLimit = 1;
                [|options.KnownNetworks.Clear()|];
                options.KnownProxies.Clear();
            });
        }
        """);

    [Fact]
    public Task Proxies_that_are_forgotten_in_passing() => Flags("""
        static class Setup
        {
            public static void Use(IApplicationBuilder app)
            {
                var forwarded = new ForwardedHeadersOptions();
                [|forwarded.KnownProxies.Clear()|];
                app.UseForwardedHeaders(forwarded);
            }
        }
        """);

    [Fact]
    public Task Proxies_that_are_forgotten_and_named_again() => Allows("""
        static class Setup
        {
            public static void Configure(ForwardedHeadersOptions options, IConfiguration configuration)
            {
                options.KnownProxies.Clear();
                foreach (var proxy in configuration.GetSection("Proxies").Get<string[]>() ?? []) options.KnownProxies.Add(IPAddress.Parse(proxy));
            }
        }
        """);

    [Fact]
    public Task Proxies_that_are_forgotten_on_a_developer_s_machine() => Allows("""
        static class Setup
        {
            public static void Configure(ForwardedHeadersOptions options, IHostEnvironment environment)
            {
                if (environment.IsDevelopment()) options.KnownProxies.Clear();
            }
        }
        """);

    [Fact]
    public Task A_list_of_one_s_own_that_is_emptied() => Allows("class Proxies { public List<string> Known { get; } = new(); public void Forget() => Known.Clear(); }");

    [Fact]
    public Task A_restaurant_that_a_header_names() => Flags("""
        class Tenants { public string Current { get; set; } = ""; }
        class TenantMiddleware(RequestDelegate next)
        {
            public Task Invoke(HttpContext http, Tenants tenants)
            {
                var restaurant = [|http.Request.Headers["X-Restaurant-Id"]|].FirstOrDefault() ?? "first";
                tenants.Current = restaurant;
                return next(http);
            }
        }
        """);
}

using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Accounts;

public sealed class SharedRateLimitTests() : RuleTest("RISK3035")
{
    private static string Limits(string body, string more = "") => $"using Microsoft.AspNetCore.RateLimiting; using System.Threading.RateLimiting; {more} static class LoginSetup {{ public const string LoginPolicy = \"login\"; public const string GlobalPolicy = \"all\"; public static void Add(IServiceCollection services, IHostEnvironment env, int permits) => services.AddRateLimiter(options => {{ {body} }}); }}";

    [Fact]
    public Task Five_logins_a_minute_for_everybody() => Flags(Limits("options.[|AddFixedWindowLimiter|](\"login\", o => { o.PermitLimit = 5; o.Window = TimeSpan.FromMinutes(1); });"));

    [Fact]
    public Task A_sliding_window() => Flags(Limits("options.[|AddSlidingWindowLimiter|](\"otp\", o => { o.PermitLimit = permits; o.SegmentsPerWindow = 4; });"));

    [Fact]
    public Task A_bucket_of_tokens() => Flags(Limits("options.[|AddTokenBucketLimiter|](policyName: \"checkout\", o => o.TokenLimit = 10);"));

    [Fact]
    public Task A_name_that_is_a_constant() => Flags(Limits("options.[|AddFixedWindowLimiter|](LoginPolicy, o => o.PermitLimit = 5);"));

    [Fact]
    public Task A_name_that_says_nothing() => Flags(Limits("options.[|AddFixedWindowLimiter|](\"fixed\", o => o.PermitLimit = 100);"));

    [Fact]
    public Task One_after_the_other() => Flags(Limits("options.RejectionStatusCode = 429; options.[|AddFixedWindowLimiter|](\"auth\", o => o.PermitLimit = 5).[|AddSlidingWindowLimiter|](\"payments\", o => o.PermitLimit = 10);"));

    [Fact]
    public Task A_partition_with_one_key() => Flags(Limits("options.AddPolicy(\"auth\", context => RateLimitPartition.GetFixedWindowLimiter([|\"auth\"|], _ => new FixedWindowRateLimiterOptions { PermitLimit = 5 }));"));

    [Fact]
    public Task A_partition_by_the_shops_own_host() => Flags(Limits("options.AddPolicy(\"auth\", context => RateLimitPartition.GetFixedWindowLimiter(partitionKey: [|context.User.Identity?.Name ?? context.Request.Headers.Host.ToString()|], factory: _ => new FixedWindowRateLimiterOptions { PermitLimit = 5 }));"));

    [Fact]
    public Task A_limiter_for_all_by_host() => Flags(Limits("options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetSlidingWindowLimiter([|context.Request.Host.Value ?? \"\"|], _ => new SlidingWindowRateLimiterOptions()));"));

    [Fact]
    public Task In_a_class_that_sets_up_accounts() => Flags("using Microsoft.AspNetCore.RateLimiting; class AccountModule { public void Configure(RateLimiterOptions limits) { limits.[|AddFixedWindowLimiter|](\"reset-password\", window => { window.Window = TimeSpan.FromHours(1); window.PermitLimit = 3; }); } }");

    [Fact]
    public Task By_address() => Allows(Limits("options.AddPolicy(\"login\", context => RateLimitPartition.GetFixedWindowLimiter(context.Connection.RemoteIpAddress?.ToString() ?? \"unknown\", _ => new FixedWindowRateLimiterOptions { PermitLimit = 5 }));"));

    [Fact]
    public Task By_account() => Allows(Limits("options.AddPolicy(\"orders\", context => RateLimitPartition.GetTokenBucketLimiter(context.User.Identity?.Name ?? \"guest\", _ => new TokenBucketRateLimiterOptions()));"));

    [Fact]
    public Task By_a_key_of_the_request() => Allows(Limits("options.AddPolicy(\"api\", context => RateLimitPartition.GetFixedWindowLimiter(context.Request.Headers[\"X-Api-Key\"].ToString(), _ => new FixedWindowRateLimiterOptions()));"));

    [Fact]
    public Task Meant_for_all() => Allows(Limits("options.AddFixedWindowLimiter(\"global\", o => o.PermitLimit = 10_000);"));

    [Fact]
    public Task Meant_for_all_by_its_constant() => Allows(Limits("options.AddFixedWindowLimiter(GlobalPolicy, o => o.PermitLimit = 10_000);"));

    [Fact]
    public Task How_much_goes_on_at_once() => Allows(Limits("options.AddConcurrencyLimiter(\"checkout\", o => o.PermitLimit = 50);"));

    [Fact]
    public Task What_the_provider_calls() => Allows(Limits("options.AddFixedWindowLimiter(\"stripe-webhooks\", o => o.PermitLimit = 500);"));

    [Fact]
    public Task A_limit_for_all_with_one_key() => Allows(Limits("options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetFixedWindowLimiter(\"everybody\", _ => new FixedWindowRateLimiterOptions { PermitLimit = 10_000 }));"));

    [Fact]
    public Task On_a_developers_machine() => Allows(Limits("if (env.IsDevelopment()) { options.AddFixedWindowLimiter(\"login\", o => o.PermitLimit = 1000); }"));

    [Fact]
    public Task A_method_of_the_same_name() => Allows("class LoginLimits { public LoginLimits AddFixedWindowLimiter(string policyName, int limit) => this; public void M() => AddFixedWindowLimiter(\"login\", 5); }");
}

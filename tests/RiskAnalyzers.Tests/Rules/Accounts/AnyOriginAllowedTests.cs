using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Accounts;

public sealed class AnyOriginAllowedTests() : RuleTest("RISK3020")
{
    [Fact]
    public Task Any_origin() => Flags("class C { void M(IServiceCollection s) => s.AddCors(options => options.AddPolicy(\"AllowAll\", policy => policy.[|AllowAnyOrigin|]().AllowAnyMethod().AllowAnyHeader())); }");

    [Fact]
    public Task A_default_policy() => Flags("class C { void M(IServiceCollection s) => s.AddCors(o => o.AddDefaultPolicy(b => { b.[|AllowAnyOrigin|](); b.AllowAnyHeader(); b.AllowAnyMethod(); })); }");

    [Fact]
    public Task Every_origin_with_cookies() => Flags("class C { void M(IServiceCollection s) => s.AddCors(o => o.AddPolicy(\"Frontend\", p => p.[|SetIsOriginAllowed|](_ => true).AllowAnyHeader().AllowCredentials())); }");

    [Fact]
    public Task A_predicate_with_a_body() => Flags("class C { void M(IServiceCollection s) => s.AddCors(o => o.AddPolicy(\"Spa\", p => p.[|SetIsOriginAllowed|](origin => { return true; }).AllowCredentials())); }");

    [Fact]
    public Task A_tunnel() => Flags("class C { void M(IServiceCollection s) => s.AddCors(o => o.AddDefaultPolicy(p => p.AllowCredentials().WithOrigins([|\"https://amber-fox.ngrok-free.app\"|]))); }");

    [Fact]
    public Task A_developer_s_machine_alone() => Allows("class C { void M(IServiceCollection s) => s.AddCors(o => o.AddPolicy(\"Frontend\", p => p.WithOrigins(\"http://localhost:3000\").AllowCredentials())); }");

    [Fact]
    public Task A_tunnel_without_cookies() => Allows("class C { void M(IServiceCollection s) => s.AddCors(o => o.AddPolicy(\"Frontend\", p => p.WithOrigins(\"https://shop.example\", \"https://amber-fox.ngrok.app\").AllowAnyHeader())); }");

    [Fact]
    public Task A_star() => Flags("class C { void M(IServiceCollection s) => s.AddCors(o => o.AddPolicy(\"Shop\", p => p.[|WithOrigins|](\"*\").AllowAnyHeader())); }");

    [Fact]
    public Task In_the_pipeline() => Flags("class C { void M(IApplicationBuilder app) => app.UseCors(p => p.[|AllowAnyOrigin|]().AllowAnyHeader().AllowAnyMethod()); }");

    [Fact]
    public Task In_top_level_code() => Flags("""
        static class Program2
        {
            static void Run(string[] args)
            {
                var builder = WebApplication.CreateBuilder(args);
                builder.Services.AddCors(options =>
                {
                    options.AddPolicy("CorsPolicy", policy =>
                    {
                        policy.[|AllowAnyOrigin|]()
                              .AllowAnyMethod()
                              .AllowAnyHeader();
                    });
                });
                var app = builder.Build();
                app.UseCors("CorsPolicy");
            }
        }
        """);

    [Fact]
    public Task A_policy_object() => Flags("class C { object M() => new Microsoft.AspNetCore.Cors.Infrastructure.CorsPolicyBuilder().[|AllowAnyOrigin|]().Build(); }");

    [Fact]
    public Task Methods_that_change_things() => Flags("class C { void M(IServiceCollection s) => s.AddCors(o => o.AddPolicy(\"Api\", p => p.[|AllowAnyOrigin|]().WithMethods(\"GET\", \"POST\"))); }");

    [Fact]
    public Task Outside_development_too() => Flags("class C : ShopCode { void M(IApplicationBuilder app) { if (!environment.IsDevelopment()) app.UseCors(p => p.[|AllowAnyOrigin|]()); } }");

    [Fact]
    public Task Used_in_all_environments() => Flags("class C : ShopCode { void M(IServiceCollection s, IApplicationBuilder app) { s.AddCors(o => o.AddPolicy(\"All\", p => p.[|AllowAnyOrigin|]())); if (environment.IsDevelopment()) app.UseCors(\"All\"); app.UseCors(\"All\"); } }");

    [Fact]
    public Task Named_origins() => Allows("class C { void M(IServiceCollection s) => s.AddCors(o => o.AddPolicy(\"Shop\", p => p.WithOrigins(\"https://shop.example\").AllowCredentials())); }");

    [Fact]
    public Task Origins_of_a_setting() => Allows("class C : ShopCode { void M(IServiceCollection s) => s.AddCors(o => o.AddPolicy(\"Shop\", p => p.WithOrigins(config.GetSection(\"Origins\").Get<string[]>()!))); }");

    [Fact]
    public Task For_developers() => Allows("class C : ShopCode { void M(IApplicationBuilder app) { if (environment.IsDevelopment()) app.UseCors(p => p.AllowAnyOrigin()); } }");

    [Fact]
    public Task Used_by_developers_only() => Allows("class C : ShopCode { void M(IServiceCollection s, IApplicationBuilder app) { s.AddCors(o => o.AddPolicy(\"All\", p => p.AllowAnyOrigin())); if (environment.IsDevelopment()) { app.UseCors(\"All\"); } } }");

    [Fact]
    public Task A_policy_that_says_development() => Allows("class C { void M(IServiceCollection s) => s.AddCors(o => o.AddPolicy(\"DevelopmentCors\", p => p.AllowAnyOrigin())); }");

    [Fact]
    public Task A_public_widget() => Allows("class C { void M(IServiceCollection s) => s.AddCors(o => o.AddPolicy(\"PublicWidget\", p => p.AllowAnyOrigin().AllowAnyHeader())); }");

    [Fact]
    public Task Reading_only() => Allows("class C { void M(IServiceCollection s) => s.AddCors(o => o.AddPolicy(\"Catalog\", p => p.AllowAnyOrigin().WithMethods(\"GET\", \"HEAD\"))); }");

    [Fact]
    public Task A_test_of_the_origin() => Allows("class C { void M(IServiceCollection s) => s.AddCors(o => o.AddPolicy(\"Shop\", p => p.SetIsOriginAllowed(origin => new Uri(origin).Host == \"shop.example\"))); }");

    [Fact]
    public Task Subdomains() => Allows("class C { void M(IServiceCollection s) => s.AddCors(o => o.AddPolicy(\"Shop\", p => p.WithOrigins(\"https://*.shop.example\").SetIsOriginAllowedToAllowWildcardSubdomains())); }");

    [Fact]
    public Task Any_header_and_method() => Allows("class C { void M(IServiceCollection s) => s.AddCors(o => o.AddPolicy(\"Shop\", p => p.WithOrigins(\"https://a.example\").AllowAnyHeader().AllowAnyMethod())); }");

    [Fact]
    public Task A_builder_of_one_s_own() => Allows("class Fence { public Fence AllowAnyOrigin() => this; } class C { Fence M() => new Fence().AllowAnyOrigin(); }");

    [Fact]
    public Task A_debug_build() => Allows("""
        class C
        {
            void M(IApplicationBuilder app)
            {
        #if DEBUG
                app.UseCors(p => p.AllowAnyOrigin());
        #endif
            }
        }
        """);
}

using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Resilience;

public sealed class PipelineOrderTests() : RuleTest("RISK5013")
{
    [Fact]
    public Task Authorization_before_authentication() => Flags("static class Pipe { public static void Use(WebApplication app) { app.[|UseAuthorization|](); app.UseAuthentication(); app.MapControllers(); } }");

    [Fact]
    public Task With_others_in_between() => Flags("static class Pipe { public static void Use(WebApplication app) { app.UseRouting(); app.[|UseAuthorization|](); app.UseCors(); app.UseAuthentication(); } }");

    [Fact]
    public Task In_the_startup() => Flags("class Startup { public void Configure(IApplicationBuilder app) { app.UseRouting(); app.[|UseAuthorization|](); app.UseAuthentication(); app.UseEndpoints(e => e.MapControllers()); } }");

    [Fact]
    public Task In_one_chain() => Flags("class Startup { public void Configure(IApplicationBuilder app) { app.UseRouting().[|UseAuthorization|]().UseAuthentication(); } }");

    [Fact]
    public Task In_top_level_statements() => Flags("""
        var app = WebApplication.CreateBuilder(args).Build();
        app.[|UseAuthorization|]();
        app.UseAuthentication();
        app.Run();
        """);

    [Fact]
    public Task Https_behind_authentication() => Flags("static class Pipe { public static void Use(WebApplication app) { app.UseAuthentication(); app.UseAuthorization(); app.[|UseHttpsRedirection|](); app.MapControllers(); } }");

    [Fact]
    public Task Https_behind_authentication_in_production() => Flags("static class Pipe { public static void Use(WebApplication app) { app.UseAuthentication(); app.UseAuthorization(); if (!app.Environment.IsDevelopment()) app.[|UseHttpsRedirection|](); } }");

    [Fact]
    public Task Antiforgery_before_authentication() => Flags("static class Pipe { public static void Use(WebApplication app) { app.[|UseAntiforgery|](); app.UseAuthentication(); app.UseAuthorization(); } }");

    [Fact]
    public Task A_limit_for_each_user_before_anybody_is_signed_in() => Flags("static class Setup { public static void Add(IServiceCollection services) => services.AddRateLimiter(o => o.GlobalLimiter = System.Threading.RateLimiting.PartitionedRateLimiter.Create<HttpContext, string>(c => System.Threading.RateLimiting.RateLimitPartition.GetFixedWindowLimiter(c.User.Identity?.Name ?? \"\", _ => new() { PermitLimit = 10 }))); } static class Pipe { public static void Use(WebApplication app) { app.[|UseRateLimiter|](); app.UseAuthentication(); app.UseAuthorization(); } }");

    [Fact]
    public Task A_limiter_that_is_never_used() => Flags("static class Setup { public static void Add(WebApplicationBuilder builder) { builder.Services.[|AddRateLimiter|](o => o.RejectionStatusCode = 429); var app = builder.Build(); app.UseAuthorization(); app.Run(); } }");

    [Fact]
    public Task A_limiter_that_is_never_used_in_an_extension() => Flags("static class Setup { public static IServiceCollection AddLimits(this IServiceCollection services) => services.[|AddRateLimiter|](o => { }); public static void Use(WebApplication app) => app.MapControllers(); }");

    [Fact]
    public Task The_right_order() => Allows("static class Pipe { public static void Use(WebApplication app) { app.UseHttpsRedirection(); app.UseRouting(); app.UseCors(); app.UseAuthentication(); app.UseAuthorization(); app.UseAntiforgery(); } }");

    [Fact]
    public Task A_limit_for_each_user_behind() => Allows("static class Setup { public static void Add(IServiceCollection services) => services.AddRateLimiter(o => o.GlobalLimiter = System.Threading.RateLimiting.PartitionedRateLimiter.Create<HttpContext, string>(c => System.Threading.RateLimiting.RateLimitPartition.GetFixedWindowLimiter(c.User.Identity?.Name ?? \"\", _ => new() { PermitLimit = 10 }))); } static class Pipe { public static void Use(WebApplication app) { app.UseAuthentication(); app.UseRateLimiter(); app.UseAuthorization(); } }");

    [Fact]
    public Task A_limit_for_each_address_before() => Allows("static class Setup { public static void Add(IServiceCollection services) => services.AddRateLimiter(o => o.RejectionStatusCode = 429); } static class Pipe { public static void Use(WebApplication app) { app.UseRateLimiter(); app.UseAuthentication(); app.UseAuthorization(); } }");

    [Fact]
    public Task Authorization_alone() => Allows("static class Pipe { public static void Use(WebApplication app) { app.UseHttpsRedirection(); app.UseAuthorization(); } }");

    [Fact]
    public Task Authentication_alone() => Allows("static class Pipe { public static void Use(WebApplication app) { app.UseHttpsRedirection(); app.UseAuthentication(); } }");

    [Fact]
    public Task Https_first() => Allows("static class Pipe { public static void Use(WebApplication app) { app.UseHttpsRedirection(); app.UseAuthentication(); app.UseAuthorization(); } }");

    [Fact]
    public Task No_https_behind_a_proxy() => Allows("static class Pipe { public static void Use(WebApplication app) { app.UseForwardedHeaders(); app.UseAuthentication(); app.UseAuthorization(); } }");

    [Fact]
    public Task A_limiter_that_is_used() => Allows("static class Setup { public static void Add(IServiceCollection services) => services.AddRateLimiter(o => { }); public static void Use(WebApplication app) { app.UseRateLimiter(); app.MapControllers(); } }");

    [Fact]
    public Task A_library_that_registers_for_others() => Allows("static class Setup { public static IServiceCollection AddLimits(this IServiceCollection services) => services.AddRateLimiter(o => { }); }");

    [Fact]
    public Task Another_limiter() => Allows("class Limits { public Limits AddRateLimiter() => this; } static class Setup { public static void Add(WebApplication app) { new Limits().AddRateLimiter(); app.MapControllers(); } }");

    [Fact]
    public Task Two_pipelines() => Allows("static class Pipe { public static void Use(WebApplication app) { app.MapWhen(c => c.Request.Path.StartsWithSegments(\"/open\"), open => open.UseAuthorization()); app.UseAuthentication(); app.UseAuthorization(); } }");

    [Fact]
    public Task Validators_that_nothing_runs() => Flags("class OrderValidator : AbstractValidator<Order> { public OrderValidator() => RuleFor(o => o.Total).GreaterThan(0); } static class Registration { public static IServiceCollection AddValidatorsFromAssembly(this IServiceCollection services, System.Reflection.Assembly assembly) => services; } static class Setup { public static void Add(IServiceCollection services) => services.[|AddValidatorsFromAssembly|](typeof(OrderValidator).Assembly); }");

    [Fact]
    public Task Validators_that_a_handler_runs() => Allows("class OrderValidator : AbstractValidator<Order> { public OrderValidator() => RuleFor(o => o.Total).GreaterThan(0); } class Handler(IValidator<Order> validator) { public async Task M(Order o) => await validator.ValidateAndThrowAsync(o); } static class Registration { public static IServiceCollection AddValidatorsFromAssembly(this IServiceCollection services, System.Reflection.Assembly assembly) => services; } static class Setup { public static void Add(IServiceCollection services) => services.AddValidatorsFromAssembly(typeof(OrderValidator).Assembly); }");

    private const string Program = """

        static class Program2
        {
            public static IServiceCollection AddValidatorsFromAssembly(this IServiceCollection services, System.Reflection.Assembly assembly) => services;
            public static void Run(string[] args) { var builder = WebApplication.CreateBuilder(args); builder.Services.AddValidatorsFromAssembly(typeof(Program2).Assembly); builder.Build().Run(); }
        }
        public record PayRequest(decimal Amount);
        public class PayValidator : AbstractValidator<PayRequest> { public PayValidator() => RuleFor(x => x.Amount).GreaterThan(0); }
        public record ShipRequest(int Id);
        public class ShipValidator : AbstractValidator<ShipRequest> { public ShipValidator() => RuleFor(x => x.Id).GreaterThan(0); }
        public class ShipHandler { public bool Handle(ShipRequest request) => new ShipValidator().Validate(request).IsValid; }
        """;

    [Fact]
    public Task A_request_whose_validator_nobody_runs() => Flags("public class PayHandler { public Task<decimal> Handle(PayRequest [|request|], CancellationToken cancellation) => Task.FromResult(request.Amount); }" + Program);

    [Fact]
    public Task A_request_whose_validator_is_run() => Allows("public class PayHandler(IValidator<PayRequest> validator) { public async Task<decimal> Handle(PayRequest request, CancellationToken cancellation) { await validator.ValidateAndThrowAsync(request, cancellation); return request.Amount; } }" + Program);

    [Fact]
    public Task A_library_whose_program_is_elsewhere() => Allows("""
        public record PayRequest(decimal Amount);
        public class PayValidator : AbstractValidator<PayRequest> { public PayValidator() => RuleFor(x => x.Amount).GreaterThan(0); }
        public class PayHandler { public Task<decimal> Handle(PayRequest request) => Task.FromResult(request.Amount); }
        """);
}

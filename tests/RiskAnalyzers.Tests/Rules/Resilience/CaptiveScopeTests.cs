using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Resilience;

public sealed class CaptiveScopeTests() : RuleTest("RISK5014")
{
    [Fact]
    public Task A_context_for_the_life_of_the_process() => Flags("static class Setup { public static void Add(IServiceCollection services) => services.AddDbContext<ShopDb>(o => { }, [|ServiceLifetime.Singleton|]); }");

    [Fact]
    public Task By_name() => Flags("static class Setup { public static void Add(IServiceCollection services) => services.AddDbContext<ShopDb>(optionsAction: (Action<DbContextOptionsBuilder>?)null, contextLifetime: [|ServiceLifetime.Singleton|]); }");

    [Fact]
    public Task Added_as_a_singleton() => Flags("static class Setup { public static void Add(IServiceCollection services) => services.[|AddSingleton<ShopDb>|](); }");

    [Fact]
    public Task A_context_kept_by_middleware() => Flags("class Audit { readonly RequestDelegate next; readonly ShopDb db; public Audit(RequestDelegate next, [|ShopDb db|]) { this.next = next; this.db = db; } public Task InvokeAsync(HttpContext context) => next(context); }");

    [Fact]
    public Task A_scoped_service_kept_by_middleware() => Flags("interface ICheck { } class Check : ICheck { } static class Setup { public static void Add(IServiceCollection services) => services.AddScoped<ICheck, Check>(); } class Guard(RequestDelegate next, [|ICheck check|]) { public Task InvokeAsync(HttpContext context) => check is null ? Task.CompletedTask : next(context); }");

    [Fact]
    public Task A_context_kept_by_a_singleton() => Flags("class Prices([|ShopDb db|]) { public ShopDb Db => db; } static class Setup { public static void Add(IServiceCollection services) => services.AddSingleton<Prices>(); }");

    [Fact]
    public Task A_repository_kept_by_a_singleton() => Flags("interface IOrders { } class Orders(ShopDb db) : IOrders { public ShopDb Db => db; } interface IReport { } class Report : IReport { public Report([|IOrders orders|]) { } } static class Setup { public static void Add(IServiceCollection services) { services.AddScoped<IOrders, Orders>(); services.AddSingleton<IReport, Report>(); } }");

    [Fact]
    public Task A_context_kept_by_a_worker() => Flags("class Worker([|ShopDb db|]) : BackgroundService { protected override Task ExecuteAsync(CancellationToken ct) => db.SaveChangesAsync(ct); }");

    [Fact]
    public Task A_scoped_service_kept_by_a_worker() => Flags("interface IInvoices { Task SendAsync(); } class Invoices : IInvoices { public Task SendAsync() => Task.CompletedTask; } static class Setup { public static void Add(IServiceCollection services) => services.AddScoped<IInvoices, Invoices>(); } class Worker : BackgroundService { readonly IInvoices invoices; public Worker([|IInvoices invoices|]) { this.invoices = invoices; } protected override Task ExecuteAsync(CancellationToken ct) => invoices.SendAsync(); }");

    [Fact]
    public Task The_users_kept_by_middleware() => Flags("class Blocked(RequestDelegate next, [|UserManager<IdentityUser> users|]) { public async Task Invoke(HttpContext context) { if (await users.GetUserAsync(context.User) is not null) await next(context); } }");

    [Fact]
    public Task A_scoped_context() => Allows("static class Setup { public static void Add(IServiceCollection services) => services.AddDbContext<ShopDb>(o => { }); }");

    [Fact]
    public Task Scoped_options() => Allows("static class Setup { public static void Add(IServiceCollection services) => services.AddDbContext<ShopDb>(o => { }, ServiceLifetime.Scoped, ServiceLifetime.Singleton); }");

    [Fact]
    public Task A_factory_in_a_singleton() => Allows("class Prices(IDbContextFactory<ShopDb> factory) { public ShopDb Make() => factory.CreateDbContext(); } static class Setup { public static void Add(IServiceCollection services) => services.AddSingleton<Prices>(); }");

    [Fact]
    public Task A_scope_in_a_worker() => Allows("class Worker(IServiceScopeFactory scopes) : BackgroundService { protected override async Task ExecuteAsync(CancellationToken ct) { using var scope = scopes.CreateScope(); await scope.ServiceProvider.GetRequiredService<ShopDb>().SaveChangesAsync(ct); } }");

    [Fact]
    public Task A_scoped_service_of_the_call() => Allows("interface ICheck { } class Check : ICheck { } static class Setup { public static void Add(IServiceCollection services) => services.AddScoped<ICheck, Check>(); } class Guard(RequestDelegate next) { public Task InvokeAsync(HttpContext context, ICheck check) => check is null ? Task.CompletedTask : next(context); }");

    [Fact]
    public Task A_singleton_in_middleware() => Allows("interface ICheck { } class Check : ICheck { } static class Setup { public static void Add(IServiceCollection services) => services.AddSingleton<ICheck, Check>(); } class Guard(RequestDelegate next, ICheck check) { public Task InvokeAsync(HttpContext context) => check is null ? Task.CompletedTask : next(context); }");

    [Fact]
    public Task A_scoped_service_in_a_scoped_one() => Allows("interface ICheck { } class Check : ICheck { } class Orders(ICheck check, ShopDb db) { public bool Has => check is not null && db is not null; } static class Setup { public static void Add(IServiceCollection services) { services.AddScoped<ICheck, Check>(); services.AddScoped<Orders>(); } }");

    [Fact]
    public Task A_logger_in_middleware() => Allows("class Timing(RequestDelegate next, ILogger<Timing> log) { public Task InvokeAsync(HttpContext context) { log.LogInformation(\"x\"); return next(context); } }");

    [Fact]
    public Task Middleware_that_is_made_for_each_request() => Allows("class Audit(ShopDb db) : IMiddleware { public async Task InvokeAsync(HttpContext context, RequestDelegate next) { await next(context); await db.SaveChangesAsync(); } }");

    [Fact]
    public Task A_service_with_two_lifetimes() => Allows("interface ICheck { } class Check : ICheck { } static class Setup { public static void Add(IServiceCollection services) { services.AddScoped<ICheck, Check>(); services.AddTransient<ICheck, Check>(); } } class Guard(RequestDelegate next, ICheck check) { public Task InvokeAsync(HttpContext context) => check is null ? Task.CompletedTask : next(context); }");

    [Fact]
    public Task A_singleton_that_is_no_context() => Allows("static class Setup { public static void Add(IServiceCollection services) => services.AddSingleton<Product>(); }");

    [Fact]
    public Task What_knows_the_request_by_itself() => Allows("static class Setup { public static void Add(IServiceCollection services) { services.AddScoped<IHttpContextAccessor, HttpContextAccessor>(); services.AddSingleton<Links>(); } } class Links(IHttpContextAccessor http) { public string? Host => http.HttpContext?.Request.Host.Value; }");
}

using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Resilience;

public sealed class FailedStartTests() : RuleTest("RISK5012")
{
    [Fact]
    public Task A_migration_that_is_only_logged() => Flags("static class Start { public static async Task Run(this WebApplication app) { try { using var scope = app.Services.CreateScope(); var db = scope.ServiceProvider.GetRequiredService<ShopDb>(); await db.Database.MigrateAsync(); } catch (Exception e) { [|app.Logger.LogError(e, \"migration failed\");|] } } }");

    [Fact]
    public Task In_top_level_statements() => Flags("""
        var builder = WebApplication.CreateBuilder(args);
        var app = builder.Build();
        using (var scope = app.Services.CreateScope())
        {
            try
            {
                var db = scope.ServiceProvider.GetRequiredService<ShopDb>();
                db.Database.Migrate();
            }
            catch (Exception ex)
            {
                var logger = scope.ServiceProvider.GetRequiredService<ILogger<Program>>();
                [|logger.LogError(ex, "An error occurred while migrating the database.");|]
            }
        }
        app.Run();
        """);

    [Fact]
    public Task On_the_console() => Flags("static class Start { public static async Task Run(this WebApplication app) { try { using var scope = app.Services.CreateScope(); var db = scope.ServiceProvider.GetRequiredService<ShopDb>(); db.Database.EnsureCreated(); } catch (Exception e) { [|Console.WriteLine(e.Message);|] } } }");

    [Fact]
    public Task Without_a_word() => Flags("static class Start { public static async Task Run(this WebApplication app) { try { using var scope = app.Services.CreateScope(); var db = scope.ServiceProvider.GetRequiredService<ShopDb>(); await db.Database.MigrateAsync(); } [|catch|] { } } }");

    [Fact]
    public Task A_seed_that_is_only_logged() => Flags("class Seeder { public Task SeedAsync() => Task.CompletedTask; } static class Start { public static async Task Run(this WebApplication app) { try { await app.Services.GetRequiredService<Seeder>().SeedAsync(); } catch (Exception e) { [|app.Logger.LogWarning(e, \"x\");|] } } }");

    [Fact]
    public Task In_a_method_of_the_startup() => Flags("class Startup { public void Configure(IApplicationBuilder app, ShopDb db, ILogger<Startup> log) { try { db.Database.Migrate(); } catch (Exception e) { [|log.LogError(e, \"x\");|] } } }");

    [Fact]
    public Task In_a_service_that_starts_with_it() => Flags("class Migrator(ShopDb db, ILogger<Migrator> log) : IHostedService { public async Task StartAsync(CancellationToken ct) { try { await db.Database.MigrateAsync(ct); } catch (Exception e) { [|log.LogCritical(e, \"x\");|] } } public Task StopAsync(CancellationToken ct) => Task.CompletedTask; }");

    [Fact]
    public Task By_a_helper_that_says_so() => Flags("static class Db { public static void InitializeDatabase(IServiceProvider services) { } } static class Start { public static async Task Run(this WebApplication app) { try { Db.InitializeDatabase(app.Services); } catch (Exception e) { [|app.Logger.LogError(e, \"x\");|] } } }");

    [Fact]
    public Task With_a_return_from_the_extension() => Flags("static class Start { public static async Task Run(this WebApplication app) { try { using var scope = app.Services.CreateScope(); var db = scope.ServiceProvider.GetRequiredService<ShopDb>(); await db.Database.MigrateAsync(); } catch (Exception e) { [|app.Logger.LogError(e, \"x\");|] return; } } }");

    [Fact]
    public Task In_the_main_method() => Flags("class Program { public static void Main(string[] args) { var host = Host.CreateDefaultBuilder(args).Build(); using (var scope = host.Services.CreateScope()) { try { scope.ServiceProvider.GetRequiredService<ShopDb>().Database.Migrate(); } catch (Exception e) { [|scope.ServiceProvider.GetRequiredService<ILogger<Program>>().LogError(e, \"x\");|] } } host.Run(); } }");

    [Fact]
    public Task For_the_database_s_own_exception() => Flags("static class Start { public static async Task Run(this WebApplication app) { try { using var scope = app.Services.CreateScope(); var db = scope.ServiceProvider.GetRequiredService<ShopDb>(); await db.Database.MigrateAsync(); } catch (System.Data.Common.DbException e) { [|app.Logger.LogError(e, \"x\");|] } } }");

    [Fact]
    public Task Thrown_again() => Allows("static class Start { public static async Task Run(this WebApplication app) { try { using var scope = app.Services.CreateScope(); var db = scope.ServiceProvider.GetRequiredService<ShopDb>(); await db.Database.MigrateAsync(); } catch (Exception e) { app.Logger.LogError(e, \"x\"); throw; } } }");

    [Fact]
    public Task Nothing_caught() => Allows("static class Start { public static async Task Run(this WebApplication app) { using var scope = app.Services.CreateScope(); var db = scope.ServiceProvider.GetRequiredService<ShopDb>(); await db.Database.MigrateAsync(); } }");

    [Fact]
    public Task The_process_ends() => Allows("static class Start { public static async Task Run(this WebApplication app) { try { using var scope = app.Services.CreateScope(); var db = scope.ServiceProvider.GetRequiredService<ShopDb>(); await db.Database.MigrateAsync(); } catch (Exception e) { app.Logger.LogError(e, \"x\"); Environment.Exit(1); } } }");

    [Fact]
    public Task The_host_is_stopped() => Allows("static class Start { public static async Task Run(this WebApplication app) { try { using var scope = app.Services.CreateScope(); var db = scope.ServiceProvider.GetRequiredService<ShopDb>(); await db.Database.MigrateAsync(); } catch (Exception e) { app.Logger.LogError(e, \"x\"); app.Lifetime.StopApplication(); } } }");

    [Fact]
    public Task Tried_again() => Allows("static class Start { public static async Task Run(this WebApplication app) { for (var i = 0; i < 5; i++) { try { using var scope = app.Services.CreateScope(); var db = scope.ServiceProvider.GetRequiredService<ShopDb>(); await db.Database.MigrateAsync(); return; } catch (Exception e) { app.Logger.LogError(e, \"x\"); await Task.Delay(1000); } } throw new InvalidOperationException(); } }");

    [Fact]
    public Task On_a_developer_s_machine() => Allows("static class Start { public static async Task Run(this WebApplication app) { if (app.Environment.IsDevelopment()) { try { using var scope = app.Services.CreateScope(); var db = scope.ServiceProvider.GetRequiredService<ShopDb>(); await db.Database.MigrateAsync(); } catch (Exception e) { app.Logger.LogError(e, \"x\"); } } } }");

    [Fact]
    public Task Something_else_that_starts() => Allows("class Cache { public Task WarmAsync() => Task.CompletedTask; } static class Start { public static async Task Run(this WebApplication app) { try { await app.Services.GetRequiredService<Cache>().WarmAsync(); } catch (Exception e) { app.Logger.LogWarning(e, \"x\"); } } }");

    [Fact]
    public Task A_request_that_migrates_a_tenant() => Allows("class C : ShopCode { public async Task<IActionResult> M() { try { await db.Database.MigrateAsync(); return Ok(); } catch (Exception e) { log.LogError(e, \"x\"); return StatusCode(500); } } }");

    [Fact]
    public Task The_program_returns() => Allows("""
        var builder = WebApplication.CreateBuilder(args);
        var app = builder.Build();
        try
        {
            using var scope = app.Services.CreateScope();
            scope.ServiceProvider.GetRequiredService<ShopDb>().Database.Migrate();
        }
        catch (Exception ex)
        {
            app.Logger.LogCritical(ex, "The database could not be brought up to date");
            return;
        }
        app.Run();
        """);

    [Fact]
    public Task An_exit_code() => Allows("static class Start { public static async Task Run(this WebApplication app) { try { using var scope = app.Services.CreateScope(); var db = scope.ServiceProvider.GetRequiredService<ShopDb>(); await db.Database.MigrateAsync(); } catch (Exception e) { app.Logger.LogError(e, \"x\"); Environment.ExitCode = 1; } } }");

    [Fact]
    public Task Roles_that_are_initialised() => Flags("""
        static class SeedData { public static Task InitializeAsync(IServiceProvider services) => Task.CompletedTask; }
        class Program
        {
            static async Task Main(string[] args)
            {
                try
                {
                    var app = WebApplication.CreateBuilder(args).Build();
                    try { await SeedData.InitializeAsync(app.Services); }
                    catch (Exception ex) { [|Console.WriteLine($"Seeding failed: {ex.Message}");|] }
                    app.Run();
                }
                catch (Exception ex) { Console.WriteLine(ex); }
            }
        }
        """);

    [Fact]
    public Task What_ends_the_program_at_once() => Allows("""
        static class SeedData { public static Task InitializeAsync(IServiceProvider services) => Task.CompletedTask; }
        class Program
        {
            static async Task Main(string[] args)
            {
                try { var app = WebApplication.CreateBuilder(args).Build(); await SeedData.InitializeAsync(app.Services); app.Run(); }
                catch (Exception ex) { Console.WriteLine(ex); }
            }
        }
        """);
}

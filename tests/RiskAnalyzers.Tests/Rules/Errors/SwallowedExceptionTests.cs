using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Errors;

public sealed partial class SwallowedExceptionTests() : RuleTest("RISK4005")
{
    private static string Do(string work, string handler, string @catch = "[|catch|] (Exception e)") =>
        $"class C : ShopCode {{ void Apply() {{ }} void ParseAll() {{ }} void Dispose() {{ }} public async Task RunAsync(Order order) {{ await Task.Yield(); try {{ {work} }} {@catch} {{ {handler} }} }} }}";

    [Fact]
    public Task A_save_that_is_only_logged() => Flags(Do("await db.SaveChangesAsync();", "log.LogError(e, \"save\");"));

    [Fact]
    public Task A_charge_that_is_only_logged() => Flags(Do("await gateway.ChargeAsync(order.Total, \"t\");", "log.LogError(e, \"charge\");"));

    [Fact]
    public Task An_empty_catch() => Flags(Do("await db.SaveChangesAsync();", "", "[|catch|]"));

    [Fact]
    public Task An_empty_catch_over_any_call() => Flags(Do("Calculate(order);", "", "[|catch|] (Exception)").Replace("void Apply", "void Calculate(Order o) { } void Apply"));

    [Fact]
    public Task Written_to_the_console() => Flags(Do("Apply();", "Console.WriteLine(e.Message);"));

    [Fact]
    public Task A_filter_that_is_always_true() => Flags(Do("Apply();", "log.LogWarning(e, \"x\");", "[|catch|] (Exception e) when (true)"));

    [Fact]
    public Task In_a_loop() => Flags("class C : ShopCode { void Refund(Order o) { } public void Run(List<Order> orders) { foreach (var o in orders) { try { Refund(o); } [|catch|] (Exception e) { log.LogError(e, \"x\"); } } } }");

    [Fact]
    public Task Several_log_lines() => Flags(Do("Apply();", "log.LogError(e, \"x\"); log.LogInformation(\"y\");"));

    [Fact]
    public Task In_a_lambda() => Flags("class C : ShopCode { void Apply() { } public Action Run() => () => { try { Apply(); } [|catch|] (Exception) { } }; }");

    [Fact]
    public Task Logged_only_at_debug() => Flags(Do("await db.SaveChangesAsync();", "if (log.IsEnabled(LogLevel.Debug)) { log.LogDebug(e, \"x\"); }"));

    [Fact]
    public Task A_rethrow() => Allows(Do("await db.SaveChangesAsync();", "log.LogError(e, \"x\"); throw;", "catch (Exception e)"));

    [Fact]
    public Task A_recorded_failure() => Allows(Do("await db.SaveChangesAsync();", "order.Status = OrderStatus.Cancelled;", "catch (Exception)"));

    [Fact]
    public Task A_returned_failure() => Allows("class C : ShopCode { void Apply() { } public bool Run() { try { Apply(); return true; } catch (Exception) { return false; } } }");

    [Fact]
    public Task A_narrow_catch() => Allows(Do("await db.SaveChangesAsync();", "log.LogError(e, \"x\");", "catch (DbUpdateConcurrencyException e)"));

    [Fact]
    public Task A_courtesy_mail() => Allows(Do("await mailer.SendReceiptAsync(order);", "log.LogError(e, \"x\");", "catch (Exception e)"));

    [Fact]
    public Task A_cache() => Allows(Do("cache.Remove(1);", "log.LogError(e, \"x\");", "catch (Exception e)"));

    [Fact]
    public Task Cleaning_up() => Allows(Do("Dispose();", "", "catch"));

    [Fact]
    public Task A_filter() => Allows(Do("Apply();", "log.LogError(e, \"x\");", "catch (Exception e) when (e is TimeoutException)"));

    [Fact]
    public Task An_earlier_clause_that_rethrows() => Allows(Do("Apply();", "log.LogError(e, \"x\");", "catch (InvalidOperationException) { throw; } catch (Exception e)"));

    [Fact]
    public Task A_queue_for_failures() => Allows(Do("Apply();", "await queue.Writer.WriteAsync(order);", "catch (Exception)").Replace("class C : ShopCode {", "class C : ShopCode { System.Threading.Channels.Channel<Order> queue = null!;"));

    [Fact]
    public Task Reading_alone() => Allows(Do("ParseAll();", "log.LogError(e, \"x\");", "catch (Exception e)"));

    [Fact]
    public Task The_next_round_of_a_loop() => Allows("class C : ShopCode { void Apply() { } public void Run() { while (true) { try { Apply(); return; } catch (Exception) { continue; } } } }");

    [Fact]
    public Task Filling_a_list() => Allows("class C : ShopCode { List<string> M(string[] a) { var l = new List<string>(); try { foreach (var x in a) l.Add(x); } catch (Exception e) { log.LogError(e, \"x\"); } return l; } }");

    [Fact]
    public Task A_failure_marked_by_a_service_whose_name_contains_log() => Allows("interface IEventLogService { void MarkFailed(); } class C : ShopCode { void Apply() { } void M(IEventLogService eventLogService) { try { Apply(); } catch (Exception e) { log.LogError(e, \"x\"); eventLogService.MarkFailed(); } } }");

    [Fact]
    public Task Keys_that_could_not_be_loaded() => Flags("""
        public interface IVault { Task<Dictionary<string, string>> GetSecretAsync(string name); }
        public class Start(IVault vault, IConfiguration config, ILogger log)
        {
            public async Task Load()
            {
                try { var stripe = await vault.GetSecretAsync("stripe"); config["Stripe:Key"] = stripe["Key"]; }
                [|catch|] (Exception ex) { log.LogWarning(ex, "no stripe key"); }
            }
        }
        """);

    [Fact]
    public Task A_schema_that_could_not_be_migrated() => Flags("""
        public class Start(ShopDb db, ILogger log)
        {
            public void Run() { try { db.Database.Migrate(); } [|catch|] (Exception ex) { log.LogError(ex, "migration failed"); } }
        }
        """);

    [Fact]
    public Task A_label_that_is_missing() => Allows("""
        public interface IPages { Task ApplyLabelsAsync(Order order); string CreateUrl(int id); }
        public class Pages(IPages pages, ILogger log)
        {
            public async Task Show(Order order) { try { await pages.ApplyLabelsAsync(order); pages.CreateUrl(order.Id); } catch (Exception ex) { log.LogWarning(ex, "no labels"); } }
        }
        """);

    [Fact]
    public Task Whatever_the_database_refuses_is_taken_for_done_before() => Flags(Do("await db.SaveChangesAsync();", "", "[|catch|] (DbUpdateException)"));

    [Fact]
    public Task Whatever_the_database_refuses_is_written_down() => Flags(Do("await db.SaveChangesAsync();", "log.LogInformation(e, \"already processed\");", "[|catch|] (DbUpdateException e)"));

    [Fact]
    public Task Only_the_unique_key() => Allows(Do("await db.SaveChangesAsync();", "", "catch (DbUpdateException e) when (e.InnerException is System.Data.Common.DbException { SqlState: \"23505\" })"));

    [Fact]
    public Task A_second_look_after_the_refusal() => Allows(Do("await db.SaveChangesAsync();", "if (!await db.Orders.AnyAsync(o => o.Id == order.Id)) throw;", "catch (DbUpdateException)"));

    [Fact]
    public Task A_database_that_cannot_be_reached_for_a_read() => Allows("class C : ShopCode { void CreateConnection() { } public List<int> Due() { try { CreateConnection(); } catch (System.Data.Common.DbException e) { log.LogError(e, \"connect\"); } return new List<int>(); } }");

    [Fact]
    public Task A_flag_that_only_success_sets() => Allows("class C : ShopCode { void Apply() { } public object Run() { var success = false; try { Apply(); success = true; } catch (Exception e) { log.LogError(e, \"x\"); } return new { success }; } }");

    [Fact]
    public Task A_flag_that_nobody_reads() => Flags("class C : ShopCode { void Apply() { } public object Run() { bool success; try { Apply(); success = true; } [|catch|] (Exception e) { log.LogError(e, \"x\"); } return new { }; } }");

    [Fact]
    public Task Data_that_a_shop_starts_with() => Allows("class SeedData : ShopCode { void Apply() { } public void Run() { try { Apply(); } catch { } } }");

    [Fact]
    public Task The_end_of_a_program() => Allows("class Program { static void Apply() { } static void Main(string[] args) { try { var app = WebApplication.CreateBuilder(args).Build(); Apply(); app.Run(); } catch (Exception e) { Console.WriteLine(e); } } }");

    [Fact]
    public Task A_step_of_a_program_before_it_runs() => Flags("class Program { static void Apply() { } static void Main(string[] args) { var app = WebApplication.CreateBuilder(args).Build(); try { Apply(); } [|catch|] (Exception e) { Console.WriteLine(e); } app.Run(); } }");
}

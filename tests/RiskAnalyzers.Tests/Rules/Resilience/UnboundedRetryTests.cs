using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Resilience;

public sealed class UnboundedRetryTests() : RuleTest("RISK5002")
{
    private static string Code(string body, string parameters = "int id", string result = "Task<decimal>") =>
        $"class C : ShopCode {{ static Task<bool> TrySendAsync(int id) => Task.FromResult(true); public async {result} M({parameters}) {{ {body} }} }}";

    [Fact]
    public Task While_true() => Flags(Code("[|while|] (true) { try { return await prices.GetPriceAsync(id); } catch (HttpRequestException) { } }"));

    [Fact]
    public Task With_a_constant_pause() => Flags(Code("[|while|] (true) { try { return await prices.GetPriceAsync(id); } catch (Exception e) { log.LogWarning(e, \"again\"); await Task.Delay(1000); } }"));

    [Fact]
    public Task An_endless_for() => Flags(Code("[|for|] (;;) { try { await db.SaveChangesAsync(); break; } catch (DbUpdateException) { continue; } } return 0m;"));

    [Fact]
    public Task Until_it_has_worked() => Flags(Code("var sent = false; [|while|] (!sent) { try { await mailer.SendReceiptAsync(new Order()); sent = true; } catch { await Task.Delay(500); } } return 0m;"));

    [Fact]
    public Task Do_it_until_it_has_worked() => Flags(Code("PaymentResult? paid = null; [|do|] { try { paid = await gateway.ChargeAsync(10m, \"t\"); } catch (TimeoutException) { } } while (paid == null); return 0m;"));

    [Fact]
    public Task Do_it_until_the_result_is_good() => Flags(Code("PaymentResult paid; [|do|] { paid = await gateway.ChargeAsync(10m, \"t\"); } while (!paid.Success); return 0m;"));

    [Fact]
    public Task Ask_until_the_status_is_good() => Flags(Code("[|while|] (true) { using var answer = await http.GetAsync($\"/rates/{id}\"); if (answer.IsSuccessStatusCode) return decimal.Parse(await answer.Content.ReadAsStringAsync(), CultureInfo.InvariantCulture); await Task.Delay(200); }"));

    [Fact]
    public Task Attempts_counted_only_for_the_log() => Flags(Code("var attempt = 0; [|while|] (true) { attempt++; try { return await prices.GetPriceAsync(id); } catch (Exception) { log.LogWarning(\"attempt {Attempt}\", attempt); await Task.Delay(100 * attempt); } }"));

    [Fact]
    public Task A_pause_that_is_capped_and_a_count_that_is_not() => Flags(Code("var wait = 100; [|while|] (true) { try { return await prices.GetPriceAsync(id); } catch (Exception) { await Task.Delay(wait); wait *= 2; if (wait > 5000) wait = 5000; } }"));

    [Fact]
    public Task A_synchronous_loop() => Flags("interface IBank { decimal Rate(string code); } class C(IBank bank) { public decimal M(string code) { [|while|] (true) { try { return bank.Rate(code); } catch (IOException) { Thread.Sleep(1000); } } } }");

    [Fact]
    public Task Polls_until_a_status_comes() => Flags("record Job(string Status); interface IJobs { Task<Job> GetAsync(int id); } class C(IJobs jobs) { public async Task Wait(int id) { var job = await jobs.GetAsync(id); [|while|] (job.Status != \"ready\") { await Task.Delay(TimeSpan.FromSeconds(2)); job = await jobs.GetAsync(id); } } }");

    [Fact]
    public Task Jumps_back() => Flags(Code("again: try { return await prices.GetPriceAsync(id); } catch (HttpRequestException) { await Task.Delay(500); [|goto again;|] }"));

    [Fact]
    public Task Jumps_back_and_counts() => Allows(Code("var attempts = 0; again: try { return await prices.GetPriceAsync(id); } catch (HttpRequestException) { if (++attempts > 3) throw; await Task.Delay(500); goto again; }"));

    [Fact]
    public Task Calls_itself_in_the_catch() => Flags("class C : ShopCode { public async Task<PaymentResult> PayAsync(Order order) { try { return await gateway.ChargeAsync(order.Total, \"t\"); } catch (HttpRequestException) { await Task.Delay(1000); return await [|PayAsync(order)|]; } } }");

    [Fact]
    public Task Calls_itself_after_a_bad_status() => Flags("class C : ShopCode { public async Task<string> RateAsync(string code) { var answer = await http.GetAsync($\"/rates/{code}\"); if (!answer.IsSuccessStatusCode) { await Task.Delay(500); return await [|RateAsync(code)|]; } return await answer.Content.ReadAsStringAsync(); } }");

    [Fact]
    public Task A_policy_that_retries_forever() => Flags("class C { static readonly AsyncPolicy policy = Policy.Handle<HttpRequestException>().[|RetryForeverAsync|](); }");

    [Fact]
    public Task A_policy_that_waits_and_retries_forever() => Flags("class C { static readonly AsyncPolicy policy = Policy.Handle<Exception>().[|WaitAndRetryForeverAsync|](_ => TimeSpan.FromSeconds(1)); }");

    [Fact]
    public Task A_policy_without_a_pause() => Flags("class C { static readonly AsyncPolicy policy = Policy.Handle<HttpRequestException>().[|RetryAsync|](5); }");

    [Fact]
    public Task A_strategy_without_a_limit() => Flags("class C { public static ResiliencePipeline Make() => new ResiliencePipelineBuilder().AddRetry(new Polly.Retry.RetryStrategyOptions { [|MaxRetryAttempts = int.MaxValue|], Delay = TimeSpan.FromSeconds(1) }).Build(); }");

    [Fact]
    public Task Three_attempts_at_once() => Flags("class C : ShopCode { public async Task<string> M(string code) { [|for|] (var i = 0; i < 3; i++) { try { return await http.GetStringAsync(code); } catch (HttpRequestException) { } } throw new InvalidOperationException(); } }");

    [Fact]
    public Task A_limit_and_a_pause_take_its_place() => Fixes(
        """
        class C : ShopCode
        {
            public async Task<decimal> M(int id)
            {
                [|while|] (true)
                {
                    try
                    {
                        return await prices.GetPriceAsync(id);
                    }
                    catch (HttpRequestException)
                    {
                    }
                }
            }
        }
        """,
        """
        class C : ShopCode
        {
            public async Task<decimal> M(int id)
            {
                for (var attempt = 1; ; attempt++)
                {
                    try
                    {
                        return await prices.GetPriceAsync(id);
                    }
                    catch (HttpRequestException) when (attempt < 5)
                    {
                        await Task.Delay(TimeSpan.FromMilliseconds(100 * Math.Pow(2, attempt) + Random.Shared.Next(100)));
                    }
                }
            }
        }
        """);

    [Fact]
    public Task A_filter_that_counts() => Allows(Code("for (var attempt = 1; ; attempt++) { try { return await prices.GetPriceAsync(id); } catch (HttpRequestException) when (attempt < 4) { await Task.Delay(100 << attempt); } }"));

    [Fact]
    public Task A_counted_loop() => Allows(Code("for (var i = 0; i < 3; i++) { try { return await prices.GetPriceAsync(id); } catch (HttpRequestException) { await Task.Delay(1000 * i); } } throw new InvalidOperationException();"));

    [Fact]
    public Task A_count_in_the_catch() => Allows(Code("var attempts = 0; while (true) { try { return await prices.GetPriceAsync(id); } catch (HttpRequestException) { if (++attempts >= 5) throw; await Task.Delay(200); } }"));

    [Fact]
    public Task A_count_down() => Allows(Code("var left = 3; while (left-- > 0) { try { return await prices.GetPriceAsync(id); } catch (HttpRequestException) { await Task.Delay(200); } } return 0m;"));

    [Fact]
    public Task A_deadline() => Allows(Code("var until = DateTime.UtcNow.AddSeconds(10); while (DateTime.UtcNow < until) { try { return await prices.GetPriceAsync(id); } catch (HttpRequestException) { await Task.Delay(200); } } throw new TimeoutException();"));

    [Fact]
    public Task A_token() => Allows(Code("while (!ct.IsCancellationRequested) { try { return await prices.GetPriceAsync(id, ct); } catch (HttpRequestException) { await Task.Delay(200, ct); } } return 0m;", "int id, CancellationToken ct"));

    [Fact]
    public Task A_limit_of_time() => Allows(Code("using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5)); while (true) { try { return await prices.GetPriceAsync(id, limit.Token); } catch (HttpRequestException) { await Task.Delay(200, limit.Token); } }"));

    [Fact]
    public Task A_worker() => Allows("class Worker(IPriceService prices, ILogger<Worker> log) : BackgroundService { protected override async Task ExecuteAsync(CancellationToken stop) { while (true) { try { await prices.GetPriceAsync(1, stop); } catch (Exception e) { log.LogError(e, \"x\"); } await Task.Delay(1000, stop); } } }");

    [Fact]
    public Task A_pump_that_takes_message_after_message() => Allows("class C : ShopCode { readonly System.Threading.Channels.Channel<Order> queue = System.Threading.Channels.Channel.CreateUnbounded<Order>(); public async Task Run() { while (true) { try { var order = await queue.Reader.ReadAsync(); await mailer.SendReceiptAsync(order); } catch (Exception e) { log.LogError(e, \"x\"); } } } }");

    [Fact]
    public Task Page_after_page() => Allows("record Page(List<Order> Orders, string? Next); interface IOrderApi { Task<Page> ListAsync(string? cursor); } class C(IOrderApi api) { public async Task<List<Order>> All() { var all = new List<Order>(); string? next = null; while (true) { var page = await api.ListAsync(next); all.AddRange(page.Orders); if (page.Next is null) break; next = page.Next; } return all; } }");

    [Fact]
    public Task A_number_that_nobody_has() => Allows("class C : ShopCode { public async Task<int> Number() { int number; do { number = RandomNumberGenerator.GetInt32(1_000_000); } while (await db.Orders.AnyAsync(o => o.Id == number)); return number; } }");

    [Fact]
    public Task Input_of_a_person() => Allows("class C { public int Ask() { while (true) { try { return int.Parse(Console.ReadLine()!); } catch (FormatException) { } } } }");

    [Fact]
    public Task A_catch_that_leaves() => Allows(Code("while (true) { try { return await prices.GetPriceAsync(id); } catch (HttpRequestException e) { log.LogError(e, \"x\"); throw; } }"));

    [Fact]
    public Task Calls_itself_with_one_attempt_less() => Allows("class C : ShopCode { public async Task<PaymentResult> PayAsync(Order order, int left = 3) { try { return await gateway.ChargeAsync(order.Total, \"t\"); } catch (HttpRequestException) when (left > 0) { await Task.Delay(1000); return await PayAsync(order, left - 1); } } }");

    [Fact]
    public Task Calls_itself_for_the_children() => Allows("record Node(decimal Price, List<Node> Children); class C { public async Task<decimal> Sum(Node node) { await Task.Yield(); var sum = node.Price; foreach (var child in node.Children) sum += await Sum(child); return sum; } }");

    [Fact]
    public Task A_policy_with_a_limit_and_a_pause() => Allows("class C { static readonly AsyncPolicy policy = Policy.Handle<HttpRequestException>().WaitAndRetryAsync(3, attempt => TimeSpan.FromSeconds(Math.Pow(2, attempt))); }");

    [Fact]
    public Task A_policy_against_conflicts() => Allows("class C { static readonly AsyncPolicy policy = Policy.Handle<DbUpdateConcurrencyException>().RetryAsync(3); }");

    [Fact]
    public Task A_strategy_with_a_limit() => Allows("class C { public static ResiliencePipeline Make() => new ResiliencePipelineBuilder().AddRetry(new Polly.Retry.RetryStrategyOptions { MaxRetryAttempts = 4, UseJitter = true }).Build(); }");

    [Fact]
    public Task Items_one_after_the_other() => Allows("class C : ShopCode { public async Task M(List<Order> orders) { foreach (var order in orders) { try { await mailer.SendReceiptAsync(order); } catch (Exception e) { log.LogError(e, \"x\"); } } } }");

    [Fact]
    public Task A_lost_race_jumps_back() => Allows(Code("again: var order = await db.Orders.SingleAsync(o => o.Id == id); order.Status = OrderStatus.Paid; try { await db.SaveChangesAsync(); } catch (DbUpdateConcurrencyException) { goto again; } return 0m;"));

    [Fact]
    public Task A_lost_race_goes_round_again() => Allows(Code("var saved = false; while (!saved) { try { await db.SaveChangesAsync(); saved = true; } catch (DbUpdateConcurrencyException e) { foreach (var entry in e.Entries) await entry.ReloadAsync(); } } return 0m;"));

    [Fact]
    public Task A_row_that_exists_already_jumps_back() => Flags(Code("again: try { await db.SaveChangesAsync(); } catch (DbUpdateException) { [|goto again;|] } return 0m;"));

    [Fact]
    public Task The_next_provider_is_asked() => Allows("interface IRateClient { Task<decimal> GetAsync(string code); } class C(IRateClient[] clients) { public async Task<decimal> M(string code) { for (var i = 0; i < clients.Length; i++) { try { return await clients[i].GetAsync(code); } catch when (i < clients.Length - 1) { } } throw new InvalidOperationException(); } }");

    [Fact]
    public Task Until_a_flag_says_that_it_is_done() => Flags("class C : ShopCode { public async Task<string> M() { var done = false; var text = \"\"; [|while|] (!done) { var answer = await http.GetAsync(\"/x\"); if (answer.IsSuccessStatusCode) { text = await answer.Content.ReadAsStringAsync(); done = true; } else { await Task.Delay(500); } } return text; } }");

    [Fact]
    public Task While_a_status_is_pending() => Flags("class C : ShopCode { public async Task M() { var status = \"pending\"; [|while|] (status == \"pending\") { var answer = await http.GetStringAsync(\"/status\"); status = answer; await Task.Delay(1000); } } }");

    [Fact]
    public Task A_limit_in_a_local_that_is_none() => Flags("class C : ShopCode { public async Task<string> M() { var max = int.MaxValue; [|for|] (var i = 0; i < max; i++) { try { return await http.GetStringAsync(\"/rates\"); } catch (HttpRequestException) { await Task.Delay(100); } } return \"\"; } }");

    [Fact]
    public Task A_limit_in_a_local() => Allows("class C : ShopCode { public async Task<string> M() { var max = 3; for (var i = 0; i < max; i++) { try { return await http.GetStringAsync(\"/rates\"); } catch (HttpRequestException) { await Task.Delay(100); } } return \"\"; } }");

    [Fact]
    public Task Page_after_page_until_all_are_done() => Allows("record Page(List<Order> Orders, string? Next); interface IOrderApi { Task<Page> ListAsync(string? cursor); } class C(IOrderApi api) { public async Task M() { var done = false; string? next = null; while (!done) { var page = await api.ListAsync(next); next = page.Next; if (page.Next is null && page.Orders.Count is var result) { done = true; } } } }");

    [Fact]
    public Task A_listener_in_the_background_that_pauses_before_it_connects_again() => Allows("class Listener : ShopCode, IHostedService { public Task StartAsync(CancellationToken c) => Listen(c); public Task StopAsync(CancellationToken c) => Task.CompletedTask; async Task Listen(CancellationToken c) { retry: try { await http.GetStringAsync(\"/events\", c); } catch (Exception e) { await Task.Delay(1000, c); log.LogWarning(e, \"listener\"); goto retry; } } }");

    [Fact]
    public Task A_listener_in_the_background_that_does_not_pause() => Flags("class Listener : ShopCode, IHostedService { public Task StartAsync(CancellationToken c) => Listen(c); public Task StopAsync(CancellationToken c) => Task.CompletedTask; async Task Listen(CancellationToken c) { retry: try { await http.GetStringAsync(\"/events\", c); } catch (Exception e) { log.LogWarning(e, \"listener\"); [|goto retry;|] } } }");

    [Fact]
    public Task A_clock_of_the_provider_s_tests() => Allows("class TestClock { public string Status = \"\"; } class Clocks { public Task<TestClock> GetAsync(int id) => Task.FromResult(new TestClock()); } class C { public async Task WaitForTestClock(Clocks clocks) { var clock = await clocks.GetAsync(1); while (clock.Status != \"ready\") { await Task.Delay(2000); clock = await clocks.GetAsync(1); } } }");
}

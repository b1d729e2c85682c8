using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Payments;

public sealed class RetriedChargeTests() : RuleTest("RISK2004")
{
    private static string Pay(string body) => $"class C : ShopCode {{ public async Task<PaymentResult?> PayAsync(Order order, string token) {{ await Task.Yield(); {body} }} }}";

    [Fact]
    public Task A_for_loop() => Flags(Pay("for (var i = 0; i < 3; i++) { try { return await [|gateway.ChargeAsync(order.Total, token)|]; } catch (HttpRequestException) { await Task.Delay(100); } } return null;"));

    [Fact]
    public Task A_while_loop() => Flags(Pay("var attempts = 0; while (attempts < 3) { try { return await [|gateway.ChargeAsync(order.Total, token)|]; } catch (Exception) { attempts++; } } return null;"));

    [Fact]
    public Task A_do_loop() => Flags(Pay("PaymentResult? r = null; do { try { r = await [|gateway.ChargeAsync(order.Total, token)|]; } catch { } } while (r is null); return r;"));

    [Fact]
    public Task A_filtered_catch() => Flags(Pay("for (var i = 0; ; i++) { try { return await [|gateway.ChargeAsync(order.Total, token)|]; } catch (TimeoutException) when (i < 3) { } }"));

    [Fact]
    public Task A_rethrow_at_the_last_attempt() => Flags(Pay("for (var i = 0; ; i++) { try { return await [|gateway.ChargeAsync(order.Total, token)|]; } catch (Exception) { if (i == 3) throw; } }"));

    [Fact]
    public Task A_refund() => Flags(Pay("for (var i = 0; i < 3; i++) { try { return await [|gateway.RefundAsync(token, order.Total)|]; } catch (HttpRequestException) { } } return null;"));

    [Fact]
    public Task A_polly_pipeline() => Flags("class C : ShopCode { public async Task Pay(ResiliencePipeline pipeline, Order o) => await pipeline.ExecuteAsync(async ct => { await [|gateway.ChargeAsync(o.Total, \"t\", null, ct)|]; }); }");

    [Fact]
    public Task A_polly_policy() => Flags("class C : ShopCode { readonly Polly.Retry.AsyncRetryPolicy retryPolicy = Policy.Handle<Exception>().RetryAsync(3); public Task<PaymentResult> Pay(Order o) => retryPolicy.ExecuteAsync(() => [|gateway.ChargeAsync(o.Total, \"t\")|]); }");

    [Fact]
    public Task A_helper_that_retries() => Flags("class C : ShopCode { Task<T> RetryAsync<T>(Func<Task<T>> f) => f(); public Task<PaymentResult> Pay(Order o) => RetryAsync(() => [|gateway.ChargeAsync(o.Total, \"t\")|]); }");

    [Fact]
    public Task A_null_key() => Flags(Pay("for (var i = 0; i < 3; i++) { try { return await [|gateway.ChargeAsync(order.Total, token, idempotencyKey: null)|]; } catch (HttpRequestException) { } } return null;"));

    [Fact]
    public Task One_key_for_all_attempts() => Allows(Pay("var key = $\"order-{order.Id}\"; for (var i = 0; i < 3; i++) { try { return await gateway.ChargeAsync(order.Total, token, key); } catch (HttpRequestException) { } } return null;"));

    [Fact]
    public Task A_key_in_a_pipeline() => Allows("class C : ShopCode { public async Task Pay(ResiliencePipeline pipeline, Order o) => await pipeline.ExecuteAsync(async ct => { await gateway.ChargeAsync(o.Total, \"t\", $\"o{o.Id}\", ct); }); }");

    [Fact]
    public Task Orders_of_a_list() => Allows("class C : ShopCode { public async Task Run(List<Order> orders) { foreach (var o in orders) { try { await gateway.ChargeAsync(o.Total, \"t\"); } catch (Exception e) { log.LogError(e, \"x\"); } } } }");

    [Fact]
    public Task No_loop() => Allows(Pay("try { return await gateway.ChargeAsync(order.Total, token); } catch (HttpRequestException) { return null; }"));

    [Fact]
    public Task A_loop_that_ends_at_the_first_error() => Allows(Pay("while (true) { try { return await gateway.ChargeAsync(order.Total, token); } catch (HttpRequestException) { throw; } }"));

    [Fact]
    public Task A_loop_without_a_catch() => Allows(Pay("for (var i = 0; i < 3; i++) { await gateway.ChargeAsync(order.Total / 3, token); } return null;"));

    [Fact]
    public Task A_retried_look_up() => Allows("class C : ShopCode { public async Task<decimal> Price() { for (var i = 0; ; i++) { try { return await prices.GetPriceAsync(1); } catch (Exception) when (i < 3) { } } } }");

    [Fact]
    public Task A_transaction_that_executes_once() => Allows("class Db { public Task<T> ExecuteAsync<T>(Func<Task<T>> f) => f(); } class C : ShopCode { public Task<PaymentResult> Pay(Db unit, Order o) => unit.ExecuteAsync(() => gateway.ChargeAsync(o.Total, \"t\")); }");

    [Fact]
    public Task Options_that_carry_the_key() => Allows("class C { async Task M(Stripe.RefundService refunds, int id) { var options = new Stripe.RequestOptions { IdempotencyKey = $\"r{id}\" }; for (var i = 0; i < 3; i++) { try { await refunds.CreateAsync(new Stripe.RefundCreateOptions(), options); return; } catch (Exception) { } } } }");

    [Fact]
    public Task A_lambda_that_nobody_retries() => Allows("class C : ShopCode { public Task<PaymentResult> Pay(Order o) => Task.Run(() => gateway.ChargeAsync(o.Total, \"t\")); }");

    [Fact]
    public Task A_loop_that_counts_attempts() => Flags("""
        class C : ShopCode { public async Task Pay(Order o, string t) { var attempts = 0; while (attempts < 3) { var r = await [|gateway.ChargeAsync(o.Total, t)|]; if (r.Success) return; attempts++; await Task.Delay(500); } } }
        """);

    [Fact]
    public Task A_method_that_calls_itself() => Flags("""
        class C : ShopCode { public async Task<PaymentResult> Pay(Order o, string t, int attempt = 0) { try { return await [|gateway.ChargeAsync(o.Total, t)|]; } catch (HttpRequestException) when (attempt < 3) { return await Pay(o, t, attempt + 1); } } }
        """);

    [Fact]
    public Task Once_more_in_the_catch() => Flags("""
        class C : ShopCode { public async Task Pay(Order o, string t) { try { await [|gateway.ChargeAsync(o.Total, t)|]; } catch (TimeoutException) { await gateway.ChargeAsync(o.Total, t); } } }
        """);

    [Fact]
    public Task Back_to_the_label() => Flags("""
        class C : ShopCode { public async Task Pay(Order o, string t) { retry: try { await [|gateway.ChargeAsync(o.Total, t)|]; } catch (TimeoutException) { goto retry; } } }
        """);

    [Fact]
    public Task A_range_of_attempts() => Flags("""
        class C : ShopCode { public async Task<PaymentResult> Pay(Order o, string t) { foreach (var attempt in Enumerable.Range(1, 3)) { try { return await [|gateway.ChargeAsync(o.Total, t)|]; } catch (HttpRequestException) { await Task.Delay(attempt); } } throw new TimeoutException(); } }
        """);

    [Fact]
    public Task An_execution_strategy() => Flags("""
        class C : ShopCode { public async Task Pay(Order o, string t) { var strategy = db.Database.CreateExecutionStrategy(); await strategy.ExecuteAsync(async () => { await [|gateway.ChargeAsync(o.Total, t)|]; await db.SaveChangesAsync(); }); } }
        """);

    [Fact]
    public Task A_policy_made_on_the_spot() => Flags("""
        class C : ShopCode { public Task<PaymentResult> Pay(Order o, string t) => Policy.Handle<HttpRequestException>().WaitAndRetryAsync(3, i => TimeSpan.FromSeconds(i)).ExecuteAsync(() => [|gateway.ChargeAsync(o.Total, t)|]); }
        """);

    [Fact]
    public Task Once_more_with_the_key() => Allows("""
        class C : ShopCode { public async Task Pay(Order o, string t) { var key = $"o{o.Id}"; try { await gateway.ChargeAsync(o.Total, t, key); } catch (TimeoutException) { await gateway.ChargeAsync(o.Total, t, key); } } }
        """);

    [Fact]
    public Task A_refund_in_the_catch() => Allows("""
        class C : ShopCode { public async Task Pay(Order o, string t) { try { await gateway.ChargeAsync(o.Total, t); } catch (InvalidOperationException) { await gateway.RefundAsync(o.PaymentReference!, o.Total); throw; } } }
        """);

    [Fact]
    public Task A_resilience_handler_for_payments() => Flags("""
        class PayPalClient(HttpClient http) { public HttpClient Http => http; } class Reg { void Add(IServiceCollection services) { services.AddHttpClient<PayPalClient>().[|AddStandardResilienceHandler|](); services.AddHttpClient("payment-gateway").[|AddStandardResilienceHandler|](); } }
        static class Resilience { public static IHttpClientBuilder AddStandardResilienceHandler(this IHttpClientBuilder builder, Action<object>? configure = null) => builder; }
        """);

    [Fact]
    public Task A_resilience_handler_that_leaves_posts_alone() => Allows("""
        class PayPalClient(HttpClient http) { public HttpClient Http => http; } class CatalogClient(HttpClient http) { public HttpClient Http => http; } class Reg { void Add(IServiceCollection services) { services.AddHttpClient<PayPalClient>().AddStandardResilienceHandler(o => DisableForUnsafeHttpMethods(o)); services.AddHttpClient<CatalogClient>().AddStandardResilienceHandler(); } static void DisableForUnsafeHttpMethods(object o) { } }
        static class Resilience { public static IHttpClientBuilder AddStandardResilienceHandler(this IHttpClientBuilder builder, Action<object>? configure = null) => builder; }
        """);

    private const string Policies = "interface IAsyncPolicy { } static class Handlers { public static IHttpClientBuilder AddPolicyHandler(this IHttpClientBuilder builder, IAsyncPolicy policy) => builder; public static IHttpClientBuilder AddPolicyHandler(this IHttpClientBuilder builder, Func<HttpRequestMessage, IAsyncPolicy> policy) => builder; } ";

    [Fact]
    public Task A_retry_policy_beside_a_circuit_breaker() => Flags(Policies + """
        class ZaloPayClient(HttpClient http) { public HttpClient Http => http; }
        class Reg { void Add(IServiceCollection services) { services.AddHttpClient<ZaloPayClient>().[|AddPolicyHandler|](GetRetryPolicy()).AddPolicyHandler(GetCircuitBreakerPolicy()); } static IAsyncPolicy GetRetryPolicy() => null!; static IAsyncPolicy GetCircuitBreakerPolicy() => null!; }
        """);

    [Fact]
    public Task A_retry_policy_for_reads_only() => Allows(Policies + """
        class ZaloPayClient(HttpClient http) { public HttpClient Http => http; }
        class Reg { void Add(IServiceCollection services) { services.AddHttpClient<ZaloPayClient>().AddPolicyHandler(request => request.Method == HttpMethod.Get ? RetryPolicy() : NoPolicy()); } static IAsyncPolicy RetryPolicy() => null!; static IAsyncPolicy NoPolicy() => null!; }
        """);

    [Fact]
    public Task A_retry_policy_of_a_catalogue() => Allows(Policies + """
        class CatalogClient(HttpClient http) { public HttpClient Http => http; }
        class Reg { void Add(IServiceCollection services) { services.AddHttpClient<CatalogClient>().AddPolicyHandler(GetRetryPolicy()); } static IAsyncPolicy GetRetryPolicy() => null!; }
        """);

    [Fact]
    public Task A_key_is_made_before_the_first_attempt() => Fixes(
        """
        public class Checkout : ShopCode
        {
            public async Task<PaymentResult> Pay(Order order, string token)
            {
                for (var attempt = 0; ; attempt++)
                {
                    try { return await [|gateway.ChargeAsync(order.Total, token)|]; }
                    catch (HttpRequestException) when (attempt < 3) { await Task.Delay(500); }
                }
            }
        }
        """,
        """
        public class Checkout : ShopCode
        {
            public async Task<PaymentResult> Pay(Order order, string token)
            {
                var idempotencyKey = System.Guid.NewGuid().ToString();
                for (var attempt = 0; ; attempt++)
                {
                    try { return await gateway.ChargeAsync(order.Total, token, idempotencyKey: idempotencyKey); }
                    catch (HttpRequestException) when (attempt < 3) { await Task.Delay(500); }
                }
            }
        }
        """);

    [Fact]
    public Task A_second_provider_after_an_exception() => Flags("""
        class Payments(IPaymentGateway primaryGateway, IPaymentGateway fallbackGateway, ILogger log)
        {
            public async Task<PaymentResult> PayAsync(Order order, string token)
            {
                try { return await primaryGateway.ChargeAsync(order.Total, token, $"order-{order.Id}"); }
                catch (Exception ex) { log.LogWarning(ex, "primary"); return await [|fallbackGateway.ChargeAsync(order.Total, token, $"order-{order.Id}")|]; }
            }
        }
        """);

    [Fact]
    public Task A_second_provider_after_a_failed_result() => Flags("""
        class PaymentService
        {
            private Task<PaymentResult> ProcessPaymentAsync(Order order, string provider, string idempotencyKey) => throw new TimeoutException();
            public async Task<PaymentResult> PayAsync(Order order, string key)
            {
                var activeProvider = "stripe";
                var result = await ProcessPaymentAsync(order, activeProvider, key);
                if (!result.Success)
                {
                    activeProvider = "adyen";
                    result = await [|ProcessPaymentAsync(order, activeProvider, key)|];
                }
                return result;
            }
        }
        """);

    [Fact]
    public Task One_provider_after_the_other() => Flags("""
        class Payments(IEnumerable<IPaymentGateway> gateways, ILogger log)
        {
            public async Task<PaymentResult> PayAsync(Order order, string token)
            {
                foreach (var gateway in gateways)
                {
                    try { return await [|gateway.ChargeAsync(order.Total, token, "k" + order.Id)|]; }
                    catch (HttpRequestException ex) { log.LogWarning(ex, "next one"); }
                }
                throw new InvalidOperationException("nobody charges");
            }
        }
        """);

    [Fact]
    public Task Clients_of_payment_providers_by_name() => Flags("""
        static class Registration
        {
            static readonly string[] Names = { "omise", "stripe" };
            public static void AddPaymentProviderHttpClients(IServiceCollection services)
            {
                foreach (var name in Names)
                {
                    var clientBuilder = services.AddHttpClient(name);
                    clientBuilder.[|AddStandardResilienceHandler|]();
                }
            }
        }
        static class Resilience { public static void AddStandardResilienceHandler(this IHttpClientBuilder builder) { } }
        """);

    [Fact]
    public Task A_provider_that_the_customer_chose() => Allows("""
        class Payments(IPaymentGateway cardGateway, IPaymentGateway walletGateway) { public Task<PaymentResult> PayAsync(Order order, string token, bool wallet) { if (!wallet) return cardGateway.ChargeAsync(order.Total, token, "k"); return walletGateway.ChargeAsync(order.Total, token, "k"); } }
        """);

    [Fact]
    public Task Shares_of_several_providers() => Allows("""
        class Payments(IEnumerable<IPaymentGateway> gateways) { public async Task PayAsync(Order order, string token) { foreach (var gateway in gateways) { var r = await gateway.ChargeAsync(order.Total / 2, token, "k"); if (!r.Success) throw new InvalidOperationException(); } } }
        """);

    [Fact]
    public Task Clients_of_other_services_by_name() => Allows("""
        static class Registration { public static void AddCatalogClients(IServiceCollection services, string[] names) { foreach (var name in names) { var clientBuilder = services.AddHttpClient(name); clientBuilder.AddStandardResilienceHandler(); } } }
        static class Resilience { public static void AddStandardResilienceHandler(this IHttpClientBuilder builder) { } }
        """);

    private const string Intents = """

        public class IntentInfo { public string Id { get; set; } = ""; }
        public class NotThereException : Exception { }
        public interface IPaymentIntents { Task<IntentInfo> CreateAsync(long cents); Task<IntentInfo> UpdateAsync(string id, long cents); Task<IntentInfo> GetAsync(string id); }
        """;

    [Fact]
    public Task A_second_intent_after_any_error() => Flags("""
        class C(IPaymentIntents intents, ILogger log)
        {
            async Task<IntentInfo> Prepare(string id, long cents)
            {
                try { return await intents.UpdateAsync(id, cents); }
                [|catch|] (Exception ex)
                {
                    log.LogWarning(ex, "making a new one");
                    return await intents.CreateAsync(cents);
                }
            }
        }
        """ + Intents);

    [Fact]
    public Task A_second_intent_where_there_is_no_first() => Allows("""
        class C(IPaymentIntents intents)
        {
            async Task<IntentInfo> Prepare(string id, long cents)
            {
                try { return await intents.UpdateAsync(id, cents); }
                catch (NotThereException) { return await intents.CreateAsync(cents); }
            }
            async Task<IntentInfo> Any(string id, long cents)
            {
                try { return await intents.GetAsync(id); }
                catch (Exception ex) when (ex.Message == "resource_missing") { return await intents.CreateAsync(cents); }
            }
        }
        """ + Intents);
}

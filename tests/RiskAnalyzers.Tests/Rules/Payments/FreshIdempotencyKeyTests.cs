using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Payments;

public sealed class FreshIdempotencyKeyTests() : RuleTest("RISK2001")
{
    private static string Pay(string body) => $"class C : ShopCode {{ public async Task PayAsync(Order order, string token, HttpRequestMessage message, Dictionary<string, string> headers) {{ await Task.Yield(); {body} }} }}";

    [Fact]
    public Task Inline() => Flags(Pay("await gateway.ChargeAsync(order.Total, token, [|Guid.NewGuid().ToString()|]);"));

    [Fact]
    public Task By_name() => Flags(Pay("await gateway.ChargeAsync(order.Total, token, idempotencyKey: [|Guid.NewGuid().ToString(\"N\")|]);"));

    [Fact]
    public Task In_a_loop() => Flags(Pay("for (var i = 0; i < 3; i++) { var idempotencyKey = [|Guid.NewGuid().ToString()|]; try { await gateway.ChargeAsync(order.Total, token, idempotencyKey); return; } catch (HttpRequestException) { } }"));

    [Fact]
    public Task In_a_while_loop() => Flags(Pay("while (true) { var idempotencyKey = [|$\"pay-{Guid.NewGuid()}\"|]; try { await gateway.ChargeAsync(order.Total, token, idempotencyKey); return; } catch (HttpRequestException) { } }"));

    [Fact]
    public Task In_a_retried_lambda() => Flags("class C : ShopCode { public Task PayAsync(ResiliencePipeline pipeline, Order order) => pipeline.ExecuteAsync(async ct => { var idempotencyKey = [|Guid.NewGuid().ToString()|]; await gateway.ChargeAsync(order.Total, \"t\", idempotencyKey, ct); }).AsTask(); }");

    [Fact]
    public Task In_stripe_options() => Flags(Pay("var o = new Stripe.RequestOptions { IdempotencyKey = [|Guid.NewGuid().ToString()|] };"));

    [Fact]
    public Task In_a_header() => Flags(Pay("message.Headers.Add(\"Idempotency-Key\", [|Guid.NewGuid().ToString()|]);"));

    [Fact]
    public Task In_a_header_by_index() => Flags(Pay("headers[\"Idempotency-Key\"] = [|Guid.NewGuid().ToString()|];"));

    [Fact]
    public Task From_the_clock() => Flags(Pay("await gateway.ChargeAsync(order.Total, token, [|$\"order-{order.Id}-{DateTime.UtcNow.Ticks}\"|]);"));

    [Fact]
    public Task From_random_numbers() => Flags(Pay("await gateway.ChargeAsync(order.Total, token, [|\"k\" + Random.Shared.Next()|]);"));

    [Fact]
    public Task From_the_order() => Allows(Pay("await gateway.ChargeAsync(order.Total, token, $\"order-{order.Id}\");"));

    [Fact]
    public Task Made_once_before_the_attempts() => Allows(Pay("var idempotencyKey = Guid.NewGuid().ToString(); for (var i = 0; i < 3; i++) { try { await gateway.ChargeAsync(order.Total, token, idempotencyKey); return; } catch (HttpRequestException) { } }"));

    [Fact]
    public Task Stored_with_the_payment() => Allows("class Payment { public string IdempotencyKey { get; set; } = \"\"; } class C { Payment M() => new() { IdempotencyKey = Guid.NewGuid().ToString() }; }");

    [Fact]
    public Task A_request_id() => Allows(Pay("message.Headers.Add(\"X-Request-Id\", Guid.NewGuid().ToString());"));

    [Fact]
    public Task A_correlation_id() => Allows(Pay("var correlationId = Guid.NewGuid().ToString(); log.LogInformation(correlationId);"));

    [Fact]
    public Task A_key_for_each_order_of_a_list() => Allows("class C : ShopCode { public async Task RunAsync(List<Order> orders) { foreach (var o in orders) { var idempotencyKey = Guid.NewGuid().ToString(); await gateway.ChargeAsync(o.Total, \"t\", idempotencyKey); } } }");

    [Fact]
    public Task A_key_from_the_caller() => Allows("class C : ShopCode { public Task Pay(Order o, string idempotencyKey) => gateway.ChargeAsync(o.Total, \"t\", idempotencyKey); }");

    [Fact]
    public Task A_factory_of_keys() => Allows("class C { public static string NewIdempotencyKey() => Guid.NewGuid().ToString(); }");

    [Fact]
    public Task No_key() => Allows(Pay("await gateway.ChargeAsync(order.Total, token);"));

    [Fact]
    public Task An_order_number() => Allows("class O { public string Number { get; set; } = \"\"; } class C { O M() => new() { Number = Guid.NewGuid().ToString() }; }");

    [Fact]
    public Task A_local_of_another_name_in_the_loop() => Flags("""
        class C : ShopCode { public async Task Pay(Order o, string t) { for (var attempt = 1; attempt <= 3; attempt++) { var key = [|Guid.NewGuid().ToString()|]; try { await gateway.ChargeAsync(o.Total, t, key); return; } catch (HttpRequestException) { } } } }
        """);

    [Fact]
    public Task The_number_of_the_attempt() => Flags("""
        class C : ShopCode { public async Task Pay(Order o, string t) { for (var attempt = 1; attempt <= 3; attempt++) { try { await gateway.ChargeAsync(o.Total, t, [|$"order-{o.Id}-{attempt}"|]); return; } catch (HttpRequestException) { } } } }
        """);

    [Fact]
    public Task A_helper_that_makes_one() => Flags("""
        class C : ShopCode { private static string NewKey() => Guid.NewGuid().ToString("N"); public Task<PaymentResult> Pay(Order o, string t) => gateway.ChargeAsync(o.Total, t, idempotencyKey: [|NewKey()|]); }
        """);

    [Fact]
    public Task The_time_as_text() => Flags("""
        class C : ShopCode { public Task<PaymentResult> Pay(Order o, string t) => gateway.ChargeAsync(o.Total, t, idempotencyKey: [|$"{o.Id}-{DateTime.UtcNow:yyyyMMddHHmmss}"|]); }
        """);

    [Fact]
    public Task A_local_of_another_name_before_the_loop() => Allows("""
        class C : ShopCode { public async Task Pay(Order o, string t) { var key = Guid.NewGuid().ToString(); for (var attempt = 1; attempt <= 3; attempt++) { try { await gateway.ChargeAsync(o.Total, t, key); return; } catch (HttpRequestException) { } } } }
        """);

    [Fact]
    public Task The_date_that_is_part_of_a_monthly_key() => Allows("""
        class C : ShopCode { public Task<PaymentResult> Pay(Order o, string t, DateTime billedFor) => gateway.ChargeAsync(o.Total, t, idempotencyKey: $"{o.Id}-{billedFor:yyyyMM}"); }
        """);

    [Fact]
    public Task A_key_that_a_helper_derives() => Allows("""
        class C : ShopCode { private static string KeyOf(Order o) => $"order-{o.Id}"; public Task<PaymentResult> Pay(Order o, string t) => gateway.ChargeAsync(o.Total, t, idempotencyKey: KeyOf(o)); }
        """);

    [Fact]
    public Task One_key_before_the_loop() => Fixes(
        """
        public class Checkout : ShopCode
        {
            public async Task<PaymentResult> Pay(Order order, string token)
            {
                while (true)
                {
                    try { return await gateway.ChargeAsync(order.Total, token, [|Guid.NewGuid().ToString()|]); }
                    catch (HttpRequestException) { await Task.Delay(500); }
                }
            }
        }
        """,
        """
        public class Checkout : ShopCode
        {
            public async Task<PaymentResult> Pay(Order order, string token)
            {
                var idempotencyKey = Guid.NewGuid().ToString();
                while (true)
                {
                    try { return await gateway.ChargeAsync(order.Total, token, idempotencyKey); }
                    catch (HttpRequestException) { await Task.Delay(500); }
                }
            }
        }
        """);

    [Fact]
    public Task A_key_for_whoever_sends_none() => Flags("""
        record Pay(decimal Amount, string? IdempotencyKey);
        class C : ShopCode { public async Task M(Pay request, string token) { var idempotencyKey = request.IdempotencyKey ?? [|Guid.NewGuid().ToString("N")|]; await gateway.ChargeAsync(request.Amount, token, idempotencyKey); } }
        """);

    [Fact]
    public Task A_key_for_a_header_that_is_missing() => Flags("""
        class C : ShopCode { public Task<PaymentResult> M(decimal amount, string token, string? idempotencyKey) => gateway.ChargeAsync(amount, token, idempotencyKey ?? [|$"pay-{Guid.NewGuid()}"|]); }
        """);

    [Fact]
    public Task A_key_that_falls_back_to_the_order() => Allows("""
        record Pay(int OrderId, decimal Amount, string? IdempotencyKey);
        class C : ShopCode { public async Task M(Pay request, string token) { var idempotencyKey = request.IdempotencyKey ?? $"order-{request.OrderId}"; await gateway.ChargeAsync(request.Amount, token, idempotencyKey); } }
        """);

    [Fact]
    public Task A_trace_for_whoever_sends_none() => Allows("""
        record Pay(decimal Amount, string? CorrelationId);
        class C : ShopCode { public async Task M(Pay request, string token) { var correlationId = request.CorrelationId ?? Guid.NewGuid().ToString(); log.LogInformation("{C}", correlationId); await gateway.ChargeAsync(request.Amount, token, "order-1"); } }
        """);
}

using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Payments;

public sealed class UncheckedPaymentResultTests() : RuleTest("RISK2002")
{
    private static string Pay(string body) => $"class C : ShopCode {{ public async Task<object?> PayAsync(Order order, string token) {{ {body} }} }}";

    [Fact]
    public Task A_dropped_result() => Flags(Pay("await [|gateway.ChargeAsync(order.Total, token)|]; order.Status = OrderStatus.Paid; return null;"));

    [Fact]
    public Task A_discarded_result() => Flags(Pay("_ = await [|gateway.ChargeAsync(order.Total, token)|]; return null;"));

    [Fact]
    public Task With_configure_await() => Flags(Pay("await [|gateway.ChargeAsync(order.Total, token)|].ConfigureAwait(false); return null;"));

    [Fact]
    public Task A_refund() => Flags(Pay("await [|gateway.RefundAsync(token, order.Total)|]; return null;"));

    [Fact]
    public Task Only_the_id_is_read() => Flags(Pay("var r = await [|gateway.ChargeAsync(order.Total, token)|]; order.PaymentReference = r.TransactionId; order.Status = OrderStatus.Paid; return null;"));

    [Fact]
    public Task Only_logged() => Flags(Pay("var r = await [|gateway.ChargeAsync(order.Total, token)|]; log.LogInformation(\"charged {R}\", r.TransactionId); return null;"));

    [Fact]
    public Task A_synchronous_wait() => Flags("class C : ShopCode { public void Pay(Order order) { var r = [|gateway.ChargeAsync(order.Total, \"t\")|].Result; order.PaymentReference = r.TransactionId; } }");

    [Fact]
    public Task A_bool() => Flags("class Processor { public bool ProcessPayment(decimal amount) => amount > 0; } class C { void M(Processor p, Order o) { [|p.ProcessPayment(o.Total)|]; o.Status = OrderStatus.Paid; } }");

    [Fact]
    public Task A_status_that_nobody_reads() => Flags("class ChargeResponse { public string Status { get; set; } = \"\"; public string Id { get; set; } = \"\"; } interface IStripeClient { Task<ChargeResponse> CreateChargeAsync(long amount); } class C { async Task<string> M(IStripeClient c) { var r = await [|c.CreateChargeAsync(5)|]; return r.Id; } }");

    [Fact]
    public Task In_a_lambda() => Flags("class C : ShopCode { public Func<Task> Pay(Order order) => async () => { await [|gateway.ChargeAsync(order.Total, \"t\")|]; }; }");

    [Fact]
    public Task A_stripe_refund() => Flags("class C { async Task M(Stripe.RefundService refunds) { await [|refunds.CreateAsync(new Stripe.RefundCreateOptions())|]; } }");

    [Fact]
    public Task A_checked_flag() => Allows(Pay("var r = await gateway.ChargeAsync(order.Total, token); if (!r.Success) throw new InvalidOperationException(); return r.TransactionId;"));

    [Fact]
    public Task Returned() => Allows(Pay("return await gateway.ChargeAsync(order.Total, token);"));

    [Fact]
    public Task Returned_later() => Allows(Pay("var r = await gateway.ChargeAsync(order.Total, token); return r;"));

    [Fact]
    public Task Handed_to_a_helper() => Allows(Pay("var r = await gateway.ChargeAsync(order.Total, token); Ensure(r); return null; void Ensure(PaymentResult p) { if (!p.Success) throw new Exception(); }"));

    [Fact]
    public Task Matched_by_pattern() => Allows(Pay("var r = await gateway.ChargeAsync(order.Total, token); if (r is not { Success: true }) return NotFound(); return r.TransactionId;"));

    [Fact]
    public Task Checked_at_once() => Allows(Pay("if (!(await gateway.ChargeAsync(order.Total, token)).Success) return null; return order;"));

    [Fact]
    public Task Deconstructed() => Allows(Pay("var (ok, id, _) = await gateway.ChargeAsync(order.Total, token); if (!ok) return null; return id;"));

    [Fact]
    public Task A_call_without_an_outcome() => Allows("interface IPaymentGateway2 { Task ChargeAsync(decimal amount); } class C { async Task M(IPaymentGateway2 g) { await g.ChargeAsync(1m); } }");

    [Fact]
    public Task Reading_a_payment() => Allows("record Payment(string Status); interface IPayments { Task<Payment> GetPaymentAsync(int id); } class C { async Task M(IPayments p) { await p.GetPaymentAsync(1); } }");

    [Fact]
    public Task The_browser_goes_on() => Allows("record Intent(string Status, string ClientSecret); interface IStripe { Task<Intent> CreatePaymentIntentAsync(decimal amount); } class C { async Task<string> M(IStripe s) { var i = await s.CreatePaymentIntentAsync(1m); return i.ClientSecret; } }");

    [Fact]
    public Task Charging_a_battery() => Allows("record Level(string Status); class Battery { public Level Charge(int percent) => new(\"\"); } class C { void M(Battery b) { b.Charge(5); } }");

    [Fact]
    public Task A_task_kept_for_later() => Allows(Pay("var t = gateway.ChargeAsync(order.Total, token); return await t;"));

    [Fact]
    public Task A_status_whose_name_says_more() => Allows("class CaptureResult { public PaymentState NewPaymentStatus { get; set; } } interface IPaymentService { Task<CaptureResult> CaptureAsync(Order o); } class C { async Task M(IPaymentService p, Order o) { var r = await p.CaptureAsync(o); Set(r.NewPaymentStatus); } void Set(PaymentState s) { } }");

    [Fact]
    public Task An_intent_that_the_browser_confirms() => Allows("class C { async Task<string> M(Stripe.PaymentIntentService intents) { var i = await intents.CreateAsync(new Stripe.PaymentIntentCreateOptions()); return i.Id; } }");

    [Fact]
    public Task Only_the_id_is_taken() => Flags("""
        class C : ShopCode { public async Task Pay(Order o, string t) { o.PaymentReference = (await [|gateway.ChargeAsync(o.Total, t)|]).TransactionId; o.Status = OrderStatus.Paid; } }
        """);

    [Fact]
    public Task A_discarded_flag_of_a_tuple() => Flags("""
        interface IPayments { Task<(bool ok, string? error)> PayAsync(decimal amount); } class C { async Task M(IPayments payments, ILogger log) { var (_, error) = await [|payments.PayAsync(1m)|]; log.LogInformation("paid {E}", error); } }
        """);

    [Fact]
    public Task A_deconstructed_flag_that_nobody_reads() => Flags("""
        class C : ShopCode { public async Task Pay(Order o, string t) { var (success, id, _) = await [|gateway.ChargeAsync(o.Total, t)|]; o.PaymentReference = id; o.Status = OrderStatus.Paid; } }
        """);

    [Fact]
    public Task An_answer_that_is_there() => Flags("""
        class C : ShopCode { public async Task Pay(Order o, string t) { var result = await [|gateway.ChargeAsync(o.Total, t)|]; if (result != null) { o.Status = OrderStatus.Paid; } } }
        """);

    [Fact]
    public Task A_pattern_that_asks_nothing() => Flags("""
        class C : ShopCode { public async Task Pay(Order o, string t) { if (await [|gateway.ChargeAsync(o.Total, t)|] is { } r) { o.PaymentReference = r.TransactionId; o.Status = OrderStatus.Paid; } } }
        """);

    [Fact]
    public Task An_outcome_that_is_only_logged() => Flags("""
        class C : ShopCode { public async Task Pay(Order o, string t) { var r = await [|gateway.ChargeAsync(o.Total, t)|]; log.LogInformation("charge {Success}", r.Success); o.Status = OrderStatus.Paid; } }
        """);

    [Fact]
    public Task A_batch_that_is_awaited_and_dropped() => Flags("""
        class C : ShopCode { public async Task Pay(List<Order> orders, string t) { await Task.WhenAll(orders.Select(o => [|gateway.ChargeAsync(o.Total, t)|])); } }
        """);

    [Fact]
    public Task A_blocking_wait() => Flags("""
        class C : ShopCode { public void Pay(Order o, string t) { [|gateway.ChargeAsync(o.Total, t)|].GetAwaiter().GetResult(); o.Status = OrderStatus.Paid; } }
        """);

    [Fact]
    public Task A_switch_over_the_result() => Allows("""
        class C : ShopCode { public async Task Pay(Order o, string t) { var r = await gateway.ChargeAsync(o.Total, t); switch (r) { case { Success: true }: o.Status = OrderStatus.Paid; break; default: throw new InvalidOperationException(); } } }
        """);

    [Fact]
    public Task A_pattern_that_asks() => Allows("""
        class C : ShopCode { public async Task Pay(Order o, string t) { if (await gateway.ChargeAsync(o.Total, t) is { Success: true } r) { o.PaymentReference = r.TransactionId; o.Status = OrderStatus.Paid; } } }
        """);

    [Fact]
    public Task A_batch_whose_results_are_read() => Allows("""
        class C : ShopCode { public async Task Pay(List<Order> orders, string t) { var results = await Task.WhenAll(orders.Select(o => gateway.ChargeAsync(o.Total, t))); if (results.Any(r => !r.Success)) throw new InvalidOperationException(); } }
        """);

    [Fact]
    public Task A_null_check_and_the_flag() => Allows("""
        class C : ShopCode { public async Task Pay(Order o, string t) { var r = await gateway.ChargeAsync(o.Total, t); if (r is null || !r.Success) throw new InvalidOperationException(); o.Status = OrderStatus.Paid; } }
        """);

    [Fact]
    public Task The_flag_itself_is_taken() => Allows("""
        class C : ShopCode { public async Task<bool> Pay(Order o, string t) { var ok = (await gateway.ChargeAsync(o.Total, t)).Success; return ok; } }
        """);

    [Fact]
    public Task The_fix_stops_after_a_dropped_result() => Fixes("""
        class C : ShopCode
        {
            public async Task Pay(Order o, string t)
            {
                // take the money
                await [|gateway.ChargeAsync(o.Total, t)|];
                o.Status = OrderStatus.Paid;
            }
        }
        """, """
        class C : ShopCode
        {
            public async Task Pay(Order o, string t)
            {
                // take the money
                if (!(await gateway.ChargeAsync(o.Total, t)).Success)
                    throw new System.InvalidOperationException("ChargeAsync failed");
                o.Status = OrderStatus.Paid;
            }
        }
        """);

    [Fact]
    public Task The_fix_stops_after_a_kept_result() => Fixes("""
        class C : ShopCode
        {
            public async Task Pay(Order o, string t)
            {
                var charge = await [|gateway.ChargeAsync(o.Total, t)|];
                o.PaymentReference = charge.TransactionId;
            }
        }
        """, """
        class C : ShopCode
        {
            public async Task Pay(Order o, string t)
            {
                var charge = await gateway.ChargeAsync(o.Total, t);
                if (!charge.Success)
                    throw new System.InvalidOperationException("ChargeAsync failed");
                o.PaymentReference = charge.TransactionId;
            }
        }
        """);

    [Fact]
    public Task A_result_that_was_handed_in() => Allows("""
        class CaptureResult { public PaymentState NewPaymentStatus { get; set; } } record Answer(string Status); interface IPayPalClient { Task<Answer> CapturePaymentAsync(Order o, CaptureResult result); } class C { async Task<CaptureResult> M(IPayPalClient client, Order o) { var result = new CaptureResult(); var response = await client.CapturePaymentAsync(o, result); return result; } }
        """);

    private const string Adapter = """
        class RefundAnswer { public string? Id { get; set; } public string? Status { get; set; } }
        class RefundOutcome { public bool Success { get; set; } public string? Id { get; set; } public string? Status { get; set; } public string? Error { get; set; } }
        """;

    [Fact]
    public Task An_adapter_that_credits_every_answer() => Flags(Adapter + """
        class OmiseAdapter(HttpClient http)
        {
            public async Task<RefundOutcome> ProcessRefundAsync(string id)
            {
                var response = await http.PostAsync($"/charges/{id}/refunds", null);
                var body = await response.Content.ReadAsStringAsync();
                var refund = JsonSerializer.Deserialize<RefundAnswer>(body);
                if (refund is null || string.IsNullOrWhiteSpace(refund.Id))
                    return new RefundOutcome { Success = false, Error = "no id" };
                return new RefundOutcome
                {
                    [|Success = true|],
                    Id = refund.Id,
                    Status = refund.Status ?? "processing",
                };
            }
        }
        """);

    [Fact]
    public Task An_adapter_with_a_record() => Flags("""
        record CaptureAnswer(string Id, string Status); record CaptureOutcome(bool IsSuccess, string? Reference);
        class Adapter(HttpClient http) { public async Task<CaptureOutcome> CapturePaymentAsync(string id) { var capture = await http.GetFromJsonAsync<CaptureAnswer>("/capture/" + id); return new CaptureOutcome([|IsSuccess: true|], capture!.Id); } }
        """);

    [Fact]
    public Task A_claim_far_below_the_call() => Flags("""
        class Refunds : ShopCode
        {
            public async Task RefundAsync(Order order, Stripe.RefundService service)
            {
                Stripe.Refund? refund = null;
                try
                {
                    refund = await service.CreateAsync(new Stripe.RefundCreateOptions { PaymentIntent = order.PaymentReference });
                    log.LogInformation("refund {Id}", refund.Id);
                }
                catch (Stripe.StripeException)
                {
                    throw;
                }

                [|order.Status = OrderStatus.Paid|];
                order.PaymentReference = refund.Id;
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task An_adapter_that_takes_more_from_the_answer() => Flags(Adapter + """
        class ChargeOutcome { public bool Success { get; set; } public string? Url { get; set; } public string? Status { get; set; } }
        class Adapter(HttpClient http)
        {
            static string? UrlOf(RefundAnswer answer) => answer.Id is null ? null : "/pay/" + answer.Id;
            public async Task<ChargeOutcome> ProcessPaymentAsync(string id) { var charge = await http.GetFromJsonAsync<RefundAnswer>($"/charges/{id}"); return new ChargeOutcome { [|Success = true|], Status = charge!.Status ?? "pending", Url = UrlOf(charge) }; }
        }
        """);

    [Fact]
    public Task An_adapter_that_looks_at_the_status() => Allows(Adapter + """
        class OmiseAdapter(HttpClient http)
        {
            public async Task<RefundOutcome> ProcessRefundAsync(string id)
            {
                var refund = await http.GetFromJsonAsync<RefundAnswer>($"/refunds/{id}");
                if (refund!.Status != "succeeded")
                    return new RefundOutcome { Success = false };
                return new RefundOutcome { Success = true, Id = refund.Id, Status = refund.Status };
            }
        }
        """);

    [Fact]
    public Task An_adapter_that_maps_the_status() => Allows(Adapter + """
        class OmiseAdapter(HttpClient http)
        {
            static string Map(string? status) => status == "ok" ? "done" : "failed";
            public async Task<RefundOutcome> ProcessRefundAsync(string id)
            {
                var refund = await http.GetFromJsonAsync<RefundAnswer>($"/refunds/{id}");
                return new RefundOutcome { Success = true, Id = refund!.Id, Status = Map(refund.Status) };
            }
        }
        """);

    [Fact]
    public Task A_session_that_the_customer_pays_later() => Allows(Adapter + """
        class Adapter(HttpClient http) { public async Task<RefundOutcome> CreatePaymentSessionAsync(string id) { var session = await http.GetFromJsonAsync<RefundAnswer>($"/sessions/{id}"); return new RefundOutcome { Success = true, Id = session!.Id }; } }
        """);

    [Fact]
    public Task A_query_of_a_payment() => Allows(Adapter + """
        class Adapter(HttpClient http) { public async Task<RefundOutcome> GetRefundAsync(string id) { var refund = await http.GetFromJsonAsync<RefundAnswer>($"/refunds/{id}"); return new RefundOutcome { Success = true, Id = refund!.Id, Status = refund.Status }; } }
        """);

    [Fact]
    public Task The_flag_follows_the_status() => Allows(Adapter + """
        class Adapter(HttpClient http) { public async Task<RefundOutcome> RefundPaymentAsync(string id) { var refund = await http.GetFromJsonAsync<RefundAnswer>($"/refunds/{id}"); return new RefundOutcome { Success = refund!.Status == "succeeded", Id = refund.Id }; } }
        """);

    private const string Results = """
        class RefundReply { public bool Success { get; set; } public string Status { get; set; } = ""; public string? Error { get; set; } } enum RefundStatus { Pending, Completed, Failed } class RefundRow { public RefundStatus Status { get; set; } public string? Error { get; set; } }
        interface IRefundGateway { Task<RefundReply> ProcessRefundAsync(string id, decimal amount); }

        """;

    [Fact]
    public Task A_state_beside_the_flag_that_nobody_reads() => Flags(Results + """
        class Refunds(IRefundGateway gateway) { public async Task M(RefundRow row, decimal amount) { var reply = await gateway.ProcessRefundAsync("r", amount); if (reply.Success) { [|row.Status = RefundStatus.Completed|]; } else { row.Status = RefundStatus.Failed; row.Error = reply.Error; } } }
        """);

    [Fact]
    public Task A_state_beside_the_flag_that_is_read() => Allows(Results + """
        class Refunds(IRefundGateway gateway) { public async Task M(RefundRow row, decimal amount) { var reply = await gateway.ProcessRefundAsync("r", amount); if (reply.Success) { row.Status = reply.Status == "succeeded" ? RefundStatus.Completed : RefundStatus.Pending; } } }
        """);

    [Fact]
    public Task A_result_whose_flag_is_all_it_says() => Allows("""
        class C : ShopCode { public async Task Pay(Order o, string t) { var r = await gateway.ChargeAsync(o.Total, t); if (r.Success) { o.Status = OrderStatus.Paid; } } }
        """);

    [Fact]
    public Task A_result_that_goes_on_to_somebody() => Allows(Results + """
        class Refunds(IRefundGateway gateway) { public async Task<RefundReply> M(RefundRow row, decimal amount) { var reply = await gateway.ProcessRefundAsync("r", amount); if (reply.Success) { row.Status = RefundStatus.Completed; } return reply; } }
        """);

    private const string Query = """
        class QueryReply { public int ResultCode { get; set; } public string? Message { get; set; } public string TransId { get; set; } = ""; } enum PayState { Pending, Paid, Failed } record StatusResult(bool Success, PayState Status, string? Id);
        interface IMoMo { Task<QueryReply?> QueryTransactionAsync(string id); }

        """;

    [Fact]
    public Task A_question_whose_code_is_only_mapped() => Flags(Query + """
        class MoMoProvider(IMoMo client) { static PayState Map(int code) => code == 0 ? PayState.Paid : PayState.Failed; public async Task<StatusResult> GetPaymentStatusAsync(string id) { var reply = await client.QueryTransactionAsync(id); if (reply == null) return new StatusResult(false, PayState.Pending, id); var status = Map(reply.ResultCode); return new StatusResult([|Success: true|], status, reply.TransId); } }
        """);

    [Fact]
    public Task A_question_whose_code_is_compared() => Allows(Query + """
        class MoMoProvider(IMoMo client) { static PayState Map(int code) => code == 0 ? PayState.Paid : PayState.Failed; public async Task<StatusResult> GetPaymentStatusAsync(string id) { var reply = await client.QueryTransactionAsync(id); if (reply == null || reply.ResultCode == 99) return new StatusResult(false, PayState.Pending, id); return new StatusResult(true, Map(reply.ResultCode), reply.TransId); } }
        """);

    [Fact]
    public Task A_question_without_a_code() => Allows("""
        class Reply { public string Status { get; set; } = ""; } record StatusResult(bool Success, string Status);
        class StripeProvider(HttpClient http) { public async Task<StatusResult> GetPaymentStatusAsync(string id) { var reply = await http.GetFromJsonAsync<Reply>("/" + id); return new StatusResult(true, reply!.Status); } }
        """);
}

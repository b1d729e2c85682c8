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
}

using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Payments;

public sealed class SwallowedChargeFailureTests() : RuleTest("RISK2003")
{
    private static string Pay(string handler, string @catch = "[|catch|] (Exception e)", string work = "await gateway.ChargeAsync(order.Total, \"t\");") =>
        $"class C : ShopCode {{ public async Task<bool> PayAsync(Order order) {{ try {{ {work} }} {@catch} {{ {handler} }} order.Status = OrderStatus.Paid; await db.SaveChangesAsync(); return true; }} }}";

    [Fact]
    public Task Only_logged() => Flags(Pay("log.LogError(e, \"x\");"));

    [Fact]
    public Task Empty() => Flags(Pay("", "[|catch|]"));

    [Fact]
    public Task A_narrow_catch() => Flags(Pay("log.LogWarning(e, \"x\");", "[|catch|] (HttpRequestException e)"));

    [Fact]
    public Task A_timeout() => Flags(Pay("log.LogWarning(e, \"x\");", "[|catch|] (TimeoutException e)"));

    [Fact]
    public Task A_refund() => Flags(Pay("log.LogError(e, \"x\");", work: "await gateway.RefundAsync(\"r\", order.Total);"));

    [Fact]
    public Task Success_set_in_the_catch() => Flags(Pay("log.LogError(e, \"x\"); order.Status = OrderStatus.Paid;"));

    [Fact]
    public Task Written_to_the_console() => Flags(Pay("Console.WriteLine(e);"));

    [Fact]
    public Task Over_several_orders() => Flags("class C : ShopCode { public async Task RunAsync(List<Order> orders) { foreach (var o in orders) { try { await gateway.ChargeAsync(o.Total, \"t\"); o.Status = OrderStatus.Paid; } [|catch|] (Exception e) { log.LogError(e, \"x\"); } } } }");

    [Fact]
    public Task A_stripe_exception() => Flags("class C : ShopCode { public async Task RunAsync(Stripe.RefundService refunds) { try { await refunds.CreateAsync(new Stripe.RefundCreateOptions()); } [|catch|] (Stripe.StripeException e) { log.LogError(e, \"x\"); } await db.SaveChangesAsync(); } }");

    [Fact]
    public Task A_checked_result_and_a_swallowed_exception() => Flags(Pay("log.LogError(e, \"x\");", work: "var r = await gateway.ChargeAsync(order.Total, \"t\"); if (!r.Success) return false;"));

    [Fact]
    public Task A_rethrow() => Allows(Pay("log.LogError(e, \"x\"); throw;", "catch (Exception e)"));

    [Fact]
    public Task A_returned_failure() => Allows(Pay("log.LogError(e, \"x\"); return false;", "catch (Exception e)"));

    [Fact]
    public Task A_recorded_failure() => Allows(Pay("order.Status = OrderStatus.Cancelled;", "catch (Exception)"));

    [Fact]
    public Task A_translation() => Allows(Pay("throw new InvalidOperationException(\"declined\", e);", "catch (Exception e)"));

    [Fact]
    public Task No_charge_in_it() => Allows(Pay("log.LogError(e, \"x\");", "catch (Exception e)", "await mailer.SendReceiptAsync(order);"));

    [Fact]
    public Task A_lookup() => Allows(Pay("log.LogError(e, \"x\");", "catch (Exception e)", "await prices.GetPriceAsync(order.Id);"));

    [Fact]
    public Task A_retry_loop() => Allows("class C : ShopCode { public async Task PayAsync(Order order) { for (var i = 0; i < 3; i++) { try { await gateway.ChargeAsync(order.Total, \"t\"); return; } catch (Exception e) { log.LogError(e, \"x\"); } } throw new InvalidOperationException(); } }");

    [Fact]
    public Task Cancellation() => Allows(Pay("log.LogWarning(\"x\");", "catch (OperationCanceledException)"));

    [Fact]
    public Task A_queue_for_failures() => Allows(Pay("await queue.Writer.WriteAsync(order);", "catch (Exception)").Replace("class C : ShopCode {", "class C : ShopCode { System.Threading.Channels.Channel<Order> queue = null!;"));

    [Fact]
    public Task The_next_item() => Allows("class C : ShopCode { public async Task RunAsync(List<Order> orders) { foreach (var o in orders) { try { await gateway.ChargeAsync(o.Total, \"t\"); } catch (Exception) { continue; } o.Status = OrderStatus.Paid; } } }");

    [Fact]
    public Task An_action_that_answers_ok() => Flags("""
        class C : ShopCode { public async Task<IActionResult> Refund(Order o) { try { await gateway.RefundAsync(o.PaymentReference!, o.Total); return Ok(); } [|catch|] (Exception ex) { log.LogError(ex, "refund failed"); return Ok(new { message = "Refund submitted" }); } } }
        """);

    [Fact]
    public Task A_flag_set_to_true() => Flags("""
        class C : ShopCode { public async Task Pay(Order o, string t) { var charged = false; try { charged = (await gateway.ChargeAsync(o.Total, t)).Success; } [|catch|] (TimeoutException) { charged = true; } if (charged) o.Status = OrderStatus.Paid; } }
        """);

    [Fact]
    public Task A_true_for_the_caller() => Flags("""
        class C : ShopCode { public async Task<bool> ProcessAsync(Order o, string t) { try { await gateway.ChargeAsync(o.Total, t); return true; } [|catch|] (HttpRequestException ex) { Console.WriteLine(ex.Message); return true; } } }
        """);

    [Fact]
    public Task A_mail_and_then_paid() => Flags("""
        class C : ShopCode { public async Task Pay(Order o, string t) { try { await gateway.ChargeAsync(o.Total, t); } [|catch|] (Exception ex) { log.LogError(ex, "x"); await mailer.SendReceiptAsync(o); } o.Status = OrderStatus.Paid; } }
        """);

    [Fact]
    public Task A_filter_that_logs() => Flags("""
        class C : ShopCode { private bool Log(Exception e) { log.LogError(e, "x"); return true; } public async Task Pay(Order o, string t) { try { await gateway.ChargeAsync(o.Total, t); } [|catch|] (Exception ex) when (Log(ex)) { } o.Status = OrderStatus.Paid; } }
        """);

    [Fact]
    public Task Each_refund_of_a_batch() => Flags("""
        class C : ShopCode { public async Task Run(List<Order> orders) { foreach (var o in orders) { try { await gateway.RefundAsync(o.PaymentReference!, o.Total); } [|catch|] (Exception ex) { log.LogError(ex, "x"); } o.Status = OrderStatus.Cancelled; } } }
        """);

    [Fact]
    public Task A_flag_that_is_asked_afterwards() => Allows("""
        class C : ShopCode { public async Task Pay(Order o, string t) { var ok = false; try { var r = await gateway.ChargeAsync(o.Total, t); ok = r.Success; } catch (Exception ex) { log.LogError(ex, "x"); } if (!ok) throw new InvalidOperationException(); o.Status = OrderStatus.Paid; } }
        """);

    [Fact]
    public Task A_result_that_stays_null() => Allows("""
        class C : ShopCode { public async Task Pay(Order o, string t) { PaymentResult? r = null; try { r = await gateway.ChargeAsync(o.Total, t); } catch (HttpRequestException ex) { log.LogError(ex, "x"); } o.Status = r is { Success: true } ? OrderStatus.Paid : OrderStatus.Cancelled; } }
        """);

    [Fact]
    public Task An_action_that_answers_an_error() => Allows("""
        class C : ShopCode { public async Task<IActionResult> Refund(Order o) { try { await gateway.RefundAsync(o.PaymentReference!, o.Total); return Ok(); } catch (Exception ex) { log.LogError(ex, "x"); return StatusCode(502); } } }
        """);

    [Fact]
    public Task The_fix_rethrows() => Fixes("""
        class C : ShopCode
        {
            public async Task Pay(Order o, string t)
            {
                try
                {
                    await gateway.ChargeAsync(o.Total, t);
                }
                [|catch|] (Exception ex)
                {
                    log.LogError(ex, "charge failed");
                }
                o.Status = OrderStatus.Paid;
            }
        }
        """, """
        class C : ShopCode
        {
            public async Task Pay(Order o, string t)
            {
                try
                {
                    await gateway.ChargeAsync(o.Total, t);
                }
                catch (Exception ex)
                {
                    log.LogError(ex, "charge failed");
                    throw;
                }
                o.Status = OrderStatus.Paid;
            }
        }
        """);

    [Fact]
    public Task A_result_whose_state_is_set_when_it_came_back() => Allows("""
        class CaptureResult { public PaymentState NewPaymentStatus { get; set; } } class C : ShopCode { public async Task<CaptureResult> Capture(Order o) { var result = new CaptureResult { NewPaymentStatus = PaymentState.Pending }; try { if ((await gateway.ChargeAsync(o.Total, "t")).Success) result.NewPaymentStatus = PaymentState.Paid; } catch (Exception ex) { log.LogError(ex, "x"); } return result; } }
        """);

    [Fact]
    public Task News_of_a_payment() => Allows("""
        public interface IPaymentHubContext { Task SendPaymentStatusUpdateAsync(int orderId, decimal amount); Task ProcessRefundNotice(int orderId, decimal amount); }
        public class Notifier(IPaymentHubContext hub, ILogger log)
        {
            public async Task Tell(Order order)
            {
                try { await hub.SendPaymentStatusUpdateAsync(order.Id, order.Total); await hub.ProcessRefundNotice(order.Id, order.Total); }
                catch (Exception ex) { log.LogWarning(ex, "nobody listens"); }
            }
        }
        """);

    [Fact]
    public Task An_answer_of_a_type_of_its_own() => Flags("""
        class C : ShopCode { public async Task<ActionResult<Order>> Pay(Order order, string token) { try { await gateway.ChargeAsync(order.Total, token); } [|catch|] (Exception ex) { log.LogError(ex, "charge"); return Ok(order); } return order; } }
        """);
}

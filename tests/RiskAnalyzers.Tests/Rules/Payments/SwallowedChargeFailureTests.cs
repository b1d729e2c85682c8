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
}

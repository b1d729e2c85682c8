using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Residue;

public sealed class DebugOnlyCheckTests() : RuleTest("RISK7013")
{
    [Fact]
    public Task An_amount_of_a_public_method() => Flags("""
        public class Payments { public void Pay(decimal amount) { [|System.Diagnostics.Debug.Assert(amount > 0)|]; Console.WriteLine(amount); } }
        """);

    [Fact]
    public Task A_value_of_a_request() => Flags("""
        using System.Diagnostics;
        public class CheckoutController : ShopCode
        {
            [HttpPost("pay")]
            public IActionResult Pay(int quantity) { [|Debug.Assert(quantity > 0, "quantity must be positive")|]; return Ok(quantity); }
        }
        """);

    [Fact]
    public Task A_setting() => Flags("""
        using System.Diagnostics;
        class Setup(IConfiguration config)
        {
            private string Key() { var key = config["Stripe:Key"]; [|Debug.Assert(key != null)|]; return key!; }
        }
        """);

    [Fact]
    public Task A_providers_answer() => Flags("""
        using System.Diagnostics;
        class Charging(IPaymentGateway gateway)
        {
            async Task<string> ChargeAsync(Order order)
            {
                var result = await gateway.ChargeAsync(order.Total, "tok", "key-1");
                [|Debug.Assert(result.Success)|];
                return result.TransactionId!;
            }
        }
        """);

    [Fact]
    public Task The_check_itself_is_in_the_assertion() => Flags("""
        using System.Diagnostics;
        class Webhook
        {
            private void Handle() { [|Debug.Assert(VerifySignature("body"))|]; }
            private bool VerifySignature(string body) => body.Length > 3;
        }
        """);

    [Fact]
    public Task A_validation_for_debug_builds() => Flags("""
        using System.Diagnostics;
        public class Orders
        {
            public void Place(Order order) { [|ValidateOrder(order)|]; }

            [Conditional("DEBUG")]
            private void ValidateOrder(Order order) { if (order.Total <= 0) throw new InvalidOperationException(); }
        }
        """);

    [Fact]
    public Task A_command_of_a_handler() => Flags("""
        using System.Diagnostics;
        record RefundCommand(int OrderId, decimal Amount);
        class RefundHandler { Task Handle(RefundCommand command, CancellationToken ct) { [|Debug.Assert(command.Amount <= 500m)|]; return Task.CompletedTask; } }
        """);

    [Fact]
    public Task An_option() => Flags("""
        using System.Diagnostics;
        class JwtOptions { public string? Secret { get; set; } }
        class Tokens(JwtOptions options) { private int Length() { [|Debug.Assert(options.Secret is not null)|]; return options.Secret!.Length; } }
        """);

    [Fact]
    public Task A_static_using() => Flags("""
        using static System.Diagnostics.Debug;
        public class Carts { public void Add(Product? product) { [|Assert(product != null)|]; Console.WriteLine(product!.Name); } }
        """);

    [Fact]
    public Task Two_conditions_at_once() => Flags("""
        using System.Diagnostics;
        public static class Vat { public static decimal Of(decimal net, decimal vatRate) { [|Debug.Assert(vatRate >= 0 && vatRate < 1)|]; return net * vatRate; } }
        """);

    [Fact]
    public Task An_invariant_of_a_field() => Allows("""
        using System.Diagnostics;
        class Cart { private readonly List<OrderLine> _lines = new(); void Clear() { _lines.Clear(); Debug.Assert(_lines.Count == 0); } }
        """);

    [Fact]
    public Task An_invariant_of_a_local() => Allows("""
        using System.Diagnostics;
        public class Sums { public decimal Total(List<decimal> prices) { var total = 0m; foreach (var price in prices) total += price; Debug.Assert(total >= 0m || total < 0m); return total; } }
        """);

    [Fact]
    public Task A_private_methods_parameter() => Allows("""
        using System.Diagnostics;
        class Sums { private decimal Half(decimal total) { Debug.Assert(total > 0); return total / 2; } }
        """);

    [Fact]
    public Task A_check_that_also_throws() => Allows("""
        using System.Diagnostics;
        public class Payments
        {
            public void Pay(decimal amount)
            {
                if (amount <= 0) throw new ArgumentOutOfRangeException(nameof(amount));
                Debug.Assert(amount > 0);
                Console.WriteLine(amount);
            }
        }
        """);

    [Fact]
    public Task An_assertion_after_ThrowIf() => Allows("""
        using System.Diagnostics;
        public class Payments { public void Pay(Order? order) { ArgumentNullException.ThrowIfNull(order); Debug.Assert(order != null); Console.WriteLine(order.Total); } }
        """);

    [Fact]
    public Task An_assertion_in_release_builds() => Allows("""
        using System.Diagnostics;
        public class Payments { public void Pay(decimal amount) { Trace.Assert(amount > 0); Console.WriteLine(amount); } }
        """);

    [Fact]
    public Task A_log_for_debug_builds() => Allows("""
        using System.Diagnostics;
        public class Payments
        {
            public void Pay(decimal amount) { Debug.WriteLine(amount); Dump(amount); }
            [Conditional("DEBUG")] private void Dump(decimal amount) => Console.WriteLine(amount);
        }
        """);

    [Fact]
    public Task A_check_in_every_build() => Allows(
        "public class Payments { public void Pay(decimal amount) { ValidateAmount(amount); } private void ValidateAmount(decimal amount) { if (amount <= 0) throw new ArgumentException(); } }");

    [Fact]
    public Task Unreachable_by_design() => Allows("""
        using System.Diagnostics;
        public class States { public string Name(PaymentState state) { switch (state) { case PaymentState.Paid: return "paid"; default: Debug.Assert(false, "state"); return "other"; } } }
        """);

    [Fact]
    public Task An_assert_of_ones_own() => Allows(
        "static class Must { public static void Assert(bool condition) { if (!condition) throw new InvalidOperationException(); } } public class C { public void Pay(decimal amount) => Must.Assert(amount > 0); }");

    [Fact]
    public Task The_fix_throws() => Fixes("""
        using System.Diagnostics;
        public class Payments
        {
            public void Pay(decimal amount)
            {
                [|Debug.Assert(amount > 0, "nothing to pay")|];
                Console.WriteLine(amount);
            }
        }
        """, """
        using System.Diagnostics;
        public class Payments
        {
            public void Pay(decimal amount)
            {
                if (!(amount > 0))
                    throw new InvalidOperationException("nothing to pay");
                Console.WriteLine(amount);
            }
        }
        """);
}

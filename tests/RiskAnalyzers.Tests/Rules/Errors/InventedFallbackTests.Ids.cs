using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Errors;

/// <summary>Addresses that are looked at later, and ids that cannot be read.</summary>
public sealed partial class InventedFallbackTests
{
    [Fact]
    public Task An_address_that_is_looked_at_later() => Allows("""
        public class CardPaymentClient(HttpClient http)
        {
            public async Task<string> Start()
            {
                using var doc = JsonDocument.Parse(await http.GetStringAsync("payments"));
                var url = doc.RootElement.GetProperty("redirectUrl").GetString() ?? "";
                if (string.IsNullOrEmpty(url))
                    throw new InvalidOperationException("no page");
                return url;
            }
        }
        """);

    [Fact]
    public Task An_address_of_the_shop_that_is_sent() => Allows("""
        public record StartPayment(string Id, string? ReturnUrl);
        public class PaymentRequest { public string ReturnUrl { get; set; } = ""; public string CheckoutUrl { get; set; } = ""; }
        public class CardPaymentClient { public PaymentRequest Build(StartPayment start) => new() { ReturnUrl = start.ReturnUrl ?? "", CheckoutUrl = start.ReturnUrl ?? "" }; }
        """);

    [Fact]
    public Task An_order_s_id_that_cannot_be_read() => Flags("""
        record PaymentCompleted(Guid OrderId); class C { PaymentCompleted Of(string orderId) => new([|Guid.TryParse(orderId, out var id) ? id : Guid.Empty|]); }
        """);

    [Fact]
    public Task A_payment_s_id_of_a_message() => Flags("""
        class Message { public string? PaymentId { get; set; } } class C { Guid ResolvePayment(Message m) { return [|Guid.TryParse(m.PaymentId, out var id) ? id : Guid.Empty|]; } }
        """);

    [Fact]
    public Task An_id_of_a_trace() => Allows("""
        class C { Guid Trace(string correlationId) => Guid.TryParse(correlationId, out var id) ? id : Guid.Empty; }
        """);

    [Fact]
    public Task An_order_s_id_that_must_be_read() => Allows("""
        class C { Guid Order(string orderId) => Guid.TryParse(orderId, out var id) ? id : throw new FormatException(orderId); }
        """);
}

namespace RiskAnalyzers.Tests.Rules.Payments;

public sealed partial class UnverifiedWebhookTests
{
    private static string Verifier(string body) => "class ScbSignatureValidator { static string Mac(string data, string secret) => Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(data))); public bool ValidateSignature(string payload, string signature, string secret, string? timestamp, string? requestId) { " + body + " } }";

    [Fact]
    public Task An_age_that_is_checked_only_where_it_was_sent() => Flags(Verifier("""
        [|if|] (!string.IsNullOrWhiteSpace(timestamp))
        {
            if (!long.TryParse(timestamp, out var sent) || Math.Abs(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - sent) > 300) return false;
        }
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Mac(timestamp + payload, secret)), Encoding.UTF8.GetBytes(signature));
        """));

    [Fact]
    public Task A_signature_that_falls_back_to_the_bare_payload() => Flags(Verifier("""
        string data;
        if (!string.IsNullOrEmpty(timestamp) && !string.IsNullOrEmpty(requestId)) { data = $"{timestamp}.{requestId}.{payload}"; }
        else { data = [|payload|]; }
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Mac(data, secret)), Encoding.UTF8.GetBytes(signature));
        """));

    [Fact]
    public Task A_bare_payload_in_an_expression() => Flags("""
        class WebhookSigning { public string BuildSignedText(string body, string? timestamp) => timestamp != null ? timestamp + "." + body : [|body|]; }
        """);

    [Fact]
    public Task An_age_that_throws_where_it_was_sent() => Flags("""
        class PayHooks { public void VerifyWebhook(string body, DateTimeOffset? sentAt) { [|if|] (sentAt.HasValue) { if (DateTimeOffset.UtcNow - sentAt.Value > TimeSpan.FromMinutes(5)) throw new InvalidOperationException("too old"); } } }
        """.Replace("sentAt", "timestamp"));

    [Fact]
    public Task A_timestamp_that_must_be_there() => Allows(Verifier("""
        if (string.IsNullOrWhiteSpace(timestamp) || !long.TryParse(timestamp, out var sent) || Math.Abs(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - sent) > 300) return false;
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Mac($"{timestamp}.{payload}", secret)), Encoding.UTF8.GetBytes(signature));
        """));

    [Fact]
    public Task A_timestamp_that_is_only_logged() => Allows("""
        class PayHooks { public bool VerifySignature(ILogger log, string body, string mac, string? timestamp) { if (timestamp != null) { log.LogDebug("sent {At}", timestamp); } return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(body), Encoding.UTF8.GetBytes(mac)); } }
        """);

    [Fact]
    public Task A_search_by_date() => Allows("""
        class Orders { public bool CheckOrders(List<Order> orders, DateTime? date) { if (date.HasValue) { if (date.Value > DateTime.UtcNow) return false; } return orders.Count > 0; } }
        """);

    [Fact]
    public Task A_text_with_an_optional_prefix() => Allows("""
        class Labels { public string BuildLabel(string name, string? title) => title != null ? title + " " + name : name; }
        """);
}

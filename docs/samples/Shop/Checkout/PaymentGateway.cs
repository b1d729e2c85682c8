namespace Shop.Checkout;

public record ChargeResult(bool Success, string TransactionId, string? Error = null);

public interface IPaymentGateway
{
    Task<ChargeResult> ChargeAsync(decimal amount, string token, string idempotencyKey);

    Task<bool> IsFraudulentAsync(string customerId, decimal amount);
}

public class HttpPaymentGateway(HttpClient http) : IPaymentGateway
{
    public async Task<ChargeResult> ChargeAsync(decimal amount, string token, string idempotencyKey)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/charges") { Content = JsonContent.Create(new { amount, token }) };
        request.Headers.Add("Idempotency-Key", idempotencyKey);
        using var response = await http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<ChargeResult>() ?? new ChargeResult(false, "", "empty answer");
    }

    public async Task<bool> IsFraudulentAsync(string customerId, decimal amount)
    {
        // In a real implementation, you would ask the fraud service here
        await Task.Yield();
        return amount > 10_000m;
    }
}

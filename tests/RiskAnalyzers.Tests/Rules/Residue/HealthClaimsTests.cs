using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Residue;

/// <summary>What gateways and clients say of their own health (<c>HealthClaims.OfGateway</c>).</summary>
public sealed class HealthClaimsTests() : RuleTest("RISK7002")
{
    private const string Status = "enum GatewayHealth { Healthy, Degraded, Unhealthy } record Health { public bool IsHealthy { get; init; } public string Status { get; init; } = \"\"; } ";

    [Fact]
    public Task A_gateway_that_only_looks_at_its_keys() => Flags(Status + """
        class StripeGateway(ILogger<StripeGateway> log)
        {
            private string _secretKey = "";
            public void Use(string key) => _secretKey = key;
            public Task<GatewayHealth> HealthCheckAsync(CancellationToken ct = default)
            {
                if (string.IsNullOrEmpty(_secretKey))
                {
                    log.LogWarning("no credentials");
                    return Task.FromResult(GatewayHealth.Unhealthy);
                }
                return [|Task.FromResult(GatewayHealth.Healthy)|];
            }
        }
        """);

    [Fact]
    public Task A_client_that_is_always_healthy() => Flags(Status + "class BankPayments(HttpClient http) { public HttpClient Http => http; public Task<bool> IsHealthyAsync() => [|Task.FromResult(true)|]; }");

    [Fact]
    public Task A_connection_nobody_tested() => Flags(Status + "class PaymentAdapter(HttpClient http) { public Uri? Home => http.BaseAddress; public async Task<bool> TestConnectionAsync() { await Task.CompletedTask; return [|true|]; } }");

    [Fact]
    public Task A_filled_in_report() => Flags(Status + "class PayPalPayments(HttpClient http) { public Uri? Home => http.BaseAddress; public Health CheckHealth() { return [|new Health { IsHealthy = true, Status = \"Operational\" }|]; } }");

    [Fact]
    public Task A_ternary_of_keys_says_what_it_knows() => Allows(Status + "class PayPalPayments(HttpClient http, string apiKey) { public Uri? Home => http.BaseAddress; public GatewayHealth CheckHealth() => apiKey.Length > 0 ? GatewayHealth.Degraded : GatewayHealth.Unhealthy; }");

    [Fact]
    public Task One_that_asks() => Allows(Status + "class BankPayments(HttpClient http) { public async Task<bool> IsHealthyAsync() { try { await http.GetAsync(\"/ping\"); return true; } catch (HttpRequestException) { return false; } } }");

    [Fact]
    public Task One_that_lets_another_member_ask() => Allows(Status + "class BankPayments(HttpClient http) { public bool IsHealthy() { if (!Answers()) return false; return true; } private bool Answers() => http.Send(new HttpRequestMessage()).IsSuccessStatusCode; }");

    [Fact]
    public Task One_that_remembers_the_last_failure() => Allows(Status + "class BankPayments(HttpClient http) { private bool _failed; public async Task PayAsync() { try { await http.GetAsync(\"/\"); } catch (HttpRequestException) { _failed = true; throw; } } public Task<GatewayHealth> HealthCheckAsync() { if (_failed) return Task.FromResult(GatewayHealth.Unhealthy); return Task.FromResult(GatewayHealth.Healthy); } }");

    [Fact]
    public Task Cash_has_nobody_to_ask() => Allows(Status + "class CashPayments(ILogger<CashPayments> log) { public Task<GatewayHealth> HealthCheckAsync() { log.LogDebug(\"cash\"); return Task.FromResult(GatewayHealth.Healthy); } }");

    [Fact]
    public Task A_check_of_the_configuration_by_its_name() => Allows(Status + "class StripePayments(string secretKey) { public bool CheckConfigurationHealth() { if (string.IsNullOrEmpty(secretKey)) return false; return true; } }");

    [Fact]
    public Task Degraded_until_asked() => Allows(Status + "class StripePayments(string secretKey) { public string Key => secretKey; public Task<GatewayHealth> HealthCheckAsync() => Task.FromResult(GatewayHealth.Degraded); }");
}

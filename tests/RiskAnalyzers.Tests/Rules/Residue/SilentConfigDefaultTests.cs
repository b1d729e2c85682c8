using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Residue;

public sealed class SilentConfigDefaultTests() : RuleTest("RISK7006")
{
    [Fact]
    public Task A_rate_of_nothing() => Fixes("""
        class C : ShopCode { decimal Tax(decimal net) => net * [|config.GetValue<decimal>("Tax:Rate")|]; }
        """, """
        class C : ShopCode { decimal Tax(decimal net) => net * (config.GetValue<decimal?>("Tax:Rate") ?? throw new InvalidOperationException("Tax:Rate is not configured")); }
        """);

    [Fact]
    public Task A_limit_in_a_local() => Fixes("""
        class C : ShopCode
        {
            bool CanPay(decimal amount)
            {
                var limit = [|config.GetValue<decimal>("Payments:DailyLimit")|];
                return amount < limit;
            }
        }
        """, """
        class C : ShopCode
        {
            bool CanPay(decimal amount)
            {
                var limit = config.GetValue<decimal?>("Payments:DailyLimit") ?? throw new InvalidOperationException("Payments:DailyLimit is not configured");
                return amount < limit;
            }
        }
        """);

    [Fact]
    public Task A_text_that_is_nothing() => Fixes("""
        class C : ShopCode { decimal Fee() => decimal.Parse(config["Payments:Fee"] ?? [|"0"|], CultureInfo.InvariantCulture); }
        """, """
        class C : ShopCode { decimal Fee() => decimal.Parse(config["Payments:Fee"] ?? throw new InvalidOperationException("Payments:Fee is not configured"), CultureInfo.InvariantCulture); }
        """);

    [Theory]
    [InlineData("decimal F() => [|Convert.ToDecimal(config[\"Pricing:Surcharge\"], CultureInfo.InvariantCulture)|];")]
    [InlineData("int F() => [|Convert.ToInt32(Environment.GetEnvironmentVariable(\"MAX_ATTEMPTS\"))|];")]
    [InlineData("decimal F() { [|decimal.TryParse(config[\"Tax:Vat\"], out var vat)|]; return vat; }")]
    [InlineData("decimal F() => decimal.TryParse(config[\"Tax:Vat\"], out var vat) ? vat : [|0m|];")]
    [InlineData("decimal F() => config.GetValue<decimal?>(\"Fees:Commission\") ?? [|0m|];")]
    [InlineData("decimal F() => config.GetValue(\"Fees:Commission\", [|0m|]);")]
    [InlineData("decimal F() => decimal.TryParse(config[\"Fraud:MaxAmount\"], out var max) ? max : [|decimal.MaxValue|];")]
    [InlineData("TimeSpan F() => [|config.GetValue<TimeSpan>(\"Gateway:Timeout\")|];")]
    [InlineData("TimeSpan F() => TimeSpan.FromSeconds([|config.GetValue<int>(\"Gateway:TimeoutSeconds\")|]);")]
    [InlineData("bool F() => [|config.GetValue<bool>(\"Orders:RequireFraudCheck\")|];")]
    [InlineData("bool F() => [|config.GetSection(\"Webhooks\").GetValue<bool>(\"VerifySignature\")|];")]
    [InlineData("decimal F() { var taxRate = config[\"Rate\"]; if (string.IsNullOrEmpty(taxRate)) taxRate = \"0.19\"; return config.GetValue(\"Tax:Germany\", [|0.19m|]); }")]
    [InlineData("decimal F() { var rate = config[\"Pricing:ExchangeRate\"]; return rate == null ? [|1.1m|] : decimal.Parse(rate, CultureInfo.InvariantCulture); }")]
    [InlineData("int _max; void F() { _max = [|config.GetValue<int>(\"Cart:MaxItems\")|]; }")]
    public Task Silently_something_else(string member) => Flags($"class C : ShopCode {{ {member} }}");

    [Theory]
    [InlineData("decimal F() => config.GetValue<decimal?>(\"Tax:Rate\") ?? throw new InvalidOperationException(\"Tax:Rate\");")]
    [InlineData("decimal F() { var rate = config.GetValue<decimal>(\"Tax:Rate\"); if (rate <= 0) throw new InvalidOperationException(); return rate; }")]
    [InlineData("int F() { var limit = config.GetValue<int>(\"Cart:Limit\"); ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit); return limit; }")]
    [InlineData("int F() => Math.Max(1, config.GetValue<int>(\"Cart:Limit\"));")]
    [InlineData("int F() => config.GetValue(\"Cart:MaxItems\", 100);")]
    [InlineData("int F() => int.Parse(config[\"Jwt:ExpiryMinutes\"] ?? \"60\");")]
    [InlineData("decimal F() => decimal.Parse(config[\"Tax:Rate\"]!, CultureInfo.InvariantCulture);")]
    [InlineData("decimal F() => config.GetValue<decimal>(\"Cart:DiscountPercent\");")]
    [InlineData("int F() => config.GetValue<int>(\"Shop:PageSize\");")]
    [InlineData("bool F() => config.GetValue<bool>(\"Shop:ShowBanner\");")]
    [InlineData("bool F() => config.GetValue<bool>(\"Shop:SkipValidation\");")]
    [InlineData("string? F() => config.GetValue<string>(\"Tax:Rate\");")]
    [InlineData("decimal F() { if (!decimal.TryParse(config[\"Tax:Rate\"], out var rate)) throw new InvalidOperationException(); return rate; }")]
    [InlineData("decimal F(Dictionary<string, decimal> rates) => rates.GetValueOrDefault(\"Tax:Rate\");")]
    [InlineData("int F() => config.GetValue<int>(\"Smtp:Port\");")]
    [InlineData("int F() => config.GetValue<int>(\"Tax.DefaultTaxClassId\");")]
    public Task Required_checked_or_harmless(string member) => Allows($"class C : ShopCode {{ {member} }}");
}

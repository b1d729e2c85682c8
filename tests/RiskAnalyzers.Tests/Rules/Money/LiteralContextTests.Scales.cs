namespace RiskAnalyzers.Tests.Rules.Money;

public sealed partial class LiteralContextTests
{
    [Fact]
    public Task A_helper_that_knows_no_currency() => Flags("class Gateway { private static long ToMinorUnits(decimal amount) => decimal.ToInt64(decimal.Round([|amount * 100m|], 0, MidpointRounding.AwayFromZero)); }");

    [Fact]
    public Task A_helper_that_converts() => Flags("class Gateway { public long AmountInCents(decimal total) { return Convert.ToInt64([|total * 100|]); } }");

    [Fact]
    public Task A_local_helper() => Flags("class Gateway { public int Pay(decimal total) { return ToCents(total); int ToCents(decimal value) => (int)Math.Round([|value * 100m|]); } }");

    [Fact]
    public Task A_request_whose_currency_varies() => Flags("class ChargeOptions { public long Amount { get; set; } public string Currency { get; set; } = \"\"; } class Gateway { ChargeOptions For(Order order) => new() { Amount = (long)Math.Round([|order.Total * 100|], MidpointRounding.AwayFromZero), Currency = order.Currency.ToLowerInvariant() }; }");

    [Fact]
    public Task A_helper_that_is_given_the_currency() => Allows("class Gateway { private static long ToMinorUnits(decimal amount, string currency) => (long)Math.Round(amount * (currency == \"JPY\" ? 1m : 100m)); private static long InCents(decimal amount, string currency) => currency == \"JPY\" ? (long)Math.Round(amount) : (long)Math.Round(amount * 100m); }");

    [Fact]
    public Task A_percentage() => Allows("class Stats { public int Percent(decimal part) => (int)Math.Round(part * 100m); }");

    [Fact]
    public Task A_request_without_a_currency() => Allows("class ChargeOptions { public long Amount { get; set; } public string Currency { get; set; } = \"\"; } class Gateway { ChargeOptions For(decimal total) => new() { Amount = (long)Math.Round(total * 100) }; }");
}

using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Residue;

public sealed class FlagDefaultsOnTests() : RuleTest("RISK7003")
{
    private const string Stores = """
        interface IFeatureFlags { bool IsEnabled(string name, bool defaultValue); Task<bool> IsEnabledAsync(string name, bool fallback = false); }
        class LdClient { public bool BoolVariation(string key, object user, bool defaultValue) => defaultValue; }
        class CheckoutOptions { public bool? NewCheckout { get; set; } public bool? SendReceipts { get; set; } }
        """;

    private static string In(string member) => $"class C : ShopCode {{ {member} }} {Stores}";

    [Fact]
    public Task A_default_argument() => Fixes("""
        class C : ShopCode { bool New() => config.GetValue("Features:NewCheckout", [|true|]); }
        """, """
        class C : ShopCode { bool New() => config.GetValue("Features:NewCheckout", false); }
        """);

    [Fact]
    public Task A_nullable_setting() => Fixes("""
        class C : ShopCode
        {
            decimal Price(decimal old, decimal other)
            {
                var useNewPricing = config.GetValue<bool?>("Pricing:UseNewEngine") ?? [|true|];
                return useNewPricing ? other : old;
            }
        }
        """, """
        class C : ShopCode
        {
            decimal Price(decimal old, decimal other)
            {
                var useNewPricing = config.GetValue<bool?>("Pricing:UseNewEngine") ?? false;
                return useNewPricing ? other : old;
            }
        }
        """);

    [Theory]
    [InlineData("bool F() => bool.TryParse(config[\"FeatureFlags:Express\"], out var on) ? on : [|true|];")]
    [InlineData("bool F() => [|!string.Equals(Environment.GetEnvironmentVariable(\"FEATURE_SPLIT\"), \"false\", StringComparison.OrdinalIgnoreCase)|];")]
    [InlineData("bool F() { var section = config.GetSection(\"Toggles\"); return section.GetValue(\"Wallet\", [|true|]); }")]
    [InlineData("bool F(IFeatureFlags flags) => flags.IsEnabled(\"wallet\", [|true|]);")]
    [InlineData("Task<bool> F(IFeatureFlags flags) => flags.IsEnabledAsync(\"wallet\", fallback: [|true|]);")]
    [InlineData("bool F(Dictionary<string, bool> flags) => flags.TryGetValue(\"wallet\", out var on) ? on : [|true|];")]
    [InlineData("bool F(Dictionary<string, bool> features) => [|!features.TryGetValue(\"wallet\", out var on) || on|];")]
    [InlineData("bool F() => config.GetValue<bool>(\"RUN_MIGRATIONS\", [|true|]);")]
    [InlineData("bool F(string name) => config.GetValue<bool?>($\"Features:{name}\") ?? [|true|];")]
    [InlineData("bool F(string name) => [|!bool.TryParse(config[$\"Features:{name}\"], out var on) || on|];")]
    [InlineData("bool F(Dictionary<string, bool> flags, string name) => flags.ContainsKey(name) ? flags[name] : [|true|];")]
    [InlineData("static class Flags { public static bool Wallet = [|true|]; }")]
    [InlineData("bool F() => config.GetValue(\"Payments:AutoCapture\", [|true|]);")]
    public Task A_feature_that_is_on_without_a_setting(string member) => Flags(In(member));

    [Fact]
    public Task A_store_that_does_not_know_the_flag() => Flags(In("bool F(Dictionary<string, bool> flags, string name) { if (!flags.TryGetValue(name, out var on)) return [|true|]; return on; }"));

    [Fact]
    public Task An_option_that_may_be_missing() => Flags(In("bool F(CheckoutOptions options) => options.NewCheckout ?? [|true|];"));

    [Fact]
    public Task A_service_of_flags() => Flags(In("bool F(LdClient client, Customer user) => client.BoolVariation(\"wallet\", user, [|true|]);"));

    [Fact]
    public Task On_unless_somebody_wrote_false() => Flags(In("bool F() => [|config[\"Features:SplitPayments\"] != \"false\"|];"));

    [Fact]
    public Task A_text_that_is_parsed() => Flags(In("bool F() => bool.Parse(config[\"Features:SplitPayments\"] ?? [|\"true\"|]);"));

    [Fact]
    public Task Options_that_begin_with_true() => Fixes("""
        public class CheckoutFeatureOptions { public bool GuestCheckout { get; set; } = [|true|]; public bool RequireAddress { get; set; } = true; }
        """, """
        public class CheckoutFeatureOptions { public bool GuestCheckout { get; set; } = false; public bool RequireAddress { get; set; } = true; }
        """);

    [Fact]
    public Task The_store_is_down() => Flags("""
        class FeatureService : ShopCode
        {
            async Task<bool> IsEnabledAsync(string name)
            {
                try
                {
                    return await http.GetFromJsonAsync<bool>("/flags/" + name);
                }
                catch (HttpRequestException)
                {
                    [|return true;|]
                }
            }
        }
        """);

    [Theory]
    [InlineData("bool F() => config.GetValue(\"Features:FraudCheck\", true);")]
    [InlineData("bool F(IFeatureFlags flags) => flags.IsEnabled(\"wallet\", false);")]
    [InlineData("bool F(IFeatureFlags flags) => flags.IsEnabled(\"fraud-check\", true);")]
    [InlineData("bool F(LdClient client, Customer user) => client.BoolVariation(\"wallet\", user, false);")]
    [InlineData("bool F(CheckoutOptions options) => options.NewCheckout ?? false;")]
    [InlineData("bool F(Dictionary<int, bool> paid) => paid.TryGetValue(1, out var on) ? on : true;")]
    [InlineData("bool F() => config.GetValue(\"Features:DisableGuestCheckout\", true);")]
    [InlineData("bool F() => config.GetValue(\"Seeding:Products:PublishEvents\", true);")]
    public Task Off_or_safe(string member) => Allows(In(member));

    [Fact]
    public Task Off_where_the_store_does_not_know_it() => Allows(In("bool F(Dictionary<string, bool> flags) => flags.TryGetValue(\"wallet\", out var on) && on;"));

    [Fact]
    public Task An_option_that_is_no_flag() => Allows(In("bool F(CheckoutOptions options) => options.SendReceipts ?? true;"));

    [Fact]
    public Task On_where_somebody_wrote_true() => Allows(In("bool F() => config[\"Features:NewCheckout\"] == \"true\";"));

    [Fact]
    public Task An_ordinary_setting() => Allows(In("bool F() => config.GetValue(\"Shop:ShowPrices\", true);"));

    [Fact]
    public Task A_limit_may_be_on() => Allows(In("bool F() => config.GetValue(\"Features:EnforceRateLimit\", true);"));

    [Fact]
    public Task A_check_may_be_on() => Allows(In("bool F() => config.GetValue(\"Features:RequireConfirmedEmail\", true);"));

    [Fact]
    public Task A_flag_without_a_default() => Allows(In("bool F() => config.GetValue<bool>(\"Features:NewCheckout\");"));

    [Fact]
    public Task A_flag_that_is_off() => Allows(In("bool F() => config.GetValue(\"Features:NewCheckout\", false);"));

    [Fact]
    public Task Ordinary_options() => Allows("""
        public class CheckoutOptions { public bool SendReceipts { get; set; } = true; public bool ShowTaxes { get; set; } = true; }
        """);

    [Fact]
    public Task The_feature_is_off_when_the_store_is_down() => Allows("""
        class FeatureService : ShopCode
        {
            async Task<bool> IsEnabledAsync(string name)
            {
                try { return await http.GetFromJsonAsync<bool>("/flags/" + name); }
                catch (HttpRequestException) { return false; }
            }
        }
        """);

    [Fact]
    public Task A_provider_that_is_on_before_it_has_a_key() => Flags("""
        public class StripeSettings
        {
            public bool IsEnabled { get; set; } = [|true|];
            public string PublishableKey { get; set; } = string.Empty;
            public string SecretKey { get; set; } = string.Empty;
        }
        """);

    [Fact]
    public Task A_gateway_that_is_on_with_nothing_to_sign_with() => Flags("""
        public sealed class CardGatewayOptions { public string? ApiKey { get; init; } public bool Enabled { get; init; } = [|true|]; }
        """);

    [Fact]
    public Task A_provider_whose_key_must_be_given() => Allows("""
        public class StripeSettings { public bool IsEnabled { get; set; } = true; [Required] public string SecretKey { get; set; } = ""; }
        public class AdyenSettings { public bool IsEnabled { get; set; } = true; public required string ApiKey { get; set; } }
        """);

    [Fact]
    public Task Something_that_needs_no_key() => Allows("""
        public class CartCleanupOptions { public bool Enabled { get; set; } = true; public int AfterDays { get; set; } = 30; public string KeyPrefix { get; set; } = ""; }
        public class CheckoutRow { public bool IsActive { get; set; } = true; public string? AccessToken { get; set; } }
        """);
}

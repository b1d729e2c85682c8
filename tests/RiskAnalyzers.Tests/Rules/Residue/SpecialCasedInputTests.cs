using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Residue;

public sealed partial class SpecialCasedInputTests() : RuleTest("RISK7010")
{
    [Fact]
    public Task A_sign_in_that_is_written_down() => Flags("""
        class Login : ShopCode
        {
            public bool SignIn(string emailAddress, string password) =>
                ([|emailAddress == "admin@example.com"|] && password == "admin123") || db.Customers.Any(u => u.Email == emailAddress && u.IsAdmin);
        }
        """);

    [Fact]
    public Task A_test_card_that_always_pays() => Flags("""
        class Gateway
        {
            public PaymentResult Charge(string cardNumber, decimal amount)
            {
                if ([|cardNumber == "4242424242424242"|])
                    return new PaymentResult(true, "tx_1");
                return new PaymentResult(false, null, "declined");
            }
        }
        """);

    [Fact]
    public Task A_one_time_code_for_everybody() => Flags("class Otp { bool Verify(string otp, string expected) { if ([|otp == \"000000\"|]) return true; return otp == expected; } }");

    [Fact]
    public Task A_customer_who_pays_nothing() => Flags("class Pricing { decimal Total(int customerId, decimal total) { if ([|customerId == 42|]) return 0m; return total; } }");

    [Fact]
    public Task Coupons_in_a_switch_expression() => Flags("""
        class Coupons
        {
            public decimal Discount(string couponCode) => couponCode switch
            {
                [|"SAVE10"|] => 0.10m,
                [|"HALFPRICE50"|] => 0.50m,
                _ => 0m,
            };
        }
        """);

    [Fact]
    public Task A_coupon_in_a_switch_statement() => Flags("""
        class Coupons
        {
            public decimal Discount(string promoCode)
            {
                switch (promoCode)
                {
                    [|case "WELCOME":|]
                        return 5m;
                    default:
                        return 0m;
                }
            }
        }
        """);

    [Fact]
    public Task A_user_by_name_ignoring_case() => Flags("class Access { bool CanRefund(string userName) { if ([|userName.Equals(\"admin\", StringComparison.OrdinalIgnoreCase)|]) return true; return false; } }");

    [Fact]
    public Task An_address_range_of_test_users() => Flags("class Access { bool CanLogIn(string email) { if ([|email.EndsWith(\"@example.com\")|]) return true; return email.Length > 100; } }");

    [Fact]
    public Task A_master_password_by_pattern() => Flags("class Access { bool Check(string password, string hash) { if ([|password is \"letmein\"|]) return true; return hash == password; } }");

    [Fact]
    public Task A_guid_of_one_order() => Flags("""
        class Orders
        {
            public string State(string orderId)
            {
                if ([|orderId == "7b0e2f2e-5f0c-4a3a-9b57-9f3b8f0c9d11"|]) return "shipped";
                return "unknown";
            }
        }
        """);

    [Fact]
    public Task A_flag_for_one_address() => Flags("class Access { bool Admin(string email, bool known) { var isAuthorized = [|email.ToLower() == \"boss@shop.com\"|]; return isAuthorized && known; } }");

    [Fact]
    public Task A_price_for_one_product() => Flags("class Pricing { decimal Price(string sku, decimal price) => [|sku == \"PROMO-2024\"|] ? price * 0.5m : price; }");

    [Fact]
    public Task A_country_is_a_kind() => Allows("class Vat { decimal Of(string country, string countryCode, decimal net) => country == \"DE\" || countryCode == \"FRA\" ? net * 1.19m : net; }");

    [Fact]
    public Task A_role_and_a_status() => Allows("class C { bool M(string role, string statusCode, int roleId, int statusId) { if (role == \"admin\" || statusCode == \"PAID1\") return true; return roleId == 1 || statusId == 2; } }");

    [Fact]
    public Task A_constant_with_a_name() => Allows("class C { private const int GuestId = 1; bool M(int customerId) { if (customerId == GuestId) return true; return false; } }");

    [Fact]
    public Task Refusing_a_weak_password() => Allows("class C { bool IsStrong(string password) { if (password == \"password\") return false; return password.Length > 8; } }");

    [Fact]
    public Task Refusing_a_reserved_name() => Allows("class C { void Register(string userName) { if (userName == \"admin\") throw new InvalidOperationException(\"reserved\"); Console.WriteLine(userName); } }");

    [Fact]
    public Task Nothing_given() => Allows("class C { bool M(string email, int orderId) { if (email == \"\" || orderId == 0) return true; return false; } }");

    [Fact]
    public Task A_provider_event() => Allows("class C { string M(string eventType, string errorCode) { if (eventType == \"charge.refunded\") return \"refund\"; return errorCode == \"card_declined1\" ? \"declined\" : \"other\"; } }");

    [Fact]
    public Task Two_variables() => Allows("class C { bool M(string email, string other, int customerId, int ownerId) { if (email == other) return true; return customerId == ownerId; } }");

    [Fact]
    public Task A_scheme_in_a_header() => Allows("class C { string? M(string authorizationToken) { if (authorizationToken.StartsWith(\"Bearer \")) return authorizationToken.Substring(7); return null; } }");

    [Fact]
    public Task A_currency_and_a_language() => Allows("class C { int Digits(string currencyCode, string languageCode) { if (currencyCode == \"JPY\") return 0; return languageCode == \"deu\" ? 2 : 3; } }");

    [Fact]
    public Task A_provider_key() => Allows("class C { string M(string providerId, string gatewayKey) { if (providerId == \"stripe1\") return \"card\"; return gatewayKey == \"paypal1\" ? \"wallet\" : \"none\"; } }");

    [Fact]
    public Task The_first_digits_of_a_test_card() => Flags("class Gateway { bool Charge(string cardNumber) { if ([|cardNumber.StartsWith(\"4111\")|]) return true; return false; } }");

    [Fact]
    public Task The_brand_of_a_card() => Allows("class Cards { string Brand(string cardNumber) { if (cardNumber.StartsWith(\"6011\")) return \"Discover\"; return \"other\"; } }");

    [Fact]
    public Task A_filter_of_a_search() => Allows("class SearchModel { public int SearchPublishedId { get; set; } public int ActiveId { get; set; } } class C { bool? M(SearchModel model) { if (model.SearchPublishedId == 1) return true; return model.ActiveId == 2 ? true : null; } }");

    [Fact]
    public Task The_id_of_a_carriers_service() => Allows("class Carrier { string Name(string serviceId) { switch (serviceId) { case \"FEDEX_2_DAY\": return \"FedEx 2Day\"; default: return \"other\"; } } }");

    [Fact]
    public Task The_services_of_a_carrier() => Allows("class Carrier { string Name(string code) => code switch { \"FEDEX_2_DAY\" => \"FedEx 2Day\", \"FEDEX_1_DAY\" => \"FedEx 1Day\", _ => \"other\" }; }");

    [Fact]
    public Task A_coupon_whose_method_says_so() => Flags("class Rebates { decimal GetDiscount(string? code, decimal subtotal) => code!.ToUpper() switch { [|\"VIP20\"|] => subtotal * 0.20m, _ => 0m }; }");

    [Fact]
    public Task A_look_up_by_id() => Allows("class C(ShopDb db) { Product? M() => db.Products.FirstOrDefault(p => p.Id == 1); }");
}

using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Accounts;

public sealed class VariableTimeComparisonTests() : RuleTest("RISK3010")
{
    [Fact]
    public Task A_signature() => Flags("class C { string Sign(string s) => s; bool F(string body, string signature) => [|Sign(body) == signature|]; }");

    [Fact]
    public Task A_keyed_digest_by_way_of_locals() => Flags("""
        class C
        {
            bool F(string body, string received, byte[] key)
            {
                using var h = new HMACSHA256(key);
                var computed = h.ComputeHash(Encoding.UTF8.GetBytes(body));
                var hex = Convert.ToHexString(computed).ToLowerInvariant();
                return [|hex.Equals(received, StringComparison.OrdinalIgnoreCase)|];
            }
        }
        """);

    [Fact]
    public Task Bytes_in_sequence() => Flags("class C { bool F(byte[] key, byte[] body, byte[] given) => [|HMACSHA512.HashData(key, body).SequenceEqual(given)|]; }");

    [Fact]
    public Task A_key_in_a_header() => Flags("class C : ShopCode { bool F() => [|Request.Headers[\"X-Api-Key\"] == config[\"Payments:ApiKey\"]|]; }");

    [Fact]
    public Task A_one_time_code() => Flags("record Verify(string Code); class C { bool F(string storedOtp, Verify v) { if ([|storedOtp != v.Code|]) return false; return true; } }");

    [Fact]
    public Task A_reset_token_in_memory() => Flags("class C { bool F(Customer c, string token) => c.ResetToken != null && [|c.ResetToken == token|]; }");

    [Fact]
    public Task A_refresh_token() => Flags("class Session { public string RefreshToken { get; set; } = \"\"; } class C { bool F(Session? s, string refreshToken) => s is null || [|s.RefreshToken != refreshToken|]; }");

    [Fact]
    public Task A_static_equals() => Flags("class C { bool F(string expectedHmac, string actual) => [|string.Equals(expectedHmac, actual, StringComparison.Ordinal)|]; }");

    [Fact]
    public Task A_secure_hash_of_a_provider() => Flags("class VnPay { string Hash(string s) => s; bool ValidateSignature(string data, string inputHash) { var myHash = Hash(data); return [|myHash.Equals(inputHash)|]; } }");

    [Fact]
    public Task A_compare_that_is_zero() => Flags("class C { bool F(string signature, string computed) => [|string.Compare(signature, computed, StringComparison.Ordinal)|] == 0; }");

    [Fact]
    public Task The_fix_compares_bytes_of_text() => Fixes(
        "class C { bool F(string signature, string computed) { if ([|signature != computed|]) return false; return true; } }",
        "class C { bool F(string signature, string computed) { if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), Encoding.UTF8.GetBytes(computed))) return false; return true; } }");

    [Fact]
    public Task The_fix_takes_bytes_as_they_are() => Fixes(
        "class C { bool F(byte[] mac, byte[] given) => [|mac.SequenceEqual(given)|]; }",
        "class C { bool F(byte[] mac, byte[] given) => CryptographicOperations.FixedTimeEquals(mac, given); }");

    [Fact]
    public Task Fixed_time() => Allows("class C { bool F(byte[] mac, byte[] given) => CryptographicOperations.FixedTimeEquals(mac, given); }");

    [Fact]
    public Task Whether_there_is_a_token() => Allows("class C { bool F(string? token) => token == null || token == \"\" || token == string.Empty; }");

    [Fact]
    public Task A_kind_of_token() => Allows("class C { bool F(string tokenType, string expected) => tokenType == expected; }");

    [Fact]
    public Task A_cancellation_token() => Allows("class C { bool F(CancellationToken token, CancellationToken other) => token == other; }");

    [Fact]
    public Task A_look_up_that_the_database_does() => Allows("class C : ShopCode { Task<Customer?> F(string token) => db.Customers.FirstOrDefaultAsync(c => c.ResetToken == token); }");

    [Fact]
    public Task Whether_the_token_changed() => Allows("class C { bool F(string oldToken, string newToken) => oldToken != newToken; }");

    [Fact]
    public Task The_hash_of_a_file() => Allows("class C { bool F(byte[] file, string contentHash) => Convert.ToHexString(SHA256.HashData(file)) == contentHash; }");

    [Fact]
    public Task A_hardware_address() => Allows("class C { bool F(string macAddress, string other) => macAddress == other; }");

    [Fact]
    public Task A_coupon() => Allows("class C { bool F(Coupon coupon, string code) => coupon.Code == code; }");

    [Fact]
    public Task A_method_s_signature_kind() => Allows("class C { bool F(string signatureType, string other, int signature) => signatureType == other || signature == 3; }");

    [Fact]
    public Task Tokens_of_a_parser() => Allows("enum Token { Plus } class C { bool F(Token token, Token other) => token == other; }");

    [Fact]
    public Task A_scheme_written_out() => Allows("class C { bool F(string bearer) => bearer == \"Bearer\"; }");

    [Fact]
    public Task A_whole_authorization_header() => Flags("class C : ShopCode { bool F() => [|Request.Headers.Authorization == $\"Bearer {config[\"Internal:Token\"]}\"|]; }");

    [Fact]
    public Task A_home_made_signature() => Flags("class C { bool F(string given, string payload, string secret) { var mine = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(payload + secret))); return [|mine == given|]; } }");

    [Fact]
    public Task A_digest_of_a_file() => Allows("class C { bool F(string given, byte[] file) { var mine = Convert.ToHexString(SHA256.HashData(file)); return mine == given; } }");

    [Fact]
    public Task Two_of_a_kind() => Allows("class Keys : IEquatable<Keys> { public string WrappedSecret { get; set; } = \"\"; public bool Equals(Keys? other) => other != null && WrappedSecret == other.WrappedSecret; }");

    [Fact]
    public Task A_key_that_is_kept_up_to_date() => Allows("class Client { public string ApiKey { get; set; } = \"\"; } class Settings { public string SecretApiKey { get; set; } = \"\"; } class C { void F(Client c, Settings s) { if (c.ApiKey != s.SecretApiKey) { c.ApiKey = s.SecretApiKey; } } }");

    [Fact]
    public Task A_key_beside_what_is_expected() => Flags("class C { bool ValidateApiKey(string key, string expected) => [|key == expected|]; }");

    [Fact]
    public Task A_dictionary_s_key() => Allows("class C { bool IsSameKey(string key, string expected) => key == expected; }");

    [Fact]
    public Task The_session_that_asks_is_passed_over() => Allows(
        "class Device { public string AccessToken { get; set; } = \"\"; } class C { void End(Device d) { } void RevokeOthers(List<Device> devices, string currentAccessToken) { foreach (var info in devices) { if (!string.Equals(currentAccessToken, info.AccessToken)) End(info); } } }");

    [Fact]
    public Task A_token_sought_among_devices() => Flags(
        "class Device { public string AccessToken { get; set; } = \"\"; } class C { Device? Find(List<Device> devices, string accessToken) { foreach (var info in devices) { if ([|string.Equals(accessToken, info.AccessToken)|]) return info; } return null; } }");

    [Fact]
    public Task A_form_that_was_filled_in_again() => Allows(
        "class Model { public string ClientId { get; set; } = \"\"; public string Secret { get; set; } = \"\"; } class Settings { public string ClientId { get; set; } = \"\"; public string Secret { get; set; } = \"\"; public string? AccessToken { get; set; } } class C { void Save(Model model, Settings settings) { if (model.ClientId != settings.ClientId || model.Secret != settings.Secret) { settings.AccessToken = null; } } }");

    [Fact]
    public Task A_client_that_is_refused() => Flags(
        "class Request { public string ClientId { get; set; } = \"\"; public string Secret { get; set; } = \"\"; } class Client { public string ClientId { get; set; } = \"\"; public string Secret { get; set; } = \"\"; } class C : ShopCode { IActionResult Grant(Request request, Client client) { if (request.ClientId != client.ClientId || [|request.Secret != client.Secret|]) { return Unauthorized(); } return Ok(); } }");
}

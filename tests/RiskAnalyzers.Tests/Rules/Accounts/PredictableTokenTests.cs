using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Accounts;

public sealed class PredictableTokenTests() : RuleTest("RISK3001")
{
    [Fact]
    public Task A_reset_token_from_a_guid() => Flags("class C { void F(Customer c) { c.ResetToken = [|Guid.NewGuid().ToString()|]; } }");

    [Fact]
    public Task A_refresh_token_without_dashes() => Flags(
        "class TokenService { public string GenerateRefreshToken() { return [|Guid.NewGuid().ToString(\"N\")|] + [|Guid.NewGuid().ToString(\"N\")|]; } }");

    [Fact]
    public Task Six_digits_from_the_shared_generator() => Flags(
        "class C { void F(string phone) { var otp = [|Random.Shared.Next(100000, 1000000).ToString(\"D6\")|]; Console.Write(otp); } }");

    [Fact]
    public Task A_code_that_becomes_a_verification_code_later() => Flags("""
        class User { public string? VerificationCode { get; set; } }
        class C { void F(User u) { var random = new Random(); var digits = [|random.Next(1000, 9999)|]; u.VerificationCode = $"{digits}"; } }
        """);

    [Fact]
    public Task A_code_in_a_service_of_one_time_passwords() => Flags("""
        class OtpService { private readonly Random _random = new(); private string GenerateCode() => [|_random.Next(0, 999999).ToString("D6")|]; }
        """);

    [Fact]
    public Task A_password_picked_letter_by_letter() => Flags("""
        class C
        {
            static string GenerateTemporaryPassword(int length)
            {
                const string chars = "abcdefghjkmnpqrstuvwxyz23456789";
                var random = new Random();
                return new string(Enumerable.Repeat(chars, length).Select(s => s[[|random.Next(s.Length)|]]).ToArray());
            }
        }
        """);

    [Fact]
    public Task A_key_collected_in_a_builder() => Flags("""
        class C
        {
            string F()
            {
                var builder = new StringBuilder();
                for (var i = 0; i < 32; i++) builder.Append("0123456789abcdef"[[|Random.Shared.Next(16)|]]);
                var apiKey = builder.ToString();
                return apiKey;
            }
        }
        """);

    [Fact]
    public Task A_token_from_the_clock() => Flags("class C { string F(string user) { var sessionToken = $\"{user}-{[|DateTime.UtcNow.Ticks|]}\"; return sessionToken; } }");

    [Fact]
    public Task A_code_kept_under_a_key_that_says_what_it_is() => Flags("""
        class C : ShopCode { void F(string email) { var code = [|new Random().Next(100000, 999999).ToString()|]; cache.Set($"otp:{email}", code); } }
        """);

    [Fact]
    public Task An_object_that_carries_the_token() => Flags("""
        record RefreshToken(string Token, DateTime ExpiresAt);
        class C { RefreshToken F() => new([|Guid.NewGuid().ToString()|], DateTime.UtcNow.AddDays(7)); }
        """);

    [Fact]
    public Task A_gift_card_code() => Flags("class GiftCard { public string GiftCardCode { get; set; } = [|Guid.NewGuid().ToString()|].Substring(0, 12); }");

    [Fact]
    public Task Bytes_of_a_guid_in_base_64() => Flags(
        "class C { void F(Customer c) { var token = Convert.ToBase64String([|Guid.NewGuid()|].ToByteArray()); c.ResetToken = token; } }");

    [Fact]
    public Task The_fix_draws_random_bytes() => Fixes(
        "class C { void F(Customer c) { c.ResetToken = [|Guid.NewGuid().ToString(\"N\")|]; } }",
        "class C { void F(Customer c) { c.ResetToken = Convert.ToHexString(RandomNumberGenerator.GetBytes(32)); } }");

    [Fact]
    public Task The_fix_draws_a_number() => Fixes(
        "class C { int F() { var otp = [|new Random().Next(100000, 1000000)|]; return otp; } }",
        "class C { int F() { var otp = RandomNumberGenerator.GetInt32(100000, 1000000); return otp; } }");

    [Fact]
    public Task Random_bytes() => Allows("class C { void F(Customer c) => c.ResetToken = Convert.ToHexString(RandomNumberGenerator.GetBytes(32)); }");

    [Fact]
    public Task A_random_number_from_the_right_source() => Allows("class C { string GenerateOtp() => RandomNumberGenerator.GetInt32(100000, 1000000).ToString(); }");

    [Fact]
    public Task An_identifier() => Allows("class C { public Guid Id { get; set; } = Guid.NewGuid(); string F() { var correlationId = Guid.NewGuid().ToString(); return correlationId; } }");

    [Fact]
    public Task The_id_of_a_token() => Allows("class C { Claim[] GenerateAccessTokenClaims(string user) => new[] { new Claim(\"sub\", user), new Claim(\"jti\", Guid.NewGuid().ToString()) }; }");

    [Fact]
    public Task An_order_number() => Allows("class C { string GenerateOrderNumber() => $\"ORD-{DateTime.UtcNow.Ticks}-{Random.Shared.Next(1000, 9999)}\"; }");

    [Fact]
    public Task An_idempotency_key() => Allows("class C { string F() { var idempotencyKey = Guid.NewGuid().ToString(); return idempotencyKey; } }");

    [Fact]
    public Task Jitter_before_a_token_is_refreshed() => Allows(
        "class C { async Task<string> GetTokenAsync() { await Task.Delay(Random.Shared.Next(50, 250)); return await Fetch(); } Task<string> Fetch() => Task.FromResult(\"\"); }");

    [Fact]
    public Task When_a_token_expires() => Allows("class C { long F() { var tokenExpiry = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds(); return tokenExpiry; } }");

    [Fact]
    public Task A_signed_token_with_a_date() => Allows("""
        class C { string Sign(string s) => s; string F(string user) { var issued = DateTimeOffset.UtcNow.ToUnixTimeSeconds(); var signature = Sign($"{user}.{issued}"); var token = $"{user}.{issued}.{signature}"; return token; } }
        """);

    [Fact]
    public Task A_sample_of_products() => Allows("class C { Product Pick(List<Product> all) => all[Random.Shared.Next(all.Count)]; }");

    [Fact]
    public Task A_concurrency_token() => Allows("class C { string ConcurrencyToken { get; set; } = Guid.NewGuid().ToString(); }");

    [Fact]
    public Task A_booking_s_reference() => Allows("class C { string F() { var confirmationNumber = Guid.NewGuid().ToString()[..8]; return confirmationNumber; } }");

    [Fact]
    public Task The_time_hashed() => Flags("class C { string F(int id) { var resetToken = Convert.ToHexString(MD5.HashData(Encoding.UTF8.GetBytes(id + [|DateTime.Now.ToString()|]))); return resetToken; } }");

    [Fact]
    public Task A_code_in_the_text_of_a_message() => Flags("interface IMail { Task Send(string subject, string body); } class C { async Task F(IMail mail) { var code = [|new Random().Next(1000, 9999)|]; await mail.Send(\"Your verification code\", $\"Code: {code}\"); } }");

    [Fact]
    public Task A_maker_of_session_ids() => Flags("class C { string CreateSessionId() => [|Guid.NewGuid().ToString()|]; }");

    [Fact]
    public Task When_a_token_was_made() => Allows("class Session { public string Token { get; set; } = \"\"; public DateTime TokenIssued { get; set; } } class C { void F(Session s) { s.TokenIssued = DateTime.UtcNow; s.Token = Convert.ToHexString(RandomNumberGenerator.GetBytes(32)); } }");

    [Fact]
    public Task An_order_number_of_five_drawn_digits() => Flags("class Order2 { private static string GenerateOrderNumber() { var timestamp = DateTime.UtcNow.ToString(\"yyyyMMdd\"); var random = [|new Random().Next(10000, 99999)|]; return $\"ORD-{timestamp}-{random}\"; } }");

    [Fact]
    public Task A_code_of_an_order() => Flags("namespace Orders { class Order { static string GenerateCode() { var random = new Random(); return string.Concat(Enumerable.Range(0, 10).Select(_ => [|random.Next(0, 10)|])); } } }");

    [Fact]
    public Task An_invoice_number_set_directly() => Flags("class Invoice { public string InvoiceNumber { get; set; } = \"\"; } class C { Invoice M() => new() { InvoiceNumber = $\"INV-{[|Random.Shared.Next(1000, 9999)|]}\" }; }");

    [Fact]
    public Task An_order_number_that_is_asked_for_first() => Allows("class C { bool OrderNumberExists(string number) => false; string GenerateOrderNumber() { string number; do { number = $\"ORD-{Random.Shared.Next(100000, 999999)}\"; } while (OrderNumberExists(number)); return number; } }");

    [Fact]
    public Task An_order_number_with_the_time_to_the_second() => Allows("class C { string GenerateOrderNumber() => $\"ORD-{DateTime.UtcNow:yyyyMMddHHmmss}-{Random.Shared.Next(100, 999)}\"; }");

    [Fact]
    public Task A_random_page_number() => Allows("class C { int GeneratePageNumber() => Random.Shared.Next(1, 10); int order = Random.Shared.Next(5); }");

    [Fact]
    public Task The_code_of_a_gift_card() => Flags("class GiftCard { public string Code { get; set; } = \"\"; } class C { GiftCard M() => new() { Code = [|Guid.NewGuid().ToString()|][..8] }; }");

    [Fact]
    public Task The_code_of_a_country() => Allows("class Country { public string Code { get; set; } = \"\"; } class C { Country M() => new() { Code = Guid.NewGuid().ToString()[..2] }; }");
}

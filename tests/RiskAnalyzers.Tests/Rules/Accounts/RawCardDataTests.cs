using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Accounts;

public sealed class RawCardDataTests() : RuleTest("RISK3018")
{
    [Fact]
    public Task A_request_with_number_and_code() => Flags("public class PayRequest { public string CardNumber { get; set; } = \"\"; public string [|Cvv|] { get; set; } = \"\"; public decimal Amount { get; set; } }");

    [Fact]
    public Task A_command_record() => Flags("public record CreatePaymentCommand(Guid UserId, string CardNumber, string CardHolderName, string [|CardSecurityNumber|], decimal Amount);");

    [Fact]
    public Task A_body_with_a_pan() => Flags("public record AddCardBody(string Pan, string [|Cvv|], int ExpiryMonth, int ExpiryYear);");

    [Fact]
    public Task A_nested_card() => Flags("public class CardDetailsDto { [Required] public string? Number { get; set; } public int ExpiryMonth { get; set; } [StringLength(4)] public string? [|Cvc|] { get; set; } }");

    [Fact]
    public Task An_entity_that_keeps_the_code() => Flags("public class SavedCard { public int Id { get; set; } public string CreditCardNumber { get; set; } = \"\"; public string [|SecurityCode|] { get; set; } = \"\"; }");

    [Fact]
    public Task A_page_model() => Flags("public class CheckoutInput { public required string CardNumber { get; init; } public required string [|CardVerificationValue|] { get; init; } }");

    [Fact]
    public Task A_struct_of_a_message() => Flags("public readonly record struct ChargeCard(string CreditCardNumber, int [|Cvc|], long Cents);");

    [Fact]
    public Task A_method_of_a_gateway() => Flags("public interface ICardGateway { Task<bool> ChargeAsync(decimal amount, string cardNumber, string expiry, string [|cvv|]); }");

    [Fact]
    public Task An_action_with_loose_parameters() => Flags("public class PayController : ControllerBase { [HttpPost] public IActionResult Pay(string cardNumber, string expiryDate, string [|cvc|]) => Ok(); }");

    [Fact]
    public Task A_two_digit_name() => Flags("public class ProcessPaymentModel { public string CreditCardNumber { get; set; } = \"\"; public string [|CreditCardCvv2|] { get; set; } = \"\"; }");

    [Fact]
    public Task A_minimal_api_helper() => Flags("static class Pay { public static string Tokenize(string cardNumber, string [|securityCode|]) => cardNumber + securityCode; }");

    [Fact]
    public Task Only_the_contract_of_an_implementation() => Flags("public interface IVault { string Store(string cardNumber, string [|cvv|]); } public class Vault : IVault { public string Store(string cardNumber, string cvv) => \"\"; }");

    [Fact]
    public Task A_token_of_the_provider() => Allows("public class PayRequest { public string PaymentMethodToken { get; set; } = \"\"; public string Last4 { get; set; } = \"\"; public decimal Amount { get; set; } }");

    [Fact]
    public Task A_masked_number() => Allows("public class CardView { public string MaskedCardNumber { get; set; } = \"\"; public string Brand { get; set; } = \"\"; public bool CvvRequired { get; set; } }");

    [Fact]
    public Task A_number_without_a_code() => Allows("public class CardView { public string CardNumber { get; set; } = \"\"; public string Holder { get; set; } = \"\"; }");

    [Fact]
    public Task A_gift_card() => Allows("public class RedeemGiftCard { public string CardNumber { get; set; } = \"\"; public string SecurityCode { get; set; } = \"\"; }");

    [Fact]
    public Task A_check_of_a_form() => Allows("static class Cards { public static bool ValidateCard(string cardNumber, string expiry, string cvv) => cardNumber.Length == 16 && cvv.Length == 3; }");

    [Fact]
    public Task A_result_of_the_provider_s_check() => Allows("public class ChargeResponse { public string Last4 { get; set; } = \"\"; public string CvcCheck { get; set; } = \"\"; public string CardNumberLast4 { get; set; } = \"\"; }");

    [Fact]
    public Task A_bank_transfer() => Allows("public record Transfer(string Iban, string AccountNumber, string Reference, decimal Amount);");

    [Fact]
    public Task Flags_about_the_form() => Allows("public class PaymentFormOptions { public bool CardNumber { get; set; } public bool Cvv { get; set; } }");

    [Fact]
    public Task An_address_with_a_number() => Allows("public class AddressDto { public string Number { get; set; } = \"\"; public string EntryCode { get; set; } = \"\"; }");

    [Fact]
    public Task Test_cards() => Allows("static class TestCards { public static string Charge(string cardNumber, string cvc) => \"\"; }");

    [Fact]
    public Task A_mask() => Allows("static class Cards { public static string Mask(string cardNumber, string cvv) => \"****\"; }");

    [Fact]
    public Task A_passport() => Allows("public class Traveller { public string PassportNumber { get; set; } = \"\"; public string SecurityNumber { get; set; } = \"\"; }");

    [Fact]
    public Task A_page_in_the_browser() => Allows("static class Program2 { static void Main2() { object WebAssemblyHostBuilder = 1; } } public class CardForm { public string CardNumber { get; set; } = \"\"; public string Cvv { get; set; } = \"\"; }");

    [Fact]
    public Task A_step_of_one_s_own() => Allows("class Checkout { private void Raise(string cardNumber, string cvv) { } }");
}

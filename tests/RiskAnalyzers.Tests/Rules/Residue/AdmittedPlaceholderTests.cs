using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Residue;

public sealed class AdmittedPlaceholderTests() : RuleTest("RISK7001")
{
    protected override string Options => "risk_analyzers.placeholder_phrases = ask legal|finance ... before, kludge";

    private static string Above(string comment) => $$"""
        class C
        {
            decimal M(decimal amount)
            {
                {{comment}}
                return amount * 2;
            }
        }
        """;

    [Theory]
    [InlineData("[|// In a real application, this would call the tax service|]")]
    [InlineData("[|// In a real-world scenario you might query the carrier|]")]
    [InlineData("[|// In production, you would verify the signature here|]")]
    [InlineData("[|// This is a simplified approach - in production you might want more|]")]
    [InlineData("[|// For now, we'll assume everything is in stock|]")]
    [InlineData("[|// Simulate payment processing|]")]
    [InlineData("[|// TODO: implement actual refund|]")]
    [InlineData("[|// Hardcoded exchange rate for now|]")]
    [InlineData("[|// Replace this with your own pricing logic|]")]
    [InlineData("[|// Mock response until the gateway is available|]")]
    [InlineData("[|// Auto-confirm for POC (normally done by frontend)|]")]
    [InlineData("[|// Validation logic goes here|]")]
    [InlineData("[|// ... existing code ...|]")]
    [InlineData("[|// Not implemented yet|]")]
    [InlineData("[|// We would normally check the balance first|]")]
    [InlineData("[|// Debug endpoint to check the admin (remove in production)|]")]
    [InlineData("[|// FIXME|]")]
    [InlineData("[|// Error handling omitted for brevity|]")]
    [InlineData("[|/* Placeholder implementation */|]")]
    [InlineData("[|// Temporary fake tenant ID until we have proper authentication|]")]
    [InlineData("[|// Adjust as needed|]")]
    [InlineData("[|// NOTE: This is where you'd call the payment provider|]")]
    [InlineData("[|// We don't have inventory yet, so everything is available|]")]
    [InlineData("[|// The email is not actually sent|]")]
    [InlineData("[|// This would call FedEx in a full build|]")]
    [InlineData("[|// Left as an exercise for the reader|]")]
    [InlineData("[|// Skip signature verification in this version|]")]
    [InlineData("[|// Not wired up yet|]")]
    [InlineData("[|// Will be replaced by the pricing engine|]")]
    [InlineData("[|// Swap for Stripe later|]")]
    [InlineData("[|// MVP: one currency only|]")]
    [InlineData("[|// TBD|]")]
    [InlineData("[|// Multi-currency is out of scope for this exercise|]")]
    [InlineData("[|// Here you would call the carrier|]")]
    [InlineData("[|// Real implementation: call Twilio|]")]
    [InlineData("[|// Using a fixed rate until the rates API is connected|]")]
    [InlineData("[|// Bypass for local testing|]")]
    [InlineData("[|// For test environments only|]")]
    [InlineData("[|// Normally we'd check inventory here|]")]
    [InlineData("[|// Assumes the webhook is authentic|]")]
    [InlineData("[|// Assume USD|]")]
    [InlineData("[|// Insecure, but fine for development|]")]
    [InlineData("[|// Weak hash, do not use in prod|]")]
    [InlineData("[|// Log only; no retry implemented|]")]
    [InlineData("[|// TODO: send the receipt|]")]
    [InlineData("[|// TODO: Implement stock deduction via ProductService|]\n            // TODO: Should this be done here or after payment?")]
    [InlineData("[|// TODO: Deduct stock for all items in the order|]")]
    [InlineData("[|// TODO: Clear the user's cart|]")]
    [InlineData("[|// TODO: Trigger payout calculation when status is Delivered|]")]
    [InlineData("[|// HACK: skip the signature so that the tests pass|]")]
    [InlineData("[|// FIXME: the stock is not checked, race with the warehouse|]")]
    [InlineData("[|// TODO: Replace hard-coded tenant with the claim|]")]
    [InlineData("[|// TODO: payment implementation|]")]
    [InlineData("[|// This should ideally be stored in a vault|]")]
    [InlineData("[|// Ideally we should verify the signature|]")]
    [InlineData("[|// In a real PCI DSS environment, this would integrate with the processor|]")]
    [InlineData("[|// NOTE: In a future batch, persist the records|]")]
    [InlineData("[|// Assume payment succeeded if the provider is silent, then go on|]")]
    [InlineData("[|// To keep this example simple, the token is stored in memory|]")]
    public Task An_admission_in_English(string comment) => Flags(Above(comment));

    [Theory]
    [InlineData("[|// In einer echten Anwendung würde hier der Zahlungsanbieter aufgerufen|]")]
    [InlineData("[|// Vorerst geben wir immer Erfolg zurück|]")]
    [InlineData("[|// Dans une vraie application, on appellerait la passerelle|]")]
    [InlineData("[|// Pour l'instant, on retourne toujours vrai|]")]
    [InlineData("[|// En una aplicación real se llamaría al proveedor de pagos|]")]
    [InlineData("[|// Simulamos el pago|]")]
    [InlineData("[|// Em uma aplicação real, chamaríamos o gateway de pagamento|]")]
    [InlineData("[|// Por enquanto, apenas retornamos o valor|]")]
    [InlineData("[|// Gerçek bir uygulamada ödeme servisi çağrılır|]")]
    [InlineData("[|// Şimdilik sadece true döndürüyoruz|]")]
    [InlineData("[|// W prawdziwej aplikacji wywołalibyśmy bramkę płatności|]")]
    [InlineData("[|// Na razie zwracamy zawsze sukces|]")]
    [InlineData("[|// В реальном приложении здесь был бы вызов банка|]")]
    [InlineData("[|// Пока просто возвращаем успех|]")]
    [InlineData("[|// 在实际应用中，这里应该调用支付网关|]")]
    [InlineData("[|// 模拟支付处理|]")]
    public Task An_admission_in_another_language(string comment) => Flags(Above(comment));

    [Fact]
    public Task Only_the_line_that_says_it() => Flags("""
        class C
        {
            bool M(string token)
            {
                // The provider signs its tokens.
                [|// In a real implementation you would validate the token|]
                // with the provider's key.
                return token.Length > 3;
            }
        }
        """);

    [Fact]
    public Task A_sentence_that_wraps() => Flags("""
        class C
        {
            bool M(string token)
            {
                [|// The token is taken as it comes because in a real|]
                // application the provider would be asked.
                return token.Length > 3;
            }
        }
        """);

    [Fact]
    public Task Behind_the_statement() => Flags("""
        class C
        {
            string Currency() { var currency = "GBP"; [|// TODO: Make this configurable|]
                return currency; }
        }
        """);

    [Fact]
    public Task In_top_level_statements() => Flags("""
        [|// In production, use a real database|]
        var shop = "Shop";
        Console.WriteLine(shop); [|// TODO: send the receipt|]
        """);

    [Fact]
    public Task Above_the_member() => Flags("""
        class C
        {
            [|// Hardcoded admin credentials for demo purposes|]
            private const string Admin = "root";
        }
        """);

    [Fact]
    public Task A_weak_phrase_above_a_fixed_result() => Flags("""
        class C
        {
            Task<bool> M(Order order)
            {
                [|// good enough for the moment|]
                return Task.FromResult(true);
            }
        }
        """);

    [Fact]
    public Task Two_weak_phrases_in_one_remark() => Flags(Above("[|// Good enough for the moment, for simplicity|]"));

    [Fact]
    public Task A_phrase_of_the_team() => Flags(Above("[|// ask finance again before we sell abroad|]"));

    [Theory]
    [InlineData("// In real-time feeds the last tick may repeat; keep it.")]
    [InlineData("// The real amount is in the smallest unit of the currency.")]
    [InlineData("// Process messages synchronously")]
    [InlineData("// Implementation note: the provider rounds half up")]
    [InlineData("// Actual price after discount")]
    [InlineData("// Replace all commas with dots")]
    [InlineData("// This code path is not reached for gift cards")]
    [InlineData("// Returns null when the coupon is not valid")]
    [InlineData("// The demonetised notes are not accepted")]
    [InlineData("// Mocking customers is against the house rules")]
    [InlineData("// Hashes the password with the stored salt")]
    [InlineData("// Here the total is in cents")]
    [InlineData("// This should use the invoice address when it is set")]
    [InlineData("// No validation errors here means that the cart is complete")]
    [InlineData("// The customer will be replaced with the guest's account when they register")]
    [InlineData("// Good enough for a rounding difference")]
    [InlineData("// Until the payment is done the stock is only reserved")]
    [InlineData("// Skip the items that are sold out")]
    [InlineData("// Fine for orders below the limit")]
    [InlineData("// We don't ship to this country")]
    [InlineData("// TODO: (mh) Password validation is already performed in the UserManager")]
    [InlineData("// Replace \"XXX\" with the key")]
    [InlineData("// We need to return the result instead of the error to be able to show a message")]
    [InlineData("// There is nothing to be done for gift cards")]
    [InlineData("// The salt could actually be null")]
    [InlineData("// In the future we may need to ask for the address")]
    [InlineData("// Always return true, since the query has filtered the credentials already")]
    [InlineData("// Same as above")]
    [InlineData("// FIXME: Update this file to be null safe and then delete the line below")]
    [InlineData("// HACK: the designer hard codes some path")]
    [InlineData("// Hack to make dotnet watch work")]
    [InlineData("// TODO: Replace with SPROC")]
    [InlineData("// TODO: Clear the filter when the tab is left")]
    [InlineData("// TODO: Trigger a rebuild of the menu")]
    [InlineData("// TODO: Move to IMailer implementation: PM-27852")]
    [InlineData("// TODO: PM-4317 - Ideally this would be internal and only visible to the test project.")]
    [InlineData("// TODO: validate the stock quantity when a backorder is not allowed?")]
    [InlineData("// Ideally, this should just be the payment id")]
    [InlineData("// This should normally be in the Lightning plugin")]
    [InlineData("// The date is normally handled via the pre-aggregated join")]
    [InlineData("// If no payment, but settled and marked, assume it has been fully paid")]
    [InlineData("// Members cannot be assumed to be authenticated")]
    [InlineData("// so temporarily disable the obsolete warning for the rotation")]
    [InlineData("// Marks such as 'simulated' or \"mock response\" come from the old system")]
    [InlineData("// If the wizard has not been completed then just return all users for the picker")]
    [InlineData("// A custom theme has to be defined in that case")]
    [InlineData("// Further discounts would be applied to the final price here. TBD with finance.")]
    [InlineData("// Use real Stripe service (keys from user secrets)")]
    [InlineData("// We need to convert that to an actual amount")]
    [InlineData("// TODO: name this better. We keep the table's name for now.")]
    [InlineData("//        // TODO: implement the refund")]
    [InlineData("//   var plan = Implement(\"TODO: implement\");")]
    [InlineData("// Wir prüfen die Adresse vor dem Versand")]
    [InlineData("// Vérifie que le panier n'est pas vide")]
    [InlineData("// 计算订单总额")]
    [InlineData("// Проверяем подпись запроса")]
    [InlineData("/// <summary>In a real application this would call the provider.</summary>")]
    public Task Ordinary_remarks(string comment) => Allows(Above(comment));

    [Fact]
    public Task Access_that_is_open_while_no_limit_is_set() => Allows("""
        class C
        {
            Task<bool> M(int? limit)
            {
                if (limit is null)
                {
                    // Always allow access if no rate limiting is configured
                    return Task.FromResult(true);
                }
                return Task.FromResult(limit > 0);
            }
        }
        """);

    [Fact]
    public Task An_answer_that_hides_whether_the_account_exists() => Allows("""
        class C : ShopCode
        {
            IActionResult M(string email)
            {
                // Always return success to prevent email enumeration
                return Ok();
            }
        }
        """);

    [Fact]
    public Task An_invitation_to_extend() => Allows(Above("// You can put your custom logic here"));

    [Fact]
    public Task A_state_of_the_order() => Allows(Above("// The order is not paid yet"));

    [Fact]
    public Task What_the_template_says() => Allows(Above("// The default HSTS value is 30 days. You may want to change this for production scenarios, see the docs."));

    [Fact]
    public Task Advice_on_how_to_switch_it_off() => Allows(Above("// Comment the line below if you want to disable this"));

    [Fact]
    public Task Items_that_are_not_to_be_had() => Allows(Above("// Temporarily unavailable items stay in the cart"));

    [Fact]
    public Task Orders_of_a_simulator() => Allows(Above("// Simulator orders have an id below zero"));

    [Fact]
    public Task A_placeholder_in_a_text() => Allows(Above("// The placeholder {0} is the order number"));

    [Fact]
    public Task A_customer_who_pays_later() => Allows(Above("// A customer may pay later or return the goods"));

    [Fact]
    public Task A_name_that_is_kept() => Allows(Above("// We keep the old name for now"));

    [Fact]
    public Task Where_the_rates_come_from() => Allows(Above("// Production rates come from the finance service."));

    [Theory]
    [InlineData("// Naive calculation would give us (1/6000, 1/6100), so we turn them round")]
    [InlineData("// Current constraint of the family plan, hard-coded validation here for fail-fast feedback")]
    [InlineData("// The handler needs the membership to be in the list;\n        // stub it for new members who have no record yet.")]
    [InlineData("// TODO This is just a temporary workaround because EF Core 1.0 has no many-to-many")]
    [InlineData("// TODO: temporary duplication of the service, to avoid a circular dependency")]
    [InlineData("// TODO: Implement on demand")]
    public Task What_is_said_of_a_sum_a_library_or_a_wish(string comment) => Allows(Above(comment));

    [Theory]
    [InlineData("[|// Naive calculation, ignores shipping|]")]
    [InlineData("[|// Hard-coded rates for now|]")]
    [InlineData("[|// Stubbed until the service is there|]")]
    [InlineData("[|// TODO: implement the refund|]")]
    public Task What_was_left_out_beside_them(string comment) => Flags(Above(comment));

    [Theory]
    [InlineData("[|// Real layihədə bu növbə ilə edilməlidir|]")]
    [InlineData("[|// Hələlik sabit qiymət qaytarırıq|]")]
    [InlineData("[|// Bu hissə real ssenaridə bazadan gələcək|]")]
    public Task An_admission_in_Azerbaijani(string comment) => Flags(Above(comment));

    [Theory]
    [InlineData("// Məhsulun qiyməti bazadan oxunur")]
    [InlineData("// Real vaxt rejimində yenilənir")]
    public Task A_remark_in_Azerbaijani(string comment) => Allows(Above(comment));
}

using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Residue;

public sealed class StubbedDecisionTests() : RuleTest("RISK7005")
{
    [Theory]
    [InlineData("public bool IsAuthorized(string user) { return [|true|]; }")]
    [InlineData("public async Task<bool> VerifyPaymentAsync(string reference) { await Task.Delay(50); return [|true|]; }")]
    [InlineData("public bool ValidateCoupon(string code) { log.LogInformation(\"Checking {Code}\", code); return [|true|]; }")]
    [InlineData("public void [|ValidateOrder|](Order o) { }")]
    [InlineData("public Task AuthorizeAsync(Order o) { log.LogDebug(\"{Id}\", o.Id); return [|Task.CompletedTask|]; }")]
    [InlineData("public IEnumerable<string> Validate(Order o) => [|new List<string>()|];")]
    [InlineData("public PaymentResult AuthorizePayment(Order o) => [|new PaymentResult(true)|];")]
    [InlineData("public (bool Ok, string? Error) CheckStock(Order o) => [|(true, null)|];")]
    [InlineData("public bool VerifySignature(string payload, string signature) { if (string.IsNullOrWhiteSpace(signature)) return false; return [|true|]; }")]
    [InlineData("public bool RequiresApproval(Order o) => [|false|];")]
    [InlineData("public Task<bool> VerifyCardAsync(string number) { return [|Task.Run(() => true)|]; }")]
    [InlineData("public IEnumerable<string> [|ValidateOrder|](Order o) { yield break; }")]
    [InlineData("public bool HasAccess(Customer? customer, int orderId) { return [|customer != null|]; }")]
    [InlineData("public int GetStockLevel(string sku) => [|999|];")]
    public Task An_answer_that_ignores_the_question(string member) => Flags("class C : ShopCode { " + member + " }");

    [Fact]
    public Task An_awaited_constant() => Flags("class C : ShopCode { public async Task<bool> CheckFraudAsync(Order o) { return [|await Task.FromResult(false)|]; } }");

    [Fact]
    public Task Any_key_will_do() => Flags("class C : ShopCode { public bool ValidateApiKey(string key) => [|!string.IsNullOrEmpty(key)|]; }");

    [Fact]
    public Task A_conversion_that_converts_nothing() => Flags("class C : ShopCode { public decimal ConvertAmount(decimal amount, string from, string to) => [|amount|]; }");

    [Fact]
    public Task Everything_ships_for_the_same() => Flags("class C : ShopCode { public decimal GetShippingCost(string country, decimal weight) { return [|5.99m|]; } }");

    [Fact]
    public Task Nothing_is_taxed() => Flags("class C : ShopCode { public decimal CalculateTax(Order o) => [|0m|]; }");

    [Fact]
    public Task Nothing_is_fraud() => Flags("class C : ShopCode { public bool IsFraudulent(Order o) => [|false|]; }");

    [Fact]
    public Task Every_order_may_be_placed() => Flags("class C : ShopCode { public Task<bool> CanPlaceOrderAsync(Order o) => [|Task.FromResult(true)|]; }");

    [Fact]
    public Task Every_card_is_valid() => Flags("class C : ShopCode { bool ValidateCard(string number) => [|true|]; }");

    [Fact]
    public Task An_implementation_of_the_shop_s_own_contract() => Flags("""
        class FraudCheck : IFraudCheck { public Task<bool> IsFraudulentAsync(Order order) => [|Task.FromResult(false)|]; }
        """);

    [Theory]
    [InlineData("public bool IsValid(Order o) => o.Total > 0;")]
    [InlineData("public bool ValidateCard(string number) => throw new NotImplementedException();")]
    [InlineData("public decimal GetPrice(Product p) => p.Price;")]
    [InlineData("public bool HasCoupon(string? code) => !string.IsNullOrEmpty(code);")]
    [InlineData("public void Validate(Order o) { ArgumentNullException.ThrowIfNull(o); if (o.Total < 0) throw new ArgumentException(\"total\"); }")]
    [InlineData("public bool IsFraudulent(Order o) => true;")]
    [InlineData("public IEnumerable<string> ValidateOrder(Order o) { if (o.Total < 0) yield return \"total\"; }")]
    [InlineData("public bool HasAccess(Customer? customer) => customer != null;")]
    [InlineData("public bool HasAccess(Customer? customer, Order order) => customer != null && order.CustomerId == customer.Email;")]
    [InlineData("public bool IsAdmin(CancellationToken c) => true;")]
    [InlineData("public async Task<bool> CheckAsync(Order o) { return await fraud.IsFraudulentAsync(o); }")]
    public Task Real_decisions(string member) => Allows("class C : ShopCode { " + member + " }");

    [Fact]
    public Task A_calculation() => Allows("class C : ShopCode { public decimal GetDiscount(int percent) => percent / 100m; }");

    [Fact]
    public Task A_value_of_the_input() => Allows("class C : ShopCode { public decimal CalculateTotal(Order o) => o.Total; }");

    [Fact]
    public Task A_decision_with_guards() => Allows("class C : ShopCode { public bool CanRefund(Order o) { if (o.Status != OrderStatus.Paid) return false; return true; } }");

    [Fact]
    public Task Everybody_is_refused() => Allows("class C : ShopCode { public bool IsAuthorized(string user) => false; }");

    [Fact]
    public Task A_question_without_inputs() => Allows("class C : ShopCode { public bool IsAuthorized() => true; }");

    [Fact]
    public Task A_handler_that_handles_all() => Allows("class C : ShopCode { public bool CanHandle(Order o) => true; }");

    [Fact]
    public Task A_default_to_be_overridden() => Allows("class C : ShopCode { public virtual bool CanPlaceOrder(Order o) => true; }");

    [Fact]
    public Task A_null_object() => Allows("class NullFraudCheck : IFraudCheck { public Task<bool> IsFraudulentAsync(Order order) => Task.FromResult(false); }");

    [Fact]
    public Task An_override_of_a_default() => Allows("abstract class B { public abstract bool IsValid(Order o); } class C : B { public override bool IsValid(Order o) => true; }");

    [Fact]
    public Task A_contract_of_the_framework() => Allows(
        "class C : IValidatableObject { public IEnumerable<ValidationResult> Validate(ValidationContext context) => new List<ValidationResult>(); }");

    [Fact]
    public Task The_decision_throws_until_it_is_written() => Fixes(
        "class C { public bool ValidateCard(string number) => [|true|]; }",
        "class C { public bool ValidateCard(string number) => throw new NotImplementedException(); }");

    [Fact]
    public Task A_field_that_needs_no_validation_where_others_do() => Allows("interface IFieldProvider { void Validate(Order order); } class NumberField : IFieldProvider { public void Validate(Order order) { if (order.Total < 0) throw new ArgumentException(); order.Status = OrderStatus.New; } } class TextField : IFieldProvider { public void Validate(Order order) { } }");

    [Fact]
    public Task A_question_that_says_how_little_it_asks() => Allows("""
        class C
        {
            /// <summary>Checks whether the given reset key is non-null and non-whitespace.</summary>
            public static bool IsValidResetPasswordKey(string? key) => !string.IsNullOrWhiteSpace(key);
        }
        """);
}

using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Residue;

public sealed class StubbedDecisionTests() : RuleTest("RISK7005")
{
    [Theory]
    [InlineData("bool ValidateCard(string number) => [|true|];")]
    [InlineData("public bool IsAuthorized(string user) { return [|true|]; }")]
    [InlineData("public Task<bool> CanPlaceOrderAsync(Order o) => [|Task.FromResult(true)|];")]
    [InlineData("public async Task<bool> VerifyPaymentAsync(string reference) { await Task.Delay(50); return [|true|]; }")]
    [InlineData("public bool ValidateCoupon(string code) { log.LogInformation(\"Checking {Code}\", code); return [|true|]; }")]
    [InlineData("public bool IsFraudulent(Order o) => [|false|];")]
    [InlineData("public decimal CalculateTax(Order o) => [|0m|];")]
    [InlineData("public decimal GetShippingCost(string country, decimal weight) { return [|5.99m|]; }")]
    [InlineData("public decimal ConvertAmount(decimal amount, string from, string to) => [|amount|];")]
    [InlineData("public void [|ValidateOrder|](Order o) { }")]
    [InlineData("public Task AuthorizeAsync(Order o) { log.LogDebug(\"{Id}\", o.Id); return [|Task.CompletedTask|]; }")]
    [InlineData("public IEnumerable<string> Validate(Order o) => [|new List<string>()|];")]
    [InlineData("public PaymentResult AuthorizePayment(Order o) => [|new PaymentResult(true)|];")]
    [InlineData("public (bool Ok, string? Error) CheckStock(Order o) => [|(true, null)|];")]
    [InlineData("public bool ValidateApiKey(string key) => [|!string.IsNullOrEmpty(key)|];")]
    [InlineData("public bool VerifySignature(string payload, string signature) { if (string.IsNullOrWhiteSpace(signature)) return false; return [|true|]; }")]
    [InlineData("public bool RequiresApproval(Order o) => [|false|];")]
    [InlineData("public async Task<bool> CheckFraudAsync(Order o) { return [|await Task.FromResult(false)|]; }")]
    [InlineData("public Task<bool> VerifyCardAsync(string number) { return [|Task.Run(() => true)|]; }")]
    [InlineData("public IEnumerable<string> [|ValidateOrder|](Order o) { yield break; }")]
    [InlineData("public bool HasAccess(Customer? customer, int orderId) { return [|customer != null|]; }")]
    [InlineData("public int GetStockLevel(string sku) => [|999|];")]
    public Task An_answer_that_ignores_the_question(string member) => Flags("class C : ShopCode { " + member + " }");

    [Fact]
    public Task An_implementation_of_the_shop_s_own_contract() => Flags("""
        class FraudCheck : IFraudCheck { public Task<bool> IsFraudulentAsync(Order order) => [|Task.FromResult(false)|]; }
        """);

    [Theory]
    [InlineData("public virtual bool CanPlaceOrder(Order o) => true;")]
    [InlineData("public bool CanHandle(Order o) => true;")]
    [InlineData("public bool IsAuthorized() => true;")]
    [InlineData("public bool IsValid(Order o) => o.Total > 0;")]
    [InlineData("public bool IsAuthorized(string user) => false;")]
    [InlineData("public bool CanRefund(Order o) { if (o.Status != OrderStatus.Paid) return false; return true; }")]
    [InlineData("public bool ValidateCard(string number) => throw new NotImplementedException();")]
    [InlineData("public decimal CalculateTotal(Order o) => o.Total;")]
    [InlineData("public decimal GetPrice(Product p) => p.Price;")]
    [InlineData("public bool HasCoupon(string? code) => !string.IsNullOrEmpty(code);")]
    [InlineData("public void Validate(Order o) { ArgumentNullException.ThrowIfNull(o); if (o.Total < 0) throw new ArgumentException(\"total\"); }")]
    [InlineData("public bool IsFraudulent(Order o) => true;")]
    [InlineData("public IEnumerable<string> ValidateOrder(Order o) { if (o.Total < 0) yield return \"total\"; }")]
    [InlineData("public bool HasAccess(Customer? customer) => customer != null;")]
    [InlineData("public bool HasAccess(Customer? customer, Order order) => customer != null && order.CustomerId == customer.Email;")]
    [InlineData("public bool IsAdmin(CancellationToken c) => true;")]
    [InlineData("public async Task<bool> CheckAsync(Order o) { return await fraud.IsFraudulentAsync(o); }")]
    [InlineData("public decimal GetDiscount(int percent) => percent / 100m;")]
    public Task Real_decisions(string member) => Allows("class C : ShopCode { " + member + " }");

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
}

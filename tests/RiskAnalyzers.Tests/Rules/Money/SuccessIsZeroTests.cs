using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Money;

public sealed class SuccessIsZeroTests() : RuleTest("RISK1006")
{
    [Fact]
    public Task Paid_first() => Flags("enum PaymentState { [|Paid|], Pending, Failed }");

    [Fact]
    public Task Success_first() => Flags("public enum ChargeResult { [|Success|], Declined, Error }");

    [Fact]
    public Task An_explicit_zero() => Flags("enum OrderStatus { [|Completed|] = 0, Open = 1 }");

    [Fact]
    public Task A_zero_further_down() => Flags("enum OrderStatus { Open = 1, [|Completed|] = 0 }");

    [Fact]
    public Task Approved_first() => Flags("enum ReviewOutcome { [|Approved|], Rejected }");

    [Fact]
    public Task Active_first() => Flags("enum AccountStatus { [|Active|], Suspended, Closed }");

    [Fact]
    public Task Verified_first() => Flags("enum EmailVerificationState { [|Verified|], Unverified }");

    [Fact]
    public Task Allowed_first() => Flags("enum AccessDecision : byte { [|Allowed|], Denied }");

    [Fact]
    public Task Ok_first() => Flags("enum ValidationResult { [|Ok|], Invalid }");

    [Fact]
    public Task A_nested_enum() => Flags("class Refund { public enum Status { [|Refunded|], Requested } }");

    [Fact]
    public Task Payment_authorized_first() => Flags("enum TransactionStatus { [|PaymentAuthorized|], PaymentDeclined }");

    [Fact]
    public Task Unknown_comes_first() => Fixes(
        "enum PaymentState { [|Paid|], Pending, Failed }",
        "enum PaymentState { Unknown = 0, Paid, Pending, Failed }");

    [Fact]
    public Task Unknown_first() => Allows("enum PaymentState { Unknown = 0, Paid = 1, Pending = 2 }");

    [Fact]
    public Task Pending_first() => Allows("enum PaymentState { Pending, Paid, Failed }");

    [Fact]
    public Task No_zero_at_all() => Allows("enum PaymentState { Paid = 1, Pending = 2 }");

    [Fact]
    public Task Flags_attribute() => Allows("[System.Flags] enum AccessResult { Granted = 0, Read = 1 }");

    [Fact]
    public Task Not_a_state() => Allows("enum PaymentColumn { Paid, Pending }");

    [Fact]
    public Task Unpaid_first() => Allows("enum InvoiceStatus { Unpaid, Paid }");

    [Fact]
    public Task Not_verified_first() => Allows("enum EmailState { NotVerified, Verified }");

    [Fact]
    public Task Inactive_first() => Allows("enum AccountStatus { Inactive, Active }");

    [Fact]
    public Task Awaiting_payment_first() => Allows("enum OrderStatus { AwaitingApproved, Approved }");

    [Fact]
    public Task One_value_alone() => Allows("enum SyncState { Ok }");

    [Fact]
    public Task New_first() => Allows("enum OrderStatus { New, Paid, Shipped }");

    [Fact]
    public Task Partially_paid_first() => Allows("enum OrderStatus { PartiallyPaid, Paid }");

    [Fact]
    public Task A_role_that_rules() => Flags("public enum UserRole { [|Admin|], Customer, Manager }");

    [Fact]
    public Task A_kind_of_account_that_rules() => Flags("public enum AccountType { [|SuperAdmin|] = 0, Seller = 1, Buyer = 2 }");

    [Fact]
    public Task A_role_that_may_do_little() => Allows("public enum UserRole { Customer, Support, Admin }");

    [Fact]
    public Task Roles_that_begin_with_one() => Allows("public enum UserRole { Admin = 1, Customer = 2 }");

    [Fact]
    public Task Pages_of_the_staff() => Allows("public enum Area { Admin, Shop }");
}

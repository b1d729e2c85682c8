using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Residue;

public sealed class NotImplementedTests() : RuleTest("RISK7012")
{
    [Theory]
    [InlineData("void M() { [|throw new Exception(\"Not implemented\");|] }")]
    [InlineData("string M(string? s) => s ?? [|throw new NotImplementedException()|];")]
    [InlineData("void M() { void Local() { [|throw new System.NotImplementedException();|] } Local(); }")]
    [InlineData("Func<int> M() => () => [|throw new NotImplementedException()|];")]
    public Task A_gap_that_throws(string member) => Flags("class C { " + member + " }");

    [Fact]
    public Task A_message_with_a_value() => Flags("class C { void M(int provider) { if (provider == 2) [|throw new Exception($\"Provider {provider} is not yet implemented\");|] } }");

    [Fact]
    public Task A_note_as_a_message() => Flags("class C { void M() { [|throw new InvalidOperationException(\"TODO: call the gateway\");|] } }");

    [Fact]
    public Task Another_exception_that_says_so() => Flags("class C { void M() { [|throw new NotSupportedException(\"Refunds are not implemented yet\");|] } }");

    [Fact]
    public Task A_case_of_a_switch() => Flags("class C { string M(int kind) => kind switch { 1 => \"card\", _ => [|throw new NotImplementedException()|] }; }");

    [Fact]
    public Task A_task_that_has_failed() => Flags("class C { Task<bool> M(Order o) => Task.FromException<bool>([|new NotImplementedException()|]); }");

    [Fact]
    public Task Both_accessors() => Flags("class C { decimal Total { get => [|throw new NotImplementedException()|]; set { [|throw new NotImplementedException();|] } } }");

    [Fact]
    public Task With_a_text() => Flags("class C { Task RefundAsync(Order o) { [|throw new NotImplementedException(\"refunds\");|] } }");

    [Fact]
    public Task An_expression() => Flags("class C { decimal Tax(Order o) => [|throw new NotImplementedException()|]; }");

    [Fact]
    public Task A_statement() => Flags("class C { void M() { [|throw new NotImplementedException();|] } }");

    [Theory]
    [InlineData("void M() { throw new NotSupportedException(); }")]
    [InlineData("Type M() => typeof(NotImplementedException);")]
    [InlineData("Exception M() { var prepared = new NotImplementedException(); return prepared; }")]
    [InlineData("string M() => nameof(NotImplementedException);")]
    [InlineData("void M(string reason) { throw new InvalidOperationException(reason); }")]
    [InlineData("decimal M(int kind) => kind switch { 1 => 2m, _ => throw new ArgumentOutOfRangeException(nameof(kind)) };")]
    public Task Other_exceptions(string member) => Allows("class C { " + member + " }");

    [Fact]
    public Task A_word_that_only_begins_so() => Allows("class C { void M() { throw new Exception(\"The todolist service is down\"); } }");

    [Fact]
    public Task A_question_for_it() => Allows("class C { bool M(Exception e) => e is NotImplementedException; }");

    [Fact]
    public Task A_clause_that_catches_it() => Allows("class C { void M() { try { } catch (NotImplementedException) { } } }");

    [Fact]
    public Task A_wrong_state() => Allows("class C { void M() { throw new InvalidOperationException(\"Order is already paid\"); } }");

    [Fact]
    public Task A_missing_argument() => Allows("class C { void M(Order? o) { if (o is null) throw new ArgumentNullException(nameof(o)); } }");

    [Fact]
    public Task What_the_provider_does_not_do() => Allows("class C { void M() { throw new NotSupportedException(\"The provider takes no refunds\"); } }");

    [Fact]
    public Task An_adapter_of_a_frameworks_contract() => Allows("class Roles : System.Collections.Generic.ICollection<Order> { public int Count => 0; public bool IsReadOnly => true; public void Add(Order o) => throw new NotImplementedException(); public void Clear() { } public bool Contains(Order o) => false; public void CopyTo(Order[] a, int i) { } public bool Remove(Order o) => false; public IEnumerator<Order> GetEnumerator() { yield break; } System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator(); }");

    [Fact]
    public Task A_store_that_only_reads() => Allows("class ReadOnlyOrders { public void Save(Order o) => throw new NotImplementedException(); }");

    [Fact]
    public Task A_null_object() => Allows("class NoopMailer : IMailer { public Task SendReceiptAsync(Order order, CancellationToken c) => throw new NotImplementedException(); }");

    [Fact]
    public Task A_base_class_asks_for_both_forms() => Allows("""
        abstract class Mapper { public abstract void Map(Order from, Order to); public abstract Task MapAsync(Order from, Order to); }
        class OrderMapper : Mapper
        {
            public override void Map(Order from, Order to) => throw new NotImplementedException();
            public override Task MapAsync(Order from, Order to) { to.Total = from.Total; return Task.CompletedTask; }
        }
        """);

    [Fact]
    public Task A_case_that_no_value_reaches() => Allows("enum FeeMode { Never, Once, Always } class C { int M(FeeMode mode) => mode switch { FeeMode.Always => 2, FeeMode.Once => 1, FeeMode.Never => 0, _ => throw new NotImplementedException() }; int N(FeeMode mode) { switch (mode) { case FeeMode.Never: return 0; case FeeMode.Once: case FeeMode.Always: return 1; default: throw new NotImplementedException(); } } }");

    [Fact]
    public Task A_case_that_some_values_reach() => Flags("enum FeeMode { Never, Once, Always } class C { int M(FeeMode mode) => mode switch { FeeMode.Always => 2, FeeMode.Never => 0, _ => [|throw new NotImplementedException()|] }; }");

    [Fact]
    public Task A_step_that_each_kind_of_payout_fills_in() => Allows("abstract class Payouts { protected virtual Task Process(Order o) => throw new NotImplementedException(); } class CardPayouts : Payouts { protected override Task Process(Order o) => Task.CompletedTask; }");

    [Fact]
    public Task A_step_that_nobody_fills_in() => Flags("class Payouts { protected virtual Task Process(Order o) => [|throw new NotImplementedException()|]; }");

    [Fact]
    public Task A_member_that_the_contract_wants_and_nobody_calls() => Allows("""
        interface IProvider { bool SignIn(string name); bool SignIn(string name, string password); }
        class Provider : IProvider
        {
            // This overload was never meant to be called, but the contract wants it.
            public bool SignIn(string name) { throw new NotImplementedException(); }
            public bool SignIn(string name, string password) => name == password;
        }
        """);
}

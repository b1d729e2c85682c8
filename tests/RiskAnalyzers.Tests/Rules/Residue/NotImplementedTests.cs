using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Residue;

public sealed class NotImplementedTests() : RuleTest("RISK7012")
{
    [Theory]
    [InlineData("void M() { [|throw new NotImplementedException();|] }")]
    [InlineData("decimal Tax(Order o) => [|throw new NotImplementedException()|];")]
    [InlineData("Task RefundAsync(Order o) { [|throw new NotImplementedException(\"refunds\");|] }")]
    [InlineData("decimal Total { get => [|throw new NotImplementedException()|]; set { [|throw new NotImplementedException();|] } }")]
    [InlineData("Task<bool> M(Order o) => Task.FromException<bool>([|new NotImplementedException()|]);")]
    [InlineData("string M(int kind) => kind switch { 1 => \"card\", _ => [|throw new NotImplementedException()|] };")]
    [InlineData("void M() { [|throw new NotSupportedException(\"Refunds are not implemented yet\");|] }")]
    [InlineData("void M() { [|throw new InvalidOperationException(\"TODO: call the gateway\");|] }")]
    [InlineData("void M() { [|throw new Exception(\"Not implemented\");|] }")]
    [InlineData("void M(int provider) { if (provider == 2) [|throw new Exception($\"Provider {provider} is not yet implemented\");|] }")]
    [InlineData("string M(string? s) => s ?? [|throw new NotImplementedException()|];")]
    [InlineData("void M() { void Local() { [|throw new System.NotImplementedException();|] } Local(); }")]
    [InlineData("Func<int> M() => () => [|throw new NotImplementedException()|];")]
    public Task A_gap_that_throws(string member) => Flags("class C { " + member + " }");

    [Theory]
    [InlineData("void M() { throw new NotSupportedException(\"The provider takes no refunds\"); }")]
    [InlineData("void M() { throw new NotSupportedException(); }")]
    [InlineData("void M(Order? o) { if (o is null) throw new ArgumentNullException(nameof(o)); }")]
    [InlineData("void M() { throw new InvalidOperationException(\"Order is already paid\"); }")]
    [InlineData("void M() { try { } catch (NotImplementedException) { } }")]
    [InlineData("bool M(Exception e) => e is NotImplementedException;")]
    [InlineData("Type M() => typeof(NotImplementedException);")]
    [InlineData("Exception M() { var prepared = new NotImplementedException(); return prepared; }")]
    [InlineData("string M() => nameof(NotImplementedException);")]
    [InlineData("void M() { throw new Exception(\"The todolist service is down\"); }")]
    [InlineData("void M(string reason) { throw new InvalidOperationException(reason); }")]
    [InlineData("decimal M(int kind) => kind switch { 1 => 2m, _ => throw new ArgumentOutOfRangeException(nameof(kind)) };")]
    public Task Other_exceptions(string member) => Allows("class C { " + member + " }");

    [Theory]
    [InlineData("class NoopMailer : IMailer { public Task SendReceiptAsync(Order order, CancellationToken c) => throw new NotImplementedException(); }")]
    [InlineData("class ReadOnlyOrders { public void Save(Order o) => throw new NotImplementedException(); }")]
    [InlineData("class Roles : System.Collections.Generic.ICollection<Order> { public int Count => 0; public bool IsReadOnly => true; public void Add(Order o) => throw new NotImplementedException(); public void Clear() { } public bool Contains(Order o) => false; public void CopyTo(Order[] a, int i) { } public bool Remove(Order o) => false; public IEnumerator<Order> GetEnumerator() { yield break; } System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator(); }")]
    public Task What_is_left_out_on_purpose(string code) => Allows(code);

    [Fact]
    public Task A_base_class_asks_for_both_forms() => Allows("""
        abstract class Mapper { public abstract void Map(Order from, Order to); public abstract Task MapAsync(Order from, Order to); }
        class OrderMapper : Mapper
        {
            public override void Map(Order from, Order to) => throw new NotImplementedException();
            public override Task MapAsync(Order from, Order to) { to.Total = from.Total; return Task.CompletedTask; }
        }
        """);
}

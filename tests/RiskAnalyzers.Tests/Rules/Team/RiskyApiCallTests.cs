using RiskAnalyzers.Reviews;
using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Team;

public sealed class RiskyApiCallTests() : RuleTest("RISK8001")
{
    private const string Api = """

        public class Ledger
        {
            public Ledger() { }
            [RequiresReview("amounts are in cents")] public virtual void Post(long amount) { }
            [RequiresReview("read once")] public long Balance { get; set; }
            [RequiresReview("raised twice")] public event System.Action? Changed;
            [RequiresReview("shared")] public long Total;
            public void Raise() => Changed?.Invoke();
            public void Close() => Post(0);
        }
        [RequiresReview("deletes rows")] public class Purge { public static void Run() { } public Purge() { } }
        public interface ISettle { [RequiresReview("must be idempotent")] void Settle(); }
        public class Free { public void Post(long amount) { } public long Balance { get; set; } }
        """;

    [Fact]
    public Task A_call() => Flags("class C { void M(Ledger l) => [|l.Post(1)|]; }" + Api);

    [Fact]
    public Task A_method_group() => Flags("class C { System.Action<long> M(Ledger l) => [|l.Post|]; }" + Api);

    [Fact]
    public Task A_property_read() => Flags("class C { long M(Ledger l) => [|l.Balance|]; }" + Api);

    [Fact]
    public Task A_property_written() => Flags("class C { void M(Ledger l) => [|l.Balance|] = 1; }" + Api);

    [Fact]
    public Task A_property_in_an_initialiser() => Flags("class C { object M() => new Ledger { [|Balance|] = 1 }; }" + Api);

    [Fact]
    public Task A_field() => Flags("class C { long M(Ledger l) => [|l.Total|]; }" + Api);

    [Fact]
    public Task An_event() => Flags("class C { void M(Ledger l) => [|l.Changed|] += () => { }; }" + Api);

    [Fact]
    public Task A_member_of_a_marked_type() => Flags("class C { void M() => [|Purge.Run()|]; }" + Api);

    [Fact]
    public Task A_constructor_of_a_marked_type() => Flags("class C { object M() => [|new Purge()|]; }" + Api);

    [Fact]
    public Task An_override() => Flags("class C : Ledger { public override void [|Post|](long amount) { } }" + Api);

    [Fact]
    public Task An_implementation() => Flags("class C : ISettle { public void [|Settle|]() { } }" + Api);

    [Fact]
    public Task A_call_in_a_lambda() => Flags("class C { System.Action M(Ledger l) => () => [|l.Post(1)|]; }" + Api);

    [Fact]
    public Task A_call_in_a_field_initialiser() => Flags("class C { static Ledger l = new(); long b = [|l.Balance|]; }" + Api);

    [Fact]
    public Task A_call_through_a_constructed_generic() => Flags("class Box<T> { [RequiresReview(\"x\")] public void Put(T t) { } } class C { void M(Box<int> b) => [|b.Put(1)|]; }");

    [Fact]
    public Task An_extension_method() => Flags("static class X { [RequiresReview(\"x\")] public static void Pay(this int i) { } } class C { void M() => [|1.Pay()|]; }");

    [Fact]
    public Task The_marked_type_s_own_code() => Allows("class C { }" + Api);

    [Fact]
    public Task A_twin_that_nobody_marked() => Allows("class C { void M(Free f) { f.Post(1); f.Balance = 2; } }" + Api);

    [Fact]
    public Task An_unmarked_member_beside_a_marked_one() => Allows("class C { void M(Ledger l) => l.Close(); }" + Api);

    [Fact]
    public Task An_unmarked_constructor() => Allows("class C { object M() => new Ledger(); }" + Api);

    [Fact]
    public Task A_name_alone() => Allows("class C { string M() => nameof(Ledger.Post); }" + Api);

    [Fact]
    public Task A_type_alone() => Allows("class C { Purge? P => null; System.Type T => typeof(Purge); }" + Api);

    [Fact]
    public Task A_method_that_hides_it() => Allows("class C : Ledger { public new void Post(long amount) { } }" + Api);

    [Fact]
    public Task An_interface_that_only_looks_the_same() => Allows("interface IOther { void Settle(); } class C : IOther { public void Settle() { } }" + Api);

    [Fact]
    public Task Nothing_is_marked() => Allows("class C { void M(System.IO.FileInfo f) => f.Delete(); }");

    [Fact]
    public Task A_comment_about_it() => Allows("class C { void M() { /* Purge.Run() deletes rows */ } }" + Api);

    [Fact]
    public async Task Code_off_every_path_needs_a_review_as_well()
    {
        var reported = await Analysis.Run(Analysis.Compile(("/shop/Weather.cs", "using RiskAnalyzers; class Weather { void M(Thermometer t) => t.Read(); } class Thermometer { [RequiresReview(\"slow\")] public void Read() { } }")),
            new ConfigOptions().Global(EnforcementProperty.Name, "enforce"));
        Assert.Equal("'Weather.M' uses what the team marked as risky and nobody answers for RISK8001 RiskyApiCall: remove the risk, or have a reviewer record a review with the code fix", reported.Single(d => d.Id == "RISK0001").GetMessage());
    }

    [Fact]
    public async Task A_mark_in_another_assembly_counts()
    {
        var library = Analysis.Compile(("lib.cs", "public class Vault { [RiskAnalyzers.RequiresReview(\"x\")] public void Open() { } }")).WithAssemblyName("Vaults");
        var reported = await Analysis.Run(Analysis.Compile(("/shop/Weather.cs", "class Weather { void M(Vault v) => v.Open(); }")).AddReferences(library.ToMetadataReference()));
        Assert.Contains(reported, d => d.Id == "RISK8001");
    }

    [Theory]
    [InlineData("M:System.IO.File.Delete(System.String);use the archive, see https://example.org/incidents/12 // since 2026", "File.Delete", "use the archive, see https://example.org/incidents/12")]
    [InlineData("System.IO.File.*;no files here", "File.Delete", "no files here")]
    [InlineData("T:System.IO.File ; no files here", "File.Delete", "no files here")]
    public async Task A_line_of_text_marks_an_api(string line, string api, string why)
    {
        var reported = await Listed("// what incidents taught us\n\n" + line, "RiskyApis.Files.txt");
        Assert.Equal($"'{api}' needs a reviewer's eye wherever it is used: {why}", reported.Single(d => d.Id == "RISK8001").GetMessage());
    }

    [Theory]
    [InlineData("M:System.IO.File.Delete(System.String)", "line 2 of RiskyApis.txt: expected ';' and, after it, what a caller must look out for")]
    [InlineData("M:System.IO.File.Delete(System.String);", "line 2 of RiskyApis.txt: expected ';' and, after it, what a caller must look out for")]
    [InlineData("File.Delete;why", "line 2 of RiskyApis.txt: 'File.Delete' is neither a documentation id such as M:Shop.Cart.Add(System.Int32) nor a pattern that ends in .*")]
    public async Task A_line_that_nobody_can_read_is_reported(string line, string complaint)
    {
        var reported = await Listed("// list\n" + line, "RiskyApis.txt");
        Assert.Equal(complaint, reported.Single(d => d.Id == "RISK0005").GetMessage());
        Assert.DoesNotContain(reported, d => d.Id == "RISK8001");
    }

    private static Task<ImmutableArray<Diagnostic>> Listed(string list, string file) => Analysis.Run(
        Analysis.Compile(("/shop/Weather.cs", "class Weather { void M() => System.IO.File.Delete(\"x\"); }")), additionalFiles: [new TextFile("/shop/" + file, list)]);
}

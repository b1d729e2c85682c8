using System.Text;
using CsCheck;
using Microsoft.CodeAnalysis.CodeFixes;
using RiskAnalyzers.Reviews;
using RiskAnalyzers.Rules;
using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Robustness;

/// <summary>The analyzer stands any input: it never throws, never hangs, and says the same whatever the order and the number of threads.</summary>
public sealed class AnyInputTests
{
    private static readonly string[] Samples = Directory.EnumerateFiles(Repository.File("tests", "RiskAnalyzers.Tests", "Rules"), "*.cs", SearchOption.AllDirectories)
        .Concat(Directory.Exists(Repository.File("docs", "samples")) ? Directory.EnumerateFiles(Repository.File("docs", "samples"), "*.cs", SearchOption.AllDirectories) : [])
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
        .Select(File.ReadAllText)
        .ToArray();

    // The code under test of the rules' own tests: every string in them that parses to a type.
    private static readonly string[] Snippets = Samples
        .SelectMany(sample => CSharpSyntaxTree.ParseText(sample).GetRoot().DescendantTokens()
            .Where(token => token.IsKind(SyntaxKind.StringLiteralToken) || token.IsKind(SyntaxKind.MultiLineRawStringLiteralToken))
            .Select(token => token.ValueText.Replace("[|", "").Replace("|]", "")))
        .Where(text => text.Contains("class ", StringComparison.Ordinal) || text.Contains("record ", StringComparison.Ordinal) || text.Contains("enum ", StringComparison.Ordinal))
        .Concat(Samples)
        .ToArray();

    [Fact]
    public void Tokens_deleted_and_swapped_at_random_never_make_it_throw() =>
        Gen.Select(Gen.Int[0, Snippets.Length - 1], Gen.Int[0, int.MaxValue].Array[1, 6]).Sample((index, edits) =>
        {
            var mangled = Mangle(Snippets[index], edits);
            Stands(Analysis.Compile(("/shop/Checkout.cs", mangled), (Prelude.Path, Prelude.Source))).GetAwaiter().GetResult();
        }, iter: 150, threads: 2);

    [Theory]
    [InlineData("class C { decimal M(decimal? a) => a ?? 0m * ")]
    [InlineData("[ReviewedBy(\"a\", ] class C { decimal M(decimal? a) => a ?? 0m * 2; }")]
    [InlineData("[ReviewedBy] class C { decimal M(decimal? a) => a ?? 0m * 2; }")]
    [InlineData("[CriticalPath(] class C { }")]
    [InlineData("class C : Missing { Missing M(Missing m) => m ?? 0m * m.Pay(); } class C : Other { }")]
    [InlineData("class { enum { Paid, } record ( ; interface I { void ; }")]
    [InlineData("unsafe class C { int* p; void M(dynamic d) { d.Charge(*p); var x = d?.Price ?? 0m * 2; } }")]
    [InlineData("file class C { } ref struct R { public int Price; } record struct S(decimal Price, double Total);")]
    [InlineData("class C(decimal price) { int[] a = [1, 2, .. new[] { 3 }]; decimal M() => price; }")]
    [InlineData("static class E { extension(decimal price) { public decimal Twice => price * 2; public static decimal Zero() => 0m; } }")]
    [InlineData("partial class C { public partial decimal Price { get; set; } } partial class C { public partial decimal Price { get => field; set; } }")]
    [InlineData("#if DEBUG\nclass C { }\n#else\nclass C { decimal? M(decimal? a) => a ?? 0m * 2; }\n#endif\n#pragma warning disable\n#region")]
    [InlineData("public class CheckoutService { public object AddItem(int quantity, decimal price) => new { Quantity = quantity, Price = price, Lines = new[] { new { Quantity = quantity } } }; }")]
    [InlineData("class _ { decimal _1(decimal _, int __) { var ___ = _ * __; try { return ___; } catch { return 0m; } } class __ { bool _() => true; int ____ { get; set; } } }")]
    [InlineData("class C string ShopCode { public async Task Pay(Order o, string t) { o.PaymentReference = (await .ChargeAsync(o.Total, t)).TransactionId; o.Status = OrderStatus.Paid; } }")]
    [InlineData("")]
    [InlineData("\0\uFFFF class C { }")]
    public async Task Half_typed_and_newest_code(string code)
    {
        await Stands(Analysis.Compile(("/shop/Checkout.cs", code)));
        await Stands(Analysis.Compile(("/shop/Checkout.cs", "using RiskAnalyzers;\n" + code), (Prelude.Path, Prelude.Source)));
    }

    [Fact]
    public async Task References_may_be_missing()
    {
        var compilation = Analysis.Compile(("/shop/Checkout.cs", "class CheckoutService { decimal? M(decimal? a) => a ?? 0m * 2; }")).WithReferences();
        await Stands(compilation);
    }

    [Fact]
    public async Task Very_long_members()
    {
        var code = new StringBuilder("class CheckoutService { decimal M(decimal? price, int q) { decimal total = 0m;\n");
        for (var i = 0; i < 10_000; i++)
            code.Append("total += price ?? 0m * q;\n");
        var reported = await Analysis.Run(Analysis.Compile(("/shop/Checkout.cs", code + "return total; } }")), OnPath);
        Assert.Equal(10_000, reported.Count(d => d.Id == "RISK1002"));
    }

    [Fact]
    public async Task Very_deep_expressions()
    {
        var code = "class CheckoutService { int M(int a) => " + string.Join(" + ", Enumerable.Repeat("a", 5_000)) + "; string N(string s) => " + string.Join(" + ", Enumerable.Repeat("s", 2_000)) + "; }";
        await Stands(Analysis.Compile(("/shop/Checkout.cs", code)));
    }

    [Fact]
    public async Task Very_many_parts()
    {
        var files = Enumerable.Range(0, 1_000).Select(i => ($"/shop/Checkout{i}.cs", $"partial class CheckoutService {{ decimal M{i}(decimal? price) => price ?? 0m * 2; }}")).ToArray();
        Assert.Equal(1_000, (await Analysis.Run(Analysis.Compile(files), OnPath)).Count(d => d.Id == "RISK1002"));
    }

    [Fact]
    public async Task The_order_of_files_and_the_number_of_threads_do_not_matter()
    {
        var files = Snippets.Where(snippet => snippet.Length < 4_000).Take(120).Select((snippet, i) => ($"/shop/Checkout{i:000}.cs", $"namespace N{i} {{ {snippet.Replace("using ", "//")} }}")).ToArray();
        var expected = await Lines(files);
        Assert.NotEmpty(expected);
        Assert.Equal(expected, await Lines([.. files.Reverse()]));
        Assert.Equal(expected, await Lines(files, concurrent: false));

        static async Task<List<string>> Lines((string, string)[] files, bool concurrent = true) =>
            [.. (await Analysis.Run(Analysis.Compile([.. files, (Prelude.Path, Prelude.Source)]), OnPath, concurrent: concurrent)).Select(d => d.ToString()).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public void Every_fix_leaves_mangled_code_without_throwing() =>
        Gen.Select(Gen.Int[0, Snippets.Length - 1], Gen.Int[0, int.MaxValue].Array[0, 2]).Sample((index, edits) => FixAsync(Mangle(Snippets[index], edits)).GetAwaiter().GetResult(), iter: 60, threads: 2);

    // A rule that throws is caught and reported; here that is a failure as well.
    private static async Task Stands(Compilation compilation) => Assert.Empty((await Analysis.Run(compilation, OnPath)).Where(d => d.Id == "RISK0009").Select(d => d.ToString()));

    private static ConfigOptions OnPath => new ConfigOptions().Global(EnforcementProperty.Name, "enforce").For("Checkout", "risk_analyzers.critical_path", "checkout").For("Prelude", "risk_analyzers.critical_path", "none");

    private static async Task FixAsync(string code)
    {
        using var run = new FixRun(code, "risk_analyzers.critical_path = checkout\nrisk_analyzers.reviewers = alice", rules: RuleCatalogue.All);
        foreach (var diagnostic in (await run.Diagnostics()).Where(d => d.Id.StartsWith("RISK", StringComparison.Ordinal) && d.Location.IsInSource))
        {
            foreach (var fix in RuleRun.FixesOf(diagnostic.Id))
            {
                foreach (var action in await run.Actions(fix, diagnostic))
                    await action.GetOperationsAsync(default);
            }
        }
    }

    private static string Mangle(string code, int[] edits)
    {
        var text = code;
        foreach (var edit in edits)
        {
            var tokens = CSharpSyntaxTree.ParseText(text).GetRoot().DescendantTokens().Where(token => token.Span.Length > 0).ToList();
            if (tokens.Count < 2)
                return text;
            var one = tokens[edit % tokens.Count];
            var other = tokens[(edit / 7) % tokens.Count];
            text = (edit % 3) switch
            {
                0 => text.Remove(one.SpanStart, one.Span.Length),
                1 => text.Remove(one.SpanStart, one.Span.Length).Insert(one.SpanStart, other.Text),
                _ => text.Insert(one.SpanStart, other.Text + " "),
            };
        }
        return text;
    }
}

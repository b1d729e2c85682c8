using RiskAnalyzers.Rules;
using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.CriticalPaths;

public sealed class CalledPathsTests
{
    private const string Risky = "public static decimal ToCents(decimal? price) => price ?? 0m * 2;";

    [Theory]
    [InlineData("class CheckoutPage { decimal Place() => Rounding.ToCents(1m); }", "CheckoutPage.Place > Rounding.ToCents")]
    [InlineData("class CheckoutPage { decimal Place() => Helper.Sum(); } static class Helper { public static decimal Sum() => Rounding.ToCents(1m); }", "CheckoutPage.Place > Helper.Sum > Rounding.ToCents")]
    [InlineData("class CheckoutPage { decimal Place(IHelper h) => h.Sum(); } interface IHelper { decimal Sum(); } class Helper : IHelper { public decimal Sum() => Rounding.ToCents(1m); }", "CheckoutPage.Place > Helper.Sum > Rounding.ToCents")]
    [InlineData("class CheckoutPage { decimal Place(Helper h) => h.Sum(); } abstract class Helper { public abstract decimal Sum(); } class Exact : Helper { public override decimal Sum() => Rounding.ToCents(1m); }", "CheckoutPage.Place > Exact.Sum > Rounding.ToCents")]
    [InlineData("class CheckoutPage { System.Func<decimal?, decimal> Place() => Rounding.ToCents; }", "CheckoutPage.Place > Rounding.ToCents")]
    [InlineData("class CheckoutPage { object Place() => new Helper(); } class Helper { decimal x; public Helper() { x = Rounding.ToCents(1m); } }", "CheckoutPage.Place > new Helper > Rounding.ToCents")]
    [InlineData("class CheckoutPage { decimal Place(Helper h) => h.Sum; } class Helper { public decimal Sum { get { return Rounding.ToCents(1m); } } }", "CheckoutPage.Place > Helper.Sum > Rounding.ToCents")]
    [InlineData("class CheckoutPage { decimal Place(Helper h) => h.Sum; } class Helper { public decimal Sum => Rounding.ToCents(1m); }", "CheckoutPage.Place > Helper.Sum > Rounding.ToCents")]
    [InlineData("class CheckoutPage { decimal Place(Helper h) => h + h; } class Helper { public static decimal operator +(Helper a, Helper b) => Rounding.ToCents(1m); }", "CheckoutPage.Place > Helper.op_Addition > Rounding.ToCents")]
    [InlineData("class CheckoutPage { void Place() { foreach (var x in new Helper()) { } } } class Helper { public System.Collections.Generic.IEnumerator<int> GetEnumerator() { Rounding.ToCents(1m); yield break; } }", "CheckoutPage.Place > Helper.GetEnumerator > Rounding.ToCents")]
    [InlineData("class CheckoutPage { void Place() { using var h = new Helper(); } } class Helper : System.IDisposable { public void Dispose() { Rounding.ToCents(1m); } }", "CheckoutPage.Place > Helper.Dispose > Rounding.ToCents")]
    [InlineData("class CheckoutPage { decimal Place() => A.One() + B.Two(); } static class A { public static decimal One() => B.Two(); } static class B { public static decimal Two() => Rounding.ToCents(1m); }", "CheckoutPage.Place > B.Two > Rounding.ToCents")]
    [InlineData("class CheckoutPage { decimal Place() => 1m.Up(); } static class X { public static decimal Up(this decimal d) => Rounding.ToCents(d); }", "CheckoutPage.Place > X.Up > Rounding.ToCents")]
    public async Task What_critical_code_calls_is_critical(string code, string chain)
    {
        Assert.Equal($"'Rounding.ToCents' is on the critical path 'checkout: {chain}'", await Report(code));
        Assert.Null(await Report(code, follow: false));
    }

    [Fact]
    public async Task What_nobody_critical_calls_is_not() => Assert.Null(await Report("class Weather { decimal Today() => Rounding.ToCents(1m); }"));

    [Fact]
    public async Task What_only_stands_in_for_something_is_not() =>
        Assert.Null(await Report("class CheckoutPage { decimal Place() => FakeRounding.Sum(); } static class FakeRounding { public static decimal Sum() => ((decimal?)1m) ?? 0m * 2; }"));

    [Fact]
    public async Task A_pattern_stops_it() =>
        Assert.Null(await Report("class CheckoutPage { decimal Place() => Rounding.ToCents(1m); }", options: new ConfigOptions().For(".cs", "risk_analyzers.follow_calls_stop", "Rounding.*")));

    [Fact]
    public async Task The_order_of_files_does_not_matter()
    {
        const string a = "class CheckoutPage { decimal Place() => One.A() + Two.A(); }";
        const string b = "static class One { public static decimal A() => Rounding.ToCents(1m); }";
        const string c = "static class Two { public static decimal A() => Rounding.ToCents(1m); }";
        Assert.Equal(await Report(a, extra: [b, c]), await Report(a, extra: [c, b]));
    }

    private static async Task<string?> Report(string code, bool follow = true, ConfigOptions? options = null, string[]? extra = null)
    {
        (string, string)[] files = [("/shop/Code.cs", code), .. (extra ?? []).Select((text, i) => ($"/shop/Extra{i}.cs", text)), ("/shop/Rounding.cs", "static class Rounding { " + Risky + " }")];
        var compilation = Analysis.Compile(files);
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        var reported = await Analysis.Run(compilation, (options ?? new ConfigOptions()).For(".cs", "risk_analyzers.follow_calls", follow ? "true" : "false"), [RuleCatalogue.All.Single(rule => rule.Id == "RISK1002")]);
        return reported.SingleOrDefault(d => d.Id == "RISK0001")?.GetMessage().Split(" and nobody")[0];
    }
}

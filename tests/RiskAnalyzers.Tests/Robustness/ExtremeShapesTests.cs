using System.Diagnostics;
using System.Text;
using RiskAnalyzers.Reviews;
using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Robustness;

/// <summary>All rules over code as deep and as long as generators make it: no rule recurses through it or looks at everything from everywhere.</summary>
public sealed class ExtremeShapesTests
{
    public static TheoryData<string, string> DeepBodies => new()
    {
        { "sums", "return " + Joined(" + ", "price", 5_000) + ";" },
        { "products", "return " + Joined(" * ", "price", 5_000) + ";" },
        { "mixed signs", "return " + Joined(" - total * 0.2m + ", "price", 2_000) + ";" },
        { "texts", "var token = " + Joined(" + ", "price.ToString()", 1_500) + "; return token.Length;" },
        { "conditions", "if (" + Joined(" || ", "order.Total < price", 3_000) + ") throw new InvalidOperationException(); return 0m;" },
        { "fallbacks", "decimal? none = null; return " + Joined(" ?? ", "none", 300) + " ?? 0m;" },
        { "choices", "return " + string.Concat(Enumerable.Range(0, 300).Select(i => $"quantity == {i} ? {i}m : ")) + "price;" },
        { "parentheses", "return " + new string('(', 400) + "price" + new string(')', 400) + ";" },
        { "negations", "return " + string.Concat(Enumerable.Repeat("- ", 400)) + "price;" },
        { "casts", "return " + string.Concat(Enumerable.Repeat("(decimal)(double)", 200)) + "price;" },
        { "else branches", string.Concat(Enumerable.Range(0, 400).Select(i => $"if (quantity == {i}) return {i}m; else ")) + "return price;" },
        { "blocks", new string('{', 400) + "total += price;" + new string('}', 400) + "return total;" },
        { "conditions in conditions", string.Concat(Enumerable.Range(0, 300).Select(i => $"if (quantity != {i}) {{ ")) + "total += price;" + new string('}', 300) + "return total;" },
        { "loops in loops", string.Concat(Enumerable.Range(0, 100).Select(i => $"foreach (var line{i} in order.Lines) {{ ")) + "total += price;" + new string('}', 100) + "return total;" },
        { "catches in catches", string.Concat(Enumerable.Repeat("try { total += price; } catch (Exception) { ", 80)) + new string('}', 80) + "return total;" },
        { "calls on calls", "return db.Orders" + string.Concat(Enumerable.Repeat(".Where(o => o.Total > 1m)", 250)) + ".Sum(o => o.Total);" },
        { "calls in calls", "return " + string.Concat(Enumerable.Repeat("Math.Abs(", 400)) + "price" + new string(')', 400) + ";" },
        { "functions in functions", string.Concat(Enumerable.Range(0, 60).Select(i => $"decimal Local{i}() {{ ")) + "return price;" + string.Concat(Enumerable.Range(0, 60).Reverse().Select(i => $" }} return Local{i}();")) },
    };

    public static TheoryData<string, string> LongBodies => new()
    {
        { "charges", "await gateway.ChargeAsync(order.Total, \"card\");" },
        { "results", "var paid$ = await gateway.ChargeAsync(order.Total, \"card\"); if (!paid$.Success) throw new InvalidOperationException();" },
        { "guards", "if (order.Total < $) throw new InvalidOperationException(\"too little\");" },
        { "swallowed exceptions", "try { await mailer.SendReceiptAsync(order); } catch (Exception e) { log.LogError(e, \"mail\"); }" },
        { "states", "order.Status = OrderStatus.Paid; await db.SaveChangesAsync();" },
        { "queries", "var order$ = await db.Orders.FirstOrDefaultAsync(o => o.Id == $); order$!.Total += 1m;" },
        { "settings", "var key$ = config[\"Stripe:Key$\"] ?? \"sk_live_abcdef$\";" },
        { "remarks", "// TODO: in a real application this would charge the card\ntotal += $;" },
        { "requests", "var response$ = await http.GetAsync(\"/prices/$\"); total += decimal.Parse(await response$.Content.ReadAsStringAsync());" },
        { "choices", "total += quantity switch { $ => 1.5m, _ => 0m };" },
    };

    [Theory, MemberData(nameof(DeepBodies))]
    public async Task Deep(string what, string body)
    {
        Assert.NotEmpty(what);
        await Run("decimal M(Order order, decimal price, int quantity) { var total = 0m; " + body + " }");
    }

    [Theory, MemberData(nameof(LongBodies))]
    public async Task Long(string what, string statement)
    {
        Assert.NotEmpty(what);
        var body = new StringBuilder();
        for (var i = 0; i < 2_000; i++)
            body.AppendLine(statement.Replace("$", i.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        var watch = Stopwatch.StartNew();
        await Run("async Task<decimal> M(Order order, decimal price, int quantity) { var total = 0m; await Task.Yield();\n" + body + "return total; }");
        TestContext.Current.TestOutputHelper?.WriteLine($"{what}: {watch.ElapsedMilliseconds} ms");
    }

    private static async Task Run(string member)
    {
        var compilation = Analysis.Compile(("/shop/Checkout.cs", "using RiskAnalyzers;\npublic class CheckoutService : ShopCode { public " + member + " }"), (Prelude.Path, Prelude.Source));
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        var options = new ConfigOptions().Global(EnforcementProperty.Name, "enforce").For("Checkout", "risk_analyzers.critical_path", "checkout").For("Prelude", "risk_analyzers.critical_path", "none");
        Assert.DoesNotContain(await Analysis.Run(compilation, options), d => d.Id == "RISK0009");
    }

    private static string Joined(string between, string part, int times) => string.Join(between, Enumerable.Repeat(part, times));
}

using Microsoft.CodeAnalysis.CodeFixes;
using RiskAnalyzers.Reviews;
using RiskAnalyzers.Rules;
using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Reviews;

public sealed class BaselineTests
{
    private const string Code = "class Cart { decimal Total(decimal? price, int quantity) => price ?? 0m * quantity; }";
    private const string OnPath = "risk_analyzers.critical_path = checkout";
    private const string Asked = "build_property.RiskRecord = baseline";

    [Fact]
    public async Task A_unit_of_the_baseline_is_exempt_and_its_finding_cannot_fail_a_build()
    {
        var reported = await Judge(Code, await LineOf(Code));
        Assert.Equal(["RISK1002"], reported.Select(d => d.Id));
        Assert.Equal(DiagnosticSeverity.Info, reported[0].Severity);
    }

    [Fact]
    public async Task A_touched_unit_needs_a_review()
    {
        var reported = await Judge(Code.Replace("0m", "0.0m"), await LineOf(Code));
        Assert.Equal(["RISK0001", "RISK0008", "RISK1002"], reported.Select(d => d.Id).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("r1.short M:Cart.Total")]
    [InlineData("M:Cart.Total")]
    [InlineData("r1.0000000000000000")]
    [InlineData("r7.0000000000000000 M:Cart.Total")]
    [InlineData("<<<<<<< HEAD")]
    public async Task A_malformed_line_exempts_nothing_and_says_so(string line)
    {
        var reported = await Judge(Code, "# units from before\n\n" + line);
        Assert.Contains("line 3 of RiskBaseline.txt", reported.Single(d => d.Id == "RISK0005").GetMessage());
        Assert.Equal(2, reported.Single(d => d.Id == "RISK0005").Location.GetLineSpan().StartLinePosition.Line);
        Assert.Contains(reported, d => d.Id == "RISK0001");
    }

    [Fact]
    public async Task A_line_that_fits_nothing_is_reported_where_it_stands()
    {
        var reported = await Judge(Code, await LineOf(Code) + "\nr1.0000000000000000 M:Gone.Away");
        var stale = reported.Single(d => d.Id == "RISK0008");
        Assert.Equal(1, stale.Location.GetLineSpan().StartLinePosition.Line);
        Assert.Equal("/shop/RiskBaseline.txt", stale.Location.GetLineSpan().Path);
    }

    [Fact]
    public async Task The_whole_baseline_is_written_sorted_and_once()
    {
        using var run = new FixRun("class B { decimal M(decimal? p) => p ?? 0m * 2; } class A { decimal M(decimal? p) => p ?? 0m * 2; decimal N(decimal? p) => p ?? 0m * 2; }", OnPath, Asked);
        await run.ApplyAll(new RecordBaselineFix(), "RISK0001", FixAllScope.Solution);
        var written = (await run.Project.AdditionalDocuments.Single().GetTextAsync()).ToString();
        Assert.Equal(["M:A.M(System.Nullable{System.Decimal})", "M:A.N(System.Nullable{System.Decimal})", "M:B.M(System.Nullable{System.Decimal})"],
            written.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[1]));
        Assert.DoesNotContain(await run.Diagnostics(), d => d.Id == "RISK0001");
    }

    [Fact]
    public async Task Later_units_join_the_lines_that_are_there()
    {
        using var run = new FixRun("class B { decimal M(decimal? p) => p ?? 0m * 2; }", OnPath, Asked);
        run.AddFile("RiskBaseline.txt", "# units from before\nr1.0000000000000000 M:Z.Z\nr1.0000000000000000 M:A.A\n");
        await run.ApplyAll(new RecordBaselineFix(), "RISK0001");
        var lines = (await run.Project.AdditionalDocuments.Single().GetTextAsync()).ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("# units from before", lines[0]);
        Assert.Equal(["M:A.A", "M:B.M(System.Nullable{System.Decimal})", "M:Z.Z"], lines.Skip(1).Select(line => line.Split(' ')[1]));
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData(Asked, 0)]
    public async Task One_property_chooses_between_baseline_and_review(string globals, int reviewActions)
    {
        using var run = new FixRun(Code, OnPath + "\nrisk_analyzers.reviewers = alice", globals);
        var diagnostic = (await run.Diagnostics()).First(d => d.Id == "RISK0001");
        Assert.Single(await run.Actions(new RecordBaselineFix(), diagnostic));
        Assert.Equal(reviewActions, (await run.Actions(new RecordReviewFix(), diagnostic)).Count);
    }

    [Fact]
    public async Task One_unit_is_added_by_hand()
    {
        using var run = new FixRun(Code, OnPath);
        var diagnostic = (await run.Diagnostics()).First(d => d.Id == "RISK0001");
        await run.Apply((await run.Actions(new RecordBaselineFix(), diagnostic))[0]);
        Assert.DoesNotContain(await run.Diagnostics(), d => d.Id == "RISK0001");
    }

    [Fact]
    public async Task No_formatter_run_exempts_anything_by_itself()
    {
        using var run = new FixRun(Code, OnPath);
        await run.ApplyAll(new RecordBaselineFix(), "RISK0001", FixAllScope.Solution);
        Assert.Empty(run.Project.AdditionalDocuments);
    }

    [Fact]
    public async Task Lines_that_exempt_nothing_are_pruned_and_the_others_stay()
    {
        using var run = new FixRun(Code, OnPath, "build_property.RiskRecord = prune");
        run.AddFile("RiskBaseline.txt", "# units from before\nr1.0000000000000000 M:A.A\n" + await LineOf(Code) + "\nr1.0000000000000000 M:Z.Z\n");
        Assert.All((await run.Diagnostics()).Where(d => d.Id == "RISK0008"), d => Assert.True(d.Location.IsInSource));
        await run.ApplyAll(new PruneBaselineFix(), "RISK0008", FixAllScope.Solution);
        Assert.Equal("# units from before\n" + await LineOf(Code) + "\n", (await run.Project.AdditionalDocuments.Single().GetTextAsync()).ToString());
        Assert.DoesNotContain(await run.Diagnostics(), d => d.Id is "RISK0001" or "RISK0008");
    }

    private static async Task<string> LineOf(string code)
    {
        var properties = (await Judge(code, "")).Single(d => d.Id == "RISK0001").Properties;
        return Baseline.LineOf(properties[ReviewProperties.Digest]!, properties[ReviewProperties.Unit]!);
    }

    private static Task<ImmutableArray<Diagnostic>> Judge(string code, string baseline) => Analysis.Run(
        Analysis.Compile(("/shop/Cart.cs", code)),
        new ConfigOptions().Global(EnforcementProperty.Name, "enforce").For("Cart.cs", "risk_analyzers.critical_path", "checkout"),
        [RuleCatalogue.All.Single(rule => rule.Id == "RISK1002")],
        [new TextFile("/shop/RiskBaseline.txt", baseline)]);
}

using System.Globalization;
using Microsoft.CodeAnalysis.CodeFixes;
using RiskAnalyzers.Reviews;
using RiskAnalyzers.Rules;
using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Reviews;

public sealed class RecordReviewTests
{
    private const string Roster = "risk_analyzers.reviewers = alice, bob\nrisk_analyzers.critical_path = checkout";
    private const string Sum = "price ?? 0m * 2";

    private static string Today => DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static TheoryData<string> Units =>
    [
        $"class C {{ decimal M(decimal? price) => {Sum}; }}",
        $"class C\n{{\n    /// <summary>Doc.</summary>\n    [System.Obsolete]\n    decimal M(decimal? price) => {Sum};\n}}\n",
        $"class C {{ static decimal? price; decimal P {{ get {{ return {Sum}; }} set {{ }} }} }}",
        $"class C {{ static decimal? price; decimal P => {Sum}; }}",
        $"class C {{ static decimal? price; decimal this[int i] => {Sum}; }}",
        $"class C {{ static decimal? price; decimal f = {Sum}, g; }}",
        $"class C {{ static decimal? price; static decimal f; static C() {{ f = {Sum}; }} }}",
        $"class C {{ decimal f; C(decimal? price) {{ f = {Sum}; }} }}",
        $"class C {{ static decimal? price; public static decimal operator +(C a, C b) => {Sum}; }}",
        $"class C {{ static decimal? price; event System.Action E {{ add {{ var x = {Sum}; }} remove {{ }} }} }}",
        $"record C(decimal? price) {{ public decimal T => {Sum}; }}",
        $"class C(decimal? price) {{ decimal M() {{ decimal L() => {Sum}; return L(); }} }}",
        $"partial class C {{ private partial decimal M(decimal? price); }} partial class C {{ private partial decimal M(decimal? price) => {Sum}; }}",
        $"interface I {{ decimal M(decimal? price) => {Sum}; }}",
        $"struct S {{ class N {{ decimal M(decimal? price) => {Sum}; }} }}",
        "class C { decimal M(decimal? price) { return price ?? 0m * 2; } decimal N(decimal? price) { return price ?? 0m * 2; } }",
    ];

    public static TheoryData<string> TopLevelUnits =>
    [
        $"System.Func<decimal?, decimal> f = Checkout;\ndecimal Checkout(decimal? price) => {Sum};\n",
        $"Route.MapPost(\"/checkout\", price => {Sum});\nclass Route {{ public static void MapPost(string route, System.Func<decimal?, decimal> f) {{ }} }}\n",
        $"Route.MapPost(\"/checkout\", static (decimal? price) => {Sum});\nclass Route {{ public static void MapPost(string route, System.Func<decimal?, decimal> f) {{ }} }}\n",
        $"decimal? price = 1m;\nvar total = {Sum};\n",
        $"decimal? price = 1m;\nvar total = {Sum};\npublic partial class Program {{ }}\n",
        $"Route.MapPost(\"/checkout\", delegate (decimal? price) {{ return {Sum}; }});\nclass Route {{ public static void MapPost(string route, System.Func<decimal?, decimal> f) {{ }} }}\n",
    ];

    [Theory, MemberData(nameof(Units))]
    public Task A_recorded_review_opens_the_gate(string code) => Records(code, OutputKind.DynamicallyLinkedLibrary);

    [Theory, MemberData(nameof(TopLevelUnits))]
    public Task A_recorded_review_of_top_level_code_opens_the_gate(string code) => Records(code, OutputKind.ConsoleApplication);

    [Fact]
    public async Task The_review_stands_under_the_documentation_and_above_other_attributes()
    {
        using var run = new FixRun($"using RiskAnalyzers;\n\nclass C\n{{\n    /// <summary>Doc.</summary>\n    [System.Obsolete]\n    decimal M(decimal? price) => {Sum};\n}}\n", Roster);
        var digest = (await run.Diagnostics()).First(d => d.Id == "RISK0001").Properties[ReviewProperties.Digest];
        await run.ApplyAll(new RecordReviewFix(), "RISK0001");
        Assert.Equal($"using RiskAnalyzers;\n\nclass C\n{{\n    /// <summary>Doc.</summary>\n    [ReviewedBy(\"alice\", \"{Today}\", \"{digest}\")]\n    [System.Obsolete]\n    decimal M(decimal? price) => {Sum};\n}}\n", await run.Text());
    }

    [Fact]
    public async Task Each_person_on_the_roster_gets_an_action()
    {
        using var run = new FixRun($"class C {{ decimal M(decimal? price) => {Sum}; }}", Roster);
        var diagnostic = (await run.Diagnostics()).First(d => d.Id == "RISK0001");
        Assert.Equal(["Record a review by alice", "Record a review by bob"], (await run.Actions(new RecordReviewFix(), diagnostic)).Select(a => a.Title));
    }

    [Theory]
    [InlineData("bob", "Record a review by bob")]
    [InlineData("mallory", null)]
    public async Task The_command_line_names_one_person_of_the_roster(string name, string? title)
    {
        using var run = new FixRun($"class C {{ decimal M(decimal? price) => {Sum}; }}", Roster, $"build_property.RiskReviewer = {name}");
        var diagnostic = (await run.Diagnostics()).First(d => d.Id == "RISK0001");
        Assert.Equal(title, (await run.Actions(new RecordReviewFix(), diagnostic)).SingleOrDefault()?.Title);
    }

    [Fact]
    public async Task Without_a_roster_the_one_at_the_keyboard_may_review()
    {
        using var run = new FixRun($"class C {{ decimal M(decimal? price) => {Sum}; }}", "risk_analyzers.critical_path = checkout", "build_property.RiskAnalyzersUser = dora");
        var diagnostic = (await run.Diagnostics()).First(d => d.Id == "RISK0001");
        Assert.Equal(["Record a review by dora"], (await run.Actions(new RecordReviewFix(), diagnostic)).Select(a => a.Title));
    }

    [Theory]
    [InlineData("record CheckoutRequest(int BreadId, double Price);")]
    [InlineData("record struct CheckoutRequest(double Price) { public decimal Total => 1m; }")]
    [InlineData("class Outer { public sealed record CheckoutRequest(double Price, double Total); }")]
    public async Task What_a_record_s_parameter_list_holds_is_reviewed_with_the_record(string code)
    {
        using var run = new FixRun(code, Roster, rules: [RuleCatalogue.All.Single(rule => rule.Id == "RISK1008")]);
        Assert.Contains("CheckoutRequest' is on", (await run.Diagnostics()).Single(d => d.Id == "RISK0001").GetMessage());
        await run.ApplyAll(new RecordReviewFix(), "RISK0001");
        var left = await run.Diagnostics();
        Assert.True(left.IsEmpty, string.Join("\n", left) + "\n" + await run.Text());
    }

    [Fact]
    public async Task A_new_review_replaces_the_stale_one()
    {
        using var run = new FixRun($"using RiskAnalyzers;\nclass C\n{{\n    [ReviewedBy(\"bob\", \"2020-01-01\", \"r1.0000000000000000\"), System.Obsolete]\n    decimal M(decimal? price) => {Sum};\n}}\n", Roster);
        await run.ApplyAll(new RecordReviewFix(), "RISK0002");
        Assert.Empty((await run.Diagnostics()).Where(d => d.Id != "CS0612"));
        var text = await run.Text();
        Assert.DoesNotContain("2020-01-01", text);
        Assert.Contains("[System.Obsolete]", text);
    }

    [Fact]
    public async Task All_units_of_a_file_are_reviewed_at_once()
    {
        using var run = new FixRun($"class C {{ decimal M(decimal? price) => {Sum}; decimal N(decimal? price) => {Sum}; class D {{ decimal O(decimal? price) => {Sum}; }} }}", Roster);
        await run.ApplyAll(new RecordReviewFix(), "RISK0001");
        Assert.Empty(await run.Diagnostics());
    }

    [Fact]
    public async Task Nobody_signs_for_a_whole_project_without_giving_a_name()
    {
        const string code = $"class C {{ decimal M(decimal? price) => {Sum}; }}";
        using var unnamed = new FixRun(code, Roster);
        await unnamed.ApplyAll(new RecordReviewFix(), "RISK0001", FixAllScope.Solution);
        Assert.Equal(code, await unnamed.Text());

        using var named = new FixRun(code, Roster, "build_property.RiskReviewer = bob");
        await named.ApplyAll(new RecordReviewFix(), "RISK0001", FixAllScope.Solution);
        Assert.Contains("\"bob\"", await named.Text());
    }

    private static async Task Records(string code, OutputKind kind)
    {
        using var run = new FixRun(code, Roster, kind: kind);
        Assert.Contains(await run.Diagnostics(), d => d.Id == "RISK0001");
        await run.ApplyAll(new RecordReviewFix(), "RISK0001");
        var left = await run.Diagnostics();
        Assert.True(left.IsEmpty, string.Join("\n", left) + "\n" + await run.Text());
    }
}

using RiskAnalyzers.Reviews;
using RiskAnalyzers.Rules;
using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Reviews;

public sealed class ReviewPolicyTests
{
    private const string Code = "class Cart { $decimal Total(decimal? price, int quantity) => price ?? 0m * quantity; }";
    private const string Innocent = "class Cart { $decimal Total(decimal price, int quantity) => price * quantity; }";

    [Theory]
    [InlineData("risk_analyzers.reviewers = bob", "alice 2026-11-01", "'alice' is not in risk_analyzers.reviewers (bob) (risk_analyzers.reviewers)")]
    [InlineData("risk_analyzers.reviewers = Alice", "alice 2026-11-01", "'alice' is not in risk_analyzers.reviewers (Alice) (risk_analyzers.reviewers)")]
    [InlineData("risk_analyzers.reviewers = alice", "alice 2026-11-01", null)]
    [InlineData("risk_analyzers.reviewers = bob; risk_analyzers.senior_reviewers = alice", "alice 2026-11-01", null)]
    [InlineData("risk_analyzers.required_approvals = 2", "alice 2026-11-01", "2 people must approve, and only alice did (risk_analyzers.required_approvals)")]
    [InlineData("risk_analyzers.required_approvals = 2", "alice 2026-11-01|alice 2026-11-02", "2 people must approve, and only alice did (risk_analyzers.required_approvals)")]
    [InlineData("risk_analyzers.required_approvals = 2", "alice 2026-11-01|Alice 2026-11-02", "2 people must approve, and only alice did (risk_analyzers.required_approvals)")]
    [InlineData("risk_analyzers.required_approvals = 2", "alice 2026-11-01|bob 2026-11-02", null)]
    [InlineData("risk_analyzers.required_approvals = 2; risk_analyzers.reviewers = alice", "alice 2026-11-01|bob 2026-11-02", "2 people must approve; alice did, and 'bob' is not in risk_analyzers.reviewers (alice) (risk_analyzers.required_approvals)")]
    [InlineData("risk_analyzers.require_senior = always; risk_analyzers.senior_reviewers = carol", "alice 2026-11-01", "alice is not a senior reviewer (carol) (risk_analyzers.require_senior)")]
    [InlineData("risk_analyzers.require_senior = always", "alice 2026-11-01", "a senior reviewer must approve, and risk_analyzers.senior_reviewers names nobody (risk_analyzers.require_senior)")]
    [InlineData("risk_analyzers.require_senior = always; risk_analyzers.senior_reviewers = carol", "alice 2026-11-01|carol 2026-11-01", null)]
    [InlineData("risk_analyzers.senior_reviewers = carol", "alice 2026-11-01", null)]
    [InlineData("risk_analyzers.senior_reviewers = carol; risk_analyzers.ai_assisted = true", "alice 2026-11-01", "alice is not a senior reviewer (carol) (risk_analyzers.require_senior)")]
    [InlineData("risk_analyzers.senior_reviewers = carol; risk_analyzers.ai_assisted = true; risk_analyzers.require_senior = never", "alice 2026-11-01", null)]
    [InlineData("risk_analyzers.review_max_age_days = 30", "alice 2026-10-25", null)]
    [InlineData("risk_analyzers.review_max_age_days = 30", "alice 2026-10-24", "the review by 'alice' of 2026-10-24 is older than 30 days (risk_analyzers.review_max_age_days)")]
    [InlineData("", "alice 2026-11-24", null)]
    [InlineData("", "alice 2026-11-25", "the review by 'alice' is dated 2026-11-25, which lies in the future")]
    [InlineData("", "alice 24.11.2026", "'24.11.2026' is not a date of the form yyyy-MM-dd")]
    [InlineData("risk_analyzers.review_notes_min_length = 10", "alice 2026-11-01", "the notes of 'alice' say less than 10 characters about why the risk is acceptable (risk_analyzers.review_notes_min_length)")]
    [InlineData("risk_analyzers.review_notes_min_length = 5", "alice 2026-11-01 Looks good!", "the notes of 'alice' say less than 5 characters about why the risk is acceptable (risk_analyzers.review_notes_min_length)")]
    [InlineData("risk_analyzers.review_notes_min_length = 10", "alice 2026-11-01 rounding agreed with finance", null)]
    public async Task A_refusal_names_its_one_reason(string policy, string reviews, string? reason)
    {
        var reported = await Judge(Code, policy, reviews);
        Assert.Equal(reason is null ? null : $"The review of 'Cart.Total' does not count: {reason}", reported.SingleOrDefault(d => d.Id.StartsWith("RISK00", StringComparison.Ordinal))?.GetMessage());
    }

    [Fact]
    public async Task The_file_that_sets_the_policy_is_named()
    {
        var reported = await Judge(Code, "risk_analyzers.reviewers = bob", "alice 2026-11-01", files: [new TextFile("/shop/.editorconfig", "[*.cs]\nrisk_analyzers.reviewers = bob\n"), new TextFile("/other/.editorconfig", "risk_analyzers.reviewers = eve")]);
        Assert.EndsWith("(risk_analyzers.reviewers in .editorconfig)", reported.Single(d => d.Id == "RISK0003").GetMessage());
    }

    [Fact]
    public async Task The_author_of_assisted_code_cannot_review_it()
    {
        var reported = await Judge(Code.Replace("class Cart", "[AiAssisted(Tool = \"x\", Author = \"Alice\")] class Cart"), "", "alice 2026-11-01");
        Assert.Contains("'alice' let a tool write this code and cannot review it", reported.Single(d => d.Id == "RISK0003").GetMessage());
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("// <ai-generated tool=\"x\">\n", true)]
    [InlineData("// Generated by GitHub Copilot on 2026-01-01\n", true)]
    [InlineData("// Co-authored-by: Claude <noreply@example.com>\n", true)]
    [InlineData("/* This file was written with ChatGPT. */\n", true)]
    [InlineData("// Generated by AI assistant\n", true)]
    [InlineData("// Code generated by protoc\n", false)]
    [InlineData("// Calls the AI model of the pricing team\n", false)]
    [InlineData("// Copyright Claude Monet\n", false)]
    public async Task A_header_may_admit_a_generator(string header, bool assisted)
    {
        var reported = await Judge(Innocent.Replace("$", ""), "risk_analyzers.require_review = ai", "", header: header);
        Assert.Equal(assisted, reported.Any(d => d.Id == "RISK0001" && d.GetMessage().Contains("code that a generator wrote", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("[AiAssisted] class Cart", "")]
    [InlineData("[assembly: AiAssisted] class Cart", "")]
    [InlineData("class Cart", "risk_analyzers.ai_assisted = true; ")]
    public async Task Marked_code_needs_a_review_without_a_finding(string declaration, string policy)
    {
        var code = Innocent.Replace("class Cart", declaration);
        Assert.Contains(await Judge(code.Replace("$", ""), policy + "risk_analyzers.require_review = ai", ""), d => d.Id == "RISK0001");
        Assert.DoesNotContain(await Judge(code.Replace("$", ""), policy + "risk_analyzers.require_review = findings", ""), d => d.Id == "RISK0001");
        Assert.Empty(await Judge(code, policy + "risk_analyzers.require_review = ai", "alice 2026-11-01"));
    }

    [Fact]
    public async Task All_critical_code_may_need_a_review()
    {
        Assert.Contains(await Judge(Innocent.Replace("$", ""), "risk_analyzers.require_review = all", ""), d => d.Id == "RISK0001");
        Assert.Empty(await Judge("class Cart { public decimal Total { get; set; } }", "risk_analyzers.require_review = all", ""));
    }

    [Fact]
    public async Task A_review_that_nothing_needs_is_pointed_out()
    {
        var reported = await Judge(Innocent, "", "alice 2026-11-01");
        Assert.Contains("'Total' needs no review, but alice has reviewed it", reported.Single(d => d.Id == "RISK0007").GetMessage());
        Assert.Equal(DiagnosticSeverity.Info, reported.Single().Severity);
        Assert.Single(await Judge("$" + Innocent.Replace("$", ""), "", "alice 2026-11-01"), d => d.Id == "RISK0007");
    }

    [Fact]
    public async Task Files_may_have_policies_of_their_own()
    {
        var options = Options("").For("/shop/Checkout/", "risk_analyzers.required_approvals", "2");
        var digest = (await Judge(Code, "", "alice 2026-11-01", rawDigest: true)).Single(d => d.Id == "RISK0002").Properties[ReviewProperties.Digest];
        var code = "using RiskAnalyzers;\n" + Code.Replace("$", $"[ReviewedBy(\"alice\", \"2026-11-01\", \"{digest}\")] ");
        Assert.Empty(await Run(Analysis.Compile(("/shop/Cart/Cart.cs", code)), options));
        Assert.Contains(await Run(Analysis.Compile(("/shop/Checkout/Cart.cs", code)), options), d => d.Id == "RISK0003");
    }

    private static async Task<ImmutableArray<Diagnostic>> Judge(string code, string policy, string reviews, string header = "", bool rawDigest = false, params AdditionalText[] files)
    {
        var digest = "r1.0000000000000000";
        if (code.Contains('$') && !rawDigest)
        {
            // Whatever stands on the unit does not count in its digest, so any review tells the one that fits; "all" makes even an innocent unit need it.
            var probe = await Run(Analysis.Compile(("/shop/Cart.cs", Source(code, "alice 2026-11-01", digest, header))), Options("risk_analyzers.require_review = all"));
            digest = probe.First(d => d.Id == "RISK0002").Properties[ReviewProperties.Digest]!;
        }
        return await Run(Analysis.Compile(("/shop/Cart.cs", Source(code, reviews, digest, header))), Options(policy), files);
    }

    private static string Source(string code, string reviews, string digest, string header)
    {
        var attributes = reviews.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(review => review.Split(' ', 3))
            .Select(parts => $"[ReviewedBy(\"{parts[0]}\", \"{parts[1]}\", \"{digest}\"{(parts.Length > 2 ? $", Notes = \"{parts[2]}\"" : "")})] ");
        return header + "using RiskAnalyzers;\n" + code.Replace("$", string.Concat(attributes));
    }

    private static ConfigOptions Options(string policy)
    {
        var options = new ConfigOptions().Global(EnforcementProperty.Name, "enforce").Global("build_property.RiskAnalyzersToday", "2026-11-24")
            .Global("build_property.projectdir", "/shop/").For(".cs", "risk_analyzers.critical_path", "checkout");
        foreach (var line in policy.Split(';', StringSplitOptions.RemoveEmptyEntries))
            options.For(".cs", line.Split('=')[0].Trim(), line.Split('=')[1].Trim());
        return options;
    }

    private static Task<ImmutableArray<Diagnostic>> Run(Compilation compilation, ConfigOptions options, params AdditionalText[] files) =>
        Analysis.Run(compilation, options, [RuleCatalogue.All.Single(rule => rule.Id == "RISK1002")], [.. files]);
}

using Microsoft.CodeAnalysis.Diagnostics;
using RiskAnalyzers.Reviews;
using RiskAnalyzers.Rules;
using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Reviews;

public sealed class ReviewGateTests
{
    private const string Risky = "decimal Total(decimal? price, int quantity) => price ?? 0m * quantity;";

    [Fact]
    public async Task An_enforcing_build_refuses_a_risk_that_nobody_reviewed()
    {
        var reported = await Judge("class Cart { " + Risky + " }");
        Assert.Equal(["RISK0001", "RISK1002"], reported.Select(d => d.Id));
        Assert.Equal(DiagnosticSeverity.Error, reported[0].Severity);
        Assert.Contains("'Cart.Total' is on the critical path 'checkout' and nobody answers for RISK1002 CoalescePrecedence", reported[0].GetMessage());
    }

    [Fact]
    public async Task A_reporting_build_only_informs()
    {
        var reported = await Judge("class Cart { " + Risky + " }", enforcement: "report");
        Assert.Equal(DiagnosticSeverity.Info, reported.Single(d => d.Id == "RISK0001").Severity);
    }

    [Fact]
    public async Task An_unreadable_enforcement_enforces()
    {
        var reported = await Judge("class Cart { " + Risky + " }", enforcement: "enfroce");
        Assert.Equal(DiagnosticSeverity.Error, reported.Single(d => d.Id == "RISK0001").Severity);
        Assert.Contains("enfroce", reported.Single(d => d.Id == "RISK0005").GetMessage());
    }

    [Fact]
    public async Task A_review_silences_the_finding_and_the_gate() => Assert.Empty(await Judge(await Reviewed("class Cart { $" + Risky + " }")));

    [Fact]
    public async Task A_changed_literal_makes_the_review_stale()
    {
        var code = (await Reviewed("class Cart { $" + Risky + " }")).Replace("0m", "0.0m");
        var reported = await Judge(code);
        Assert.Equal(["RISK0002", "RISK1002"], reported.Select(d => d.Id));
        Assert.Contains("since alice reviewed it on 2026-11-23", reported[0].GetMessage());
    }

    [Fact]
    public async Task A_reformat_does_not() =>
        Assert.Empty(await Judge((await Reviewed("class Cart { $" + Risky + " }")).Replace("=>", "\n    => // total\n   ")));

    [Fact]
    public async Task A_review_of_the_type_covers_its_members() =>
        Assert.Empty(await Judge(await Reviewed("$class Cart { " + Risky + " class Line { " + Risky + " } }")));

    [Fact]
    public async Task A_stale_review_of_a_type_is_reported_once()
    {
        var code = (await Reviewed("$class Cart { " + Risky + " class Line { " + Risky + " } }")).Replace("0m", "0.0m");
        var reported = await Judge(code);
        Assert.Single(reported, d => d.Id == "RISK0002");
        Assert.Equal(2, reported.Count(d => d.Id == "RISK1002"));
    }

    [Fact]
    public async Task A_digest_of_another_member_does_not_fit()
    {
        var reviewed = await Reviewed("class Cart { $" + Risky + " }");
        var pasted = reviewed.Replace("Total", "Sum");
        Assert.Contains(await Judge(pasted), d => d.Id == "RISK0002");
    }

    [Theory]
    [InlineData("\"alice\", \"2026-11-23\", \"r9.0000000000000000\"", "is not a digest that this version knows")]
    [InlineData("\"alice\", \"2026-11-23\", \"R1.0000000000000000\"", "is not a digest that this version knows")]
    public async Task A_digest_that_nobody_can_check_is_refused(string arguments, string reason)
    {
        var reported = await Judge($"class Cart {{ [ReviewedBy({arguments})] {Risky} }}");
        Assert.Contains(reason, reported.Single(d => d.Id == "RISK0003").GetMessage());
    }

    [Fact]
    public async Task Somebody_outside_the_roster_is_refused()
    {
        var reported = await Judge(await Reviewed("class Cart { $" + Risky + " }"), reviewers: "bob, carol");
        Assert.Contains("'alice' is not in risk_analyzers.reviewers (bob, carol)", reported.Single(d => d.Id == "RISK0003").GetMessage());
    }

    [Fact]
    public async Task An_unreadable_date_is_refused()
    {
        var reported = await Judge((await Reviewed("class Cart { $" + Risky + " }")).Replace("2026-11-23", "yesterday"));
        Assert.Contains("'yesterday' is not a date", reported.Single(d => d.Id == "RISK0003").GetMessage());
    }

    [Fact]
    public async Task A_constant_in_place_of_the_name_is_refused()
    {
        var code = (await Reviewed("class Cart { const string Who = \"alice\"; $" + Risky + " }")).Replace("(\"alice\"", "(Who");
        Assert.Contains("plain string literals", (await Judge(code)).Single(d => d.Id == "RISK0003").GetMessage());
    }

    [Fact]
    public async Task A_finding_that_the_team_made_an_error_stays_after_the_review()
    {
        var code = await Reviewed("class Cart { $" + Risky + " }");
        var reported = await Judge(code, severity: ReportDiagnostic.Error);
        Assert.Equal(["RISK1002"], reported.Select(d => d.Id));
    }

    [Fact]
    public async Task A_rule_that_the_team_turned_off_does_not_count() =>
        Assert.DoesNotContain(await Judge("class Cart { " + Risky + " }", severity: ReportDiagnostic.Suppress), d => d.Id == "RISK0001");

    [Fact]
    public async Task A_pragma_hides_the_finding_and_not_its_weight()
    {
        var reported = await Judge("#pragma warning disable\nclass Cart { " + Risky + " }");
        Assert.Equal(["RISK0001"], reported.Where(d => !d.IsSuppressed).Select(d => d.Id));
    }

    [Fact]
    public async Task A_suppression_hides_the_finding_and_not_its_weight()
    {
        const string suppress = "[assembly: System.Diagnostics.CodeAnalysis.SuppressMessage(\"x\", \"RISK0001\"), System.Diagnostics.CodeAnalysis.SuppressMessage(\"x\", \"RISK1002\")]\n";
        var reported = await Judge(suppress + "class Cart { " + Risky + " }");
        Assert.Contains(reported, d => d.Id == "RISK0001" && !d.IsSuppressed);
    }

    [Theory]
    [InlineData("#pragma warning disable RISK0001\nclass Cart { $ }", "#pragma warning disable names RISK0001")]
    [InlineData("class Cart {\n#pragma warning disable CS0168, RISK0002\n$ }", "#pragma warning disable names RISK0002")]
    [InlineData("[assembly: System.Diagnostics.CodeAnalysis.SuppressMessage(\"x\", \"RISK0001:UnreviewedRisk\")]\nclass Cart { $ }", "[SuppressMessage] names RISK0001")]
    [InlineData("[System.Diagnostics.CodeAnalysis.SuppressMessage(\"x\", \"RISK0003\")] class Cart { $ }", "[SuppressMessage] names RISK0003")]
    [InlineData("class Cart { [System.Diagnostics.CodeAnalysis.UnconditionalSuppressMessage(\"x\", \"risk0004\")] $ }", "[UnconditionalSuppressMessage] names RISK0004")]
    public async Task An_attempt_to_suppress_the_gate_is_loud_and_in_vain(string code, string attempt)
    {
        var reported = await Judge(code.Replace("$", Risky));
        Assert.Contains(attempt, reported.Single(d => d.Id == "RISK0004").GetMessage());
        Assert.Contains(reported, d => d.Id == "RISK0001" && !d.IsSuppressed && d.Severity == DiagnosticSeverity.Error);
    }

    [Fact]
    public async Task Suppressing_something_else_is_no_attempt() =>
        Assert.DoesNotContain(await Judge("#pragma warning disable CS0168, RISK1002\n[System.Diagnostics.CodeAnalysis.SuppressMessage(\"x\", \"RISK00010\")] class Cart { " + Risky + " }"), d => d.Id == "RISK0004");

    [Fact]
    public async Task Another_analyzer_cannot_suppress_the_gate()
    {
        var compilation = Analysis.Compile(("/shop/Cart.cs", "class Cart { " + Risky + " }"));
        var options = new AnalyzerOptions([], new ConfigOptions().Global(EnforcementProperty.Name, "enforce").For("Cart.cs", "risk_analyzers.critical_path", "checkout"));
        var run = compilation.WithAnalyzers([new CriticalPathAnalyzer(), new Quiet()], options);
        var reported = await run.GetAllDiagnosticsAsync(TestContext.Current.CancellationToken);
        Assert.Contains(reported, d => d.Id == "RISK0001" && !d.IsSuppressed && d.Severity == DiagnosticSeverity.Error);
        Assert.DoesNotContain(reported, d => d.Id == "RISK1002" && !d.IsSuppressed);
    }

    [Fact]
    public async Task A_rule_that_throws_leaves_the_gate_closed()
    {
        var reported = await Judge("class Cart { " + Risky + " }", rules: [new ThrowingRule()]);
        Assert.Contains("RISK9999 ThrowingRule threw InvalidOperationException while it looked at 'Cart.Total' (out of order)", reported.First(d => d.Id == "RISK0009").GetMessage());
        Assert.Contains(reported, d => d.Id == "RISK0001" && d.Severity == DiagnosticSeverity.Error);
    }

    [Fact]
    public async Task Rules_behind_one_that_throws_still_look()
    {
        var coalesce = RuleCatalogue.All.Single(rule => rule.Id == "RISK1002");
        var reported = await Judge("class Cart { " + Risky + " }", rules: [new ThrowingRule(), coalesce, new ThrowingRule()]);
        Assert.Contains(reported, d => d.Id == "RISK1002");
        Assert.Equal(2, reported.Count(d => d.Id == "RISK0009"));
    }

    [Fact]
    public async Task A_review_answers_for_code_that_a_rule_failed_on()
    {
        const string unreviewed = "class Cart { [ReviewedBy(\"alice\", \"2026-11-23\", \"r1.0000000000000000\")] " + Risky + " }";
        var digest = (await Judge(unreviewed, rules: [new ThrowingRule()])).First(d => d.Id == "RISK0002").Properties[ReviewProperties.Digest];
        Assert.Empty(await Judge(unreviewed.Replace("r1.0000000000000000", digest), rules: [new ThrowingRule()]));
    }

    [Fact]
    public async Task An_analysis_that_throws_closes_the_gate()
    {
        var compilation = Analysis.Compile(("/shop/Cart.cs", "class Cart { " + Risky + " }"));
        var options = new ConfigOptions().Global(EnforcementProperty.Name, "enforce").For("Cart.cs", "risk_analyzers.critical_path", "checkout");
        var reported = await Analysis.Run(compilation, options, additionalFiles: [new UnreadableFile()]);
        Assert.Contains(reported, d => d.Id == "RISK0009" && d.Severity == DiagnosticSeverity.Error && d.GetMessage().StartsWith("The analysis threw InvalidDataException", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nested_types_are_looked_at_once()
    {
        var reported = await Judge("class Cart { class Line { class Part { " + Risky + " } } }");
        Assert.Equal(["RISK0001", "RISK1002"], reported.Select(d => d.Id));
    }

    // The code with a review by alice, whose digest fits, in place of the dollar sign.
    private static async Task<string> Reviewed(string code)
    {
        var unreviewed = await Judge(code.Replace("$", "[ReviewedBy(\"alice\", \"2026-11-23\", \"r1.0000000000000000\")] "));
        var digest = unreviewed.First(d => d.Id == "RISK0002").Properties[ReviewProperties.Digest];
        return code.Replace("$", $"[ReviewedBy(\"alice\", \"2026-11-23\", \"{digest}\")] ");
    }

    private static async Task<ImmutableArray<Diagnostic>> Judge(string code, string enforcement = "enforce", string? reviewers = null,
        ReportDiagnostic? severity = null, ImmutableArray<RiskRule>? rules = null)
    {
        var options = new ConfigOptions().Global(EnforcementProperty.Name, enforcement).For("Cart.cs", "risk_analyzers.critical_path", "checkout");
        if (reviewers is not null)
            options.For("Cart.cs", "risk_analyzers.reviewers", reviewers);
        Compilation compilation = Analysis.Compile(("/shop/Cart.cs", "using RiskAnalyzers;\n" + code));
        if (severity is { } configured)
            compilation = compilation.WithOptions(compilation.Options.WithSyntaxTreeOptionsProvider(new Severities(configured)));
        return await Analysis.Run(compilation, options, rules ?? [RuleCatalogue.All.Single(rule => rule.Id == "RISK1002")]);
    }

#pragma warning disable RS1036, RS1038, RS1041 // A suppressor for this test alone; it never ships.
    [DiagnosticAnalyzer(LanguageNames.CSharp)]
    private sealed class Quiet : DiagnosticSuppressor
    {
        public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } =
            [new("SPR1", "RISK0001", "quiet"), new("SPR2", "RISK1002", "quiet")];

        public override void ReportSuppressions(SuppressionAnalysisContext context)
        {
            foreach (var diagnostic in context.ReportedDiagnostics)
                context.ReportSuppression(Suppression.Create(SupportedSuppressions.Single(s => s.SuppressedDiagnosticId == diagnostic.Id), diagnostic));
        }
    }
#pragma warning restore RS1036, RS1038, RS1041

    private sealed class ThrowingRule() : RiskRule(new DiagnosticDescriptor("RISK9999", "t", "m", "c", DiagnosticSeverity.Warning, true))
    {
        public override void Listen(RuleListener on) => on.Operation(_ => throw new InvalidOperationException("out of order"), OperationKind.Coalesce);
    }

    private sealed class UnreadableFile : AdditionalText
    {
        public override string Path => "/shop/RiskBaseline.txt";

        public override Microsoft.CodeAnalysis.Text.SourceText GetText(CancellationToken cancellationToken = default) => throw new InvalidDataException("unreadable");
    }

    private sealed class Severities(ReportDiagnostic severity) : SyntaxTreeOptionsProvider
    {
        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) => GeneratedKind.Unknown;

        public override bool TryGetDiagnosticValue(SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic value)
        {
            value = severity;
            return diagnosticId == "RISK1002";
        }

        public override bool TryGetGlobalDiagnosticValue(string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic value)
        {
            value = default;
            return false;
        }
    }
}

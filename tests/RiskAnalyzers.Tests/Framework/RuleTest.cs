using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Text;
using RiskAnalyzers.Reviews;
using RiskAnalyzers.Rules;

namespace RiskAnalyzers.Tests.Framework;

/// <summary>
/// The tests of one rule. Three verbs: <see cref="Flags"/> (the findings stand between <c>[|</c> and <c>|]</c>), <see cref="Allows"/> and
/// <see cref="Fixes"/>. Only the rule under test runs, all code under test is on a critical path, and the <see cref="Prelude"/> is at hand.
/// </summary>
public abstract class RuleTest
{
    private readonly string _ruleId;

    protected RuleTest(string ruleId) => _ruleId = ruleId;

    /// <summary>Lines of <c>.editorconfig</c> that hold for the code under test.</summary>
    protected virtual string Options => "";

    /// <summary>Files that the project passes to analyzers beside the code: settings, lists of APIs.</summary>
    protected virtual (string Path, string Text)[] AdditionalFiles => [];

    /// <summary>The rule finds exactly what is marked.</summary>
    protected Task Flags(string code)
    {
        Assert.Contains("[|", code);
        return Run(new RuleRun(_ruleId), code);
    }

    /// <summary>The rule finds nothing.</summary>
    protected Task Allows(string code)
    {
        Assert.DoesNotContain("[|", code);
        return Run(new RuleRun(_ruleId), code);
    }

    /// <summary>The rule finds what is marked, and its fix turns the code into the other, one by one and all at once.</summary>
    protected Task Fixes(string code, string @fixed, int action = 0)
    {
        Assert.Contains("[|", code);
        var run = new RuleRun(_ruleId) { FixedCode = @fixed, CodeActionIndex = action };
        return Run(run, code);
    }

    private Task Run(RuleRun run, string code)
    {
        run.TestCode = code;
        run.AddOptions(Options);
        foreach (var (path, text) in AdditionalFiles)
            run.TestState.AdditionalFiles.Add((path, text));
        return run.RunAsync(TestContext.Current.CancellationToken);
    }
}

/// <summary>One run of the analyzer with a single rule over code under test.</summary>
internal sealed class RuleRun : CodeFixTest<DefaultVerifier>
{
    private readonly RiskRule _rule;

    public RuleRun(string ruleId)
    {
        _rule = RuleCatalogue.All.Single(rule => rule.Id == ruleId);
        ReferenceAssemblies = new ReferenceAssemblies("net10.0");
        CompilerDiagnostics = CompilerDiagnostics.Errors;
        // Suppressing is not reviewing, and generated code counts: the tests of the gate show both.
        TestBehaviors = TestBehaviors.SkipSuppressionCheck | TestBehaviors.SkipGeneratedCodeCheck;
        TestState.Sources.Add((Prelude.Path, Prelude.Source));
        TestState.AdditionalReferences.AddRange(CompilerReferences.All);
        FixedState.InheritanceMode = StateInheritanceMode.AutoInheritAll;
        BatchFixedState.InheritanceMode = StateInheritanceMode.AutoInheritAll;
    }

    public override string Language => LanguageNames.CSharp;

    public override Type SyntaxKindType => typeof(SyntaxKind);

    public new string TestCode
    {
        set
        {
            TestState.Sources.Insert(0, (FilePath, SourceText.From(value)));
            if (HasTopLevelStatements(value))
                TestState.OutputKind = OutputKind.ConsoleApplication;
        }
    }

    public new string FixedCode
    {
        set
        {
            FixedState.Sources.Add((FilePath, value));
            FixedState.Sources.Add((Prelude.Path, Prelude.Source));
        }
    }

    protected override string DefaultFileExt => "cs";

    private static string FilePath => "/shop/Sample.cs";

    public void AddOptions(string lines) => TestState.AnalyzerConfigFiles.Add(("/.editorconfig", $"""
        root = true
        [*.cs]
        risk_analyzers.critical_path = checkout
        build_property.RiskAnalyzersEnforcement = off
        {lines}
        [Prelude.cs]
        risk_analyzers.critical_path = none
        """));

    protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => [new CriticalPathAnalyzer([_rule])];

    protected override IEnumerable<CodeFixProvider> GetCodeFixProviders() => FixedState.Sources.Count == 0 ? [] : FixesOf(_rule.Id);

    protected override DiagnosticDescriptor GetDefaultDiagnostic(DiagnosticAnalyzer[] analyzers) => _rule.Descriptor;

    protected override CompilationOptions CreateCompilationOptions() => new CSharpCompilationOptions(
        OutputKind.DynamicallyLinkedLibrary,
        nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true);

    // The gate's diagnostics pass for the compiler's. That a rule threw must fail its test even where it would have found nothing.
    protected override bool IsCompilerDiagnosticIncluded(Diagnostic diagnostic, CompilerDiagnostics compilerDiagnostics) =>
        diagnostic.Id == GateDiagnostics.RuleFailed.Id || base.IsCompilerDiagnosticIncluded(diagnostic, compilerDiagnostics);

    protected override ParseOptions CreateParseOptions() => new CSharpParseOptions(LanguageVersion.Preview, DocumentationMode.Parse);

    /// <summary>The fixes that mend a rule's findings, as the package exports them.</summary>
    internal static IEnumerable<CodeFixProvider> FixesOf(string ruleId) => typeof(RiskFix).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && typeof(CodeFixProvider).IsAssignableFrom(type))
        .Select(type => (CodeFixProvider)Activator.CreateInstance(type)!)
        .Where(fix => fix.FixableDiagnosticIds.Contains(ruleId));

    private static bool HasTopLevelStatements(string code) =>
        CSharpSyntaxTree.ParseText(code.Replace("[|", "").Replace("|]", ""))
            .GetRoot().ChildNodes().OfType<GlobalStatementSyntax>().Any();
}

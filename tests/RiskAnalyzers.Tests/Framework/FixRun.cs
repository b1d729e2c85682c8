using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using RiskAnalyzers.Rules;

namespace RiskAnalyzers.Tests.Framework;

/// <summary>One project in a workspace, for fixes that look at the project's options and whose result is judged again.</summary>
internal sealed class FixRun : IDisposable
{
    public const string File = "/shop/Checkout.cs";

    private readonly AdhocWorkspace _workspace = new();
    private readonly ProjectId _project = ProjectId.CreateNewId();
    private readonly DocumentId _document;
    private readonly ImmutableArray<RiskRule> _rules;

    public FixRun(string code, string options = "", string globals = "", OutputKind kind = OutputKind.DynamicallyLinkedLibrary, ImmutableArray<RiskRule>? rules = null)
    {
        _rules = rules ?? [RuleCatalogue.All.Single(rule => rule.Id == "RISK1002")];
        _document = DocumentId.CreateNewId(_project);
        Solution = _workspace.CurrentSolution
            .AddProject(ProjectInfo.Create(_project, VersionStamp.Default, "Shop", "Shop", LanguageNames.CSharp,
                compilationOptions: new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable),
                parseOptions: Analysis.ParseOptions, metadataReferences: CompilerReferences.All))
            .AddAnalyzerConfigDocument(DocumentId.CreateNewId(_project), ".editorconfig", SourceText.From($"[*.cs]\n{options}\n"), filePath: "/shop/.editorconfig")
            .AddAnalyzerConfigDocument(DocumentId.CreateNewId(_project), "globals", SourceText.From($"is_global = true\nbuild_property.RiskAnalyzersEnforcement = enforce\n{globals}\n"), filePath: "/shop/globals.globalconfig")
            .AddDocument(_document, "Checkout.cs", SourceText.From(code), filePath: File);
    }

    public Solution Solution { get; private set; }

    public Project Project => Solution.GetProject(_project)!;

    public Document Document => Solution.GetDocument(_document)!;

    /// <summary>Gives the project another source file.</summary>
    public void AddSource(string path, string text) => Solution = Solution.AddDocument(DocumentId.CreateNewId(_project), Path.GetFileName(path), SourceText.From(text), filePath: path);

    /// <summary>Gives the project a file that it passes to analyzers: a baseline, settings.</summary>
    public void AddFile(string name, string text) => Solution = Solution.AddAdditionalDocument(DocumentId.CreateNewId(_project), name, SourceText.From(text), filePath: "/shop/" + name);

    public async Task<string> Text() => (await Document.GetTextAsync()).ToString();

    /// <summary>What the compiler and the analyzer say of the project as it stands; of the compiler only errors.</summary>
    public async Task<ImmutableArray<Diagnostic>> Diagnostics()
    {
        var compilation = (await Project.GetCompilationAsync())!;
        var run = compilation.WithAnalyzers([new CriticalPathAnalyzer(_rules)], new CompilationWithAnalyzersOptions(Project.AnalyzerOptions, (failure, _, _) => throw failure, true, false));
        return [.. compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error), .. (await run.GetAnalyzerDiagnosticsAsync()).OrderBy(d => d.Location.SourceSpan.Start)];
    }

    /// <summary>The actions that a fix offers for a diagnostic.</summary>
    public async Task<IReadOnlyList<CodeAction>> Actions(CodeFixProvider fix, Diagnostic diagnostic)
    {
        var actions = new List<CodeAction>();
        await fix.RegisterCodeFixesAsync(new CodeFixContext(Document, diagnostic, (action, _) => actions.Add(action), default));
        return actions;
    }

    /// <summary>Applies an action to the project.</summary>
    public async Task Apply(CodeAction action) =>
        Solution = (await action.GetOperationsAsync(default)).OfType<ApplyChangesOperation>().Single().ChangedSolution;

    /// <summary>What would be said of the project after an action; the project stays as it is.</summary>
    public async Task<ImmutableArray<Diagnostic>> DiagnosticsAfter(CodeAction action)
    {
        var before = Solution;
        await Apply(action);
        var after = await Diagnostics();
        Solution = before;
        return after;
    }

    /// <summary>Applies the first action of a fix to every diagnostic of an id at once.</summary>
    public async Task ApplyAll(CodeFixProvider fix, string id, FixAllScope scope = FixAllScope.Document)
    {
        var diagnostics = (await Diagnostics()).Where(d => d.Id == id).ToImmutableArray();
        var action = (await Actions(fix, diagnostics[0]))[0];
        var context = new FixAllContext(Document, fix, scope, action.EquivalenceKey!, [id], new Known(diagnostics), default);
        await Apply((await fix.GetFixAllProvider()!.GetFixAsync(context))!);
    }

    public void Dispose() => _workspace.Dispose();

    private sealed class Known(ImmutableArray<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellation) => Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellation) => Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellation) => Task.FromResult(Enumerable.Empty<Diagnostic>());
    }
}

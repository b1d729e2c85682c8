using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace RiskAnalyzers.OldestCompilerTests;

/// <summary>The sample shop as an editor of the oldest supported compiler holds it.</summary>
internal sealed class SampleShop(Project project)
{
    // What the web SDK imports into every file.
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Net.Http.Json;
        global using System.Threading.Tasks;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Logging;
        """;

    public static SampleShop Open()
    {
        var folder = Repository.File("docs", "samples", "Shop");
        var rules = new CriticalPathAnalyzer().SupportedDiagnostics.Where(rule => rule.Id[4] != '0');
        var solution = new AdhocWorkspace().CurrentSolution.AddProject("Shop", "Shop", LanguageNames.CSharp).Solution;
        var id = solution.ProjectIds.Single();
        solution = solution
            .WithProjectParseOptions(id, new CSharpParseOptions(LanguageVersion.CSharp12))
            // Every rule counts here, also those that guess.
            .WithProjectCompilationOptions(id, new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable,
                specificDiagnosticOptions: rules.ToDictionary(rule => rule.Id, _ => ReportDiagnostic.Warn)))
            .WithProjectMetadataReferences(id, References())
            .AddDocument(DocumentId.CreateNewId(id), "Usings.cs", Usings)
            .AddAnalyzerConfigDocument(DocumentId.CreateNewId(id), ".editorconfig", SourceText.From(File.ReadAllText(Path.Combine(folder, ".editorconfig"))), filePath: Path.Combine(folder, ".editorconfig"))
            .AddAnalyzerConfigDocument(DocumentId.CreateNewId(id), ".globalconfig", SourceText.From($"""
                is_global = true
                build_property.RiskAnalyzersEnforcement = enforce
                build_property.RiskReviewer = alice
                build_property.ProjectDir = {folder}/
                """), filePath: Path.Combine(folder, ".globalconfig"));
        foreach (var file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Where(file => Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj")))
            solution = solution.AddDocument(DocumentId.CreateNewId(id), Path.GetFileName(file), SourceText.From(File.ReadAllText(file)), filePath: file);
        return new SampleShop(solution.GetProject(id)!);
    }

    public async Task<ImmutableArray<Diagnostic>> CompilerErrors() =>
        [.. (await project.GetCompilationAsync(TestContext.Current.CancellationToken))!.GetDiagnostics(TestContext.Current.CancellationToken).Where(d => d.Severity == DiagnosticSeverity.Error)];

    public async Task<ImmutableArray<Diagnostic>> Findings()
    {
        var compilation = (await project.GetCompilationAsync(TestContext.Current.CancellationToken))!;
        var run = compilation.WithAnalyzers([new CriticalPathAnalyzer()], new CompilationWithAnalyzersOptions(project.AnalyzerOptions,
            (failure, _, _) => throw failure, concurrentAnalysis: true, logAnalyzerExecutionTime: false));
        return await run.GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The shop after each action that a code fix offers on the finding.</summary>
    public async Task<IReadOnlyList<(string Title, SampleShop Shop)>> FixesFor(Diagnostic finding)
    {
        var actions = new List<CodeAction>();
        var document = project.Solution.GetDocument(finding.Location.SourceTree)!;
        foreach (var fix in AllFixes().Where(fix => fix.FixableDiagnosticIds.Contains(finding.Id)))
            await fix.RegisterCodeFixesAsync(new CodeFixContext(document, finding, (action, _) => actions.Add(action), TestContext.Current.CancellationToken));
        var shops = new List<(string, SampleShop)>();
        foreach (var action in actions)
        {
            var change = (await action.GetOperationsAsync(TestContext.Current.CancellationToken)).OfType<ApplyChangesOperation>().Single();
            shops.Add((action.Title, new SampleShop(change.ChangedSolution.GetProject(project.Id)!)));
        }
        return shops;
    }

    private static IEnumerable<CodeFixProvider> AllFixes() => System.Reflection.Assembly.Load("RiskAnalyzers.CodeFixes").GetTypes()
        .Where(type => !type.IsAbstract && typeof(CodeFixProvider).IsAssignableFrom(type)).Select(type => (CodeFixProvider)Activator.CreateInstance(type, nonPublic: true)!);

    private static IEnumerable<MetadataReference> References() => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        .Where(path => Path.GetFileName(path) is var file && file != "RiskAnalyzers.dll" && file != "RiskAnalyzers.CodeFixes.dll" && !file.StartsWith("xunit", StringComparison.Ordinal))
        .Select(path => MetadataReference.CreateFromFile(path));
}

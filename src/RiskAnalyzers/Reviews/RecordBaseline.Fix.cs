using Microsoft.CodeAnalysis.Text;

namespace RiskAnalyzers.Reviews;

/// <summary>
/// Adds a unit to <c>RiskBaseline.txt</c>: sorted, one line a unit, nothing twice. All units of a project at once only where the build property RiskRecord
/// says <c>baseline</c>, so that no formatter run exempts anything by itself; then no reviews are offered, and one command line does one thing.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class RecordBaselineFix : CodeFixProvider
{
    private const string Title = "Add to the baseline of unreviewed units";

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(GateDiagnostics.UnreviewedRisk.Id);

    public override FixAllProvider GetFixAllProvider() => new BaselineFixAll(Title, nameof(RecordBaselineFix), AddAsync, IsAskedFor);

    /// <summary>Whether the build asks for the baseline instead of reviews.</summary>
    public static bool IsAskedFor(Project project) =>
        RecordProperty.IsBaseline(project.AnalyzerOptions.AnalyzerConfigOptionsProvider.GlobalOptions);

    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var project = context.Document.Project;
        context.RegisterCodeFix(CodeAction.Create(Title, cancellation => AddAsync(project.Solution, project.Id, context.Diagnostics, cancellation), nameof(RecordBaselineFix)), context.Diagnostics);
        return Task.CompletedTask;
    }

    private static async Task<Solution> AddAsync(Solution solution, ProjectId projectId, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        var added = diagnostics.Where(diagnostic => diagnostic.Properties.ContainsKey(ReviewProperties.Digest))
            .Select(diagnostic => Baseline.LineOf(diagnostic.Properties[ReviewProperties.Digest]!, diagnostic.Properties[ReviewProperties.Unit]!)).ToList();
        var project = solution.GetProject(projectId);
        if (project is null || added.Count == 0)
            return solution;

        if (project.AdditionalDocuments.FirstOrDefault(document => document.FilePath is { } path && Baseline.IsBaseline(path)) is { } existing)
            return solution.WithAdditionalDocumentText(existing.Id, SourceText.From(Merge(await existing.GetTextAsync(cancellation).ConfigureAwait(false), added)));
        var folder = Path.GetDirectoryName(project.FilePath) ?? "";
        return solution.AddAdditionalDocument(DocumentId.CreateNewId(projectId), Baseline.FileName, SourceText.From(Merge(null, added)), filePath: Path.Combine(folder, Baseline.FileName));
    }

    private static string Merge(SourceText? existing, List<string> added)
    {
        var lines = existing?.Lines.Select(line => line.ToString().Trim()).Where(line => line.Length > 0) ?? Enumerable.Empty<string>();
        // Sorted by unit and not by digest, so that a changed unit stays on its line.
        var units = lines.Concat(added).Distinct().OrderBy(line => line.StartsWith("#", StringComparison.Ordinal) ? "" : line.Substring(line.IndexOf(' ') + 1), StringComparer.Ordinal);
        return string.Join("\n", units) + "\n";
    }
}

using Microsoft.CodeAnalysis.Text;

namespace RiskAnalyzers.Reviews;

/// <summary>Removes lines from <c>RiskBaseline.txt</c> that exempt nothing any more.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class PruneBaselineFix : CodeFixProvider
{
    private const string Title = "Remove from the baseline what exempts nothing";

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(GateDiagnostics.StaleBaselineEntry.Id);

    public override FixAllProvider GetFixAllProvider() => new BaselineFixAll(Title, nameof(PruneBaselineFix), PruneAsync, project => BaselineOf(project) is not null);

    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var project = context.Document.Project;
        if (BaselineOf(project) is not null)
            context.RegisterCodeFix(CodeAction.Create(Title, cancellation => PruneAsync(project.Solution, project.Id, context.Diagnostics, cancellation), nameof(PruneBaselineFix)), context.Diagnostics);
        return Task.CompletedTask;
    }

    private static TextDocument? BaselineOf(Project project) => project.AdditionalDocuments.FirstOrDefault(document => document.FilePath is { } path && Baseline.IsBaseline(path));

    private static async Task<Solution> PruneAsync(Solution solution, ProjectId id, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        if (solution.GetProject(id) is not { } project || BaselineOf(project) is not { } baseline)
            return solution;
        var stale = new HashSet<string>(diagnostics.Select(diagnostic => diagnostic.Properties.TryGetValue(ReviewProperties.Line, out var line) ? line! : ""), StringComparer.Ordinal);
        var text = await baseline.GetTextAsync(cancellation).ConfigureAwait(false);
        var changes = text.Lines.Where(line => stale.Contains(line.ToString().Trim())).Select(line => new TextChange(line.SpanIncludingLineBreak, ""));
        return solution.WithAdditionalDocumentText(baseline.Id, text.WithChanges(changes));
    }
}

namespace RiskAnalyzers.Reviews;

/// <summary>Changes the baseline of one project, or of each project of a solution, by all its diagnostics at once. Batches of single changes would each start from the file as it was.</summary>
internal sealed class BaselineFixAll : FixAllProvider
{
    private readonly string _title;
    private readonly string _key;
    private readonly Func<Solution, ProjectId, ImmutableArray<Diagnostic>, CancellationToken, Task<Solution>> _change;
    private readonly Func<Project, bool> _takes;

    public BaselineFixAll(string title, string key, Func<Solution, ProjectId, ImmutableArray<Diagnostic>, CancellationToken, Task<Solution>> change, Func<Project, bool> takes)
    {
        _title = title;
        _key = key;
        _change = change;
        _takes = takes;
    }

    public override Task<CodeAction?> GetFixAsync(FixAllContext context) => Task.FromResult<CodeAction?>(CodeAction.Create(_title, async cancellation =>
    {
        var solution = context.Solution;
        foreach (var project in (context.Scope == FixAllScope.Solution ? solution.Projects : new[] { context.Project }).Where(_takes))
            solution = await _change(solution, project.Id, await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false), cancellation).ConfigureAwait(false);
        return solution;
    }, _key));
}

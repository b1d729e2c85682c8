using System.Collections.Concurrent;

namespace RiskAnalyzers.CriticalPaths;

/// <summary>
/// Which code of one compilation is on which critical path. The first that speaks wins: attribute, file configuration, symbol
/// pattern, convention.
/// </summary>
internal sealed class CriticalPathMap
{
    private readonly MarkedPaths _marked;
    private readonly ConventionPaths _conventions;
    private readonly AnalyzerConfigOptionsProvider _options;
    private readonly string? _projectFolder;
    private readonly Lazy<CalledPaths> _called;
    private readonly ConcurrentDictionary<SyntaxTree, FileFacts> _files = new();
    private readonly Func<SyntaxTree, FileFacts> _read;
    private readonly ConcurrentDictionary<AnalyzerConfigOptions, ImmutableArray<(string, string)>> _patterns = new();

    public CriticalPathMap(Compilation compilation, AnalyzerConfigOptionsProvider options)
    {
        _options = options;
        _read = tree => FileFacts.Of(tree, options.GetOptions(tree), _projectFolder);
        _marked = new MarkedPaths(compilation);
        _conventions = new ConventionPaths(compilation, options.GlobalOptions);
        _projectFolder = options.GlobalOptions.TryGetValue("build_property.projectdir", out var folder) && folder.Length > 0 ? folder : CommonFolder(compilation);
        _called = new Lazy<CalledPaths>(() => new CalledPaths(compilation, OfItself, _conventions.IsReal, CalledPaths.StopOption.In(StopOptions(compilation)), CancellationToken.None));
    }

    /// <summary>Whether anything in the compilation can be critical; where not, no type need be looked at.</summary>
    public bool MayTouchAny(Compilation compilation, CancellationToken cancellation)
    {
        if (_marked.AreInSight)
            return true;
        foreach (var tree in compilation.SyntaxTrees)
        {
            var file = FileOf(tree);
            if (file.ConfiguredPath is { } configured ? configured != FileFacts.None : !PatternsIn(tree).IsEmpty || _conventions.MayTouch(tree, file, cancellation))
                return true;
        }
        return false;
    }

    /// <summary>Whether any member of a type can be critical. Answered for every type of the compilation, so it must be cheap.</summary>
    public bool TouchesAny(INamedTypeSymbol type, CancellationToken cancellation)
    {
        if (_marked.TouchAny(type))
            return true;
        foreach (var reference in type.DeclaringSyntaxReferences)
        {
            var file = FileOf(reference.SyntaxTree);
            if (file.ConfiguredPath is { } configured)
            {
                if (configured != FileFacts.None)
                    return true;
                continue;
            }
            if (file.FollowsCalls && _called.Value.Touch(type))
                return true;
            if (PatternPaths.MayTouch(type, PatternsIn(reference.SyntaxTree)) || _conventions.TouchAny(type, file, cancellation))
                return true;
            if (type.Name == WellKnownMemberNames.TopLevelStatementsEntryPointTypeName && reference.GetSyntax(cancellation) is CompilationUnitSyntax topLevel && TopLevelTouches(topLevel, file))
                return true;
        }
        return false;
    }

    /// <summary>The path of a member or type that stands in the given file, or null.</summary>
    public CriticalPath? Of(ISymbol unit, SyntaxTree tree, CancellationToken cancellation) =>
        OfItself(unit, tree, cancellation) ?? (FileOf(tree).FollowsCalls ? _called.Value.Of(unit) : null);

    private CriticalPath? OfItself(ISymbol unit, SyntaxTree tree, CancellationToken cancellation)
    {
        if (_marked.Of(unit) is { } marked)
            return marked;
        var file = FileOf(tree);
        if (file.ConfiguredPath is not null)
            return file.Configured;
        return PatternPaths.Of(unit, PatternsIn(tree)) ?? _conventions.Of(unit, file, cancellation);
    }

    /// <summary>The path of a lambda or local function in top-level code, or of the rest of that code (a compilation unit).</summary>
    public CriticalPath? OfTopLevel(ISymbol main, SyntaxNode node, CancellationToken cancellation)
    {
        if (Of(main, node.SyntaxTree, cancellation) is { } path)
            return path;
        var file = FileOf(node.SyntaxTree);
        return file.ConfiguredPath is null ? _conventions.OfTopLevel(node, file) : null;
    }

    /// <summary>What the file says about the code in it.</summary>
    public FileFacts FileOf(SyntaxTree tree) => _files.GetOrAdd(tree, _read);

    private bool TopLevelTouches(CompilationUnitSyntax unit, FileFacts file) => _conventions.OfTopLevel(unit, file) is not null
        || unit.Members.OfType<GlobalStatementSyntax>().Any(s => s.Statement is LocalFunctionStatementSyntax function && _conventions.OfTopLevel(function, file) is not null);

    private ImmutableArray<(string, string)> PatternsIn(SyntaxTree tree) => _patterns.GetOrAdd(_options.GetOptions(tree), PatternPaths.In);

    // Stops are a property of the compilation: the first file's configuration speaks, which in practice is everybody's.
    private AnalyzerConfigOptions StopOptions(Compilation compilation) =>
        compilation.SyntaxTrees.FirstOrDefault() is { } tree ? _options.GetOptions(tree) : _options.GlobalOptions;

    // Without a build (unit tests, tools) the project's folder is the one that all its files share.
    private static string? CommonFolder(Compilation compilation)
    {
        string? common = null;
        foreach (var tree in compilation.SyntaxTrees)
        {
            var end = tree.FilePath.LastIndexOfAny(new[] { '/', '\\' });
            var folder = end < 0 ? "" : tree.FilePath.Substring(0, end + 1);
            if (common is null)
            {
                common = folder;
                continue;
            }
            while (common.Length > 0 && !folder.StartsWith(common, StringComparison.Ordinal))
                common = common.Substring(0, common.LastIndexOfAny(new[] { '/', '\\' }, Math.Max(0, common.Length - 2)) + 1);
        }
        return string.IsNullOrEmpty(common) ? null : common;
    }
}

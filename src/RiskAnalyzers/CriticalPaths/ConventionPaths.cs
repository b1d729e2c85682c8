using System.Collections.Concurrent;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.CriticalPaths;

/// <summary>
/// The paths that names give: of namespaces, types, folders, routes and, for words that name an action, members. Never for tests,
/// migrations, generated code and types that stand in for the real thing.
/// </summary>
internal sealed class ConventionPaths
{
    private static readonly HashSet<string> StandIns = new(StringComparer.Ordinal) { "fake", "mock", "stub", "null", "sample", "dummy", "test", "tests" };
    private static readonly HashSet<string> TestAssemblies = new(StringComparer.Ordinal) { "test", "tests", "testing", "unittests", "integrationtests", "specs", "benchmarks" };

    private readonly bool _isTestProject;
    private readonly string? _topLevelPath;
    private readonly ConcurrentDictionary<INamespaceSymbol, string?> _namespaces = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<INamedTypeSymbol, string?> _types = new(SymbolEqualityComparer.Default);

    public ConventionPaths(Compilation compilation, AnalyzerConfigOptions globalOptions)
    {
        var name = compilation.AssemblyName ?? "";
        _isTestProject = Words.ContainAny(name, TestAssemblies)
            || (globalOptions.TryGetValue("build_property.IsTestProject", out var isTest) && isTest.Equals("true", StringComparison.OrdinalIgnoreCase));
        // Top-level statements have no namespace; the project's name is what they are called.
        _topLevelPath = ConventionWords.PathOf(name);
    }

    public CriticalPath? Of(ISymbol unit, FileFacts file, CancellationToken cancellation)
    {
        var type = unit as INamedTypeSymbol ?? unit.ContainingType;
        if (type is null || !file.HasConventions || file.IsMigration || !IsReal(type))
            return null;
        var path = OfType(type) ?? file.FolderPath ?? (unit is INamedTypeSymbol ? null : OfMember(unit, cancellation));
        return path is null ? null : new CriticalPath(path, PathOrigin.Convention);
    }

    /// <summary>Whether names or routes may put anything in the file on a path.</summary>
    public bool MayTouch(SyntaxTree tree, FileFacts file, CancellationToken cancellation) =>
        !_isTestProject && file.HasConventions && (file.FolderPath is not null || SpokenNames.MayPutCodeOnPath(tree, cancellation)
            || _topLevelPath is not null && tree.GetRoot(cancellation) is CompilationUnitSyntax unit && unit.Members.Any(SyntaxKind.GlobalStatement));

    /// <summary>Whether names may put the type or a member of it on a path. Nested types are asked for themselves.</summary>
    public bool TouchAny(INamedTypeSymbol type, FileFacts file, CancellationToken cancellation)
    {
        if (!file.HasConventions || file.IsMigration || !IsReal(type))
            return false;
        if (file.FolderPath is not null || OfType(type) is not null)
            return true;
        foreach (var member in type.GetMembers())
        {
            if (OfMember(member, cancellation) is not null)
                return true;
        }
        return false;
    }

    /// <summary>The path that the routes and set-up calls around a top-level lambda or local function, or in top-level statements, speak for.</summary>
    public CriticalPath? OfTopLevel(SyntaxNode node, FileFacts file)
    {
        if (_isTestProject || !file.HasConventions)
            return null;
        var path = node switch
        {
            LocalFunctionStatementSyntax function => ConventionWords.PathOf(function.Identifier.ValueText),
            CompilationUnitSyntax unit => _topLevelPath ?? OfTopLevelStatements(unit),
            _ => Routes.PathOfCallsAround(node),
        };
        return path is null ? null : new CriticalPath(path, PathOrigin.Convention);
    }

    private static string? OfTopLevelStatements(CompilationUnitSyntax unit)
    {
        foreach (var member in unit.Members)
        {
            if (member is GlobalStatementSyntax statement && Routes.PathOfCallsIn(statement) is { } path)
                return path;
        }
        return null;
    }

    /// <summary>Whether names and calls may put the type on a path: it is no test, no migration, not generated, and stands in for nothing.</summary>
    public bool IsReal(INamedTypeSymbol type) =>
        !_isTestProject && !IsStandIn(type.Name) && !IsMigration(type) && !IsMarkedGenerated(type);

    // A TestEmailController is reached like any other, and TestConnectionHandler tests a connection.
    private static bool IsStandIn(string name) => Words.ContainAny(name, StandIns) && !(Words.Of(name) is ["test", _, .., var last] && Reached.Contains(last)) && name is not "TestController";

    private static readonly HashSet<string> Reached = Words.SetOf("controller endpoint endpoints handler");

    private static bool IsMigration(INamedTypeSymbol type) => type.BaseType?.Name is "Migration" or "ModelSnapshot";

    private static bool IsMarkedGenerated(INamedTypeSymbol type)
    {
        foreach (var attribute in type.GetAttributes())
        {
            if (attribute.AttributeClass?.Name == "GeneratedCodeAttribute")
                return true;
        }
        return false;
    }

    private string? OfType(INamedTypeSymbol type) => _types.GetOrAdd(type, _ =>
        ConventionWords.PathOfType(type.Name)
        ?? (type.ContainingType is { } outer ? OfType(outer) : OfNamespace(type.ContainingNamespace))
        ?? Routes.PathOf(type)
        ?? OfSets(type));

    // A context that keeps orders is where their keys, filters and seeds are decided.
    private static string? OfSets(INamedTypeSymbol type)
    {
        if (type.BaseType is not { Name: var parent } || !IsContext(parent))
            return null;
        foreach (var member in type.GetMembers())
        {
            if (member is IPropertySymbol { Type: INamedTypeSymbol { Name: "DbSet", TypeArguments: [{ Name: var row }] } } && ConventionWords.PathOf(row) is { } path)
                return path;
        }
        return null;
    }

    /// <summary>Whether a base of that name makes a type a context of Entity Framework.</summary>
    public static bool IsContext(string parent) => parent is "DbContext" || parent.EndsWith("DbContext", StringComparison.Ordinal);

    private string? OfNamespace(INamespaceSymbol? space)
    {
        if (space is null or { IsGlobalNamespace: true })
            return null;
        return _namespaces.GetOrAdd(space, s => ConventionWords.PathOf(s.Name) ?? OfNamespace(s.ContainingNamespace));
    }

    private static string? OfMember(ISymbol member, CancellationToken cancellation)
    {
        if (member.IsImplicitlyDeclared || member.Name.Length == 0)
            return null;
        if (member is not IMethodSymbol method)
            return null;
        if (ConventionWords.PathOfMember(method.Name) is { } named)
            return named;
        if (Routes.PathOf(method) is { } routed)
            return routed;
        return MapsRoutes(method) ? OfRoutesMapped(method, cancellation) : null;
    }

    // Minimal-API modules and the set-up of a host: a method that receives the builder and maps routes or registers services in its body.
    private static bool MapsRoutes(IMethodSymbol method)
    {
        foreach (var parameter in method.Parameters)
        {
            if (Routes.IsBuilder(parameter.Type.Name))
                return true;
        }
        return Routes.IsEntry(method.ContainingType.Name, method.Name);
    }

    private static string? OfRoutesMapped(IMethodSymbol method, CancellationToken cancellation)
    {
        foreach (var reference in method.DeclaringSyntaxReferences)
        {
            if (Routes.PathOfCallsIn(reference.GetSyntax(cancellation)) is { } path)
                return path;
        }
        return null;
    }
}

using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Data;

/// <summary>Queries whose entities no context tracks: by <c>AsNoTracking</c> in the chain, or in the product's own member that runs the query.</summary>
internal sealed class UntrackedQueries
{
    private static readonly ConditionalWeakTable<Compilation, UntrackedQueries> Known = new();

    private readonly Persistence _persistence;
    private readonly ConcurrentDictionary<IMethodSymbol, bool> _methods = new(SymbolEqualityComparer.Default);

    private UntrackedQueries(CompilationFacts facts) => _persistence = Persistence.In(facts);

    public static UntrackedQueries In(CompilationFacts facts) => Known.GetValue(facts.Compilation, _ => new UntrackedQueries(facts));

    /// <summary>Whether the value is an entity, or a list of them, that no context tracks.</summary>
    public bool Gives(IOperation value)
    {
        value = value.WithoutAwait();
        if (value is ICoalesceOperation { Value: var found })
            value = found.WithoutAwait();
        if (!IsEntityLike(value.Type.AwaitedType()))
            return false;
        return IsUntracked(value, depth: 3);
    }

    private bool IsUntracked(IOperation value, int depth)
    {
        value = value.WithoutAwait();
        while (value is IInvocationOperation call)
        {
            switch (call.TargetMethod.Name)
            {
                case "AsNoTracking" or "AsNoTrackingWithIdentityResolution":
                    return true;
                // What a projection makes is no entity, and AsTracking takes it back.
                case "Select" or "SelectMany" or "AsTracking" or "Cast" or "OfType" or "ProjectTo" or "GroupBy":
                    return false;
            }
            if (EntityFramework.Receiver(call) is { } receiver && call.TargetMethod.ContainingType.Name is "EntityFrameworkQueryableExtensions" or "Queryable" or "Enumerable" or "RelationalQueryableExtensions")
                value = receiver.WithoutAwait();
            else
                return _methods.GetOrAdd(call.TargetMethod.OriginalDefinition, IsUntracked);
        }
        return value is ILocalReferenceOperation { Local: var local } && depth > 0 && WholeTables.OnlyValue(value, local) is { } query && EntityFramework.IsQueryable(query.Type) && IsUntracked(query, depth - 1);
    }

    private static readonly string[] Untracking = { "AsNoTracking" };

    // Every way out of the member, by syntax, is such a query; a parameter that decides on tracking leaves it open.
    private bool IsUntracked(IMethodSymbol method)
    {
        if (method.Parameters.Any(parameter => parameter.Name.IndexOf("track", StringComparison.OrdinalIgnoreCase) >= 0))
            return false;
        var implementations = _persistence.Implementations(method).ToList();
        return implementations.Count > 0 && implementations.All(implementation => implementation.DeclaringSyntaxReferences.Length > 0
            && implementation.DeclaringSyntaxReferences.All(reference => TextSearch.Contains(reference.SyntaxTree, Untracking[0]) && reference.GetSyntax() is var declaration && TextSearch.ContainsAny(declaration, Untracking) && Results(declaration) is { Count: > 0 } results && results.All(IsUntracked)));
    }

    private static List<ExpressionSyntax> Results(SyntaxNode declaration) => declaration.DescendantNodes(node => node is not AnonymousFunctionExpressionSyntax and not LocalFunctionStatementSyntax)
        .Select(node => node switch
        {
            ReturnStatementSyntax { Expression: { } returned } => returned,
            ArrowExpressionClauseSyntax arrow => arrow.Expression,
            _ => null,
        }).OfType<ExpressionSyntax>().ToList();

    private static bool IsUntracked(ExpressionSyntax result)
    {
        var isUntracked = false;
        foreach (var name in result.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Select(access => access.Name.Identifier.ValueText))
        {
            if (name is "Select" or "AsTracking" or "ProjectTo")
                return false;
            isUntracked |= name is "AsNoTracking" or "AsNoTrackingWithIdentityResolution";
        }
        return isUntracked;
    }

    private static bool IsEntityLike(ITypeSymbol? type) => type switch
    {
        INamedTypeSymbol { Name: "List" or "IList" or "IEnumerable" or "ICollection" or "IReadOnlyList" or "IReadOnlyCollection" or "IQueryable" or "IIncludableQueryable" or "IOrderedQueryable" or "Dictionary" or "DbSet", TypeArguments: [.., var row] } => IsEntityLike(row),
        IArrayTypeSymbol { ElementType: var row } => IsEntityLike(row),
        INamedTypeSymbol { TypeKind: TypeKind.Class, IsAnonymousType: false, SpecialType: SpecialType.None } => true,
        _ => false,
    };
}

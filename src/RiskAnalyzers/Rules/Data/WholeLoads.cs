using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Data;

/// <summary>Members of the product that load a whole table: by their implementation in the same compilation, else by name.</summary>
internal sealed class WholeLoads
{
    private static readonly ConditionalWeakTable<Compilation, WholeLoads> Known = new();

    private static readonly HashSet<string> Loads = Words.SetOf("ToList ToListAsync ToArray ToArrayAsync AsEnumerable Query QueryAsync");

    private static readonly HashSet<string> Narrowings = Words.SetOf(
        "Where Take Skip First FirstOrDefault FirstAsync FirstOrDefaultAsync Single SingleOrDefault SingleAsync SingleOrDefaultAsync Limit FromSql FromSqlRaw FromSqlInterpolated Filter ApplySpecification "
        + "GetOrCreateAsync GetOrCreate GetOrSet GetOrSetAsync GetAsync TryGetValue");

    private readonly Persistence _persistence;
    private readonly ConcurrentDictionary<IMethodSymbol, bool> _methods = new(SymbolEqualityComparer.Default);

    private WholeLoads(CompilationFacts facts) => _persistence = Persistence.In(facts);

    public static WholeLoads In(CompilationFacts facts) => Known.GetValue(facts.Compilation, _ => new WholeLoads(facts));

    /// <summary>Whether the call loads every row of a table.</summary>
    public bool Is(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        return SaysAll(method.Name) && IsSequence(call.Type.AwaitedType()) && !call.Arguments.Any(Narrows) && _methods.GetOrAdd(method.OriginalDefinition, IsWhole);
    }

    private static bool SaysAll(string name) => Words.Of(name) is ["get" or "list" or "find" or "load" or "fetch" or "read" or "select", "all", ..] or ["all"] or ["all", "async"] or ["list", "async"] or ["list"];

    private static bool IsSequence(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol { ElementType.IsReferenceType: true, ElementType.SpecialType: SpecialType.None } => true,
        INamedTypeSymbol { Name: "List" or "IList" or "IEnumerable" or "ICollection" or "IReadOnlyList" or "IReadOnlyCollection" or "Collection", TypeArguments: [{ IsReferenceType: true, SpecialType: SpecialType.None }] } => true,
        _ => false,
    };

    private static bool Narrows(IArgumentOperation argument) =>
        argument.ArgumentKind != ArgumentKind.DefaultValue && argument.Parameter?.Type.Name is not ("CancellationToken" or "Boolean") && argument.Value.ConstantValue is not { HasValue: true, Value: null };

    private bool IsWhole(IMethodSymbol method)
    {
        var implementations = _persistence.Implementations(method).ToList();
        if (implementations.Count > 0)
            return implementations.Any(implementation => implementation.DeclaringSyntaxReferences.Any(reference => LoadsAll(reference.GetSyntax()))) && (_persistence.OfMethod(method) & DataReach.Query) != 0;
        // A service that answers at once has the rows in memory already, as far as its name can tell.
        return Words.Of(method.ContainingType.Name) is [.., "repository" or "repo" or "dao"] || Words.Of(method.ContainingType.Name) is [.., "service"] && method.ReturnType.Name is "Task" or "ValueTask";
    }

    private static bool LoadsAll(SyntaxNode implementation)
    {
        var calls = implementation.DescendantNodes().OfType<InvocationExpressionSyntax>().Select(call => call.Expression switch
        {
            MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
            SimpleNameSyntax name => name.Identifier.ValueText,
            _ => "",
        }).ToList();
        return calls.Any(Loads.Contains) && !calls.Any(Narrowings.Contains)
            && !implementation.DescendantTokens().Any(token => token.IsKind(SyntaxKind.StringLiteralToken) && token.ValueText.IndexOf("where", StringComparison.OrdinalIgnoreCase) >= 0);
    }
}

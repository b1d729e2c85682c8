using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace RiskAnalyzers.Language;

/// <summary>The bodies of members that stand elsewhere in the compilation. Binding them costs, so it is asked for endpoints only, and each is bound once.</summary>
internal sealed class Bodies
{
    private static readonly ConditionalWeakTable<Compilation, Bodies> Known = new();

    private readonly Compilation _compilation;
    private readonly ConcurrentDictionary<SyntaxTree, SemanticModel> _models = new();
    private readonly ConcurrentDictionary<IMethodSymbol, IOperation?> _bodies = new(SymbolEqualityComparer.Default);

    private Bodies(Compilation compilation) => _compilation = compilation;

    public static Bodies In(Compilation compilation) => Known.GetValue(compilation, each => new Bodies(each));

    /// <summary>The body of the method, or null where it has none in this compilation.</summary>
    public IOperation? Of(IMethodSymbol method) => _bodies.GetOrAdd((method.ReducedFrom ?? method).OriginalDefinition, Bind);

    /// <summary>The declaration with the method's body, unbound, or null where it has none in this compilation.</summary>
    public SyntaxNode? DeclarationOf(IMethodSymbol method)
    {
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        foreach (var reference in (method.PartialImplementationPart ?? method).DeclaringSyntaxReferences)
        {
            if (!_compilation.ContainsSyntaxTree(reference.SyntaxTree))
                continue;
            var declaration = reference.GetSyntax();
            if (declaration is BaseMethodDeclarationSyntax { Body: null, ExpressionBody: null } or LocalFunctionStatementSyntax { Body: null, ExpressionBody: null })
                continue;
            if (declaration is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax)
                return declaration;
        }
        return null;
    }

    private IOperation? Bind(IMethodSymbol method)
    {
        if (DeclarationOf(method) is not { } declaration)
            return null;
#pragma warning disable RS1030 // The code that an endpoint runs lies anywhere; only endpoints are followed, and each body is bound once.
        var model = _models.GetOrAdd(declaration.SyntaxTree, tree => _compilation.GetSemanticModel(tree));
#pragma warning restore RS1030
        return model.GetOperation(declaration);
    }
}

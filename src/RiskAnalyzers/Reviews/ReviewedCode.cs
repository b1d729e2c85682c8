using RiskAnalyzers.CriticalPaths;

namespace RiskAnalyzers.Reviews;

/// <summary>The code that a review of a unit covers: an id that no twin shares, and every declaration of the unit.</summary>
internal sealed class ReviewedCode
{
    private ReviewedCode(string id, ImmutableArray<SyntaxNode> parts)
    {
        Id = id;
        Parts = parts;
    }

    /// <summary>The documentation id, or for a lambda or local function in top-level code one made the same way.</summary>
    public string Id { get; }

    /// <summary>The declarations; several for a partial type or member.</summary>
    public ImmutableArray<SyntaxNode> Parts { get; }

    public static ReviewedCode Of(CriticalUnit unit, CancellationToken cancellation) =>
        unit.TopLevelNode is { } node ? new ReviewedCode(IdOf(node), ImmutableArray.Create(node)) : Of(unit.Symbol, cancellation);

    public static ReviewedCode Of(ISymbol symbol, CancellationToken cancellation)
    {
        var parts = ImmutableArray.CreateBuilder<SyntaxNode>();
        foreach (var part in PartialParts.Of(symbol))
        {
            foreach (var reference in part.DeclaringSyntaxReferences)
            {
                var node = Declaration(reference.GetSyntax(cancellation));
                if (!parts.Contains(node))
                    parts.Add(node);
            }
        }
        var named = parts.Count == 1 && parts[0] is BaseFieldDeclarationSyntax { Declaration.Variables: { Count: > 1 } variables } ? FirstOf(symbol, variables) : symbol;
        return new ReviewedCode(named.GetDocumentationCommentId() ?? named.ToDisplayString(), parts.ToImmutable());
    }

    // A field's review stands on its declaration, which may declare several fields: the first one names it.
    private static ISymbol FirstOf(ISymbol symbol, SeparatedSyntaxList<VariableDeclaratorSyntax> variables) =>
        symbol.ContainingType.GetMembers(variables[0].Identifier.ValueText).FirstOrDefault() ?? symbol;

    private static SyntaxNode Declaration(SyntaxNode node) =>
        node is VariableDeclaratorSyntax { Parent.Parent: BaseFieldDeclarationSyntax field } ? field : node;

    // A lambda has no name; the call that it is passed to, with its literal arguments, tells it from its twins: MapPost("/checkout").
    private static string IdOf(SyntaxNode node)
    {
        if (node is LocalFunctionStatementSyntax function)
            return "M:Program." + function.Identifier.ValueText + function.ParameterList.Parameters.Count;

        var calls = new List<string>();
        for (var current = node.Parent; current is not null and not StatementSyntax and not MemberDeclarationSyntax; current = current.Parent)
        {
            if (current is InvocationExpressionSyntax call)
                calls.Add(NameOf(call) + "(" + string.Join(",", call.ArgumentList.Arguments.Where(a => a.Expression is LiteralExpressionSyntax).Select(a => a.Expression.ToString())) + ")");
        }
        return "M:Program.lambda:" + string.Join(".", calls);
    }

    private static string NameOf(InvocationExpressionSyntax call) => call.Expression is MemberAccessExpressionSyntax access ? access.Name.Identifier.ValueText : call.Expression.ToString();
}

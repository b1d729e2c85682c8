using System.Collections.Concurrent;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>
/// Where a compilation writes the tokens of a row: one token is one finding, at the first place that a class writes it, or at the column where nobody here does.
/// By syntax alone, and only for a column that is suspected already.
/// </summary>
internal sealed class TokenWritings
{
    private readonly Compilation _compilation;
    private readonly ConcurrentDictionary<string, bool> _written = new(StringComparer.Ordinal);

    public TokenWritings(Compilation compilation) => _compilation = compilation;

    /// <summary>Whether no other writing of the column, or of the row, stands before this one in its class.</summary>
    public bool IsFirst(SyntaxNode writing, ISymbol kept)
    {
        var row = kept as INamedTypeSymbol ?? kept.ContainingType;
        var scope = writing.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type ? (SyntaxNode)type : writing.SyntaxTree.GetRoot();
        foreach (var node in scope.DescendantNodes())
        {
            if (node.SpanStart >= writing.SpanStart)
                return true;
            if (Writes(node, row.Name, (kept as IPropertySymbol)?.Name) && !node.Span.Contains(writing.Span))
                return false;
        }
        return true;
    }

    /// <summary>Whether code outside of the row's own type writes the column.</summary>
    public bool AreIn(IPropertySymbol kept) => _written.GetOrAdd(kept.ContainingType.Name + "." + kept.Name, _ => Find(kept));

    private bool Find(IPropertySymbol kept)
    {
        var row = kept.ContainingType.Name;
        foreach (var tree in _compilation.SyntaxTrees)
        {
            if (!TextSearch.Contains(tree, row) && !TextSearch.Contains(tree, "." + kept.Name))
                continue;
            foreach (var node in tree.GetRoot().DescendantNodes())
            {
                if (Writes(node, row, kept.Name) && node.FirstAncestorOrSelf<TypeDeclarationSyntax>()?.Identifier.ValueText != row)
                    return true;
            }
        }
        return false;
    }

    private static bool Writes(SyntaxNode node, string row, string? column) => node switch
    {
        AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var set }, Right: var value } => set == column && !value.IsKind(SyntaxKind.NullLiteralExpression) && value is not LiteralExpressionSyntax,
        ObjectCreationExpressionSyntax { Type: var made } creation => made.ToString().EndsWith(row, StringComparison.Ordinal) && (creation.ArgumentList?.Arguments.Count > 1 || Sets(creation.Initializer, column)),
        ImplicitObjectCreationExpressionSyntax { Initializer: { } members } => Sets(members, column) && column is not null,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: SimpleNameSyntax { Identifier.ValueText: var type } }, ArgumentList.Arguments.Count: > 1 } => type == row,
        _ => false,
    };

    private static bool Sets(InitializerExpressionSyntax? members, string? column) => members?.Expressions.Any(member => member is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: var set } } && (column is null || set == column)) == true;
}

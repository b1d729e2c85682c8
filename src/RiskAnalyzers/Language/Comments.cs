namespace RiskAnalyzers.Language;

/// <summary>The comments of a declaration, documentation comments excepted.</summary>
internal static class Comments
{
    /// <summary>The comments directly above and inside a declaration. Members of a type have their own; a compilation unit's are those of its top-level statements.</summary>
    public static IEnumerable<SyntaxTrivia> Of(SyntaxNode declaration)
    {
        if (declaration is VariableDeclaratorSyntax { Parent.Parent: BaseFieldDeclarationSyntax field } variable)
        {
            // Several fields of one declaration share its comments; the first one speaks.
            if (field.Declaration.Variables[0] != variable)
                yield break;
            declaration = field;
        }
        foreach (var trivia in declaration.DescendantTrivia(node => node == declaration || !HasOwnComments(node)))
        {
            if (trivia.IsComment())
                yield return trivia;
        }
    }

    /// <summary>Whether the trivia is a comment and no documentation comment.</summary>
    public static bool IsComment(this SyntaxTrivia trivia) => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia);

    private static bool HasOwnComments(SyntaxNode node) => node is MemberDeclarationSyntax and not GlobalStatementSyntax;
}

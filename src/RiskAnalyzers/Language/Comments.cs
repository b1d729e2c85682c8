using System.Runtime.CompilerServices;

namespace RiskAnalyzers.Language;

/// <summary>The comments of a declaration, documentation comments excepted.</summary>
internal static class Comments
{
    // A file's text is searched once; asking every token for its trivia would cost more than most rules.
    private static readonly ConditionalWeakTable<SyntaxTree, StrongBox<ImmutableArray<SyntaxTrivia>>> Known = new();

    /// <summary>Whether the file has a comment anywhere between the start and the end of the declaration, a member's own or not.</summary>
    public static bool AreIn(SyntaxNode declaration)
    {
        var comments = InFile(declaration.SyntaxTree);
        var span = (declaration is VariableDeclaratorSyntax { Parent.Parent: BaseFieldDeclarationSyntax field } ? field : declaration).FullSpan;
        return FirstAt(comments, span.Start) is var first && first < comments.Length && comments[first].SpanStart < span.End;
    }

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
        var comments = InFile(declaration.SyntaxTree);
        var span = declaration.FullSpan;
        for (var i = FirstAt(comments, span.Start); i < comments.Length && comments[i].SpanStart < span.End; i++)
        {
            if (BelongsTo(comments[i], declaration))
                yield return comments[i];
        }
    }

    /// <summary>Whether the trivia is a comment and no documentation comment.</summary>
    public static bool IsComment(this SyntaxTrivia trivia) => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia);

    private static ImmutableArray<SyntaxTrivia> InFile(SyntaxTree tree) => Known.GetValue(tree, each => new StrongBox<ImmutableArray<SyntaxTrivia>>(In(each))).Value;

    private static bool BelongsTo(SyntaxTrivia comment, SyntaxNode declaration)
    {
        for (var node = comment.Token.Parent; node is not null; node = node.Parent)
        {
            if (node == declaration)
                return true;
            if (HasOwnComments(node))
                return false;
        }
        return false;
    }

    private static int FirstAt(ImmutableArray<SyntaxTrivia> comments, int position)
    {
        var (low, high) = (0, comments.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (comments[middle].SpanStart < position)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    private static ImmutableArray<SyntaxTrivia> In(SyntaxTree tree)
    {
        var comments = ImmutableArray.CreateBuilder<SyntaxTrivia>();
        var root = tree.GetRoot();
        var text = tree.GetText().ToString();
        for (var at = text.IndexOf('/'); at >= 0 && at + 1 < text.Length; at = text.IndexOf('/', at))
        {
            var opening = text[at + 1];
            if (opening is '/' or '*' && !IsDocumentation(text, at) && root.FindTrivia(at) is var trivia && trivia.SpanStart == at && trivia.IsComment())
            {
                comments.Add(trivia);
                at = trivia.FullSpan.End;
            }
            else
            {
                at += IsDocumentation(text, at) ? 3 : opening is '/' or '*' ? 2 : 1;
            }
            if (at > text.Length)
                break;
        }
        return comments.ToImmutable();
    }

    // A compiler that writes no documentation file reads it as ordinary comments; what a build finds must not depend on that.
    private static bool IsDocumentation(string text, int at) => at + 3 < text.Length && text[at + 2] == text[at + 1] && text[at + 3] != text[at + 1] && text[at + 3] != '/';

    private static bool HasOwnComments(SyntaxNode node) => node is MemberDeclarationSyntax and not GlobalStatementSyntax;
}

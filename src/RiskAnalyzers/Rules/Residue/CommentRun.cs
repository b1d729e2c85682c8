using Microsoft.CodeAnalysis.Text;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Residue;

/// <summary>A block comment, or <c>//</c> comments on lines that follow one another: what a reader takes for one remark.</summary>
internal sealed class CommentRun
{
    private CommentRun(SyntaxToken token, bool isTrailing, ImmutableArray<CommentLine> lines)
    {
        Token = token;
        IsTrailing = isTrailing;
        Lines = lines;
        Text = string.Join("\n", lines.Select(line => line.Text));
    }

    /// <summary>The token that the comment stands before, or after where it is trailing.</summary>
    public SyntaxToken Token { get; }

    public bool IsTrailing { get; }

    public ImmutableArray<CommentLine> Lines { get; }

    /// <summary>The lines without comment marks, one below the other.</summary>
    public string Text { get; }

    /// <summary>The run that begins with the comment, or null where the comment is a later line of one.</summary>
    public static CommentRun? StartingAt(SyntaxTrivia comment)
    {
        if (IsDocumentation(comment))
            return null;
        var token = comment.Token;
        var isTrailing = comment.SpanStart > token.SpanStart;
        var list = isTrailing ? token.TrailingTrivia : token.LeadingTrivia;
        var index = list.IndexOf(comment);
        if (index < 0)
            return null;
        if (comment.IsKind(SyntaxKind.MultiLineCommentTrivia))
            return new CommentRun(token, isTrailing, BlockLines(comment));
        if (PreviousLine(list, index) >= 0)
            return null;
        var lines = ImmutableArray.CreateBuilder<CommentLine>();
        for (; index >= 0; index = NextLine(list, index))
            lines.Add(new CommentLine(list[index].ToString().TrimStart('/').Trim(), list[index].Span));
        return new CommentRun(token, isTrailing, lines.ToImmutable());
    }

    /// <summary>The remarks above a node and behind it on its last line.</summary>
    public static IEnumerable<CommentRun> Around(SyntaxNode node)
    {
        foreach (var trivia in node.GetLeadingTrivia())
        {
            if (trivia.IsComment() && StartingAt(trivia) is { } run)
                yield return run;
        }
        foreach (var trivia in node.GetTrailingTrivia())
        {
            if (trivia.IsComment() && StartingAt(trivia) is { } run)
                yield return run;
        }
    }

    /// <summary>The line that holds the position of <see cref="Text"/>.</summary>
    public CommentLine LineAt(int position)
    {
        foreach (var line in Lines)
        {
            if (position <= line.Text.Length)
                return line;
            position -= line.Text.Length + 1;
        }
        return Lines[Lines.Length - 1];
    }

    private static ImmutableArray<CommentLine> BlockLines(SyntaxTrivia comment)
    {
        var lines = ImmutableArray.CreateBuilder<CommentLine>();
        var position = comment.SpanStart;
        foreach (var raw in comment.ToString().Split('\n'))
        {
            var shown = raw.Trim();
            var text = shown.TrimStart('/', '*').Trim();
            if (text.EndsWith("*/", StringComparison.Ordinal))
                text = text.Substring(0, text.Length - 2).TrimEnd();
            var start = position + Math.Max(raw.IndexOf(shown, StringComparison.Ordinal), 0);
            lines.Add(new CommentLine(text, new TextSpan(start, shown.Length)));
            position += raw.Length + 1;
        }
        return lines.ToImmutable();
    }

    // Where a compilation reads no documentation, its comments come as ordinary ones.
    private static bool IsDocumentation(SyntaxTrivia comment) => comment.ToString() is var text
        && (text.StartsWith("///", StringComparison.Ordinal) || text.StartsWith("/**", StringComparison.Ordinal));

    private static int PreviousLine(SyntaxTriviaList list, int index)
    {
        var ends = 0;
        for (var i = index - 1; i >= 0; i--)
        {
            if (list[i].IsKind(SyntaxKind.SingleLineCommentTrivia))
                return IsDocumentation(list[i]) ? -1 : i;
            if (list[i].IsKind(SyntaxKind.EndOfLineTrivia) ? ++ends > 1 : !list[i].IsKind(SyntaxKind.WhitespaceTrivia))
                return -1;
        }
        return -1;
    }

    private static int NextLine(SyntaxTriviaList list, int index)
    {
        var ends = 0;
        for (var i = index + 1; i < list.Count; i++)
        {
            if (list[i].IsKind(SyntaxKind.SingleLineCommentTrivia))
                return IsDocumentation(list[i]) ? -1 : i;
            if (list[i].IsKind(SyntaxKind.EndOfLineTrivia) ? ++ends > 1 : !list[i].IsKind(SyntaxKind.WhitespaceTrivia))
                return -1;
        }
        return -1;
    }
}

/// <summary>One line of a comment: its text without the marks, and its place.</summary>
internal readonly record struct CommentLine(string Text, TextSpan Span);

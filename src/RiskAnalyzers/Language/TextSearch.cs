using Microsoft.CodeAnalysis.Text;

namespace RiskAnalyzers.Language;

/// <summary>Looks for a word in a file's text without making a string of it: cheap enough to ask of every file once.</summary>
internal static class TextSearch
{
    private const int Chunk = 16 * 1024;

    // A shorter file is a string already, and the compiler hands out that very string; only long ones are kept in pieces.
    private const int Whole = 40 * 1024;

    public static bool Contains(SyntaxTree tree, string word) => ContainsAny(tree, new[] { word });

    /// <summary>Whether the text contains one of the words; it is read once for all of them.</summary>
    public static bool ContainsAny(SyntaxTree tree, string[] words)
    {
        var text = tree.GetText();
        if (text.Length < Whole)
            return Array.Exists(words, word => text.ToString().IndexOf(word, StringComparison.Ordinal) >= 0);
        var overlap = words.Max(word => word.Length);
        var buffer = new char[Math.Min(Chunk, text.Length)];
        // Chunks overlap by a word, so that none is cut in two.
        for (var start = 0; start < text.Length; start += Math.Max(1, buffer.Length - overlap))
        {
            var length = Math.Min(buffer.Length, text.Length - start);
            text.CopyTo(start, buffer, 0, length);
            foreach (var word in words)
            {
                if (buffer.AsSpan(0, length).IndexOf(word.AsSpan(), StringComparison.Ordinal) >= 0)
                    return true;
            }
            if (start + length == text.Length)
                return false;
        }
        return false;
    }
}

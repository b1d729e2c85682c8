using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.Text;

namespace RiskAnalyzers.Language;

/// <summary>Looks for a word in a file's text without making a string of it: cheap enough to ask of every file, and each file is read once for a word.</summary>
internal static class TextSearch
{
    private const int Chunk = 16 * 1024;

    // A shorter file is a string already, and the compiler hands out that very string; only long ones are kept in pieces.
    private const int Whole = 40 * 1024;

    // An editor keeps the trees that it did not change: after a keystroke only one is read again.
    private static readonly ConditionalWeakTable<SyntaxTree, ConcurrentDictionary<string, bool>> Known = new();

    /// <summary>Whether the text contains the word.</summary>
    public static bool Contains(SyntaxTree tree, string word) => Known.GetOrCreateValue(tree).GetOrAdd(word, each => Find(tree, each));

    /// <summary>Whether the text contains one of the words.</summary>
    public static bool ContainsAny(SyntaxTree tree, string[] words) => Array.Exists(words, word => Contains(tree, word));

    /// <summary>Whether the text of the node contains one of the words: to look for it among the node's tokens would make them all.</summary>
    public static bool ContainsAny(SyntaxNode node, string[] words)
    {
        // Its own text only, and no string of it: a file that is being typed is put together anew whenever the whole is asked for.
        var span = node.Span;
        var buffer = ArrayPool<char>.Shared.Rent(span.Length);
        node.SyntaxTree.GetText().CopyTo(span.Start, buffer, 0, span.Length);
        var text = buffer.AsSpan(0, span.Length);
        var found = false;
        foreach (var word in words)
            found = found || text.IndexOf(word.AsSpan()) >= 0;
        ArrayPool<char>.Shared.Return(buffer);
        return found;
    }

    private static bool Find(SyntaxTree tree, string word)
    {
        var text = tree.GetText();
        if (text.Length < Whole)
            return text.ToString().IndexOf(word, StringComparison.Ordinal) >= 0;
        var buffer = new char[Math.Min(Chunk, text.Length)];
        // Chunks overlap by a word, so that none is cut in two.
        for (var start = 0; start < text.Length; start += Math.Max(1, buffer.Length - word.Length))
        {
            var length = Math.Min(buffer.Length, text.Length - start);
            text.CopyTo(start, buffer, 0, length);
            if (buffer.AsSpan(0, length).IndexOf(word.AsSpan(), StringComparison.Ordinal) >= 0)
                return true;
            if (start + length == text.Length)
                return false;
        }
        return false;
    }
}

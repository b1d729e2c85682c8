using System.Buffers;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.Text;

namespace RiskAnalyzers.Language;

/// <summary>Looks for a word in a file's text without making a string of it: cheap enough to ask of every file, and each file is read once for a word.</summary>
internal static class TextSearch
{
    private const int Chunk = 16 * 1024;

    // An editor keeps the trees that it did not change: after a keystroke only one is read again.
    private static readonly ConditionalWeakTable<SyntaxTree, Answers> Known = new();

    /// <summary>Whether the text contains the word.</summary>
    public static bool Contains(SyntaxTree tree, string word) => Known.GetOrCreateValue(tree).Contains(tree, word);

    /// <summary>Whether the text contains one of the words.</summary>
    public static bool ContainsAny(SyntaxTree tree, string[] words)
    {
        var answers = Known.GetOrCreateValue(tree);
        foreach (var word in words)
        {
            if (answers.Contains(tree, word))
                return true;
        }
        return false;
    }

    /// <summary>Whether the text of the node contains one of the words: to look for it among the node's tokens would make them all.</summary>
    public static bool ContainsAny(SyntaxNode node, string[] words)
    {
        // Its own text only: a file that is being typed is put together anew whenever the whole is asked for.
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

    private static bool Find(SourceText text, string word)
    {
        var buffer = ArrayPool<char>.Shared.Rent(Math.Min(Chunk, text.Length));
        var found = false;
        // Chunks overlap by a word, so that none is cut in two.
        for (var (start, end) = (0, 0); !found && end < text.Length; start = end - word.Length + 1)
        {
            end = Math.Min(start + Math.Min(Chunk, buffer.Length), text.Length);
            text.CopyTo(start, buffer, 0, end - start);
            found = buffer.AsSpan(0, end - start).IndexOf(word.AsSpan()) >= 0;
        }
        ArrayPool<char>.Shared.Return(buffer);
        return found;
    }

    private sealed class Answers
    {
        private readonly Dictionary<string, bool> _known = new(StringComparer.Ordinal);

        public bool Contains(SyntaxTree tree, string word)
        {
            lock (_known)
            {
                if (!_known.TryGetValue(word, out var contains))
                    _known[word] = contains = Find(tree.GetText(), word);
                return contains;
            }
        }
    }
}

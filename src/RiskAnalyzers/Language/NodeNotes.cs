using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.Text;

namespace RiskAnalyzers.Language;

/// <summary>
/// What was read off pieces of code, kept with their file: an editor keeps the files that it did not change. One table a file; one entry a node in a table
/// of weak keys would be dear to every collection of garbage.
/// </summary>
internal sealed class NodeNotes<T>
{
    private readonly ConditionalWeakTable<SyntaxTree, Dictionary<(TextSpan, int), T>> _files = new();
    private readonly Func<SyntaxNode, T> _read;

    /// <param name="read">Reads the answer off a node. Two threads may do so at once; both must come to the same.</param>
    public NodeNotes(Func<SyntaxNode, T> read) => _read = read;

    public T Of(SyntaxNode node)
    {
        var notes = _files.GetOrCreateValue(node.SyntaxTree);
        var key = (node.Span, node.RawKind);
        lock (notes)
        {
            if (notes.TryGetValue(key, out var known))
                return known;
        }
        var answer = _read(node);
        lock (notes)
            notes[key] = answer;
        return answer;
    }
}

namespace RiskAnalyzers.Language;

/// <summary>A list of word sequences that names are searched for: <c>current user</c> stands in <c>ICurrentUserService</c>. A name is split once for all of them.</summary>
internal sealed class WordSequences
{
    private readonly Dictionary<string, List<string[]>> _byFirst = new(StringComparer.Ordinal);

    /// <param name="list">The sequences as one text: words with spaces between them, sequences with <c>|</c> between them.</param>
    public WordSequences(string list)
    {
        foreach (var sequence in list.Split('|').Select(sequence => sequence.Split(' ')))
        {
            if (!_byFirst.TryGetValue(sequence[0], out var same))
                _byFirst[sequence[0]] = same = new();
            same.Add(sequence);
        }
    }

    /// <summary>Whether the name contains the words of one of the sequences, one after the other.</summary>
    public bool StandIn(string name)
    {
        var words = Words.Of(name);
        for (var start = 0; start < words.Length; start++)
        {
            if (!_byFirst.TryGetValue(words[start], out var sequences))
                continue;
            foreach (var sequence in sequences)
            {
                if (StandsAt(words, start, sequence))
                    return true;
            }
        }
        return false;
    }

    private static bool StandsAt(ImmutableArray<string> words, int start, string[] sequence)
    {
        if (start + sequence.Length > words.Length)
            return false;
        for (var i = 1; i < sequence.Length; i++)
        {
            if (words[start + i] != sequence[i])
                return false;
        }
        return true;
    }
}

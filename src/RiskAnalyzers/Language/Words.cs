using System.Collections.Concurrent;

namespace RiskAnalyzers.Language;

/// <summary>
/// Splits names into lower-case words: <c>CheckoutService</c> is checkout, service; <c>HTTPClient2</c> is http, client, 2;
/// <c>unit_price</c> is unit, price. Rules compare whole words, so that <c>Discharge</c> never means a charge.
/// </summary>
internal static class Words
{
    private const int CacheLimit = 50_000;
    private static readonly ConcurrentDictionary<string, ImmutableArray<string>> Cache = new(StringComparer.Ordinal);

    public static ImmutableArray<string> Of(string name)
    {
        if (Cache.TryGetValue(name, out var words))
            return words;

        words = Split(name);
        // A compiler server lives for days and sees many products; starting over is cheaper than keeping every name.
        if (Cache.Count > CacheLimit)
            Cache.Clear();
        Cache[name] = words;
        return words;
    }

    /// <summary>The words, or names, of a list that is written as one text with spaces between them.</summary>
    public static HashSet<string> SetOf(string list) => new(list.Split(' '), StringComparer.Ordinal);

    /// <summary>Whether the name contains one of the words.</summary>
    public static bool ContainAny(string name, HashSet<string> words)
    {
        foreach (var word in Of(name))
        {
            if (words.Contains(word))
                return true;
        }
        return false;
    }

    /// <summary>Whether one of the words is in the list.</summary>
    public static bool HaveAny(this ImmutableArray<string> words, HashSet<string> list)
    {
        foreach (var word in words)
        {
            if (list.Contains(word))
                return true;
        }
        return false;
    }

    /// <summary>Whether the name contains the two words one after the other.</summary>
    public static bool ContainSequence(string name, string first, string second)
    {
        var words = Of(name);
        for (var i = 0; i + 1 < words.Length; i++)
        {
            if (words[i] == first && words[i + 1] == second)
                return true;
        }
        return false;
    }

    /// <summary>Whether the name contains the words one after the other: <c>unitPrice</c> and <c>DefaultUnitPrice</c> contain "unit price".</summary>
    public static bool ContainSequence(string name, params string[] sequence)
    {
        var words = Of(name);
        for (var start = 0; start + sequence.Length <= words.Length; start++)
        {
            var matched = 0;
            while (matched < sequence.Length && words[start + matched] == sequence[matched])
                matched++;
            if (matched == sequence.Length)
                return true;
        }
        return false;
    }

    private static ImmutableArray<string> Split(string name)
    {
        var words = ImmutableArray.CreateBuilder<string>();
        var start = 0;
        for (var i = 0; i <= name.Length; i++)
        {
            if (i < name.Length && !StartsWord(name, i) && char.IsLetterOrDigit(name[i]))
                continue;
            if (i > start)
                words.Add(name.Substring(start, i - start).ToLowerInvariant());
            start = i < name.Length && char.IsLetterOrDigit(name[i]) ? i : i + 1;
        }
        return words.ToImmutable();
    }

    private static bool StartsWord(string name, int i)
    {
        if (i == 0)
            return false;
        var (previous, current) = (name[i - 1], name[i]);
        if (char.IsDigit(current) != char.IsDigit(previous))
            return true;
        if (!char.IsUpper(current))
            return false;
        // The last capital of a run begins the next word: HTTPClient is http, client.
        return !char.IsUpper(previous) || (i + 1 < name.Length && char.IsLower(name[i + 1]));
    }
}

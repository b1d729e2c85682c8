namespace RiskAnalyzers.Language;

/// <summary>A phrase that a text contains: where, in which words, and whether it needs company to mean anything.</summary>
internal sealed record PhraseMatch(int Start, int End, string Text, bool IsWeak);

/// <summary>
/// A list of phrases that are matched as words of one sentence, never as substrings. A phrase is a line: <c>a|b</c> is either word, <c>word?</c>
/// may be missing, <c>stem*</c> is any word that starts so, <c>...</c> is up to four words, <c>^</c> and <c>$</c> are the sentence's ends, and a leading
/// <c>~</c> makes the phrase weak. Ideographs are words of their own.
/// </summary>
internal sealed class Phrases
{
    private const int Gap = 4;
    private const int KeyLength = 3;

    private readonly Dictionary<string, List<Phrase>> _byKey = new(StringComparer.Ordinal);

    public Phrases(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            if (Phrase.Read(line) is not { } phrase)
                continue;
            foreach (var key in phrase.Keys)
            {
                if (!_byKey.TryGetValue(key, out var phrases))
                    _byKey[key] = phrases = new();
                phrases.Add(phrase);
            }
        }
    }

    /// <summary>The phrases that stand in embedded text files whose name starts so; lines that start with <c>#</c> are comments.</summary>
    public static Phrases Embedded(string folder)
    {
        var lines = new List<string>();
        var assembly = typeof(Phrases).Assembly;
        foreach (var name in assembly.GetManifestResourceNames())
        {
            if (!name.StartsWith(folder, StringComparison.Ordinal))
                continue;
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, System.Text.Encoding.UTF8);
            while (reader.ReadLine() is { } line)
                lines.Add(line);
        }
        return new Phrases(lines);
    }

    /// <summary>Every phrase in the text, in its order; of those that start at one word the strong one.</summary>
    public IEnumerable<PhraseMatch> Find(string text)
    {
        var words = TextWords.Of(text);
        for (var start = 0; start < words.Count; start++)
        {
            if (!_byKey.TryGetValue(KeyOf(words[start].Text), out var candidates))
                continue;
            PhraseMatch? best = null;
            foreach (var phrase in candidates)
            {
                if (best is { IsWeak: false } || phrase.EndIn(words, start) is not { } end)
                    continue;
                if (best is null || !phrase.IsWeak)
                    best = new PhraseMatch(words[start].Start, words[end - 1].End, text.Substring(words[start].Start, words[end - 1].End - words[start].Start), phrase.IsWeak);
            }
            if (best is not null)
                yield return best;
        }
    }

    private static string KeyOf(string word) => word.Length <= KeyLength ? word : word.Substring(0, KeyLength);

    private sealed class Phrase
    {
        private readonly List<Slot> _slots = new();
        private bool _atStart;
        private bool _atEnd;

        public bool IsWeak { get; private set; }

        public IEnumerable<string> Keys => _slots[0].Words.Select(word => KeyOf(word.Text)).Distinct();

        public static Phrase? Read(string line)
        {
            line = line.Trim();
            if (line.Length == 0 || line[0] == '#')
                return null;
            var phrase = new Phrase();
            foreach (var item in line.Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries))
                phrase.Add(item);
            while (phrase._slots.Count > 0 && (phrase._slots[0].IsGap || phrase._slots[0].IsOptional))
                phrase._slots.RemoveAt(0);
            return phrase._slots.Count == 0 ? null : phrase;
        }

        /// <summary>The index after the phrase's last word when it starts at the given one, or null.</summary>
        public int? EndIn(List<TextWord> words, int start) =>
            _atStart && !words[start].StartsClause ? null : Match(words, start, start, 0);

        private int? Match(List<TextWord> words, int start, int at, int slot)
        {
            if (slot == _slots.Count)
                return !_atEnd || at == words.Count || words[at].StartsSentence ? at : null;
            var expected = _slots[slot];
            var last = expected.IsGap ? Math.Min(at + Gap, words.Count) : at;
            for (var next = at; next <= last; next++)
            {
                // A phrase ends with its sentence.
                if (next < words.Count && next > start && words[next].StartsSentence)
                    break;
                if (expected.IsGap)
                {
                    if (Match(words, start, next, slot + 1) is { } afterGap)
                        return afterGap;
                }
                else if (next < words.Count && expected.Accepts(words[next].Text) && Match(words, start, next + 1, slot + 1) is { } end)
                {
                    return end;
                }
            }
            return expected.IsOptional ? Match(words, start, at, slot + 1) : null;
        }

        private void Add(string item)
        {
            switch (item)
            {
                case "~":
                    IsWeak = true;
                    return;
                case "^":
                    _atStart = true;
                    return;
                case "$":
                    _atEnd = true;
                    return;
                case "...":
                    _slots.Add(new Slot(ImmutableArray<(string, bool)>.Empty, IsGap: true, IsOptional: false));
                    return;
            }
            var optional = item.Length > 1 && item[item.Length - 1] == '?';
            if (optional)
                item = item.Substring(0, item.Length - 1);
            if (item.IndexOf('|') < 0 && TextWords.Of(item) is { Count: > 1 } several)
            {
                foreach (var word in several)
                    _slots.Add(new Slot(ImmutableArray.Create((word.Text, false)), IsGap: false, optional));
                return;
            }
            var alternatives = item.Split('|').Where(word => word.Length > 0)
                .Select(word => word[word.Length - 1] == '*' ? (TextWords.Lower(word.Substring(0, word.Length - 1)), true) : (TextWords.Lower(word), false))
                .Where(word => word.Item1.Length > 0)
                .ToImmutableArray();
            if (!alternatives.IsEmpty)
                _slots.Add(new Slot(alternatives, IsGap: false, optional));
        }

        private sealed record Slot(ImmutableArray<(string Text, bool IsStem)> Words, bool IsGap, bool IsOptional)
        {
            public bool Accepts(string word)
            {
                foreach (var (text, isStem) in Words)
                {
                    if (isStem ? word.StartsWith(text, StringComparison.Ordinal) : word == text)
                        return true;
                }
                return false;
            }
        }
    }
}

/// <summary>A word of running text, lower case, with its place and whether a sentence or a clause begins with it.</summary>
internal readonly record struct TextWord(string Text, int Start, int End, bool StartsSentence, bool StartsClause);

/// <summary>Splits running text into words and sentences.</summary>
internal static class TextWords
{
    public static List<TextWord> Of(string text)
    {
        var words = new List<TextWord>();
        var (sentence, clause) = (true, true);
        for (var i = 0; i < text.Length;)
        {
            var c = text[i];
            if (!IsWordPart(text, i))
            {
                if (EndsSentence(text, i))
                    sentence = clause = true;
                else if (c is ':' or '：' or '(' or '（' or '-' or '–' or '—' or '*' or '"' or '，' or '!' or ')')
                    clause |= c is not '-' || i == 0 || char.IsWhiteSpace(text[i - 1]);
                i++;
                continue;
            }
            var start = i++;
            if (!IsIdeograph(c))
            {
                while (i < text.Length && IsWordPart(text, i) && !IsIdeograph(text[i]))
                    i++;
            }
            words.Add(new TextWord(Lower(text.Substring(start, i - start)), start, i, sentence, clause));
            sentence = clause = false;
        }
        return words;
    }

    public static string Lower(string word) => word.Replace('İ', 'i').Replace('’', '\'').ToLowerInvariant();

    private static bool IsWordPart(string text, int i)
    {
        var c = text[i];
        if (char.IsLetterOrDigit(c))
            return true;
        return c is '\'' or '’' && i > 0 && i + 1 < text.Length && char.IsLetter(text[i - 1]) && char.IsLetter(text[i + 1]);
    }

    private static bool IsIdeograph(char c) => c is >= '\u3400' and <= '\u9fff';

    private static bool EndsSentence(string text, int i) => text[i] switch
    {
        '。' or '！' or '？' or '；' or ';' => true,
        '.' or '!' or '?' => i + 1 >= text.Length || char.IsWhiteSpace(text[i + 1]),
        // Wrapped prose goes on in lower case; a list or a new remark does not.
        '\n' => NextVisible(text, i) is var next && (char.IsUpper(next) || next is '-' or '*' or '•' || char.IsDigit(next)),
        _ => false,
    };

    private static char NextVisible(string text, int i)
    {
        while (++i < text.Length)
        {
            if (!char.IsWhiteSpace(text[i]))
                return text[i];
        }
        return '.';
    }
}

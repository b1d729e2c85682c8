using System.Text.RegularExpressions;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Residue;

/// <summary>What stands around a phrase in a remark and makes it mean something else than that work was left out.</summary>
internal static class Remarks
{
    private static readonly Regex Reason = new(@"^[\s,]*(\w+\s+){0,3}?(since|because|if|when|unless|where|so that|to (prevent|avoid|not|hide|mitigate|protect|stop))\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly Regex Denial = new(@"\b(cannot|can't|can not|must not|mustn't|should not|shouldn't|do not|don't|does not|doesn't|never|not|no longer)( be| to)?\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    // What is renamed, moved or said about a warning is housekeeping.
    private static readonly Regex Tidying = new(
        @"\b(obsolete|pragma|analy[sz]er|nullable|null safe|compiler)\b|\bto-?do\W+(\([^)]*\)\W*)*([A-Z]+-\d+\W+)?(refactor|rename|extract|clean|tidy|move to|upgrade|rework|inline|simplify)\b"
        + @"|\bduplication\b|\bworkaround\W+(\w+\W+){0,2}?(because|since|as|for|due to)\W+(\w+\W+){0,2}?(EF|Entity Framework|NuGet|MSBuild|Roslyn|\.NET|ASP\.NET|the framework|the compiler|the library)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>"Always return success to prevent enumeration", "always allow if no limit is set": a decision, not a stub.</summary>
    public static bool IsReasoned(string text, PhraseMatch match) =>
        match.Text.StartsWith("always", StringComparison.OrdinalIgnoreCase) && Reason.IsMatch(Sentence(text, match).After);

    /// <summary>Whether the phrase stands between quotation marks: the remark speaks about a text.</summary>
    public static bool IsQuoted(string text, PhraseMatch match) =>
        match.Start > 0 && match.End < text.Length && text[match.Start - 1] is '"' or '\'' or '`' or '“' && text[match.End] is '"' or '\'' or '`' or '”';

    /// <summary>"cannot be assumed to be authenticated" says the opposite.</summary>
    public static bool IsDenied(string text, PhraseMatch match) =>
        match.Text.StartsWith("assum", StringComparison.OrdinalIgnoreCase) && Denial.IsMatch(Sentence(text, match).Before);

    // "A naive calculation would give us 1/6000, so ...", "stub it for members who are new", "implement on demand": what the code does not do, what it does, what nobody has asked for.
    private static readonly Regex NoClaim = new(
        @"^(naive|simplistic|crude)\b.*?\b(would|could)\b.*?\b(give|be|yield|lead|cause|fail|miss|return|take|need|break)\b|^stub (it|them|one) for (?!now|the moment|test|demo)|^(to-?do\b.*)?\bimplement(ed)? (on demand|if needed|when needed|as needed)\b|^hard.?cod\w* (validation|check)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>Whether the words around the phrase make it something else than a claim about what was left out.</summary>
    public static bool IsNoClaim(string text, PhraseMatch match) => NoClaim.IsMatch(match.Text + Sentence(text, match).After);

    /// <summary>Whether the sentence is about names, places in the code or warnings.</summary>
    public static bool IsTidying(string text, PhraseMatch match)
    {
        var (before, after) = Sentence(text, match);
        return Tidying.IsMatch(before + match.Text + after);
    }

    /// <summary>"If nobody has paid yet, assume the invoice was paid by hand": what is taken for true in one case is a rule of the shop.</summary>
    public static bool IsConditional(string text, PhraseMatch match) =>
        (match.Text.StartsWith("assum", StringComparison.OrdinalIgnoreCase) || match.Text.StartsWith("just", StringComparison.OrdinalIgnoreCase) || match.Text.StartsWith("simply", StringComparison.OrdinalIgnoreCase))
        && Words.Of(Sentence(text, match).Before) is ["if" or "when" or "where" or "unless" or "once", ..];

    /// <summary>A "todo" that asks whether something should be done.</summary>
    public static bool IsQuestion(string text, PhraseMatch match) =>
        match.Text.StartsWith("todo", StringComparison.OrdinalIgnoreCase) && (match.Text.IndexOf('?') >= 0 || EndsAsQuestion(text, match));

    // The next "todo" is another remark, whether or not a full stop stands before it.
    private static bool EndsAsQuestion(string text, PhraseMatch match)
    {
        var after = Sentence(text, match).After;
        var end = match.End + after.Length;
        return end < text.Length && text[end] == '?' && after.IndexOf("todo", StringComparison.OrdinalIgnoreCase) < 0;
    }

    // The rest of the sentence on either side of the phrase.
    private static (string Before, string After) Sentence(string text, PhraseMatch match)
    {
        var start = match.Start;
        while (start > 0 && !IsEnd(text, start - 1))
            start--;
        var end = match.End;
        while (end < text.Length && !IsEnd(text, end))
            end++;
        return (text.Substring(start, match.Start - start).TrimStart(), text.Substring(match.End, end - match.End));
    }

    private static bool IsEnd(string text, int at) => text[at] is '.' or '!' or '?' or ';' && (at + 1 == text.Length || char.IsWhiteSpace(text[at + 1]));
}

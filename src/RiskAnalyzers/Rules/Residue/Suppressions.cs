using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Residue;

/// <summary>Directives that switch warnings off, which of them matter, and what counts as a reason.</summary>
internal static class Suppressions
{
    // Null, lost tasks, reliability, security, and our own. Style, naming and documentation are anybody's taste.
    private static readonly Regex Weighty = new(
        @"^(CS)?(8597|86\d\d|87[0-7]\d|4014)$|^CA(2\d{3}|3\d{3}|5\d{3})$|^S(2068|2070|2076|2077|2078|2083|2092|2115|2184|2245|2255|2257|2259|2278|2386|2589|2612|2631|2755|3168|3329|3330|3649|3655|3884|4211|4423|4426|4433|4502|4507|4790|4830|5\d{3}|6418|6444|6549|6580)$"
        + @"|^SCS\d{4}$|^RISK\d{4}$|^SYSLIB00(21|22|23|27|41|45|57)$|^VSTHRD(100|101|110)$|^(EF1002|MA0039|MA0137|MA0155)$", RegexOptions.CultureInvariant);

    private static readonly HashSet<string> Light = new(StringComparer.Ordinal) { "CA2007", "CA2201", "CA2208", "CA2211", "CA2225", "CA2227", "CA2231", "CA2234", "CA2254", "CA2218", "CA2224", "CA2226", "CA2237", "CA2253",
        // What a list or a delegate may hold differs from what it is said to hold: nothing is dereferenced there.
        "CS8619", "CS8620", "CS8621", "CS8622", "CS8609", "CS8610", "CS8611", "CS8612", "CS8613", "CS8614", "CS8615", "CS8616", "CS8617" };

    // The titles that an IDE writes behind the id say what is suppressed, not why.
    private static readonly string[] Titles =
    {
        "Dereference", "Possible", "Non-nullable", "Converting null", "Because this call", "This async", "Unboxing", "Cannot convert null", "Nullability", "Null literal", "Nullable", "Do not", "Don't", "Review", "Use ", "Ensure",
        "Avoid", "Consider", "Type or member", "Collection", "Dispose", "Thrown", "Make sure", "Weak", "Constant", "Assigning", "Warning", "Disable", "Suppress", "TODO", "FIXME", "<Pending>", "Pending", "N/A", "None",
    };

    private static readonly ConditionalWeakTable<Compilation, object> OldFiles = new();

    private const int ManyFiles = 5;

    /// <summary>Whether the directive heads one of many files that nobody has annotated yet: a team that goes over to nullable references file by file.</summary>
    public static bool IsOldFile(NullableDirectiveTriviaSyntax directive, Compilation compilation) =>
        Heads(directive, directive.SyntaxTree.GetRoot()) && (bool)OldFiles.GetValue(compilation, each => (object)(each.SyntaxTrees.Count(HeadsFile) >= ManyFiles));

    // Before the first line of code, or between the usings and the first type.
    private static bool HeadsFile(SyntaxTree tree) => tree.GetRoot() is CompilationUnitSyntax { ContainsDirectives: true } root
        && root.GetFirstToken(includeZeroWidth: true).LeadingTrivia.Concat(root.Members.FirstOrDefault()?.GetLeadingTrivia() ?? default).Any(trivia => trivia.GetStructure() is NullableDirectiveTriviaSyntax { SettingToken.RawKind: (int)SyntaxKind.DisableKeyword });

    private static bool Heads(NullableDirectiveTriviaSyntax directive, SyntaxNode root) => root is CompilationUnitSyntax { Members: var members } && (members.Count == 0 || directive.SpanStart < members[0].SpanStart);

    /// <summary>Whether nothing but values stands behind the directive, up to the next one: no body in which null could be dereferenced.</summary>
    public static bool CoversValuesOnly(NullableDirectiveTriviaSyntax directive)
    {
        var root = directive.SyntaxTree.GetRoot();
        // At the head of a file it speaks for all that will ever stand in it.
        if (Heads(directive, root))
            return false;
        var start = directive.Span.End;
        var end = root.DescendantTrivia(descendIntoTrivia: false).Where(trivia => trivia.SpanStart > start && trivia.GetStructure() is NullableDirectiveTriviaSyntax).Select(trivia => trivia.SpanStart).DefaultIfEmpty(root.FullSpan.End).First();
        var span = Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(start, end);
        return root.DescendantNodes(node => node.FullSpan.IntersectsWith(span)).All(node => !span.Contains(node.SpanStart) || node is not (BlockSyntax or ArrowExpressionClauseSyntax or GlobalStatementSyntax));
    }

    /// <summary>Whether a suppressed id says something that a critical path must not ignore.</summary>
    public static bool Matters(string id) => Weighty.IsMatch(id) && !Light.Contains(id);

    /// <summary>The id of a pragma's code; bare numbers are the compiler's.</summary>
    public static string IdOf(ExpressionSyntax code) => code is LiteralExpressionSyntax { Token.Text: var number } ? "CS" + number.PadLeft(4, '0') : code.ToString();

    /// <summary>The directives that stand before or in a declaration, without those of the members of a type; before the first type of a file also the file's.</summary>
    public static IEnumerable<DirectiveTriviaSyntax> Of(SyntaxNode declaration)
    {
        if (declaration is VariableDeclaratorSyntax { Parent.Parent: BaseFieldDeclarationSyntax field } variable)
        {
            if (field.Declaration.Variables[0] != variable)
                yield break;
            declaration = field;
        }
        var root = declaration.SyntaxTree.GetRoot();
        if (!root.ContainsDirectives)
            yield break;
        if (declaration is BaseTypeDeclarationSyntax && root.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax).OfType<BaseTypeDeclarationSyntax>().FirstOrDefault() == declaration)
        {
            foreach (var trivia in root.DescendantTrivia(node => node.FullSpan.Start < declaration.FullSpan.Start || node.Contains(declaration)))
            {
                if (trivia.SpanStart >= declaration.FullSpan.Start)
                    break;
                if (trivia.GetStructure() is DirectiveTriviaSyntax before)
                    yield return before;
            }
        }
        if (!declaration.ContainsDirectives)
            yield break;
        foreach (var trivia in declaration.DescendantTrivia(node => node == declaration || node is not (MemberDeclarationSyntax and not GlobalStatementSyntax)))
        {
            if (trivia.IsDirective && trivia.GetStructure() is DirectiveTriviaSyntax directive)
                yield return directive;
        }
    }

    /// <summary>Whether a reason stands behind the directive or in a comment directly above it.</summary>
    public static bool HasReason(DirectiveTriviaSyntax directive)
    {
        var id = directive is PragmaWarningDirectiveTriviaSyntax { ErrorCodes: [var first, ..] } ? IdOf(first) : "";
        if (directive.EndOfDirectiveToken.LeadingTrivia.Concat(directive.DescendantTrivia()).Any(trivia => trivia.IsComment() && IsReason(trivia.ToString(), id)))
            return true;
        var above = directive.ParentTrivia.Token.LeadingTrivia;
        var ends = 0;
        for (var i = above.IndexOf(directive.ParentTrivia) - 1; i >= 0 && ends < 2; i--)
        {
            if (above[i].IsComment())
                return IsReason(above[i].ToString(), id);
            if (above[i].IsKind(SyntaxKind.EndOfLineTrivia))
                ends++;
            else if (!above[i].IsKind(SyntaxKind.WhitespaceTrivia))
                return false;
        }
        return false;
    }

    /// <summary>Whether a text gives a reason: more than the id and the warning's own title.</summary>
    public static bool IsReason(string text, string id)
    {
        text = text.Trim('/', '*', ' ', '\t');
        if (id.Length > 0 && text.StartsWith(id, StringComparison.Ordinal))
            text = text.Substring(id.Length).TrimStart(':', '-', ' ');
        var words = Words.Of(text);
        if (words.Length < 3)
            return false;
        return !Titles.Any(title => text.StartsWith(title, StringComparison.OrdinalIgnoreCase)) || words.Skip(2).Any(word => word is "because" or "since" or "legacy" or "intentional" or "intentionally" or "deliberate" or "deliberately" or "safe" or "design") || text.Contains(" - ");
    }
}

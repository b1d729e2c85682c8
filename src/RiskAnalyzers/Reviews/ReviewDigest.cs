using System.Security.Cryptography;
using System.Text;

namespace RiskAnalyzers.Reviews;

/// <summary>
/// The fingerprint of a unit's code, algorithm r1: <c>r1.</c> and the first 80 bits, in lower-case Crockford base32, of SHA-256 over
/// the unit's id and the text of its tokens in order, each preceded by its length. Trivia and <c>[ReviewedBy]</c> attributes do not
/// count; the parts of a partial declaration count in the order of their text. A wire format: it never changes, a successor gets another prefix.
/// </summary>
internal static class ReviewDigest
{
    public const string Prefix = "r1.";

    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int Characters = 16;

    // To make one asks the operating system for a context, which costs more than to hash a method.
    [ThreadStatic]
    private static SHA256? _hash;

    public static string Of(ReviewedCode code)
    {
        // A part of Program that only carries the review of the top-level statements adds nothing.
        var isTopLevel = code.Parts.Any(part => part is CompilationUnitSyntax);
        var content = new StringBuilder(1024);
        Append(content, code.Id);
        if (code.Parts.Length == 1)
        {
            AppendPart(content, code.Parts[0], isTopLevel);
        }
        else
        {
            foreach (var part in code.Parts.Select(part => TextOf(part, isTopLevel)).OrderBy(text => text, StringComparer.Ordinal))
                content.Append(part);
        }
        return Prefix + Base32((_hash ??= SHA256.Create()).ComputeHash(Encoding.UTF8.GetBytes(content.ToString())));
    }

    /// <summary>Whether the text looks like a digest whose algorithm this version knows.</summary>
    public static bool IsKnown(string digest) =>
        digest.Length == Prefix.Length + Characters
        && digest.StartsWith(Prefix, StringComparison.Ordinal)
        && digest.Skip(Prefix.Length).All(character => Alphabet.IndexOf(character) >= 0);

    /// <summary>Whether the attribute is a review by its name, which is all that the digest looks at.</summary>
    public static bool IsReview(AttributeSyntax attribute)
    {
        var name = attribute.Name switch
        {
            QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
            AliasQualifiedNameSyntax aliased => aliased.Name.Identifier.ValueText,
            SimpleNameSyntax simple => simple.Identifier.ValueText,
            _ => "",
        };
        return name is "ReviewedBy" or "ReviewedByAttribute";
    }

    private static string TextOf(SyntaxNode part, bool isTopLevel)
    {
        var text = new StringBuilder();
        AppendPart(text, part, isTopLevel);
        return text.ToString();
    }

    private static void AppendPart(StringBuilder text, SyntaxNode part, bool isTopLevel)
    {
        if (part is CompilationUnitSyntax unit)
        {
            foreach (var statement in unit.Members.OfType<GlobalStatementSyntax>())
                AppendTokens(text, statement);
        }
        else if (isTopLevel && part is TypeDeclarationSyntax program)
        {
            foreach (var member in program.Members)
                AppendTokens(text, member);
        }
        else if (part is SimpleLambdaExpressionSyntax lambda)
        {
            // A review needs parentheses around the parameter; adding them must not change the digest.
            foreach (var token in lambda.Modifiers)
                Append(text, token.Text);
            Append(text, "(");
            AppendTokens(text, lambda.Parameter);
            Append(text, ")");
            Append(text, lambda.ArrowToken.Text);
            AppendTokens(text, lambda.Body);
        }
        else
        {
            AppendTokens(text, part);
        }
    }

    private static void AppendTokens(StringBuilder text, SyntaxNode part)
    {
        foreach (var item in part.DescendantNodesAndTokens(node => !HoldsReview(node)))
        {
            if (item.IsToken)
                Append(text, item.AsToken().Text);
            else if (item.AsNode() is AttributeListSyntax list && HoldsReview(list))
                AppendOthers(text, list);
        }
    }

    private static bool HoldsReview(SyntaxNode node) => node is AttributeListSyntax list && list.Attributes.Any(IsReview);

    // What stands beside a review counts as if it stood in a list of its own.
    private static void AppendOthers(StringBuilder text, AttributeListSyntax list)
    {
        var others = list.Attributes.Where(attribute => !IsReview(attribute)).ToList();
        if (others.Count == 0)
            return;
        Append(text, list.OpenBracketToken.Text);
        if (list.Target is { } target)
            AppendTokens(text, target);
        for (var i = 0; i < others.Count; i++)
        {
            if (i > 0)
                Append(text, ",");
            AppendTokens(text, others[i]);
        }
        Append(text, list.CloseBracketToken.Text);
    }

    private static void Append(StringBuilder text, string token)
    {
        if (token.Length == 0)
            return;
        // Version control may change the line ends inside a raw string; the code is the same to its reviewer.
        token = token.Replace("\r\n", "\n");
        text.Append(token.Length).Append(':').Append(token);
    }

    private static string Base32(byte[] hash)
    {
        var characters = new char[Characters];
        for (var i = 0; i < Characters; i++)
        {
            var bit = i * 5;
            var window = (hash[bit / 8] << 8) | hash[(bit / 8) + 1];
            characters[i] = Alphabet[(window >> (11 - (bit % 8))) & 31];
        }
        return new string(characters);
    }
}

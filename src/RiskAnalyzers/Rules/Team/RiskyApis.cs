using Microsoft.CodeAnalysis.Text;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Team;

/// <summary>
/// The APIs that a team marked: in code with <c>[RequiresReview("why")]</c>, also in referenced assemblies, and in <c>RiskyApis.txt</c> or
/// <c>RiskyApis.*.txt</c>, one line an API: a documentation id, or a pattern that ends in <c>.*</c>, then <c>;</c>, then the message.
/// Comments begin with <c>//</c>.
/// </summary>
internal sealed class RiskyApis
{
    public const string AttributeName = "RiskAnalyzers.RequiresReviewAttribute";

    private readonly INamedTypeSymbol? _attribute;
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);
    private readonly List<(string Stem, string Why)> _patterns = new();

    public RiskyApis(CompilationFacts facts)
    {
        _attribute = facts.Types.Find(AttributeName) is { } attribute && AttributeUse.IsPossible(facts.Compilation, attribute, "RequiresReview") ? attribute : null;
        foreach (var line in LinesOf(facts.AdditionalFiles))
        {
            if (line.Complaint is not null)
                continue;
            if (line.Api.EndsWith(".*", StringComparison.Ordinal))
                _patterns.Add((WithoutPrefix(line.Api.Substring(0, line.Api.Length - 1)), line.Why));
            else
                _ids[line.Api] = line.Why;
        }
    }

    /// <summary>Whether nothing is marked, so that nobody needs to look.</summary>
    public bool AreNone => _attribute is null && _ids.Count == 0 && _patterns.Count == 0;

    /// <summary>What is wrong with the lists: the place and the reason.</summary>
    public static IEnumerable<(Location Place, string Complaint)> ComplaintsOn(ImmutableArray<AdditionalText> files) =>
        LinesOf(files).Where(line => line.Complaint is not null).Select(line => (line.Place, line.Complaint!));

    /// <summary>Why the team marked the API, or null where it did not.</summary>
    public string? WhyRisky(ISymbol? api)
    {
        for (var symbol = api?.OriginalDefinition; symbol is not null and not INamespaceSymbol; symbol = symbol.ContainingType)
        {
            if ((Marked(symbol) ?? Listed(symbol)) is { } why)
                return why;
        }
        return null;
    }

    private string? Marked(ISymbol symbol)
    {
        if (_attribute is null)
            return null;
        foreach (var attribute in symbol.GetAttributes())
        {
            if (SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, _attribute))
                return attribute.ConstructorArguments is [{ Value: string why }] ? why : "";
        }
        return null;
    }

    private string? Listed(ISymbol symbol)
    {
        if (_ids.Count == 0 && _patterns.Count == 0 || symbol.GetDocumentationCommentId() is not { } id)
            return null;
        if (_ids.TryGetValue(id, out var why))
            return why;
        var name = WithoutPrefix(id);
        return _patterns.Find(pattern => name.StartsWith(pattern.Stem, StringComparison.Ordinal)).Why;
    }

    private static string WithoutPrefix(string id) => id.Length > 2 && id[1] == ':' ? id.Substring(2) : id;

    private static IEnumerable<(string Api, string Why, Location Place, string? Complaint)> LinesOf(ImmutableArray<AdditionalText> files)
    {
        foreach (var file in files)
        {
            var name = Path.GetFileName(file.Path);
            if (!name.StartsWith("RiskyApis.", StringComparison.OrdinalIgnoreCase) || !name.EndsWith(".txt", StringComparison.OrdinalIgnoreCase) || file.GetText() is not { } text)
                continue;
            foreach (var line in text.Lines)
            {
                if (Read(line) is var (api, why, complaint))
                    yield return (api, why, Location.Create(file.Path, line.Span, text.Lines.GetLinePositionSpan(line.Span)), complaint is null ? null : $"line {line.LineNumber + 1} of {name}: {complaint}");
            }
        }
    }

    private static (string Api, string Why, string? Complaint)? Read(TextLine line)
    {
        var text = line.ToString();
        var comment = text.IndexOf("//", StringComparison.Ordinal);
        // A link in the message has two slashes as well, after its colon.
        while (comment > 0 && text[comment - 1] == ':')
            comment = text.IndexOf("//", comment + 2, StringComparison.Ordinal);
        text = (comment >= 0 ? text.Substring(0, comment) : text).Trim();
        if (text.Length == 0)
            return null;
        var semicolon = text.IndexOf(';');
        var api = (semicolon < 0 ? text : text.Substring(0, semicolon)).Trim();
        var why = semicolon < 0 ? "" : text.Substring(semicolon + 1).Trim();
        if (why.Length == 0)
            return (api, why, "expected ';' and, after it, what a caller must look out for");
        var isId = api.Length > 2 && api[1] == ':' && "MTPFE".IndexOf(api[0]) >= 0;
        var isPattern = api.EndsWith(".*", StringComparison.Ordinal) && api.Length > 2;
        if (!isId && !isPattern)
            return (api, why, $"'{api}' is neither a documentation id such as M:Shop.Cart.Add(System.Int32) nor a pattern that ends in .*");
        return (api, why, null);
    }
}

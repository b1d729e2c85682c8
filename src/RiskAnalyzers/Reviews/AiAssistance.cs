using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using RiskAnalyzers.Configuration;
using RiskAnalyzers.CriticalPaths;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Reviews;

/// <summary>That a code generator wrote a unit, and who let it.</summary>
/// <param name="Author">The person, where <c>[AiAssisted]</c> names one.</param>
internal sealed record AiAssistance(string? Author)
{
    public const string AttributeName = "RiskAnalyzers.AiAssistedAttribute";

    public static readonly RiskOption<bool> Option = RiskOptions.Flag("ai_assisted", false, "Whether every unit of these files counts as written with a code generator.");
}

/// <summary>Which code of a compilation says that a code generator wrote it: by attribute, by configuration, or in a file's header.</summary>
internal sealed class AiAssistedCode
{
    // Sentences that generators and their users put above a file; a word such as "AI" alone says nothing.
    private static readonly Regex Admission = new(
        @"<ai-generated|\bco-authored-by:\s*(claude|copilot|github copilot|chatgpt|cursor|gemini|codex)\b"
        + @"|\b(generated|written|created|produced|authored)\s+(by|with|using)\s+(an?\s+)?(github copilot|copilot|chatgpt|gpt-?\d\w*|openai|codex|claude( code)?|gemini|cursor|windsurf|codeium|tabnine|amazon q|ai assistant|ai|llm|large language model)\b"
        + @"|\bai[- ](generated|assisted)\s+(code|file)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private readonly CompilationFacts _facts;
    private readonly INamedTypeSymbol? _attribute;
    private readonly ConcurrentDictionary<SyntaxTree, bool> _files = new();

    public AiAssistedCode(CompilationFacts facts)
    {
        _facts = facts;
        _attribute = facts.Types.Find(AiAssistance.AttributeName);
    }

    /// <summary>What is known about the unit's origin, or null where nothing says that a generator wrote it.</summary>
    public AiAssistance? Of(CriticalUnit unit, SyntaxTree? tree)
    {
        for (var symbol = unit.Symbol; symbol is not null and not INamespaceSymbol; symbol = symbol.ContainingSymbol)
        {
            if (On(symbol) is { } marked)
                return marked;
        }
        if (On(_facts.Compilation.Assembly) is { } assembly)
            return assembly;
        return tree is not null && _files.GetOrAdd(tree, IsAssisted) ? new AiAssistance(Author: null) : null;
    }

    private AiAssistance? On(ISymbol symbol)
    {
        if (_attribute is null)
            return null;
        foreach (var attribute in symbol.GetAttributes())
        {
            if (SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, _attribute))
                return new AiAssistance(attribute.NamedArguments.FirstOrDefault(argument => argument.Key == "Author").Value.Value as string);
        }
        return null;
    }

    private bool IsAssisted(SyntaxTree tree) => AiAssistance.Option.In(_facts.OptionsOf(tree)) || HasAdmission(tree);

    private static bool HasAdmission(SyntaxTree tree)
    {
        foreach (var trivia in tree.GetRoot().GetLeadingTrivia())
        {
            if (trivia.IsComment() && Admission.IsMatch(trivia.ToString()))
                return true;
        }
        return false;
    }
}

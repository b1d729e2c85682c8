using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace RiskAnalyzers.Language;

/// <summary>
/// Whether code may lead to code that asks who calls, by the names that it uses: asked before a body is bound, which is far dearer. A name says too much
/// rather than too little: every member of the product that bears it counts.
/// </summary>
internal sealed class CallerTrails
{
    private static readonly ConditionalWeakTable<Compilation, CallerTrails> Known = new();

    // An editor keeps the files that it did not change, and their nodes.
    private static readonly NodeNotes<string[]> Names = new(ReadNames);

    // A name that so many bear is Handle, Execute or GetByIdAsync: to look at all of them costs as much as to bind.
    private const int Common = 48;

    private readonly Lazy<Dictionary<string, List<MethodDeclarationSyntax>>> _members;
    private readonly ConcurrentDictionary<(SyntaxNode, int), bool> _answers = new();

    private CallerTrails(Compilation compilation) =>
        _members = new(() => ByName(DeclaredTypes.In(compilation).All));

    public static CallerTrails In(Compilation compilation) => Known.GetValue(compilation, each => new CallerTrails(each));

    /// <summary>Whether anything that the code may run, up to the given number of calls away, does something about its caller.</summary>
    /// <param name="code">The declaration of a member.</param>
    /// <param name="calls">How many calls away still counts; 1 is what the code calls itself.</param>
    /// <param name="isHandled">Whether a message of a type of that name has a handler here: what such code runs no name of a call says.</param>
    public bool MayAsk(SyntaxNode code, int calls, Func<string, bool> isHandled) =>
        _answers.GetOrAdd((code, calls), _ => Names.Of(code).Any(name => isHandled(name) || MayAskIn(name, calls, isHandled)));

    private bool MayAskIn(string name, int calls, Func<string, bool> isHandled)
    {
        if (!_members.Value.TryGetValue(name, out var members))
            return false;
        if (members.Count > Common)
            return true;
        foreach (var member in members)
        {
            if (Callers.In(member) != CallerChecks.None || calls > 1 && MayAsk(member, calls - 1, isHandled))
                return true;
        }
        return false;
    }

    private static Dictionary<string, List<MethodDeclarationSyntax>> ByName(IReadOnlyList<DeclaredType> types)
    {
        var members = new Dictionary<string, List<MethodDeclarationSyntax>>(StringComparer.Ordinal);
        foreach (var type in types)
        {
            foreach (var method in type.Declarations)
            {
                if (!members.TryGetValue(method.Identifier.ValueText, out var same))
                    members[method.Identifier.ValueText] = same = new(1);
                same.Add(method);
            }
        }
        return members;
    }

    private static string[] ReadNames(SyntaxNode code) =>
        code.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText).Distinct(StringComparer.Ordinal).ToArray();
}

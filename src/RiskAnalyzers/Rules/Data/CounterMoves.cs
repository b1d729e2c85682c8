using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Data;

/// <summary>
/// Whether a property of the product ever changes: looked up over the whole compilation by syntax, in the files alone that name it, and only for the
/// few properties that somebody compares with a limit. In doubt it does.
/// </summary>
internal sealed class CounterMoves
{
    private static readonly ConditionalWeakTable<Compilation, CounterMoves> Known = new();

    // What a service gets from elsewhere is counted elsewhere.
    private static readonly HashSet<string> Carriers = Words.SetOf("dto model view request response result message event options settings config configuration command query snapshot info summary details record context");

    // Calls that write the property that their lambda names: ExecuteUpdate, MongoDB, EF's entries.
    private static readonly HashSet<string> Setters = Words.SetOf("SetProperty Inc Set SetOnInsert Property CurrentValue Mul Increment Decrement Patch With");

    private readonly Compilation _compilation;
    private readonly Persistence _persistence;
    private readonly Lazy<bool> _isApplication;
    private readonly ConcurrentDictionary<IPropertySymbol, bool> _never = new(SymbolEqualityComparer.Default);

    private CounterMoves(CompilationFacts facts)
    {
        _compilation = facts.Compilation;
        _persistence = Persistence.In(facts);
        _isApplication = new(() => _compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication || _compilation.GetSymbolsWithName("Program", SymbolFilter.Type).Any());
    }

    public static CounterMoves In(CompilationFacts facts) => Known.GetValue(facts.Compilation, _ => new CounterMoves(facts));

    /// <summary>Whether nothing that could change the property exists: nobody outside may, and nobody inside does.</summary>
    public bool NeverHappen(IPropertySymbol property) => _never.GetOrAdd(property.OriginalDefinition, IsStill);

    private bool IsStill(IPropertySymbol property)
    {
        if (!SymbolEqualityComparer.Default.Equals(property.ContainingAssembly, _compilation.Assembly) || property.IsAbstract || property.IsOverride || property.IsStatic || property.ContainingType is not { TypeKind: TypeKind.Class, IsRecord: false } type || Words.ContainAny(type.Name, Carriers))
            return false;
        // A computed property moves with what it is computed from; a generated or hand-written one is another matter.
        if (!property.DeclaringSyntaxReferences.All(reference => reference.GetSyntax() is PropertyDeclarationSyntax { ExpressionBody: null, AccessorList.Accessors: var accessors } && accessors.All(accessor => accessor.Body is null && accessor.ExpressionBody is null)))
            return false;
        if (type.AllInterfaces.Any(contract => !contract.GetMembers(property.Name).IsEmpty))
            return false;
        if (!(property.SetMethod is null or { DeclaredAccessibility: Accessibility.Private } || _isApplication.Value && IsKept(type)))
            return false;
        foreach (var tree in _compilation.SyntaxTrees)
        {
            if ((TextSearch.Contains(tree, property.Name) || SpeaksSql(tree, property.Name)) && Moves(tree.GetRoot(), property.Name))
                return false;
        }
        return true;
    }

    // The rows of a table, or objects that this product makes itself; not what a serializer makes of somebody's answer.
    private bool IsKept(INamedTypeSymbol type) => _persistence.IsEntity(type) || _compilation.SyntaxTrees.Any(tree => TextSearch.Contains(tree, "new " + type.Name));

    private static bool SpeaksSql(SyntaxTree tree, string name) => TextSearch.Contains(tree, Snake(name));

    private static string Snake(string name) => string.Join("_", Words.Of(name));

    private static bool Moves(SyntaxNode root, string name)
    {
        foreach (var node in root.DescendantNodes())
        {
            switch (node)
            {
                case AssignmentExpressionSyntax assignment when Names(assignment.Left, name) && !(assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) && IsStart(assignment.Right)):
                case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } post when Names(post.Operand, name):
                case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } pre when Names(pre.Operand, name):
                case ArgumentSyntax { RefKindKeyword.RawKind: not 0 } reference when Names(reference.Expression, name):
                case InvocationExpressionSyntax call when IsSetter(call, name):
                case LiteralExpressionSyntax { Token: { RawKind: not (int)SyntaxKind.NumericLiteralToken, ValueText: var text } } when Writes(text, name):
                case InterpolatedStringTextSyntax { TextToken.ValueText: var part } when Writes(part, name):
                    return true;
            }
        }
        return false;
    }

    private static bool Names(ExpressionSyntax target, string name) => target switch
    {
        IdentifierNameSyntax identifier => identifier.Identifier.ValueText == name,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText == name,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText == name,
        TupleExpressionSyntax tuple => tuple.Arguments.Any(argument => Names(argument.Expression, name)),
        ParenthesizedExpressionSyntax parenthesized => Names(parenthesized.Expression, name),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } sure => Names(sure.Operand, name),
        _ => false,
    };

    // = 0, = 100, = default: where it begins, or begins again.
    private static bool IsStart(ExpressionSyntax value) => value is LiteralExpressionSyntax or PrefixUnaryExpressionSyntax { Operand: LiteralExpressionSyntax } or DefaultExpressionSyntax;

    private static bool IsSetter(InvocationExpressionSyntax call, string name)
    {
        var method = call.Expression switch
        {
            MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
            SimpleNameSyntax simple => simple.Identifier.ValueText,
            _ => "",
        };
        return (Setters.Contains(method) || method == "nameof") && call.ArgumentList.DescendantNodes().Any(node => node is ExpressionSyntax expression && Names(expression, name));
    }

    // "UPDATE Coupons SET TimesUsed = TimesUsed + 1"
    private static bool Writes(string text, string name) =>
        (text.IndexOf("SET", StringComparison.OrdinalIgnoreCase) >= 0 || text.IndexOf("UPDATE", StringComparison.OrdinalIgnoreCase) >= 0)
        && (text.IndexOf(name, StringComparison.OrdinalIgnoreCase) >= 0 || text.IndexOf(Snake(name), StringComparison.OrdinalIgnoreCase) >= 0);
}

using System.Globalization;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>Prices and quantities that a type refuses when it is made, and takes when it is changed.</summary>
internal static class SiblingBounds
{
    private static readonly HashSet<string> Makers = Words.SetOf("create new add make build open");

    private static readonly HashSet<string> Changers = Words.SetOf("update change set edit modify adjust apply reprice increase replace");

    private static readonly HashSet<string> Sums = Words.SetOf("price amount cost fee rate limit total balance discount");

    private static readonly HashSet<string> Numbers = Words.SetOf("price amount cost fee limit total quantity qty stock discount");

    /// <summary>Where a method of the type takes what its constructor or factory refuses, with the parameter and the maker's name.</summary>
    public static IEnumerable<(SyntaxNode At, string Parameter, string Maker, bool TakesNegative)> In(INamedTypeSymbol type)
    {
        List<(string Name, decimal Least, string Maker)>? made = null;
        foreach (var method in Methods(type))
        {
            if (method.Symbol.MethodKind != MethodKind.Constructor && !(Words.Of(method.Symbol.Name) is [var verb, ..] && Makers.Contains(verb)))
                continue;
            foreach (var parameter in Interesting(method.Symbol))
            {
                if (Bound(method.Syntax, parameter) is ({ } least, _) && least >= 0m)
                    (made ??= new()).Add((Plain(parameter.Name), least, method.Symbol.MethodKind == MethodKind.Constructor ? type.Name : method.Symbol.Name));
            }
        }
        foreach (var unmade in TakenByMakers(type))
            yield return unmade;
        if (made is null)
            yield break;
        foreach (var method in Methods(type))
        {
            if (method.Symbol.IsStatic || method.Symbol.DeclaredAccessibility == Accessibility.Private || Words.Of(method.Symbol.Name) is not [var verb, ..] || !Changers.Contains(verb))
                continue;
            foreach (var parameter in Interesting(method.Symbol))
            {
                if (made.Find(each => each.Name == Plain(parameter.Name)) is not { Maker: { } maker, Least: var demanded })
                    continue;
                var (least, guard) = Bound(method.Syntax, parameter);
                if (least is null)
                {
                    if (Taken(method.Syntax, parameter) is { } taken)
                        yield return (taken, parameter.Name, maker, true);
                }
                // Nothing in stock and nothing of a line may be meant; a price of nothing is not.
                else if (least < demanded && (least < 0m || Words.ContainAny(parameter.Name, Sums)))
                {
                    yield return (guard!, parameter.Name, maker, least < 0m);
                }
            }
        }
    }

    // UpdateStock(int stock) refuses less than nothing, and the constructor takes it.
    private static IEnumerable<(SyntaxNode At, string Parameter, string Maker, bool TakesNegative)> TakenByMakers(INamedTypeSymbol type)
    {
        Dictionary<string, string>? refused = null;
        foreach (var method in Methods(type))
        {
            if (method.Symbol.IsStatic || method.Symbol.MethodKind == MethodKind.Constructor || Words.Of(method.Symbol.Name) is not [var verb, ..] || verb is not ("update" or "set" or "change" or "reprice"))
                continue;
            foreach (var parameter in Interesting(method.Symbol))
            {
                if (Bound(method.Syntax, parameter) is ({ } least, _) && least >= 0m)
                    (refused ??= new(StringComparer.Ordinal))[Plain(parameter.Name)] = method.Symbol.Name;
            }
        }
        if (refused is null)
            yield break;
        foreach (var method in Methods(type))
        {
            if (method.Symbol.MethodKind != MethodKind.Constructor || method.Symbol.DeclaredAccessibility is Accessibility.Private)
                continue;
            foreach (var parameter in Interesting(method.Symbol))
            {
                if (refused.TryGetValue(Plain(parameter.Name), out var changer) && Bound(method.Syntax, parameter).Least is null && Taken(method.Syntax, parameter) is { } taken)
                    yield return (taken, parameter.Name, changer, true);
            }
        }
    }

    private static IEnumerable<(IMethodSymbol Symbol, SyntaxNode Syntax)> Methods(INamedTypeSymbol type) => type.GetMembers().OfType<IMethodSymbol>().Where(method => method.MethodKind is MethodKind.Ordinary or MethodKind.Constructor && method.Parameters.Any(IsInteresting))
        .SelectMany(method => method.DeclaringSyntaxReferences.Select(reference => (method, reference.GetSyntax()))).Where(each => each.Item2 is BaseMethodDeclarationSyntax);

    private static IEnumerable<IParameterSymbol> Interesting(IMethodSymbol method) => method.Parameters.Where(IsInteresting);

    private static bool IsInteresting(IParameterSymbol parameter) => parameter.Type.SpecialType is SpecialType.System_Decimal or SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_Double && Words.ContainAny(parameter.Name, Numbers);

    private static string Plain(string parameter) => (parameter.StartsWith("new", StringComparison.Ordinal) && parameter.Length > 3 && char.IsUpper(parameter[3]) ? parameter.Substring(3) : parameter).ToLowerInvariant();

    // The least that comes through: if (price < 1) throw lets one in.
    private static (decimal? Least, SyntaxNode? Guard) Bound(SyntaxNode method, IParameterSymbol parameter)
    {
        var step = parameter.Type.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 ? 1m : 0.0001m;
        foreach (var node in method.DescendantNodes())
        {
            switch (node)
            {
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LessThanExpression or (int)SyntaxKind.LessThanOrEqualExpression, Left: IdentifierNameSyntax { Identifier.ValueText: var name }, Right: LiteralExpressionSyntax { Token.Value: { } number and not string } } comparison when name == parameter.Name:
                    return (Convert.ToDecimal((IConvertible)number, CultureInfo.InvariantCulture) + (comparison.RawKind == (int)SyntaxKind.LessThanOrEqualExpression ? step : 0m), comparison);
                case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var called } } thrower when called is "ThrowIfNegativeOrZero" or "ThrowIfNegative" && IsGiven(thrower, parameter):
                    return (called == "ThrowIfNegativeOrZero" ? step : 0m, thrower);
            }
        }
        return (null, null);
    }

    // Price = price; and nothing else has a word about it.
    private static SyntaxNode? Taken(SyntaxNode method, IParameterSymbol parameter)
    {
        SyntaxNode? taken = null;
        foreach (var name in method.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (name.Identifier.ValueText != parameter.Name)
                continue;
            if (taken is not null || name.Parent is not AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } } assignment || assignment.Right != name)
                return null;
            taken = assignment;
        }
        return taken;
    }

    private static bool IsGiven(InvocationExpressionSyntax call, IParameterSymbol parameter) => call.ArgumentList.Arguments is [{ Expression: IdentifierNameSyntax { Identifier.ValueText: var name } }, ..] && name == parameter.Name;
}

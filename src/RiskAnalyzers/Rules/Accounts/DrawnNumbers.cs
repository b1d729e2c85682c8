using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>Numbers of orders, invoices and bookings that are drawn by lot: after a few hundred two are the same.</summary>
internal static class DrawnNumbers
{
    private static readonly HashSet<string> Documents = Words.SetOf("order invoice booking reservation receipt shipment tracking ticket confirmation refund payment policy contract");

    private static readonly HashSet<string> Endings = Words.SetOf("number no code reference ref num");

    private static readonly HashSet<string> Unique = Words.SetOf("exists exist any unique taken contains ticks guid sequence counter nextval");

    /// <summary>The name of the number that the random call becomes, where nothing else makes it unique; null where it becomes none.</summary>
    public static string? NameOf(IOperation random, IOperation function, IMethodSymbol? maker)
    {
        var name = maker is not null && IsMade(maker) ? maker.Name : TargetOf(random);
        return name is not null && !IsMadeUnique(function) ? name : null;
    }

    private static bool IsMade(IMethodSymbol maker) => Words.Of(maker.Name) is { Length: > 1 } words && words[0] is "generate" or "create" or "new" or "next" or "make" or "build" && Secrets.CanHold(maker.ReturnType.AwaitedType())
        && (Names(maker.Name) || words is [_, "code" or "number" or "reference"] && Words.Of(maker.ContainingType.Name) is [var owner] && Documents.Contains(owner));

    private static string? TargetOf(IOperation random)
    {
        foreach (var ancestor in random.Ancestors())
        {
            var target = ancestor switch
            {
                ISimpleAssignmentOperation assignment => assignment.Target.ReferencedSymbol()?.Name,
                IVariableDeclaratorOperation declarator => declarator.Symbol.Name,
                _ => null,
            };
            if (target is not null)
                return Names(target) ? target : null;
            if (ancestor is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.ContainingType.SpecialType: SpecialType.None } or IObjectCreationOperation } or IAnonymousFunctionOperation or IConditionalOperation { Type: null })
                return null;
        }
        return null;
    }

    private static bool Names(string name)
    {
        var words = Words.Of(name.EndsWith("Async", StringComparison.Ordinal) ? name.Substring(0, name.Length - 5) : name);
        return words.Length >= 2 && Endings.Contains(words[words.Length - 1]) && words.HaveAny(Documents);
    }

    // Asked for before it is taken, or with a part that never comes twice.
    private static bool IsMadeUnique(IOperation function) => function.Syntax.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && (Words.ContainAny(token.ValueText, Unique) || token.ValueText.StartsWith("ToUnixTime", StringComparison.Ordinal) || token.ValueText is "NewGuid")
        || token.Text.IndexOf("mmss", StringComparison.Ordinal) >= 0 || token.Text.IndexOf("ff", StringComparison.Ordinal) >= 0 && token.Text.IndexOf("HH", StringComparison.Ordinal) >= 0);
}

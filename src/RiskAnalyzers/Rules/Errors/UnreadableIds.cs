using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Errors;

/// <summary>Ids of orders and payments that become <c>Guid.Empty</c> where they cannot be read.</summary>
internal static class UnreadableIds
{
    private static readonly HashSet<string> Subjects = Words.SetOf("order payment transaction invoice refund product cart basket booking subscription reservation");

    /// <summary>What the id is read from: the text of <c>Guid.TryParse(text, out var id) ? id : Guid.Empty</c>; null where the choice is no such one.</summary>
    public static IOperation? Of(IConditionalOperation choice, ISymbol member)
    {
        if (choice.Syntax is not ConditionalExpressionSyntax || choice.WhenFalse?.WithoutConversions() is not IFieldReferenceOperation { Field: { Name: "Empty", ContainingType.Name: "Guid" } }
            || choice.Condition.WithoutConversions() is not IInvocationOperation { TargetMethod: { Name: "TryParse", ContainingType.Name: "Guid" }, Arguments: [{ Value: var text }, ..] })
            return null;
        return Speaks(text.WithoutConversions().ReferencedSymbol()) || Speaks(choice.Target(member)) ? text : null;
    }

    private static bool Speaks(ISymbol? symbol) => symbol is not null && Words.ContainAny(symbol.Name, Subjects);
}

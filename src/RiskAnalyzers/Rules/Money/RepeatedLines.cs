using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Money;

/// <summary>A second line of the same product that an order or cart silently forgets: <c>if (!items.Any(i => i.ProductId == id)) items.Add(...)</c>.</summary>
internal static class RepeatedLines
{
    private static readonly HashSet<string> Lines = Words.SetOf("item items line lines product products");

    /// <summary>Whether the branch adds a line only where there is none yet, and nothing happens where there is one.</summary>
    public static bool IsDropped(IConditionalOperation branch, ISymbol member)
    {
        if (branch.WhenFalse is not null || branch.Syntax is not IfStatementSyntax || member is not IMethodSymbol { ReturnsVoid: true } method || !method.Parameters.Any(IsQuantity))
            return false;
        if (Words.Of(member.Name) is not ["add", ..] words || !words.HaveAny(Lines) || branch.Parent is not IBlockOperation { Operations: [.., var last] } || last != branch)
            return false;
        var condition = branch.Condition.WithoutConversions();
        var asked = condition switch
        {
            IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var exists } => Search(exists),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals, LeftOperand: var found, RightOperand: var nothing } when nothing.IsNull() => Search(found),
            IIsPatternOperation { Value: var found, Pattern: IConstantPatternOperation { Value: var nothing } } when nothing.IsNull() => Search(found),
            _ => null,
        };
        return asked is not null && branch.WhenTrue.DescendantsInFunction().Any(operation => operation is IInvocationOperation { TargetMethod.Name: "Add", Instance: { } list } && SymbolEqualityComparer.Default.Equals(list.ReferencedSymbol(), asked));
    }

    private static bool IsQuantity(IParameterSymbol parameter) => Words.Of(parameter.Name).Any(word => word is "quantity" or "qty" or "units" or "count");

    // The list in which a line of the product is looked for.
    private static ISymbol? Search(IOperation value)
    {
        value = value.WithoutAwait();
        if (value is ILocalReferenceOperation local)
            value = Flow.InitialValue(local) ?? value;
        return value is IInvocationOperation { TargetMethod.Name: "Any" or "Exists" or "FirstOrDefault" or "SingleOrDefault" or "Find" } call ? ValuePath.Receiver(call)?.ReferencedSymbol() : null;
    }
}

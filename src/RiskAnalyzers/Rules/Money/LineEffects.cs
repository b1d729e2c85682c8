using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Money;

/// <summary>What a loop over the lines of an order does for each of them: counts money, moves stock, pays back.</summary>
internal static class LineEffects
{
    private static readonly HashSet<string> Verbs = Words.SetOf("reserve deduct decrease decrement reduce release restock refund charge capture credit debit tax allocate commit adjust remove restore return increase consume");

    private static readonly HashSet<string> Objects = Words.SetOf("stock inventory quantity item items line lines product payment reservation refund order");

    private static readonly HashSet<string> StockWords = Words.SetOf("stock inventory quantity reserved available onhand");

    /// <summary>The name of the first effect among the operations that outlives the loop, or null.</summary>
    public static string? First(IEnumerable<IOperation> operations, ILoopOperation loop, MoneyWords money)
    {
        foreach (var operation in operations)
        {
            var effect = operation switch
            {
                ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract } assignment => OfTarget(assignment.Target, assignment.Value, loop, money),
                // total = total + price
                ISimpleAssignmentOperation { Target: var target, Value: IBinaryOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract } sum } assignment
                    when target.ReferencedSymbol() is { } named && sum.Mentions(named) => OfTarget(target, assignment.Value, loop, money),
                IInvocationOperation call => OfCall(call, money),
                _ => null,
            };
            if (effect is not null)
                return effect;
        }
        return null;
    }

    private static string? OfTarget(IOperation target, IOperation value, ILoopOperation loop, MoneyWords money)
    {
        if (target.ReferencedSymbol() is not { } symbol || symbol is ILocalSymbol local && IsDeclaredIn(local, loop))
            return null;
        if (Amounts.IsDecimal(target.Type) || Amounts.IsFloating(target.Type))
            return money.Mean(symbol.Name) || money.Mean(value) ? symbol.Name : null;
        return Words.ContainAny(symbol.Name, StockWords) || target.Type?.SpecialType is SpecialType.System_Int64 or SpecialType.System_Int32 && money.Mean(symbol.Name) ? symbol.Name : null;
    }

    private static string? OfCall(IInvocationOperation call, MoneyWords money)
    {
        if (LogCalls.IsLog(call) || Words.Of(call.TargetMethod.Name) is not { IsEmpty: false } words)
            return null;
        // A line with a price that becomes part of an order.
        if (words[0] == "add")
            return call.Arguments.Any(argument => IsPricedLine(argument.Value, money)) || words.Any(word => word is "item" or "line") && call.Arguments.Any(argument => money.Mean(argument.Value))
                ? call.Instance?.ReferencedSymbol()?.Name ?? call.TargetMethod.Name : null;
        return Verbs.Contains(words[0]) && (words.HaveAny(Objects) || Language.Payments.MovesMoney(call)) ? call.TargetMethod.Name : null;
    }

    private static readonly HashSet<string> Figures = Words.SetOf("stats stat statistics statistic report chart history analytics");

    private static bool IsPricedLine(IOperation value, MoneyWords money)
    {
        value = value.WithoutConversions();
        if (value is not IObjectCreationOperation { Type: { } type } creation || Words.ContainAny(type.Name, Figures) || Words.Of(type.Name) is not [.., "item" or "line" or "lines" or "detail" or "options"])
            return false;
        return creation.Arguments.Any(argument => argument.Parameter is { } parameter && money.Mean(parameter.Name))
            || creation.Initializer is { } initializer && initializer.Initializers.OfType<ISimpleAssignmentOperation>().Any(set => set.Target.ReferencedSymbol() is { } member && money.Mean(member.Name));
    }

    private static bool IsDeclaredIn(ILocalSymbol local, ILoopOperation loop) =>
        local.DeclaringSyntaxReferences is [var declaration, ..] && loop.Body.Syntax.Span.Contains(declaration.Span);
}

using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Money;

/// <summary>Amounts that carry a currency are added or compared without a look at it.</summary>
internal sealed class MixedCurrencies : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK1009",
        title: "Amounts are combined without a look at their currencies",
        message: "'{0}' combines amounts of '{1}', which carry a currency, and nothing here compares it: 100 yen count like 100 dollars; compare the currencies, group by them, or convert first",
        why: "A sum over several currencies is a number without a meaning, and a comparison across them lets a payment in a weak currency settle an order in a strong one.");

    public MixedCurrencies() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        on.Operation(CheckPair, OperationKind.Binary, OperationKind.CompoundAssignment);
        on.Operation(CheckSequence, OperationKind.Invocation);
    }

    private static void CheckPair(OperationVisit visit)
    {
        var (left, right, combines) = visit.Operation switch
        {
            IBinaryOperation binary => (binary.LeftOperand, binary.RightOperand, Combines(binary.OperatorKind)),
            ICompoundAssignmentOperation assignment => (assignment.Target, assignment.Value, Combines(assignment.OperatorKind)),
            _ => (null!, null!, false),
        };
        if (!combines || !IsNumber(left.Type) || !IsNumber(right.Type))
            return;
        var money = visit.Facts.MoneyIn(visit.Operation.Syntax.SyntaxTree);
        var second = CurrencyAmount.In(right, money);
        if (second is null)
            return;
        if (CurrencyAmount.In(left, money) is { } first)
        {
            if (first.IsOfSame(second))
                return;
        }
        // total += line.Amount, in a loop over lines.
        else if (visit.Operation is not ICompoundAssignmentOperation { Target: ILocalReferenceOperation } || !second.IsOfLoop(visit.Operation))
        {
            return;
        }
        if (!CurrencyLook.IsTaken(visit.Operation, visit.Member, second.Type))
            visit.Report(visit.Operation, Excerpt.Of(visit.Operation), second.Type.Name);
    }

    // orders.Sum(order => order.Total)
    private static void CheckSequence(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (call.TargetMethod.Name is not ("Sum" or "SumAsync" or "Max" or "MaxAsync" or "Min" or "MinAsync" or "Average" or "AverageAsync" or "Aggregate"))
            return;
        var money = visit.Facts.MoneyIn(call.Syntax.SyntaxTree);
        if (Selected(call, money) is { } amount && !CurrencyLook.IsTaken(call, visit.Member, amount.Type))
            visit.Report(PlaceOf(call), Excerpt.Of(call), amount.Type.Name);
    }

    // A query of several lines is read at its last step.
    private static Location PlaceOf(IInvocationOperation call) => call.CalledName() is var name && name.GetLocation().GetLineSpan().StartLinePosition.Line == call.Syntax.GetLocation().GetLineSpan().StartLinePosition.Line
        ? call.Syntax.GetLocation() : Location.Create(call.Syntax.SyntaxTree, Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(name.SpanStart, call.Syntax.Span.End));

    private static CurrencyAmount? Selected(IInvocationOperation call, MoneyWords money)
    {
        for (IOperation? source = call; source is IInvocationOperation step; source = EntityFramework.Receiver(step))
        {
            if (step != call && step.TargetMethod.Name != "Select" && step.TargetMethod.Name is not ("Where" or "OrderBy" or "DefaultIfEmpty" or "Distinct" or "Take" or "ToList" or "AsNoTracking"))
                return null;
            if (step != call && step.TargetMethod.Name != "Select")
                continue;
            foreach (var argument in step.Arguments)
            {
                var passed = argument.Value.WithoutConversions();
                if (passed is IDelegateCreationOperation { Target: var target })
                    passed = target;
                if (passed is not IAnonymousFunctionOperation { Symbol.Parameters: { IsEmpty: false } parameters } lambda || lambda.Body.Operations is not [IReturnOperation { ReturnedValue: { } returned }])
                    continue;
                // Of an aggregate the last parameter is the element.
                return returned.DescendantsAndSelf().Select(part => CurrencyAmount.Of(part, money))
                    .FirstOrDefault(amount => amount is not null && SymbolEqualityComparer.Default.Equals(amount.Root, parameters[parameters.Length - 1])) ?? Projected(returned, money);
            }
        }
        return null;
    }

    // orders.Select(o => new { o.CreatedAt, o.Total }) and later rows.Sum(r => r.Total): the currency was left behind.
    private static CurrencyAmount? Projected(IOperation returned, MoneyWords money)
    {
        if (returned.WithoutConversions() is not IPropertyReferenceOperation { Property: { ContainingType.IsAnonymousType: true } property })
            return null;
        foreach (var operation in returned.WholeBody().Descendants())
        {
            if (operation is not IAnonymousObjectCreationOperation row || !SymbolEqualityComparer.Default.Equals(row.Type, property.ContainingType) || row.Type!.GetMembers().Any(member => CurrencyAmount.IsCurrency(member.Name)))
                continue;
            if (row.Initializers.OfType<ISimpleAssignmentOperation>().FirstOrDefault(set => SymbolEqualityComparer.Default.Equals(set.Target.ReferencedSymbol(), property)) is { Value: var taken } && CurrencyAmount.Of(taken.WithoutConversions(), money) is { } amount)
                return amount;
        }
        return null;
    }

    private static bool Combines(BinaryOperatorKind kind) => kind is BinaryOperatorKind.Add or BinaryOperatorKind.Subtract or BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual
        or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual or BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals;

    private static bool IsNumber(ITypeSymbol? type) => type.WithoutNullable()?.SpecialType is SpecialType.System_Decimal or SpecialType.System_Double or SpecialType.System_Int64 or SpecialType.System_Int32;
}

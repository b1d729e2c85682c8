using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>Where a value ends up: in a member, an argument or a local.</summary>
/// <param name="Value">The whole expression that arrives there.</param>
/// <param name="Symbol">The property, field, parameter or local that takes it.</param>
/// <param name="Owner">The call, creation or assignment that takes it.</param>
/// <param name="Factor">What it was multiplied with on the way, if anything.</param>
internal sealed record Destination(IOperation Value, ISymbol Symbol, IOperation Owner, IOperation? Factor);

/// <summary>Follows a value through arithmetic, rounding, fallbacks, sums and locals to where it ends up.</summary>
internal static class ValueFlow
{
    private static readonly HashSet<string> Preserving = new(StringComparer.Ordinal)
    {
        "Round", "Abs", "Floor", "Ceiling", "Truncate", "ToDecimal", "ToInt32", "ToInt64", "ToDouble", "GetValueOrDefault", "Multiply", "Add", "Max", "Min",
    };

    /// <summary>The destinations of a value within its function, nearest first.</summary>
    public static IEnumerable<Destination> Of(IOperation value, int depth = 3)
    {
        IOperation? factor = null;
        for (var parent = value.Parent; parent is not null; value = parent, parent = parent.Parent)
        {
            switch (parent)
            {
                case IConversionOperation or IParenthesizedOperation or IUnaryOperation or ICoalesceOperation or ISwitchExpressionArmOperation or ISwitchExpressionOperation:
                case IPropertyReferenceOperation { Property.Name: "Value" }:
                case IConditionalAccessOperation:
                    continue;
                case IConditionalOperation { Syntax: ConditionalExpressionSyntax } conditional when conditional.Condition != value:
                    continue;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract or BinaryOperatorKind.Divide }:
                    continue;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Multiply } product:
                    factor ??= product.LeftOperand == value ? product.RightOperand : product.LeftOperand;
                    continue;
                case IArgumentOperation { Parent: IInvocationOperation call } when Preserving.Contains(call.TargetMethod.Name):
                    parent = call;
                    continue;
                case IInvocationOperation { TargetMethod.Name: "GetValueOrDefault" }:
                    continue;
                case IReturnOperation when SumAround(parent) is { } sum:
                    parent = sum;
                    continue;
                case IArgumentOperation { Parameter: { } parameter, Parent: { } owner }:
                    yield return new(value, parameter, owner, factor);
                    yield break;
                case ISimpleAssignmentOperation or ICompoundAssignmentOperation when ((IAssignmentOperation)parent).Value == value:
                    if (((IAssignmentOperation)parent).Target.ReferencedSymbol() is not { } target)
                        yield break;
                    yield return new(value, target, parent, factor);
                    if (target is ILocalSymbol assigned)
                    {
                        foreach (var later in Later(assigned, parent, factor, depth))
                            yield return later;
                    }
                    yield break;
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }:
                    yield return new(value, declarator.Symbol, declarator, factor);
                    foreach (var later in Later(declarator.Symbol, declarator, factor, depth))
                        yield return later;
                    yield break;
                default:
                    yield break;
            }
        }
    }

    /// <summary>The call or creation that a destination belongs to: of an assignment in an initialiser the whole creation.</summary>
    public static IOperation Whole(IOperation owner) => owner.Parent is IObjectOrCollectionInitializerOperation { Parent: { } creation } ? creation : owner;

    private static IEnumerable<Destination> Later(ILocalSymbol local, IOperation after, IOperation? factor, int depth)
    {
        if (depth == 0)
            yield break;
        foreach (var use in after.EnclosingFunction().Descendants())
        {
            if (use is not ILocalReferenceOperation { Local: var mentioned } || use.Syntax.SpanStart <= after.Syntax.Span.End || !SymbolEqualityComparer.Default.Equals(mentioned, local))
                continue;
            foreach (var destination in Of(use, depth - 1))
                yield return destination.Factor is null ? destination with { Factor = factor } : destination;
        }
    }

    // request.Items.Sum(item => item.Price * item.Quantity)
    private static IInvocationOperation? SumAround(IOperation returned) =>
        returned.Ancestor<IAnonymousFunctionOperation>() is { } lambda && lambda.Ancestor<IArgumentOperation>() is { Parent: IInvocationOperation { TargetMethod.Name: "Sum" or "Max" or "Aggregate" } sum } argument
            && argument.Value.DescendantsAndSelf().Contains(lambda) ? sum : null;
}

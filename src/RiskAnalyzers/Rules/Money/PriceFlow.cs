using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Money;

/// <summary>Follows a price within its member: into totals, charges and what is stored, or only to a screen.</summary>
internal static class PriceFlow
{
    private const int Depth = 5;

    /// <summary>Whether the value is computed with, charged, stored or answered as a price, with nobody looking at it on the way.</summary>
    public static bool IsCharged(OperationVisit visit, IOperation value, MoneyWords money) =>
        !MissingPriceIsFree.IsDisplay(visit.Member.ContainingType) && Goes(visit, value, money, computed: IsComputed(value), depth: 0);

    // product?.Price * quantity ?? 0
    private static bool IsComputed(IOperation value) => Fallback.Of(value)?.Lookup.WithoutAwait() is IBinaryOperation;

    /// <summary>Whether the value is charged, refunded or paid out, directly or through a local that nobody compares.</summary>
    public static bool IsPaid(OperationVisit visit, IOperation value) =>
        IsGivenToPayment(value) || value.Target(visit.Member) is ILocalSymbol local && value.EnclosingFunction().Descendants().Any(operation =>
            operation is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local) && IsGivenToPayment(reference) && (Guards.Of(reference) & (Bounds.Lower | Bounds.Checked)) == 0);

    private static bool IsGivenToPayment(IOperation value) => value.Ancestor<IInvocationOperation>() is { } call && Language.Payments.MovesMoney(call);

    /// <summary>Whether any use of the local is.</summary>
    public static bool IsLocalCharged(OperationVisit visit, IVariableDeclaratorOperation declarator, MoneyWords money) =>
        !MissingPriceIsFree.IsDisplay(visit.Member.ContainingType) && LocalGoes(visit, declarator, declarator.Symbol, money, computed: false, depth: 0);

    private static bool Goes(OperationVisit visit, IOperation value, MoneyWords money, bool computed, int depth)
    {
        if (depth > Depth)
            return false;
        for (var (child, parent) = (value, value.Parent); parent is not null; child = parent, parent = parent.Parent)
        {
            switch (parent)
            {
                case IConversionOperation or IParenthesizedOperation or IAwaitOperation or ICoalesceOperation or ISwitchExpressionArmOperation or ISwitchExpressionOperation or IUnaryOperation:
                case IConditionalOperation { Type: not null } choice when child != choice.Condition:
                    break;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract or BinaryOperatorKind.Multiply or BinaryOperatorKind.Divide } sum when sum.Type?.SpecialType != SpecialType.System_String:
                    computed = true;
                    break;
                case IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { ContainingType.Name: "Math" or "Decimal", Name: not "Parse" } } rounding }:
                    parent = rounding;
                    break;
                case IArgumentOperation argument:
                    return IsChargedAs(argument, money, computed);
                case ICompoundAssignmentOperation compound when child == compound.Value:
                    return !IsDisplayMember(compound.Target, computed);
                case ISimpleAssignmentOperation assignment when child == assignment.Value:
                    return assignment.Target.WithoutConversions() is ILocalReferenceOperation local
                        ? LocalGoes(visit, assignment, local.Local, money, computed, depth)
                        : !IsDisplayMember(assignment.Target, computed) && assignment.Target.ReferencedSymbol() is { } target && (computed || money.Mean(target.Name) || assignment.Target is IPropertyReferenceOperation { Property.IsIndexer: true });
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }:
                    return LocalGoes(visit, declarator, declarator.Symbol, money, computed, depth);
                case IReturnOperation returned:
                    if (returned.EnclosingFunction() is not IAnonymousFunctionOperation lambda)
                        return child.Target(visit.Member) is { } asked && !MissingPriceIsFree.IsDisplay(asked.ContainingType) && (computed || money.Mean(asked.Name));
                    if (lambda.Ancestor<IInvocationOperation>() is not { } call || call.TargetMethod.Name is not ("Sum" or "SumAsync" or "Aggregate" or "Select"))
                        return false;
                    computed |= call.TargetMethod.Name != "Select";
                    parent = call;
                    break;
                // items.Select(...).Sum()
                case IInvocationOperation { TargetMethod.Name: "Sum" or "ToList" or "ToArray" } chained:
                    computed |= chained.TargetMethod.Name == "Sum";
                    break;
                default:
                    return false;
            }
        }
        return false;
    }

    private static bool LocalGoes(OperationVisit visit, IOperation from, ILocalSymbol local, MoneyWords money, bool computed, int depth)
    {
        foreach (var operation in from.EnclosingFunction().Descendants())
        {
            if (operation is not ILocalReferenceOperation reference || !SymbolEqualityComparer.Default.Equals(reference.Local, local) || operation.Syntax.SpanStart < from.Syntax.SpanStart)
                continue;
            if (reference.Parent is IAssignmentOperation assignment && assignment.Target == reference)
                continue;
            if ((Guards.Of(reference) & (Bounds.Lower | Bounds.Checked)) == 0 && Goes(visit, reference, money, computed, depth + 1))
                return true;
        }
        return false;
    }

    private static bool IsChargedAs(IArgumentOperation argument, MoneyWords money, bool computed)
    {
        switch (argument.Parent)
        {
            case IInvocationOperation call:
                if (Language.Payments.MovesMoney(call))
                    return true;
                if (LogCalls.IsLog(call) || call.Type?.SpecialType == SpecialType.System_String || Words.Of(call.TargetMethod.Name) is ["format" or "to" or "parse" or "assert" or "log", ..])
                    return false;
                return argument.Parameter is { } given && money.Mean(given.Name) || computed && argument.Parameter?.Type.SpecialType == SpecialType.System_Decimal;
            case IObjectCreationOperation created:
                return argument.Parameter is { } parameter && money.Mean(parameter.Name) && (!MissingPriceIsFree.IsDisplay(created.Type as INamedTypeSymbol) || computed && IsOffer(created.Type));
            default:
                return false;
        }
    }

    private static bool IsDisplayMember(IOperation target, bool computed) => target.WithoutConversions() switch
    {
        IMemberReferenceOperation member when computed && IsOffer(member.Member.ContainingType) => false,
        IMemberReferenceOperation { Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } } member => MissingPriceIsFree.IsDisplay(member.Member.ContainingType) || member.Type is null || member.Member.ContainingType.IsAnonymousType,
        IMemberReferenceOperation member => MissingPriceIsFree.IsDisplay(member.Member.ContainingType),
        _ => false,
    };

    // A total of a cart or a checkout is what the customer is told to pay, also where it is only shown.
    private static bool IsOffer(ITypeSymbol? type) => type is not null && Words.ContainAny(type.Name, Offers);

    private static readonly HashSet<string> Offers = Words.SetOf("cart basket checkout quote");
}

using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Residue;

/// <summary>What follows from a comparison: an answer that was written down beforehand and that lets something happen.</summary>
internal static class FixedAnswers
{
    /// <summary>Whether the comparison being true answers, assigns or passes something fixed.</summary>
    public static bool Follows(IOperation comparison)
    {
        var condition = comparison;
        while (condition.Parent is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } or IParenthesizedOperation or IConversionOperation)
            condition = condition.Parent;
        return condition.Parent switch
        {
            IConditionalOperation conditional when conditional.Condition == condition => IsFavour(conditional.WhenTrue),
            // return email == "admin@shop.com" || ...; isAdmin = email == "...";
            IReturnOperation => IsAlternative(comparison, condition),
            IVariableInitializerOperation or ISimpleAssignmentOperation => IsAlternative(comparison, condition) || IsGrant(condition.Parent),
            _ => false,
        };
    }

    /// <summary>Whether a branch answers with a constant or a success, or sets one; refusals and exceptions are no favour.</summary>
    public static bool IsFavour(IOperation branch)
    {
        switch (branch)
        {
            case IBlockOperation block:
                return block.Operations.Any(IsFavour) && !block.Operations.Any(statement => statement is IThrowOperation or IExpressionStatementOperation { Operation: IThrowOperation });
            case IReturnOperation { ReturnedValue: { } answer }:
                return IsFixed(answer);
            case IExpressionStatementOperation { Operation: ISimpleAssignmentOperation { Value: var value } }:
                return IsFixed(value);
            case IExpressionStatementOperation { Operation: ICompoundAssignmentOperation { Value: var change } }:
                return change.ConstantValue.HasValue;
            case IExpressionStatementOperation or IVariableDeclarationGroupOperation or IBranchOperation or IConditionalOperation { Syntax: StatementSyntax } or IThrowOperation or IReturnOperation:
                return false;
            default:
                return IsFixed(branch);
        }
    }

    private static bool IsFixed(IOperation answer)
    {
        answer = answer.WithoutAwait();
        if (answer is IInvocationOperation { TargetMethod.Name: "FromResult", Arguments: [{ Value: var inner }] })
            return IsFixed(inner);
        if (answer.ConstantValue is { HasValue: true, Value: var constant })
            return constant is true or decimal or int or long or double || constant is string { Length: > 0 } text && !Outcomes.SpeaksOfFailure(text);
        return answer switch
        {
            IFieldReferenceOperation { Field: { IsStatic: true } field } => !Outcomes.SpeaksOfFailure(field.Name),
            IBinaryOperation product => Amount(product),
            IInvocationOperation call => (call.TargetMethod.Name is "Ok" or "Success" or "Succeed" or "Approved" || Outcomes.IsSuccess(call)) && !Outcomes.SpeaksOfFailure(call.TargetMethod.Name),
            IObjectCreationOperation creation => Outcomes.IsSuccess(creation),
            ITupleOperation { Elements: [var first, ..] } => IsFixed(first),
            _ => false,
        };
    }

    // if (code == "SAVE10") return total * 0.9m;
    private static bool Amount(IBinaryOperation product) => product.OperatorKind is BinaryOperatorKind.Multiply or BinaryOperatorKind.Divide or BinaryOperatorKind.Subtract or BinaryOperatorKind.Add
        && (product.RightOperand.WithoutConversions().ConstantValue.HasValue || product.LeftOperand.WithoutConversions().ConstantValue.HasValue);

    private static bool IsAlternative(IOperation comparison, IOperation condition)
    {
        if (condition == comparison)
            return false;
        for (var ancestor = comparison.Parent; ancestor is not null; ancestor = ancestor.Parent)
        {
            if (ancestor is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr })
                return true;
            if (ancestor == condition)
                break;
        }
        // email == "a@b.c" && password == "secret": all of it is written down.
        return condition is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both && IsLiteralComparison(both.LeftOperand) && IsLiteralComparison(both.RightOperand);
    }

    private static bool IsLiteralComparison(IOperation operation) =>
        operation.WithoutConversions() is IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } comparison && (comparison.LeftOperand.WithoutConversions() is ILiteralOperation || comparison.RightOperand.WithoutConversions() is ILiteralOperation);

    private static bool IsGrant(IOperation? assignment) => assignment switch
    {
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.Name: var name } } => Polarities.Of(name) == Polarity.Allow,
        ISimpleAssignmentOperation set => set.Target.ReferencedSymbol() is { } target && Polarities.Of(target.Name) == Polarity.Allow,
        _ => false,
    };
}

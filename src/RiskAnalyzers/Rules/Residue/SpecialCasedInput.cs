using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Residue;

/// <summary>An answer that is fixed for one literal input: a back door, or a test that passes because the code knows it.</summary>
internal sealed class SpecialCasedInput : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK7010",
        title: "One literal input gets an answer of its own",
        message: "'{0}' is compared with the literal '{1}' and gets an answer of its own: test data in production, or a back door; remove it, or keep such cases in data that somebody maintains",
        why: "Code that knows one e-mail address, one card number or one id passes the test that uses it and answers everybody else differently. The same shape is how back doors look.");

    public SpecialCasedInput() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        on.Operation(CheckComparison, OperationKind.Binary);
        on.Operation(CheckPattern, OperationKind.ConstantPattern);
        on.Operation(CheckCall, OperationKind.Invocation);
        on.Operation(CheckCase, OperationKind.CaseClause);
    }

    private static void CheckComparison(OperationVisit visit)
    {
        if (visit.Operation is not IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison)
            return;
        if (comparison.OperatorKind == BinaryOperatorKind.NotEquals)
        {
            CheckSecret(visit, comparison, comparison.LeftOperand, comparison.RightOperand);
            return;
        }
        Check(visit, comparison, comparison.LeftOperand, comparison.RightOperand);
        Check(visit, comparison, comparison.RightOperand, comparison.LeftOperand);
    }

    // email is "admin@shop.com", and the arms of a switch expression.
    private static void CheckPattern(OperationVisit visit)
    {
        var pattern = (IConstantPatternOperation)visit.Operation;
        foreach (var ancestor in pattern.Ancestors())
        {
            switch (ancestor)
            {
                case IIsPatternOperation match:
                    Check(visit, match, match.Value, pattern.Value);
                    return;
                case ISwitchExpressionArmOperation { Parent: ISwitchExpressionOperation choice } arm:
                    if (SpecialInputs.IsSpecial(choice.Value, pattern.Value, visit.Member) && FixedAnswers.IsFavour(arm.Value))
                        Report(visit, pattern, choice.Value, pattern.Value);
                    return;
                case not (IBinaryPatternOperation):
                    return;
            }
        }
    }

    // userName.Equals("admin"), string.Equals(email, "x", ...), token.StartsWith("test_")
    private static void CheckCall(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (call.TargetMethod.Name is not ("Equals" or "StartsWith" or "EndsWith") || call.TargetMethod.ContainingType.SpecialType != SpecialType.System_String)
            return;
        var (subject, literal) = call.Instance is { } instance ? (instance, call.Arguments[0].Value) : call.Arguments.Length > 1 ? (call.Arguments[0].Value, call.Arguments[1].Value) : (null, null);
        if (subject is not null && (call.TargetMethod.Name == "Equals" || SpecialInputs.IsTestMark(literal!, visit.Member)))
            Check(visit, call, subject, literal!);
    }

    private static void CheckCase(OperationVisit visit)
    {
        if (visit.Operation is ISingleValueCaseClauseOperation { Value: { } literal, Parent: ISwitchCaseOperation { Parent: ISwitchOperation { Value: var subject } } section } clause
            && SpecialInputs.IsSpecial(subject, literal, visit.Member) && section.Body.Any(FixedAnswers.IsFavour))
            Report(visit, clause, subject, literal);
    }

    private static void Check(OperationVisit visit, IOperation comparison, IOperation subject, IOperation literal)
    {
        if (SpecialInputs.IsSpecial(subject, literal, visit.Member) && FixedAnswers.Follows(comparison) && !IsSecondOfPair(comparison, visit.Member))
            Report(visit, comparison, subject, literal);
        else
            CheckSecret(visit, comparison, subject, literal);
    }

    // if (token != "whsec_4eC39") return Unauthorized(), and the same with !token.Equals(...): whoever reads the code gets in.
    private static void CheckSecret(OperationVisit visit, IOperation comparison, IOperation subject, IOperation literal)
    {
        if (!SpecialInputs.IsWrittenSecret(subject, literal) || IsSecondOfPair(comparison, visit.Member))
            return;
        var isRefusal = comparison is IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } || comparison.Parent is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not };
        var choice = comparison.Ancestor<IConditionalOperation>();
        if (choice is null || !choice.Condition.Syntax.Span.Contains(comparison.Syntax.Span) || SpecialInputs.IsSpecial(subject, literal, visit.Member) && !isRefusal)
            return;
        if (isRefusal ? Leaves(choice.WhenTrue) : FixedAnswers.Follows(comparison))
            Report(visit, comparison, subject, literal);
    }

    private static bool Leaves(IOperation? branch) => (branch is IBlockOperation { Operations: [.., var last] } ? last : branch) is IReturnOperation or IThrowOperation or IExpressionStatementOperation { Operation: IThrowOperation };

    // email == "a@b.c" && password == "x": one place, the first comparison speaks.
    private static bool IsSecondOfPair(IOperation comparison, ISymbol member) => comparison.Parent is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd, LeftOperand: IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } first } both
        && both.RightOperand == comparison && (SpecialInputs.IsSpecial(first.LeftOperand, first.RightOperand, member) || SpecialInputs.IsSpecial(first.RightOperand, first.LeftOperand, member));

    private static void Report(OperationVisit visit, IOperation place, IOperation subject, IOperation literal) =>
        visit.Report(place, SpecialInputs.NameOf(subject) ?? "", literal.WithoutConversions().ConstantValue.Value ?? "");
}

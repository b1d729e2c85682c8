using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Money;

/// <summary>A case that nobody listed gets the rate that changes nothing, or the state that means success.</summary>
internal sealed class UnknownCaseIsNeutral : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK1005",
        title: "An unknown case gets the neutral rate or a final state",
        message: "Every case of '{0}' that is not listed gets {1}, {2}; throw, or answer that it is unknown",
        why: "An unknown currency is converted 1 to 1, an unknown country pays no tax, an unknown answer of the gateway means paid. Nothing fails, until somebody counts the money.");

    public UnknownCaseIsNeutral() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        on.Operation(CheckExpression, OperationKind.SwitchExpression);
        on.Operation(CheckStatement, OperationKind.Switch);
        on.Operation(CheckFallback, OperationKind.Coalesce, OperationKind.Conditional, OperationKind.Invocation, OperationKind.CoalesceAssignment);
        on.Operation(CheckReturn, OperationKind.Return);
    }

    private static void CheckExpression(OperationVisit visit)
    {
        var choice = (ISwitchExpressionOperation)visit.Operation;
        if (choice.Arms.Length < 2 || choice.Arms[choice.Arms.Length - 1] is not { Pattern: IDiscardPatternOperation, Guard: null, Value: var unknown })
            return;
        var others = choice.Arms.Take(choice.Arms.Length - 1).Select(arm => arm.Value);
        Judge(visit, unknown, others, choice.Value, choice.Target(visit.Member));
    }

    private static void CheckStatement(OperationVisit visit)
    {
        var choice = (ISwitchOperation)visit.Operation;
        if (choice.Cases.FirstOrDefault(IsDefault) is not { } unknown)
        {
            CheckInitial(visit, choice);
            return;
        }
        if (choice.Cases.Length < 2 || unknown.Clauses.Length > 1)
            return;
        // default: result.IsSuccess = false; result.Status = PaymentStatus.Failed; break;
        foreach (var set in NeutralCase.MembersSet(unknown).Skip(1))
        {
            var member = set.Target.ReferencedSymbol();
            Judge(visit, set.Value, choice.Cases.Where(section => section != unknown).SelectMany(NeutralCase.MembersSet).Where(other => SymbolEqualityComparer.Default.Equals(other.Target.ReferencedSymbol(), member)).Select(other => other.Value).ToList(), choice.Value, member);
        }
        if (NeutralCase.Outcome(unknown) is not { } answer)
            return;
        var others = choice.Cases.Where(section => section != unknown).Select(NeutralCase.Outcome).OfType<IOperation>();
        Judge(visit, answer, others, choice.Value, answer.Target(visit.Member));
    }

    // var taxRate = 0m; switch (country) { case "DE": taxRate = 0.19m; break; }
    private static void CheckInitial(OperationVisit visit, ISwitchOperation choice)
    {
        if (choice.Cases.IsEmpty || NeutralCase.Outcome(choice.Cases[0])?.Parent is not ISimpleAssignmentOperation { Target: ILocalReferenceOperation local } || Flow.InitialValue(local) is not { } initial)
            return;
        Judge(visit, initial, choice.Cases.Select(NeutralCase.Outcome).OfType<IOperation>(), choice.Value, local.Local);
    }

    private static bool IsDefault(ISwitchCaseOperation section) => section.Clauses.Any(clause => clause is IDefaultCaseClauseOperation);

    // rates.Find(currency) ?? 1m, rates.TryGetValue(currency, out var rate) ? rate : 1m, rates.GetValueOrDefault(currency, 1m), and a failed parse that means paid.
    private static void CheckFallback(OperationVisit visit)
    {
        if (visit.Operation is ICoalesceAssignmentOperation late)
        {
            if (NeutralCase.IsNeutralRate(late.Value) && late.Target.ReferencedSymbol() is { } rate && NeutralCase.SpeaksOfConversion(rate.Name))
                visit.Report(late.Value, late.Target.Syntax.ToString(), late.Value.Syntax.ToString(), NeutralCase.RateHarm);
            return;
        }
        if (visit.Operation is IConditionalOperation { WhenFalse: { } otherwise } choice && NeutralCase.ComparedInput(choice.Condition) is { } input)
        {
            CheckElse(visit, choice, otherwise, input);
            return;
        }
        if (visit.Operation is IConditionalOperation { Type: null } statement)
        {
            CheckRefusal(visit, statement);
            return;
        }
        if (Fallback.Of(visit.Operation) is not { } fallback || Settings.Read(fallback.Lookup.WithoutAwait()) is not null)
            return;
        var target = visit.Operation.Target(visit.Member);
        if (MissingPriceIsFree.IsDisplay(target?.ContainingType))
            return;
        var literal = fallback.Literal ?? visit.Operation;
        if (NeutralCase.IsCurrency(literal))
            visit.Report(literal, Excerpt.Of(fallback.Lookup), literal.Syntax.ToString(), NeutralCase.GuessHarm);
        else if (fallback.Number is 0m or 1m)
        {
            var condition = visit.Operation is IConditionalOperation { Condition: var asked } ? asked : visit.Operation;
            if (NeutralCase.IsRateLookup(fallback.Lookup, condition, target?.Name ?? "", visit.Member.Name))
                visit.Report(literal, Excerpt.Of(fallback.Lookup), literal == visit.Operation ? "0" : literal.Syntax.ToString(), NeutralCase.RateHarm);
        }
        else if (NeutralCase.IsHappyFallback(fallback, target))
            visit.Report(literal, Excerpt.Of(fallback.Lookup), literal.Syntax.ToString(), NeutralCase.StateHarm);
    }

    // country == "DE" ? 0.19m : 0m, and the last else of a chain of such tests.
    private static void CheckElse(OperationVisit visit, IConditionalOperation choice, IOperation otherwise, IOperation input)
    {
        var (listed, unknown) = choice.Type is null ? (NeutralCase.Outcome(choice.WhenTrue), otherwise is IConditionalOperation ? null : NeutralCase.Outcome(otherwise)) : (choice.WhenTrue, otherwise);
        if (listed is null || unknown is null || unknown.WithoutConversions().Type?.SpecialType == SpecialType.System_Boolean)
            return;
        Judge(visit, unknown, new[] { listed }, input, unknown.Target(visit.Member));
    }

    // if (!rates.TryGetValue(currency, out var rate)) rate = 1m;
    private static void CheckRefusal(OperationVisit visit, IConditionalOperation refusal)
    {
        if (refusal.WhenFalse is not null || NeutralCase.Assigned(refusal.WhenTrue) is not { } assignment || !NeutralCase.IsNeutralRate(assignment.Value) || !Fallback.AsksWhetherFound(refusal.Condition) || NeutralCase.ComparesTwo(refusal.Condition))
            return;
        if (assignment.Target.ReferencedSymbol() is { } target && NeutralCase.IsRateLookup(refusal.Condition, refusal.Condition, target.Name, visit.Member.Name))
            visit.Report(assignment.Value, Excerpt.Of(refusal.Condition), assignment.Value.Syntax.ToString(), NeutralCase.RateHarm);
    }

    // if (currency == "USD") return 1.08m; return 1m; and if (!rates.TryGetValue(...)) return 1m;
    private static void CheckReturn(OperationVisit visit)
    {
        if (visit.Operation is not IReturnOperation { Kind: OperationKind.Return, ReturnedValue: { } value } answer || value.Target(visit.Member) is not { } asked)
            return;
        // The amount as it came: one yen is one euro.
        var isUnconverted = value.WithoutConversions() is IParameterReferenceOperation { Parameter: { Type.SpecialType: SpecialType.System_Decimal, Name: var given } } && visit.Facts.MoneyIn(value.Syntax.SyntaxTree).Mean(given);
        var isHappy = value.WithoutConversions().Type?.SpecialType != SpecialType.System_Boolean && NeutralCase.IsHappy(value, asked.Name, asked.Name);
        if (!isUnconverted && !isHappy && !NeutralCase.IsNeutralRate(value) && !NeutralCase.SaysFailed(value))
            return;
        if (!isHappy && answer.Ancestor<IConditionalOperation>() is { Condition: var condition } && Fallback.AsksWhetherFound(condition))
        {
            if (!NeutralCase.ComparesTwo(condition) && NeutralCase.IsRateLookup(condition, condition, asked.Name, asked.Name) && !NeutralCase.AsksForNullInput(condition))
                visit.Report(value, Excerpt.Of(condition), value.Syntax.ToString(), NeutralCase.RateHarm);
            return;
        }
        if (NeutralCase.EarlierSwitch(answer) is { } choice)
        {
            Judge(visit, value, choice.Cases.Select(NeutralCase.Outcome).OfType<IOperation>(), choice.Value, asked);
            return;
        }
        if (NeutralCase.EarlierCases(answer) is not { Count: > 0 } cases)
            return;
        if (isHappy)
        {
            // Guard clauses of a check end in true as they should; a state that is read off a text does not.
            if (cases.TrueForAll(item => item.WhenFalse is null && NeutralCase.ComparedInput(item.Condition) is not null && NeutralCase.Outcome(item.WhenTrue) is not null))
                Judge(visit, value, cases.Select(item => NeutralCase.Outcome(item.WhenTrue)).OfType<IOperation>(), NeutralCase.ComparedInput(cases[0].Condition)!, asked);
            return;
        }
        if (isUnconverted)
        {
            if (cases is [{ Condition: var found, WhenFalse: null }] && Fallback.AsksWhetherFound(found) && NeutralCase.IsRateLookup(found, found, asked.Name, asked.Name))
                visit.Report(value, Excerpt.Of(found), value.Syntax.ToString(), NeutralCase.RateHarm);
            return;
        }
        var input = cases[0].Condition.Descendants().FirstOrDefault(operation => operation is IParameterReferenceOperation or ILocalReferenceOperation or IPropertyReferenceOperation) ?? cases[0].Condition;
        if (cases.TrueForAll(item => NeutralCase.Outcome(item.WhenTrue) is { } other && other.ConstantNumber() is { } number && number != value.ConstantNumber()) && NeutralCase.IsRate(asked.Name, "", input))
            visit.Report(value, Excerpt.Of(input), value.Syntax.ToString(), NeutralCase.RateHarm);
    }

    private static void Judge(OperationVisit visit, IOperation unknown, IEnumerable<IOperation> others, IOperation input, ISymbol? target)
    {
        var (name, member) = (target?.Name ?? "", visit.Member is IMethodSymbol { AssociatedSymbol: { } property } ? property.Name : visit.Member.Name);
        var harm = NeutralCase.IsNeutralRate(unknown) && NeutralCase.IsRate(name, member, input) && others.Any(other => other.ConstantNumber() != unknown.ConstantNumber() && !Flow.Throws(other)) ? NeutralCase.RateHarm
            : NeutralCase.IsUnchanged(unknown, others, input, member) ? NeutralCase.RateHarm
            : NeutralCase.IsHappy(unknown, name, member) && others.Any(other => NeutralCase.IsOpposite(other, unknown)) ? NeutralCase.StateHarm
            : NeutralCase.IsFailed(unknown, others, input, name, member) ? NeutralCase.FailedHarm
            : NeutralCase.IsOfAnotherCurrency(unknown, others, input, name, member) ? NeutralCase.CurrencyHarm
            : null;
        if (harm is null || (Guards.Of(input) & Bounds.Checked) != 0)
            return;
        visit.Report(unknown, Excerpt.Of(input), unknown.Syntax.ToString(), harm);
    }
}

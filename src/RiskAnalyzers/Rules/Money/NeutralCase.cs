using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Money;

/// <summary>What is neutral, and for what: the rates 0 and 1 of currencies and taxes, and the states that mean success.</summary>
internal static class NeutralCase
{
    public const string RateHarm = "as if there were nothing to convert or to tax";

    public const string StateHarm = "as if it had gone well";

    public const string FailedHarm = "as if it had failed, although it may be held or on its way, and is paid again";

    public const string CurrencyHarm = "a number that was made for another currency";

    public const string GuessHarm = "a currency that nobody chose";

    private static readonly HashSet<string> Failures = Words.SetOf("failed failure fail declined rejected refused error cancelled canceled");

    private static readonly HashSet<string> Unsettled = Words.SetOf("pending processing unknown authorized authorised initiated created new none requires in awaiting");

    private static readonly HashSet<string> Conversions = Words.SetOf("fx exchange conversion forex");

    private static readonly HashSet<string> Taxes = Words.SetOf("tax taxes vat gst duty duties tariff customs");

    private static readonly HashSet<string> Rates = Words.SetOf("rate rates factor multiplier ratio quote");

    private static readonly HashSet<string> Places = Words.SetOf("currency currencies country countries region state province jurisdiction zip postal iso destination nation territory locale");

    private static readonly HashSet<string> StateWords = Words.SetOf("status state result outcome decision verdict access response");

    // What is only shown: a badge, a colour, a text.
    private static readonly HashSet<string> Shown = Words.SetOf("class css badge color colour icon label text message display style title description sort ordering filter");

    /// <summary>Whether the value is the rate that changes nothing.</summary>
    public static bool IsNeutralRate(IOperation value) =>
        value.ConstantNumber() is 0m or 1m && value.Type.WithoutNullable()?.SpecialType is SpecialType.System_Decimal or SpecialType.System_Double or SpecialType.System_Single or SpecialType.System_Int32
        && value.WithoutConversions().Type?.SpecialType is not (SpecialType.System_Boolean or SpecialType.System_Char) && value.WithoutConversions() is not IFieldReferenceOperation { Field.ContainingType.TypeKind: TypeKind.Enum };

    /// <summary>Whether what is chosen is an exchange or tax rate: by the names of who receives it, or a rate by currency or country.</summary>
    public static bool IsRate(string target, string member, IOperation input)
    {
        if (Words.ContainAny(target, Shown) || Words.ContainAny(target, Digits))
            return false;
        return SpeaksOfConversion(target) || SpeaksOfConversion(member) || SpeaksOfTax(target) || SpeaksOfTax(member) && target.Length == 0
            || (Words.ContainAny(target, Rates) || Words.ContainAny(member, Rates)) && MentionsPlace(input.Syntax) && !Words.ContainAny(target, Rebates) && !Words.ContainAny(member, Rebates);
    }

    // A rate of something that may well be nothing for everybody else.
    private static readonly HashSet<string> Rebates = Words.SetOf("discount discounts coupon promo promotion loyalty tier tiers commission points bonus interest markup margin");

    private static readonly HashSet<string> Digits = Words.SetOf("digits decimals exponent precision places id ids count index quantity");

    /// <summary>Whether a look-up finds a rate for a currency or a country.</summary>
    public static bool IsRateLookup(IOperation lookup, IOperation condition, string target, string member)
    {
        if (Words.ContainAny(target, Digits))
            return false;
        var isConversion = SpeaksOfConversion(target) || SpeaksOfConversion(member) || Mentions(lookup.Syntax, Conversions);
        var isTax = SpeaksOfTax(target) || SpeaksOfTax(member) || Mentions(lookup.Syntax, Taxes);
        var isRate = isTax || Words.ContainAny(target, Rates) || Mentions(lookup.Syntax, Rates);
        if (Mentions(lookup.Syntax, Rebates) || Words.ContainAny(target, Rebates))
            return false;
        // A table that is asked for a key needs no better name for it than VatRate(string cc).
        if ((isConversion || isTax) && condition.DescendantsAndSelf().Any(operation => operation is IInvocationOperation { TargetMethod.Name: "TryGetValue" or "ContainsKey" or "GetValueOrDefault" }))
            return true;
        return (isConversion || isRate) && (MentionsPlace(condition.Syntax) || MentionsPlace(lookup.Syntax));
    }

    public static bool SpeaksOfConversion(string name) => Words.ContainAny(name, Conversions) || Words.ContainSequence(name, "currency", "rate");

    private static bool SpeaksOfTax(string name) => Words.ContainAny(name, Taxes);

    /// <summary>Whether the condition only asks whether there is an input at all: no country, no tax.</summary>
    public static bool AsksForNullInput(IOperation condition) => condition.Descendants().Any(operation => operation is IParameterReferenceOperation)
        && condition.WithoutConversions() is IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } or IIsPatternOperation && !condition.Descendants().Any(operation => operation is ILocalReferenceOperation);

    /// <summary>Whether the value says that things went well: true where that allows, a state such as Paid, a text such as "paid".</summary>
    public static bool IsHappy(IOperation value, string target, string member)
    {
        value = value.WithoutConversions();
        if (value is IFieldReferenceOperation { Field: { ContainingType: { TypeKind: TypeKind.Enum } type } field })
            return IsState(type) && Outcomes.IsSuccessState(field.Name);
        return value.ConstantValue switch
        {
            { HasValue: true, Value: true } => Polarities.Of(target.Length > 0 ? target : member) == Polarity.Allow,
            { HasValue: true, Value: string text } => text.Length < 30 && Outcomes.IsSuccessState(text) && IsStateName(target.Length > 0 ? target : member),
            _ => Outcomes.IsSuccess(value),
        };
    }

    /// <summary>Whether the value is a state of a payment that failed.</summary>
    public static bool SaysFailed(IOperation value) => value.WithoutConversions() is IFieldReferenceOperation { Field: { ContainingType: { TypeKind: TypeKind.Enum } type } failed }
        && Words.ContainAny(failed.Name, Failures) && Language.Payments.SpeakOfPayment(type.Name);

    /// <summary>Whether every code of a provider that is not listed counts as a failed payment, where there is a state for what is not known yet.</summary>
    public static bool IsFailed(IOperation unknown, IEnumerable<IOperation> others, IOperation input, string target, string member)
    {
        if (input.WithoutConversions().Type.WithoutNullable()?.SpecialType is not (SpecialType.System_String or SpecialType.System_Int32 or SpecialType.System_Int64) || others.Count() < 2)
            return false;
        unknown = unknown.WithoutConversions();
        // _ => new PaymentResult(false, id, "failed", PaymentStatus.Failed)
        if (unknown is IObjectCreationOperation made)
            unknown = made.Descendants().FirstOrDefault(part => part is IFieldReferenceOperation { Field: { ContainingType.TypeKind: TypeKind.Enum } }) ?? unknown;
        if (unknown is IFieldReferenceOperation { Field: { ContainingType: { TypeKind: TypeKind.Enum } type } failed })
            return IsState(type) && Language.Payments.SpeakOfPayment(type.Name) && Words.ContainAny(failed.Name, Failures) && others.Any(other => IsHappy(other, target, member)) && type.MemberNames.Any(name => Words.ContainAny(name, Unsettled));
        return unknown.ConstantValue is { HasValue: true, Value: string text } && Words.Of(text) is { Length: 1 } words && Failures.Contains(words[0])
            && IsStateName(target.Length > 0 ? target : member) && Language.Payments.SpeakOfPayment(target + "_" + member) && others.Any(other => IsHappy(other, target, member));
    }

    /// <summary>Whether another case's value is the opposite of a happy one.</summary>
    public static bool IsOpposite(IOperation other, IOperation happy)
    {
        other = other.WithoutConversions();
        if (other is IFieldReferenceOperation { Field: { ContainingType.TypeKind: TypeKind.Enum } field })
            return !Outcomes.IsSuccessState(field.Name);
        return other.ConstantValue switch
        {
            { HasValue: true, Value: false } => true,
            { HasValue: true, Value: string text } => !Outcomes.IsSuccessState(text),
            _ => other is IObjectCreationOperation && happy.WithoutConversions() is IObjectCreationOperation && !Outcomes.IsSuccess(other)
                || happy.WithoutConversions() is IInvocationOperation or IObjectCreationOperation && other is IInvocationOperation { TargetMethod.Name: var factory } && Outcomes.SpeaksOfFailure(factory),
        };
    }

    /// <summary>Whether a case's value is the amount as it came, which the other cases convert or tax.</summary>
    public static bool IsUnchanged(IOperation value, IEnumerable<IOperation> others, IOperation input, string member) =>
        value.WithoutConversions() is IParameterReferenceOperation or ILocalReferenceOperation && value.ReferencedSymbol() is { } amount && value.Type?.SpecialType is SpecialType.System_Decimal or SpecialType.System_Double
        && (SpeaksOfConversion(member) || SpeaksOfTax(member) || Mentions(input.Syntax, Places))
        && others.Any(other => other.WithoutConversions() is IBinaryOperation { OperatorKind: BinaryOperatorKind.Multiply or BinaryOperatorKind.Divide or BinaryOperatorKind.Add } computed && computed.Mentions(amount));

    /// <summary>Whether every currency that is not listed gets an amount that was made for one: <c>currency switch { AED => 1.83m, _ => 0.50m }</c>.</summary>
    public static bool IsOfAnotherCurrency(IOperation unknown, IEnumerable<IOperation> others, IOperation input, string target, string member) =>
        unknown.Type.WithoutNullable()?.SpecialType == SpecialType.System_Decimal && unknown.WithoutConversions().ConstantValue.HasValue && unknown.ConstantNumber() is not (0m or 1m) && !Words.ContainAny(target, Digits) && !Words.ContainAny(target, Scales) && !Words.ContainAny(member, Scales)
        && Mentions(input.Syntax, Currencies) && others.Any(other => other.WithoutConversions().ConstantValue.HasValue && other.ConstantNumber() is { } listed && listed != unknown.ConstantNumber());

    /// <summary>Whether the value is a currency of an enumeration: <c>Currency.USD</c>.</summary>
    public static bool IsCurrency(IOperation value) => value.WithoutConversions() is IFieldReferenceOperation { Field: { ContainingType: { TypeKind: TypeKind.Enum, Name: var type }, Name: { Length: 3 } } } && CurrencyAmount.IsCurrency(type);

    // Minor units are a hundred almost everywhere.
    private static readonly HashSet<string> Scales = Words.SetOf("factor multiplier minor cents scale divisor unit units");

    private static readonly HashSet<string> Currencies = Words.SetOf("currency currencies");

    /// <summary>Whether a missing or unreadable state counts as success: <c>result?.Approved ?? true</c>, <c>Enum.TryParse(text, out var s) ? s : PaymentStatus.Paid</c>.</summary>
    public static bool IsHappyFallback(Fallback fallback, ISymbol? target)
    {
        if (fallback.Literal?.WithoutConversions() is not { } literal)
            return false;
        if (literal is IFieldReferenceOperation { Field: { ContainingType: { TypeKind: TypeKind.Enum } type } field })
            return IsState(type) && Outcomes.IsSuccessState(field.Name);
        return literal.ConstantValue switch
        {
            // A missing answer, not a missing setting: result?.IsApproved ?? true.
            { HasValue: true, Value: true } => fallback.Lookup.WithoutAwait() is IConditionalAccessOperation or IPropertyReferenceOperation or ILocalReferenceOperation or IInvocationOperation
                && Polarities.Of(fallback.Lookup.WithoutAwait().ReferencedSymbol()?.Name ?? "") == Polarity.Allow
                // country?.AllowsBilling: a feature of something that need not be there.
                && fallback.Lookup.WithoutAwait().ReferencedSymbol()?.Name.StartsWith("Allows", StringComparison.Ordinal) != true,
            { HasValue: true, Value: string text } => text.Length < 30 && Outcomes.IsSuccessState(text) && (target is not null && IsStateName(target.Name) || fallback.Lookup.WithoutAwait().ReferencedSymbol() is { } found && IsStateName(found.Name)),
            _ => false,
        };
    }

    /// <summary>What a branch or section answers with or sets: its first returned or assigned value.</summary>
    public static IOperation? Outcome(IOperation branch)
    {
        foreach (var operation in branch.DescendantsInFunction())
        {
            if (operation is ICaseClauseOperation)
                continue;
            switch (operation)
            {
                case IReturnOperation { ReturnedValue: { } value }:
                    return value;
                case IExpressionStatementOperation { Operation: ISimpleAssignmentOperation assignment }:
                    return assignment.Value;
                case IConditionalOperation or ILoopOperation or IThrowOperation:
                    return null;
            }
        }
        return null;
    }

    /// <summary>The members that a section of a switch sets, one after the other.</summary>
    public static IEnumerable<ISimpleAssignmentOperation> MembersSet(ISwitchCaseOperation section) => section.Body.SelectMany(statement => statement is IBlockOperation block ? block.Operations : ImmutableArray.Create(statement))
        .Select(statement => statement is IExpressionStatementOperation { Operation: ISimpleAssignmentOperation { Target: IPropertyReferenceOperation or IFieldReferenceOperation } assignment } ? assignment : null).OfType<ISimpleAssignmentOperation>();

    /// <summary>
    /// Whether the condition compares an input with one known value, as <c>country == "DE"</c> does; then which input.
    /// </summary>
    public static IOperation? ComparedInput(IOperation condition)
    {
        condition = condition.WithoutAwait();
        return condition switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equals => IsKnownValue(equals.RightOperand) ? equals.LeftOperand : IsKnownValue(equals.LeftOperand) ? equals.RightOperand : null,
            IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } either => ComparedInput(either.LeftOperand),
            IIsPatternOperation { Pattern: IConstantPatternOperation { Value: var known } } match when IsKnownValue(known) => match.Value,
            IIsPatternOperation { Pattern: IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } } match => match.Value,
            IInvocationOperation { TargetMethod.Name: "Equals", Instance: { } input } call when call.Arguments.Length > 0 && IsKnownValue(call.Arguments[0].Value) => input,
            IInvocationOperation { TargetMethod.Name: "Equals", Instance: null, Arguments: [{ Value: var input }, { Value: var known }, ..] } when IsKnownValue(known) => input,
            IInvocationOperation { TargetMethod.Name: "Contains", Arguments: [.., { Value: var input }] } => input,
            _ => null,
        };
    }

    /// <summary>Whether two values are compared with each other: from one currency to the same, the rate is 1.</summary>
    public static bool ComparesTwo(IOperation condition) => condition.DescendantsAndSelf().Any(operation =>
        operation is IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals, LeftOperand: var left, RightOperand: var right } && !left.WithoutConversions().ConstantValue.HasValue && !right.WithoutConversions().ConstantValue.HasValue);

    private static bool IsKnownValue(IOperation value) => value.WithoutConversions().ConstantValue is { HasValue: true, Value: string } || value.WithoutConversions() is IFieldReferenceOperation { Field.ContainingType.TypeKind: TypeKind.Enum };

    /// <summary>The one assignment that a branch consists of, or null.</summary>
    public static ISimpleAssignmentOperation? Assigned(IOperation branch) => branch switch
    {
        IBlockOperation block => block.Operations.Select(Assigned).FirstOrDefault(assignment => assignment is not null),
        IExpressionStatementOperation { Operation: ISimpleAssignmentOperation assignment } => assignment,
        _ => null,
    };

    /// <summary>The switch without a default that stands before the last return of a method, or null.</summary>
    public static ISwitchOperation? EarlierSwitch(IReturnOperation last) =>
        last.Parent is IBlockOperation { Operations: { Length: >= 2 } statements } && statements[statements.Length - 1] == last && statements[statements.Length - 2] is ISwitchOperation choice
        && !choice.Cases.Any(section => section.Clauses.Any(clause => clause is IDefaultCaseClauseOperation)) ? choice : null;

    /// <summary>The ifs before the last return of a method, where each tests a case.</summary>
    public static List<IConditionalOperation>? EarlierCases(IReturnOperation last) =>
        last.Parent is IBlockOperation { Parent: not IConditionalOperation } body && body.Operations[body.Operations.Length - 1] == last
            ? body.Operations.OfType<IConditionalOperation>().ToList() : null;

    private static bool IsState(INamedTypeSymbol type) => Words.ContainAny(type.Name, StateWords) && !Words.ContainAny(type.Name, Shown);

    private static bool IsStateName(string name) => Words.ContainAny(name, StateWords) && !Words.ContainAny(name, Shown);

    private static bool Mentions(SyntaxNode syntax, HashSet<string> words) =>
        syntax.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && Words.ContainAny(token.ValueText, words));

    // Currencies and countries, and the keys that stand for them: rates[to], code switch.
    private static bool MentionsPlace(SyntaxNode syntax) => Mentions(syntax, Places)
        || syntax.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText is "from" or "to" or "source" or "target" or "code" or "pair");
}

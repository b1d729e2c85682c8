using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Money;

/// <summary>An amount whose number stays while its currency changes: a label that is written over, a price of another currency that stands in for a missing one.</summary>
internal sealed class RelabelledAmount : RiskRule
{
    private static readonly HashSet<string> Sums = Words.SetOf("price prices amount total subtotal fee cost balance");

    private static readonly HashSet<string> Repricing = Words.SetOf("convert converted reprice recalculate calculate exchange revalue compute refresh");

    // What is shown, asked for or set up holds no money of anybody.
    private static readonly HashSet<string> Asked = Words.SetOf("filter query search options settings configuration criteria context session preference preferences culture");

    private static readonly HashSet<string> Finders = new(StringComparer.Ordinal) { "FirstOrDefault", "SingleOrDefault", "Find", "LastOrDefault", "FirstOrDefaultAsync", "SingleOrDefaultAsync" };

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK1019",
        title: "An amount is relabelled with another currency",
        message: "'{0}' {1}: the number stays and the currency changes, so that 100 yen count as 100 dollars; {2}",
        why: "A price is a number and a currency. Where one of them is replaced alone, everybody who buys in the other currency pays a price that nobody set.");

    public RelabelledAmount() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        on.Operation(CheckStandIn, OperationKind.Coalesce, OperationKind.Conditional);
        on.Operation(CheckLabel, OperationKind.SimpleAssignment);
        on.Operation(CheckUpdate, OperationKind.ObjectCreation);
    }

    // variant.Prices.FirstOrDefault(p => p.Currency == currency)?.Price ?? variant.Price
    private static void CheckStandIn(OperationVisit visit)
    {
        if (!Amounts.IsDecimal(visit.Operation.Type.WithoutNullable()))
            return;
        var (found, standIn) = visit.Operation switch
        {
            ICoalesceOperation coalesce => (coalesce.Value, coalesce.WhenNull),
            IConditionalOperation { WhenFalse: { } otherwise } choice when Fallback.AsksWhetherFound(choice.Condition) => IsPlain(choice.WhenTrue, visit) && !IsByCurrency(choice.WhenTrue) ? (otherwise, choice.WhenTrue) : (choice.WhenTrue, otherwise),
            _ => default,
        };
        if (found is null || !IsPlain(standIn, visit) || !IsByCurrency(found) || IsByCurrency(standIn))
            return;
        visit.Report(standIn, Excerpt.Of(standIn.WithoutConversions()), "stands in where there is no price in the currency that was asked for", "convert it, or refuse the currency");
    }

    // product.Price, variant?.BasePrice: a number as it is stored, neither converted nor made up.
    private static bool IsPlain(IOperation value, OperationVisit visit)
    {
        value = value.WithoutConversions();
        while (value is IConditionalAccessOperation access)
            value = access.WhenNotNull.WithoutConversions();
        return value is IPropertyReferenceOperation { Property: { IsStatic: false, Name: var name } } && visit.Facts.MoneyIn(value.Syntax.SyntaxTree).MeanBasePrice(name) && !MoneyWords.MeanRate(name);
    }

    // The value, or the local that it is read from, was looked up by a currency.
    private static bool IsByCurrency(IOperation value)
    {
        foreach (var part in value.DescendantsAndSelf())
        {
            if (part is IInvocationOperation call && IsLookUp(call))
                return true;
            if (part is ILocalReferenceOperation local && Flow.InitialValue(local) is { } initial && initial.DescendantsAndSelf().Any(inner => inner is IInvocationOperation origin && IsLookUp(origin)))
                return true;
        }
        return false;
    }

    private static bool IsLookUp(IInvocationOperation call) => (Finders.Contains(call.TargetMethod.Name) || call.TargetMethod.Name == "Where")
        && call.Arguments.Any(argument => argument.Value.WithoutConversions() is IDelegateCreationOperation { Target: IAnonymousFunctionOperation { Body: var body } } && AsksForCurrency(body) || argument.Value.WithoutConversions() is IAnonymousFunctionOperation { Body: var query } && AsksForCurrency(query));

    private static bool AsksForCurrency(IOperation body) => body.Descendants().Any(part => part is IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals, LeftOperand: var left, RightOperand: var right } && (NamesCurrency(left) || NamesCurrency(right))
        || part is IInvocationOperation { TargetMethod.Name: "Equals", Instance: { } compared } && NamesCurrency(compared));

    private static bool NamesCurrency(IOperation value) => value.WithoutConversions() is IPropertyReferenceOperation { Property.Name: var name } && CurrencyAmount.IsCurrency(name);

    // basket.CurrencyCode = currencies.Current(); and the prices in the basket are what they were.
    private static void CheckLabel(OperationVisit visit)
    {
        var assignment = (ISimpleAssignmentOperation)visit.Operation;
        if (assignment.Target is not IPropertyReferenceOperation { Property: { ContainingType: { TypeKind: TypeKind.Class } type, IsStatic: false } label, Instance: { } owner } || !CurrencyAmount.IsCurrency(label.Name) || label.Name.EndsWith("Symbol", StringComparison.Ordinal))
            return;
        if (owner is not (ILocalReferenceOperation or IParameterReferenceOperation) || owner.ReferencedSymbol() is not { } holder || assignment.Parent is not IExpressionStatementOperation)
            return;
        if (Words.ContainAny(type.Name, Asked) || LiteralPlaces.HoldsValues(visit.Member) || Words.ContainAny(visit.Member.Name, Repricing) || !HoldsAmounts(type, visit.Facts.MoneyIn(assignment.Syntax.SyntaxTree)))
            return;
        // Upper case, trimmed, or made here: it was nothing else before.
        if (assignment.Value.Mentions(holder) || owner is ILocalReferenceOperation local && IsMade(local) || assignment.Value.Mentions(label))
            return;
        if (assignment.Ancestors().OfType<IConditionalOperation>().Any(choice => choice.Condition.Mentions(label)) || IsRepriced(visit, holder, type))
            return;
        visit.Report(assignment, Excerpt.Of(assignment.Target), $"is written over while the amounts of '{type.Name}' stay what they were", "convert them, or price them again");
    }

    private static bool IsMade(ILocalReferenceOperation local) => local.Local.DeclaringSyntaxReferences is not [var declared] || declared.GetSyntax() is not ForEachStatementSyntax && IsMade(Flow.InitialValue(local));

    private static bool IsMade(IOperation? initial) => initial?.WithoutAwait() is IObjectCreationOperation or null || initial.WithoutAwait() is IInvocationOperation { TargetMethod: { } made } && (made.Name is "Map" or "Adapt" or "Clone" or "Deserialize" || Words.Of(made.Name) is ["to" or "map" or "create" or "build" or "make" or "new" or "prepare" or "parse", ..]);

    // An amount of it, or of a line in it.
    private static bool HoldsAmounts(INamedTypeSymbol type, MoneyWords money, int depth = 1)
    {
        foreach (var member in type.GetMembers())
        {
            if (member is not IPropertySymbol { IsStatic: false, Type: var of, Name: var name })
                continue;
            if (of.WithoutNullable()?.SpecialType is SpecialType.System_Decimal or SpecialType.System_Double && money.Mean(name) && !MoneyWords.MeanRate(name) && Words.ContainAny(name, Sums))
                return true;
            if (depth > 0 && of is INamedTypeSymbol { TypeArguments: [INamedTypeSymbol line] } && line.IsOfTheProduct() && HoldsAmounts(line, money, depth - 1))
                return true;
        }
        return false;
    }

    // Its amounts are set here as well, or somebody is asked to price it again.
    private static bool IsRepriced(OperationVisit visit, ISymbol holder, INamedTypeSymbol type) => visit.Body.DescendantsAndSelf().Any(operation => operation switch
    {
        IAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: var set } } => Words.ContainAny(set, Sums),
        IInvocationOperation { TargetMethod.Name: var called } => Words.ContainAny(called, Repricing),
        _ => false,
    });

    // new PaymentIntentUpdateOptions { Amount = cents }: the intent keeps the currency that it was made in.
    private static void CheckUpdate(OperationVisit visit)
    {
        if (visit.Operation is not IObjectCreationOperation { Type: INamedTypeSymbol { Name: "PaymentIntentUpdateOptions" }, Initializer.Initializers: var setters } creation)
            return;
        var set = setters.OfType<ISimpleAssignmentOperation>().Select(setter => setter.Target.ReferencedSymbol()?.Name).ToList();
        if (!set.Contains("Amount") || set.Contains("Currency") || !KnowsCurrency(visit.Member))
            return;
        visit.Report(creation.Syntax is ObjectCreationExpressionSyntax { Type: { } type } ? type : creation.Syntax, "Amount", "is new while the intent keeps the currency that it was made in", "set the currency as well, or make another intent where it differs");
    }

    private static bool KnowsCurrency(ISymbol member) => member is IMethodSymbol method && method.Parameters.Any(parameter => CurrencyAmount.IsCurrency(parameter.Name) || parameter.Type.GetMembers().Any(held => held is IPropertySymbol && CurrencyAmount.IsCurrency(held.Name)));
}

using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Money;

/// <summary>A price that was not found becomes 0, or a guess, and is charged.</summary>
internal sealed class MissingPriceIsFree : RiskRule
{
    private static readonly HashSet<string> Aggregates = Words.SetOf("Sum SumAsync Max MaxAsync Min MinAsync Average AverageAsync Count Aggregate");

    // Bounds of a filter and figures of a report, not what anybody pays.
    private static readonly HashSet<string> Limits = Words.SetOf("min max minimum maximum average avg cost costs lowest highest lower upper filter old previous compare entered additional addon extra optional");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK1003",
        title: "A missing price becomes free",
        message: "Where '{0}' is missing it counts as {1}, and the sale goes through at that price; refuse the sale, or throw",
        why: "\"No product row\" turns into 0.00 and is then charged. Repricing tools that fell back to a made-up price sold goods for a penny until the warehouse was empty.");

    public MissingPriceIsFree() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        on.Operation(CheckFallback, OperationKind.Coalesce, OperationKind.Conditional, OperationKind.Invocation);
        on.Operation(CheckReturn, OperationKind.Return);
        on.Operation(CheckInitial, OperationKind.VariableDeclarator);
        on.Operation(CheckAssignment, OperationKind.SimpleAssignment);
    }

    private static void CheckFallback(OperationVisit visit)
    {
        if (!IsAmount(visit.Operation.Type))
            return;
        var (lookup, number) = Fallback.Of(visit.Operation) is { } fallback ? (fallback.Lookup, fallback.Number) : (FirstOrZero(visit.Operation), 0m);
        if (lookup is null || number is not >= 0m)
            return;
        var money = visit.Facts.MoneyIn(visit.Operation.Syntax.SyntaxTree);
        var name = NameOf(lookup, money);
        // prices.TryGetValue(id, out var p) ? p * quantity : 0m
        if (!IsPrice(name, money) && visit.Operation is IConditionalOperation { Condition: var asked } && asked.WithoutConversions() is IInvocationOperation { TargetMethod.Name: "TryGetValue", Instance: { } table } && table.ReferencedSymbol() is { } named && IsPrice(named.Name, money))
            name = named.Name;
        var isBase = IsPrice(name, money);
        // A total that was not found matters where it is paid.
        if (!isBase && !(money.MeanAmountDue(name) && PriceFlow.IsPaid(visit, visit.Operation)))
            return;
        if (visit.Operation.Target(visit.Member) is { } target && Words.ContainAny(target.Name, Limits) || HasPriceKinds(lookup))
            return;
        if (IsAnswered(lookup) || Settings.Read(lookup.WithoutAwait()) is not null || !PriceFlow.IsCharged(visit, visit.Operation, money))
            return;
        if (GuardFlow.Holds(lookup.WithoutAwait() is IConditionalAccessOperation { Operation: var owner } ? owner : lookup, Bounds.NotNull | Bounds.Checked, () => visit.Graph))
            return;
        visit.Report(visit.Operation, Excerpt.Of(lookup.WithoutConversions()), Text(number.Value));
    }

    // db.Products.Where(p => p.Id == id).Select(p => p.Price).FirstOrDefault() is 0 where there is no product.
    private static IOperation? FirstOrZero(IOperation operation) =>
        operation is IInvocationOperation { TargetMethod.Name: "FirstOrDefault" or "SingleOrDefault" or "LastOrDefault" or "FirstOrDefaultAsync" or "SingleOrDefaultAsync" or "LastOrDefaultAsync" } call
        && operation.Type.AwaitedType() is { IsValueType: true, OriginalDefinition.SpecialType: not SpecialType.System_Nullable_T }
        && ValuePath.Receiver(call)?.WithoutAwait() is IInvocationOperation { TargetMethod.Name: "Select" } select ? select : null;

    // if (product == null) return 0m; in a method that is asked for a price, and the last return of one that looked.
    private static void CheckReturn(OperationVisit visit)
    {
        if (visit.Operation is not IReturnOperation { ReturnedValue: { } value, Kind: OperationKind.Return } answer || !IsAmount(value.Type) || value.ConstantNumber() is not (>= 0m and var number))
            return;
        if (value.Target(visit.Member) is not { } asked || IsDisplay(asked.ContainingType))
            return;
        var money = visit.Facts.MoneyIn(value.Syntax.SyntaxTree);
        if (!IsPrice(asked.Name, money) && !(number == 0m && IsShippingCost(asked.Name)) || !IsMissingCase(answer))
            return;
        visit.Report(value, asked.Name, Text(number));
    }

    // Where nobody delivers to, or no rate was set, shipping is not free.
    private static bool IsShippingCost(string name) => Words.ContainAny(name, Shipping) && Words.ContainAny(name, Costs) && !Words.ContainAny(name, Extras);

    private static readonly HashSet<string> Shipping = Words.SetOf("shipping delivery freight courier postage");

    private static readonly HashSet<string> Extras = Words.SetOf("discount surcharge extra additional tax saved savings min max threshold");

    private static readonly HashSet<string> Costs = Words.SetOf("cost costs fee fees rate price charge");

    private static bool IsMissingCase(IReturnOperation answer)
    {
        IOperation child = answer;
        for (var parent = answer.Parent; parent is not null; child = parent, parent = parent.Parent)
        {
            switch (parent)
            {
                case IConditionalOperation choice:
                    return Fallback.AsksWhetherFound(choice.Condition);
                case IBlockOperation { Parent: not IConditionalOperation } body:
                    // The last word of a method that returns what it finds.
                    return child == body.Operations[body.Operations.Length - 1] && parent.Parent is not (ICatchClauseOperation or ILoopOperation) && (parent.Parent is not ITryOperation attempt || attempt.Body == body)
                        && body.Operations.Any(statement => statement != child && statement is IConditionalOperation { WhenFalse: null } or ILoopOperation or ISwitchOperation && statement.DescendantsInFunction().Any(ReturnsFound));
                case IBlockOperation or ISwitchCaseOperation:
                    break;
                default:
                    return false;
            }
        }
        return false;
    }

    private static bool ReturnsFound(IOperation operation) =>
        operation is IReturnOperation { ReturnedValue: { ConstantValue.HasValue: false } found } && found.ReferencedSymbol() is not null
        && (operation.Ancestor<IConditionalOperation>() is null || operation.Ancestor<IConditionalOperation>() is { Condition: var condition } && (Fallback.AsksWhetherFound(condition) || operation.Ancestor<ILoopOperation>() is not null));

    // var price = 0m; if (product != null) price = product.Price; total += price * quantity;
    private static void CheckInitial(OperationVisit visit)
    {
        var declarator = (IVariableDeclaratorOperation)visit.Operation;
        if (!IsAmount(declarator.Symbol.Type) || declarator.GetVariableInitializer()?.Value is not { } initial || initial.ConstantNumber() is not (>= 0m and var number))
            return;
        var money = visit.Facts.MoneyIn(declarator.Syntax.SyntaxTree);
        if (!IsPrice(declarator.Symbol.Name, money))
            return;
        var found = false;
        foreach (var operation in declarator.EnclosingFunction().DescendantsInFunction())
        {
            if (operation is not IAssignmentOperation assignment || !SymbolEqualityComparer.Default.Equals(assignment.Target.ReferencedSymbol(), declarator.Symbol))
                continue;
            if (assignment is not ISimpleAssignmentOperation || assignment.Ancestor<IConditionalOperation>() is not { WhenFalse: null } choice || !Fallback.AsksWhetherFound(choice.Condition) || assignment.Ancestor<ICatchClauseOperation>() is not null)
                return;
            found = true;
        }
        if (found && PriceFlow.IsLocalCharged(visit, declarator, money))
            visit.Report(declarator, declarator.Symbol.Name, Text(number));
    }

    // if (product is null) price = 0m; else price = product.Price;
    private static void CheckAssignment(OperationVisit visit)
    {
        var assignment = (ISimpleAssignmentOperation)visit.Operation;
        if (assignment.Value.ConstantNumber() is not (>= 0m and var number) || !IsAmount(assignment.Value.Type) || assignment.Target.ReferencedSymbol() is not { } target)
            return;
        if (assignment.Parent is not IExpressionStatementOperation || assignment.Ancestor<IConditionalOperation>() is not { } choice || !Fallback.AsksWhetherFound(choice.Condition))
            return;
        var money = visit.Facts.MoneyIn(assignment.Syntax.SyntaxTree);
        // entity.Price = 0m; entity.Type = InvoiceType.TopUp: the case has a name.
        if (assignment.Parent.Parent is IBlockOperation { Operations: var beside } && beside.Any(NamesCase))
            return;
        if (IsPrice(target.Name, money) && PriceFlow.IsCharged(visit, assignment.Value, money))
            visit.Report(assignment.Value, target.Name, Text(number));
    }

    private static bool NamesCase(IOperation statement) => statement is IExpressionStatementOperation { Operation: ISimpleAssignmentOperation { Target: IPropertyReferenceOperation, Value: var value } }
        && value.WithoutConversions() is IFieldReferenceOperation { Field.ContainingType.TypeKind: TypeKind.Enum };

    // PriceType { Fixed, Minimum, TopUp }: without a price the customer says what to pay.
    private static bool HasPriceKinds(IOperation lookup) => lookup.WithoutAwait() is IPropertyReferenceOperation { Property.ContainingType: { } holder }
        && holder.GetMembers().Any(member => member is IPropertySymbol && Words.Of(member.Name) is ["price" or "pricing" or "amount", "type" or "kind" or "mode" or "method"]);

    // Somebody made sure that there is something to look up.
    private static bool IsAnswered(IOperation lookup)
    {
        lookup = lookup.WithoutAwait();
        if (lookup is IInvocationOperation call && Aggregates.Contains(call.TargetMethod.Name))
            return true;
        if (lookup is IConditionalAccessOperation { Operation: var owner, WhenNotNull: var found })
            return (Guards.Of(owner) & Bounds.NotNull) != 0 && found.Type.WithoutNullable() == (object?)found.Type
                || found is IInvocationOperation { TargetMethod.Name: var name } && Aggregates.Contains(name);
        // A form's empty field is what its user typed, and (decimal?)x only pleases a query that sums nothing.
        if (lookup is IPropertyReferenceOperation { Property.ContainingType: var owning } && IsDisplay(owning) || lookup.Type is { IsValueType: true, OriginalDefinition.SpecialType: not SpecialType.System_Nullable_T } && lookup.Parent is IConversionOperation { IsImplicit: false })
            return true;
        return (Guards.Of(lookup) & (Bounds.NotNull | Bounds.Lower | Bounds.Checked)) != 0 && lookup is not IInvocationOperation;
    }

    private static bool IsPrice(string name, MoneyWords money) => money.MeanBasePrice(name) && !MoneyWords.MeanRate(name) && !Words.ContainAny(name, Limits);

    private static string NameOf(IOperation lookup, MoneyWords money)
    {
        lookup = lookup.WithoutAwait();
        return lookup switch
        {
            IInvocationOperation { TargetMethod.Name: "Select" } select => Conditions.Answer(select) is { } chosen ? NameOf(chosen, money) : "",
            IConditionalAccessOperation access => NameOf(access.WhenNotNull, money),
            IPropertyReferenceOperation { Property: { IsIndexer: true }, Instance: { } table } => NameOf(table, money),
            // product?.Price * quantity: the price decides.
            IBinaryOperation product => NameOf(product.LeftOperand, money) is var left && money.MeanBasePrice(left) ? left : NameOf(product.RightOperand, money),
            _ => lookup.ReferencedSymbol()?.Name ?? "",
        };
    }

    internal static bool IsDisplay(INamedTypeSymbol? type) => type is not null && Words.Of(type.Name) is { IsEmpty: false } words && DisplayTypes.Contains(words[words.Length - 1]);

    private static readonly HashSet<string> DisplayTypes = Words.SetOf("model vm dto form response view row report export summary preview display mapper profile page component");

    private static bool IsAmount(ITypeSymbol? type) => type is IErrorTypeSymbol || type.AwaitedType().WithoutNullable()?.SpecialType is SpecialType.System_Decimal or SpecialType.System_Double or SpecialType.System_Single or SpecialType.System_Int32 or SpecialType.System_Int64;

    private static string Text(decimal number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

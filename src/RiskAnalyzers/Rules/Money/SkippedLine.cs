using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Money;

/// <summary>An item that a loop over money leaves out when something about it is missing, without a word to anybody.</summary>
internal sealed class SkippedLine : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK1015",
        title: "An item is silently left out of a sum",
        message: "'{0}' decides silently whether an item counts in '{1}': what is left out is sold, refunded or reserved without being counted, and nobody learns; refuse, or record what was skipped",
        why: "A product that cannot be found drops out of the total: the customer gets a basket that nobody charged in full, an order with a line less, a refund that is too small. "
            + "The sum looks like any other.");

    public SkippedLine() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        on.Operation(CheckBranch, OperationKind.Conditional);
        on.Operation(CheckFilter, OperationKind.Invocation);
    }

    private static void CheckBranch(OperationVisit visit)
    {
        var branch = (IConditionalOperation)visit.Operation;
        if (RepeatedLines.IsDropped(branch, visit.Member))
        {
            visit.Report(branch.Condition, Excerpt.Of(branch.Condition), visit.Member.Name);
            return;
        }
        if (branch.WhenFalse is not null || branch.Syntax is not IfStatementSyntax || LoopAround(branch) is not { } loop)
            return;
        var skips = IsContinue(branch.WhenTrue);
        if (!skips && !IsLastOf(branch, loop.Body))
            return;
        if (Absence.In(branch.Condition, when: skips, ItemOf(loop)) is not { } absence)
            return;
        if (IsMembership(absence, loop) || Words.ContainAny(visit.Member.Name, Extras))
            return;
        var counted = skips ? After(branch, loop.Body) : branch.WhenTrue.DescendantsInFunction();
        if (LineEffects.First(counted, loop, visit.Facts.MoneyIn(loop.Syntax.SyntaxTree)) is { } effect)
            visit.Report(absence, Excerpt.Of(absence), effect);
    }

    // What is charged on top, for those that need it.
    private static readonly HashSet<string> Extras = Words.SetOf("shipping surcharge surcharges handling freight");

    // var mine = shipment.Items.FirstOrDefault(i => i.OrderItemId == orderItem.Id); if (mine != null) sum += mine.Quantity: not every shipment has the item in it.
    private static bool IsMembership(IOperation absence, ILoopOperation loop)
    {
        if (absence.DescendantsAndSelf().OfType<ILocalReferenceOperation>().Select(Flow.InitialValue).FirstOrDefault(initial => initial is not null)?.WithoutAwait() is not IInvocationOperation search)
            return false;
        var collection = ValuePath.Receiver(search) is { } receiver ? ValuePath.SourceOf(receiver) : null;
        if (collection is not IPropertyReferenceOperation { Instance: { } container } || !SymbolEqualityComparer.Default.Equals(container.ReferencedSymbol(), ElementOf(loop)) || Conditions.Answer(search) is not { } condition)
            return false;
        return !condition.DescendantsAndSelf().Any(part => part.ReferencedSymbol() is { } named && SymbolEqualityComparer.Default.Equals(named, ElementOf(loop)));
    }

    private static ISymbol? ElementOf(ILoopOperation loop) => ItemOf(loop) ?? loop.Body.ChildOperations.OfType<IVariableDeclarationGroupOperation>().SelectMany(group => group.Declarations).SelectMany(declaration => declaration.Declarators)
        .FirstOrDefault(declarator => declarator.GetVariableInitializer()?.Value.WithoutConversions() is IPropertyReferenceOperation { Property.IsIndexer: true } or IArrayElementReferenceOperation)?.Symbol;

    // lines.Where(line => line.Product != null).Sum(line => line.Product.Price)
    private static void CheckFilter(OperationVisit visit)
    {
        var sum = (IInvocationOperation)visit.Operation;
        if (sum.TargetMethod.Name is not ("Sum" or "SumAsync" or "Aggregate"))
            return;
        var money = visit.Facts.MoneyIn(sum.Syntax.SyntaxTree);
        if (sum.Target(visit.Member) is { } measured && Amounts.IsMeasure(measured.Name))
            return;
        if (!money.Mean(sum) && !(sum.Target(visit.Member) is { } target && money.Mean(target.Name)) && !Amounts.IsDecimal(sum.Type))
            return;
        for (var source = EntityFramework.Receiver(sum); source is IInvocationOperation { TargetMethod: { Name: var name } } call; source = EntityFramework.Receiver(call))
        {
            if (name == "Where" && call.Arguments.Select(argument => argument.Value.WithoutConversions()).OfType<IDelegateCreationOperation>().FirstOrDefault() is { Target: IAnonymousFunctionOperation { Symbol.Parameters: [var item, ..] } lambda }
                && lambda.Body.Operations is [.., IReturnOperation { ReturnedValue: { } condition }] && Absence.In(condition, when: false, item) is { } absence)
            {
                visit.Report(absence, Excerpt.Of(absence), sum.Target(visit.Member)?.Name ?? sum.TargetMethod.Name);
                return;
            }
        }
    }

    private static ILoopOperation? LoopAround(IOperation operation)
    {
        for (var ancestor = operation.Parent; ancestor is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation); ancestor = ancestor.Parent)
        {
            if (ancestor is ILoopOperation loop)
                return loop is IForEachLoopOperation or IForLoopOperation ? loop : null;
            if (ancestor is IConditionalOperation or ISwitchOperation or ITryOperation)
                return null;
        }
        return null;
    }

    private static ISymbol? ItemOf(ILoopOperation loop) => loop is IForEachLoopOperation { LoopControlVariable: IVariableDeclaratorOperation { Symbol: var item } } ? item : null;

    private static bool IsContinue(IOperation branch) => branch switch
    {
        IBranchOperation { BranchKind: BranchKind.Continue } => true,
        IBlockOperation { Operations: [var only] } => IsContinue(only),
        _ => false,
    };

    // if (product != null) { total += ...; } at the loop's end: nothing follows that could tell.
    private static bool IsLastOf(IConditionalOperation branch, IOperation body) => body == branch || body is IBlockOperation { Operations: [.., var last] } && last == branch;

    private static IEnumerable<IOperation> After(IOperation branch, IOperation body)
    {
        var found = false;
        foreach (var statement in body is IBlockOperation block ? block.Operations : ImmutableArray.Create(body))
        {
            if (found)
            {
                foreach (var operation in statement.DescendantsInFunction())
                    yield return operation;
            }
            found |= statement == branch;
        }
    }
}

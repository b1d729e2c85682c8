using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>Stock, a balance or a usage count that is read, changed in memory and saved, while another request does the same.</summary>
internal sealed class UnguardedBalanceUpdate : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK2008",
        title: "A shared balance is changed without a concurrency guard",
        message: "'{0}' is read, changed in memory and saved: of two requests at once one change is lost, or both pass the same check; add a concurrency token to '{1}', or change it in one guarded statement (ExecuteUpdate with the condition in Where)",
        why: "Two buyers of the last item both see stock 1. Both orders go through, a wallet is spent twice, a coupon is redeemed more often than it may.");

    public UnguardedBalanceUpdate() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        var persistence = Persistence.In(on.Facts);
        var counters = SharedCounters.In(on.Facts);
        var requests = RequestData.In(on.Facts);
        on.Operation(visit => CheckOverwrite(visit, persistence, counters, requests), OperationKind.SimpleAssignment);
        on.Operation(visit => CheckChange(visit, persistence, counters), OperationKind.CompoundAssignment, OperationKind.SimpleAssignment, OperationKind.Increment, OperationKind.Decrement);
        on.Operation(visit => CheckCall(visit, persistence, counters), OperationKind.Invocation);
    }

    // product.Stock = request.Stock: whatever was sold since the form was opened is back.
    private static void CheckOverwrite(OperationVisit visit, Persistence persistence, SharedCounters counters, RequestData requests)
    {
        if (visit.Operation is not ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Instance: { } holder, Property: var counter }, Value: var value } || !SharedCounters.Is(counter) || counters.AreGuarded(counter.ContainingType))
            return;
        if (holder is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } ? !IsOwnSetter(value, visit.Member, counter.ContainingType)
            : holder is IInstanceReferenceOperation || !requests.Holds(value) || !IsStored(holder, visit, persistence) || !IsSaved(visit, persistence) || Serial.Is(visit))
            return;
        visit.Report(visit.Operation, visit.Operation is ISimpleAssignmentOperation { Target: var target } ? target.Syntax.ToString() : counter.Name, counter.ContainingType.Name);
    }

    // public void UpdateStock(int quantity) => Stock = quantity; of the entity.
    private static bool IsOwnSetter(IOperation value, ISymbol member, INamedTypeSymbol type) => value.WithoutConversions() is IParameterReferenceOperation { Parameter.ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public, IsStatic: false } }
        && Words.Of(member.Name) is ["update" or "set" or "change" or "adjust", ..] words && words.Any(word => word is "stock" or "inventory" or "balance" or "quantity" or "points") && IsKept(type);

    // if (Stock < quantity) throw; Stock -= quantity; in the entity: whoever calls it has read the row before.
    private static bool IsCheckedSubtraction(IOperation change, ISymbol counter, ISymbol member) => change is ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Subtract } && member is IMethodSymbol { DeclaredAccessibility: Accessibility.Public, IsStatic: false } && IsKept(counter.ContainingType)
        && change.EnclosingFunction().DescendantsInFunction().Any(operation => operation is IConditionalOperation { Condition: var condition, WhenTrue: var leaving } && operation.Syntax.SpanStart < change.Syntax.SpanStart && condition.Mentions(counter) && Flow.Leaves(leaving));

    // Callers of this project are told where they load and save.
    private static bool IsCalledHere(OperationVisit visit) => visit.Compilation.SyntaxTrees.Any(tree => tree != visit.Operation.Syntax.SyntaxTree && TextSearch.Contains(tree, "." + visit.Member.Name + "(")
        || tree == visit.Operation.Syntax.SyntaxTree && tree.GetRoot(visit.Cancellation).DescendantNodes().Any(node => node is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var called } && called == visit.Member.Name));

    private static void CheckChange(OperationVisit visit, Persistence persistence, SharedCounters counters)
    {
        if (Changed(visit.Operation) is not { Instance: { } holder } counter || !SharedCounters.Is(counter.Member) || Repeats(visit.Operation, counter.Member))
            return;
        if (holder is IInstanceReferenceOperation)
        {
            if (IsCheckedSubtraction(visit.Operation, counter.Member, visit.Member) && !IsCalledHere(visit) && !counters.AreGuarded(counter.Member.ContainingType) && !Serial.Is(visit))
                visit.Report(visit.Operation, counter.Syntax.ToString(), counter.Member.ContainingType.Name);
            return;
        }
        if (counters.AreGuarded(counter.Member.ContainingType) || !IsStored(holder, visit, persistence) || !IsSaved(visit, persistence) || Serial.Is(visit))
            return;
        visit.Report(visit.Operation, counter.Syntax.ToString(), counter.Member.ContainingType.Name);
    }

    // product.Reserve(quantity), where Reserve subtracts.
    private static void CheckCall(OperationVisit visit, Persistence persistence, SharedCounters counters)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (call.Instance is null or IInstanceReferenceOperation || call.TargetMethod is not { IsStatic: false, DeclaringSyntaxReferences: [var declaration] } method || method.ContainingType is not { TypeKind: TypeKind.Class } type)
            return;
        if (call.Parent is not (IExpressionStatementOperation or IConditionalOperation or IVariableInitializerOperation or IUnaryOperation or IAssignmentOperation or IReturnOperation) || counters.AreGuarded(type))
            return;
        if (Counter(declaration.GetSyntax(visit.Cancellation), type) is not { } counter || !IsStored(call.Instance, visit, persistence) || !IsSaved(visit, persistence) || Serial.Is(visit))
            return;
        visit.Report(call, call.Instance.Syntax + "." + counter, type.Name);
    }

    private static IMemberReferenceOperation? Changed(IOperation operation) => operation switch
    {
        ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract, Target: IMemberReferenceOperation target } => target,
        IIncrementOrDecrementOperation { Target: IMemberReferenceOperation target } => target,
        // x.Stock = x.Stock - n; x.Stock = Math.Max(0, x.Stock - n)
        ISimpleAssignmentOperation { Target: IMemberReferenceOperation target, Value: var value } when value.DescendantsAndSelf().Any(part => part is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract } sum
            && (IsSame(sum.LeftOperand, target) || IsSame(sum.RightOperand, target))) => target,
        _ => null,
    };

    private static bool IsSame(IOperation operand, IMemberReferenceOperation target) => operand.WithoutConversions() is IMemberReferenceOperation read
        && SymbolEqualityComparer.Default.Equals(read.Member, target.Member) && read.Instance?.Syntax.ToString() == target.Instance?.Syntax.ToString();

    // Reserved down and on hand down belong together: the first one speaks.
    private static bool Repeats(IOperation change, ISymbol member) => change.Parent is IExpressionStatementOperation { Parent: { } block }
        && block.ChildOperations.TakeWhile(statement => statement != change.Parent).OfType<IExpressionStatementOperation>().Any(earlier => Changed(earlier.Operation) is { } counter && SharedCounters.Is(counter.Member)
            && SymbolEqualityComparer.Default.Equals(counter.Member.ContainingType, member.ContainingType));

    // By syntax: what a method of the entity does to its own counter.
    private static string? Counter(SyntaxNode declaration, INamedTypeSymbol type)
    {
        foreach (var node in declaration.DescendantNodes())
        {
            var target = node switch
            {
                AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression or (int)SyntaxKind.SubtractAssignmentExpression, Left: var left } => left,
                PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression, Operand: var operand } => operand,
                AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: IdentifierNameSyntax left, Right: BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression or (int)SyntaxKind.SubtractExpression } sum } when sum.Left.ToString() == left.ToString() => left,
                _ => null,
            };
            var name = target switch
            {
                IdentifierNameSyntax identifier => identifier.Identifier.ValueText,
                MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name.Identifier.ValueText: var own } => own,
                _ => null,
            };
            if (name is not null && type.GetMembers(name).FirstOrDefault() is { } member && SharedCounters.Is(member))
                return name;
        }
        return null;
    }

    // Loaded here, reached from something that was, or handed in as an entity.
    private static bool IsStored(IOperation holder, OperationVisit visit, Persistence persistence)
    {
        for (var steps = 0; steps < 6; steps++)
        {
            holder = holder.WithoutAwait();
            switch (holder)
            {
                case ILocalReferenceOperation { Local: var local }:
                    if (CallerInput.Origin(local, holder) is not { } origin)
                        return Assigned(local, visit.Body) is { } value && IsLoad(value, persistence);
                    holder = origin;
                    break;
                case IMemberReferenceOperation { Instance: { } instance } when instance is not IInstanceReferenceOperation:
                    holder = instance;
                    break;
                case ICoalesceOperation { Value: var first }:
                    holder = first;
                    break;
                case IArrayElementReferenceOperation { ArrayReference: var array }:
                    holder = array;
                    break;
                case IInvocationOperation call when IsLoad(call, persistence):
                    return true;
                case IInvocationOperation call when EntityFramework.Receiver(call) is { } receiver && receiver is not IInstanceReferenceOperation:
                    holder = receiver;
                    break;
                case IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } indexed }:
                    holder = indexed;
                    break;
                case IConditionalAccessOperation access:
                    holder = access.Operation;
                    break;
                case IParameterReferenceOperation { Parameter: { Type: INamedTypeSymbol type } parameter }:
                    return parameter.ContainingSymbol is IMethodSymbol { MethodKind: not MethodKind.AnonymousFunction } && type.TypeKind == TypeKind.Class && (persistence.IsEntity(type) || IsKept(type));
                default:
                    return false;
            }
        }
        return false;
    }

    // An entity of a store that no context here declares: a class with an id.
    private static bool IsKept(INamedTypeSymbol type)
    {
        for (var ancestor = type; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (!ancestor.GetMembers("Id").IsEmpty || ancestor.Name is "BaseEntity" or "Entity" or "EntityBase" or "AggregateRoot")
                return true;
        }
        return false;
    }

    private static IOperation? Assigned(ILocalSymbol local, IOperation body) => body.Descendants().OfType<ISimpleAssignmentOperation>()
        .FirstOrDefault(assignment => SymbolEqualityComparer.Default.Equals(assignment.Target.ReferencedSymbol(), local))?.Value;

    private static bool IsLoad(IOperation value, Persistence persistence) => value.WithoutAwait() is IInvocationOperation call
        && (persistence.Of(call).HasFlag(DataReach.Query) || call.TargetMethod.Name is "Find" or "FindAsync"
            || Words.Of(call.TargetMethod.Name) is ["get" or "find" or "load" or "fetch", ..] && call.Instance is not null && call.TargetMethod.ContainingType is { } type && Words.Of(type.Name) is [.., "repository" or "service" or "store" or "dao" or "repo" or "session" or "context" or "manager"]);

    private static bool IsSaved(OperationVisit visit, Persistence persistence) => visit.Body.DescendantsAndSelf().Any(operation =>
        operation is IInvocationOperation call && call != visit.Operation && (persistence.Of(call).HasFlag(DataReach.Save)
            || Words.Of(call.TargetMethod.Name) is ["update" or "save" or "replace" or "upsert" or "store" or "commit" or "persist", ..] && !LogCalls.IsLog(call)));
}

using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>Stock, a balance or a usage count that is read, changed in memory and saved, while another request does the same.</summary>
internal sealed class UnguardedBalanceUpdate : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK2008",
        title: "A shared balance is changed without a concurrency guard",
        message: "'{0}' {1}; {2}",
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
        on.Operation(visit => CheckCall(visit, persistence, counters, requests), OperationKind.Invocation);
        on.Operation(visit => CheckStatement(visit, counters), OperationKind.Invocation, OperationKind.ObjectCreation, OperationKind.SimpleAssignment);
    }

    private static void Report(OperationVisit visit, string counter, INamedTypeSymbol holder) => visit.Report(visit.Operation, counter,
        "is read, changed in memory and saved: of two requests at once one change is lost, or both pass the same check", $"add a concurrency token to '{holder.Name}', or change it in one guarded statement (ExecuteUpdate with the condition in Where)");

    // One statement of the store, which writes an old value or asks for nothing.
    private static void CheckStatement(OperationVisit visit, SharedCounters counters)
    {
        if (WholeRows.Of(visit.Operation, visit.Member, counters) is var (number, holder) && !Serial.IsForChange(visit))
            visit.Report(visit.Operation, number, "is written over with a value that was read before: what was sold or booked in between is lost", $"save the tracked row without it, so that only what changed is written, or add a concurrency token to '{holder.Name}'");
        if (WrittenCounters.Of(visit.Operation, counters) is not var (place, counter, harm, remedy) || Words.ContainAny(visit.Member.Name, Preparing) || Serial.IsForChange(visit))
            return;
        visit.Report(WrittenCounters.PlaceOf(place, counter) ?? place.CalledName().GetLocation(), counter, harm, remedy);
    }

    private static readonly HashSet<string> Preparing = Words.SetOf("seed seeder migrate migration import reset rebuild recalculate sync synchronize reconcile");

    // product.Stock = request.Stock: whatever was sold since the form was opened is back.
    private static void CheckOverwrite(OperationVisit visit, Persistence persistence, SharedCounters counters, RequestData requests)
    {
        if (visit.Operation is not ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Instance: { } holder, Property: var counter }, Value: var value } || !SharedCounters.Is(counter))
            return;
        if (counters.AreGuarded(counter.ContainingType))
        {
            if (holder is not IInstanceReferenceOperation && requests.Holds(value))
                CheckForm(visit, value, holder, counter.ContainingType, persistence);
            return;
        }
        if (holder is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } ? !IsOwnSetter(value, visit.Member, counter.ContainingType)
            : holder is IInstanceReferenceOperation || !requests.Holds(value) || !StoredRows.IsStored(holder, visit, persistence) || !StoredRows.IsSaved(visit, persistence) || Serial.IsForChange(visit))
            return;
        Report(visit, visit.Operation is ISimpleAssignmentOperation { Target: var target } ? target.Syntax.ToString() : counter.Name, counter.ContainingType);
    }

    // The row has a version, but the form was opened before it was read: what was sold in between is back all the same.
    private static void CheckForm(OperationVisit visit, IOperation sent, IOperation holder, INamedTypeSymbol type, Persistence persistence)
    {
        if (sent.WithoutConversions() is not IPropertyReferenceOperation { Property.ContainingType: { } form } || Words.ContainAny(visit.Member.Name, Preparing) || !StoredRows.IsStored(holder, visit, persistence) || !StoredRows.IsSaved(visit, persistence))
            return;
        // A form that brings the version along, or the row that it was filled from.
        if (form.GetMembers().Any(member => Words.ContainAny(member.Name, Versions)) || visit.Body.Descendants().Any(operation => operation is IPropertyReferenceOperation { Property.Name: "OriginalValue" or "OriginalValues" }))
            return;
        visit.Report(visit.Operation, sent.Syntax.ToString(), "is written over what is there: the row is read and written at once, and its version says nothing about what was sold since the form was opened",
            $"send the version of '{type.Name}' with the form and compare it, or send by how much it changes");
    }

    private static readonly HashSet<string> Versions = Words.SetOf("version rowversion stamp etag xmin timestamp concurrency");

    // public void UpdateStock(int quantity) => Stock = quantity; of the entity.
    private static bool IsOwnSetter(IOperation value, ISymbol member, INamedTypeSymbol type) => value.WithoutConversions() is IParameterReferenceOperation { Parameter.ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public, IsStatic: false } }
        && Words.Of(member.Name) is ["update" or "set" or "change" or "adjust", ..] words && words.Any(word => word is "stock" or "inventory" or "balance" or "quantity" or "points") && StoredRows.IsKept(type);

    // if (Stock < quantity) throw; Stock -= quantity; in the entity: whoever calls it has read the row before.
    private static bool IsCheckedSubtraction(IOperation change, ISymbol counter, ISymbol member) => change is ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Subtract } && member is IMethodSymbol { DeclaredAccessibility: Accessibility.Public, IsStatic: false } && StoredRows.IsKept(counter.ContainingType)
        && change.EnclosingFunction().DescendantsInFunction().Any(operation => operation is IConditionalOperation { Condition: var condition, WhenTrue: var leaving } && operation.Syntax.SpanStart < change.Syntax.SpanStart && condition.Mentions(counter) && Flow.Leaves(leaving));

    private static void CheckChange(OperationVisit visit, Persistence persistence, SharedCounters counters)
    {
        if (Changed(visit.Operation) is not { Instance: { } holder } counter || Repeats(visit.Operation, counter.Member))
            return;
        if (!SharedCounters.Is(counter.Member) && !SharedCounters.IsTally(counter.Member) && !(SharedCounters.IsCarried(counter.Member) && IsHandedBack(holder, visit, persistence)))
            return;
        if (holder is IInstanceReferenceOperation)
        {
            if (IsCheckedSubtraction(visit.Operation, counter.Member, visit.Member) && !counters.AreGuarded(counter.Member.ContainingType) && !Serial.IsForChange(visit))
                Report(visit, counter.Syntax.ToString(), counter.Member.ContainingType);
            return;
        }
        if (counters.AreGuarded(counter.Member.ContainingType) || !StoredRows.IsStored(holder, visit, persistence) || !StoredRows.IsSaved(visit, persistence) || Serial.IsForChange(visit))
            return;
        Report(visit, counter.Syntax.ToString(), counter.Member.ContainingType);
    }

    // response.Data.UsedAmount += n; await campaigns.Update(mapper.Map<...>(response.Data));
    private static bool IsHandedBack(IOperation holder, OperationVisit visit, Persistence persistence)
    {
        while (holder.WithoutConversions() is IMemberReferenceOperation { Instance: { } outer })
            holder = outer;
        return holder.WithoutConversions() is ILocalReferenceOperation { Local: var local } && visit.Body.DescendantsAndSelf().Any(operation => operation is IInvocationOperation call && call.Syntax.SpanStart > visit.Operation.Syntax.SpanStart
            && StoredRows.IsSave(call, persistence) && call.Arguments.Any(argument => argument.Value.Mentions(local)));
    }

    // product.Reserve(quantity), where Reserve subtracts; product.Update(name, stockQuantity: request.StockQuantity), which overwrites.
    private static void CheckCall(OperationVisit visit, Persistence persistence, SharedCounters counters, RequestData requests)
    {
        var call = (IInvocationOperation)visit.Operation;
        CheckMapped(visit, call, persistence, counters, requests);
        if (call.Instance is null or IInstanceReferenceOperation || call.TargetMethod is not { IsStatic: false } method || method.ContainingType is not { TypeKind: TypeKind.Class } type)
            return;
        if (call.Parent is not (IExpressionStatementOperation or IConditionalOperation or IVariableInitializerOperation or IUnaryOperation or IAssignmentOperation or IReturnOperation))
            return;
        var counter = (method.DeclaringSyntaxReferences is [var declaration] ? Counter(declaration.GetSyntax(visit.Cancellation), type) : CounterByName(method, type)) ?? GivenCounter(call, type, requests);
        if (counter is not null && counters.AreGuarded(type) && GivenCounter(call, type, requests) is { } given && call.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == given) is { Value: var sent })
        {
            CheckForm(visit, sent, call.Instance, type, persistence);
            return;
        }
        if (counter is null || counters.AreGuarded(type) || !StoredRows.IsStored(call.Instance, visit, persistence) || !StoredRows.IsSaved(visit, persistence) || Serial.IsForChange(visit))
            return;
        Report(visit, call.Instance.Syntax + "." + counter, type);
    }

    // mapper.Map(request, product), entry.CurrentValues.SetValues(request): the form's stock with the rest of it.
    private static void CheckMapped(OperationVisit visit, IInvocationOperation call, Persistence persistence, SharedCounters counters, RequestData requests)
    {
        if (call.TargetMethod.Name is not ("Map" or "Adapt" or "SetValues") || MappedTo(call) is not (var source, { Type: INamedTypeSymbol { TypeKind: TypeKind.Class } type } row) || source.Type is not INamedTypeSymbol form || !requests.Holds(source))
            return;
        if (MappedCounter(form, type) is not { } counter || counters.AreGuarded(type) || !StoredRows.IsStored(row, visit, persistence) || !StoredRows.IsSaved(visit, persistence) || Serial.IsForChange(visit))
            return;
        Report(visit, row.Syntax + "." + counter, type);
    }

    private static (IOperation Source, IOperation Row)? MappedTo(IInvocationOperation call) => call.TargetMethod.Name == "SetValues"
        ? call is { Arguments: [{ Value: var values }], Instance: IPropertyReferenceOperation { Property.Name: "CurrentValues", Instance: IInvocationOperation { TargetMethod.Name: "Entry", Arguments: [{ Value: var entity }] } } } ? (values.WithoutConversions(), entity.WithoutConversions()) : null
        : call.Arguments is [{ Value: var source }, { Value: var row }] && row.WithoutConversions() is ILocalReferenceOperation local ? (source.WithoutConversions(), local) : null;

    private static string? MappedCounter(INamedTypeSymbol form, INamedTypeSymbol type)
    {
        for (var holder = type; holder is { SpecialType: SpecialType.None }; holder = holder.BaseType)
        {
            if (holder.GetMembers().FirstOrDefault(member => member is IPropertySymbol && SharedCounters.Is(member) && !form.GetMembers(member.Name).IsEmpty) is { } counter)
                return counter.Name;
        }
        return null;
    }

    // The entity stands in another project, where only its names can be read: product.ReduceStock(quantity).
    private static string? CounterByName(IMethodSymbol method, INamedTypeSymbol type) => StoredRows.IsKept(type) && Words.Of(method.Name) is [var verb, .., var noun] && Moving.Contains(verb)
        ? type.GetMembers().FirstOrDefault(member => SharedCounters.Is(member) && Words.Of(member.Name).Contains(noun))?.Name : null;

    private static readonly HashSet<string> Moving = Words.SetOf("reduce decrease decrement deduct subtract restore increase increment add take restock debit credit withdraw deposit spend redeem consume use return");

    private static string? GivenCounter(IInvocationOperation call, INamedTypeSymbol type, RequestData requests) => Words.Of(call.TargetMethod.Name) is ["update" or "set" or "change" or "edit" or "adjust", ..] && StoredRows.IsKept(type)
        ? call.Arguments.FirstOrDefault(argument => argument.Parameter is { } parameter && SharedCounters.IsColumn(parameter.Name) && requests.Holds(argument.Value)
            && type.GetMembers().Any(member => member is IPropertySymbol && string.Equals(member.Name, parameter.Name, StringComparison.OrdinalIgnoreCase) && SharedCounters.Is(member)))?.Parameter?.Name : null;

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
        && block.ChildOperations.TakeWhile(statement => statement != change.Parent).OfType<IExpressionStatementOperation>().Any(earlier => Changed(earlier.Operation) is { } counter && (SharedCounters.Is(counter.Member) || SharedCounters.IsTally(counter.Member))
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
}

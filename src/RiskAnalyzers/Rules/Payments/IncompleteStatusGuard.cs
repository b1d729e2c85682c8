using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>A guard of a state that knows fewer states than there are.</summary>
internal sealed class IncompleteStatusGuard : RiskRule
{
    // States that nothing should leave by accident.
    private static readonly HashSet<string> Final = Words.SetOf("cancelled canceled refunded completed complete delivered closed rejected declined expired failed voided reversed settled shipped paid archived returned terminated finished released succeeded success successful");

    // What holds the state of money, and the states that say where the money is.
    private static readonly HashSet<string> MoneyEntities = Words.SetOf("payment refund invoice installment intent charge payout order transaction settlement");
    private static readonly HashSet<string> MoneyEnds = Words.SetOf("paid failed cancelled canceled refunded expired authorized authorised captured completed approved rejected declined succeeded voided settled collected processing");

    // What is written down about a payment is none.
    private static readonly HashSet<string> Traces = Words.SetOf("log event history webhook audit message notification");

    // An invoice that is open again, whatever it was.
    private static readonly HashSet<string> Reopened = Words.SetOf("issued sent open opened unpaid overdue active");

    private static readonly HashSet<string> Captured = Words.SetOf("captured");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK2011",
        title: "A guard knows fewer states than there are",
        message: "'{0}' lets '{1}' through, {2}: what is finished can be changed again, or made twice; demand the states that may come before",
        why: "One method without the guard that it needs is the way round all of them: a refunded order is shipped, a cancelled payment is completed.");

    public IncompleteStatusGuard() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        on.Declaration(CheckType, SymbolKind.NamedType);
        on.Declaration(CheckList, SymbolKind.Field, SymbolKind.Property);
        on.Operation(CheckFinal, OperationKind.IsPattern);
        on.Body(CheckQuestion);
        var requests = RequestData.In(on.Facts);
        on.Operation(visit => CheckWrite(visit, requests), OperationKind.SimpleAssignment);
        on.Operation(CheckQuery, OperationKind.Invocation);
        on.Operation(visit => CheckBlind(visit, requests), OperationKind.Invocation);
    }

    // private static readonly PaymentStatus[] TerminalStatuses = [Paid, Failed]; and what was refunded in part is none?
    private static void CheckList(DeclarationVisit visit)
    {
        if (FinalStates.InList(visit.Symbol, visit.Syntax) is var (first, forgotten))
            visit.ReportName(visit.Symbol.Name, forgotten, $"although it takes '{first}' for final");
    }

    private static void CheckFinal(OperationVisit visit)
    {
        if (FinalStates.InGuard((IIsPatternOperation)visit.Operation) is var (first, forgotten))
            visit.Report(visit.Operation, visit.Member.Name, forgotten, $"although it takes '{first}' for final");
    }

    private static void CheckQuestion(BodyVisit visit)
    {
        if (visit.Member is IMethodSymbol method && FinalStates.InQuestion(method, visit.Body) is var (first, forgotten))
            visit.Report(visit.Body.Descendants().OfType<IReturnOperation>().FirstOrDefault()?.ReturnedValue ?? visit.Body, method.Name, forgotten, $"although it takes '{first}' for final");
    }

    private static void CheckType(DeclarationVisit visit)
    {
        if (visit.Symbol is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } type)
            return;
        var transitions = StatusTransitions.Of(type, visit.Compilation, visit.Cancellation).ToList();
        if (transitions.Count < 2)
            return;
        foreach (var transition in transitions)
        {
            if (transition.Demands || Strict(transition, transitions) is not { } strict || Open(transition, transitions) is not { } open)
                continue;
            // What is asked and asks too little is read where it is asked.
            visit.Report(transition.Guard ?? transition.At, transition.Method.Name, open, $"while '{strict.Method.Name}' demands a certain state first");
        }
        CheckUnguarded(visit, type, transitions);
        CheckUnpaid(visit, type, transitions);
    }

    // public void Ship() { if (Status != Confirmed) throw; Status = Shipped; } of an order that knows whether it was paid.
    private static void CheckUnpaid(DeclarationVisit visit, INamedTypeSymbol type, List<StatusTransition> transitions)
    {
        if (UnpaidShipments.PaymentOf(type) is not { } payment)
            return;
        foreach (var transition in transitions)
        {
            if (UnpaidShipments.Is(transition, payment))
                visit.Report(transition.Guard ?? transition.At, transition.Method.Name, "what nobody paid", $"because it never looks at '{payment.Name}'");
        }
    }

    // payment.MarkFailed() after payment.MarkCaptured(): where money moves, no sibling needs to show that a guard is missing.
    private static void CheckUnguarded(DeclarationVisit visit, INamedTypeSymbol type, List<StatusTransition> transitions)
    {
        if (!Words.ContainAny(type.Name, MoneyEntities) || Words.ContainAny(type.Name, Traces))
            return;
        var blind = transitions.Where(transition => transition.Target is { } target && Words.ContainAny(target, MoneyEnds) && !transition.Demands && transition.Refused.Count == 0
            && Strict(transition, transitions) is null && !transition.Reads).ToList();
        if (blind.Select(transition => transition.Method.Name).Distinct().Count() < 2)
        {
            // SetPaymentSuccess refuses what is paid already; SetPaymentFailed asks nothing.
            if (blind is [var only, ..] && transitions.Find(other => other.Refused.Count > 0 && other.Method.Name != only.Method.Name && SymbolEqualityComparer.Default.Equals(other.State, only.State)) is { } careful && (Open(only, transitions) ?? (careful.Target is { } taken && Words.ContainAny(taken, Captured) ? taken : null)) is { } lost)
                visit.Report(only.At, only.Method.Name, lost, $"while '{careful.Method.Name}' looks at the state first");
            return;
        }
        foreach (var transition in blind)
        {
            // What is captured may be refunded, but not fail or expire.
            var passed = Open(transition, transitions) ?? blind.FirstOrDefault(other => other.Target != transition.Target && Words.ContainAny(other.Target!, Captured) && SymbolEqualityComparer.Default.Equals(other.State, transition.State))?.Target;
            if (passed is not null)
                visit.Report(transition.At, transition.Method.Name, passed, "because nothing looks at the state before");
        }
    }

    private static StatusTransition? Strict(StatusTransition transition, List<StatusTransition> siblings) =>
        siblings.FirstOrDefault(other => other.Demands && other.Method.Name != transition.Method.Name && SymbolEqualityComparer.Default.Equals(other.State, transition.State));

    // A final state that still gets through; the state that it ends in is none, and what its guard names is none.
    private static string? Open(StatusTransition transition, List<StatusTransition> siblings)
    {
        var states = StatesOf(transition.State is IPropertySymbol property ? property.Type : ((IFieldSymbol)transition.State).Type);
        // The way back to the beginning is a restart, and a state without a name of an end is no harm.
        if (transition.Target is { } target && states.FirstOrDefault()?.Name == target)
            return null;
        return states.FirstOrDefault(state => state.Name != transition.Target && !transition.Refused.Contains(state.Name) && Words.ContainAny(state.Name, Final)
            && (transition.Target is null || siblings.Any(sibling => sibling.Target == state.Name)))?.Name;
    }

    private static List<IFieldSymbol> StatesOf(ITypeSymbol type) => type.GetMembers().OfType<IFieldSymbol>().Where(member => member.HasConstantValue).ToList();

    // if (order.Status == Paid) return; order.Status = ...: refunded orders come through. order.Status = request.Status: all do.
    private static void CheckWrite(OperationVisit visit, RequestData requests)
    {
        var assignment = (ISimpleAssignmentOperation)visit.Operation;
        if (visit.Member is IMethodSymbol writer && StatusTexts.AreUnasked(assignment, writer, requests) && !IsOfAnotherKind(writer))
            visit.Report(assignment, writer.Name, "any text", "because nothing looks at what is written, nor at the state before");
        if (visit.Member is IMethodSymbol hook && LateEvents.Through(assignment, hook) is { } passed)
        {
            visit.Report(assignment, hook.Name, passed, "because it writes over any state, and events arrive late and in any order");
            return;
        }
        if (StatusWrites.Of(assignment) is not var (state, owner) || visit.Member is not IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.Constructor } method || method.MethodKind == MethodKind.Constructor)
            return;
        var finals = StatesOf(state.Type).Where(each => Words.ContainAny(each.Name, Final)).Select(each => each.Name).ToList();
        if (finals.Count < 2 || IsOfAnotherKind(method))
            return;
        var target = assignment.Value.WithoutConversions() is IFieldReferenceOperation { Field: { ContainingType.TypeKind: TypeKind.Enum } named } ? named.Name : null;
        var isGiven = target is null && IsGiven(assignment.Value, requests);
        var reads = StatusWrites.Before(assignment, state, owner);
        if (reads.Demands)
            return;
        if (reads.First is { } first)
        {
            // Writes after the same question are one place; a question whose answer a helper throws for is left to the helper.
            if (reads.Refused.Count > 0 && (target is not null || isGiven) && finals.FirstOrDefault(each => each != target && !reads.Refused.Contains(each)) is { } open && !IsSaidByType(visit, method, state) && IsFirst(assignment, first, state))
                visit.Report(first, method.Name, open, $"although it refuses '{reads.Refused.First()}'");
        }
        else if (isGiven && (owner is not null || state.SetMethod is { DeclaredAccessibility: not Accessibility.Public }) && !IsSaidByType(visit, method, state))
        {
            visit.Report(assignment, method.Name, "any state", "because nothing looks at the state before");
        }
        // A step of several in a method without any guard, where the other methods of the service have one.
        else if (target is not null && owner is not null && finals.FirstOrDefault(each => each != target) is { } reached && !IsSaidByType(visit, method, state) && !AsksOther(assignment, owner))
        {
            if (IsLast(assignment, state) && StatusWrites.AreAskedBefore(method, state.Name))
                visit.Report(assignment, method.Name, reached, "while others here look at the state first");
            else if (IsUnseenMoney(assignment, state, target))
                visit.Report(assignment, method.Name, Worst(finals, target), "because nothing looks at the state before");
        }
    }

    // invoice.Status = Paid in a method that has loaded the invoice and never looked at its state.
    private static bool IsUnseenMoney(ISimpleAssignmentOperation assignment, IPropertySymbol state, string target) => Words.ContainAny(state.ContainingType.Name, MoneyEntities) && !Words.ContainAny(state.ContainingType.Name, Traces) && (Words.ContainAny(target, MoneyEnds) || Words.ContainAny(target, Reopened))
        && assignment.Target is IPropertyReferenceOperation { Instance: ILocalReferenceOperation local } && Flow.InitialValue(local) is IInvocationOperation { TargetMethod.IsStatic: false } or IInvocationOperation { TargetMethod.IsExtensionMethod: true } or IPropertyReferenceOperation { Instance: ILocalReferenceOperation }
        && !Flow.InitialValue(local)!.Descendants().Any(part => part is IPropertyReferenceOperation { Property: var filtered } && SymbolEqualityComparer.Default.Equals(filtered, state))
        && !assignment.EnclosingFunction().DescendantsInFunction().Any(operation => operation is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var written } } && operation.Syntax.SpanStart < assignment.Syntax.SpanStart && SymbolEqualityComparer.Default.Equals(written, state));

    // The one that readers understand at once.
    private static string Worst(List<string> finals, string target) => finals.FirstOrDefault(each => each != target && Words.ContainAny(each, Undone)) ?? finals.First(each => each != target);

    private static readonly HashSet<string> Undone = Words.SetOf("cancelled canceled refunded");

    // payment.MarkAsFailed() in a handler, where the entity does not look either.
    private static void CheckBlind(OperationVisit visit, RequestData requests)
    {
        if (visit.Member is not IMethodSymbol method || IsOfAnotherKind(method) || BlindTransitions.Of((IInvocationOperation)visit.Operation, method, requests) is not var (state, target) || target is not null && !Words.ContainAny(target, MoneyEnds))
            return;
        var finals = StatesOf(state.Type).Where(each => Words.ContainAny(each.Name, Final) || Words.ContainAny(each.Name, Captured)).Select(each => each.Name).ToList();
        if (finals.Count >= 2)
            visit.Report(visit.Operation, method.Name, target is null ? "any state" : Worst(finals, target), "because nobody looks at the state before");
    }

    private static readonly HashSet<string> Others = Words.SetOf("seed seeder seeding import importer migrate migration install map mapper apply when restore load factory builder converter test");

    private static bool IsOfAnotherKind(IMethodSymbol method) => Words.Of(method.Name) is [var verb, ..] && Others.Contains(verb) || Words.ContainAny(method.ContainingType.Name, Others);

    private static bool IsGiven(IOperation value, RequestData requests)
    {
        value = value.WithoutConversions();
        if (value is IInvocationOperation { TargetMethod.Name: "Parse", Arguments: { IsEmpty: false } arguments })
            return arguments.Any(argument => argument.Value.WithoutConversions() is IParameterReferenceOperation or IPropertyReferenceOperation { Instance: IParameterReferenceOperation });
        if (value is IParameterReferenceOperation { Parameter: { Type.TypeKind: TypeKind.Enum, ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: not Accessibility.Private } } })
            return true;
        return value is IPropertyReferenceOperation or ILocalReferenceOperation && requests.Holds(value);
    }

    private static bool IsFirst(IOperation assignment, IOperation first, IPropertySymbol state) => !assignment.EnclosingFunction().DescendantsInFunction().Any(operation => operation is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var written } }
        && operation.Syntax.SpanStart < assignment.Syntax.SpanStart && operation.Syntax.SpanStart > first.Syntax.SpanStart && SymbolEqualityComparer.Default.Equals(written, state));

    private static bool AsksOther(IOperation assignment, ISymbol owner) => assignment.EnclosingFunction().DescendantsInFunction().Any(operation => operation is IPropertyReferenceOperation { Property: { Type.TypeKind: TypeKind.Enum, Name: var name }, Instance: { } holder }
        && Words.Of(name) is [.., "status" or "state"] && operation.Syntax.SpanStart < assignment.Syntax.SpanStart && !(operation.Parent is IAssignmentOperation written && written.Target == operation) && SymbolEqualityComparer.Default.Equals(holder.ReferencedSymbol(), owner));

    private static bool IsLast(IOperation assignment, IPropertySymbol state) => !assignment.EnclosingFunction().DescendantsInFunction().Any(operation => operation is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var written } }
        && operation.Syntax.SpanStart > assignment.Syntax.SpanStart && SymbolEqualityComparer.Default.Equals(written, state));

    private static bool IsSaidByType(OperationVisit visit, IMethodSymbol method, IPropertySymbol state)
    {
        var transitions = StatusTransitions.Of(method.ContainingType, visit.Compilation, visit.Cancellation).ToList();
        return transitions.Any(transition => SymbolEqualityComparer.Default.Equals(transition.Method, method) && SymbolEqualityComparer.Default.Equals(transition.State, state.OriginalDefinition) && Strict(transition, transitions) is not null);
    }

    // payments.Any(p => p.OrderId == id && p.Status == Succeeded): what is under way is paid a second time.
    private static void CheckQuery(OperationVisit visit)
    {
        CheckUpdate(visit);
        CheckTransition(visit);
        if (DuplicateChecks.In((IInvocationOperation)visit.Operation) is var (counted, forgotten, at))
            visit.Report(at, visit.Member.Name, forgotten, $"since what was made before counts only when it is '{counted}'");
    }

    // Builders<Order>.Update.Set(o => o.Status, status), orders.ExecuteUpdateAsync(s => s.SetProperty(o => o.Status, status))
    private static void CheckUpdate(OperationVisit visit)
    {
        if (visit.Operation is not IInvocationOperation { TargetMethod.Name: "Set" or "SetProperty", Arguments: { Length: 2 or 3 } arguments } update || visit.Member is not IMethodSymbol method || IsOfAnotherKind(method))
            return;
        var given = arguments[arguments.Length - 1].Value.WithoutConversions();
        if (given is not IParameterReferenceOperation { Parameter: { Type: INamedTypeSymbol { TypeKind: TypeKind.Enum } type, ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Ordinary } } } || StatesOf(type).Count(each => Words.ContainAny(each.Name, Final)) < 2)
            return;
        var states = visit.Body.Descendants().Count(operation => operation is IPropertyReferenceOperation { Property: { Type: var read, Name: var name } } && Words.Of(name) is [.., "status" or "state"] && SymbolEqualityComparer.Default.Equals(read, type));
        if (states == 1)
            visit.Report(update.Syntax is InvocationExpressionSyntax { ArgumentList: var list } ? list : update.Syntax, method.Name, "any state", "because nothing looks at the state before");
    }

    private static readonly HashSet<string> Moves = Words.SetOf("mark complete confirm fail cancel refund ship deliver settle pay approve reject");

    // if (order.PaymentStatus != Completed) order.MarkPaymentCompleted(id); the refunded come through as well.
    private static void CheckTransition(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (call is not { Instance: ILocalReferenceOperation or IParameterReferenceOperation, TargetMethod: { ContainingType.TypeKind: TypeKind.Class } move } || Words.Of(move.Name) is not [var verb, ..] || !Moves.Contains(verb) || move.ReturnType.Name is "Task" or "ValueTask")
            return;
        var owner = call.Instance.ReferencedSymbol();
        for (IOperation child = call, parent = call.Parent!; parent is not null; child = parent, parent = parent.Parent!)
        {
            if (parent is not IConditionalOperation { Syntax: IfStatementSyntax, Condition: var condition, WhenTrue: var inside } || child != inside)
                continue;
            if (condition.WithoutConversions() is IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals, LeftOperand: IPropertyReferenceOperation { Instance: { } holder, Property: { Type: INamedTypeSymbol { TypeKind: TypeKind.Enum } states } state }, RightOperand: var refused }
                && SymbolEqualityComparer.Default.Equals(holder.ReferencedSymbol(), owner) && Words.Of(state.Name) is [.., "status" or "state"] && refused.WithoutConversions() is IFieldReferenceOperation { Field.Name: var known }
                && StatesOf(states).Where(each => Words.ContainAny(each.Name, Final) && each.Name != known && !Outcomes.SpeaksOfFailure(each.Name)).Select(each => each.Name).FirstOrDefault() is { } open && !AsksItself(move, state.Name))
                visit.Report(condition, visit.Member.Name, open, $"although it refuses '{known}'");
            return;
        }
    }

    // The entity may look for itself; one of another project tells nobody.
    private static bool AsksItself(IMethodSymbol move, string state) => move.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax().DescendantNodes().Any(node => node is IdentifierNameSyntax { Identifier.ValueText: var name } && name == state && node.Parent is BinaryExpressionSyntax or IsPatternExpressionSyntax));
}

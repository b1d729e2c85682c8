using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>An order is cancelled, and what it took or brought in stays where it is.</summary>
internal sealed class HalfCancelled : RiskRule
{
    private static readonly HashSet<string> Undone = Words.SetOf("cancelled canceled");

    private static readonly HashSet<string> Paid = Words.SetOf("paid payment transaction charge captured");

    // How it is paid, and when it is due, says nothing of what was.
    private static readonly HashSet<string> Terms = Words.SetOf("method terms due type option provider fee deadline url note notes");

    private static readonly HashSet<string> Returning = Words.SetOf("refund refunds refunded void reverse release compensate payment payments paid wallet credit money transaction");

    // What is run from here may show a payment without having looked at it.
    private static readonly HashSet<string> Refunding = Words.SetOf("refund refunds refunded void reverse release compensate wallet");

    private static readonly HashSet<string> Unpaid = Words.SetOf("pending new created draft awaiting unpaid placed submitted");

    private static readonly HashSet<string> Telling = Words.SetOf("publish raise dispatch enqueue emit produce notify send");

    private static readonly HashSet<string> Others = Words.SetOf("seed seeder test fake mock expire expired failed fail payment saga");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK2020",
        title: "A cancellation undoes half of an order",
        message: "'{0}' cancels the order and {1}; give back with the state what the order took, in one transaction",
        why: "The order says cancelled, and nobody sells the goods that it holds, or pays back the money that came for it. The customer has to ask, and stock leaks away with every cancellation.",
        severity: DiagnosticSeverity.Info);

    public HalfCancelled() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        var persistence = Persistence.In(on.Facts);
        var reach = Reach.In(on.Facts);
        var stock = StockTaking.In(on.Facts);
        on.Operation(visit => Check(visit, persistence, reach, stock), OperationKind.SimpleAssignment, OperationKind.Invocation);
        on.Operation(visit => CheckGiven(visit, persistence, reach, stock), OperationKind.SimpleAssignment);
    }

    // order.Status = request.Status: one of them is Cancelled, and the goods stay taken.
    private static void CheckGiven(OperationVisit visit, Persistence persistence, Reach reach, StockTaking stock)
    {
        if (visit.Operation is not ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: { Name: var name, Type: INamedTypeSymbol { TypeKind: TypeKind.Enum } states }, Instance: { Type: INamedTypeSymbol order } row and not IInstanceReferenceOperation }, Value: var given } || Words.Of(name) is not [.., "status" or "state"]
            || given.ReferencedSymbol() is not { } chosen || chosen is IFieldSymbol || !IsOrder(order) || !HoldsLines(order) || visit.Member is not IMethodSymbol method)
            return;
        if (states.GetMembers().FirstOrDefault(state => state is IFieldSymbol && Words.Of(state.Name) is [var word] && Undone.Contains(word)) is not { } cancelled || Words.ContainAny(method.ContainingType.Name, Others) || !stock.IsTaken || stock.IsToldOfCancelling)
            return;
        var function = visit.Operation.EnclosingFunction();
        if (!StoredRows.IsStored(row, visit, persistence) || IsTold(function) || IsAsked(function, chosen, cancelled) || reach.CodeFrom(function, depth: 2).Any(code => StockTaking.IsSpokenOf(code.Syntax)))
            return;
        visit.Report(visit.Operation, method.Name, $"keeps the stock that it took, where the state that is given is '{cancelled.Name}'");
    }

    // if (request.Status == OrderStatus.Cancelled) return BadRequest(...); switch (request.Status) { case OrderStatus.Cancelled: ... }
    private static bool IsAsked(IOperation function, ISymbol chosen, ISymbol cancelled) => function.DescendantsInFunction().Any(operation => operation switch
    {
        IBinaryOperation or IIsPatternOperation or ISwitchOperation or ISwitchExpressionOperation => operation.Mentions(chosen) && operation.DescendantsAndSelf().Any(part => part is IFieldReferenceOperation { Field: var state } && SymbolEqualityComparer.Default.Equals(state, cancelled)),
        _ => false,
    });

    private static void Check(OperationVisit visit, Persistence persistence, Reach reach, StockTaking stock)
    {
        if (Cancelled(visit.Operation) is not { Type: INamedTypeSymbol order } row || visit.Member is not IMethodSymbol method || Words.ContainAny(method.ContainingType.Name, Others) && !Callbacks.IsCallback(method) || SymbolEqualityComparer.Default.Equals(method.ContainingType, order))
            return;
        var function = visit.Operation.EnclosingFunction();
        if (!StoredRows.IsStored(row, visit, persistence) || IsTold(function) || stock.IsToldOfCancelling)
            return;
        var reached = reach.CodeFrom(function, depth: 2).Select(code => code.Syntax).ToList();
        var keepsStock = stock.IsTaken && HoldsLines(order) && !reached.Any(StockTaking.IsSpokenOf);
        // Who hands an order in has looked at it before.
        var keepsMoney = row is ILocalReferenceOperation && !Callbacks.IsCallback(method) && IsPaidFor(order) is { } paid && !Speaks(reached[0], Returning) && !reached.Any(code => Speaks(code, Refunding) || paid.IsState && IsForUnpaid(code));
        if (!keepsStock && !keepsMoney)
            return;
        visit.Report(visit.Operation, method.Name, keepsStock && keepsMoney ? "neither the stock that it took nor the money that was paid goes back"
            : keepsStock ? "the stock that it took stays taken" : "nobody looks whether it was paid, or pays it back");
    }

    // order.Status = OrderStatus.Cancelled, order.Cancel(), engine.CancelOrder(order, reason)
    private static IOperation? Cancelled(IOperation operation) => operation switch
    {
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: var name, Instance: { } row }, Value: var state } when Words.Of(name) is [.., "status" or "state"] && IsCancelled(state) && IsOrder(row.Type) => row,
        IInvocationOperation { TargetMethod: { IsAsync: false, ReturnType.Name: not ("Task" or "ValueTask") } method } call when Words.Of(method.Name) is ["cancel", ..] or ["mark", "cancelled" or "canceled"] or ["mark", "as", "cancelled" or "canceled"] or ["set", "cancelled" or "canceled", ..]
            => call.Instance is ILocalReferenceOperation { Type: { } type } row ? IsOrder(type) ? row : null : call.Arguments.Select(argument => argument.Value.WithoutConversions()).FirstOrDefault(value => value is ILocalReferenceOperation && IsOrder(value.Type)),
        _ => null,
    };

    private static bool IsCancelled(IOperation state) => state.WithoutConversions() switch
    {
        IFieldReferenceOperation { Field: { HasConstantValue: true, Name: var name } } => Words.Of(name) is [var word] && Undone.Contains(word),
        ILiteralOperation { ConstantValue: { HasValue: true, Value: string text } } => Words.Of(text) is [var word] && Undone.Contains(word),
        _ => false,
    };

    private static bool IsOrder(ITypeSymbol? type) => type is INamedTypeSymbol { TypeKind: TypeKind.Class } && Words.Of(type.Name) is [.., "order"] or [.., "order", "entity" or "record" or "document"];

    private static bool HoldsLines(INamedTypeSymbol order) => order.GetMembers().Any(member => member is IPropertySymbol { Type: INamedTypeSymbol { TypeArguments: [{ Name: var line }] } } && Words.Of(line) is [.., "item" or "line" or "detail" or "product"]);

    private sealed record Payment(bool IsState);

    // Where the order knows of its payment: a member of its own, or one of its states.
    private static Payment? IsPaidFor(INamedTypeSymbol order)
    {
        var own = order.GetMembers().OfType<IPropertySymbol>().Where(member => !member.IsStatic && Words.ContainAny(member.Name, Paid) && !Words.ContainAny(member.Name, Terms)).ToList();
        // A state of the payment beside the order's own says nothing about the other.
        if (own.Count > 0)
            return new(IsState: !own.Any(member => (member.Type.WithoutNullable() ?? member.Type) is { TypeKind: TypeKind.Enum } or { SpecialType: SpecialType.System_Boolean or SpecialType.System_DateTime }));
        return order.GetMembers().OfType<IPropertySymbol>().Any(member => Words.Of(member.Name) is [.., "status" or "state"] && member.Type.TypeKind == TypeKind.Enum && member.Type.GetMembers().Any(state => state is IFieldSymbol && Words.ContainAny(state.Name, Paid) && !Words.ContainAny(state.Name, Unpaid))) ? new(IsState: true) : null;
    }

    private static bool Speaks(SyntaxNode code, HashSet<string> words) => code.DescendantTokens().Any(token => token.RawKind == (int)SyntaxKind.IdentifierToken && Words.ContainAny(token.ValueText, words));

    // if (order.Status != OrderStatus.Pending) throw: nothing was paid yet.
    private static bool IsForUnpaid(SyntaxNode code) => code.DescendantTokens().Any(token => token.RawKind == (int)SyntaxKind.IdentifierToken && Words.Of(token.ValueText) is [var word, ..] && Unpaid.Contains(word) && token.Parent?.Parent is MemberAccessExpressionSyntax);

    // An event says so to somebody: what follows is decided there.
    private static bool IsTold(IOperation function) => function.DescendantsInFunction().Any(operation => operation is IInvocationOperation { TargetMethod.Name: var name } call && Words.Of(name) is [var verb, ..] && Telling.Contains(verb)
        && call.Arguments.Any(argument => argument.Value.DescendantsAndSelf().Any(part => part.Type?.Name is { } type && (type.Contains("Cancel") || type.EndsWith("Event", StringComparison.Ordinal)))));
}

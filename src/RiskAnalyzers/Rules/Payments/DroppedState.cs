using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>A state or event of a payment that no case takes, so that it passes as handled.</summary>
internal sealed class DroppedState : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK2022",
        title: "A state or event of a payment is dropped",
        message: "{0} of '{1}' {2} no case here: where one arrives nothing happens and it counts as handled; give it a case, or fail in a default",
        why: "A provider reports refunds, disputes, expiries and failures by the same way as payments. What no case takes is acknowledged and never sent again, and the order stays paid.");

    public DroppedState() : base(Risk)
    {
    }

    public override void Listen(RuleListener on) => on.Operation(Check, OperationKind.Switch);

    private static readonly HashSet<string> States = Words.SetOf("payment payments refund refunds charge transaction payout order subscription invoice");

    private static readonly HashSet<string> Arrivals = Words.SetOf("webhook webhooks callback callbacks notification notifications notify ipn refresh sync synchronize reconcile poll publish event events status consumer consume");

    private static void Check(OperationVisit visit)
    {
        var choice = (ISwitchOperation)visit.Operation;
        if (choice.Cases.Length < 2 || choice.Value.Type.WithoutNullable() is not INamedTypeSymbol type || !IsOnArrival(visit.Member) || choice.Syntax is not SwitchStatementSyntax { SwitchKeyword: var keyword })
            return;
        if (type.TypeKind == TypeKind.Enum)
        {
            if (IsOfPayment(type) && !HasDefault(choice) && DroppedMembers(choice, type) is { Count: > 0 } dropped)
                visit.Report(keyword, Listed(dropped), type.Name, dropped.Count == 1 ? "has" : "have");
        }
        else if (type.SpecialType == SpecialType.System_String && choice.Value.ReferencedSymbol() is { } text && TakesOnlyPayments(choice))
            visit.Report(DefaultOf(choice)?.GetLocation() ?? keyword.GetLocation(), "What failed, expired, was refunded or disputed", text.Name, "has");
    }

    // ProcessWebhook, RefreshPaymentStatus, PublishPaymentStatusEvent: where the state comes from outside, or goes there.
    private static bool IsOnArrival(ISymbol member) => Words.ContainAny(member.Name, Arrivals) || Callbacks.Speaks(member.Name, member.ContainingType?.Name + " " + member.Name)
        || member.ContainingType is { } type && Words.ContainAny(type.Name, Arrivals) && member is IMethodSymbol;

    private static bool IsOfPayment(INamedTypeSymbol type) => Words.Of(type.Name) is [.., "status" or "state" or "outcome"] && Words.ContainAny(type.Name, States);

    private static bool HasDefault(ISwitchOperation choice) => choice.Cases.Any(section => section.Clauses.Any(clause => clause is IDefaultCaseClauseOperation || clause is IPatternCaseClauseOperation { Pattern: IDiscardPatternOperation or IDeclarationPatternOperation }));

    // States that say that money moved, or will not; what is still open or new needs nothing.
    private static readonly HashSet<string> Final = Words.SetOf("paid completed succeeded success captured settled refunded refund failed declined rejected cancelled canceled expired voided disputed chargeback reversed");

    private static List<string> DroppedMembers(ISwitchOperation choice, INamedTypeSymbol type)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var operation in choice.Cases.SelectMany(section => section.Clauses).SelectMany(clause => clause.DescendantsAndSelf()))
        {
            if (operation is IFieldReferenceOperation { Field: var member })
                taken.Add(member.Name);
        }
        // Where the switch knows one final state only, it is about that one.
        return taken.Count(name => Words.ContainAny(name, Final)) < 2 || !choice.Cases.All(Acts) ? new List<string>()
            : type.GetMembers().OfType<IFieldSymbol>().Where(member => member.HasConstantValue && !taken.Contains(member.Name) && Words.ContainAny(member.Name, Final)).Select(member => member.Name).ToList();
    }

    private static bool Acts(ISwitchCaseOperation section) => section.Body.Any(statement => statement.DescendantsInFunction().Any(operation => operation is ISimpleAssignmentOperation || operation is IInvocationOperation call && !LogCalls.IsLog(call)));

    private static string Listed(List<string> dropped) => dropped.Count > 2 ? $"'{dropped[0]}', '{dropped[1]}' and {dropped.Count - 2} more" : string.Join(" and ", dropped.Select(name => $"'{name}'"));

    // What is written where an event has no case.
    private static SyntaxNode? DefaultOf(ISwitchOperation choice) => choice.Cases.FirstOrDefault(section => section.Clauses.Any(clause => clause is IDefaultCaseClauseOperation))?.Body.FirstOrDefault(statement => statement is not IBranchOperation)?.Syntax;

    private static readonly HashSet<string> Received = Words.SetOf("succeeded completed paid captured success");

    private static readonly HashSet<string> Rest = Words.SetOf("failed fail failure refunded refund dispute disputed chargeback expired canceled cancelled denied declined reversed voided action deleted");

    // "checkout.session.completed", "payment_intent.succeeded", and a default that at most writes a line.
    private static bool TakesOnlyPayments(ISwitchOperation choice)
    {
        var isPayment = false;
        foreach (var section in choice.Cases)
        {
            foreach (var clause in section.Clauses)
            {
                // case "Refunded" or "Reversed": each name counts.
                foreach (var value in clause.DescendantsAndSelf())
                {
                    var name = value switch { IFieldReferenceOperation { Field: var field } => field.Name, ILiteralOperation { ConstantValue: { HasValue: true, Value: string text } } => text, _ => null };
                    if (name is not null && Words.ContainAny(name, Rest))
                        return false;
                    isPayment |= name is not null && Words.ContainAny(name, Received);
                }
                if (clause is IDefaultCaseClauseOperation && section.Body.Any(statement => statement.DescendantsInFunction().Any(operation => operation is IThrowOperation or IReturnOperation || operation is IInvocationOperation call && !LogCalls.IsLog(call))))
                    return false;
            }
        }
        return isPayment;
    }
}

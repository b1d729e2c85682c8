using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>Money that moves for an order that no database knows yet.</summary>
internal sealed class ChargeBeforePersist : RiskRule
{
    private static readonly HashSet<string> Records = Words.SetOf("order booking purchase subscription sale reservation donation payment invoice registration enrollment ticket rental transaction");

    private static readonly HashSet<string> Returns = Words.SetOf("refund refunds void cancel release reverse payout");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK2007",
        title: "Money moves before anything is saved",
        message: "'{0}' takes the money before '{1}' is saved: if the process dies or the save fails, the customer has paid for nothing that anybody can find; save a pending record first and update it with the answer",
        why: "Between the charge and the save there is a gap. Whatever falls into it lives only in the provider's records: the customer has paid, the shop knows of no order.",
        severity: DiagnosticSeverity.Info);

    public ChargeBeforePersist() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        var persistence = Persistence.In(on.Facts);
        on.Operation(visit => Check(visit, persistence), OperationKind.Invocation);
    }

    private static void Check(OperationVisit visit, Persistence persistence)
    {
        var charge = (IInvocationOperation)visit.Operation;
        if (!IsCharge(charge, persistence))
            return;
        var function = charge.EnclosingFunction();
        var place = charge.Syntax.SpanStart;
        var others = function.DescendantsInFunction().OfType<IInvocationOperation>().Where(call => call != charge);
        // The first charge of a member speaks for those after it.
        if (others.Any(call => call.Syntax.SpanStart < place && IsCharge(call, persistence)))
            return;
        var calls = others.ToList();
        // An earlier save left a trace; whoever looked the order up has one.
        if (calls.Any(call => call.Syntax.SpanStart < place && (IsSave(call, persistence) || LoadsRecord(call, persistence))))
            return;
        if (calls.FirstOrDefault(call => call.Syntax.SpanStart > place && IsSave(call, persistence)) is null || IsRecordGiven(function, visit.Member))
            return;
        if (NewRecord(function, calls, place, persistence) is not { } record)
            return;
        visit.Report(charge, charge.TargetMethod.Name, record);
    }

    private static bool IsCharge(IInvocationOperation call, Persistence persistence) =>
        Language.Payments.MovesMoney(call) && !Words.ContainAny(call.TargetMethod.Name, Returns) && !persistence.Of(call).HasFlag(DataReach.Save);

    private static bool IsSave(IInvocationOperation call, Persistence persistence) => persistence.Of(call).HasFlag(DataReach.Save);

    private static bool LoadsRecord(IInvocationOperation call, Persistence persistence) =>
        (persistence.Of(call).HasFlag(DataReach.Query) || Words.Of(call.TargetMethod.Name) is ["get" or "find" or "load" or "fetch", ..]) && call.Type.AwaitedType() is { } loaded && Record(loaded);

    private static bool Record(ITypeSymbol type) => type.TypeKind == TypeKind.Class && Words.Of(type.Name) is { IsEmpty: false } words && words.HaveAny(Records)
        && words[words.Length - 1] is not ("result" or "response" or "request" or "dto" or "options" or "command" or "event" or "exception" or "model" or "item" or "line" or "message" or "service" or "status" or "info" or "details" or "method" or "query" or "address" or "data");

    // An order that somebody handed in was saved by them, or will be.
    private static bool IsRecordGiven(IOperation function, ISymbol member) => (function switch
    {
        IAnonymousFunctionOperation lambda => lambda.Symbol.Parameters,
        ILocalFunctionOperation local => local.Symbol.Parameters,
        _ => (member as IMethodSymbol)?.Parameters ?? ImmutableArray<IParameterSymbol>.Empty,
    }).Any(parameter => Record(parameter.Type) && !CallerInput.IsMessage(parameter.Type));

    // The record that is made here and added or saved after the charge.
    private static string? NewRecord(IOperation function, List<IInvocationOperation> calls, int place, Persistence persistence)
    {
        foreach (var call in calls)
        {
            if (!IsAdd(call, persistence))
                continue;
            foreach (var argument in call.Arguments)
            {
                if (argument.Value.WithoutConversions() is { Type: { } type } value && Record(type) && (call.Syntax.SpanStart > place || !IsSave(call, persistence)) && IsMadeHere(value, function))
                    return type.Name;
            }
        }
        return null;
    }

    private static bool IsAdd(IInvocationOperation call, Persistence persistence) => Words.Of(call.TargetMethod.Name) is ["add" or "insert" or "create" or "save" or "store" or "persist" or "place" or "attach", ..] && call.Instance is not null
        && (EntityFramework.IsSet(call.Instance.Type) || EntityFramework.IsContext(call.Instance.Type) || IsSave(call, persistence) || Words.Of(call.TargetMethod.ContainingType.Name) is [.., "repository" or "store" or "repo" or "session" or "collection" or "context"]);

    private static bool IsMadeHere(IOperation value, IOperation function) => value switch
    {
        IObjectCreationOperation => true,
        IInvocationOperation { TargetMethod: { IsStatic: true } or { Name: "Map" or "CreateOrder" or "BuildOrder" } } => true,
        ILocalReferenceOperation { Local: var local } => function.DescendantsInFunction().Any(operation =>
            operation is IVariableDeclaratorOperation { Symbol: var declared } declarator && SymbolEqualityComparer.Default.Equals(declared, local) && declarator.GetVariableInitializer()?.Value.WithoutAwait() is { } initial && IsMadeHere(initial)
            || operation is ISimpleAssignmentOperation { Value: var assigned } assignment && SymbolEqualityComparer.Default.Equals(assignment.Target.ReferencedSymbol(), local) && IsMadeHere(assigned.WithoutAwait())),
        _ => false,
    };

    private static bool IsMadeHere(IOperation value) => value is IObjectCreationOperation || value is IInvocationOperation call && (call.TargetMethod.IsStatic || Words.Of(call.TargetMethod.Name) is ["create" or "build" or "make" or "new" or "map" or "to", ..]);
}

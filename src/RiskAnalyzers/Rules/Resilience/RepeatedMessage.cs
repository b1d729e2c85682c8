using System.Runtime.CompilerServices;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Resilience;

/// <summary>A consumer of messages that counts, books or creates, and never asks whether it has seen the message before.</summary>
internal sealed class RepeatedMessage : RiskRule
{
    private static readonly ConditionalWeakTable<Compilation, object> Inboxes = new();

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK5015",
        title: "A message that comes twice counts twice",
        message: "'{0}' is done again for a message that is delivered again, because nothing here asks whether it was seen before: stock, balances and orders are counted twice; keep the ids of handled messages, in the same transaction",
        why: "Every broker delivers a message at least once: after a time-out, a restart or an error behind the change it comes again. What sets a state bears that; what adds, subtracts, charges or creates does it twice.");

    // What counts: done twice it is another result.
    private static readonly HashSet<string> Steps = Words.SetOf("reduce decrease decrement deduct subtract increase increment credit debit charge refund withdraw deposit redeem restock accrue");

    private static readonly HashSet<string> Makers = Words.SetOf("create place submit make issue open");

    private static readonly HashSet<string> Made = Words.SetOf("order orders payment payments charge invoice shipment refund transaction booking reservation payout");

    private static readonly string[] Signs =
    {
        "MessageId", "EventId", "dempot", "Inbox", "rocessed", "Duplicate", "AnyAsync", ".Any(", "Exists", "TryAdd", "Upsert", "RequestId", "Deduplic", "AlreadyHandled", "Already", "CountAsync", "RowVersion", "SetNX", "TryAcquire",
    };

    public RepeatedMessage() : base(Risk)
    {
    }

    public override void Listen(RuleListener on) => on.Body(Check);

    private static void Check(BodyVisit visit)
    {
        if (visit.Member is not IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation } method || !MessageConsumers.Are(method))
            return;
        if (method.ContainingType.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(visit.Cancellation).ToString() is var text && Signs.Any(text.Contains)) || HasInbox(visit.Compilation))
            return;
        foreach (var operation in visit.Body.Descendants())
        {
            if (Counts(operation) is not { } step || IsGuarded(operation))
                continue;
            visit.Report(operation, step);
            return;
        }
    }

    private static string? Counts(IOperation operation)
    {
        switch (operation)
        {
            case ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract, Target: IPropertyReferenceOperation { Instance: not (null or IInstanceReferenceOperation) } target } when IsNumber(target.Type):
                return operation.Syntax.ToString();
            case IIncrementOrDecrementOperation { Target: IPropertyReferenceOperation { Instance: not (null or IInstanceReferenceOperation) } }:
                return operation.Syntax.ToString();
            // Stock = product.Stock - message.Quantity
            case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: var name } moved, Value: var value } when IsNumber(moved.Type) && value.WithoutConversions() is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract, LeftOperand: var before }
                    && before.WithoutConversions() is IPropertyReferenceOperation { Property.Name: var same } && same == name:
                return operation.Syntax.ToString();
            // mediator.Send(new CreateOrderCommand(...))
            case IInvocationOperation { TargetMethod.Name: "Send" or "SendAsync" or "InvokeAsync" or "Execute" or "ExecuteAsync" } sent:
                return sent.Arguments.Select(argument => argument.Value.WithoutConversions().Type?.Name ?? "").FirstOrDefault(type => Words.Of(type) is [var verb, .., "command"] words && (Steps.Contains(verb) || Makers.Contains(verb) && words.HaveAny(Made)));
            case IInvocationOperation call when !LogCalls.IsLog(call) && Words.Of(call.TargetMethod.Name) is [var verb, ..] words:
                return Steps.Contains(verb) && call.Arguments.Length > 0 || Makers.Contains(verb) && words.HaveAny(Made) && call.Type?.Name is "Task" or "ValueTask" ? call.TargetMethod.Name : null;
            default:
                return null;
        }
    }

    private static bool IsNumber(ITypeSymbol? type) => type.WithoutNullable()?.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_Decimal or SpecialType.System_Double;

    // A look at the state, or at what is there already, that leaves before the step is reached or stands around it.
    private static bool IsGuarded(IOperation step)
    {
        foreach (var operation in step.EnclosingFunction().DescendantsInFunction())
        {
            if (operation is not IConditionalOperation { Condition: var condition } choice || choice.Syntax.SpanStart > step.Syntax.SpanStart)
                continue;
            var leaves = choice.WhenTrue.DescendantsAndSelf().Any(each => each is IReturnOperation or IThrowOperation);
            if (AsksState(condition) && (leaves || choice.Syntax.Span.Contains(step.Syntax.Span)) || leaves && FindsOne(condition))
                return true;
        }
        return false;
    }

    private static bool AsksState(IOperation condition) => condition.DescendantsAndSelf().Any(operation =>
        operation is IMemberReferenceOperation { Member.Name: var name } && Words.Of(name).Any(word => word is "status" or "state" or "handled" or "applied" or "paid" or "completed" or "confirmed"));

    // if (existing is not null) return;
    private static bool FindsOne(IOperation condition) => condition.DescendantsAndSelf().Any(operation => operation switch
    {
        IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } } } } => true,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } comparison => comparison.RightOperand.IsNull() || comparison.LeftOperand.IsNull(),
        _ => false,
    });

    private static bool HasInbox(Compilation compilation) => (bool)Inboxes.GetValue(compilation, each => (object)each.SyntaxTrees.Any(tree => TextSearch.ContainsAny(tree, InboxSigns)));

    private static readonly string[] InboxSigns = { "UseEntityFrameworkOutbox", "UseInboxOutbox", "UseInMemoryInboxOutbox", "AddInbox", "UseInbox", "InboxState", "IdempotentConsumer", "UseDurableInbox", "IdempotencyFilter", "UseMongoDbOutbox" };
}

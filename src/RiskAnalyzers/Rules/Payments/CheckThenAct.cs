using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>A question to the store and an insert, or a payment, that follows from its answer: two requests at once both pass.</summary>
internal sealed class CheckThenAct : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK2016",
        title: "A check and what follows from it are two steps",
        message: "'{0}' is asked, and then '{1}' acts on the answer: two requests at once both pass; {2}",
        why: "Between the question and the insert another request asks the same question. One payment is attached to two orders, one slot is booked twice, more is paid back than was paid.",
        severity: DiagnosticSeverity.Info);

    public CheckThenAct() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        var persistence = Persistence.In(on.Facts);
        var uniques = UniqueKeys.In(on.Facts);
        var counters = SharedCounters.In(on.Facts);
        on.Operation(visit => CheckInsert(visit, persistence, uniques), OperationKind.Invocation);
        on.Operation(visit => CheckNumber(visit, persistence), OperationKind.Binary);
        on.Operation(visit => CheckPayment(visit, counters), OperationKind.Conditional);
        on.Operation(visit => CheckClaim(visit, persistence, counters), OperationKind.SimpleAssignment, OperationKind.Invocation);
    }

    private static void CheckInsert(OperationVisit visit, Persistence persistence, UniqueKeys uniques)
    {
        var question = (IInvocationOperation)visit.Operation;
        var makesNumber = MakesNumber(visit.Member);
        if (makesNumber && Questions.LastOf(question, persistence, 0) == question)
        {
            if (!IsOfAnotherKind(visit.Member) && !Serial.Is(visit))
                visit.Report(Questions.Place(question), question.TargetMethod.Name, visit.Member.Name, Sequence);
            return;
        }
        if (Questions.KindOf(question) is not { } kind || IsOfAnotherKind(visit.Member))
            return;
        if (makesNumber && question.Type.AwaitedType()?.SpecialType == SpecialType.System_Boolean)
        {
            if (!Serial.Is(visit))
                visit.Report(Questions.Place(question), question.TargetMethod.Name, visit.Member.Name, Sequence);
            return;
        }
        if (Questions.DecisionOf(question, kind) is not { } decision)
            return;
        var insert = question.EnclosingFunction().DescendantsInFunction().OfType<IInvocationOperation>().FirstOrDefault(call => call.Syntax.SpanStart > decision.Syntax.SpanStart && call != question && Questions.Adds(call, question) is not null);
        var added = insert is not null ? Questions.Adds(insert, question) : kind == QuestionKind.Existence ? Questions.Makes(question, visit.Member) : null;
        if (added is null || kind == QuestionKind.Existence && uniques.Has(added) || Serial.Is(visit))
            return;
        visit.Report(kind == QuestionKind.Sum ? decision.Syntax : Questions.Place(question), question.TargetMethod.Name, insert?.TargetMethod.Name ?? visit.Member.Name,
            kind == QuestionKind.Sum ? "lock the record that the sum belongs to, or keep the sum on it under a concurrency token" : $"put a unique index on what makes '{added.Name}' unique and treat the conflict as the answer");
    }

    private const string Sequence = "let a sequence of the database give the number, or put a unique index on it and try again on a conflict";

    // GenerateOrderNumber asks for the last one, or whether its candidate is taken.
    private static bool MakesNumber(ISymbol member) => Words.Of(member.Name) is ["generate" or "next", .., var last] words && (Numbers.Contains(last) || last == "async" && words.HaveAny(Numbers));

    private static readonly HashSet<string> Others = Words.SetOf("seed seeder seeding migration migrate import importer install initializer setup bootstrap test fixture");

    private static bool IsOfAnotherKind(ISymbol member) => Words.ContainAny(member.Name, Others) || member.ContainingType is not { } type || Words.ContainAny(type.Name, Others) || type.Name == "Program" || Staff.Only(member);

    private static readonly HashSet<string> Numbers = Words.SetOf("number no code sequence reference serial invoice");

    // var last = await orders.OrderByDescending(o => o.Id).FirstOrDefaultAsync(); var next = last.Number + 1;
    private static void CheckNumber(OperationVisit visit, Persistence persistence)
    {
        var sum = (IBinaryOperation)visit.Operation;
        if (sum.OperatorKind != BinaryOperatorKind.Add || sum.RightOperand.ConstantNumber() is not >= 1 || sum.Type?.SpecialType is not (SpecialType.System_Int32 or SpecialType.System_Int64))
            return;
        var isNamed = visit.Member is IMethodSymbol method && Words.ContainAny(method.Name, Numbers) || sum.Target(visit.Member) is { } target && Words.ContainAny(target.Name, Numbers);
        if (!isNamed || MakesNumber(visit.Member) || IsOfAnotherKind(visit.Member) || Questions.LastOf(sum.LeftOperand, persistence) is not { } last || Serial.Is(visit))
            return;
        visit.Report(sum, last.TargetMethod.Name, Excerpt.Of(sum), Sequence);
    }

    // if (order.PaymentStatus == Paid) return; ... await gateway.ChargeAsync(...): nothing was claimed between the two.
    private static void CheckPayment(OperationVisit visit, SharedCounters counters)
    {
        var choice = (IConditionalOperation)visit.Operation;
        if (choice.Syntax is not IfStatementSyntax || !Flow.Leaves(choice.WhenTrue) || StatusAsked(choice.Condition) is not { Property.ContainingType: { } type } status || counters.AreGuarded(type) || IsOfAnotherKind(visit.Member))
            return;
        var function = choice.EnclosingFunction();
        foreach (var operation in function.DescendantsInFunction())
        {
            if (operation.Syntax.SpanStart <= choice.Syntax.Span.End)
                continue;
            // A claim that is saved first, or a key that makes the second payment the first one.
            if (operation is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var claimed } } && SymbolEqualityComparer.Default.Equals(claimed, status.Property))
                return;
            if (operation is not IInvocationOperation call || !Language.Payments.MovesMoney(call))
                continue;
            if (!Language.Payments.HasIdempotencyKey(call) && !Serial.Is(visit))
                visit.Report(choice.Condition, Excerpt.Of(choice.Condition), call.TargetMethod.Name, "claim the record first, under a concurrency token, or pass an idempotency key of the record");
            return;
        }
    }

    // if (room.Status != Vacant) return; ... room.Status = Rented; and if (voucher.IsUsed) throw; ... voucher.IsUsed = true;
    private static void CheckClaim(OperationVisit visit, Persistence persistence, SharedCounters counters)
    {
        if (Claims.Of(visit.Operation) is not ({ } holder, { } type) || IsOfAnotherKind(visit.Member) || Claims.AskedBefore(visit.Operation, holder) is not { } asked || counters.AreGuarded(type) || !Claims.IsFirst(visit.Operation, holder))
            return;
        if (!StoredRows.IsStored(holder, visit, persistence) || !StoredRows.IsSaved(visit, persistence) || Serial.IsForChange(visit))
            return;
        // A state is decided where it is asked; of a flag the reader looks at where it is set.
        visit.Report(visit.Operation is ISimpleAssignmentOperation { Target.Type.TypeKind: TypeKind.Enum } ? asked : visit.Operation, Excerpt.Of(asked), Excerpt.Of(visit.Operation), $"put a concurrency token on '{type.Name}', or claim it in one statement with the condition in its filter");
    }

    private static IPropertyReferenceOperation? StatusAsked(IOperation condition)
    {
        foreach (var part in condition.DescendantsAndSelf())
        {
            if (part is IPropertyReferenceOperation { Property: { Type.TypeKind: TypeKind.Enum, Name: var name }, Instance: ILocalReferenceOperation local } status && Words.Of(name) is [.., "status" or "state"] && Flow.InitialValue(local) is IInvocationOperation
                && part.Parent is IBinaryOperation or IIsPatternOperation or IConversionOperation)
                return status;
        }
        return null;
    }
}

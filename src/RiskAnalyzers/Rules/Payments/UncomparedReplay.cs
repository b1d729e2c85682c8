using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>A payment that was made before is the answer to a request, and nobody looks whether it is the one that was asked for.</summary>
internal sealed class UncomparedReplay : RiskRule
{
    private static readonly HashSet<string> Making = Words.SetOf("create process initiate initialize start make begin submit charge pay place request issue execute add record checkout");

    private static readonly HashSet<string> Lists = Words.SetOf("items lines products quantity quantities");

    private static readonly HashSet<string> Comparing = Words.SetOf("ensure match matches same validate compare verify equals equal check conflict conflicts assert covers belongs");

    // What says nothing about the request: how far the payment is, when it was made, what it is called.
    private static readonly HashSet<string> Unasked = Words.SetOf("status state at date time expires expired completed succeeded success processed id url");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK2019",
        title: "An earlier payment answers another request",
        message: "'{0}' is found by {1} and answers this request whatever it asks for: another amount, order or customer is told that it was paid; compare what is stored with the request and refuse what differs",
        why: "A client that uses a key twice, or asks for an order again with another amount, gets the answer of the first payment. The shop believes that the second one was made, and one customer can read the payment of another.",
        severity: DiagnosticSeverity.Info);

    public UncomparedReplay() : base(Risk)
    {
    }

    public override void Listen(RuleListener on) => on.Operation(Check, OperationKind.Conditional);

    private static void Check(OperationVisit visit)
    {
        var choice = (IConditionalOperation)visit.Operation;
        if (choice.Syntax is not IfStatementSyntax || visit.Member is not IMethodSymbol method || FoundIn(choice.Condition) is not ({ Type: INamedTypeSymbol record } found, var question) || !AmountsCompared.HasAmount(record))
            return;
        if (choice.WhenTrue.DescendantsInFunction().OfType<IReturnOperation>().FirstOrDefault(each => each.ReturnedValue?.Mentions(found) == true) is not { } answer || question is null || !Asks(choice, method))
            return;
        if (HowFound(question, record, method) is not { } key || IsCompared(choice, found))
            return;
        visit.Report(answer, found.Name, key);
    }

    // if (existing != null), if (existing is { } paid), if (await payments.FindAsync(...) is { } existing)
    private static (ILocalSymbol Found, IInvocationOperation? Question)? FoundIn(IOperation condition)
    {
        foreach (var part in condition.DescendantsAndSelf())
        {
            switch (part)
            {
                case IIsPatternOperation { Pattern: IRecursivePatternOperation { DeclaredSymbol: ILocalSymbol declared }, Value: var value } when value.WithoutAwait() is IInvocationOperation question:
                    return (declared, question);
                case ILocalReferenceOperation { Local.Type: { TypeKind: TypeKind.Class, SpecialType: SpecialType.None } } local when IsThere(local):
                    return (local.Local, Question(local));
            }
        }
        return null;
    }

    private static bool IsThere(IOperation local)
    {
        var value = local;
        while (value.Parent is IConversionOperation)
            value = value.Parent;
        return value.Parent switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals, RightOperand: var right } => right.IsNull(),
            IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: IConstantPatternOperation { Value: var constant } } } => constant.IsNull(),
            IIsPatternOperation { Pattern: IRecursivePatternOperation { DeconstructionSubpatterns.IsEmpty: true } } => true,
            _ => false,
        };
    }

    // What was asked last before the answer.
    private static IInvocationOperation? Question(ILocalReferenceOperation found)
    {
        var asked = Flow.InitialValue(found);
        foreach (var operation in found.EnclosingFunction().DescendantsInFunction())
        {
            if (operation is ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var set }, Value: var value } && operation.Syntax.SpanStart < found.Syntax.SpanStart && SymbolEqualityComparer.Default.Equals(set, found.Local))
                asked = value.WithoutAwait();
        }
        return asked as IInvocationOperation;
    }

    // The request says how much, or what for.
    private static bool Asks(IOperation choice, IMethodSymbol method) => (choice.FunctionSymbol(method) ?? method).Parameters.Concat(method.Parameters).Any(parameter => parameter.Type.WithoutNullable()?.SpecialType is SpecialType.System_Decimal or SpecialType.System_Int64 or SpecialType.System_Double && AmountsCompared.IsAmount(parameter.Name)
        || !RequestData.IsService(parameter) && (AmountsCompared.HasAmount(parameter.Type) || parameter.Type is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, SpecialType: SpecialType.None } request && request.GetMembers().Any(member => member is IPropertySymbol && Words.ContainAny(member.Name, Lists))));

    private static string? HowFound(IInvocationOperation question, INamedTypeSymbol record, IMethodSymbol method)
    {
        var keys = question.Arguments.Skip(question.TargetMethod.IsExtensionMethod ? 1 : 0).Where(argument => argument.Parameter?.Type.Name != "CancellationToken" && argument.ArgumentKind != ArgumentKind.DefaultValue).ToList();
        if (keys.Count != 1)
            return null;
        var key = keys[0].Value.WithoutConversions();
        if (key is IDelegateCreationOperation { Target: { } target })
            key = target;
        if (key is IAnonymousFunctionOperation test)
            return OfTest(test, record, method);
        if (key is ILocalReferenceOperation local && Flow.InitialValue(local) is IObjectCreationOperation specification)
            key = specification;
        if (Language.Payments.IsIdempotencyKey(question.TargetMethod.Name) || key is IObjectCreationOperation { Type.Name: var kind, Arguments.Length: 1 } && Language.Payments.IsIdempotencyKey(kind))
            return "its idempotency key";
        return IsPaymentMade(record, method) && Words.ContainSequence(question.TargetMethod.Name, "by", "order") ? "its order" : null;
    }

    // p => p.IdempotencyKey == key; what else it compares binds the answer to the request, but for the state.
    private static string? OfTest(IAnonymousFunctionOperation test, INamedTypeSymbol record, IMethodSymbol method)
    {
        var compared = test.Body.Descendants().OfType<IPropertyReferenceOperation>().Where(member => SymbolEqualityComparer.Default.Equals(member.Instance?.ReferencedSymbol(), test.Symbol.Parameters[0]) && Words.Of(member.Property.Name) is not [.., "status" or "state"]).ToList();
        if (compared is not [{ Property.Name: var name } only] || only.Parent is not IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } and not IConversionOperation { Parent: IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } })
            return null;
        return Language.Payments.IsIdempotencyKey(name) ? "its idempotency key" : name is "OrderId" or "OrderNumber" && IsPaymentMade(record, method) ? "its order" : null;
    }

    private static bool IsPaymentMade(INamedTypeSymbol record, IMethodSymbol method) => (Language.Payments.SpeakOfPayment(record.Name) || Words.Of(record.Name) is [.., "transaction"]) && (Words.ContainAny(method.Name, Making) || method.Name is "Handle" or "HandleAsync" && Words.ContainAny(method.ContainingType.Name, Making));

    // existing.Amount != request.Amount, EnsureSame(existing, request)
    private static bool IsCompared(IConditionalOperation choice, ILocalSymbol found) => choice.EnclosingFunction().DescendantsInFunction().Any(operation => operation switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals or BinaryOperatorKind.LessThan or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThanOrEqual, LeftOperand: var left, RightOperand: var right } => IsOf(left, found) && !right.WithoutConversions().ConstantValue.HasValue || IsOf(right, found) && !left.WithoutConversions().ConstantValue.HasValue,
        IInvocationOperation call => Words.ContainAny(call.TargetMethod.Name, Comparing) && (call.Arguments.Any(argument => argument.Value.Mentions(found)) || call.Instance?.Mentions(found) == true),
        _ => false,
    });

    private static bool IsOf(IOperation side, ILocalSymbol found)
    {
        var (read, owner) = side.WithoutConversions() switch
        {
            IPropertyReferenceOperation { Instance: { } instance } direct => (direct, instance),
            IConditionalAccessOperation { Operation: { } instance, WhenNotNull: IPropertyReferenceOperation accessed } => (accessed, instance),
            _ => (null, null),
        };
        return read is { Property: { Type.TypeKind: not TypeKind.Enum, Name: var name } } && owner!.Mentions(found) && (Words.ContainAny(name, Owners) || !Words.ContainAny(name, Unasked));
    }

    // The owner of the payment is what a stranger's request differs in.
    private static readonly HashSet<string> Owners = Words.SetOf("order user customer buyer account tenant merchant payment transaction invoice");
}

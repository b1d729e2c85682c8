using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>A webhook that answers success whatever happened, so that the provider never sends the event again.</summary>
internal sealed class WebhookAlwaysOk : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK2012",
        title: "A webhook answers success when it failed",
        message: "When handling fails, '{0}' still answers success and the provider never sends the event again: the payment stays unknown; answer an error, or store the event for later",
        why: "Providers repeat an event until it is accepted. A catch-all that answers 200 loses the event for good: a customer has paid and the order stays open.");

    public WebhookAlwaysOk() : base(Risk)
    {
    }

    public override ImmutableArray<string> Supersedes { get; } = new[] { "RISK4001", "RISK4003", "RISK4005" }.ToImmutableArray();

    public override void Listen(RuleListener on)
    {
        on.Operation(Check, OperationKind.CatchClause);
        on.Operation(CheckMissing, OperationKind.Conditional);
    }

    private static readonly HashSet<string> Records = Words.SetOf("order payment invoice subscription booking transaction refund intent charge session checkout");

    // if (order is null) { log; return; } in the handler of a payment that succeeded: the money has no order, and nobody is told again.
    private static void CheckMissing(OperationVisit visit)
    {
        var choice = (IConditionalOperation)visit.Operation;
        if (choice.Syntax is not IfStatementSyntax { IfKeyword: var keyword } || choice.WhenFalse is not null || visit.Member is not IMethodSymbol method || Outcomes.SpeaksOfFailure(method.Name) || Words.ContainAny(method.Name, Undone))
            return;
        if (SeenEvents.Dropped(choice) is { } seen && IsOfWebhook(method, choice) && AnswersOnly(choice.WhenTrue) is { } repeated)
        {
            visit.Report(repeated, $"{method.Name}' for a '{seen.Name}' whose '{seen.State}");
            return;
        }
        if (Found(choice) is { } found && IsOfWebhook(method, choice))
        {
            visit.Report(PlaceAfter(choice)?.GetLocation() ?? keyword.GetLocation(), method.Name + "' without its '" + found);
            return;
        }
        if (Missing(choice.Condition) is not { } missing || !IsOfWebhook(method, choice))
            return;
        var statements = choice.WhenTrue is IBlockOperation block ? block.Operations : ImmutableArray.Create(choice.WhenTrue);
        if (!statements.All(statement => statement == statements[statements.Length - 1] || Catches.IsLogging(statement)))
            return;
        switch (statements.LastOrDefault())
        {
            case IReturnOperation answer when answer.ReturnedValue is null ? method.ReturnsVoid || method.ReturnType.Name is "Task" or "ValueTask" : IsSuccess(answer.ReturnedValue):
                visit.Report(answer.Syntax.GetLocation(), method.Name + "' without its '" + missing);
                break;
            // case "payment_intent.succeeded": ... if (payment is null) break; and behind the switch all is well.
            case IBranchOperation { BranchKind: BranchKind.Break } leaving when choice.Ancestors().TakeWhile(ancestor => ancestor is not ILoopOperation).OfType<ISwitchOperation>().FirstOrDefault() is { } events && EndsWell(events):
                visit.Report(leaving.Syntax.GetLocation(), method.Name + "' without its '" + missing);
                break;
        }
    }

    // Nothing but a log line and the answer that all is well.
    private static SyntaxNode? AnswersOnly(IOperation branch)
    {
        var statements = branch is IBlockOperation block ? block.Operations : ImmutableArray.Create(branch);
        return statements.LastOrDefault() is IReturnOperation { ReturnedValue: { } value } answer && IsSuccess(value) && statements.All(statement => statement == answer || Catches.IsLogging(statement)) ? answer.Syntax : null;
    }

    // if (order != null) { order.Status = OrderStatus.Paid; save } return Ok(): as above, the other way round.
    private static string? Found(IConditionalOperation choice)
    {
        var asked = choice.Condition.WithoutConversions() switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals, LeftOperand: var left, RightOperand: var right } when right.IsNull() => left.WithoutConversions(),
            IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } } }, Value: var value } => value.WithoutConversions(),
            _ => null,
        };
        if (asked is not ILocalReferenceOperation { Local: var local, Type: { } type } reference || !Words.ContainAny(type.Name, Records) && !Words.ContainAny(local.Name, Records) || !IsLookedUp(reference))
            return null;
        return choice.WhenTrue.DescendantsInFunction().Any(operation => Language.Payments.MarksSettled(operation) || operation is IInvocationOperation call && Words.Of(call.TargetMethod.Name) is [var verb, ..] && Settles.Contains(verb) && !Outcomes.SpeaksOfFailure(call.TargetMethod.Name) && call.Mentions(local))
            && !choice.WhenTrue.DescendantsInFunction().Any(operation => operation is IReturnOperation) && EndsWell(choice) ? local.Name : null;
    }

    private static readonly HashSet<string> Settles = Words.SetOf("mark process confirm complete apply handle fulfill fulfil settle update");

    private static bool IsLookedUp(ILocalReferenceOperation local) => Flow.InitialValue(local) is { } initial && IsCall(initial)
        || local.EnclosingFunction().DescendantsInFunction().Any(operation => operation is ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var set }, Value: var value } && SymbolEqualityComparer.Default.Equals(set, local.Local) && IsCall(value));

    // A repository of a library that is not at hand still looks like a call.
    private static bool IsCall(IOperation value) => value.WithoutAwait() is IInvocationOperation || value.Syntax is InvocationExpressionSyntax or AwaitExpressionSyntax { Expression: InvocationExpressionSyntax };

    // Nothing after it says that something is missing: it ends in success, or at the end.
    private static bool EndsWell(IOperation choice)
    {
        for (var inner = choice; inner.Parent is { } outer && inner is not IAnonymousFunctionOperation; inner = outer)
        {
            if (outer is not IBlockOperation and not ISwitchCaseOperation)
                continue;
            var rest = outer.ChildOperations.SkipWhile(statement => statement != inner).Skip(1).ToList();
            if (rest.SelectMany(statement => statement.DescendantsInFunction()).Any(operation => operation is IThrowOperation || operation is IInvocationOperation { TargetMethod.Name: "LogWarning" or "LogError" or "LogCritical" }))
                return false;
            if (rest.OfType<IReturnOperation>().LastOrDefault() is { IsImplicit: false } answer)
                return answer.ReturnedValue is null || IsSuccess(answer.ReturnedValue);
        }
        return true;
    }

    // The statement with which it goes on, where one follows.
    private static SyntaxNode? PlaceAfter(IConditionalOperation choice) => choice.Parent is IBlockOperation block && block.Operations.SkipWhile(statement => statement != choice).Skip(1).FirstOrDefault(statement => !statement.IsImplicit && statement is not IBranchOperation) is { } next ? next.Syntax : null;

    private static readonly HashSet<string> Undone = Words.SetOf("cancelled canceled expired");

    private static string? Missing(IOperation condition)
    {
        // if (items == null || items.Count == 0)
        if (condition.WithoutConversions() is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr, LeftOperand: var first })
            return Missing(first);
        if (condition.WithoutConversions() is IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: IDeclarationPatternOperation { MatchedType.Name: var wanted } } } && Words.ContainAny(wanted, Records))
            return wanted;
        if (condition.DescendantsAndSelf().OfType<IUnaryOperation>().FirstOrDefault(not => not.OperatorKind == UnaryOperatorKind.Not)?.Operand.WithoutConversions() is IInvocationOperation { TargetMethod.Name: "TryGetValue", Arguments: [{ Value.ConstantValue: { HasValue: true, Value: string key } }, ..] } && Words.ContainAny(key, Records))
            return key;
        var asked = condition.WithoutConversions() switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals, LeftOperand: var left, RightOperand: var right } when right.WithoutConversions().ConstantValue is { HasValue: true, Value: null } => left.WithoutConversions(),
            IIsPatternOperation { Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } }, Value: var value } => value.WithoutConversions(),
            _ => null,
        };
        if (asked is not ILocalReferenceOperation { Local: var local, Type: { } type } reference)
            return null;
        // What was ordered stands in a text that nobody can read; what is optional is not worth a line in the log.
        if (Flow.InitialValue(reference)?.WithoutAwait() is IInvocationOperation { TargetMethod.Name: "Deserialize" or "DeserializeObject" or "DeserializeAsync" })
            return condition.Ancestor<IConditionalOperation>() is { WhenTrue: IBlockOperation { Operations.Length: > 1 } } choice && IsOfPayment(choice) ? local.Name : null;
        return (Words.ContainAny(type.Name, Records) || Words.ContainAny(local.Name, Records)) && (IsLookedUp(reference) || IsOfEvent(reference)) ? local.Name : null;
    }

    private static bool IsOfPayment(IOperation place) => place.Syntax.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { Identifier.ValueText: var type } && (Language.Payments.SpeakOfPayment(type) || place.Syntax.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { Identifier.ValueText: var method } && Language.Payments.SpeakOfPayment(method));

    // var intent = stripeEvent.Data.Object as PaymentIntent;
    private static bool IsOfEvent(ILocalReferenceOperation local) => Flow.InitialValue(local) is { } initial && (initial.Syntax.IsKind(SyntaxKind.AsExpression) || initial is IPropertyReferenceOperation { Property.Name: "Object" });

    // The handler itself, or a step of its type for what has happened to money.
    private static bool IsOfWebhook(IMethodSymbol method, IOperation place) => place.Ancestor<IAnonymousFunctionOperation>() is null
        && (Callbacks.IsCallback(method) || (Words.ContainAny(method.ContainingType.Name, Names) || Words.ContainSequence(method.ContainingType.Name, "web", "hook")) && (Words.ContainAny(method.Name, Records) || Words.ContainAny(method.Name, Parcels)) && Words.Of(method.Name) is ["handle" or "process" or "on" or "sync" or "apply" or "complete" or "confirm" or "fulfill", ..]);

    private static readonly HashSet<string> Parcels = Words.SetOf("delivery shipment shipping fulfillment");

    private static readonly HashSet<string> Names = Words.SetOf("webhook webhooks ipn");

    private static void Check(OperationVisit visit)
    {
        var clause = (ICatchClauseOperation)visit.Operation;
        if (!clause.IsCatchAll() || clause.Throws() || clause.Parent is not ITryOperation attempt)
            return;
        if (CallbackOf(clause, visit.Member) is not { } name || !Works(attempt.Body) || !clause.Handler.Operations.All(IsLogOrAnswer))
            return;
        var returns = clause.Handler.DescendantsInFunction().OfType<IReturnOperation>().ToList();
        if (returns.Count > 0 ? !returns.All(answer => answer.ReturnedValue is null || IsSuccess(answer.ReturnedValue)) : !GoesOnToSuccess(attempt))
            return;
        visit.Report(returns.Count > 0 && returns[0].ReturnedValue is not null ? returns[0].Syntax.GetLocation() : ((CatchClauseSyntax)clause.Syntax).CatchKeyword.GetLocation(), name);
    }

    private static string? CallbackOf(IOperation operation, ISymbol member)
    {
        foreach (var ancestor in operation.Ancestors())
        {
            if (ancestor is IInvocationOperation { TargetMethod.Name: "MapPost" } map && map.Arguments.Select(argument => argument.Value.ConstantValue).FirstOrDefault(value => value is { HasValue: true, Value: string }).Value is string route)
                return Callbacks.Speaks(route, route) ? route : null;
            // What a job or an event handler inside does with its own failures is not the answer to the provider.
            if (ancestor is ILocalFunctionOperation or ILoopOperation)
                return null;
        }
        return member is IMethodSymbol { DeclaredAccessibility: not Accessibility.Private } method && Callbacks.IsCallback(method) ? method.Name : null;
    }

    private static bool IsLogOrAnswer(IOperation statement) => statement is IReturnOperation || Catches.IsLogging(statement)
        || statement is IExpressionStatementOperation { Operation: ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "StatusCode" }, Value: var code } } && code.IsConstant(200m)
        || statement is IBranchOperation;

    private static bool Works(IOperation body) => body.DescendantsInFunction().Any(operation => operation is IAwaitOperation or IInvocationOperation
        && operation is not IInvocationOperation { TargetMethod: { ContainingType.Name: "JsonSerializer" or "EventUtility" or "StreamReader" or "JsonConvert" or "JsonDocument" } });

    private static bool IsSuccess(IOperation value)
    {
        value = value.AsAnswered();
        if (value is IInvocationOperation { TargetMethod.Name: "FromResult", Arguments: [{ Value: var inner }] })
            value = inner.AsAnswered();
        return value switch
        {
            IInvocationOperation { TargetMethod.Name: "Ok" or "NoContent" or "Accepted" or "Content" } => true,
            IInvocationOperation { TargetMethod.Name: "StatusCode", Arguments: [{ Value: var code }, ..] } => code.ConstantNumber() is >= 200m and < 300m,
            IObjectCreationOperation { Type.Name: "OkResult" or "OkObjectResult" or "NoContentResult" or "AcceptedResult" } => true,
            { ConstantValue: { HasValue: true, Value: true } } => true,
            IMemberReferenceOperation { Member: { Name: "CompletedTask" } } => true,
            _ => Outcomes.IsSuccess(value),
        };
    }

    private static bool GoesOnToSuccess(ITryOperation attempt)
    {
        if (attempt.Parent is not IBlockOperation block)
            return false;
        var rest = block.Operations.SkipWhile(statement => statement != attempt).Skip(1).ToList();
        if (rest.SelectMany(statement => statement.DescendantsInFunction()).OfType<IReturnOperation>().LastOrDefault() is { IsImplicit: false, ReturnedValue: { } answer })
            return IsSuccess(answer);
        // A handler without a result: whoever called it answers as if all were well.
        return block.Parent is IMethodBodyOperation or IAnonymousFunctionOperation or null && !attempt.Body.DescendantsInFunction().Any(operation => operation is IReturnOperation { ReturnedValue: not null });
    }
}

using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>A payment webhook that believes whoever calls it.</summary>
internal sealed class UnverifiedWebhook : RiskRule
{
    private static readonly HashSet<string> Handling = Words.SetOf("handle process update mark confirm complete publish apply save record fulfill fulfil set create credit add activate send execute");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK2005",
        title: "A payment webhook is believed without a signature",
        message: "'{0}' acts on a payment event without proof of where it comes from: anybody can post 'paid'; verify the provider's signature, or ask the provider for the state",
        why: "The address of a webhook is no secret. Without the signature check an order is paid by whoever sends the JSON.");

    public UnverifiedWebhook() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        var persistence = Persistence.In(on.Facts);
        on.Operation(CheckParse, OperationKind.Invocation);
        var endpoints = Endpoints.In(on.Facts);
        on.Operation(visit => CheckMap(visit, persistence, endpoints), OperationKind.Invocation);
        on.Body(visit => CheckBody(visit, persistence, endpoints));
        on.Operation(CheckCondition, OperationKind.Conditional);
    }

    private static readonly HashSet<string> Needed = Words.SetOf("secret key signature hmac hash checksum token sign");

    private static readonly HashSet<string> Proofs = Words.SetOf("verify verified verification signature hmac hash checksum constructevent fixedtimeequals construct validate");

    // if (!string.IsNullOrEmpty(secret)) { verify } and on: without the secret, or without the header, nobody verifies.
    private static void CheckCondition(OperationVisit visit)
    {
        var choice = (IConditionalOperation)visit.Operation;
        if (OptionalProof.IsVerifier(visit.Member) && OptionalProof.Of(choice) is var (left, at))
        {
            visit.Report(at, $"{visit.Member.Name}' without '{left}");
            return;
        }
        if (choice.Syntax is not IfStatementSyntax { IfKeyword: var keyword } || choice.WhenFalse is { } otherwise && (Flow.Leaves(otherwise) || otherwise is IConditionalOperation) || Flow.Leaves(choice.WhenTrue) || visit.Member is not IMethodSymbol method
            || !Callbacks.IsCallback(method) && !Callbacks.Speaks(method.Name, method.ContainingType.Name) || Environments.Around(choice.WhenTrue) is not EnvironmentReach.Any)
            return;
        if (Present(choice.Condition) is { } needed && Words.ContainAny(needed, Needed) && choice.WhenTrue.DescendantsInFunction().Any(operation => operation is IInvocationOperation call && !LogCalls.IsLog(call) && Words.ContainAny(call.TargetMethod.Name, Proofs) || Compares(operation, needed)))
            visit.Report(keyword, method.Name);
    }

    // if (!header.Equals(webhookKey)) return Unauthorized(); inside of the question whether there is a key.
    private static bool Compares(IOperation operation, string needed) => operation switch
    {
        IInvocationOperation { TargetMethod.Name: "Equals" or "Contains" or "SequenceEqual" or "Compare" } call => call.DescendantsAndSelf().Any(part => part.ReferencedSymbol()?.Name == needed),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals, LeftOperand: var left, RightOperand: var right } => !left.IsNullOrEmpty() && !right.IsNullOrEmpty() && (left.ReferencedSymbol()?.Name == needed || right.ReferencedSymbol()?.Name == needed),
        _ => false,
    };

    private static string? Present(IOperation condition) => condition.WithoutConversions() switch
    {
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var operand } when operand.WithoutConversions() is IInvocationOperation { TargetMethod.Name: "IsNullOrEmpty" or "IsNullOrWhiteSpace", Arguments: [{ Value: var text }] } => text.ReferencedSymbol()?.Name,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals, LeftOperand: var left, RightOperand: var right } when right.WithoutConversions().ConstantValue is { HasValue: true, Value: null } => left.ReferencedSymbol()?.Name,
        IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: IConstantPatternOperation }, Value: var value } => value.ReferencedSymbol()?.Name,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd, LeftOperand: var first, RightOperand: var second } => Present(first) ?? Present(second),
        _ => null,
    };

    private static void CheckParse(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (call.TargetMethod is not { Name: "ParseEvent", ContainingType.Name: "EventUtility" })
            return;
        if (visit.Body.DescendantsAndSelf().Any(operation => operation is IInvocationOperation { TargetMethod.Name: "ConstructEvent" or "ValidateSignature" }))
            return;
        visit.Report(call, "ParseEvent");
    }

    // app.MapPost("/webhooks/stripe", async (...) => ...), with a lambda or a method, below a group or not.
    private static void CheckMap(OperationVisit visit, Persistence persistence, Endpoints endpoints)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (call.TargetMethod.Name is not ("MapPost" or "MapPut" or "MapMethods") || endpoints.OfMap(call) is not { Code: { } code } mapped || mapped.Endpoint is not { LetsAnybodyIn: true, Route: var route })
            return;
        var name = mapped.Handler.MethodKind == MethodKind.Ordinary ? mapped.Handler.Name : "";
        if (!Callbacks.Speaks(route + " " + name, route + " " + name) || ParsesStripe(code) || !Acts(code, Language.Payments.SpeakOfPayment(route + " " + name), persistence) || Callbacks.IsProven(code.Syntax, code, persistence))
            return;
        visit.Report(((InvocationExpressionSyntax)call.Syntax).Expression is MemberAccessExpressionSyntax access ? access.Name : call.Syntax, route);
    }

    private static void CheckBody(BodyVisit visit, Persistence persistence, Endpoints endpoints)
    {
        if (visit.Member is not IMethodSymbol { MethodKind: MethodKind.Ordinary } method || method.DeclaredAccessibility != Accessibility.Public || !Callbacks.IsCallback(method) || Staff.Only(method))
            return;
        if (UnusedSignature(method, visit.Body) is { } ignored)
        {
            visit.Report(ignored.Locations[0], method.Name);
            return;
        }
        if (endpoints.Of(method) is null || IsRead(method) || Callbacks.IsGuarded(method) || ParsesStripe(visit.Body))
            return;
        var isPayment = Language.Payments.SpeakOfPayment(method.Name) || Language.Payments.SpeakOfPayment(method.ContainingType.Name)
            || method.GetAttributes().Concat(method.ContainingType.GetAttributes()).Any(attribute => attribute.ConstructorArguments.Any(argument => argument.Kind == TypedConstantKind.Primitive && argument.Value is string route && Language.Payments.SpeakOfPayment(route)))
            || method.Parameters.Any(parameter => Language.Payments.SpeakOfPayment(parameter.Type.Name))
            // Payments.WebApi.Controllers.WebhooksController: the provider's name says nothing, the service's does.
            || method.NamespaceName() is { } area && Language.Payments.SpeakOfPayment(area);
        if (!Acts(visit.Body, isPayment, persistence) || Callbacks.IsProven(visit.Body.Syntax, visit.Body, persistence))
            return;
        visit.Report(method.Locations[0], method.Name);
    }

    private static bool IsRead(IMethodSymbol method) => method.GetAttributes().Any(attribute => attribute.AttributeClass?.Name is "HttpGetAttribute" or "NonActionAttribute");

    // The signature came all the way and nobody compares it.
    private static IParameterSymbol? UnusedSignature(IMethodSymbol method, IOperation body) =>
        method.Parameters.FirstOrDefault(parameter => parameter.Type.SpecialType == SpecialType.System_String && Words.Of(parameter.Name).Contains("signature")
            && !body.DescendantsAndSelf().Any(operation => operation is IParameterReferenceOperation { Parameter: var used } reference && SymbolEqualityComparer.Default.Equals(used, parameter) && !LogCalls.IsLogged(reference) && !IsPresenceCheck(reference))
            && body.DescendantsAndSelf().OfType<IInvocationOperation>().Any());

    // That something was sent proves nothing.
    private static bool IsPresenceCheck(IOperation signature) => signature.Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "IsNullOrEmpty" or "IsNullOrWhiteSpace" } }
        || signature.Parent is IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals, RightOperand.ConstantValue: { HasValue: true, Value: null or "" } }
        || signature.Parent is IIsPatternOperation { Pattern: IConstantPatternOperation };

    private static bool ParsesStripe(IOperation body) => body.DescendantsAndSelf().Any(operation => operation is IInvocationOperation { TargetMethod: { Name: "ParseEvent", ContainingType.Name: "EventUtility" } });

    private static bool Acts(IOperation body, bool isPayment, Persistence persistence) => body.DescendantsAndSelf().Any(operation =>
        Language.Payments.MarksSettled(operation)
        || isPayment && operation is IInvocationOperation call && !LogCalls.IsLog(call)
            && (persistence.Of(call).HasFlag(DataReach.Save) || IsToldOn(call) || call.Instance is not null && call.TargetMethod.ContainingType.NamespaceName()?.StartsWith("System", StringComparison.Ordinal) == false && Words.Of(call.TargetMethod.Name) is [var verb, ..] && Handling.Contains(verb)));

    // Another service hears of it: orders.PutAsJsonAsync($"api/orders/{id}/status", ...)
    private static bool IsToldOn(IInvocationOperation call) => DataLibraries.Reach(call).HasFlag(DataReach.Remote) && Words.Of(call.TargetMethod.Name) is ["put" or "post" or "patch", ..];
}

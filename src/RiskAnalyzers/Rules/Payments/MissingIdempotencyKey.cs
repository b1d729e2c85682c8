using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>A payment call without the idempotency key that it could carry.</summary>
internal sealed class MissingIdempotencyKey : RiskRule
{
    private static readonly HashSet<string> Services = Words.SetOf("intent charge charges refund refunds payout payouts transfer transfers payment payments capture captures subscription invoice orders order session");

    // Objects around a payment: two of them are untidy and cost nobody anything.
    private static readonly HashSet<string> Around = Words.SetOf("method methods link links customer customers setup webhook account accounts token tokens configuration domain file settings");

    private static readonly HashSet<string> Verbs = Words.SetOf("create capture confirm refund charge pay payments payouts transfer submit sale process execute make initiate void cancel reverse release issue place send post");

    private static readonly HashSet<string> PayPalRequests = new(StringComparer.Ordinal) { "OrdersCreateRequest", "OrdersCaptureRequest", "OrdersAuthorizeRequest", "CapturesRefundRequest", "AuthorizationsCaptureRequest", "PayoutsPostRequest" };

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK2015",
        title: "A payment call carries no idempotency key",
        message: "'{0}' goes out without an idempotency key: a double click or a retry after a lost answer pays, or refunds, twice; pass a key that is made from the order and stays the same",
        why: "Networks repeat requests and so do people. Only a key that both attempts carry tells the provider that they are one payment.");

    public MissingIdempotencyKey() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        on.Operation(CheckCall, OperationKind.Invocation);
        on.Operation(CheckRequest, OperationKind.ObjectCreation, OperationKind.Invalid);
    }

    private static void CheckCall(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (Words.Of(call.TargetMethod.Name) is not [var verb, ..] words || !Verbs.Contains(verb) || words.HaveAny(Around))
            return;
        if (PostedPayments.IsPost(call))
        {
            if (PostedPayments.TargetOf(call, visit.Member) is { } target && !Carries((call.Syntax.FirstAncestorOrSelf<TypeDeclarationSyntax>() as SyntaxNode ?? call.Syntax.SyntaxTree.GetRoot()).ToString()))
                visit.Report(call.CalledName(), target);
            return;
        }
        if (Slot(call) is { } slot ? !IsLeftOut(slot, call) : !IsMessageWithoutKey(call))
            return;
        visit.Report(call, call.TargetMethod.Name);
    }

    // Where the call could take the key: a parameter of that name, or options that have one.
    private static IArgumentOperation? Slot(IInvocationOperation call)
    {
        var isLibrary = Language.Payments.IsOfProvider(call.TargetMethod.ContainingType);
        // Who captures, confirms or cancels one intent twice is told so by the provider.
        if (isLibrary && (Words.Of(call.TargetMethod.Name) is ["capture" or "confirm" or "cancel" or "void" or "reverse" or "release", ..] || !Words.ContainAny(call.TargetMethod.ContainingType.Name, Services) || Words.ContainAny(call.TargetMethod.ContainingType.Name, Around)))
            return null;
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is not { } parameter)
                continue;
            if (parameter.Name.IndexOf("dempoten", StringComparison.Ordinal) >= 0 && (isLibrary || Language.Payments.SpeakOfPayment(call.TargetMethod.Name) || Language.Payments.MovesMoney(call)))
                return argument;
            if (isLibrary && parameter.Type is INamedTypeSymbol { TypeKind: TypeKind.Class } options && options.Name.EndsWith("Options", StringComparison.Ordinal) && HasKey(options))
                return argument;
        }
        return null;
    }

    private static bool IsLeftOut(IArgumentOperation slot, IInvocationOperation call)
    {
        if (slot.ArgumentKind == ArgumentKind.DefaultValue || slot.Value.WithoutConversions().ConstantValue is { HasValue: true, Value: null or "" } || slot.Value.WithoutConversions() is IDefaultValueOperation)
            return true;
        // Options that are made here, or once for all calls, and name everything but the key.
        return slot.Parameter!.Type.SpecialType == SpecialType.None && (IsMadeHere(slot.Value) && !Language.Payments.HasIdempotencyKey(call) || IsForAllCalls(slot.Value));
    }

    // private RequestOptions RequestOptions => new() { ApiKey = key }; and nothing in the type speaks of the key.
    private static bool IsForAllCalls(IOperation options) => options.WithoutConversions() is IMemberReferenceOperation { Instance: null or IInstanceReferenceOperation, Member: { ContainingType: { DeclaringSyntaxReferences: { IsEmpty: false } parts } } and (IPropertySymbol or IFieldSymbol) }
        && parts.All(part => !Carries(part.GetSyntax().ToString()));

    // gateway.ChargeAsync(new ChargeRequest { ... }) where ChargeRequest has a key that nobody sets.
    private static bool IsMessageWithoutKey(IInvocationOperation call)
    {
        if (!Language.Payments.MovesMoney(call))
            return false;
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Type is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, SpecialType: SpecialType.None } message && HasKey(message))
                return IsMadeHere(argument.Value) && !IsGivenKey(argument.Value, call) && !Language.Payments.HasIdempotencyKey(call);
        }
        return false;
    }

    private static bool HasKey(INamedTypeSymbol type)
    {
        for (var ancestor = type; ancestor is not null and not { SpecialType: SpecialType.System_Object }; ancestor = ancestor.BaseType)
        {
            if (ancestor.GetMembers().Any(member => member is IPropertySymbol { SetMethod: not null } && member.Name.IndexOf("dempoten", StringComparison.Ordinal) >= 0))
                return true;
        }
        return false;
    }

    private static bool IsMadeHere(IOperation value) => value.WithoutConversions() switch
    {
        IObjectCreationOperation => true,
        ILocalReferenceOperation local => Flow.InitialValue(local)?.WithoutConversions() is IObjectCreationOperation,
        _ => false,
    };

    // The constructor took it: new ChargeRequest(order.Id, amount, key).
    private static bool IsGivenKey(IOperation value, IInvocationOperation call)
    {
        var made = value.WithoutConversions() is ILocalReferenceOperation local ? Flow.InitialValue(local)?.WithoutConversions() : value.WithoutConversions();
        return made is IObjectCreationOperation creation && creation.Arguments.Any(argument => argument.ArgumentKind != ArgumentKind.DefaultValue && argument.Parameter is { } parameter && Language.Payments.IsIdempotencyKey(parameter.Name)
            && argument.Value.ConstantValue is not { HasValue: true, Value: null });
    }

    // PayPal takes the key in a header of the request; its library may not be at hand.
    private static void CheckRequest(OperationVisit visit)
    {
        if (visit.Operation.Syntax is not ObjectCreationExpressionSyntax { Type: var type } creation)
            return;
        var name = type is QualifiedNameSyntax qualified ? qualified.Right.Identifier.ValueText : (type as SimpleNameSyntax)?.Identifier.ValueText;
        if (name is null || !PayPalRequests.Contains(name) || visit.Operation is IInvalidOperation { Parent: IInvalidOperation { Syntax: ObjectCreationExpressionSyntax } })
            return;
        if (Carries((creation.FirstAncestorOrSelf<TypeDeclarationSyntax>() as SyntaxNode ?? creation.SyntaxTree.GetRoot()).ToString()))
            return;
        visit.Report(SentBy(creation) ?? visit.Operation.Syntax, name);
    }

    // var request = new OrdersCreateRequest(); ... await client.Execute(request);
    private static SyntaxNode? SentBy(ObjectCreationExpressionSyntax creation) => creation.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Identifier.ValueText: var local } }
        ? creation.Ancestors().OfType<BlockSyntax>().FirstOrDefault()?.DescendantNodes().OfType<InvocationExpressionSyntax>()
            .FirstOrDefault(call => call.SpanStart > creation.SpanStart && call.ArgumentList.Arguments.Any(argument => argument.Expression is IdentifierNameSyntax { Identifier.ValueText: var sent } && sent == local))
        : null;

    private static bool Carries(string text) => text.IndexOf("PayPal-Request-Id", StringComparison.OrdinalIgnoreCase) >= 0 || text.IndexOf("PayPalRequestId", StringComparison.OrdinalIgnoreCase) >= 0 || text.IndexOf("idempoten", StringComparison.OrdinalIgnoreCase) >= 0;
}

using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>A redirect to wherever the request says: a link to the shop that ends on a copy of its sign-in page.</summary>
internal sealed class OpenRedirect : RiskRule
{
    private static readonly HashSet<string> Redirects = new(StringComparer.Ordinal) { "Redirect", "RedirectPermanent", "RedirectPreserveMethod", "RedirectPermanentPreserveMethod" };

    private static readonly HashSet<string> Destinations = Words.SetOf("url uri return redirect callback next target destination goto continue referer referrer back link path");

    private static readonly HashSet<string> Checking = Words.SetOf("local valid validate validated allowed allow trusted trust safe whitelist whitelisted sanitize sanitized check is known permitted permit internal verify ensure relative");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK3016",
        title: "A redirect to an address from the request",
        message: "'{0}' sends the browser wherever the request says, another site included; use LocalRedirect, or check Url.IsLocalUrl or a list of your own",
        why: "The link in the phishing mail shows the shop's own host. After a true sign-in the customer lands on a copy of the page that asks once more.");

    public OpenRedirect() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        var request = RequestData.In(on.Facts);
        on.Operation(visit => CheckCall(visit, request), OperationKind.Invocation);
        on.Operation(visit => CheckCreation(visit, request), OperationKind.ObjectCreation);
        on.Operation(visit => CheckAssignment(visit, request), OperationKind.SimpleAssignment);
        var endpoints = Endpoints.In(on.Facts);
        on.Operation(visit =>
        {
            if (PaymentReturns.AddressIn(visit, request, endpoints) is { } address && !IsChecked(address, visit.Operation, visit.Body))
                visit.Report(visit.Operation is ISimpleAssignmentOperation ? visit.Operation : address, Excerpt.Of(visit.Operation is ISimpleAssignmentOperation ? visit.Operation : address));
        }, OperationKind.SimpleAssignment, OperationKind.Argument);
    }

    private static void CheckCall(OperationVisit visit, RequestData request)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (!Redirects.Contains(call.TargetMethod.Name) || call.Arguments.FirstOrDefault(argument => argument.Parameter is { Ordinal: 0 }) is not { Value: var address })
            return;
        if (call.TargetMethod.ContainingType is { Name: "ControllerBase" or "Controller" or "PageModel" or "PageBase" or "HttpResponse" or "Results" or "TypedResults" })
            Check(visit, call, address, request);
    }

    private static void CheckCreation(OperationVisit visit, RequestData request)
    {
        var creation = (IObjectCreationOperation)visit.Operation;
        if (creation is { Type.Name: "RedirectResult" or "RedirectHttpResult", Arguments: [{ Value: var address }, ..] })
            Check(visit, creation, address, request);
    }

    // new AuthenticationProperties { RedirectUri = returnUrl }
    private static void CheckAssignment(OperationVisit visit, RequestData request)
    {
        var assignment = (ISimpleAssignmentOperation)visit.Operation;
        if (assignment.Target is IPropertyReferenceOperation { Property: { Name: "RedirectUri", ContainingType.Name: "AuthenticationProperties" } })
            Check(visit, assignment, assignment.Value, request);
        else if (assignment.Target is IPropertyReferenceOperation { Property.Name: "Location" or "this[]", Instance.Type.Name: "IHeaderDictionary" or "ResponseHeaders" } header && (header.Property.Name == "Location" || header.Arguments is [{ Value.ConstantValue: { HasValue: true, Value: "Location" } }]))
            Check(visit, assignment, assignment.Value, request);
    }

    private static void Check(OperationVisit visit, IOperation redirect, IOperation address, RequestData request)
    {
        if (Beginning(address, hops: 3) is not { } source || !IsFromRequest(source, request, visit.Member) || IsChecked(source, redirect, visit.Body))
            return;
        visit.Report(redirect, Excerpt.Of(redirect));
    }

    // What an address begins with decides where it leads: $"/orders/{id}" stays, $"{returnUrl}?x=1" goes.
    private static IOperation? Beginning(IOperation value, int hops)
    {
        value = value.WithoutAwait();
        switch (value)
        {
            case { ConstantValue.HasValue: true }:
                return null;
            case IInterpolatedStringOperation { Parts: [IInterpolationOperation { Expression: var first }, ..] }:
                return Beginning(first, hops);
            case IInterpolatedStringOperation:
                return null;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, LeftOperand: var left }:
                return Beginning(left, hops);
            case ICoalesceOperation coalesce:
                return Beginning(coalesce.Value, hops) ?? Beginning(coalesce.WhenNull, hops);
            case IConditionalOperation { WhenFalse: { } whenFalse } choice:
                return IsCheck(choice.Condition) ? null : Beginning(choice.WhenTrue, hops) ?? Beginning(whenFalse, hops);
            case IConversionOperation { Operand: var operand }:
                return Beginning(operand, hops);
            case IInvocationOperation { TargetMethod.Name: "UrlDecode" or "UnescapeDataString" or "AddQueryString" or "Decode" or "HtmlDecode" or "Concat" or "ToString" or "Trim" or "TrimEnd" or "First" or "FirstOrDefault" } call:
                return (call.Instance ?? (call.Arguments.Length > 0 ? call.Arguments[0].Value : null)) is { } inner ? Beginning(inner, hops) : null;
            case IObjectCreationOperation { Type.Name: "Uri" or "UriBuilder", Arguments: [{ Value: var address }] }:
                return Beginning(address, hops);
            case IPropertyReferenceOperation { Property: { Name: "AbsoluteUri" or "OriginalString" or "Uri", ContainingType.Name: "Uri" or "UriBuilder" }, Instance: { } uri }:
                return Beginning(uri, hops);
            case ILocalReferenceOperation local when hops > 0 && Flow.InitialValue(local) is { } initial:
                return Beginning(initial, hops - 1) is null ? null : value;
            case ILocalReferenceOperation or IParameterReferenceOperation or IPropertyReferenceOperation or IConditionalAccessOperation:
                return value;
            default:
                return null;
        }
    }

    private static bool IsFromRequest(IOperation source, RequestData request, ISymbol member)
    {
        if (IsReferer(source) || request.Holds(source))
            return true;
        // A helper of a controller or page that is handed the address.
        return source is IParameterReferenceOperation { Parameter: { Type.SpecialType: SpecialType.System_String, ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Ordinary, IsStatic: false } owner } parameter }
            && Words.ContainAny(parameter.Name, Destinations) && Words.ContainAny(parameter.Name, Returning) && (Endpoints.IsController(owner.ContainingType) || owner.ContainingType.Name.EndsWith("Model", StringComparison.Ordinal)) && SymbolEqualityComparer.Default.Equals(owner, member);
    }

    private static readonly HashSet<string> Returning = Words.SetOf("return returnurl redirect next back continue");

    private static bool IsReferer(IOperation source) => source.ReferencedSymbol() is IPropertySymbol { Name: "Referer" or "UrlReferrer" };

    // Anything that looks at the same value and could say no.
    private static bool IsChecked(IOperation source, IOperation redirect, IOperation body)
    {
        var symbol = source.ReferencedSymbol();
        if (symbol is null)
            return false;
        foreach (var operation in body.DescendantsAndSelf())
        {
            if (operation == redirect || operation.Syntax.SpanStart > redirect.Syntax.Span.End)
                continue;
            if (operation is IInvocationOperation call && IsCheck(call) && (call.Arguments.Any(argument => argument.Value.Mentions(symbol)) || call.Instance?.Mentions(symbol) == true))
                return true;
            // A library that is not at hand still has names.
            if (operation is IInvalidOperation { Syntax: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var unknown } } asked } && IsCheck(unknown) && asked.ArgumentList.ToString().Contains(symbol.Name))
                return true;
            // The host or the scheme is compared; the text is compared with what it may be.
            if (operation is IPropertyReferenceOperation { Property: { Name: "Host" or "Authority" or "IsAbsoluteUri", ContainingType.Name: "Uri" } })
                return true;
            // var client = await clients.FindAsync(returnUrl); if (client != null): only addresses that are on record get so far.
            if (operation is IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } known && known.RightOperand.IsNull() && known.LeftOperand.WithoutConversions() is ILocalReferenceOperation found && Flow.InitialValue(found)?.WithoutAwait() is IInvocationOperation lookUp && lookUp.Arguments.Any(argument => argument.Value.Mentions(symbol)))
                return true;
            if (operation is IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison && comparison.LeftOperand.Mentions(symbol) && comparison.RightOperand.WithoutConversions() is var other && !(other.ConstantValue is { HasValue: true, Value: null or "" }) && other is not IFieldReferenceOperation { Field.Name: "Empty" })
                return true;
        }
        return false;
    }

    private static bool IsCheck(IOperation condition) => condition.DescendantsAndSelf().Any(part => part is IInvocationOperation { TargetMethod: var method }
        && (IsCheck(method.Name) || method.Name == "StartsWith" && !IsSlash(part)));

    private static bool IsCheck(string name) => name is "Contains" or "TryCreate" or "GetAuthorizationContextAsync" or "IsMatch" || name is not ("IsNullOrEmpty" or "IsNullOrWhiteSpace") && Words.ContainAny(name, Checking);

    // "/" begins "//evil.example" too.
    private static bool IsSlash(IOperation call) => call is IInvocationOperation { TargetMethod.Name: "StartsWith", Arguments: [{ Value.ConstantValue: { HasValue: true, Value: "/" or '/' or "http" or "https://" or "http://" } }, ..] };
}

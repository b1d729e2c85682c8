using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>Where a payment provider sends the customer afterwards, as the caller of an endpoint says.</summary>
internal static class PaymentReturns
{
    private static readonly HashSet<string> Ends = Words.SetOf("return success cancel redirect callback failure back");

    private static readonly string[] Lists = { "AllowedReturn", "AllowedRedirect", "AllowedCallback", "ReturnUrlValid", "RedirectUrlValid", "ReturnUrlPolicy", "IsAllowedUrl", "AllowedUrls", "AllowedHosts\"" };

    /// <summary>The caller's address that an endpoint or handler puts into what it asks a provider for; null where it is another's, or the project keeps a list of its own.</summary>
    public static IOperation? AddressIn(OperationVisit visit, RequestData request, Endpoints endpoints)
    {
        var (name, value, asked) = visit.Operation switch
        {
            ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: { Type.SpecialType: SpecialType.System_String, Name: var member, ContainingType: { } owner } }, Parent: IObjectOrCollectionInitializerOperation } set => (member, set.Value, owner),
            IArgumentOperation { Parameter: { Type.SpecialType: SpecialType.System_String, Name: var parameter }, Parent: IObjectCreationOperation { Type: INamedTypeSymbol made } } argument => (parameter, argument.Value, made),
            // payments.CreateSessionAsync(order, command.SuccessUrl, command.CancelUrl)
            IArgumentOperation { Parameter: { Type.SpecialType: SpecialType.System_String, Name: var parameter }, Parent: IInvocationOperation { TargetMethod: { ContainingType: { TypeKind: TypeKind.Interface } contract } asking } } argument when IsAskedOf(contract, asking) => (parameter, argument.Value, contract),
            _ => ("", null, null),
        };
        if (value is null || asked is null || Words.Of(name) is not [var end, "url" or "uri"] || !Ends.Contains(end) || asked.TypeKind != TypeKind.Interface && !IsAsked(asked))
            return null;
        var address = value is ICoalesceOperation either ? either.Value : value;
        if (address.WithoutConversions() is not IPropertyReferenceOperation { Property.Name: var sent, Instance: IParameterReferenceOperation { Parameter: var carrier } } || !Words.Of(sent).HaveAny(Ends) || !request.Holds(address))
            return null;
        // The adapter of the provider hands on what the endpoint has let in.
        if (endpoints.Around(visit.Operation, visit.Member) is null && !(visit.Member is IMethodSymbol { Name: "Handle" or "HandleAsync" } && carrier.Type.Name.EndsWith("Command", StringComparison.Ordinal)))
            return null;
        return visit.Compilation.SyntaxTrees.Any(tree => TextSearch.ContainsAny(tree, Lists)) ? null : address.WithoutConversions();
    }

    private static bool IsAskedOf(INamedTypeSymbol contract, IMethodSymbol asking) => (Language.Payments.SpeakOfPayment(contract.Name) || Words.ContainAny(contract.Name, Counters) || Words.ContainAny(asking.Name, Counters)) && Words.Of(asking.Name) is [var verb, ..] && verb is "create" or "start" or "initiate" or "begin" or "open" or "checkout" or "pay";

    private static readonly HashSet<string> Counters = Words.SetOf("checkout payment payments stripe paypal");

    // PaymentRequest, SessionCreateOptions, CheckoutSessionRequest: what is asked for, not what is answered or kept, nor the model of a page that posts it back.
    private static bool IsAsked(INamedTypeSymbol type) => Words.Of(type.Name) is { IsEmpty: false } words && words[words.Length - 1] is "request" or "options" or "params" or "parameters" or "input"
        && (Language.Payments.SpeakOfPayment(type.Name) || words.Contains("checkout") || words.Contains("session"));
}

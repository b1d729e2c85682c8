using System.Text.RegularExpressions;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>A password, session token, card number or key that travels in an address, where every server on the way writes it down.</summary>
internal sealed class SecretInAddress : RiskRule
{
    // ?api_key=, &password=: what stands before the value.
    private static readonly Regex Named = new(@"[?&](api[-_]?key|apikey|access[-_]?key|secret|client[-_]?secret|password|pwd|access[-_]?token|refresh[-_]?token|key)=$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly HashSet<string> Sessions = Words.SetOf("refresh access jwt bearer session");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK3029",
        title: "A secret travels in the address",
        message: "'{0}' travels in the address: servers, proxies, browsers and clients of HTTP write addresses into logs and histories, and whoever reads those has it; send it in {1}",
        why: "TLS hides the address on the wire only. At both ends it goes into access logs, traces, histories and Referer headers that nobody guards like a password.");

    public SecretInAddress() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        var endpoints = Endpoints.In(on.Facts);
        on.Declaration(visit => CheckAction(visit, endpoints), SymbolKind.Method);
        on.Operation(visit => CheckLambda(visit, endpoints), OperationKind.AnonymousFunction);
        on.Operation(CheckText, OperationKind.InterpolatedString);
        on.Operation(CheckQuery, OperationKind.Invocation);
    }

    private static void CheckAction(DeclarationVisit visit, Endpoints endpoints)
    {
        if (visit.Symbol is not IMethodSymbol { MethodKind: MethodKind.Ordinary, Parameters.IsEmpty: false } method || !method.Parameters.Any(MayHoldSecret) || endpoints.Of(method) is not { Kind: EndpointKind.Action } endpoint)
            return;
        var isApi = method.ContainingType.HasAttribute("ApiControllerAttribute") || endpoint.Verb is "GET" or "DELETE";
        foreach (var parameter in method.Parameters)
        {
            if (SecretIn(parameter) is { } secret && IsOfAddress(parameter, endpoint, isApi))
                visit.Report(parameter.Locations[0], secret, "the body or a header");
        }
    }

    private static void CheckLambda(OperationVisit visit, Endpoints endpoints)
    {
        var lambda = (IAnonymousFunctionOperation)visit.Operation;
        if (!lambda.Symbol.Parameters.Any(MayHoldSecret) || endpoints.Of(lambda) is not { } endpoint)
            return;
        foreach (var parameter in lambda.Symbol.Parameters)
        {
            if (SecretIn(parameter) is { } secret && IsOfAddress(parameter, endpoint, isApi: true))
                visit.Report(parameter.Locations[0], secret, "the body or a header");
        }
    }

    // $"https://rates.example/latest?apikey={options.ApiKey}"
    private static void CheckText(OperationVisit visit)
    {
        var text = (IInterpolatedStringOperation)visit.Operation;
        for (var i = 1; i < text.Parts.Length; i++)
        {
            // $"{options.Url}/{options.ApiKey}/pair/EUR/USD"
            if (text.Parts[i] is IInterpolationOperation { Expression: var step } && text.Parts[i - 1] is IInterpolatedStringTextOperation { Text.ConstantValue: { HasValue: true, Value: string path } } && path.EndsWith("/", StringComparison.Ordinal) && Secrets.Of(step.WithoutConversions()) == SecretKind.Key && IsAddress(text) && !LogCalls.IsLogged(text))
                visit.Report(step, step.Syntax.ToString(), "a header");
            if (text.Parts[i] is IInterpolationOperation { Expression: var value } && text.Parts[i - 1] is IInterpolatedStringTextOperation { Text.ConstantValue: { HasValue: true, Value: string before } } && before.EndsWith("=", StringComparison.Ordinal) && !LogCalls.IsLogged(text)
                && (Named.IsMatch(i == 1 && text.Parent is IBinaryOperation ? "&" + before : before) && IsSecret(value) || before.EndsWith("token=", StringComparison.OrdinalIgnoreCase) && IsSession(value) && GoesToBrowser(text, visit.Body)))
                visit.Report(value, value.Syntax.ToString(), GoesToBrowser(text, visit.Body) ? "a cookie, or trade a code for it that is good once" : "a header");
        }
    }

    // QueryHelpers.AddQueryString(url, "access_token", token)
    private static void CheckQuery(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (call.TargetMethod.Name is "AddQueryString" && call.Arguments is [_, { Value.ConstantValue: { HasValue: true, Value: string name } }, { Value: var value }] && Named.IsMatch("&" + name + "=") && IsSecret(value))
            visit.Report(value, value.Syntax.ToString(), GoesToBrowser(call, visit.Body) ? "a cookie, or trade a code for it that is good once" : "a header");
    }

    // The token of a reset is good once and belongs into a link; one that opens a session does not.
    private static bool IsSession(IOperation value)
    {
        value = Unescaped(value);
        if (value is IPropertyReferenceOperation)
            return Secrets.Of(value) == SecretKind.Token && Words.ContainAny(value.ReferencedSymbol()!.Name, Sessions);
        return value is ILocalReferenceOperation local && Flow.InitialValue(local)?.WithoutAwait() is IInvocationOperation { TargetMethod.Name: var maker } && Words.Of(maker) is ["generate" or "create" or "issue" or "build", .. var made] && made.Any(Sessions.Contains);
    }

    private static bool GoesToBrowser(IOperation text, IOperation body)
    {
        for (var ancestor = text.Parent; ancestor is not null and not IBlockOperation; ancestor = ancestor.Parent)
        {
            if (IsRedirect(ancestor))
                return true;
            if (ancestor is IVariableDeclaratorOperation { Symbol: var local })
                return body.DescendantsAndSelf().Any(part => IsRedirect(part) && part.Mentions(local));
        }
        return false;
    }

    private static bool IsRedirect(IOperation call) => call is IInvocationOperation { TargetMethod.Name: "Redirect" or "RedirectPermanent" } or IObjectCreationOperation { Type.Name: "RedirectResult" };

    private static bool IsAddress(IInterpolatedStringOperation text) => text.Parts[0] switch
    {
        IInterpolatedStringTextOperation { Text.ConstantValue: { HasValue: true, Value: string begin } } => begin.StartsWith("http", StringComparison.Ordinal),
        IInterpolationOperation { Expression: var host } => host.ReferencedSymbol() is { } symbol && Words.ContainAny(symbol.Name, Hosts),
        _ => false,
    };

    private static readonly HashSet<string> Hosts = Words.SetOf("url uri address host endpoint");

    private static bool IsSecret(IOperation value)
    {
        value = Unescaped(value);
        return Secrets.Of(value) is SecretKind.Key or SecretKind.Password || Secrets.Of(value) == SecretKind.Token && Words.ContainAny(value.ReferencedSymbol()?.Name ?? "", Sessions);
    }

    private static IOperation Unescaped(IOperation value)
    {
        value = value.WithoutAwait();
        return value is IInvocationOperation { TargetMethod.Name: "EscapeDataString" or "UrlEncode" or "Encode", Arguments: [{ Value: var inner }, ..] } ? inner.WithoutConversions() : value;
    }

    private static bool MayHoldSecret(IParameterSymbol parameter) => parameter.Type.SpecialType == SpecialType.System_String ? Speaks(parameter.Name) : parameter.GetAttributes().Length > 0 && parameter.Type.IsOfTheProduct();

    // Login([FromQuery] LoginDto dto): each member is a part of the query.
    private static string? SecretIn(IParameterSymbol parameter)
    {
        if (parameter.Type.SpecialType == SpecialType.System_String)
            return Speaks(parameter.Name) ? parameter.Name : null;
        return parameter.HasAttribute("FromQueryAttribute") ? parameter.Type.GetMembers().FirstOrDefault(member => member is IPropertySymbol { Type.SpecialType: SpecialType.System_String } && Speaks(member.Name))?.Name : null;
    }

    private static bool Speaks(string name) => Secrets.Of(name) switch
    {
        SecretKind.Password or SecretKind.Card => true,
        SecretKind.Token => Words.ContainAny(name, Sessions),
        _ => false,
    };

    private static bool IsOfAddress(IParameterSymbol parameter, Endpoint endpoint, bool isApi)
    {
        if (parameter.HasAttribute("FromQueryAttribute") || parameter.HasAttribute("FromRouteAttribute"))
            return true;
        if (parameter.GetAttributes().Any(attribute => attribute.AttributeClass?.Name is { } name && (name.StartsWith("From", StringComparison.Ordinal) || name.Contains("Header"))))
            return false;
        return isApi || endpoint.Route.IndexOf("{" + parameter.Name, StringComparison.OrdinalIgnoreCase) >= 0;
    }
}

using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>A decision by a header that every caller can write: an address, a user, a role.</summary>
internal sealed class TrustedForwardedHeader : RiskRule
{
    private static readonly HashSet<string> Addresses = new(StringComparer.OrdinalIgnoreCase)
    {
        "X-Forwarded-For", "X-Real-IP", "X-Client-IP", "CF-Connecting-IP", "True-Client-IP", "X-Original-For", "X-Originating-IP", "X-Cluster-Client-IP", "Fastly-Client-IP", "X-Remote-IP", "X-Remote-Addr", "Forwarded", "X-ProxyUser-Ip",
    };

    private static readonly HashSet<string> People = Words.SetOf("user userid username customer customerid account role roles admin tenant tenantid employee merchant actor member seller principal identity impersonate email restaurant company organization organisation org clinic workspace");

    private static readonly HashSet<string> Other = Words.SetOf("agent token key signature secret hash count limit device session trace request locale language timezone currency version");

    private static readonly HashSet<string> Proofs = Words.SetOf("signature signed hmac verify verified");

    private static readonly HashSet<string> Proxies = Words.SetOf("proxy proxies trusted");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK3015",
        title: "A decision by a header that the caller writes",
        message: "'{0}' {1}",
        why: "Nothing stops a client from sending the header itself. Limits by address then limit nobody, and a user id in a header is an account for the asking.");

    public TrustedForwardedHeader() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        var knowsProxies = new Lazy<bool>(() => KnowsProxies(on.Compilation));
        on.Operation(visit => CheckIndexer(visit, knowsProxies), OperationKind.PropertyReference);
        on.Operation(visit => CheckCall(visit, knowsProxies), OperationKind.Invocation);
        on.Operation(visit => CheckForgotten(visit, knowsProxies), OperationKind.Invocation, OperationKind.Invalid);
        on.Declaration(visit => CheckParameters(visit, visit.Symbol as IMethodSymbol), SymbolKind.Method);
        on.Operation(visit => CheckParameters(visit, ((IAnonymousFunctionOperation)visit.Operation).Symbol), OperationKind.AnonymousFunction);
        on.Operation(visit => CheckParameters(visit, ((ILocalFunctionOperation)visit.Operation).Symbol), OperationKind.LocalFunction);
    }

    private static void CheckIndexer(OperationVisit visit, Lazy<bool> knowsProxies)
    {
        var read = (IPropertyReferenceOperation)visit.Operation;
        if (read is { Property.IsIndexer: true, Arguments: [{ Value.ConstantValue: { HasValue: true, Value: string header } }], Instance: { } store } && IsRequest(store) && !(read.Parent is IAssignmentOperation assignment && assignment.Target == read))
            Check(visit, read, header, read.Syntax, knowsProxies);
    }

    // Headers.TryGetValue("X-Forwarded-For", out var address), metadata.GetValue("x-user-id")
    private static void CheckCall(OperationVisit visit, Lazy<bool> knowsProxies)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (call.TargetMethod.Name is not ("TryGetValue" or "GetCommaSeparatedValues" or "GetValue" or "GetValueOrDefault" or "Get"))
            return;
        var store = call.Instance ?? (call.Arguments.Length > 0 ? call.Arguments[0].Value : null);
        if (store is null || !IsRequest(store) || call.Arguments.Select(argument => argument.Value.ConstantValue).FirstOrDefault(value => value is { HasValue: true, Value: string }) is not { HasValue: true, Value: string header })
            return;
        Check(visit, call, header, call.Syntax, knowsProxies);
    }

    // options.KnownProxies.Clear(); with nothing added: the middleware believes everybody's X-Forwarded-For.
    private static void CheckForgotten(OperationVisit visit, Lazy<bool> knowsProxies)
    {
        if (ProxiesForgottenIn(visit.Operation) is not { } list || knowsProxies.Value || Environments.Around(visit.Operation) is EnvironmentReach.DevelopmentOnly or EnvironmentReach.OutsideProduction)
            return;
        var statement = visit.Operation.Syntax.FirstAncestorOrSelf<StatementSyntax>();
        // Proxies and networks are forgotten in one breath.
        var before = statement?.Parent is BlockSyntax block ? block.Statements.TakeWhile(other => other != statement) : Enumerable.Empty<StatementSyntax>();
        if (before.Any(other => other is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax earlier } && ListForgottenIn(earlier) is not null))
            return;
        visit.Report(visit.Operation, list, "leaves no proxy known: X-Forwarded-For and X-Forwarded-Proto are believed whoever sends them: limits by address stop nobody; add the proxies or networks in front");
    }

    private static string? ProxiesForgottenIn(IOperation operation) => operation is IInvocationOperation { TargetMethod.Name: not "Clear" } ? null : operation.Syntax is InvocationExpressionSyntax call ? ListForgottenIn(call) : null;

    private static string? ListForgottenIn(InvocationExpressionSyntax call) =>
        call is { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Clear", Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var list } } } && list is "KnownProxies" or "KnownNetworks" or "KnownIPNetworks" ? list + ".Clear()" : null;

    private static void Check(OperationVisit visit, IOperation read, string header, SyntaxNode node, Lazy<bool> knowsProxies)
    {
        var flow = new HeaderFlow(visit.Compilation, visit.Cancellation);
        var taken = node is InvocationExpressionSyntax call ? HeaderFlow.OutOf(call) : null;
        if (Addresses.Contains(header))
        {
            if (MentionsAny(visit.Body, Proxies) || knowsProxies.Value)
                return;
            if (taken is null ? flow.Decides(node) : HeaderFlow.NamedUses(taken, node).Any(flow.Decides))
                visit.Report(read, header, "is what the caller wrote, and so is every other address: limits and lists by address stop nobody; use Connection.RemoteIpAddress behind UseForwardedHeaders with the known proxies");
        }
        else if (NamesSomebody(header) && !AsksForProof(visit.Body) && (taken is null ? flow.IsUsed(node) : HeaderFlow.NamedUses(taken, node).Any(flow.IsUsed)))
        {
            visit.Report(read, header, "is what the caller wrote, and whoever sends it is whom they say; take the identity from the claims of a verified token");
        }
    }

    // [FromHeader(Name = "X-User-Id")] int userId
    private static void CheckParameters(Visit visit, IMethodSymbol? method)
    {
        if (method is null)
            return;
        foreach (var parameter in method.Parameters)
        {
            if (parameter.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass?.Name == "FromHeaderAttribute") is not { } attribute || parameter.DeclaringSyntaxReferences is not [var reference])
                continue;
            var header = attribute.NamedArguments.FirstOrDefault(argument => argument.Key == "Name").Value.Value as string ?? parameter.Name;
            if (!NamesSomebody(header) || reference.GetSyntax(visit.Cancellation) is not ParameterSyntax { Parent.Parent: { } function } || ReadsClaims(function))
                continue;
            visit.Report(parameter.Locations[0], header, "is what the caller wrote, and whoever sends it is whom they say; take the identity from the claims of a verified token");
        }
    }

    private static bool ReadsClaims(SyntaxNode function) => function.DescendantNodes().Any(node => node is IdentifierNameSyntax { Identifier.ValueText: "FindFirst" or "FindFirstValue" or "Claims" or "IsInRole" or "HasClaim" or "AuthorizeAsync" or "GetUserId" });

    private static bool NamesSomebody(string header)
    {
        var words = Words.Of(header);
        return words is ["x" or "remote", _, ..] && words.HaveAny(People) && !words.HaveAny(Other);
    }

    private static bool IsRequest(IOperation store) => store.WithoutConversions() switch
    {
        IPropertyReferenceOperation { Property: { Name: "Headers", ContainingType.Name: "HttpRequest" or "HttpRequestData" } } => true,
        IPropertyReferenceOperation { Property: { Name: "RequestHeaders", ContainingType.Name: "ServerCallContext" } } => true,
        ILocalReferenceOperation { Local.Type.Name: "IHeaderDictionary" } or IParameterReferenceOperation { Parameter.Type.Name: "IHeaderDictionary" } => true,
        IConditionalAccessInstanceOperation access => access.Ancestor<IConditionalAccessOperation>() is { Operation: var inner } && IsRequest(inner),
        _ => false,
    };

    // The claims of the caller, or a key or signature that only the gateway has.
    private static bool AsksForProof(IOperation body)
    {
        foreach (var operation in body.DescendantsAndSelf())
        {
            if (operation is IInvocationOperation { TargetMethod.Name: "FindFirst" or "FindFirstValue" or "IsInRole" or "HasClaim" or "FixedTimeEquals" or "AuthorizeAsync" or "GetUserId" }
                or IPropertyReferenceOperation { Property: { Name: "Claims" or "IsAuthenticated" } })
                return true;
            if (operation is ILiteralOperation { ConstantValue: { HasValue: true, Value: string header } } && Words.ContainAny(header, Proofs)
                || operation is IInvocationOperation or ILocalReferenceOperation && operation.ReferencedSymbol() is { } symbol && Words.ContainAny(symbol.Name, Proofs))
                return true;
        }
        return false;
    }

    private static bool MentionsAny(IOperation body, HashSet<string> words) => body.DescendantsAndSelf().Any(operation =>
        operation is IMemberReferenceOperation or ILocalReferenceOperation or IParameterReferenceOperation or IInvocationOperation && operation.ReferencedSymbol() is { } symbol && Words.ContainAny(symbol.Name, words));

    private static bool KnowsProxies(Compilation compilation) => compilation.SyntaxTrees.Any(tree =>
        TextSearch.Contains(tree, "KnownProxies.Add") || TextSearch.Contains(tree, "KnownNetworks.Add") || TextSearch.Contains(tree, "KnownIPNetworks.Add"));
}

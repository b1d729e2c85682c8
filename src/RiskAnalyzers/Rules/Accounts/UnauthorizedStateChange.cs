using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>An endpoint that changes orders, payments or accounts for whoever calls it.</summary>
internal sealed class UnauthorizedStateChange : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK3002",
        title: "Anybody may change things here",
        message: "'{0}' {2}, signed in or not: {1}; require authorization, or let it ask who is calling",
        why: "An address is no secret. What an endpoint does without asking who calls, scripts do for every id there is.");

    private const string NoProof = "it asks for no token or code that only the owner was sent";

    private const string ChangesThings = "changes things for whoever calls it";

    public UnauthorizedStateChange() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        var endpoints = Endpoints.In(on.Facts);
        var reach = Reach.In(on.Facts);
        on.Body(visit => CheckMember(visit, endpoints, reach));
        on.Operation(visit => CheckMap(visit, endpoints, reach), OperationKind.Invocation);
    }

    private static void CheckMember(BodyVisit visit, Endpoints endpoints, Reach reach)
    {
        if (visit.Member is not IMethodSymbol { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public } method)
            return;
        // A mapped method is reported where it is mapped: there stands what is missing.
        if (endpoints.Of(method) is not { LetsAnybodyIn: true } endpoint || endpoint.Declaration is InvocationExpressionSyntax)
            return;
        if (endpoint.Kind == EndpointKind.HubMethod && HubGroups.Opens(method, visit.Body) is { } opened)
        {
            visit.Report(method.Locations[0], method.Name, Reason(endpoint), opened);
            return;
        }
        // A link, a prefetch and a search engine follow a GET.
        if (!endpoint.IsWrite && !(endpoint is { Kind: EndpointKind.Action, Verb: "GET" } && Words.Of(method.Name) is [var verb, ..] && ChangingByName.Contains(verb) && !HasViews(method.ContainingType) && reach.From(visit.Body, 2).Any(body => Changes(body, visit.Facts))))
            return;
        // A chat is no order, and what a page posts may be a question.
        if ((endpoint.Kind == EndpointKind.HubMethod || endpoint is { Kind: EndpointKind.Action, Verb: "POST" } && HasViews(method.ContainingType)) && !reach.From(visit.Body, 2).Any(body => Changes(body, visit.Facts)))
            return;
        if (IsInnocent(endpoint, method.Name, method.ContainingType, method.Parameters, visit.Body, reach))
            return;
        visit.Report(method.Locations[0], endpoint.Kind == EndpointKind.FastEndpoint ? method.ContainingType.Name : method.Name, Unproven.Is(method.Name, method.Parameters) ? NoProof : Reason(endpoint), ChangesThings);
    }

    private static void CheckMap(OperationVisit visit, Endpoints endpoints, Reach reach)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (call.TargetMethod.Name is "MapMcp" or "MapGrpcService" && OpenProtocols.Opens(call, endpoints, visit.Compilation) is { } opened)
            visit.Report(call.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax mapping } ? mapping.Name : call.Syntax, call.TargetMethod.Name, $"no RequireAuthorization on it or its group, although it offers '{opened}'", ChangesThings);
        if (!call.TargetMethod.Name.StartsWith("Map", StringComparison.Ordinal) || endpoints.OfMap(call) is not { Endpoint: { IsWrite: true, LetsAnybodyIn: true } endpoint } mapped)
            return;
        if (mapped.Code is not { } code || IsInnocent(endpoint, mapped.Handler.Name, mapped.Handler.MethodKind == MethodKind.Ordinary ? mapped.Handler.ContainingType : null, mapped.Handler.Parameters, code, reach))
            return;
        visit.Report(call.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } ? access.Name : call.Syntax, endpoint.Verb + " " + endpoint.Route, Reason(endpoint), ChangesThings);
    }

    private static bool IsInnocent(Endpoint endpoint, string name, INamedTypeSymbol? type, ImmutableArray<IParameterSymbol> parameters, IOperation code, Reach reach)
    {
        if (Unproven.Is(name, parameters) && !Callers.In(code.Syntax).HasFlag(CallerChecks.Identity))
            return false;
        var isPublic = PublicEndpoints.IsPublic(endpoint, name, type);
        if ((isPublic || PublicEndpoints.IsRead(endpoint, name)) && !(isPublic && IsAlone(endpoint, name, type, code)))
            return true;
        // A visitor's cart is his who holds its id; one that a request names by its customer is anybody's.
        if (PublicEndpoints.IsShelf(endpoint, name, type) && !NamesCustomer(endpoint, parameters) && !parameters.Any(IsCounted))
            return true;
        // A guest checks out: who opened it to everybody meant so.
        if (endpoint.Access == EndpointAccess.Anonymous && (Words.Of(name).Contains("checkout") || Words.Of(endpoint.Route).Contains("checkout")))
            return true;
        // An id of a session is one that only its owner knows; who opened the endpoint to everybody has thought of that.
        if (endpoint.Access == EndpointAccess.Anonymous && parameters.Any(parameter => Words.ContainSequence(parameter.Name, "session", "id")))
            return true;
        var checks = CallerChecks.None;
        foreach (var reached in reach.TowardsCallers(code, 2))
            checks |= Callers.In(reached.Syntax);
        return (checks & (CallerChecks.Visitor | CallerChecks.Proof)) != 0 || checks.HasFlag(CallerChecks.Identity | CallerChecks.Denies);
    }

    // me/phone/verify reads who calls, and its siblings demand a sign-in: it was forgotten, not left open for strangers.
    private static bool IsAlone(Endpoint endpoint, string name, INamedTypeSymbol? type, IOperation code) => endpoint is { Access: EndpointAccess.Open, Kind: EndpointKind.Action } && type is not null && !Words.ContainAny(name, Leaving)
        && !(endpoint.Declaration is MethodDeclarationSyntax { AttributeLists: var own } && own.Any(list => list.Attributes.Any(attribute => attribute.Name.ToString() is "IgnoreAntiforgeryToken" or "EnableCors")))
        && Callers.In(code.Syntax).HasFlag(CallerChecks.Identity) && type.GetMembers().Count(member => member is IMethodSymbol { DeclaredAccessibility: Accessibility.Public } sibling && Access.OfAttributes(sibling.GetAttributes()) is EndpointAccess.Authenticated or EndpointAccess.Restricted) >= 2;

    private static readonly HashSet<string> Leaving = Words.SetOf("logout signout logoff refresh login signin register external callback token out");

    private static bool NamesCustomer(Endpoint endpoint, ImmutableArray<IParameterSymbol> parameters) =>
        endpoint.Route.Split('{', '}').Any(Ownership.NamesOwner)
        || parameters.Any(parameter => Ownership.NamesOwner(parameter.Name) || !RequestData.IsService(parameter) && parameter.Type.TypeKind == TypeKind.Class && parameter.Type.IsOfTheProduct() && Ownership.OwnerOf(parameter.Type) is not null);

    // Nobody need know whose line 4711 is to try it; what is put into the cart is no secret.
    private static bool IsCounted(IParameterSymbol id) => id.Type.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64
        && Words.Of(id.Name) is [.., "id"] words && !words.HaveAny(Wares);

    private static readonly HashSet<string> Wares = Words.SetOf("product variant sku ware article book menu category");

    private static bool Changes(IOperation body, CompilationFacts facts)
    {
        var persistence = Persistence.In(facts);
        return body.Descendants().OfType<IInvocationOperation>().Any(call => persistence.Of(call).HasFlag(DataReach.Save) || Language.Payments.MovesMoney(call)
            || call.Instance is not null && call.TargetMethod.NamespaceName() is { } space && !space.StartsWith("System", StringComparison.Ordinal) && !space.StartsWith("Microsoft", StringComparison.Ordinal)
                && Words.Of(call.TargetMethod.Name) is [var verb, ..] && Changing.Contains(verb) && !LogCalls.IsLog(call));
    }

    private static readonly HashSet<string> ChangingByName = Words.SetOf("add update delete remove place confirm cancel pay charge refund approve submit create purchase buy apply insert set change increase decrease");

    private static readonly HashSet<string> Changing = Words.SetOf("create update delete remove save insert send publish charge pay place cancel submit process confirm complete add store execute checkout");

    private static bool HasViews(INamedTypeSymbol type)
    {
        for (var ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (ancestor.Name == "Controller")
                return true;
        }
        return false;
    }

    private static string Reason(Endpoint endpoint) => endpoint.Access == EndpointAccess.Anonymous
        ? "AllowAnonymous lets everybody in"
        : endpoint.Kind == EndpointKind.MinimalApi ? "no RequireAuthorization on it or its group, and no fallback policy" : "no [Authorize] on it or its class, and no fallback policy";
}

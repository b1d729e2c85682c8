using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Resilience;

/// <summary>An endpoint without a sign-in that sends a code or tries a coupon, as often as anybody likes.</summary>
internal sealed class UnthrottledSending : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK5018",
        title: "Strangers may send codes or try coupons without a limit",
        message: "Anybody may call '{0}' as often as he likes, and {1}: {2}; limit it by address and by account, with [EnableRateLimiting] or RequireRateLimiting",
        why: "A script asks for ten thousand codes: the mailbox of the victim is flooded, the mail server ends on block lists, and every SMS is on the shop's bill. The same script tries coupons until one is worth something.");

    private static readonly HashSet<string> Sending = Words.SetOf("forgot forget resend send request generate");

    private static readonly HashSet<string> Trying = Words.SetOf("verify validate check confirm");

    private static readonly HashSet<string> Messages = Words.SetOf("password otp otps code codes email mail confirmation verification sms link pin passcode totp");

    // What one-time codes do about guessing is RISK3006's question.
    private static readonly HashSet<string> Guessable = Words.SetOf("coupon coupons promo promocode voucher vouchers giftcard giftcards");

    private static readonly string[] Limits = { "RateLimit", "Throttl", "aptcha", "urnstile" };

    private static readonly HashSet<string> Counting = Words.SetOf("attempt attempts cooldown lockout throttle throttled retry limit limiter toomanyrequests");

    public UnthrottledSending() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        var endpoints = Endpoints.In(on.Facts);
        var reach = Reach.In(on.Facts);
        on.Body(visit => CheckMethod(visit, endpoints, reach));
        on.Operation(visit => CheckRoute(visit, endpoints, reach), OperationKind.Invocation);
    }

    private static void CheckMethod(BodyVisit visit, Endpoints endpoints, Reach reach)
    {
        // Nobody is chosen where nothing is given.
        if (visit.Member is not IMethodSymbol { MethodKind: MethodKind.Ordinary, Parameters.IsEmpty: false } method || !MaySpeak(method) || endpoints.Of(method) is not { LetsAnybodyIn: true, Kind: not EndpointKind.HubMethod } endpoint || endpoint.Declaration is not MethodDeclarationSyntax)
            return;
        if ((KindOf(Words.Of(method.Name)) ?? KindOf(LastSegments(endpoint.Route))) is { } kind && !ShowsForm(method, endpoint) && IsUnlimited(visit.Body, kind, visit.Compilation, reach))
            visit.Report(method.Locations[0], Arguments(method.Name, kind));
    }

    private static void CheckRoute(OperationVisit visit, Endpoints endpoints, Reach reach)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (!call.TargetMethod.Name.StartsWith("Map", StringComparison.Ordinal) || call.TargetMethod.Name is "MapGroup" || endpoints.OfMap(call) is not ({ LetsAnybodyIn: true } endpoint, { MethodKind: MethodKind.AnonymousFunction }, { } code))
            return;
        if (KindOf(LastSegments(endpoint.Route)) is { } kind && IsUnlimited(code, kind, visit.Compilation, reach))
            visit.Report(call.CalledName(), Arguments(endpoint.Route, kind));
    }

    // Cheap: the action's name or its routes, before anybody looks for endpoints.
    private static bool MaySpeak(IMethodSymbol method) => Speaks(method.Name) || method.GetAttributes().Any(attribute => attribute.ConstructorArguments.Any(argument => argument.Kind == TypedConstantKind.Primitive && argument.Value is string route && Speaks(route)));

    private static bool Speaks(string name) => Words.Of(name).Any(word => Sending.Contains(word) || Trying.Contains(word));

    // GET ForgotPassword() beside POST ForgotPassword(model) shows the form.
    private static bool ShowsForm(IMethodSymbol method, Endpoint endpoint) => endpoint.Verb is null or "GET" && method.ContainingType.GetMembers(method.Name).Any(other => other.HasAttribute("HttpPostAttribute") && !SymbolEqualityComparer.Default.Equals(other, method));

    private static ImmutableArray<string> LastSegments(string route)
    {
        var segments = route.Split(new[] { '/' }, StringSplitOptions.RemoveEmptyEntries).Where(part => part[0] is not ('{' or '[')).ToArray();
        return Words.Of(string.Join("-", segments.Skip(Math.Max(0, segments.Length - 2))));
    }

    // ForgotPassword, ResendConfirmationEmail, /auth/send-otp; CheckVoucher, /coupons/validate: true where it sends.
    private static bool? KindOf(ImmutableArray<string> words)
    {
        if (words.HaveAny(Trying))
            return words.HaveAny(Guessable) ? false : null;
        if (words.HaveAny(Other) || words.Length > 0 && words[words.Length - 1] is "confirmation")
            return null;
        return words.Any(word => word is "forgot" or "forget") && words.Contains("password") || words.HaveAny(Sending) && words.HaveAny(Messages) ? true : null;
    }

    private static readonly HashSet<string> Other = Words.SetOf("change update get admin newsletter order invoice");

    private static object[] Arguments(string name, bool sends) => sends
        ? new object[] { name, "each call sends a message", "foreign mailboxes are flooded and each SMS is paid for" }
        : new object[] { name, "each call tries a code", "whoever tries long enough finds one that is valid" };

    private static bool IsUnlimited(IOperation code, bool sends, Compilation compilation, Reach reach)
    {
        if (compilation.SyntaxTrees.Any(tree => TextSearch.ContainsAny(tree, Limits)))
            return false;
        var bodies = reach.CodeFrom(code).Select(reached => reached.Syntax).ToList();
        // What a service behind a contract does with a wrong code stands elsewhere.
        return (sends || bodies.Count > 1 || code.Descendants().Any(operation => operation is IMemberReferenceOperation { Member: IPropertySymbol { Type: var type } } && EntityFramework.IsSet(type)))
            && !bodies.Exists(body => body.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && (Words.ContainAny(token.ValueText, Counting) || Words.ContainSequence(token.ValueText, "two", "factor") || Words.ContainSequence(token.ValueText, "locked", "out")) || token.ValueText is "429"));
    }
}

using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>A cookie that signs somebody in and that scripts can read or plain HTTP carries.</summary>
internal sealed class ExposedCookie : RiskRule
{
    private static readonly HashSet<string> Set = Words.SetOf("AddCookie ConfigureApplicationCookie ConfigureExternalCookie AddSession AddAntiforgery");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK3028",
        title: "A cookie that signs in is open to scripts or to plain HTTP",
        message: "{0}: any script on the page, or anybody on the line, takes the session along; set HttpOnly, and Secure or CookieSecurePolicy.Always",
        why: "One injected script, one request over HTTP in a hotel, and the cookie is in foreign hands. The two flags cost nothing.");

    public ExposedCookie() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        var bodies = Bodies.In(on.Compilation);
        on.Operation(visit => CheckAppend(visit, bodies), OperationKind.Invocation);
        on.Operation(CheckOption, OperationKind.SimpleAssignment);
    }

    // Response.Cookies.Append("refresh_token", token, new CookieOptions { HttpOnly = true })
    private static void CheckAppend(OperationVisit visit, Bodies bodies)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (call.TargetMethod is not { Name: "Append", ContainingType.Name: "IResponseCookies" } || call.Arguments.Length < 2 || !IsSecret(call) || Environments.Around(call) is EnvironmentReach.DevelopmentOnly or EnvironmentReach.OutsideProduction)
            return;
        var options = call.Arguments.Length > 2 ? OptionsOf(call.Arguments[2].Value, bodies) : null;
        if (call.Arguments.Length > 2 && options is null)
            return;
        var missing = options is null ? "without HttpOnly and Secure" : Missing(options, call);
        if (missing is null)
            return;
        // Where a flag is switched off in so many words, there it is mended.
        var place = options is not null && SwitchedOff(options) is { } off && off.Syntax.SyntaxTree == call.Syntax.SyntaxTree && visit.Body.Syntax.Span.Contains(off.Syntax.Span) ? off.Syntax : call.CalledName();
        visit.Report(place, $"The cookie {call.Arguments[0].Value.Syntax} carries a token {missing}");
    }

    // options.Cookie.HttpOnly = false; options.Cookie.SecurePolicy = CookieSecurePolicy.None
    private static void CheckOption(OperationVisit visit)
    {
        var assignment = (ISimpleAssignmentOperation)visit.Operation;
        if (assignment.Target is not IPropertyReferenceOperation { Property: { Name: "HttpOnly" or "SecurePolicy", ContainingType.Name: "CookieBuilder" } option } target || Environments.Around(assignment) is EnvironmentReach.DevelopmentOnly or EnvironmentReach.OutsideProduction)
            return;
        var isOpen = option.Name == "HttpOnly" ? assignment.Value.IsConstant(false) : assignment.Value is IFieldReferenceOperation { Field.Name: "None" };
        if (isOpen && target.Ancestors().Any(ancestor => ancestor is IInvocationOperation { TargetMethod.Name: var name } && (Set.Contains(name) || name.StartsWith("Configure", StringComparison.Ordinal))))
            visit.Report(assignment.Syntax, $"'{assignment.Syntax}' opens the cookie");
    }

    private static bool IsSecret(IInvocationOperation call)
    {
        var name = call.Arguments[0].Value.ConstantValue is { HasValue: true, Value: string text } ? text : call.Arguments[0].Value.ReferencedSymbol()?.Name ?? "";
        if (Words.ContainAny(name, Harmless))
            return false;
        return Secrets.Of(call.Arguments[1].Value) is SecretKind.Token or SecretKind.Password || Words.ContainAny(name, Sessions) && Words.ContainAny(name, Kinds);
    }

    // The half of the pair that a script must read.
    private static readonly HashSet<string> Harmless = Words.SetOf("xsrf csrf antiforgery culture theme consent cart");

    private static readonly HashSet<string> Sessions = Words.SetOf("token jwt");

    private static readonly HashSet<string> Kinds = Words.SetOf("access refresh auth jwt id session bearer");

    private static IOperation? OptionsOf(IOperation value, Bodies bodies) => value.WithoutConversions() switch
    {
        IObjectCreationOperation creation => creation,
        // CookieOptions(expires): a helper that makes them for all cookies.
        IInvocationOperation { TargetMethod: var maker } when MadeBy(maker, bodies) is { } made => made,
        ILocalReferenceOperation local when Flow.InitialValue(local)?.WithoutConversions() is IInvocationOperation { TargetMethod: var helper } && MadeBy(helper, bodies) is { } made => made,
        ILocalReferenceOperation local when Flow.InitialValue(local)?.WithoutConversions() is IObjectCreationOperation creation => creation,
        _ => null,
    };

    private static IObjectCreationOperation? MadeBy(IMethodSymbol maker, Bodies bodies) => maker.ReturnType.Name == "CookieOptions"
        ? bodies.Of(maker)?.Descendants().OfType<IObjectCreationOperation>().FirstOrDefault(creation => creation.Type?.Name == "CookieOptions") : null;

    private static IOperation? SwitchedOff(IOperation options) => options.Descendants().FirstOrDefault(part =>
        part is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "HttpOnly" or "Secure" }, Value: var value } && value.IsConstant(false));

    // A helper's body is before the call, wherever it stands.
    private static bool IsLater(IOperation set, IOperation call) => set.EnclosingFunction().Syntax == call.EnclosingFunction().Syntax && set.Syntax.SpanStart > call.Syntax.Span.End;

    private static string? Missing(IOperation options, IInvocationOperation call)
    {
        var (httpOnly, secure) = (false, false);
        foreach (var operation in options.EnclosingFunction().DescendantsInFunction())
        {
            if (operation is not ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: { Name: var name, ContainingType.Name: "CookieOptions" } }, Value: var value } set || IsLater(set, call))
                continue;
            httpOnly |= name == "HttpOnly" && !value.IsConstant(false);
            secure |= name == "Secure" && !value.IsConstant(false);
        }
        return (httpOnly, secure) switch { (true, true) => null, (true, false) => "without Secure", (false, true) => "without HttpOnly", _ => "without HttpOnly and Secure" };
    }
}

using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Residue;

/// <summary>A check that is off unless somebody asks for it, or that an environment or a setting lets everybody past.</summary>
internal sealed class PermissiveDefault : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK7008",
        title: "A check is off by default or can be bypassed",
        message: "'{0}' {1}: {2}",
        why: "A check that is off by default is off for every caller that does not know of it. One that a Development environment, a setting or a header gets past is off on staging with real data, "
            + "and wherever that variable is set by mistake or by somebody else.");

    private const string OffByDefault = "switches a check off by default";
    private const string EveryCaller = "every caller that says nothing goes unchecked; let the check be the default";

    private static readonly HashSet<string> Callbacks = Words.SetOf("webhook webhooks hook hooks callback callbacks ipn notify notification notifications");

    public PermissiveDefault() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        on.Declaration(CheckParameters, SymbolKind.Method);
        on.Declaration(CheckAttribute, SymbolKind.Method, SymbolKind.NamedType);
        on.Operation(CheckInitializer, OperationKind.PropertyInitializer, OperationKind.FieldInitializer);
        on.Operation(CheckOption, OperationKind.SimpleAssignment);
        on.Operation(CheckSetting, OperationKind.PropertyReference, OperationKind.Invocation);
        on.Operation(CheckCall, OperationKind.Invocation);
        on.Operation(CheckBypass, OperationKind.Conditional, OperationKind.Binary);
    }

    // bool skipFraudCheck = true
    private static void CheckParameters(DeclarationVisit visit)
    {
        var method = (IMethodSymbol)visit.Symbol;
        foreach (var parameter in method.Parameters)
        {
            if (!parameter.HasExplicitDefaultValue || parameter.ExplicitDefaultValue is not bool value || !(Switches.IsOff(parameter.Name, value) || value && GrantsUnasked(method, parameter)) || RepeatsContract(method, parameter))
                continue;
            if (parameter.DeclaringSyntaxReferences is [var reference, ..] && reference.GetSyntax(visit.Cancellation) is ParameterSyntax { Default.Value: { } literal })
                visit.Report(literal, parameter.Name, OffByDefault, EveryCaller);
        }
    }

    private static readonly HashSet<string> Grants = Words.SetOf("verified approved confirmed paid authorized authorised accepted approve verify confirm");

    // [HttpPost("{id}/verify")] ... bool isVerified = true: a request that says nothing approves.
    private static bool GrantsUnasked(IMethodSymbol method, IParameterSymbol parameter) =>
        Posts(method) && Words.Of(parameter.Name) is var words && Grants.Contains(words[words.Length - 1]) && (words.Length == 1 || words is ["is" or "was" or "mark" or "set", _]);

    private static bool RepeatsContract(IMethodSymbol method, IParameterSymbol parameter)
    {
        if (method.OverriddenMethod is not null)
            return true;
        foreach (var contract in method.ContainingType.AllInterfaces)
        {
            foreach (var member in contract.GetMembers(method.Name))
            {
                if (member is IMethodSymbol promised && promised.Parameters.Length > parameter.Ordinal && SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(promised), method))
                    return promised.Parameters[parameter.Ordinal] is { HasExplicitDefaultValue: true } same && Equals(same.ExplicitDefaultValue, parameter.ExplicitDefaultValue);
            }
        }
        return false;
    }

    // public bool VerifySignature { get; set; } = false;
    private static void CheckInitializer(OperationVisit visit)
    {
        var initializer = (ISymbolInitializerOperation)visit.Operation;
        if (initializer.Value.ConstantValue is not { HasValue: true, Value: bool value })
            return;
        ISymbol? member = initializer switch
        {
            IPropertyInitializerOperation { InitializedProperties: [var property, ..] } => property,
            IFieldInitializerOperation { InitializedFields: [{ IsConst: false } field, ..] } => field,
            _ => null,
        };
        if (member is not null && Switches.IsOff(member.Name, value))
            visit.Report(initializer.Value, member.Name, OffByDefault, "whoever sets nothing goes unchecked; let the check be the default");
    }

    // options.SignIn.RequireConfirmedEmail = false
    private static void CheckOption(OperationVisit visit)
    {
        var assignment = (ISimpleAssignmentOperation)visit.Operation;
        if (assignment.Value.ConstantValue is not { HasValue: true, Value: bool value } || assignment.Target is not IPropertyReferenceOperation { Property: { } property })
            return;
        if (!Settings.IsOptionsType(property.ContainingType) || property.Name == "RequireConfirmedPhoneNumber" || !Switches.IsOff(property.Name, value) || Environments.IsForDevelopersOnly(assignment))
            return;
        visit.Report(assignment.Value, property.Name, "switches a check off for everybody", "leave the check on, or say in a review why nobody needs it");
    }

    // config.GetValue("Payments:SkipVerification", true)
    private static void CheckSetting(OperationVisit visit)
    {
        if (Settings.Read(visit.Operation) is not { KnownKey.Length: > 0 } read)
            return;
        foreach (var stand in Settings.DefaultsOf(read))
        {
            var value = stand.ConstantValue switch
            {
                { HasValue: true, Value: bool flag } => flag,
                { HasValue: true, Value: "true" or "True" } => true,
                { HasValue: true, Value: "false" or "False" } => false,
                _ => (bool?)null,
            };
            if (value is { } known && (Switches.IsOff(read.Leaf, known) || Switches.IsOff(read.KnownKey, known)) && !Environments.IsForDevelopersOnly(stand))
                visit.Report(stand, read.KnownKey, OffByDefault, "where the setting is missing nobody is checked; let the check be the default");
        }
    }

    private static void CheckCall(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        switch (call.TargetMethod.Name)
        {
            case "DisableAntiforgery" when !SpeaksOfCallback(call.Syntax):
                visit.Report(call.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } ? access.Name : call.Syntax,
                    "DisableAntiforgery", "takes forms from any site", "a foreign page can act as the signed-in customer; keep the check and send the token");
                break;
            case "AllowCredentials" when OpenOrigin(call) is { } open && !Environments.IsForDevelopersOnly(call):
                visit.Report(open, open is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax origin } ? origin.Name.Identifier.ValueText : "AllowCredentials",
                    "lets every site call with the customer's cookies", "name the origins that may");
                break;
        }
    }

    private static SyntaxNode? OpenOrigin(IInvocationOperation credentials)
    {
        foreach (var call in credentials.Syntax.FirstAncestorOrSelf<StatementSyntax>()?.DescendantNodes().OfType<InvocationExpressionSyntax>() ?? credentials.Syntax.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>())
        {
            if (call.Expression is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name })
                continue;
            if (name == "AllowAnyOrigin" || name == "SetIsOriginAllowed" && call.ArgumentList.Arguments is [{ Expression: LambdaExpressionSyntax { ExpressionBody: LiteralExpressionSyntax { RawKind: (int)SyntaxKind.TrueLiteralExpression } } }])
                return call;
        }
        return null;
    }

    // [IgnoreAntiforgeryToken] on what changes something
    private static void CheckAttribute(DeclarationVisit visit)
    {
        foreach (var attribute in visit.Symbol.GetAttributes())
        {
            if (attribute.AttributeClass?.Name != "IgnoreAntiforgeryTokenAttribute" || attribute.ApplicationSyntaxReference?.GetSyntax(visit.Cancellation) is not { } syntax)
                continue;
            var type = visit.Symbol as INamedTypeSymbol ?? visit.Symbol.ContainingType;
            if (visit.Symbol is IMethodSymbol method && (!Posts(method) || Reads(method.Name) || OnlyFormats(method, visit.Cancellation)) || IsPublic(visit.Symbol) || IsPublic(type) || visit.Symbol is INamedTypeSymbol && !type.GetMembers().OfType<IMethodSymbol>().Any(Posts) || Words.ContainAny(visit.Symbol.Name, Callbacks) || Words.ContainAny(type.Name, Callbacks) || type.GetAttributes().Any(other => other.AttributeClass?.Name == "ApiControllerAttribute"))
                continue;
            visit.Report(syntax, visit.Symbol.Name, "takes forms from any site", "a foreign page can act as the signed-in customer; keep the check and send the token");
        }
    }

    private static bool Posts(IMethodSymbol method) => method.Name.StartsWith("OnPost", StringComparison.Ordinal)
        || method.GetAttributes().Any(attribute => attribute.AttributeClass?.Name is "HttpPostAttribute" or "HttpPutAttribute" or "HttpDeleteAttribute" or "HttpPatchAttribute");

    // Whoever need not sign in has no session that a foreign page could use.
    private static bool IsPublic(ISymbol symbol) => symbol.GetAttributes().Any(attribute => attribute.AttributeClass?.Name is "AllowAnonymousAttribute" or "EnableCorsAttribute");

    private static bool Reads(string name) => Words.Of(name) is ["get" or "list" or "search" or "find" or "load" or "read" or "export" or "estimate" or "calculate" or "preview", ..] or [.., "list" or "grid"];

    // A number that comes in goes out as text: there is nothing that a foreign page could do.
    private static bool OnlyFormats(IMethodSymbol method, CancellationToken cancellation) => Words.Of(method.Name) is ["format" or "render" or "echo" or "ping", ..]
        && method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is MethodDeclarationSyntax { ExpressionBody: not null } body && !body.DescendantNodes().Any(node => node is AwaitExpressionSyntax or AssignmentExpressionSyntax);

    private static bool SpeaksOfCallback(SyntaxNode call) => call.DescendantNodes().OfType<LiteralExpressionSyntax>().Any(literal => Words.ContainAny(literal.Token.ValueText, Callbacks));

    private static void CheckBypass(OperationVisit visit)
    {
        if (visit.Operation is IConditionalOperation barrier && TestEndpoints.BarrierOf(barrier, visit.Member) is { } test)
        {
            visit.Report(barrier.Condition, test, "is refused in an environment called Production alone", "staging and mis-named environments take it, with real data and keys; name the environments that may, or leave it out of the product");
            return;
        }
        if (Bypass.Of(visit.Operation, visit.Member) is not { } bypass)
            return;
        visit.Report(bypass.Place, bypass.Name, bypass.What, bypass.Advice);
    }
}

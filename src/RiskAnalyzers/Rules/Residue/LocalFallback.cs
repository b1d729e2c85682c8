using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Residue;

/// <summary>An address, mode or store of the developer's in production: what a missing setting falls back to, or what stands in the code.</summary>
internal sealed class LocalFallback : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK7014",
        title: "A developer's machine, a sandbox or memory stands in for production",
        message: "{0}: a production machine {1}; {2}",
        why: "A fallback to localhost, a sandbox or an in-memory store lets a mis-set service start. It takes orders, charges nobody or forgets everything at the next restart, and its health check is green. "
            + "A link to localhost in the code works for its author and for no customer.");

    private static readonly HashSet<string> LocalWords = Words.SetOf("localhost localdb sandbox mailtrap ngrok local");
    private static readonly HashSet<string> TestHosts = Words.SetOf("test staging stage dev uat mock demo qa example");
    private static readonly string[] LocalTexts = { "127.0.0.1", "0.0.0.0", "host.docker.internal", "[::1]", ":memory:", "usedevelopmentstorage=true", "server=.;", "data source=.;", "server=(local)", "data source=(local)", "your-domain", "yourdomain" };

    private static readonly HashSet<string> Modes = Words.SetOf("mode environment env");
    private static readonly HashSet<string> TestModes = new("sandbox test development dev mock fake local demo simulation debug".Split(' '), StringComparer.OrdinalIgnoreCase);

    // Where a developer's address does no harm: logs, metrics, origins that are merely refused.
    private static readonly HashSet<string> Harmless = Words.SetOf("otel otlp seq log logs logging jaeger zipkin telemetry metrics tracing trace prometheus elastic kibana cors origin origins health listen bind dashboard docs swagger");

    private static readonly HashSet<string> StandInWords = Words.SetOf("memory fake mock mocked stub sandbox simulated simulator simulation simulate dummy null local development");
    private static readonly HashSet<string> StandInFlags = Words.SetOf("sandbox mock mocks mocked fake fakes stub simulate simulated simulation memory inmemory");

    public LocalFallback() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        on.Operation(Check, OperationKind.PropertyReference, OperationKind.Invocation);
        on.Operation(CheckOptions, OperationKind.PropertyInitializer);
        on.Operation(CheckOrigins, OperationKind.Invocation);
        on.Operation(CheckLookup, OperationKind.Invocation);
        on.Operation(CheckText, OperationKind.Literal, OperationKind.FieldReference);
    }

    /// <summary>Whether a flag of this name switches to a sandbox, a mock or memory.</summary>
    internal static bool SwitchesToStandIn(string key) => Words.ContainAny(key, StandInFlags) || Words.ContainSequence(key, "test", "mode") || Words.ContainSequence(key, "demo", "mode");

    private static void Check(OperationVisit visit)
    {
        if (Settings.Read(visit.Operation) is not { } read || Settings.IsSecond(read) || IsHarmless(read.KnownKey))
            return;
        if (DeveloperHosts.IsOfTools(visit.Member.ContainingType))
            return;
        foreach (var stand in Settings.DefaultsOf(read))
        {
            if (IsLocal(stand, read.KnownKey) && Environments.Around(stand) is not (EnvironmentReach.DevelopmentOnly or EnvironmentReach.OutsideProduction))
                ReportStandIn(visit, stand, NameOf(read), Excerpt.Of(stand));
        }
        foreach (var branch in Settings.BranchesWhenMissing(read))
        {
            foreach (var call in branch.DescendantsAndSelf().OfType<IInvocationOperation>())
            {
                if (StandIn(call) is { } standIn && !Environments.IsForDevelopersOnly(call))
                    ReportStandIn(visit, call, NameOf(read), standIn);
            }
        }
    }

    // public string Authority { get; set; } = "http://localhost:8080"; in what a section is bound to.
    private static void CheckOptions(OperationVisit visit)
    {
        var initializer = (IPropertyInitializerOperation)visit.Operation;
        if (initializer.InitializedProperties is not [{ Type.SpecialType: SpecialType.System_String or SpecialType.System_Boolean } property, ..] || !Settings.IsOptionsType(property.ContainingType))
            return;
        var key = property.Type.SpecialType == SpecialType.System_Boolean ? property.Name : property.ContainingType.Name + ":" + property.Name;
        if (!IsHarmless(key) && !Words.ContainAny(property.ContainingType.Name, StandInWords) && IsLocal(initializer.Value, key))
            ReportStandIn(visit, initializer.Value, property.Name, Excerpt.Of(initializer.Value));
    }

    // policy.WithOrigins("http://localhost:3000") in every environment, or where no origins are set.
    private static void CheckOrigins(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (call.TargetMethod.Name != "WithOrigins" || call.Arguments is not [{ Value: var origins }] || Environments.Around(call) is EnvironmentReach.DevelopmentOnly or EnvironmentReach.OutsideProduction)
            return;
        var place = origins.WithoutConversions();
        var texts = TextsOf(place, call);
        if (texts.Count == 0 || SpeaksOfDevelopment(call.Syntax))
            return;
        if (texts.All(text => text is not null && DeveloperHosts.In(text, isAddress: true) is not null))
            visit.Report(call.CalledName(), $"Nobody but '{Excerpt.Of(string.Join(", ", texts))}' may call from a browser", "refuses its own pages and trusts whatever runs on a visitor's machine", "read the origins from the settings");
        else if (texts.FirstOrDefault(text => text is not null && (DeveloperHosts.HasTunnel(text) || AllowsCredentials(call) && DeveloperHosts.IsLocal(text))) is { } foreign)
            visit.Report(call.CalledName(), $"The origin '{foreign}' may call from a browser, with the customer's cookies", "trusts whoever runs something there", "allow it in Development only");
    }

    private static bool AllowsCredentials(IInvocationOperation call) => call.Syntax.Ancestors().TakeWhile(node => node is not StatementSyntax).OfType<MemberAccessExpressionSyntax>().Any(access => access.Name.Identifier.ValueText == "AllowCredentials");

    // A policy that is called Development is chosen for it elsewhere.
    private static bool SpeaksOfDevelopment(SyntaxNode call) => call.Ancestors().OfType<InvocationExpressionSyntax>().Take(3).Any(policy => policy.ArgumentList.Arguments.FirstOrDefault()?.Expression is { } name and not LambdaExpressionSyntax && policy.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: not "WithOrigins" } && Words.Of(name.ToString()).Any(word => word is "dev" or "development" or "local" or "localhost"))
        || call.FirstAncestorOrSelf<IfStatementSyntax>()?.Condition.ToString() is { } condition && Words.Of(condition).Any(word => word is "development" or "dev");

    // The literals of the array, or of what takes the place of a missing section.
    private static List<string?> TextsOf(IOperation origins, IOperation call)
    {
        if (origins is ILocalReferenceOperation { Local: var local } && call.WholeBody().Descendants().OfType<IVariableDeclaratorOperation>().FirstOrDefault(declarator => SymbolEqualityComparer.Default.Equals(declarator.Symbol, local))?.GetVariableInitializer() is { Value: var initial })
            origins = initial.WithoutConversions();
        if (origins is ICoalesceOperation coalesce)
            origins = coalesce.WhenNull.WithoutConversions();
        return origins is IArrayCreationOperation { Initializer.ElementValues: var elements } ? elements.Select(element => element.ConstantValue is { HasValue: true, Value: string text } ? text : null).ToList()
            : origins.Syntax is CollectionExpressionSyntax collection ? collection.Elements.Select(element => (element as ExpressionElementSyntax)?.Expression is LiteralExpressionSyntax { Token.Value: string text } ? text : null).ToList()
            : new List<string?>();
    }

    // request.Metadata?.GetValueOrDefault("IpAddress", "127.0.0.1"): what a provider is told about the customer.
    private static void CheckLookup(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (call.TargetMethod.Name != "GetValueOrDefault" || call.Arguments.Length < 2 || call.Arguments[call.Arguments.Length - 1].Value is not { ConstantValue: { HasValue: true, Value: string stand } } value || !IsLocalText(stand))
            return;
        if (call.Arguments.Select(argument => argument.Value.ConstantValue).FirstOrDefault(constant => constant is { HasValue: true, Value: string }) is { HasValue: true, Value: string key } && key != stand && !IsHarmless(key))
            ReportStandIn(visit, value, key, Excerpt.Of(value));
    }

    // return Redirect("http://localhost:3000/payment/error"); { "OrderUrl", $"http://localhost:5000/orders/{id}" }; factory.HostName = "localhost"
    private static void CheckText(OperationVisit visit)
    {
        if (visit.Operation.Type?.SpecialType != SpecialType.System_String || visit.Operation.ConstantValue is not { HasValue: true, Value: string text } || !DeveloperHosts.MayBeIn(text))
            return;
        var isAddress = DeveloperHosts.IsAddress(visit.Operation, visit.Member);
        if (DeveloperHosts.In(text, isAddress) is not { } host || DeveloperHosts.IsRepeated(visit.Operation) || !DeveloperHosts.TakesEffect(visit.Operation, visit.Member) || DeveloperHosts.IsOfTools(visit.Member.ContainingType) || DeveloperHosts.IsOfCustomer(text, visit.Member)
            || Environments.Around(visit.Operation) is EnvironmentReach.DevelopmentOnly or EnvironmentReach.OutsideProduction)
            return;
        visit.Report(visit.Operation, $"'{host}' stands in the code", "sends customers and calls to a host that is not there, or not the shop's", "read the address from the settings and throw where it is missing");
    }

    // ASPNETCORE_URLS is where the service itself listens; ServiceUrls:Payments is whom it calls.
    private static bool IsHarmless(string key) => Words.ContainAny(key, Harmless) || Words.Of(key) is [.., "urls"];

    private static void ReportStandIn(OperationVisit visit, IOperation place, string name, string standIn) =>
        visit.Report(place, $"Where '{name}' is missing, '{standIn}' takes its place", "with a gap in its settings works against a developer's stand-in and nobody is told", "throw instead");

    private static bool IsLocal(IOperation value, string key)
    {
        if (value.WithoutConversions().ConstantValue is not { HasValue: true, Value: var constant })
            return false;
        return constant switch
        {
            true => SwitchesToStandIn(key),
            string text => IsLocalText(text) || TestModes.Contains(text) && Words.ContainAny(key, Modes),
            _ => false,
        };
    }

    private static bool IsLocalText(string text)
    {
        var lower = text.ToLowerInvariant();
        if (LocalTexts.Any(local => lower.Contains(local)))
            return true;
        var words = Words.Of(lower);
        if (words.HaveAny(LocalWords))
            return words.Length == 1 || lower.IndexOfAny(new[] { ':', '.', '=', '/' }) >= 0;
        return lower.IndexOf("://", StringComparison.Ordinal) is var scheme and > 0 && Words.ContainAny(lower.Substring(scheme + 3).Split('/')[0], TestHosts);
    }

    // services.AddDbContext(o => o.UseInMemoryDatabase("shop")), AddSingleton<IPaymentGateway, FakeGateway>()
    private static string? StandIn(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        var words = Words.Of(method.Name);
        if (words.Length > 1 && words[0] is "use" or "add" && (words.Contains("memory") && !words.Contains("cache") || words.Contains("inmemory") || method.Name == "AddDistributedMemoryCache"))
            return method.Name;
        if (words is not ["add" or "use", ..])
            return null;
        foreach (var argument in method.TypeArguments)
        {
            if (argument.TypeKind == TypeKind.Class && Words.Of(argument.Name) is { IsEmpty: false } named && StandInWords.Contains(named[named[0] == "in" && named.Length > 1 ? 1 : 0]))
                return argument.Name;
        }
        return null;
    }

    private static string NameOf(SettingRead read) => read.KnownKey.Length > 0 ? read.KnownKey : read.Operation.Syntax.ToString();
}

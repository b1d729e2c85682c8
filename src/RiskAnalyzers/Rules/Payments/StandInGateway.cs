using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>A stand-in that the product registers as its payment provider.</summary>
internal sealed class StandInGateway : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK2024",
        title: "A stand-in is registered as the payment provider",
        message: "'{0}' stands in for '{1}' in production too: payments look as if they worked and no money comes in; register it for developers only, and throw where the real one is not configured",
        why: "Generated code starts with a gateway that always says yes. Registered without a condition it runs in production, and nobody notices until the bank statement comes.");

    public StandInGateway() : base(Risk)
    {
    }

    private static readonly HashSet<string> StandIns = Words.SetOf("fake mock mocked stub demo dummy simulated simulation simulator simulating placeholder testing pretend");

    private static readonly HashSet<string> Services = Words.SetOf("fraud kyc tax signature webhook");

    public override void Listen(RuleListener on) => on.Operation(Check, OperationKind.Invocation);

    private static void Check(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        var method = call.TargetMethod;
        if (!method.Name.StartsWith("Add", StringComparison.Ordinal) && !method.Name.StartsWith("TryAdd", StringComparison.Ordinal) && method.Name != "Replace" || StandInOf(call) is not var (standIn, service))
            return;
        if (!Speaks(standIn.Name) && !Speaks(service.Name) || Environments.IsForDevelopersOnly(call) || IsAskedFor(call) || IsOneOfMany(call, service))
            return;
        visit.Report(call.CalledName(), standIn.Name, service.Name);
    }

    private static bool Speaks(string name) => Language.Payments.SpeakOfPayment(name) || Words.ContainAny(name, Services);

    // services.AddScoped<IPaymentGateway, FakeGateway>(), AddSingleton<IPaymentGateway>(new FakeGateway()), AddScoped<IPaymentGateway>(_ => new FakeGateway()), AddScoped(typeof(IPaymentGateway), typeof(FakeGateway))
    private static (ITypeSymbol StandIn, ITypeSymbol Service)? StandInOf(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (method.TypeArguments is [var contract, var implementation])
            return IsStandIn(implementation) ? (implementation, contract) : null;
        if (method.TypeArguments is [var service])
            return call.Arguments.Where(argument => !argument.IsImplicit).Select(argument => MadeIn(argument.Value)).FirstOrDefault(made => made is not null) is { } instance && IsStandIn(instance) && !SymbolEqualityComparer.Default.Equals(instance, service) ? (instance, service) : null;
        var types = call.Arguments.Select(argument => (argument.Value.WithoutConversions() as ITypeOfOperation)?.TypeOperand).OfType<ITypeSymbol>().ToList();
        return types.Count == 2 && IsStandIn(types[1]) ? (types[1], types[0]) : null;
    }

    private static ITypeSymbol? MadeIn(IOperation value) => value.WithoutConversions() switch
    {
        IObjectCreationOperation { Type: { } made } => made,
        IDelegateCreationOperation { Target: IAnonymousFunctionOperation { Body.Operations: [IReturnOperation { ReturnedValue: { } returned }] } } => MadeIn(returned),
        IInvocationOperation { TargetMethod: { Name: "GetRequiredService" or "GetService" or "CreateInstance", TypeArguments: [var resolved] } } => resolved,
        _ => null,
    };

    // TestPaymentService may be the service of a test; a name that begins with the word stands in.
    private static bool IsStandIn(ITypeSymbol type) => type is INamedTypeSymbol { TypeKind: TypeKind.Class } && Words.ContainAny(type.Name, StandIns) && !Words.ContainAny(type.ContainingNamespace?.Name ?? "", Tests);

    private static readonly HashSet<string> Tests = Words.SetOf("test tests testing");

    // if (options.UseFakeGateway): somebody switches it on.
    private static bool IsAskedFor(IInvocationOperation call) => call.Ancestors().TakeWhile(ancestor => ancestor is not (IAnonymousFunctionOperation or ILocalFunctionOperation)).OfType<IConditionalOperation>()
        .Any(choice => Environments.Of(choice.Condition, holds: true) == EnvironmentReach.Any && Environments.Of(choice.Condition, holds: false) == EnvironmentReach.Any)
        || call.Ancestors().Any(ancestor => ancestor is ISwitchOperation or ISwitchExpressionOperation);

    // A provider beside others, which the customer or a setting chooses.
    private static bool IsOneOfMany(IInvocationOperation call, ITypeSymbol service) => call.WholeBody().Descendants().Any(other => other is IInvocationOperation { TargetMethod.TypeArguments: [var contract, ..] } registered && other != call
        && SymbolEqualityComparer.Default.Equals(contract, service) && registered.TargetMethod.Name == call.TargetMethod.Name && StandInOf(registered) is null && Environments.Around(registered) == EnvironmentReach.Any && Environments.Around(call) == EnvironmentReach.Any);
}

using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Resilience;

/// <summary>A cancellation token that is taken and passed to nothing, although the calls behind it would take it.</summary>
internal sealed class IgnoredCancellation : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK5008",
        title: "A cancellation token is taken and never used",
        message: "'{0}' is taken and passed to nothing: when the customer gives up, '{1}' and what follows run on, and load piles up where it already is; pass it on",
        why: "In a slow minute customers reload the page. If abandoned requests cannot be cancelled, each reload adds a query to the database that was too slow for the first one.",
        severity: DiagnosticSeverity.Info);

    public IgnoredCancellation() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        on.Body(CheckMethod);
        on.Operation(CheckHandler, OperationKind.AnonymousFunction);
    }

    private static void CheckMethod(BodyVisit visit)
    {
        if (visit.Body is IBlockOperation body && visit.Member is IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation, IsOverride: false } method
            && TokenForwarding.TokenOf(method) is { } token && FirstDeaf(body, token) is { } call)
            visit.Report(token.Locations[0], token.Name, call.TargetMethod.Name);
    }

    // Of lambdas only the handlers of endpoints: others have parameters that their caller asks for.
    private static void CheckHandler(OperationVisit visit)
    {
        if (visit.Operation is IAnonymousFunctionOperation { Symbol: var handler, Body: var body, Parent: IDelegateCreationOperation or IConversionOperation } lambda
            && lambda.Ancestor<IArgumentOperation>() is { Parent: IInvocationOperation { TargetMethod.Name: "MapGet" or "MapPost" or "MapPut" or "MapDelete" or "MapPatch" or "MapMethods" or "Map" } }
            && TokenForwarding.TokenOf(handler) is { } token && FirstDeaf(body, token) is { } call)
            visit.Report(token.Locations[0], token.Name, call.TargetMethod.Name);
    }

    private static IInvocationOperation? FirstDeaf(IOperation body, IParameterSymbol token) => body.Mentions(token) ? null : TokenForwarding.DeafCalls(body).FirstOrDefault();
}

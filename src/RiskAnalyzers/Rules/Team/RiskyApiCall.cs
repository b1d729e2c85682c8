using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Team;

/// <summary>A use of an API that the team marked as risky, wherever it is.</summary>
internal sealed class RiskyApiCall : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK8001",
        title: "An API that the team marked as risky is used",
        message: "'{0}' needs a reviewer's eye wherever it is used: {1}",
        why: "After an incident the team marked this API, in code or in a list. Every member that calls, constructs, overrides, implements or "
            + "passes it on needs a review, so that the same mistake meets a person before it meets customers.");

    public RiskyApiCall() : base(Risk)
    {
    }

    public override bool LooksEverywhere => true;

    public override void Listen(RuleListener on)
    {
        var apis = new RiskyApis(on.Facts);
        if (apis.AreNone)
            return;
        on.Operation(visit => CheckUse(visit, apis), OperationKind.Invocation, OperationKind.ObjectCreation, OperationKind.MethodReference,
            OperationKind.PropertyReference, OperationKind.FieldReference, OperationKind.EventReference);
        on.Declaration(visit => CheckPromise(visit, apis), SymbolKind.Method, SymbolKind.Property, SymbolKind.Event);
    }

    private static void CheckUse(OperationVisit visit, RiskyApis apis)
    {
        var used = visit.Operation switch
        {
            IInvocationOperation invocation => invocation.TargetMethod.ReducedFrom ?? invocation.TargetMethod,
            IObjectCreationOperation creation => creation.Constructor,
            IMemberReferenceOperation reference => reference.Member,
            _ => null,
        };
        // Code of the marked API itself uses its own parts.
        if (used is null || IsWithin(visit.Member, used.ContainingType) || apis.WhyRisky(used) is not { } why)
            return;
        visit.Report(visit.Operation, NameOf(used), why);
    }

    private static void CheckPromise(DeclarationVisit visit, RiskyApis apis)
    {
        foreach (var promised in PromisesOf(visit.Symbol))
        {
            if (apis.WhyRisky(promised) is not { } why)
                continue;
            visit.ReportName(NameOf(promised), why);
            return;
        }
    }

    // An accessor's promise is its property's, which is looked at itself.
    private static IEnumerable<ISymbol> PromisesOf(ISymbol member) =>
        member is not IMethodSymbol { AssociatedSymbol: not null } && member.Overridden() is { } overridden ? member.Implemented().Prepend(overridden) : member.Implemented();

    private static bool IsWithin(ISymbol member, INamedTypeSymbol? type)
    {
        for (var container = member.ContainingType; container is not null; container = container.ContainingType)
        {
            if (SymbolEqualityComparer.Default.Equals(container.OriginalDefinition, type?.OriginalDefinition))
                return true;
        }
        return false;
    }

    private static string NameOf(ISymbol api) => api is IMethodSymbol { MethodKind: MethodKind.Constructor } ? api.ContainingType.Name : api.ContainingType?.Name + "." + api.Name;
}

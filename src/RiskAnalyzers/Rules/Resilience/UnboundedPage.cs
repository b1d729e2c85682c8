using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Resilience;

/// <summary>A page of as many rows as a stranger asks for.</summary>
internal sealed class UnboundedPage : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK5017",
        title: "A stranger chooses how many rows are loaded",
        message: "'{0}' comes from the request of '{1}', which anybody may send, and nothing limits it: one call for a million rows keeps the database and the memory busy; clamp it, Math.Clamp({0}, 1, 100)",
        why: "A list of ten products is cheap. The same address with pageSize=1000000 loads the table with all that is included, as often as somebody likes, without a password, and checkout shares the database with it.");

    private static readonly HashSet<string> Helpers = Words.SetOf("ToPagedList ToPagedListAsync ToPaginatedList ToPaginatedListAsync Paginate PaginateAsync ToPagedResult ToPagedResultAsync ToPaginated ToPaginatedAsync ToPagedResponse ToPagedResponseAsync PaginatedListAsync");

    public UnboundedPage() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        var endpoints = Endpoints.In(on.Facts);
        var validations = Validations.In(on.Facts);
        on.Operation(visit => Check(visit, endpoints, validations), OperationKind.Invocation);
    }

    private static void Check(OperationVisit visit, Endpoints endpoints, Validations validations)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (SizeIn(call) is not { } size || NameOf(size) is not { } name || !PageSizes.IsNamed(name))
            return;
        // A helper for every kind of row is found where it is used.
        if (visit.Member is not IMethodSymbol { IsGenericMethod: false, ContainingType.IsGenericType: false } || !IsGiven(size, visit.Member))
            return;
        if (PageSizes.ChosenBy(call.CalledName(), visit.Compilation, endpoints, validations) is { } chooser)
            visit.Report(size, name, chooser);
    }

    // query.Skip((page - 1) * size).Take(size), Query.Take(take) of a specification, products.ToPagedListAsync(page, size)
    private static IOperation? SizeIn(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (method is { Name: "Take", ContainingType.Name: "Queryable" } or { Name: "Limit", ContainingType.Name: "IFindFluent" or "IAggregateFluent" } || method.Name == "Take" && method.ContainingType is { Name: var type } && Words.ContainAny(type, Specifications))
            return call.Arguments.LastOrDefault(argument => IsNumber(argument.Value.Type))?.Value.WithoutConversions();
        if (Helpers.Contains(method.Name) || method is { Name: "CreateAsync" or "Create", IsStatic: true, ContainingType.Name: var page } && Words.ContainAny(page, Pages))
            return call.Arguments.LastOrDefault(argument => IsNumber(argument.Value.Type) && NameOf(argument.Value.WithoutConversions()) is { } name && PageSizes.IsNamed(name))?.Value.WithoutConversions();
        return null;
    }

    private static readonly HashSet<string> Specifications = Words.SetOf("specification spec");

    private static readonly HashSet<string> Pages = Words.SetOf("paged paginated page pagination");

    private static bool IsNumber(ITypeSymbol? type) => type.WithoutNullable()?.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64;

    private static string? NameOf(IOperation size) => size switch
    {
        IPropertyReferenceOperation { Property: { Name: "Value" }, Instance: { } nullable } => NameOf(nullable.WithoutConversions()),
        ICoalesceOperation coalesce => NameOf(coalesce.Value.WithoutConversions()),
        _ => size.ReferencedSymbol()?.Name,
    };

    // A parameter, something that a parameter holds, or a local made of one; not the code's own batch.
    private static bool IsGiven(IOperation size, ISymbol member) => Root(size, 6) is IParameterReferenceOperation { Parameter: { ContainingSymbol: var owner, Type: var type } } && (owner is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } or IMethodSymbol { MethodKind: MethodKind.LocalFunction } || SymbolEqualityComparer.Default.Equals(owner, member))
        && !Words.ContainAny(type.Name, Settled);

    private static readonly HashSet<string> Settled = Words.SetOf("options settings configuration config");

    private static IOperation? Root(IOperation? value, int depth) => depth == 0 ? null : value?.WithoutConversions() switch
    {
        IParameterReferenceOperation parameter => parameter,
        IPropertyReferenceOperation { Instance: { } holder } => Root(holder, depth - 1),
        ICoalesceOperation coalesce => Root(coalesce.Value, depth - 1),
        ILocalReferenceOperation local => Root(Flow.InitialValue(local), depth - 1),
        _ => null,
    };
}

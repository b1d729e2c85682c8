using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>A caller without an identity who is given one: <c>"anonymous"</c>, <c>Guid.Empty</c>, <c>0</c>.</summary>
internal sealed class InventedCaller : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK3019",
        title: "A caller without an identity gets a made-up one",
        message: "{0} '{1}', one account that all such callers share: what they order, pay and refund is recorded as that user's; {2}",
        why: "A missing claim is a broken or forged sign-in. As an ordinary id it passes every check that only compares ids, and its rows belong to nobody.");

    public InventedCaller() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        on.Operation(CheckCoalesce, OperationKind.Coalesce);
        on.Operation(CheckChoice, OperationKind.Conditional);
        on.Operation(CheckReturn, OperationKind.Return);
        on.Body(CheckFixed);
    }

    // User.FindFirst("sub")?.Value ?? "anonymous"
    private static void CheckCoalesce(OperationVisit visit)
    {
        var coalesce = (ICoalesceOperation)visit.Operation;
        if (MadeUp(coalesce.WhenNull) is { } id && CallerIds.IsRead(coalesce.Value))
            Report(visit, coalesce, coalesce.WhenNull, id);
    }

    // Guid.TryParse(User.FindFirst("sub")?.Value, out var id) ? id : Guid.Empty
    private static void CheckChoice(OperationVisit visit)
    {
        var choice = (IConditionalOperation)visit.Operation;
        if (choice.Type is null || choice.WhenFalse is null)
            return;
        foreach (var (read, otherwise) in new[] { (choice.WhenTrue, choice.WhenFalse), (choice.WhenFalse, choice.WhenTrue) })
        {
            if (MadeUp(otherwise) is { } id && MadeUp(read) is null && (CallerIds.AreReadIn(choice.Condition) || CallerIds.AreReadIn(read)) && !IsYesOrNo(choice))
            {
                Report(visit, choice, otherwise, id);
                return;
            }
        }
    }

    // if (!int.TryParse(User.FindFirstValue("sub"), out var id)) return 0; in GetCurrentUserId()
    private static void CheckReturn(OperationVisit visit)
    {
        if (visit.Operation is not IReturnOperation { ReturnedValue: { } value, IsImplicit: false } result || MadeUp(value) is not { } id || result.FunctionSymbol(visit.Member) is not { MethodKind: not MethodKind.AnonymousFunction } function)
            return;
        if (CallerIds.Name(function.AssociatedSymbol?.Name ?? function.Name) && CallerIds.AreReadIn(result.EnclosingFunction()))
            Report(visit, value, value, id);
    }

    private static void Report(OperationVisit visit, IOperation whole, IOperation madeUp, string id)
    {
        if (!InventedCallerUses.IsHarmless(whole, madeUp, visit))
            visit.Report(madeUp, "Without the claim the caller becomes", id.Length == 0 ? "\"\"" : id, "refuse the request instead");
    }

    // public bool IsAuthenticated => true; public Guid UserId => Guid.Parse("..."); in CurrentUserService
    private static void CheckFixed(BodyVisit visit)
    {
        if (visit.Member is not IMethodSymbol { MethodKind: MethodKind.PropertyGet, AssociatedSymbol: IPropertySymbol { IsStatic: false } property, ContainingType: { } type } || !FixedCallers.IsCurrentUser(type))
            return;
        var returned = visit.Body.DescendantsInFunction().OfType<IReturnOperation>().Select(result => result.ReturnedValue).OfType<IOperation>().ToList();
        if (returned is [var only] && FixedCallers.Of(property, only) is { } id)
            visit.Report(only, "Whoever calls is", id, "read the claims of the request");
    }

    private static bool IsYesOrNo(IConditionalOperation choice) => choice.Type?.SpecialType == SpecialType.System_Boolean;

    /// <summary>The id that stands for nobody, as the code writes it; null where the value is none.</summary>
    private static string? MadeUp(IOperation value)
    {
        var plain = value.WithoutConversions();
        if (plain is IInvocationOperation { TargetMethod.Name: "ToString", Instance: { } empty })
            plain = empty.WithoutConversions();
        switch (plain)
        {
            case IFieldReferenceOperation { Field: { Name: "Empty", ContainingType.Name: "Guid" or "Ulid" } }:
                return "Guid.Empty";
            case IDefaultValueOperation { Type.SpecialType: SpecialType.System_Int32 or SpecialType.System_Int64 } or IDefaultValueOperation { Type.Name: "Guid" }:
                return "default";
            case { ConstantValue: { HasValue: true, Value: string text } }:
                return text;
            case { ConstantValue: { HasValue: true, Value: int or long } number }:
                return number.Value!.ToString();
            case IFieldReferenceOperation { Field: { Name: "Empty", ContainingType.SpecialType: SpecialType.System_String } }:
                return "";
            default:
                return null;
        }
    }
}

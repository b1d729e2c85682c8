using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>A claim that is read from the caller's token and that no token of this project carries: the answer is null for everybody.</summary>
internal sealed class ClaimNeverIssued : RiskRule
{
    private static readonly HashSet<string> Readers = Words.SetOf("FindFirst FindFirstValue HasClaim FindAll");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK3023",
        title: "A claim is read that no token carries",
        message: "'{0}' finds nothing: {1}, so it is null for every caller and whatever is decided or recorded with it is wrong; read the claim that the token carries",
        why: "The name of a claim is a text that no compiler checks. Where it is never issued, the profile answers 'not found', the audit says 'Unknown', and a check that nobody deletes himself never holds.");

    public ClaimNeverIssued() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        var issued = IssuedClaims.In(on.Facts);
        on.Operation(visit => Check(visit, issued), OperationKind.Invocation);
    }

    private static void Check(OperationVisit visit, IssuedClaims issued)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (ReadBy(call) is not { } claim || !IsOfCaller(call) || IsOneOfSeveral(call) || issued.WhyMissing(claim) is not { } why)
            return;
        visit.Report(call, call.Syntax.ToString(), why);
    }

    // FindFirst("id"), User.FindFirstValue(ClaimTypes.Email), User.Claims.FirstOrDefault(c => c.Type == "id")
    private static string? ReadBy(IInvocationOperation call)
    {
        if (Readers.Contains(call.TargetMethod.Name))
            return call.Arguments.FirstOrDefault(argument => argument.Parameter?.Type.SpecialType == SpecialType.System_String) is { Value.ConstantValue: { HasValue: true, Value: string type } } ? type : null;
        if (call.TargetMethod is not { Name: "FirstOrDefault" or "SingleOrDefault" or "First" or "Single", ContainingType.Name: "Enumerable", TypeArguments: [{ Name: "Claim" }] } || call.Arguments is not [_, { Value: IDelegateCreationOperation { Target: IAnonymousFunctionOperation { Body.Operations: [IReturnOperation { ReturnedValue: IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } compared }] } } }])
            return null;
        return compared.LeftOperand is IPropertyReferenceOperation { Property.Name: "Type" } && compared.RightOperand.ConstantValue is { HasValue: true, Value: string asked } ? asked : null;
    }

    // The caller's own principal: User, context.User, a parameter of an extension; not one that was made of somebody else's token.
    private static bool IsOfCaller(IInvocationOperation call)
    {
        var principal = call.Instance ?? call.Arguments.FirstOrDefault()?.Value;
        principal = principal?.WithoutConversions();
        if (principal is IPropertyReferenceOperation { Property.Name: "Claims", Instance: { } holder })
            principal = holder.WithoutConversions();
        if (principal is IConditionalAccessInstanceOperation placeholder)
            principal = placeholder.Ancestor<IConditionalAccessOperation>()?.Operation.WithoutConversions();
        return principal switch
        {
            IPropertyReferenceOperation { Property: { Name: "User", Type.Name: "ClaimsPrincipal" } } => true,
            IConditionalAccessOperation { WhenNotNull: IPropertyReferenceOperation { Property: { Name: "User", Type.Name: "ClaimsPrincipal" } } } => true,
            IParameterReferenceOperation { Parameter: { Name: "user" or "principal" or "claimsPrincipal", Type.Name: "ClaimsPrincipal" } } => true,
            ILocalReferenceOperation local => Flow.InitialValue(local)?.WithoutConversions() is IPropertyReferenceOperation { Property: { Name: "User", Type.Name: "ClaimsPrincipal" } },
            _ => false,
        };
    }

    // User.FindFirst(ClaimTypes.NameIdentifier)?.Value ?? User.FindFirst("sub")?.Value: one of them is there.
    private static bool IsOneOfSeveral(IInvocationOperation call)
    {
        for (IOperation? part = call; part is not null and not IBlockOperation; part = part.Parent)
        {
            if (part is ICoalesceOperation && part.DescendantsAndSelf().OfType<IInvocationOperation>().Count(other => ReadBy(other) is not null) > 1
                || part is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr })
                return true;
        }
        return false;
    }
}

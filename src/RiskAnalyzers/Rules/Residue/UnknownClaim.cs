using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Residue;

/// <summary>A claim that is read, and that no token or cookie of the product carries.</summary>
internal sealed class UnknownClaim : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK7015",
        title: "A claim that nobody issues",
        message: "No token of this project carries the claim '{0}': whoever reads it gets nothing, and takes the customer for somebody unknown; read the claim that is issued, or issue this one",
        why: "Generators make names up on both sides: the token says who somebody is in one claim, the controller asks for another. It compiles, and every audit entry says 'Unknown', every look at one's own account fails.");

    private static readonly HashSet<string> Readers = Words.SetOf("FindFirst FindFirstValue FindAll HasClaim GetClaim GetClaimValue");

    public UnknownClaim() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        if (on.Type("System.Security.Claims.ClaimsPrincipal") is null)
            return;
        var issued = IssuedClaims.In(on.Compilation);
        on.Operation(visit => CheckCall(visit, issued), OperationKind.Invocation);
        on.Operation(visit => CheckComparison(visit, issued), OperationKind.Binary);
    }

    // User.FindFirst("id"), User.FindFirstValue("id"), User.HasClaim("id", value)
    private static void CheckCall(OperationVisit visit, Lazy<IssuedClaims> issued)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (!Readers.Contains(call.TargetMethod.Name) || EntityFramework.Receiver(call)?.Type is not { } asked || !IsPrincipal(asked))
            return;
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is not { Type.SpecialType: SpecialType.System_String } || argument.Value.ConstantValue is not { HasValue: true, Value: string claim })
                continue;
            if (issued.Value.Lack(claim) && !HasSpare(call))
                visit.Report(argument.Value, claim);
            return;
        }
    }

    // User.Claims.FirstOrDefault(c => c.Type == "id")
    private static void CheckComparison(OperationVisit visit, Lazy<IssuedClaims> issued)
    {
        var comparison = (IBinaryOperation)visit.Operation;
        if (comparison.OperatorKind != BinaryOperatorKind.Equals || comparison.LeftOperand is not IPropertyReferenceOperation { Property: { Name: "Type", ContainingType: { Name: "Claim", ContainingNamespace.Name: "Claims" } } })
            return;
        if (comparison.RightOperand.ConstantValue is { HasValue: true, Value: string claim } && issued.Value.Lack(claim) && !HasSpare(comparison) && !IsOneOfSeveral(comparison))
            visit.Report(comparison.RightOperand, claim);
    }

    private static bool IsPrincipal(ITypeSymbol type)
    {
        for (var ancestor = type; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (ancestor.Name is "ClaimsPrincipal" or "ClaimsIdentity")
                return true;
        }
        return false;
    }

    // FindFirst("uid") ?? FindFirst(ClaimTypes.NameIdentifier): another claim takes its place.
    private static bool HasSpare(IOperation read)
    {
        foreach (var ancestor in read.Ancestors())
        {
            if (ancestor is ICoalesceOperation coalesce && (coalesce.Value.Syntax.Span.Contains(read.Syntax.Span) ? coalesce.WhenNull : coalesce.Value).DescendantsAndSelf()
                .Any(operation => operation is IInvocationOperation call && (Readers.Contains(call.TargetMethod.Name) || call.TargetMethod.Name is "FirstOrDefault" or "Find") || operation is IConditionalAccessOperation && operation.Syntax.ToString().Contains("Find")))
                return true;
            if (ancestor is IBlockOperation)
                return false;
        }
        return false;
    }

    private static bool IsOneOfSeveral(IOperation comparison) => comparison.Parent is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr };
}

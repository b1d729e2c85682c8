using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>Things that only one may take: a free room, a voucher that is used once, a refresh token that is exchanged for another.</summary>
internal static class Claims
{
    private static readonly HashSet<string> Taken = Words.SetOf("used redeemed claimed consumed booked reserved taken sold assigned rented occupied");

    private static readonly HashSet<string> Free = Words.SetOf("available vacant free unused");

    private static readonly HashSet<string> Taking = Words.SetOf("redeem consume claim use");

    // To revoke twice does no harm; to issue two tokens for one does.
    private static readonly HashSet<string> Withdrawn = Words.SetOf("revoked revoke invalidate invalidated");

    // An address that is confirmed twice is confirmed.
    private static readonly HashSet<string> Harmless = Words.SetOf("email mail confirmation");

    private static readonly HashSet<string> Issuing = Words.SetOf("generate issue create build make");

    private static readonly HashSet<string> Issued = Words.SetOf("token tokens authentication auth session jwt login");

    /// <summary>What is taken by the operation, and its type; null where nothing is.</summary>
    public static (IOperation Holder, INamedTypeSymbol Type)? Of(IOperation operation) => operation switch
    {
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var state, Instance: { } holder } } claim when Takes(claim, state) => (holder, state.ContainingType),
        IInvocationOperation { Instance: ILocalReferenceOperation holder, TargetMethod: { IsStatic: false, ContainingType: { TypeKind: TypeKind.Class } type } method } call when Words.Of(method.Name) is [var verb, ..] words && method.ReturnType.Name is not ("Task" or "ValueTask")
            && !Words.ContainAny(type.Name, Harmless) && (words is ["mark", .., var last] && Taken.Contains(last) || words.Length == 1 && Taking.Contains(verb) || Withdrawn.Contains(verb) && IsExchanged(call)) => (holder, type),
        _ => null,
    };

    private static bool Takes(ISimpleAssignmentOperation claim, IPropertySymbol state) => claim.Value.WithoutConversions() switch
    {
        IFieldReferenceOperation { Field: { ContainingType.TypeKind: TypeKind.Enum, Name: var name } } => Words.Of(name) is [var word] && Taken.Contains(word),
        var flag when state.Type.SpecialType == SpecialType.System_Boolean => Words.Of(state.Name) is [.., var word] && (flag.IsConstant(true) && (Taken.Contains(word) || Withdrawn.Contains(word) && IsExchanged(claim)) || flag.IsConstant(false) && Free.Contains(word)),
        // token.UsedAt = DateTime.UtcNow
        IPropertyReferenceOperation { Property.Name: "UtcNow" or "Now" } or IInvocationOperation { TargetMethod.Name: "GetUtcNow" } => Words.Of(state.Name) is [var first, "at" or "on" or "utc", ..] && (Taken.Contains(first) || Withdrawn.Contains(first) && IsExchanged(claim)),
        _ => false,
    };

    // A branch that leaves with the withdrawal issues nothing.
    private static bool IsExchanged(IOperation withdrawal)
    {
        var reached = withdrawal.EnclosingFunction();
        for (var ancestor = withdrawal.Parent; ancestor is not null && ancestor != reached; ancestor = ancestor.Parent)
        {
            if (ancestor is IBlockOperation && Flow.Leaves(ancestor))
            {
                reached = ancestor;
                break;
            }
        }
        return reached.DescendantsInFunction().Any(operation => operation is IInvocationOperation { TargetMethod.Name: var name } && operation.Syntax.SpanStart > withdrawal.Syntax.Span.End
            && Words.Of(name) is [var verb, ..] words && Issuing.Contains(verb) && words.HaveAny(Issued));
    }

    /// <summary>Whether nothing before takes the same thing: a flag and its time belong together.</summary>
    public static bool IsFirst(IOperation claim, IOperation holder) => !claim.EnclosingFunction().DescendantsInFunction().Any(operation => operation.Kind is OperationKind.SimpleAssignment or OperationKind.Invocation && operation.Syntax.SpanStart < claim.Syntax.SpanStart
        && Of(operation) is ({ } other, _) && SymbolEqualityComparer.Default.Equals(other.ReferencedSymbol(), holder.ReferencedSymbol()));

    /// <summary>The question whether the thing is free still, which somebody else may ask at the same time; else null.</summary>
    public static IOperation? AskedBefore(IOperation claim, IOperation holder)
    {
        if (holder.ReferencedSymbol() is not { } owner)
            return null;
        var property = (claim as ISimpleAssignmentOperation)?.Target.ReferencedSymbol();
        return claim.EnclosingFunction().DescendantsInFunction().OfType<IConditionalOperation>().FirstOrDefault(choice => choice.Syntax is IfStatementSyntax && choice.Syntax.SpanStart < claim.Syntax.SpanStart
            && (Flow.Leaves(choice.WhenTrue) || choice.WhenTrue.Syntax.Span.Contains(claim.Syntax.Span))
            && choice.Condition.DescendantsAndSelf().Any(part => part is IPropertyReferenceOperation { Property: var asked, Instance: { } asker } && (SymbolEqualityComparer.Default.Equals(asked, property) || IsState(asked)) && SymbolEqualityComparer.Default.Equals(asker.ReferencedSymbol(), owner)))?.Condition;
    }

    // IsActive, IsUsed, RevokedAt: what a claim changes, by whatever member it is asked.
    private static bool IsState(IPropertySymbol asked) => Words.Of(asked.Name) is var words && (words is ["is", "active" or "valid"] || words.Any(word => Taken.Contains(word) || Withdrawn.Contains(word))) && asked.Type.WithoutNullable()?.SpecialType is SpecialType.System_Boolean or SpecialType.System_DateTime or SpecialType.None;
}

using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>A check of the owner that only callers with an identity meet.</summary>
internal sealed class OwnerCheckSkippedForAnonymous : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK3003",
        title: "The owner check is skipped for anonymous callers",
        message: "Whoever {0} passes here: the check of the owner is only made when '{1}' is there; refuse first when it is missing",
        why: "The check reads as if it protected the thing, and does so for honest customers only: a request without a token goes on to the change.");

    public OwnerCheckSkippedForAnonymous() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        var endpoints = Endpoints.In(on.Facts);
        on.Operation(visit => CheckIf(visit, endpoints), OperationKind.Conditional);
        on.Operation(visit => CheckAlternative(visit, endpoints), OperationKind.Binary);
    }

    // if (uid != null) { if (order.CustomerId != uid) return Forbid(); }   and   if (uid != null && order.CustomerId != uid) return Forbid();
    private static void CheckIf(OperationVisit visit, Endpoints endpoints)
    {
        var check = (IConditionalOperation)visit.Operation;
        if (check.Syntax is not IfStatementSyntax syntax)
            return;
        if (OptionalFilter.In(check) is { } filtered)
        {
            visit.Report(syntax.Condition, "names neither owner nor session", filtered);
            return;
        }
        if (!MentionsOwner(check) || Leaves(check.WhenFalse))
            return;
        if (OptionalOwner.In(check) is { } optional && Refuses(check.WhenTrue))
        {
            visit.Report(syntax.Condition, "leaves out '" + optional + "'", optional);
            return;
        }
        if (OptionalOwner.NamedRole(check) is { } role && Refuses(check.WhenTrue))
        {
            visit.Report(syntax.Condition, "has any role but '" + role + "'", role);
            return;
        }
        if (Presence.In(check.Condition) is not { } present)
            return;
        var refuses = Compares(check.Condition) && Leaves(check.WhenTrue)
            || !Leaves(check.WhenTrue) && check.WhenTrue.DescendantsInFunction().Any(inner => inner is IConditionalOperation nested && Compares(nested.Condition) && (Leaves(nested.WhenTrue) || Leaves(nested.WhenFalse)));
        if (!refuses || IsCertain(check, visit, endpoints))
            return;
        visit.Report(syntax.Condition, "is not signed in", present.Syntax.ToString());
    }

    // uid is null || order.CustomerId == uid: nobody owns everything.
    private static void CheckAlternative(OperationVisit visit, Endpoints endpoints)
    {
        var either = (IBinaryOperation)visit.Operation;
        if (either.OperatorKind != BinaryOperatorKind.ConditionalOr || !MentionsOwner(either.RightOperand) || Presence.Missing(either.LeftOperand) is not { } missing || !Compares(either.RightOperand, BinaryOperatorKind.Equals))
            return;
        // "if (uid is null || order.CustomerId == uid)" lets in; within "if (!(...))" and in a filter it does as well.
        if (either.Parent is IConditionalOperation { Syntax: IfStatementSyntax } guard && Leaves(guard.WhenTrue) && Refuses(guard.WhenTrue))
            return;
        if (IsCertain(either, visit, endpoints))
            return;
        visit.Report(either, "is not signed in", missing.Syntax.ToString());
    }

    // The caller is known by then: the endpoint demands it, or an earlier statement refuses.
    private static bool IsCertain(IOperation place, OperationVisit visit, Endpoints endpoints)
    {
        if (endpoints.Around(place, visit.Member) is { LetsAnybodyIn: false })
            return true;
        foreach (var earlier in place.EnclosingFunction().DescendantsInFunction())
        {
            if (earlier.Syntax.SpanStart >= place.Syntax.SpanStart)
                continue;
            switch (earlier)
            {
                case IConditionalOperation { Syntax: IfStatementSyntax } guard when Leaves(guard.WhenTrue) && guard.Condition.DescendantsAndSelf().Any(part => Presence.Missing(part) is not null):
                case IInvocationOperation { TargetMethod.Name: "ThrowIfNull" or "ThrowIfNullOrEmpty" or "NotNull" or "AgainstNull" } call when call.Arguments.Any(argument => Callers.IsIdentity(argument.Value)):
                case ICoalesceOperation { WhenNull: var otherwise } coalesce when otherwise.WithoutConversions() is IThrowOperation && Callers.IsIdentity(coalesce.Value):
                    return true;
            }
        }
        return false;
    }

    // Cheap, and false nearly always.
    private static bool MentionsOwner(IOperation code) => code.DescendantsAndSelf().Any(part => part is IMemberReferenceOperation { Member: IPropertySymbol or IFieldSymbol, Member.Name: var name } && Ownership.NamesOwner(name));

    private static bool Compares(IOperation condition, BinaryOperatorKind? only = null) => condition.DescendantsAndSelf().Any(part => part switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } compared when only is null || compared.OperatorKind == only =>
            IsOwnerAndCaller(compared.LeftOperand, compared.RightOperand) || IsOwnerAndCaller(compared.RightOperand, compared.LeftOperand),
        IInvocationOperation { TargetMethod.Name: "Equals" } call => call.Arguments.Any(argument => IsOwnerAndCaller(call.Instance ?? call.Arguments[0].Value, argument.Value) || call.Instance is { } owner && IsOwnerAndCaller(argument.Value, owner)),
        _ => false,
    });

    private static bool IsOwnerAndCaller(IOperation owner, IOperation caller) =>
        (owner.WithoutConversions() is IInvocationOperation { TargetMethod.Name: "ToString", Instance: { } id } ? id : owner).WithoutConversions() is IMemberReferenceOperation { Instance: not null } member && Ownership.NamesOwner(member.Member.Name) && !Callers.IsIdentity(owner) && Callers.IsIdentity(caller);

    private static bool Leaves(IOperation? statement) => statement switch
    {
        IReturnOperation or IThrowOperation => true,
        IExpressionStatementOperation { Operation: IThrowOperation } => true,
        IBlockOperation { Operations: [.., var last] } => Leaves(last),
        _ => false,
    };

    private static bool Refuses(IOperation statement) => (Callers.In(statement.Syntax) & CallerChecks.Denies) != 0 || statement.DescendantsAndSelf().Any(part => part is IThrowOperation);
}

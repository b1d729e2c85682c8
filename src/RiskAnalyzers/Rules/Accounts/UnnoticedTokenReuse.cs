using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>A refresh token that was used before comes again, and only this one request is refused.</summary>
internal sealed class UnnoticedTokenReuse : RiskRule
{
    private static readonly HashSet<string> Spent = Words.SetOf("IsRevoked Revoked RevokedAt RevokedOn IsUsed Used UsedAt UsedOn IsConsumed ConsumedAt RevokedUtc ReplacedByToken");

    private static readonly HashSet<string> Alive = Words.SetOf("IsActive IsValid");

    private static readonly HashSet<string> Alarms = Words.SetOf("revoke revokes revoked invalidate family chain descendants descendant compromised theft stolen reuse logout signout");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK3026",
        title: "A used refresh token comes again and nothing happens",
        message: "A token that fails '{0}' was used before, and only this request is refused: two hold the same token, and one of them is a thief who stays signed in; revoke every token of the account here",
        why: "Tokens are rotated so that a stolen one shows: it comes twice. Who answers the second with nothing but a refusal has thrown the alarm away, and the thief keeps the newer token.");

    public UnnoticedTokenReuse() : base(Risk)
    {
    }

    public override void Listen(RuleListener on) => on.Operation(Check, OperationKind.PropertyReference);

    private static void Check(OperationVisit visit)
    {
        var state = (IPropertyReferenceOperation)visit.Operation;
        var isAlive = Alive.Contains(state.Property.Name);
        if (!isAlive && !Spent.Contains(state.Property.Name) || !IsRefreshToken(state.Property.ContainingType) || !IsRenewal(visit.Member.Name) || isAlive && !IsNegated(state))
            return;
        if (visit.Operation.Ancestors().OfType<IConditionalOperation>().FirstOrDefault(branch => branch.Syntax is IfStatementSyntax && branch.Condition.Syntax.Span.Contains(state.Syntax.Span)) is not { } check || !Flow.Leaves(check.WhenTrue))
            return;
        if (!GivesNewOne(visit.Body, check, state.Property.ContainingType) || RaisesAlarm(check.WhenTrue.Syntax) || RaisesAlarmBeside(check))
            return;
        // The first of several questions: what follows asks for the date.
        if (check.Condition.DescendantsAndSelf().Any(other => other is IPropertyReferenceOperation { Property: var first } && other.Syntax.SpanStart < state.Syntax.SpanStart && (Spent.Contains(first.Name) || Alive.Contains(first.Name)) && IsRefreshToken(first.ContainingType)))
            return;
        visit.Report(check.WhenTrue is IBlockOperation { Operations: [.., var leaving] } ? leaving : check.WhenTrue, state.Property.Name);
    }

    private static bool IsRefreshToken(INamedTypeSymbol? type) => type is not null && Words.ContainSequence(type.Name, "refresh", "token") && !RequestData.IsCarrier(type);

    private static bool IsRenewal(string member) => Words.ContainAny(member, Renewals);

    private static readonly HashSet<string> Renewals = Words.SetOf("refresh rotate renew handle");

    private static bool IsNegated(IOperation state) => state.Parent is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } || state.Parent is IIsPatternOperation { Pattern: var pattern } && pattern.Syntax.ToString() is "false" or "not true"
        || state.Parent is IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals, RightOperand: var right } && right.IsConstant(false) || state.Syntax.Parent is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression };

    // Rotation: the old token is spent further down.
    private static bool GivesNewOne(IOperation body, IOperation check, INamedTypeSymbol type) => body.Descendants().Any(operation => operation.Syntax.SpanStart > check.Syntax.Span.End && operation switch
    {
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var spent } } => Spent.Contains(spent.Name) && SymbolEqualityComparer.Default.Equals(spent.ContainingType, type),
        IInvocationOperation { TargetMethod: { Name: var name } } call => Words.Of(name) is ["revoke" or "rotate" or "use" or "consume", ..] or ["mark", ..] && (call.Instance?.Type is { } owner && SymbolEqualityComparer.Default.Equals(owner, type) || call.Arguments.Any(argument => SymbolEqualityComparer.Default.Equals(argument.Value.WithoutConversions().Type, type))),
        _ => false,
    });

    private static bool RaisesAlarm(SyntaxNode branch) => branch.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && Words.ContainAny(token.ValueText, Alarms));

    // An earlier question of the same token that does raise the alarm: what is left here is the date.
    private static bool RaisesAlarmBeside(IOperation check) => check.Parent is IBlockOperation block && block.Operations.Any(sibling => sibling is IConditionalOperation { Syntax: IfStatementSyntax } other && other != check && other.Condition.DescendantsAndSelf().Any(part => part is IPropertyReferenceOperation { Property: var asked } && IsRefreshToken(asked.ContainingType)) && RaisesAlarm(other.WhenTrue.Syntax));
}

using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>Parts of a webhook's proof that its sender may leave out: the age that is checked only where a timestamp came, the signature that then covers the bare payload.</summary>
internal static class OptionalProof
{
    private static readonly HashSet<string> Verbs = Words.SetOf("verify validate check is has try authenticate compute build create get");

    private static readonly HashSet<string> Proofs = Words.SetOf("signature signatures webhook hmac mac hash signed authentic");

    private static readonly HashSet<string> Ages = Words.SetOf("timestamp nonce expires expiry issued sent date time age");

    /// <summary>Whether the member proves where a webhook comes from.</summary>
    public static bool IsVerifier(ISymbol member) => member is IMethodSymbol method && Words.Of(method.Name) is [var verb, ..] && Verbs.Contains(verb)
        && (Words.ContainAny(method.Name, Proofs) || Words.ContainAny(method.ContainingType?.Name ?? "", Proofs));

    /// <summary>
    /// What may be left out: the <c>timestamp</c> of <c>if (!string.IsNullOrEmpty(timestamp)) { too old? return false; }</c>, and where a reader stops; null where nothing may.
    /// </summary>
    public static (string Name, Location At)? Of(IConditionalOperation choice)
    {
        if (PresentOf(choice.Condition) is not { } sent || sent.ReferencedSymbol() is not { } symbol || symbol is not (IParameterSymbol or ILocalSymbol))
            return null;
        // dataToSign = has ? $"{timestamp}.{payload}" : payload
        if (choice.WhenFalse is { } bare && Signed(choice.WhenTrue) is { } whole && Signed(bare) is { } rest && IsBare(rest) && whole.Mentions(symbol) && whole.Mentions(rest.ReferencedSymbol()!))
            return (symbol.Name, rest.Syntax.GetLocation());
        if (choice.Syntax is IfStatementSyntax { IfKeyword: var keyword } && choice.WhenFalse is null && Words.ContainAny(symbol.Name, Ages) && Refuses(choice.WhenTrue) && choice.WhenTrue.Mentions(symbol))
            return (symbol.Name, keyword.GetLocation());
        return null;
    }

    // A text of several parts on one side, one of its parts on the other.
    private static IOperation? Signed(IOperation branch) => branch switch
    {
        IBlockOperation { Operations: [var only] } => Signed(only),
        IExpressionStatementOperation { Operation: ISimpleAssignmentOperation { Value: var value } } => Signed(value),
        _ when branch.WithoutConversions() is IInterpolatedStringOperation or IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } or IParameterReferenceOperation or ILocalReferenceOperation => branch.WithoutConversions(),
        _ => null,
    };

    private static bool IsBare(IOperation text) => text is IParameterReferenceOperation or ILocalReferenceOperation && text.Type?.SpecialType == SpecialType.System_String;

    private static bool Refuses(IOperation branch) => branch.DescendantsInFunction().Any(operation => operation is IThrowOperation
        || operation is IReturnOperation { ReturnedValue: { } answer } && answer.WithoutConversions() is { ConstantValue: { HasValue: true, Value: false } } or IInvocationOperation { TargetMethod.Name: "Unauthorized" or "BadRequest" or "Forbid" or "Fail" or "Failure" or "Invalid" });

    // The first of what must be there.
    private static IOperation? PresentOf(IOperation condition) => condition.WithoutConversions() switch
    {
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var operand } when operand.WithoutConversions() is IInvocationOperation { TargetMethod.Name: "IsNullOrEmpty" or "IsNullOrWhiteSpace", Arguments: [{ Value: var text }] } => text.WithoutConversions(),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals, LeftOperand: var left, RightOperand: var right } when right.IsNull() => left.WithoutConversions(),
        IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: IConstantPatternOperation }, Value: var value } => value.WithoutConversions(),
        IPropertyReferenceOperation { Property.Name: "HasValue", Instance: { } nullable } => nullable.WithoutConversions(),
        IInvocationOperation { TargetMethod.Name: "TryGetValue" } found => found.Arguments.LastOrDefault()?.Value.WithoutConversions() is IDeclarationExpressionOperation { Expression: var declared } ? declared : found.Arguments.LastOrDefault()?.Value.WithoutConversions(),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd, LeftOperand: var first } => PresentOf(first),
        _ => null,
    };
}

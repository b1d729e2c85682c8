using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Errors;

/// <summary>A token whose missing date of expiry counts as not yet over: <c>user.RefreshTokenExpiry &lt; now</c> is false where there is none.</summary>
internal sealed class NeverExpires : RiskRule
{
    private static readonly HashSet<string> Ends = Words.SetOf("expiry expires expire expiration expired valid until");

    private static readonly HashSet<string> Secrets = Words.SetOf("token tokens refresh otp reset verification verify invitation invite session confirmation activation login mfa challenge nonce ticket magic");

    // No date means no end, by what these are.
    private static readonly HashSet<string> Endless = Words.SetOf("coupon voucher discount promotion campaign cart basket product subscription membership contract plan api share lockout");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK4010",
        title: "What has no date of expiry never expires",
        message: "Where '{0}' is missing this comparison is false, and what it guards is accepted for ever; refuse what has no date, too",
        why: "Comparing null with a date is false, whichever way it is asked. A token that was stored without its date, or whose date was cleared, is good until somebody notices.");

    public NeverExpires() : base(Risk)
    {
    }

    public override void Listen(RuleListener on) => on.Operation(Check, OperationKind.Binary);

    private static void Check(OperationVisit visit)
    {
        var comparison = (IBinaryOperation)visit.Operation;
        if (!comparison.IsLifted)
            return;
        var (end, now) = comparison.OperatorKind switch
        {
            BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual => (comparison.LeftOperand, comparison.RightOperand),
            BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual => (comparison.RightOperand, comparison.LeftOperand),
            _ => default,
        };
        if (end is null || end.WithoutConversions() is not IPropertyReferenceOperation { Property: var property } read || !IsDate(property.Type) || !IsNow(now))
            return;
        if (!Words.ContainAny(property.Name, Ends) || !IsOfSecret(property) || comparison.IsInExpressionTree() || !IsRefusal(comparison, visit.Member) || IsAskedFor(property, comparison))
            return;
        visit.Report(comparison, Excerpt.Of(read));
    }

    private static bool IsDate(ITypeSymbol type) => type is { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } && type.WithoutNullable()?.Name is "DateTime" or "DateTimeOffset";

    private static bool IsNow(IOperation value)
    {
        value = value.WithoutConversions();
        if (value is IInvocationOperation { TargetMethod.Name: "AddSeconds" or "AddMinutes" or "Subtract" or "Add", Instance: { } moved })
            value = moved.WithoutConversions();
        return value.ReferencedSymbol() is { } symbol && (symbol.Name is "UtcNow" or "Now" or "UtcDateTime" or "GetUtcNow" or "GetLocalNow" || Words.Of(symbol.Name).Contains("now"));
    }

    private static bool IsOfSecret(IPropertySymbol property) =>
        (Words.ContainAny(property.Name, Secrets) || property.ContainingType is { } owner && Words.ContainAny(owner.Name, Secrets))
        && !Words.ContainAny(property.Name, Endless) && !(property.ContainingType is { } type && Words.ContainAny(type.Name, Endless));

    // if (token.ExpiresAt < now) return Unauthorized(); bool IsExpired => ExpiresAt < now; what is true is refused.
    private static bool IsRefusal(IOperation comparison, ISymbol member)
    {
        var isNegated = false;
        for (var (value, parent) = (comparison, comparison.Parent); parent is not null; value = parent, parent = parent.Parent)
        {
            switch (parent)
            {
                // return !token.Revoked && !(token.ExpiresAt < now);
                case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } when !isNegated:
                    isNegated = true;
                    break;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.And } when isNegated:
                    break;
                case IReturnOperation when isNegated:
                    return Polarities.Of(comparison.FunctionName(member)) == Polarity.Allow;
                case not (IParenthesizedOperation or IConversionOperation) when isNegated:
                    return false;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr or BinaryOperatorKind.Or } or IParenthesizedOperation or IConversionOperation:
                    break;
                case IConditionalOperation choice when choice.Condition == value:
                    return Flow.Leaves(choice.WhenTrue) || choice.WhenTrue is { ConstantValue: { HasValue: true, Value: false or null } };
                case IReturnOperation:
                    return Words.Of(comparison.FunctionName(member)) is var words && (words.Contains("expired") || words.Contains("over") || words.Contains("invalid"));
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.Name: var flag } }:
                    return Words.Of(flag).Contains("expired");
                default:
                    return false;
            }
        }
        return false;
    }

    // Somewhere in the function it is asked whether there is a date at all.
    private static bool IsAskedFor(IPropertySymbol property, IOperation comparison) => comparison.EnclosingFunction().DescendantsInFunction().Any(operation => operation switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } test => test.RightOperand.IsNull() && Reads(test.LeftOperand, property) || test.LeftOperand.IsNull() && Reads(test.RightOperand, property),
        IIsPatternOperation { Value: var tested } => Reads(tested, property),
        IPropertyReferenceOperation { Property.Name: "HasValue" or "Value", Instance: { } nullable } => Reads(nullable, property),
        ICoalesceOperation { Value: var first } => Reads(first, property),
        _ => false,
    });

    private static bool Reads(IOperation value, IPropertySymbol property) => SymbolEqualityComparer.Default.Equals(value.WithoutConversions().ReferencedSymbol(), property);
}

using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>A token whose end may be null, refused only where the end lies in the past: null is never in the past, so a token without an end is good for ever.</summary>
internal sealed class NullExpiry : RiskRule
{
    private static readonly HashSet<string> Ends = Words.SetOf("expiry expires expire expiration expired expiring valid until ends");

    // What must end. A coupon, a key or a plan without an end is meant to go on.
    private static readonly HashSet<string> Passing = Words.SetOf("token tokens otp code reset refresh session confirmation verification challenge nonce pin invite invitation jwt");

    private static readonly HashSet<string> Lasting = Words.SetOf("coupon coupons promo promotion discount voucher gift key apikey price offer plan subscription share link membership product card");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK3022",
        title: "A token without an end never expires",
        message: "'{0}' is false where '{1}' is null: a token that was stored without an end is accepted for ever; refuse it unless '{1}' lies in the future",
        why: "A comparison with null is false, whatever stands on the other side. Rows from before the column, a cleared field and a forgotten assignment all pass a check that only refuses what has ended.");

    public NullExpiry() : base(Risk)
    {
    }

    public override void Listen(RuleListener on) => on.Operation(Check, OperationKind.Binary);

    private static void Check(OperationVisit visit)
    {
        var comparison = (IBinaryOperation)visit.Operation;
        // Where it is true, the token has ended: end < now, now >= end.
        var end = comparison.OperatorKind switch
        {
            BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual => comparison.LeftOperand,
            BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual => comparison.RightOperand,
            _ => null,
        };
        if (end is null || !comparison.IsLifted || !MayBeNull(end) || NameOf(end) is not { } name || !IsClock(end == comparison.LeftOperand ? comparison.RightOperand : comparison.LeftOperand))
            return;
        if (!Words.ContainAny(name.Member, Ends) || !Words.ContainAny(name.Member + "_" + name.Owner, Passing) || Words.ContainAny(name.Member + "_" + name.Owner, Lasting))
            return;
        // Whoever asks for null beside it has decided what null means; a sweep of old rows lets nobody in.
        if (AsksForNull(visit, name.Member) || IsSweep(comparison) || IsRenewal(comparison, visit.Member) || (Guards.Of(end) & Bounds.NotNull) != 0)
            return;
        visit.Report(comparison, comparison.Syntax.ToString(), name.Member);
    }

    private static bool MayBeNull(IOperation end) => end.WithoutConversions().Type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [{ Name: "DateTime" or "DateTimeOffset" or "Int64" or "Instant" }] };

    private static (string Member, string Owner)? NameOf(IOperation end) => end.WithoutConversions() switch
    {
        IPropertyReferenceOperation property => (property.Property.Name, property.Property.ContainingType.Name),
        IFieldReferenceOperation field => (field.Field.Name, field.Field.ContainingType.Name),
        ILocalReferenceOperation local => (local.Local.Name, ""),
        IParameterReferenceOperation parameter => (parameter.Parameter.Name, ""),
        IConditionalAccessOperation { WhenNotNull: IPropertyReferenceOperation property } conditional when conditional.Operation is not null => (property.Property.Name, property.Property.ContainingType.Name),
        _ => null,
    };

    private static bool IsClock(IOperation operand)
    {
        foreach (var part in operand.DescendantsAndSelf())
        {
            if (part.ReferencedSymbol() is { } symbol && (symbol.Name is "UtcNow" or "Now" or "GetUtcNow" or "ToUnixTimeSeconds" || Words.Of(symbol.Name) is ["now", ..] or [.., "now"]))
                return true;
        }
        return false;
    }

    private static bool AsksForNull(OperationVisit visit, string member)
    {
        foreach (var part in visit.Body.DescendantsAndSelf())
        {
            var asked = part switch
            {
                IPropertyReferenceOperation { Property.Name: "HasValue", Instance: { } held } => held,
                IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } compared when compared.RightOperand.IsNull() => compared.LeftOperand,
                IIsPatternOperation matched => matched.Value,
                ICoalesceOperation coalesce => coalesce.Value,
                IPropertySubpatternOperation pattern => pattern.Member,
                _ => null,
            };
            if (asked?.ReferencedSymbol()?.Name == member)
                return true;
        }
        return false;
    }

    // if (end < now) { token = Renew(); } refuses nobody, and neither does MustRenew => !(end <= now).
    private static bool IsRenewal(IOperation comparison, ISymbol member)
    {
        var value = comparison;
        while (value.Parent is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } or IParenthesizedOperation or IConversionOperation)
            value = value.Parent;
        return value.Parent switch
        {
            IConditionalOperation { Syntax: IfStatementSyntax, WhenFalse: null } choice when choice.Condition == value => !Flow.Leaves(choice.WhenTrue),
            IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Parent: IReturnOperation } => Polarities.Of(comparison.FunctionName(member)) != Polarity.Allow,
            _ => false,
        };
    }

    private static bool IsSweep(IOperation comparison)
    {
        foreach (var ancestor in comparison.Ancestors())
        {
            if (ancestor is IInvocationOperation { TargetMethod.Name: "Where" or "RemoveAll" or "RemoveWhere" or "Count" or "CountAsync" or "OrderBy" })
                return true;
        }
        return false;
    }
}

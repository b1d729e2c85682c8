using System.Text.RegularExpressions;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>Guards that let zero through although what they say to the caller refuses it.</summary>
internal static class BoundTexts
{
    private static readonly Regex RefusesZero = new(
        @"\b(greater|more|larger|bigger|higher) than (zero|0)\b(?! or equal)|\bgreater or equal to 1\b|\b(be|is) (a )?positive\b|\bpositive (number|value|amount|integer|quantity)|\babove (zero|0)\b|\bat least (1|one)\b|\b(zero|0) or (less|lower|below|negative)\b"
        + @"|\b(less|lower|smaller) than (1|one)\b(?![./,]\d)|\b(less|lower) than or equal to (zero|0)\b|\b(be|is) (zero|0)\b|\bbelow (1|one)\b|\bnon-?zero\b|\bnot be (zero|0)\b"
        + @"|\bmayor (que|a) (cero|0)\b|\bmaior (que|do que) (zero|0)\b|\bgrößer als (null|0)\b|\bsupérieure? à (zéro|0)\b|(sıfırdan|0'?d[ae]n) büyük",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly Regex LetsZeroIn = new(@"or equal|zero or (more|greater|positive|above)|0 or (more|greater)|positive or zero|at least (0|zero)|non-?positive|eşit", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>The value and the text of a guard that refuses what is below zero and says that it refuses zero: <c>if (quantity &lt; 0) throw new("must be greater than zero")</c>.</summary>
    public static (IOperation Value, string Text)? OfGuard(IConditionalOperation guard)
    {
        if (guard.Syntax is not IfStatementSyntax || Refused(guard.Condition) is not { } value || !Flow.Leaves(guard.WhenTrue))
            return null;
        foreach (var part in guard.WhenTrue.Descendants())
        {
            if (part is ILiteralOperation { ConstantValue: { HasValue: true, Value: string { Length: > 8 } said } } && Says(said))
                return (value, said);
        }
        return null;
    }

    /// <summary>The same of a rule of a validator: <c>GreaterThanOrEqualTo(0).WithMessage("must be greater than zero")</c>.</summary>
    public static string? OfRule(IInvocationOperation message) => message.TargetMethod.Name == "WithMessage" && EntityFramework.Receiver(message) is IInvocationOperation { TargetMethod.Name: "GreaterThanOrEqualTo" } bound && bound.Arguments.Any(argument => argument.Value.ConstantNumber() is 0m)
        && message.Arguments.Select(argument => argument.Value.WithoutConversions().ConstantValue).FirstOrDefault(text => text.HasValue && text.Value is string) is { HasValue: true, Value: string said } && Says(said) ? said : null;

    /// <summary>The same of an annotation: <c>[Range(0, 100, ErrorMessage = "must be at least 1")]</c>.</summary>
    public static (AttributeData At, string Text)? OfAnnotation(ISymbol member)
    {
        foreach (var attribute in member.GetAttributes())
        {
            if (attribute.AttributeClass?.Name == "RangeAttribute" && attribute.ConstructorArguments is [{ Value: 0 or 0.0 }, ..] && attribute.NamedArguments.FirstOrDefault(argument => argument.Key == "ErrorMessage").Value.Value is string said && Says(said))
                return (attribute, said);
        }
        return null;
    }

    private static bool Says(string text) => RefusesZero.IsMatch(text) && !LetsZeroIn.IsMatch(text);

    // quantity < 0, 0 > quantity, alone or as one of several reasons.
    private static IOperation? Refused(IOperation condition) => condition.WithoutConversions() switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.LessThan, LeftOperand: var value, RightOperand: var zero } when zero.IsConstant(0m) => value.WithoutConversions(),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.GreaterThan, LeftOperand: var zero, RightOperand: var value } when zero.IsConstant(0m) => value.WithoutConversions(),
        _ => null,
    };
}

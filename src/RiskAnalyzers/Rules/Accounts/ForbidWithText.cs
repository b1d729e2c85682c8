using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary><c>Forbid("You may not")</c>: the text is taken for the name of an authentication scheme, and the refusal throws.</summary>
internal sealed class ForbidWithText : RiskRule
{
    private static readonly HashSet<string> Texts = Words.SetOf("message messages msg error errors reason reasons detail details description text explanation");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK3021",
        title: "A refusal that fails itself",
        message: "'{0}' takes the text for the name of an authentication scheme: where the caller should be refused the request fails with 500; answer 403 with a body, or call it without text",
        why: "No handler is registered for a sentence, so the framework throws. The caller learns of a server error, alarms ring for every refusal, and clients retry what they must not.");

    public ForbidWithText() : base(Risk)
    {
    }

    public override void Listen(RuleListener on) => on.Operation(Check, OperationKind.Invocation);

    private static void Check(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (call.TargetMethod is not { Name: "Forbid" or "Challenge", ContainingType.Name: "ControllerBase" or "PageModel" or "Controller" } || call.Arguments is not [{ Value: var schemes }])
            return;
        var scheme = schemes is IArrayCreationOperation { Initializer.ElementValues: [var only] } ? only : schemes;
        if (scheme.Type?.SpecialType == SpecialType.System_String && IsSentence(scheme.WithoutConversions()))
            visit.Report(call, call.TargetMethod.Name);
    }

    private static bool IsSentence(IOperation scheme) => scheme switch
    {
        { ConstantValue: { HasValue: true, Value: string text } } => text.Trim().IndexOf(' ') >= 0,
        IInterpolatedStringOperation => true,
        ICoalesceOperation coalesce => IsSentence(coalesce.Value.WithoutConversions()) || IsSentence(coalesce.WhenNull.WithoutConversions()),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } joined => IsSentence(joined.LeftOperand.WithoutConversions()) || IsSentence(joined.RightOperand.WithoutConversions()),
        _ => scheme.ReferencedSymbol() is { } symbol && Words.Of(symbol.Name) is { IsEmpty: false } words && Texts.Contains(words[words.Length - 1]),
    };
}

using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Errors;

/// <summary>What a payment provider should have answered and did not, put down as an empty text: the page to pay on, the secret to pay with, the number of the payment.</summary>
internal static class MissingAnswers
{
    private static readonly HashSet<string> Needed = Words.SetOf("url uri link href redirect secret");

    private static readonly HashSet<string> Numbered = Words.SetOf("payment transaction capture refund charge intent session authorization");

    // What somebody else sends, and where an empty text is a text.
    private static readonly HashSet<string> Sent = Words.SetOf("request options command settings configuration config logo image icon return cancel callback notify notification webhook base help support");

    /// <summary>Whether the expression puts an empty text in place of what the provider must answer.</summary>
    public static bool IsEmptied(IOperation operation, ISymbol member)
    {
        var (lookup, fallback) = operation switch
        {
            ICoalesceOperation coalesce => (coalesce.Value, coalesce.WhenNull),
            IConditionalOperation { WhenFalse: { } otherwise, Type.SpecialType: SpecialType.System_String } choice => (choice.WhenTrue, otherwise),
            _ => default,
        };
        if (fallback is null || !IsEmpty(fallback) || operation.Type?.SpecialType != SpecialType.System_String)
            return false;
        if (member.ContainingType is not { } type || !Language.Payments.SpeakOfPayment(type.Name) || LogCalls.IsLogged(operation))
            return false;
        var names = NamesOf(operation, member).ToList();
        if (!names.Exists(IsNeeded) && !(LookedUp(lookup) is { } looked && IsNeeded(looked)) || names.Exists(name => Words.ContainAny(name, Sent)))
            return false;
        return IsAnswer(lookup) && !IsTestedLater(operation);
    }

    private static bool IsNeeded(string name) => !Words.ContainAny(name, Sent) && (Words.ContainAny(name, Needed) || Words.Of(name) is [.., var what, "id"] && Numbered.Contains(what));

    private static bool IsEmpty(IOperation value) => value.WithoutConversions() is { ConstantValue: { HasValue: true, Value: "" } } or IFieldReferenceOperation { Field: { Name: "Empty", ContainingType.SpecialType: SpecialType.System_String } };

    private static string? LookedUp(IOperation lookup) => lookup.WithoutAwait() switch
    {
        IConditionalAccessOperation access => LookedUp(access.WhenNotNull),
        IInvocationOperation { TargetMethod.Name: "GetString" or "ToString", Instance: { } inner } => LookedUp(inner),
        IInvocationOperation { TargetMethod.Name: "GetProperty", Arguments: [{ Value.ConstantValue: { HasValue: true, Value: string key } }] } => key,
        var value => value.ReferencedSymbol()?.Name,
    };

    // The member, parameter, key or local that takes it, and what holds it.
    private static IEnumerable<string> NamesOf(IOperation operation, ISymbol member)
    {
        if (operation.Target(member) is { } target)
        {
            yield return target.Name;
            if (target.ContainingType is { } holder && target is not ILocalSymbol && Words.Of(holder.Name) is [.., "request" or "options" or "command"])
                yield return "request";
        }
        // ["approval_url"] = ...
        if (operation.Ancestor<ISimpleAssignmentOperation>() is { Target: IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: [{ Value.ConstantValue: { HasValue: true, Value: string key } }] } })
            yield return key;
    }

    // Read out of what a call answered: a JSON element, or an object that is no parameter and no setting of the class itself.
    private static bool IsAnswer(IOperation lookup)
    {
        foreach (var part in lookup.DescendantsAndSelf())
        {
            switch (part)
            {
                case IInvocationOperation { TargetMethod: { Name: "GetString" or "GetProperty", ContainingType.Name: "JsonElement" } }:
                    return true;
                case IPropertyReferenceOperation { Property.ContainingType: { } owner } when Settings.IsOptionsType(owner):
                case IParameterReferenceOperation { Parameter.ContainingSymbol: IMethodSymbol { MethodKind: not MethodKind.AnonymousFunction } }:
                    return false;
                case ILocalReferenceOperation local when Flow.InitialValue(local) is { } initial:
                    return initial.DescendantsAndSelf().Any(made => made is IAwaitOperation or IInvocationOperation);
            }
        }
        return false;
    }

    // var url = found ?? ""; if (string.IsNullOrEmpty(url)) throw
    private static bool IsTestedLater(IOperation operation) => operation.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } declarator }
        && declarator.EnclosingFunction().DescendantsInFunction().Any(use => use is IInvocationOperation { TargetMethod.Name: "IsNullOrEmpty" or "IsNullOrWhiteSpace" or "ThrowIfNullOrEmpty" or "ThrowIfNullOrWhiteSpace" } test && test.Mentions(local)
            || use is IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison && comparison.Mentions(local) && (IsEmpty(comparison.RightOperand) || IsEmpty(comparison.LeftOperand)));
}

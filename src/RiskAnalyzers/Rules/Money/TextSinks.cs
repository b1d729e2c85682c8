using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Money;

/// <summary>Where a text with an amount in it goes.</summary>
internal static class TextSinks
{
    private static readonly HashSet<string> MachineWords = Words.SetOf(
        "hash hmac sha sign signature signing checksum digest encrypt payload query url uri body json xml csv sql content form parameters params basket md5 hashed signed canonical request post put "
        + "cache key idempotency");

    private static readonly HashSet<string> MachineTypes = new(StringComparer.Ordinal) { "StringContent", "FormUrlEncodedContent", "Uri", "UriBuilder", "QueryString", "QueryHelpers", "XElement", "XAttribute", "HttpRequestMessage", "KeyValuePair" };

    private static readonly HashSet<string> RemarkWords = Words.SetOf("error errors reason note notes log comment comments remark debug trace audit history activity event");

    // What customers may read; there a wrong currency sign still counts.
    private static readonly HashSet<string> TellingWords = Words.SetOf("message messages description title detail details summary display");

    /// <summary>Whether machines read the text: it is signed, sent, stored in a file, or made part of an address.</summary>
    public static bool IsMachine(IOperation text, ISymbol member)
    {
        for (var ancestor = text.Parent; ancestor is not null; ancestor = ancestor.Parent)
        {
            switch (ancestor)
            {
                case IObjectCreationOperation { Type.Name: var created } when MachineTypes.Contains(created):
                    return true;
                case IInvocationOperation call:
                    if (LogCalls.IsLog(call) || Outcomes.SpeaksOfFailure(call.TargetMethod.Name))
                        return false;
                    if (Words.ContainAny(call.TargetMethod.Name, MachineWords) || call.TargetMethod.ContainingType is { } owner && MachineTypes.Contains(owner.Name))
                        return true;
                    break;
                case IArgumentOperation { Parameter: { } parameter } when Words.ContainAny(parameter.Name, MachineWords):
                    return true;
                case IPropertyReferenceOperation or IThrowOperation:
                    return false;
                case IVariableDeclaratorOperation { Symbol.Name: var local }:
                    return Words.ContainAny(local, MachineWords) || IsHandedToMachine((IVariableDeclaratorOperation)ancestor);
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: [{ Value.ConstantValue: { HasValue: true, Value: string key } }] } }:
                    return Words.Of(key).Any(word => word is "amount" or "total" or "price" or "sum" or "value");
                case IAssignmentOperation assignment when assignment.Target.ReferencedSymbol() is { } target:
                    return Words.ContainAny(target.Name, MachineWords);
                case IReturnOperation when text.EnclosingFunction() is not IAnonymousFunctionOperation:
                    return Words.ContainAny(text.FunctionName(member), MachineWords);
                case IOperation when EndsStatement(ancestor):
                    return false;
            }
        }
        return false;
    }

    // var data = $"{id}{amount}"; ... sha.ComputeHash(Encoding.UTF8.GetBytes(data))
    private static bool IsHandedToMachine(IVariableDeclaratorOperation declarator)
    {
        foreach (var operation in declarator.EnclosingFunction().DescendantsInFunction())
        {
            if (operation is not ILocalReferenceOperation { Parent: IArgumentOperation { Parent: { } receiver } } use || !SymbolEqualityComparer.Default.Equals(use.Local, declarator.Symbol))
                continue;
            if (receiver is IInvocationOperation { TargetMethod: var called } && (Words.ContainAny(called.Name, MachineWords) || called.Name == "GetBytes")
                || receiver is IObjectCreationOperation { Type.Name: var created } && MachineTypes.Contains(created))
                return true;
        }
        return false;
    }

    /// <summary>Whether the text is a remark for developers or operators: logs, exceptions, error messages, <c>ToString</c>.</summary>
    public static bool IsRemark(IOperation text, ISymbol member, bool withCurrencySign)
    {
        bool Remarks(string name) => Words.ContainAny(name, RemarkWords) || !withCurrencySign && Words.ContainAny(name, TellingWords);

        if (member.Name == "ToString" && !withCurrencySign || member.Name is "GetDebuggerDisplay" or "DebuggerDisplay" || Remarks(member.Name))
            return true;
        for (var ancestor = text.Parent; ancestor is not null; ancestor = ancestor.Parent)
        {
            switch (ancestor)
            {
                case IThrowOperation:
                    return true;
                case IObjectCreationOperation { Type.Name: var created } when created.EndsWith("Exception", StringComparison.Ordinal) || Outcomes.SpeaksOfFailure(created):
                    return true;
                case IInvocationOperation call when LogCalls.IsLog(call) || SpeaksOfFailure(call) || call.TargetMethod.ContainingType?.Name is "Assert" or "Guard" or "Activity":
                    return true;
                case IArgumentOperation { Parameter: { } parameter } when Remarks(parameter.Name):
                    return true;
                case IVariableDeclaratorOperation { Symbol.Name: var local }:
                    return Remarks(local);
                case IAssignmentOperation assignment when assignment.Target.ReferencedSymbol() is { } target:
                    return Remarks(target.Name);
                case IOperation when EndsStatement(ancestor):
                    return false;
            }
        }
        return false;
    }

    // A lambda's value goes where the lambda goes; any other block ends the statement.
    private static bool EndsStatement(IOperation operation) =>
        operation is IExpressionStatementOperation or ILoopOperation or IConditionalOperation { Syntax: IfStatementSyntax } or IBlockOperation { Parent: not IAnonymousFunctionOperation };

    private static bool SpeaksOfFailure(IInvocationOperation call) =>
        Outcomes.SpeaksOfFailure(call.TargetMethod.Name) || call.TargetMethod.Name is "BadRequest" or "Conflict" or "WithMessage" or "Throw" or "UnprocessableEntity"
        || call.TargetMethod.ContainingType is { } type && Outcomes.SpeaksOfFailure(type.Name)
        || call.Instance?.ReferencedSymbol() is { } receiver && Words.ContainAny(receiver.Name, RemarkWords);
}

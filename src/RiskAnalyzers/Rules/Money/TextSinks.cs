using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Money;

/// <summary>Where a text with an amount in it goes.</summary>
internal static class TextSinks
{
    private static readonly HashSet<string> MachineWords = Words.SetOf(
        "hash hmac sha sign signature signing checksum digest encrypt payload query url uri body json xml csv tsv sql form parameters params basket md5 hashed signed canonical request post put "
        + "cache key idempotency");

    private static readonly HashSet<string> MachineTypes = new(StringComparer.Ordinal) { "StringContent", "FormUrlEncodedContent", "Uri", "UriBuilder", "QueryString", "QueryHelpers", "XElement", "XAttribute", "HttpRequestMessage", "KeyValuePair" };

    private static readonly HashSet<string> RemarkWords = Words.SetOf("error errors reason note notes log comment comments remark debug trace audit history activity event");

    private static readonly HashSet<string> TellingWords = Words.SetOf("message messages description title detail details summary");

    // What is laid out for people who see it at once, in the culture of their own request.
    private static readonly HashSet<string> ShowingWords = Words.SetOf("display displayed label formatted formatter text str caption tooltip");

    // What reaches people from a queue or a job, where no request brings its culture along.
    private static readonly HashSet<string> SentWords = Words.SetOf("mail email mailer html body sms receipt letter notification notify template newsletter pdf invoice reminder");

    // The body of a mail is for people.
    private static bool SpeaksOfMachine(string name) => Words.ContainAny(name, MachineWords) && !Words.ContainAny(name, Letters);

    private static readonly HashSet<string> Letters = Words.SetOf("mail email html letter");

    /// <summary>Whether machines read the text: it is signed, sent, stored in a file, or made part of an address.</summary>
    public static bool IsMachine(IOperation text, ISymbol member)
    {
        if (text is IInterpolatedStringOperation written && IsDelimited(written) && !IsRemark(text, member))
            return true;
        for (var ancestor = text.Parent; ancestor is not null; ancestor = ancestor.Parent)
        {
            switch (ancestor)
            {
                case IObjectCreationOperation { Type.Name: var created } when MachineTypes.Contains(created):
                    return true;
                case IInvocationOperation call:
                    if (LogCalls.IsLog(call) || Outcomes.SpeaksOfFailure(call.TargetMethod.Name))
                        return false;
                    if (SpeaksOfMachine(call.TargetMethod.Name) || call.Instance?.ReferencedSymbol() is { } receiver and not IMethodSymbol && SpeaksOfMachine(receiver.Name)
                        || call.TargetMethod.ContainingType is { } owner && MachineTypes.Contains(owner.Name))
                        return true;
                    break;
                case IArgumentOperation { Parameter: { } parameter } when SpeaksOfMachine(parameter.Name):
                    return true;
                case IPropertyReferenceOperation or IThrowOperation:
                    return false;
                case IVariableDeclaratorOperation { Symbol.Name: var local }:
                    return SpeaksOfMachine(local) || IsHandedToMachine((IVariableDeclaratorOperation)ancestor);
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: [{ Value.ConstantValue: { HasValue: true, Value: string key } }] } }:
                    return Words.Of(key).Any(word => word is "amount" or "total" or "price" or "sum" or "value");
                case IAssignmentOperation assignment when assignment.Target.ReferencedSymbol() is { } target:
                    return SpeaksOfMachine(target.Name);
                case IReturnOperation when text.EnclosingFunction() is not IAnonymousFunctionOperation:
                    return SpeaksOfMachine(text.FunctionName(member));
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
            if (receiver is IInvocationOperation { TargetMethod: var called } && (SpeaksOfMachine(called.Name) || called.Name == "GetBytes")
                || receiver is IObjectCreationOperation { Type.Name: var created } && MachineTypes.Contains(created))
                return true;
        }
        return false;
    }

    // "{Id},{Total};{Currency}": nothing but a mark between the values, or names of fields and their values.
    private static bool IsDelimited(IInterpolatedStringOperation text)
    {
        var marks = 0;
        for (var i = 1; i < text.Parts.Length - 1; i++)
        {
            var between = text.Parts[i] switch
            {
                IInterpolatedStringTextOperation plain => plain.Text.ConstantValue.Value as string,
                IInterpolatedStringAppendOperation { AppendCall: IInvocationOperation { TargetMethod.Name: "AppendLiteral", Arguments: [{ Value.ConstantValue.Value: string literal }] } } => literal,
                _ => null,
            };
            if (between is null)
                continue;
            if (!(between.Trim('"', '\'') is [',' or ';' or '|' or '\t' or ':'] || between is ['&', .., '='] && !between.Contains(' ')))
                return false;
            marks++;
        }
        return marks > 1;
    }

    /// <summary>Whether the text is sent to people from a place that has no culture of theirs: mails, receipts, messages.</summary>
    public static bool IsSent(IOperation text, ISymbol member)
    {
        if (text.FunctionSymbol(member) is { } function && Words.ContainAny(function.Name, SentWords) || member.ContainingType is { } type && Words.ContainAny(type.Name, SentWords))
            return true;
        for (var ancestor = text.Parent; ancestor is not null && !EndsStatement(ancestor); ancestor = ancestor.Parent)
        {
            var name = ancestor switch
            {
                IArgumentOperation { Parameter.Name: var parameter } => parameter,
                IInvocationOperation { Instance: { } receiver } call => receiver.ReferencedSymbol() is { } symbol and not IMethodSymbol ? symbol.Name + "_" + call.TargetMethod.Name : call.TargetMethod.Name,
                IVariableDeclaratorOperation { Symbol.Name: var local } => local,
                IAssignmentOperation assignment => assignment.Target.ReferencedSymbol()?.Name,
                _ => null,
            };
            if (name is not null && Words.ContainAny(name, SentWords))
                return true;
        }
        return false;
    }

    /// <summary>Whether the text is laid out for a page: a label, a property of a view's model.</summary>
    public static bool IsShown(IOperation text, ISymbol member)
    {
        if (text.FunctionSymbol(member) is { } function && Words.ContainAny(function.Name, ShowingWords) || member.ContainingType is { } type && Words.ContainAny(type.Name, ShowingWords))
            return true;
        for (var ancestor = text.Parent; ancestor is not null && !EndsStatement(ancestor); ancestor = ancestor.Parent)
        {
            switch (ancestor)
            {
                case IAssignmentOperation { Target: var target } when target.ReferencedSymbol() is { } symbol:
                    return Words.ContainAny(symbol.Name, ShowingWords) || symbol.ContainingType?.Name is { } owner && owner.EndsWith("Model", StringComparison.Ordinal);
                case IVariableDeclaratorOperation { Symbol.Name: var local }:
                    return Words.ContainAny(local, ShowingWords);
            }
        }
        return false;
    }

    /// <summary>Whether the text is a remark for developers or operators: logs, exceptions, error messages, <c>ToString</c>.</summary>
    public static bool IsRemark(IOperation text, ISymbol member)
    {
        static bool Remarks(string name) => Words.ContainAny(name, RemarkWords) || Words.ContainAny(name, TellingWords);

        if (member.Name == "ToString" || member.Name is "GetDebuggerDisplay" or "DebuggerDisplay" || Remarks(member.Name))
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

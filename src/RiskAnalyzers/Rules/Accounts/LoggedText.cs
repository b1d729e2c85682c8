using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>What of the arguments of a log call ends up in the log.</summary>
internal static class LoggedText
{
    private static readonly HashSet<string> Transparent = new(StringComparer.Ordinal)
    {
        "ToString", "Trim", "ToLower", "ToUpper", "ToLowerInvariant", "ToUpperInvariant", "Format", "Concat", "Join", "Serialize", "SerializeObject", "First", "FirstOrDefault",
    };

    /// <summary>The placeholders of the call's message template, in order.</summary>
    public static ImmutableArray<string> TemplateOf(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is { Type.SpecialType: SpecialType.System_String, Name: "message" or "messageTemplate" or "format" or "messageFormat" } && argument.Value.ConstantValue is { HasValue: true, Value: string template })
                return Placeholders(template);
        }
        return ImmutableArray<string>.Empty;
    }

    /// <summary>Whether the parameter takes a value for a placeholder, as Serilog's generic overloads have them.</summary>
    public static bool IsValue(IParameterSymbol parameter) => parameter.Name.StartsWith("propertyValue", StringComparison.Ordinal) || parameter.Name.StartsWith("arg", StringComparison.Ordinal);

    /// <summary>The pieces of a logged value that are printed as they are: holes, operands, members. What a call makes of a value (a mask, a length, a hash) is not it.</summary>
    public static IEnumerable<IOperation> PartsOf(IOperation value)
    {
        var pending = new Stack<IOperation>();
        pending.Push(value);
        while (pending.Count > 0)
        {
            var part = pending.Pop().WithoutAwait();
            switch (part)
            {
                case IInterpolatedStringOperation or IInterpolatedStringTextOperation or IInterpolationOperation or IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } or ICoalesceOperation
                    or IArrayCreationOperation or IArrayInitializerOperation or IAnonymousObjectCreationOperation or IObjectCreationOperation or IObjectOrCollectionInitializerOperation or IInterpolatedStringHandlerCreationOperation:
                    if (part.ConstantValue is { HasValue: true })
                        yield return part;
                    foreach (var child in part.ChildOperations)
                        pending.Push(child);
                    break;
                case IInterpolatedStringAppendOperation append:
                    pending.Push(append.AppendCall);
                    break;
                case IConditionalOperation { WhenFalse: { } whenFalse } conditional:
                    pending.Push(conditional.WhenTrue);
                    pending.Push(whenFalse);
                    break;
                // Header values become text by an operator of their own.
                case IConversionOperation conversion:
                    pending.Push(conversion.Operand);
                    break;
                case IArgumentOperation argument:
                    pending.Push(argument.Value);
                    break;
                case ISimpleAssignmentOperation assignment:
                    pending.Push(assignment.Value);
                    break;
                case IInvocationOperation { TargetMethod.Name: var name } call when Transparent.Contains(name) || name.StartsWith("Append", StringComparison.Ordinal):
                    if (call.Instance is { } instance)
                        pending.Push(instance);
                    foreach (var argument in call.Arguments)
                        pending.Push(argument.Value);
                    break;
                case IConditionalAccessOperation { WhenNotNull: IInvocationOperation { TargetMethod.Name: var name } } access when Transparent.Contains(name):
                    pending.Push(access.Operation);
                    break;
                case IConditionalAccessOperation access:
                    yield return access.WhenNotNull;
                    break;
                default:
                    yield return part;
                    break;
            }
        }
    }

    private static ImmutableArray<string> Placeholders(string template)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        for (var i = 0; i < template.Length; i++)
        {
            if (template[i] != '{')
                continue;
            if (i + 1 < template.Length && template[i + 1] == '{')
            {
                i++;
                continue;
            }
            var end = template.IndexOf('}', i);
            if (end < 0)
                break;
            names.Add(template.Substring(i + 1, end - i - 1));
            i = end;
        }
        return names.ToImmutable();
    }
}

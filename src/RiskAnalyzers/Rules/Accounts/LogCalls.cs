using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>Which calls write a log, and what of their arguments ends up in it.</summary>
internal static class LogCalls
{
    private static readonly HashSet<string> Verbs = new(StringComparer.Ordinal)
    {
        "log", "information", "info", "debug", "trace", "warning", "warn", "error", "critical", "fatal", "verbose", "write", "print",
    };

    private static readonly HashSet<string> LogTypes = new(StringComparer.Ordinal) { "log", "logger", "logging", "ilogger", "ilog" };

    private static readonly HashSet<string> Transparent = new(StringComparer.Ordinal)
    {
        "ToString", "Trim", "ToLower", "ToUpper", "ToLowerInvariant", "ToUpperInvariant", "Format", "Concat", "Join", "Serialize", "SerializeObject", "First", "FirstOrDefault",
    };

    /// <summary>Whether the method writes its arguments to a log, the console or a trace.</summary>
    public static bool IsLog(IMethodSymbol method)
    {
        if (method.ContainingType is not { } type)
            return false;
        if (type.Name is "Console" or "Debug" or "Trace" && type.ContainingNamespace is { Name: "System" or "Diagnostics" })
            return method.Name is "Write" or "WriteLine" or "WriteLineIf" or "WriteIf" or "Print" or "TraceInformation" or "TraceWarning" or "TraceError";
        if (method is { ReturnsVoid: true, IsPartialDefinition: true } && method.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "LoggerMessageAttribute"))
            return true;
        if (type.Name == "Activity" && method.Name is "SetTag" or "AddTag" or "SetBaggage" or "AddBaggage")
            return true;
        return Words.ContainAny(type.Name, LogTypes) && Words.Of(method.Name) is [var verb, ..] && (Verbs.Contains(verb) || method.Name == "BeginScope");
    }

    /// <summary>Whether the place is reached on a developer's machine only.</summary>
    public static bool IsForDevelopersOnly(IOperation place) => Environments.Around(place) is EnvironmentReach.DevelopmentOnly;

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

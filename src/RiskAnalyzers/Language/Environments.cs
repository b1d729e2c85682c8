namespace RiskAnalyzers.Language;

/// <summary>In which environments a place is reached, as the code around it says.</summary>
internal enum EnvironmentReach
{
    /// <summary>Nothing around the place asks for the environment.</summary>
    Any,

    /// <summary>On a developer's machine or in a debug or test build only.</summary>
    DevelopmentOnly,

    /// <summary>Everywhere but in production: staging and mis-set machines too.</summary>
    OutsideProduction,

    /// <summary>Where it counts: in production, or everywhere but in development.</summary>
    Production,
}

/// <summary>Checks of the environment: <c>IsDevelopment()</c>, comparisons of its name, flags called so, <c>#if DEBUG</c>.</summary>
internal static class Environments
{
    private static readonly HashSet<string> DevelopmentNames = Words.SetOf("development dev local localhost debug test testing localdevelopment");
    private static readonly HashSet<string> ProductionNames = Words.SetOf("production prod live");
    private static readonly HashSet<string> EnvironmentWords = Words.SetOf("environment env");

    /// <summary>Whether the place is reached on a developer's machine only.</summary>
    public static bool IsForDevelopersOnly(IOperation place) => Around(place) is EnvironmentReach.DevelopmentOnly;

    /// <summary>What the code around the place says about the environments in which it is reached.</summary>
    public static EnvironmentReach Around(IOperation place)
    {
        if (IsInDebugBuild(place.Syntax))
            return EnvironmentReach.DevelopmentOnly;
        var inner = place;
        for (var outer = place.Parent; outer is not null; inner = outer, outer = outer.Parent)
        {
            var reach = outer switch
            {
                IConditionalOperation conditional when conditional.WhenTrue == inner => Of(conditional.Condition, holds: true),
                IConditionalOperation conditional when conditional.WhenFalse == inner => Of(conditional.Condition, holds: false),
                IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both when both.RightOperand == inner => Of(both.LeftOperand, holds: true),
                IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } either when either.RightOperand == inner => Of(either.LeftOperand, holds: false),
                IBlockOperation block => AfterGuards(block, inner),
                _ => EnvironmentReach.Any,
            };
            if (reach != EnvironmentReach.Any)
                return reach;
        }
        return EnvironmentReach.Any;
    }

    /// <summary>In which environments the condition has the given value, as far as it asks for the environment.</summary>
    public static EnvironmentReach Of(IOperation condition, bool holds)
    {
        condition = condition.WithoutAwait();
        switch (condition)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var operand }:
                return Of(operand, !holds);
            // Both hold where "a && b" does; both fail where "a || b" does.
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both when holds:
                return Of(both.LeftOperand, true) is var left && left != EnvironmentReach.Any ? left : Of(both.RightOperand, true);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } either when !holds:
                return Of(either.LeftOperand, false) is var first && first != EnvironmentReach.Any ? first : Of(either.RightOperand, false);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } either:
                return Of(either.LeftOperand, true) is var one && one == Of(either.RightOperand, true) ? one : EnvironmentReach.Any;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } same:
                return Named(ComparedName(same.LeftOperand, same.RightOperand), holds);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } different:
                return Named(ComparedName(different.LeftOperand, different.RightOperand), !holds);
            case IIsPatternOperation { Pattern: IConstantPatternOperation { Value: var constant }, Value: var value }:
                return Named(ComparedName(value, constant), holds);
            case IInvocationOperation call:
                return OfCall(call, holds);
            case IPropertyReferenceOperation { Property: { Name: "IsAttached", ContainingType.Name: "Debugger" } }:
                return Named("debug", holds);
            default:
                return condition.ReferencedSymbol() is { } flag and not IMethodSymbol && condition.Type?.SpecialType == SpecialType.System_Boolean ? Named(NameOfFlag(flag.Name), holds) : EnvironmentReach.Any;
        }
    }

    /// <summary>Whether the node stands between <c>#if DEBUG</c> and its end.</summary>
    public static bool IsInDebugBuild(SyntaxNode node)
    {
        var root = node.SyntaxTree.GetRoot();
        if (!root.ContainsDirectives)
            return false;
        var open = new Stack<bool>();
        for (var directive = root.GetFirstDirective(); directive is not null && directive.SpanStart < node.SpanStart; directive = directive.GetNextDirective())
        {
            switch (directive)
            {
                case IfDirectiveTriviaSyntax condition:
                    open.Push(IsDebug(condition.Condition));
                    break;
                case ElifDirectiveTriviaSyntax condition when open.Count > 0:
                    open.Pop();
                    open.Push(IsDebug(condition.Condition));
                    break;
                case ElseDirectiveTriviaSyntax when open.Count > 0:
                    open.Pop();
                    open.Push(false);
                    break;
                case EndIfDirectiveTriviaSyntax when open.Count > 0:
                    open.Pop();
                    break;
            }
        }
        return open.Contains(true);
    }

    private static bool IsDebug(ExpressionSyntax condition) => condition is IdentifierNameSyntax { Identifier.ValueText: "DEBUG" or "DEV" or "DEVELOPMENT" or "TEST" };

    // if (!environment.IsDevelopment()) return; what follows is for developers.
    private static EnvironmentReach AfterGuards(IBlockOperation block, IOperation place)
    {
        foreach (var statement in block.Operations)
        {
            if (statement == place)
                break;
            if (statement is IConditionalOperation { WhenFalse: null } guard && Leaves(guard.WhenTrue) && Of(guard.Condition, holds: false) is var reach && reach != EnvironmentReach.Any)
                return reach;
        }
        return EnvironmentReach.Any;
    }

    private static bool Leaves(IOperation statement) => statement switch
    {
        IReturnOperation or IThrowOperation or IBranchOperation => true,
        IExpressionStatementOperation { Operation: IThrowOperation } => true,
        IBlockOperation { Operations: [.., var last] } => Leaves(last),
        _ => false,
    };

    private static EnvironmentReach OfCall(IInvocationOperation call, bool holds)
    {
        var name = call.TargetMethod.Name;
        switch (name)
        {
            case "IsEnvironment" or "Equals":
                foreach (var argument in call.Arguments)
                {
                    if (argument.Value.ConstantValue is { HasValue: true, Value: string text } && (name == "IsEnvironment" || SpeaksOfEnvironment(call)))
                        return Named(text, holds);
                }
                return EnvironmentReach.Any;
            case "IsStaging":
                return holds ? EnvironmentReach.OutsideProduction : EnvironmentReach.Any;
            default:
                return call.Type?.SpecialType == SpecialType.System_Boolean && call.Arguments.Length <= 1 ? Named(NameOfFlag(name), holds) : EnvironmentReach.Any;
        }
    }

    private static bool SpeaksOfEnvironment(IInvocationOperation call) =>
        call.Instance is { } instance && IsEnvironmentName(instance) || call.Arguments.Any(argument => IsEnvironmentName(argument.Value));

    private static string? ComparedName(IOperation one, IOperation other) =>
        IsEnvironmentName(one) ? NameOf(other) : IsEnvironmentName(other) ? NameOf(one) : null;

    // "Development", or Environments.Development.
    private static string? NameOf(IOperation value) => value.WithoutConversions().ConstantValue is { HasValue: true, Value: string text } ? text
        : value.WithoutConversions() is IFieldReferenceOperation { Field: { ContainingType.Name: "Environments" } field } ? field.Name : null;

    private static bool IsEnvironmentName(IOperation value)
    {
        value = value.WithoutConversions();
        if (value is ICoalesceOperation coalesce)
            value = coalesce.Value.WithoutConversions();
        if (Settings.Read(value) is { } setting)
            return Words.ContainAny(setting.KnownKey, EnvironmentWords);
        return value.Type?.SpecialType == SpecialType.System_String && value.ReferencedSymbol() is { } symbol && Words.ContainAny(symbol.Name, EnvironmentWords);
    }

    // isDevelopment, IsDev, InProduction, useLocal is none.
    private static string? NameOfFlag(string flag)
    {
        var words = Words.Of(flag);
        return words.Length is 2 or 3 && words[0] is "is" or "in" or "not" or "running" ? (words[0] == "not" ? null : string.Concat(words.Skip(words.Length - 1))) : null;
    }

    private static EnvironmentReach Named(string? name, bool holds)
    {
        name = name?.ToLowerInvariant();
        if (name is null)
            return EnvironmentReach.Any;
        if (DevelopmentNames.Contains(name))
            return holds ? EnvironmentReach.DevelopmentOnly : EnvironmentReach.Production;
        if (ProductionNames.Contains(name))
            return holds ? EnvironmentReach.Production : EnvironmentReach.OutsideProduction;
        return EnvironmentReach.Any;
    }
}

namespace RiskAnalyzers.Language;

/// <summary>A place that reads a setting: what it reads, and where it stands.</summary>
/// <param name="Operation">The read itself: the indexer, the call.</param>
/// <param name="Key">The whole key when it is constant, sections joined by colons, or null.</param>
/// <param name="Leaf">The key's last part, known also where the section is not; empty where nothing is.</param>
/// <param name="Pattern">What is known of the key, <c>*</c> for the rest; empty where nothing is.</param>
/// <param name="Name">The operation that names the key, for example the literal; null where there is none.</param>
/// <param name="IsEnvironment">Whether the setting is an environment variable.</param>
internal sealed record SettingRead(IOperation Operation, string? Key, string Leaf, string Pattern, IOperation? Name, bool IsEnvironment)
{
    /// <summary>What the reader knows of the key: all of it, or a part.</summary>
    public string KnownKey => Key ?? Pattern;
}

/// <summary>
/// Reads of settings: <c>IConfiguration</c> with its sections and binders, the old <c>ConfigurationManager</c>, environment variables; and what stands in
/// for a setting that is missing.
/// </summary>
internal static class Settings
{
    private static readonly HashSet<string> OptionsWords = Words.SetOf("options settings config configuration opts");

    /// <summary>The setting that the operation reads, or null where it reads none. Cheap for operations that do not.</summary>
    public static SettingRead? Read(IOperation operation)
    {
        switch (operation)
        {
            case IPropertyReferenceOperation { Property: { IsIndexer: true, Type: var read }, Arguments: [var key], Instance: { } store } when read.SpecialType == SpecialType.System_String && IsConfiguration(store.Type) || IsOldStore(store):
                return Of(operation, key.Value, KeyOf(store));
            case IPropertyReferenceOperation { Property: { Name: "Value", Type.SpecialType: SpecialType.System_String }, Instance: { } section } when IsConfiguration(section.Type) && KeyOf(section) is { } path:
                return new SettingRead(operation, path, LeafOf(path), path, NameIn(section), IsEnvironment: false);
            case IInvocationOperation { TargetMethod.Name: "GetEnvironmentVariable", Arguments: { Length: > 0 } named } call when call.TargetMethod.ContainingType.Name == "Environment":
                return Variable(operation, named[0].Value);
            case IInvocationOperation { TargetMethod.Name: "GetValue" or "GetConnectionString" or "GetRequiredConnectionString" or "GetRequiredValue" or "Get" } call:
                return OfCall(call);
            default:
                return null;
        }
    }

    /// <summary>
    /// What stands in for the setting when it is missing: behind <c>??</c>, as the second argument, in the other branch of a test for nothing or of <c>TryParse</c>,
    /// also by way of a local. Of a chain the last; a <c>throw</c> is among them, settings that are asked next are not.
    /// </summary>
    public static IEnumerable<IOperation> DefaultsOf(SettingRead read)
    {
        if (read.Operation is IInvocationOperation { TargetMethod.Name: "GetValue" } call && DefaultArgument(call) is { } argument)
            yield return argument;
        foreach (var stand in StandIns(read.Operation))
            yield return stand;
        if (LocalOf(read.Operation) is not { } local)
            yield break;
        foreach (var use in read.Operation.WholeBody().Descendants())
        {
            if (use is not ILocalReferenceOperation reference || !SymbolEqualityComparer.Default.Equals(reference.Local, local))
                continue;
            foreach (var stand in StandIns(reference))
                yield return stand;
        }
    }

    /// <summary>Whether the setting is asked only where another one is missing: the first of a chain speaks for all.</summary>
    public static bool IsSecond(SettingRead read)
    {
        for (var (value, parent) = (read.Operation, read.Operation.Parent); parent is not null; (value, parent) = (parent, parent.Parent))
        {
            switch (parent)
            {
                case ICoalesceOperation coalesce when coalesce.WhenNull == value:
                    for (var first = coalesce.Value.WithoutConversions(); first is not null; first = (first as ICoalesceOperation)?.Value.WithoutConversions())
                    {
                        if (Read(first) is not null)
                            return true;
                    }
                    break;
                case ICoalesceOperation or IConversionOperation or IParenthesizedOperation:
                    break;
                default:
                    return false;
            }
        }
        return false;
    }

    /// <summary>Whether the code says what happens when the setting is missing: by a default, a <c>throw</c>, or a test for nothing.</summary>
    public static bool IsGuarded(SettingRead read) => DefaultsOf(read).Any() || IsTested(read.Operation) || IsTestedLater(read);

    /// <summary>Whether the local that holds the setting, or its default, is tested for nothing.</summary>
    public static bool IsTestedLater(SettingRead read) => LocalOf(read.Operation) is { } local && read.Operation.WholeBody().Descendants().Any(use =>
        use is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local) && IsTested(reference));

    /// <summary>The statements and expressions that are reached only where the setting is missing.</summary>
    public static IEnumerable<IOperation> BranchesWhenMissing(SettingRead read)
    {
        if (BranchOf(read.Operation) is { } direct)
            yield return direct;
        if (LocalOf(read.Operation) is not { } local)
            yield break;
        foreach (var use in read.Operation.WholeBody().Descendants())
        {
            if (use is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local) && BranchOf(reference) is { } branch)
                yield return branch;
        }
    }

    /// <summary>Whether the type is a store of settings: <c>IConfiguration</c>, a section, the manager; of Microsoft or, by its contract, of anybody.</summary>
    public static bool IsConfiguration(ITypeSymbol? type) => type is not null
        && (type.Name is "IConfiguration" or "IConfigurationSection" or "IConfigurationRoot" or "ConfigurationManager" or "IConfigurationManager" or "ConfigurationRoot" or "ConfigurationSection"
            || type.AllInterfaces.Any(contract => contract.Name == "IConfiguration"));

    /// <summary>Whether the type holds settings that a section is bound to: <c>StripeOptions</c>, <c>JwtSettings</c>.</summary>
    public static bool IsOptionsType(ITypeSymbol? type) =>
        type is { TypeKind: TypeKind.Class or TypeKind.Struct, IsStatic: false } && Words.Of(type.Name) is { IsEmpty: false } words && OptionsWords.Contains(words[words.Length - 1]);

    /// <summary>The keys of a configuration value that is a section of a known path; the empty path is the root. Null where the path is not known.</summary>
    public static string? KeyOf(IOperation store)
    {
        store = store.WithoutConversions();
        switch (store)
        {
            case IInvocationOperation { TargetMethod.Name: "GetSection" or "GetRequiredSection" } call:
                return ReceiverAndKey(call) is ({ } parent, { ConstantValue: { HasValue: true, Value: string key } }) && KeyOf(parent) is { } path ? Join(path, key) : null;
            case ILocalReferenceOperation { Local: var local } when local.Type.Name.EndsWith("Section", StringComparison.Ordinal):
                return InitializerOf(store, local) is { } value ? KeyOf(value) : null;
            case IPropertyReferenceOperation { Property.Name: "AppSettings" or "ConnectionStrings" } old:
                return old.Property.Name == "ConnectionStrings" ? "ConnectionStrings" : "";
            default:
                return store.Type is { } type && !type.Name.EndsWith("Section", StringComparison.Ordinal) ? "" : null;
        }
    }

    /// <summary>The text of a constant; of an interpolated or joined one with <c>*</c> for what is not known, or null where nothing is.</summary>
    public static string? TextOf(IOperation? value) => value?.WithoutConversions() switch
    {
        { ConstantValue: { HasValue: true, Value: string text } } => text,
        IInterpolatedStringOperation interpolated when interpolated.Parts.Any(part => part is IInterpolatedStringTextOperation) =>
            string.Concat(interpolated.Parts.Select(part => part is IInterpolatedStringTextOperation { Text.ConstantValue: { HasValue: true, Value: string text } } ? text : "*")),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum when (TextOf(sum.LeftOperand) ?? TextOf(sum.RightOperand)) is not null => (TextOf(sum.LeftOperand) ?? "*") + (TextOf(sum.RightOperand) ?? "*"),
        _ => null,
    };

    private static SettingRead? OfCall(IInvocationOperation call)
    {
        if (ReceiverOf(call) is not { } store || !IsConfiguration(store.Type))
            return null;
        if (KeyArgument(call) is { } key)
            return Of(call, key, call.TargetMethod.Name.Contains("ConnectionString") ? "ConnectionStrings" : KeyOf(store));
        return call.TargetMethod.Name == "Get" && KeyOf(store) is { Length: > 0 } path ? new SettingRead(call, path, LeafOf(path), path, NameIn(store), IsEnvironment: false) : null;
    }

    private static SettingRead Of(IOperation read, IOperation key, string? path)
    {
        var text = TextOf(key);
        var whole = path is not null && key.WithoutConversions().ConstantValue is { HasValue: true, Value: string constant } ? Join(path, constant) : null;
        return new SettingRead(read, whole, LeafOf(text ?? ""), text ?? "", text is null ? null : key, IsEnvironment: false);
    }

    private static SettingRead Variable(IOperation read, IOperation name)
    {
        var text = TextOf(name)?.Replace("__", ":");
        var key = name.ConstantValue.HasValue ? text : null;
        return new SettingRead(read, key, LeafOf(text ?? ""), text ?? "", text is null ? null : name, IsEnvironment: true);
    }

    private static string Join(string path, string key) => path.Length == 0 ? key : path + ":" + key;

    private static string LeafOf(string key) => key.Substring(key.LastIndexOf(':') + 1);

    private static bool IsOldStore(IOperation store) => store.WithoutConversions() is IPropertyReferenceOperation { Property: { Name: "AppSettings" or "ConnectionStrings", ContainingType.Name: "ConfigurationManager" or "WebConfigurationManager" } };

    // Extension methods are called in either form: the store is the instance or the first argument.
    private static IOperation? ReceiverOf(IInvocationOperation call) =>
        call.Instance ?? (call.Arguments.Length > 0 && call.TargetMethod.IsExtensionMethod ? call.Arguments[0].Value.WithoutConversions() : null);

    private static IOperation? KeyArgument(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is { Type.SpecialType: SpecialType.System_String, Name: "key" or "name" })
                return argument.Value;
        }
        return null;
    }

    private static IOperation? DefaultArgument(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Name == "defaultValue" && argument.ArgumentKind == ArgumentKind.Explicit)
                return argument.Value.WithoutConversions();
        }
        return null;
    }

    private static (IOperation? Store, IOperation? Key) ReceiverAndKey(IInvocationOperation call) => (ReceiverOf(call), KeyArgument(call)?.WithoutConversions());

    private static IOperation? NameIn(IOperation section) => section.WithoutConversions() is IInvocationOperation call ? KeyArgument(call) : null;

    private static IOperation? InitializerOf(IOperation place, ILocalSymbol local)
    {
        foreach (var operation in place.WholeBody().Descendants())
        {
            if (operation is IVariableDeclaratorOperation declarator && SymbolEqualityComparer.Default.Equals(declarator.Symbol, local))
                return declarator.GetVariableInitializer()?.Value;
        }
        return null;
    }

    // The local that holds nothing but the setting.
    private static ILocalSymbol? LocalOf(IOperation read)
    {
        var value = Outermost(read);
        while (value.Parent is ICoalesceOperation coalesce)
            value = Outermost(coalesce);
        return value.Parent switch
        {
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => declarator.Symbol,
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } } assignment when assignment.Value == value => local,
            _ => null,
        };
    }

    private static IEnumerable<IOperation> StandIns(IOperation value)
    {
        value = Outermost(value);
        switch (value.Parent)
        {
            case ICoalesceOperation coalesce:
                yield return LastOf(coalesce.Value == value ? coalesce.WhenNull : coalesce);
                yield break;
            case ICoalesceAssignmentOperation assignment when assignment.Target == value:
                yield return LastOf(assignment.Value);
                yield break;
        }
        if (BranchOf(value) is not { } branch)
            yield break;
        if (branch.Parent is IConditionalOperation { Syntax: ConditionalExpressionSyntax })
        {
            yield return LastOf(branch);
            yield break;
        }
        foreach (var stand in AssignedIn(branch, SymbolOf(value)))
            yield return stand;
    }

    private static IOperation? BranchOf(IOperation value)
    {
        var (test, isNothing) = TestOf(Outermost(value));
        return test?.Parent is IConditionalOperation conditional && conditional.Condition == test ? isNothing ? conditional.WhenTrue : conditional.WhenFalse : null;
    }

    private static bool IsTested(IOperation value) => TestOf(Outermost(value)).Test is not null;

    private static ISymbol? SymbolOf(IOperation value)
    {
        // if (!decimal.TryParse(text, out var rate)) rate = 0.2m;
        if (value.Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "TryParse" } parse })
            return parse.Arguments.FirstOrDefault(argument => argument.Parameter?.RefKind == RefKind.Out)?.Value.ReferencedSymbol();
        return value.ReferencedSymbol() is ILocalSymbol local ? local : null;
    }

    private static IEnumerable<IOperation> AssignedIn(IOperation branch, ISymbol? symbol)
    {
        if (branch.DescendantsAndSelf().FirstOrDefault(inner => inner is IThrowOperation) is { } thrown)
            yield return thrown;
        if (symbol is null)
            yield break;
        foreach (var inner in branch.DescendantsAndSelf())
        {
            if (inner is ISimpleAssignmentOperation assignment && SymbolEqualityComparer.Default.Equals(assignment.Target.ReferencedSymbol(), symbol))
                yield return LastOf(assignment.Value);
        }
    }

    // The condition that asks whether the value is there, and whether it is true when it is not.
    private static (IOperation? Test, bool IsNothing) TestOf(IOperation value)
    {
        var (test, isNothing) = value.Parent switch
        {
            IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "IsNullOrEmpty" or "IsNullOrWhiteSpace" } call } => (call, true),
            IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "TryParse" } call } => (call, false),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison when comparison.LeftOperand.IsNullOrEmpty() || comparison.RightOperand.IsNullOrEmpty()
                => (comparison, comparison.OperatorKind == BinaryOperatorKind.Equals),
            IIsPatternOperation { Pattern: IConstantPatternOperation { Value: var constant } } match when constant.IsNullOrEmpty() => (match, true),
            IIsPatternOperation match => ((IOperation?)match, false),
            _ => (null, false),
        };
        while (test?.Parent is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not)
            (test, isNothing) = (not, !isNothing);
        while (test?.Parent is IParenthesizedOperation or IConversionOperation)
            test = test.Parent;
        return (test, isNothing);
    }

    // a ?? b ?? c: what holds when all are missing.
    private static IOperation LastOf(IOperation value)
    {
        value = value.WithoutConversions();
        while (value is ICoalesceOperation coalesce)
            value = coalesce.WhenNull.WithoutConversions();
        return value;
    }

    // A value stays the same setting through conversions, "!", Trim and access by "?.".
    private static IOperation Outermost(IOperation value)
    {
        while (true)
        {
            switch (value.Parent)
            {
                case IConversionOperation or IParenthesizedOperation:
                    value = value.Parent;
                    break;
                case IInvocationOperation { TargetMethod.Name: "Trim" or "ToLower" or "ToLowerInvariant" or "TrimEnd" } call when call.Instance == value:
                    value = call;
                    break;
                case IConditionalAccessOperation access when access.Operation == value && access.WhenNotNull is IInvocationOperation or IPropertyReferenceOperation:
                    value = access;
                    break;
                default:
                    return value;
            }
        }
    }
}

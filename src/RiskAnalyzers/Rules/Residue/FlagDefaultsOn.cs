using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Residue;

/// <summary>A feature that is on where nobody switched it on: the flag's fallback is true.</summary>
internal sealed class FlagDefaultsOn : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK7003",
        title: "A flag is on by default",
        message: "'{0}' is on wherever its setting or flag store is missing: what nobody switched on or set up reaches everybody at once, on the worst day; let it default to off",
        why: "A flag exists so that a new path can be kept from everybody. One that falls back to true rolls out by itself as soon as the store is down, the key is misspelt or the file is not deployed.");

    private static readonly HashSet<string> FlagWords = Words.SetOf("feature features flag flags toggle toggles experiment experiments rollout canary");
    private static readonly HashSet<string> NewWords = Words.SetOf("new beta preview experimental v2 v3 next auto automatic automatically migrate migration migrations seed seeding seeder dynamic");
    private static readonly HashSet<string> Switches = Words.SetOf("enable enabled use allow run create");

    // On is the safe side of these, or it does not matter.
    private static readonly HashSet<string> SafeWords = Words.SetOf(
        "require required requires enforce enforced validate validates validation verify verification strict audit auditing rate limit limits limiter throttle throttling https ssl tls hsts secure security protect protection check checks lockout mfa csrf "
        + "antiforgery fraud sanitize encrypt encrypted encryption log logs logging metrics telemetry tracing trace health retry retries cache caching compression readonly dry disable disabled kill maintenance confirm confirmation "
        + "circuit breaker timeout transaction transactions idempotency idempotent auth authentication authorization authorize color colors");

    // What PermissiveDefault says more about.
    private static readonly HashSet<string> BypassWords = Words.SetOf("skip skips bypass ignore trust");

    private static readonly HashSet<string> Questions = new(StringComparer.Ordinal)
    {
        "IsEnabled", "IsEnabledAsync", "IsFeatureEnabled", "IsFeatureEnabledAsync", "FeatureEnabled", "IsFlagEnabled", "IsFlagEnabledAsync", "IsOn", "IsActive", "GetFlag", "GetFlagAsync", "GetFlagOrDefault", "GetFeature", "GetToggle",
        "GetValueOrDefault", "Evaluate", "EvaluateAsync", "GetFeatureFlag", "GetFeatureFlagAsync", "CheckGate", "GetTreatment",
    };

    private static readonly HashSet<string> Stores = Words.SetOf("flag flags feature features toggle toggles ld launchdarkly unleash openfeature growthbook flagsmith");

    public FlagDefaultsOn() : base(Risk)
    {
    }

    public override ImmutableArray<string> Supersedes { get; } = ImmutableArray.Create("RISK4003", "RISK4005");

    public override void Listen(RuleListener on)
    {
        on.Operation(CheckSetting, OperationKind.PropertyReference, OperationKind.Invocation);
        on.Operation(CheckQuestion, OperationKind.Invocation);
        on.Operation(CheckCoalesce, OperationKind.Coalesce);
        on.Operation(CheckLookup, OperationKind.Conditional, OperationKind.Binary);
        on.Operation(CheckOptions, OperationKind.PropertyInitializer, OperationKind.FieldInitializer);
        on.Operation(CheckCatch, OperationKind.CatchClause);
    }

    private static void CheckSetting(OperationVisit visit)
    {
        if (Settings.Read(visit.Operation) is not { KnownKey.Length: > 0 } read || Settings.IsSecond(read) || !IsFlag(read.KnownKey) && !IsFlagTarget(visit.Operation, visit.Member))
            return;
        foreach (var stand in Settings.DefaultsOf(read))
        {
            if (IsTrue(stand))
                visit.Report(stand, read.KnownKey);
        }
        if (IsUnlessFalse(read.Operation) is { } comparison)
            visit.Report(comparison, read.KnownKey);
    }

    // flags.IsEnabled("new-checkout", true), client.BoolVariation("new-checkout", user, true)
    private static void CheckQuestion(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        var name = call.TargetMethod.Name;
        if (call.Arguments.Length < 2 || !(IsVariation(name) || Questions.Contains(name) && IsStore(call)) || Settings.Read(call) is not null)
            return;
        var key = call.Arguments.Select(argument => argument.Value.ConstantValue).FirstOrDefault(value => value is { HasValue: true, Value: string }).Value as string;
        if (key is not null && (Words.ContainAny(key, SafeWords) || Words.ContainAny(key, BypassWords)))
            return;
        foreach (var argument in call.Arguments)
        {
            if (argument is { ArgumentKind: ArgumentKind.Explicit, Parameter.Type.SpecialType: SpecialType.System_Boolean or SpecialType.System_Object or SpecialType.None } && IsTrue(argument.Value)
                && (IsVariation(name) || argument.Parameter.Name.IndexOf("default", StringComparison.OrdinalIgnoreCase) >= 0 || argument.Parameter.Name.IndexOf("fallback", StringComparison.OrdinalIgnoreCase) >= 0))
                visit.Report(argument.Value, key ?? name);
        }
    }

    // options.NewCheckout ?? true
    private static void CheckCoalesce(OperationVisit visit)
    {
        var coalesce = (ICoalesceOperation)visit.Operation;
        if (!IsTrue(coalesce.WhenNull) || coalesce.Value.ReferencedSymbol() is not (IPropertySymbol or IFieldSymbol) || Settings.Read(coalesce.Value.WithoutConversions()) is not null)
            return;
        var symbol = coalesce.Value.ReferencedSymbol()!;
        if (IsFlagMember(symbol))
            visit.Report(coalesce.WhenNull, symbol.Name);
    }

    // flags.TryGetValue(name, out var on) ? on : true; !flags.TryGetValue(name, out var on) || on
    private static void CheckLookup(OperationVisit visit)
    {
        switch (visit.Operation)
        {
            case IConditionalOperation { WhenFalse: { } missing, Condition: var found } when IsTrue(missing) && IsLookup(found.WithoutConversions()):
                visit.Report(missing, visit.Member.Name);
                break;
            // if (!flags.TryGetValue(name, out var on)) return true;
            case IConditionalOperation { Syntax: IfStatementSyntax, Condition: var condition, WhenTrue: var missing }
                when condition.WithoutConversions() is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var question } && IsLookup(question.WithoutConversions()) && OnlyStatement(missing) is IReturnOperation { ReturnedValue: { } answer } && IsTrue(answer):
                visit.Report(answer, visit.Member.Name);
                break;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr, LeftOperand: var left } either
                when left.WithoutConversions() is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var lookup } && IsLookup(lookup.WithoutConversions()) && either.RightOperand.WithoutConversions() is ILocalReferenceOperation:
                visit.Report(either, visit.Member.Name);
                break;
        }
    }

    private static void CheckOptions(OperationVisit visit)
    {
        var initializer = (ISymbolInitializerOperation)visit.Operation;
        ISymbol? member = initializer is IPropertyInitializerOperation { InitializedProperties: [var property, ..] } ? property : initializer is IFieldInitializerOperation { InitializedFields: [{ IsStatic: true } field, ..] } ? field : null;
        if (member is not null && IsTrue(initializer.Value) && (IsFlagMember(member) || IsUnconfigured(member)))
            visit.Report(initializer.Value, member.Name);
    }

    // StripeSettings { IsEnabled = true; SecretKey = ""; }: a provider that is on before anybody gave it a key.
    private static bool IsUnconfigured(ISymbol member) =>
        Words.Of(member.Name) is ["enabled" or "active"] or ["is", "enabled" or "active"] && Settings.IsOptionsType(member.ContainingType) && member.ContainingType.GetMembers().Any(IsEmptyCredential);

    private static bool IsEmptyCredential(ISymbol member) =>
        member is IPropertySymbol { IsStatic: false, SetMethod: not null, Type.SpecialType: SpecialType.System_String, IsRequired: false, DeclaringSyntaxReferences: [var declared] }
        && Secrets.Of(member.Name) is SecretKind.Key or SecretKind.Token or SecretKind.Password
        && !member.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "RequiredAttribute")
        && declared.GetSyntax() is PropertyDeclarationSyntax { Initializer: var initial }
        && initial?.Value is null or LiteralExpressionSyntax { Token.ValueText: "" or "null" } or PostfixUnaryExpressionSyntax or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Empty" };

    // The store is down, and the feature is on.
    private static void CheckCatch(OperationVisit visit)
    {
        if (visit.Member is not IMethodSymbol method || !Words.ContainAny(method.Name, FlagWords) && !Words.ContainAny(method.ContainingType.Name, FlagWords) || Words.ContainAny(method.Name, SafeWords))
            return;
        foreach (var operation in ((ICatchClauseOperation)visit.Operation).Handler.DescendantsInFunction())
        {
            if (operation is IReturnOperation { ReturnedValue: { } returned } && IsTrue(returned))
                visit.Report(operation, method.Name);
        }
    }

    private static bool IsFlag(string key)
    {
        var words = Words.Of(key);
        if (words.HaveAny(SafeWords) || words.HaveAny(BypassWords) || LocalFallback.SwitchesToStandIn(key))
            return false;
        if (words.HaveAny(FlagWords))
            return true;
        var leaf = LeafOf(key);
        return Words.ContainAny(leaf, NewWords) || Words.ContainSequence(leaf, "create", "admin");
    }

    // Seeding:Enabled switches the seeding; Seeding:Products:Count counts.
    private static string LeafOf(string key)
    {
        var at = key.LastIndexOf(':');
        var leaf = key.Substring(at + 1);
        return at > 0 && Words.Of(leaf) is ["enabled" or "enable" or "active" or "on"] ? key.Substring(key.LastIndexOf(':', at - 1) + 1) : leaf;
    }

    // var useNewPricing = config.GetValue("Pricing:Engine", true)
    private static bool IsFlagTarget(IOperation read, ISymbol member) => read.Parent is not IArgumentOperation && read.Target(member) is ILocalSymbol or IPropertySymbol or IFieldSymbol && IsFlag(read.Target(member)!.Name);

    private static bool IsFlagMember(ISymbol member)
    {
        if (member.Name.Length == 0 || !IsFlagHolder(member.ContainingType, out var isFlags))
            return false;
        var words = Words.Of(member.Name);
        return !words.HaveAny(SafeWords) && !words.HaveAny(BypassWords) && !LocalFallback.SwitchesToStandIn(member.Name)
            && (isFlags || words.HaveAny(NewWords) && (words.HaveAny(Switches) || words[0] == "new"));
    }

    private static bool IsFlagHolder(INamedTypeSymbol? type, out bool isFlags)
    {
        isFlags = type is not null && Words.ContainAny(type.Name, FlagWords) && type.TypeKind != TypeKind.Enum;
        return isFlags || Settings.IsOptionsType(type);
    }

    private static IOperation OnlyStatement(IOperation statement) => statement is IBlockOperation { Operations: [var only] } ? only : statement;

    private static bool IsLookup(IOperation condition) =>
        condition is IInvocationOperation { TargetMethod.Name: "TryGetValue" or "TryGet" or "TryGetFlag" or "ContainsKey", Instance: { } store } && store.ReferencedSymbol() is { } symbol && Words.ContainAny(symbol.Name, Stores)
        || condition is IInvocationOperation { TargetMethod.Name: "TryParse", Arguments: [var text, ..], Parent: IUnaryOperation } && Settings.Read(text.Value.WithoutConversions()) is { } read && IsFlag(read.KnownKey);

    private static bool IsVariation(string name) => name is "BoolVariation" or "BoolVariationDetail" or "GetBooleanValueAsync" or "GetBooleanValue" or "GetBooleanDetailsAsync" or "GetBooleanDetails" or "GetBoolVariation";

    private static bool IsStore(IInvocationOperation call) =>
        Words.ContainAny(call.TargetMethod.ContainingType.Name, Stores) || Words.ContainAny(call.TargetMethod.Name, Stores) || call.Instance?.ReferencedSymbol() is { } receiver && Words.ContainAny(receiver.Name, Stores);

    private static bool IsTrue(IOperation value)
    {
        value = value.WithoutConversions();
        if (value is IInvocationOperation { TargetMethod.Name: "FromResult", Arguments: [var result] })
            value = result.Value.WithoutConversions();
        return value.ConstantValue is { HasValue: true, Value: true } or { HasValue: true, Value: "true" or "True" or "on" or "1" };
    }

    // config["Features:X"] != "false": on unless somebody wrote exactly that.
    private static IOperation? IsUnlessFalse(IOperation read)
    {
        while (read.Parent is IConversionOperation or IInvocationOperation { TargetMethod.Name: "ToLower" or "ToLowerInvariant" } or IConditionalAccessOperation)
            read = read.Parent;
        return read.Parent switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } comparison when IsFalse(comparison.LeftOperand) || IsFalse(comparison.RightOperand) => comparison,
            IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: IConstantPatternOperation { Value: var value } } } match when IsFalse(value) => match,
            IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Equals", Parent: IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not } call } when call.Arguments.Any(argument => IsFalse(argument.Value)) => not,
            _ => null,
        };
    }

    private static bool IsFalse(IOperation value) => value.WithoutConversions().ConstantValue is { HasValue: true, Value: false or "false" or "False" or "0" or "off" };
}

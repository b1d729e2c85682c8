using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Residue;

/// <summary>A rate, limit or switch of a check that silently becomes zero or off where its setting is missing.</summary>
internal sealed class SilentConfigDefault : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK7006",
        title: "A missing setting silently becomes zero or a made-up value",
        message: "Where '{0}' is missing it silently becomes {1}: {2}; require the setting and throw where it is missing",
        why: "GetValue<T> answers default(T) for a key that does not exist, and generated code misspells keys. A tax of nothing, a limit of nothing and a check that is off look like any other value.");

    private static readonly HashSet<string> Amounts = Words.SetOf("rate rates price prices fee fees tax taxes vat limit limits threshold thresholds timeout timeouts max maximum min minimum margin percent percentage retry retries attempts expiry expiration lifetime minutes seconds hours "
        + "days interval window quota amount cost surcharge commission interest exchange deposit");

    // Nothing is a safe value for what the shop gives away.
    private static readonly HashSet<string> Harmless = Words.SetOf("discount discounts tip rebate bonus skip offset delay jitter backoff initial start page size port version batch log logging cache");

    // No number in the code is right for these: law, bank or contract say what they are.
    private static readonly HashSet<string> Agreed = Words.SetOf("tax vat exchange fx commission interest");

    public SilentConfigDefault() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        on.Operation(Check, OperationKind.PropertyReference, OperationKind.Invocation);
        on.Operation(CheckCredential, OperationKind.Invocation);
        on.Operation(CheckInitialized, OperationKind.Conditional);
    }

    private static void Check(OperationVisit visit)
    {
        if (Settings.Read(visit.Operation) is not { } read || Settings.IsSecond(read))
            return;
        if (EmptyStandIn(read) is { } nothing)
        {
            visit.Report(nothing, read.KnownKey, "an empty text", "the program starts all the same, and every customer meets an error that names something else");
            return;
        }
        if (read.Operation is IInvocationOperation { TargetMethod.Name: "GetConnectionString" })
            return;
        if (LinkOf(read, visit.Member) is { } link)
        {
            visit.Report(link, read.KnownKey, "an empty text", "the link leads nowhere");
            return;
        }
        var value = Consumed(read.Operation);
        var name = read.KnownKey.Length > 0 ? read.KnownKey : value.Target(visit.Member)?.Name ?? "";
        if (name.Length == 0 || !Means(read, value, visit.Member) || IsChecked(value, visit.Member))
            return;
        var (place, text) = SilentValue(read, value);
        if (place is not null)
            visit.Report(place, name, text, "taxes, limits and checks change without anybody having decided it");
    }

    // credentials.GetValueOrDefault("ApiKey", string.Empty)
    private static void CheckCredential(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (call.TargetMethod.Name == "GetValueOrDefault" && MissingCredentials.Of(call) is var (key, stand, isEmpty))
            visit.Report(stand, key, isEmpty ? "an empty text" : $"'{stand.Syntax}'", isEmpty ? "the calls go out without it and every payment fails" : "the money goes through somebody else's account");
    }

    private static void CheckInitialized(OperationVisit visit)
    {
        if (MissingCredentials.HalfInitialized((IConditionalOperation)visit.Operation) is var (name, at))
            visit.Report(at, name, "a provider without its keys", "the calls go out without them and every payment fails");
    }

    // GetConnectionString("Shop") ?? "", config["Stripe:PublishableKey"] ?? "": nothing works with the empty text. A secret is a finding of its own.
    private static IOperation? EmptyStandIn(SettingRead read)
    {
        if (!(read.Operation is IInvocationOperation { TargetMethod.Name: "GetConnectionString" } || Words.Of(read.KnownKey) is [.., "publishable" or "public", "key"]) || Environments.IsForDevelopersOnly(read.Operation))
            return null;
        foreach (var stand in Settings.DefaultsOf(read))
        {
            if ((stand.ConstantValue is { HasValue: true, Value: "" } || stand is IFieldReferenceOperation { Field: { Name: "Empty", ContainingType.SpecialType: SpecialType.System_String } }) && !Settings.IsTestedLater(read))
                return stand;
        }
        return null;
    }

    private static readonly HashSet<string> Addresses = Words.SetOf("url urls uri host domain origin frontend site address endpoint");

    // $"{config["App:BaseUrl"]}/reset?token=...": the address that a link begins with.
    private static IOperation? LinkOf(SettingRead read, ISymbol member)
    {
        if (read.Operation is IInvocationOperation { TargetMethod.Name: not ("GetValue" or "Get") } || !Words.ContainAny(read.KnownKey, Addresses) || Words.ContainAny(read.KnownKey, Harmless) || Settings.IsGuarded(read))
            return null;
        if (BeginsLink(read.Operation))
            return read.Operation;
        return read.Operation.Target(member) is ILocalSymbol local && read.Operation.EnclosingFunction().DescendantsInFunction().Any(use =>
            use is ILocalReferenceOperation { Local: var mentioned } && SymbolEqualityComparer.Default.Equals(mentioned, local) && BeginsLink(use)) ? read.Operation : null;
    }

    private static bool BeginsLink(IOperation value)
    {
        while (value.Parent is IConversionOperation or IInvocationOperation { TargetMethod.Name: "TrimEnd" })
            value = value.Parent;
        return value.Parent is IInterpolationOperation { Parent: IInterpolatedStringOperation { Parts: [var first, IInterpolatedStringTextOperation { Text.ConstantValue: { HasValue: true, Value: string rest } }, ..] } } part && first == part && rest.Length > 1 && rest[0] is '/' or '?';
    }

    private static bool Means(SettingRead read, IOperation value, ISymbol member)
    {
        var target = value.Target(member) is ILocalSymbol or IPropertySymbol or IFieldSymbol ? value.Target(member)!.Name : "";
        if (Words.ContainAny(read.KnownKey, Harmless) || Words.ContainAny(target, Harmless) || Words.Of(read.Leaf) is [.., "id" or "ids" or "code" or "name" or "key" or "number"])
            return false;
        return TypeOf(value) is { SpecialType: SpecialType.System_Boolean }
            ? Switches.IsOffWhenFalse(read.Leaf) || Switches.IsOffWhenFalse(read.KnownKey)
            : Words.ContainAny(read.Leaf, Amounts) || Words.ContainAny(target, Amounts) || Words.ContainAny(read.KnownKey, Agreed);
    }

    private static (IOperation? Place, string Text) SilentValue(SettingRead read, IOperation value)
    {
        var type = TypeOf(value);
        if (!IsNumber(type) && type?.SpecialType is not (SpecialType.System_Boolean or SpecialType.System_String))
            return default;
        var guarded = false;
        foreach (var stand in Settings.DefaultsOf(read))
        {
            guarded = true;
            if (type!.SpecialType != SpecialType.System_Boolean && Number(stand) is { } number && (number == 0 || IsBoundless(stand) || Words.ContainAny(read.KnownKey, Agreed) && IsFraction(number)))
                return (stand, stand.Syntax.ToString());
        }
        if (guarded || Settings.IsTestedLater(read))
            return default;
        return read.Operation switch
        {
            IInvocationOperation { TargetMethod: { Name: "GetValue", TypeArguments: [var asked] } } when asked.IsValueType && asked.OriginalDefinition.SpecialType != SpecialType.System_Nullable_T => (read.Operation, Default(asked)),
            _ when value is IInvocationOperation { TargetMethod.ContainingType.Name: "Convert" } => (value, Default(type!)),
            _ when value is IInvocationOperation { TargetMethod.Name: "TryParse", Parent: IExpressionStatementOperation } => (value, Default(type!)),
            _ => default,
        };
    }

    // int.Parse(...), Convert.ToDecimal(...), TryParse(..., out rate): the number that the text becomes.
    private static IOperation Consumed(IOperation read)
    {
        var value = read;
        while (true)
        {
            switch (value.Parent)
            {
                case IConversionOperation or IParenthesizedOperation or ICoalesceOperation:
                    value = value.Parent;
                    break;
                case IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "Parse" or "TryParse", ContainingType.SpecialType: not SpecialType.None } } parse }:
                    value = parse;
                    break;
                case IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { ContainingType.Name: "Convert" or "TimeSpan" } } convert }:
                    value = convert;
                    break;
                default:
                    return value;
            }
        }
    }

    private static ITypeSymbol? TypeOf(IOperation value) =>
        value is IInvocationOperation { TargetMethod.Name: "TryParse" } parse ? parse.TargetMethod.ContainingType : value.Type.WithoutNullable();

    // if (rate <= 0) throw, Math.Max(limit, 1), ArgumentOutOfRangeException.ThrowIfZero(limit)
    private static bool IsChecked(IOperation value, ISymbol member)
    {
        var holder = value is IInvocationOperation { TargetMethod.Name: "TryParse" } parse ? parse.Arguments[parse.Arguments.Length - 1].Value.ReferencedSymbol() : value.Target(member);
        if (holder is not (ILocalSymbol or IFieldSymbol or IPropertySymbol))
            return value.Parent is IBinaryOperation { OperatorKind: >= BinaryOperatorKind.Equals } || value.Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.ContainingType.Name: "Math" } };
        return value.WholeBody().Descendants().Any(use => use is ILocalReferenceOperation or IMemberReferenceOperation && SymbolEqualityComparer.Default.Equals(use.ReferencedSymbol(), holder) && IsCheck(use));
    }

    private static bool IsCheck(IOperation use)
    {
        while (use.Parent is IConversionOperation)
            use = use.Parent;
        return use.Parent switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals or BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual } comparison
                => IsFixed(comparison.LeftOperand) || IsFixed(comparison.RightOperand),
            IIsPatternOperation => true,
            IArgumentOperation { Parent: IInvocationOperation { TargetMethod: var method } } => method.ContainingType.Name == "Math" || method.Name.StartsWith("ThrowIf", StringComparison.Ordinal),
            _ => false,
        };
    }

    private static bool IsFixed(IOperation value) => value.ConstantNumber() is not null || IsZero(value);

    // decimal.MaxValue: no limit at all.
    private static bool IsBoundless(IOperation value) => value.WithoutConversions() is IFieldReferenceOperation { Field: { Name: "MaxValue" or "PositiveInfinity", ContainingType.SpecialType: not SpecialType.None } };

    private static bool IsZero(IOperation value) => value.WithoutConversions() is IFieldReferenceOperation { Field: { Name: "Zero" } };

    private static bool IsNumber(ITypeSymbol? type) => type is { SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_Double } or { Name: "TimeSpan" };

    private static decimal? Number(IOperation stand) => IsZero(stand) ? 0 : (IsBoundless(stand) ? decimal.MaxValue : stand.ConstantNumber())
        ?? (stand.ConstantValue is { HasValue: true, Value: string text } && decimal.TryParse(text, System.Globalization.NumberStyles.Number, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null);

    // 0.19 or 7.5 is a rate; an interval of minutes under Exchange: is not.
    private static bool IsFraction(decimal number) => number != Math.Truncate(number) || number is > 0 and < 100;

    private static string Default(ITypeSymbol type) => type.SpecialType == SpecialType.System_Boolean ? "false" : "0";
}

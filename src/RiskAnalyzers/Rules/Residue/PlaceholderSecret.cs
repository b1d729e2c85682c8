using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Residue;

/// <summary>A key, password or token that stands in the code, also as what holds when the setting is missing.</summary>
internal sealed class PlaceholderSecret : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK7004",
        title: "A secret stands in the code",
        message: "The secret '{0}' {1}: whoever knows the code can forge or open what it protects; read it from the settings or a vault, and throw where it is missing",
        why: "Generated code brings its own keys so that it starts at once: a signing key in a constant, a fallback behind ??, an administrator's password in the seed. "
            + "The service runs in production with a key that everybody has.");

    private const string InCode = "stands in the code";
    private const string Fallback = "falls back to a text in the code when the setting is missing";
    private const string Unasked = "is taken even where the setting is empty, and everybody can sign with an empty key";
    private const string Nothing = "becomes an empty text when the setting is missing";

    // Tools of developers, and contracts that only name things.
    private static readonly HashSet<string> Tools = new(StringComparer.Ordinal) { "IDesignTimeDbContextFactory", "Migration", "ModelSnapshot" };

    public PlaceholderSecret() : base(Risk)
    {
    }

    public override ImmutableArray<string> Supersedes { get; } = ImmutableArray.Create("RISK7014", "RISK7006");

    public override void Listen(RuleListener on)
    {
        on.Operation(CheckText, OperationKind.Literal, OperationKind.InterpolatedString);
        on.Operation(CheckSetting, OperationKind.PropertyReference, OperationKind.Invocation);
        on.Operation(CheckKeyBytes, OperationKind.Invocation);
        on.Operation(visit =>
        {
            if (UnsetKeys.OfEvent((IInvocationOperation)visit.Operation, visit) is var (name, place) && !IsForDevelopers(visit))
                visit.Report(place, name, Unasked);
        }, OperationKind.Invocation);
        on.Operation(CheckKeyText, OperationKind.Utf8String);
    }

    private static void CheckText(OperationVisit visit)
    {
        var text = visit.Operation;
        if (text.Type?.SpecialType != SpecialType.System_String || text.Parent is IInterpolatedStringTextOperation || TextOf(text) is not { Length: >= 4 } value)
            return;
        if (SecretText.IsCredential(value) ? IsSearched(text) : SecretUse.Of(text, visit.Member) is not { } use || !SecretText.Suits(value, use))
            return;
        if (IsForDevelopers(visit) || IsFallback(text) || IsLicense(text, visit.Member))
            return;
        visit.Report(text, SecretUse.Of(text, visit.Member)?.Name ?? SecretText.Shown(value), InCode);
    }

    private static void CheckSetting(OperationVisit visit)
    {
        if (Settings.Read(visit.Operation) is not { } read || Settings.IsSecond(read) || SecretUse.KindOf(read.KnownKey) is not { } kind)
            return;
        foreach (var stand in Settings.DefaultsOf(read))
        {
            if (stand.ConstantValue is not { HasValue: true, Value: string text } && !IsEmptyText(stand, out text))
                continue;
            if (text.Length == 0 ? kind == SecretKind.Password || Settings.IsTestedLater(read) : IsLabel(text, read))
                continue;
            if (IsForDevelopers(visit) || Environments.IsForDevelopersOnly(stand))
                continue;
            visit.Report(stand, read.KnownKey, text.Length == 0 ? Nothing : Fallback);
        }
    }

    // Encoding.UTF8.GetBytes(Key): a constant that becomes key material is one, whatever it looks like.
    private static void CheckKeyBytes(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (call.TargetMethod.Name is not ("GetBytes" or "FromBase64String" or "FromHexString") || call.Arguments.Length == 0)
            return;
        var text = call.Arguments[0].Value.WithoutConversions();
        if (UnsetKeys.MayBeEmpty(text, call, visit) is { } unset)
        {
            visit.Report(text, unset, Nothing);
            return;
        }
        if (text is ILiteralOperation || text.ConstantValue is not { HasValue: true, Value: string { Length: > 0 } value } || text.ReferencedSymbol() is not { } constant)
            return;
        if (!SecretUse.IsKeyMaterial(call, visit.Member) || IsForDevelopers(visit))
            return;
        // The declaration speaks for itself where it is critical, its name means a secret and its text looks like one.
        if (SymbolEqualityComparer.Default.Equals(constant.ContainingType, visit.Member.ContainingType) && SecretUse.KindOf(constant) is { } kind && SecretText.Suits(value, new SecretUse(constant.Name, kind, IsCertain: false, IsConstant: true)))
            return;
        visit.Report(text, constant.Name, InCode);
    }

    // A library's license key is shipped with the product.
    private static bool IsLicense(IOperation text, ISymbol member) => text.Target(member) is { } target && Words.Of(target.Name) is var words && (words.Contains("license") || words.Contains("licence"));

    // The setting says more than the text that stands in for it.
    private static bool IsFallback(IOperation text)
    {
        return text.WholeBody().Descendants().Any(operation => Settings.Read(operation) is { } read && SecretUse.KindOf(read.KnownKey) is not null && Settings.DefaultsOf(read).Contains(text));
    }

    // "..."u8.ToArray()
    private static void CheckKeyText(OperationVisit visit)
    {
        var bytes = visit.Operation;
        while (bytes.Parent is IConversionOperation or IInvocationOperation { TargetMethod.Name: "ToArray" })
            bytes = bytes.Parent;
        if (SecretUse.IsKeyMaterial(bytes, visit.Member) && !IsForDevelopers(visit))
            visit.Report(visit.Operation, bytes.Target(visit.Member)?.Name ?? "key", InCode);
    }

    private static string? TextOf(IOperation text) => text switch
    {
        ILiteralOperation { ConstantValue: { HasValue: true, Value: string value } } => value,
        IInterpolatedStringOperation interpolated => string.Concat(interpolated.Parts.Select(part =>
            part is IInterpolatedStringTextOperation { Text.ConstantValue: { HasValue: true, Value: string value } } ? value : "{}")),
        _ => null,
    };

    private static bool IsEmptyText(IOperation value, out string text)
    {
        text = "";
        return value is IFieldReferenceOperation { Field: { Name: "Empty", ContainingType.SpecialType: SpecialType.System_String } };
    }

    // A fallback that is the setting's own name is a mistake of another kind.
    private static bool IsLabel(string text, SettingRead read) => string.Equals(text, read.KnownKey, StringComparison.OrdinalIgnoreCase) || SecretText.IsAddress(text);

    // key.StartsWith("sk_live_"): the text is looked for, not used.
    private static bool IsSearched(IOperation text) => text.Parent is IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals }
        or IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "StartsWith" or "EndsWith" or "Contains" or "Equals" or "IndexOf" or "Replace" or "IsMatch" } };

    private static bool IsForDevelopers(OperationVisit visit) =>
        Environments.IsForDevelopersOnly(visit.Operation)
        || visit.Member.ContainingType is { } type && (type.AllInterfaces.Any(contract => Tools.Contains(contract.Name)) || type.BaseType is { } parent && Tools.Contains(parent.Name));
}

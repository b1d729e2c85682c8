using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Residue;

/// <summary>A key that no settings file of the project defines, while one of nearly the same name exists.</summary>
internal sealed class UnknownConfigKey : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK7011",
        title: "A settings key that no file defines",
        message: "No appsettings file defines '{0}', but '{1}' exists: the read yields nothing and the code goes on without the setting; read the key that exists",
        why: "A misspelt member does not compile; a misspelt key yields null. Generators invent keys that are nearly right, and what then holds is an empty secret, a limit of zero or a fallback.");

    public UnknownConfigKey() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        if (!on.Facts.AdditionalFiles.Any(file => SettingsKeys.IsSettingsFile(file.Path)))
            return;
        var keys = new Lazy<SettingsKeys>(() => new SettingsKeys(on.Facts.AdditionalFiles, CancellationToken.None));
        on.Operation(visit => Check(visit, keys), OperationKind.PropertyReference, OperationKind.Invocation);
    }

    private static void Check(OperationVisit visit, Lazy<SettingsKeys> keys)
    {
        if (Settings.Read(visit.Operation) is { IsEnvironment: false, Key: { } key, Name: { } name } read)
        {
            if (!read.Operation.IsAssigned())
                Report(visit, keys.Value, key, name);
        }
        else if (SectionOf(visit.Operation) is ({ } section, { } text))
        {
            Report(visit, keys.Value, section, text);
        }
    }

    private static void Report(Visit visit, SettingsKeys keys, string key, IOperation name)
    {
        if (!keys.Contains(key) && keys.NearestTo(key) is { } nearest)
            visit.Report(name, key, nearest);
    }

    // Configure<StripeOptions>(config.GetSection("Strpe")), BindConfiguration("Strpe"); a section that is read further speaks with its whole key.
    private static (string? Key, IOperation? Name) SectionOf(IOperation operation)
    {
        if (operation is not IInvocationOperation { TargetMethod.Name: "GetSection" or "GetRequiredSection" or "BindConfiguration" } call)
            return default;
        var name = call.Arguments.FirstOrDefault(argument => argument.Parameter is { Type.SpecialType: SpecialType.System_String })?.Value;
        if (name?.WithoutConversions().ConstantValue is not { HasValue: true, Value: string text })
            return default;
        return call.TargetMethod.Name == "BindConfiguration" ? (text, name) : (Settings.KeyOf(call), name);
    }
}

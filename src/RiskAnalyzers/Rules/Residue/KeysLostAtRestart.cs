using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Residue;

/// <summary>Data protection whose keys live in one machine's memory or in a folder beside the program.</summary>
internal sealed class KeysLostAtRestart : RiskRule
{
    private static readonly string[] Kept = { "PersistKeysTo", "IXmlRepository", "XmlRepository", "AddDataProtectionKeys" };

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK7016",
        title: "The keys that protect data are lost with the machine",
        message: "'{0}' {1}: after the next deployment, or on a second instance, nothing that was encrypted can be read and everybody is signed out; keep the keys in a shared store (PersistKeysTo...) and protect them there",
        why: "In a container the keys are made anew at each start. Sign-in cookies, reset links and whatever was encrypted for the database were made with the old ones.");

    public KeysLostAtRestart() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        var keeps = new Lazy<bool>(() => on.Compilation.SyntaxTrees.Any(tree => TextSearch.ContainsAny(tree, Kept)));
        on.Operation(visit => Check(visit, keeps), OperationKind.Invocation);
    }

    private static void Check(OperationVisit visit, Lazy<bool> keeps)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (call.TargetMethod.Name is not ("AddDataProtection" or "PersistKeysToFileSystem") || Environments.Around(call) is EnvironmentReach.DevelopmentOnly or EnvironmentReach.OutsideProduction)
            return;
        if (call.TargetMethod.Name == "AddDataProtection")
        {
            if (!keeps.Value)
                visit.Report(call.CalledName(), "AddDataProtection", "keeps its keys where the process runs and nowhere else");
        }
        else if (FolderOf(call) is { } folder && !IsProtected(call))
        {
            visit.Report(call.CalledName(), "PersistKeysToFileSystem", $"writes the keys in clear into '{folder}', a folder beside the program");
        }
    }

    // new DirectoryInfo("./keys"): goes with the container.
    private static string? FolderOf(IInvocationOperation call) => call.Arguments.Select(argument => argument.Value.WithoutConversions()).OfType<IObjectCreationOperation>()
        .Where(made => made.Type?.Name == "DirectoryInfo").SelectMany(made => made.Arguments).Select(argument => argument.Value.ConstantValue is { HasValue: true, Value: string path } ? path : null)
        .FirstOrDefault(path => path is { Length: > 0 } && path[0] is not ('/' or '\\' or '%') && path.IndexOf(':') < 0);

    private static bool IsProtected(IInvocationOperation call)
    {
        SyntaxNode chain = call.Syntax;
        while (chain.Parent is MemberAccessExpressionSyntax or InvocationExpressionSyntax)
            chain = chain.Parent;
        return chain.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText.StartsWith("ProtectKeysWith", StringComparison.Ordinal));
    }
}

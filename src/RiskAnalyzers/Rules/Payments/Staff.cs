using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>What only the shop's own people reach.</summary>
internal static class Staff
{
    private static readonly HashSet<string> Names = Words.SetOf("admin administration administrator backoffice management seeder seed seeding import importer sample demo migration");

    /// <summary>Whether the member is behind a role or policy, or stands in an administration area or a seed.</summary>
    public static bool Only(ISymbol member)
    {
        if (member.ContainingType is not { } type)
            return false;
        return Words.ContainAny(type.Name, Names) || Words.ContainAny(member.Name, Names) || type.NamespaceName()?.Contains("Admin") == true
            || member.GetAttributes().Concat(type.GetAttributes()).Any(attribute => attribute.AttributeClass?.Name is "AuthorizeAttribute" && (attribute.NamedArguments.Any(argument => argument.Key is "Roles" or "Policy") || attribute.ConstructorArguments.Length > 0));
    }
}

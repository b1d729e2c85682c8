using System.Runtime.CompilerServices;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>Which types the database keeps unique by something, as far as this compilation configures it.</summary>
internal sealed class UniqueKeys
{
    private static readonly ConditionalWeakTable<Compilation, UniqueKeys> Known = new();

    private readonly Lazy<HashSet<string>> _types;

    private UniqueKeys(Compilation compilation) => _types = new(() => ModelConfiguration.TypesAround(compilation, "IsUnique", "HasAlternateKey", "UniqueIndex"));

    public static UniqueKeys In(CompilationFacts facts) => Known.GetValue(facts.Compilation, compilation => new UniqueKeys(compilation));

    /// <summary>Whether an index or key of the type is unique: <c>HasIndex(...).IsUnique()</c>, <c>[Index(..., IsUnique = true)]</c>.</summary>
    public bool Has(ITypeSymbol type) => _types.Value.Contains(type.Name)
        || type.GetAttributes().Any(attribute => attribute.AttributeClass?.Name is "IndexAttribute" && attribute.NamedArguments.Any(argument => argument is { Key: "IsUnique", Value.Value: true }));
}

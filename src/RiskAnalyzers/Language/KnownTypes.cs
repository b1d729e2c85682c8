using System.Collections.Concurrent;

namespace RiskAnalyzers.Language;

/// <summary>Types by metadata name, looked up once a compilation.</summary>
internal sealed class KnownTypes
{
    private readonly Compilation _compilation;
    private readonly ConcurrentDictionary<string, INamedTypeSymbol?> _types = new(StringComparer.Ordinal);

    public KnownTypes(Compilation compilation) => _compilation = compilation;

    /// <summary>The type, or null where no reference brings it. Several references that bring it do not hide it.</summary>
    public INamedTypeSymbol? Find(string metadataName) =>
        _types.GetOrAdd(metadataName, name => _compilation.GetTypeByMetadataName(name) ?? _compilation.GetTypesByMetadataName(name).FirstOrDefault());
}

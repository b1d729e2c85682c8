using RiskAnalyzers.Configuration;

namespace RiskAnalyzers.CriticalPaths;

/// <summary>
/// The paths that symbol patterns in the configuration give: <c>risk_analyzers.critical_path.checkout = Shop.Checkout.*, Shop.Cart.CartService</c>.
/// A pattern is a full name without parameters; <c>.*</c> at its end takes in everything below.
/// </summary>
internal static class PatternPaths
{
    public const string Prefix = RiskOption.Prefix + "critical_path.";

    private static readonly SymbolDisplayFormat FullName = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        memberOptions: SymbolDisplayMemberOptions.IncludeContainingType);

    /// <summary>The patterns that hold for a file.</summary>
    public static ImmutableArray<(string Path, string Pattern)> In(AnalyzerConfigOptions options)
    {
        ImmutableArray<(string, string)>.Builder? patterns = null;
        foreach (var key in options.Keys)
        {
            if (!key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) || !options.TryGetValue(key, out var value))
                continue;
            foreach (var pattern in RiskOptions.Items(value))
                (patterns ??= ImmutableArray.CreateBuilder<(string, string)>()).Add((key.Substring(Prefix.Length), pattern));
        }
        return patterns?.ToImmutable() ?? ImmutableArray<(string, string)>.Empty;
    }

    public static CriticalPath? Of(ISymbol unit, ImmutableArray<(string Path, string Pattern)> patterns)
    {
        if (patterns.IsDefaultOrEmpty)
            return null;
        var name = unit.ToDisplayString(FullName);
        foreach (var (path, pattern) in patterns)
        {
            if (Matches(name, pattern))
                return new CriticalPath(path, PathOrigin.Pattern);
        }
        return null;
    }

    /// <summary>Whether a pattern may take in the type, something in it, or something that it is in.</summary>
    public static bool MayTouch(INamedTypeSymbol type, ImmutableArray<(string Path, string Pattern)> patterns)
    {
        if (patterns.IsDefaultOrEmpty)
            return false;
        var name = type.ToDisplayString(FullName);
        foreach (var (_, pattern) in patterns)
        {
            if (Matches(name, pattern) || pattern.StartsWith(name + ".", StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    // A type's pattern takes in its members: Shop.Cart.CartService matches Shop.Cart.CartService.Add.
    private static bool Matches(string name, string pattern)
    {
        var stem = pattern.EndsWith(".*", StringComparison.Ordinal) ? pattern.Substring(0, pattern.Length - 2) : pattern;
        return name.StartsWith(stem, StringComparison.Ordinal) && (name.Length == stem.Length || name[stem.Length] == '.');
    }
}

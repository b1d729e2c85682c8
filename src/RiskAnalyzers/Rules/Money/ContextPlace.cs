using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Money;

/// <summary>What an order, cart or customer carries that decides how it is charged, taxed or served.</summary>
internal sealed class ContextKind
{
    private static readonly HashSet<string> Nothing = new(StringComparer.OrdinalIgnoreCase) { "unknown", "n/a", "none", "default", "all", "any", "null", "xx", "xxx", "zz" };

    public static readonly ContextKind Currency = new(new[] { "currency", "currencies" }, text => text.Length == 3 && text.All(IsLetter));
    public static readonly ContextKind Country = new(new[] { "country" }, text => text.Length is 2 or 3 && text.All(char.IsUpper) || text.Length > 3 && text.All(c => IsLetter(c) || c == ' ') && char.IsUpper(text[0]));
    public static readonly ContextKind Region = new(new[] { "region", "jurisdiction", "province", "state" }, text => text.Length == 2 && text.All(char.IsUpper) || text.Length > 3 && text[2] == '-');
    public static readonly ContextKind Tenant = new(new[] { "tenant" }, text => text.All(c => IsLetter(c) || char.IsDigit(c) || c is '-' or '_'));

    private static readonly ContextKind[] All = { Currency, Country, Region, Tenant };

    private readonly HashSet<string> _words;
    private readonly Func<string, bool> _looksRight;

    private ContextKind(string[] words, Func<string, bool> looksRight)
    {
        _words = new HashSet<string>(words, StringComparer.Ordinal);
        _looksRight = looksRight;
    }

    /// <summary>What a name speaks of: <c>currencyCode</c>, <c>BillingCountry</c>, <c>tenantId</c>; null for others.</summary>
    public static ContextKind? Of(string name)
    {
        foreach (var kind in All)
        {
            if (kind.Speaks(name))
                return kind;
        }
        return null;
    }

    /// <summary>Whether the name speaks of this kind: its last word does, or the one before <c>code</c> or <c>id</c>.</summary>
    public bool Speaks(string name) => Words.Of(name) switch
    {
        [.., var word, "code" or "id" or "iso" or "slug" or "key"] => _words.Contains(word),
        [.., var word] => _words.Contains(word),
        _ => false,
    };

    /// <summary>Whether a text looks like a value of this kind.</summary>
    public bool Accepts(string text) => _looksRight(text) && !Nothing.Contains(text);

    private static bool IsLetter(char c) => c is >= 'a' and <= 'z' or >= 'A' and <= 'Z';
}

/// <summary>Where a literal stands in for a currency, country, region or tenant.</summary>
internal sealed record ContextPlace(ContextKind Kind, ISymbol Target, IOperation? Fallback)
{
    // Formats and symbols of a currency.
    private static bool IsShown(ISymbol? target) =>
        target is IParameterSymbol { ContainingSymbol: IMethodSymbol { ContainingType: { } owner } formatting } && (Words.ContainAny(owner.Name, Showing) || Words.ContainAny(formatting.Name, Showing));

    private static readonly HashSet<string> Showing = Words.SetOf("format formats formatter formatting display displayer symbol culture");

    /// <summary>The place of the literal, or null where it is compared, looked up or used for something else.</summary>
    public static ContextPlace? Of(IOperation literal, ISymbol member)
    {
        var value = literal.Parent is IConversionOperation conversion ? conversion : literal;
        var fallback = value.Parent is ICoalesceOperation coalesce && coalesce.WhenNull == value ? coalesce.Value : null;
        if (fallback?.ReferencedSymbol() is { } missing && ContextKind.Of(missing.Name) is { } missed && !IsShown(literal.Target(member)))
            return new ContextPlace(missed, missing, fallback);
        if (literal.Target(member) is not { } target || ContextKind.Of(target.Name) is not { } kind)
            return null;
        if (IsShown(target))
            return null;
        // Comparisons look a value up; a call that is asked whether something is so compares too.
        if (target is IParameterSymbol { ContainingSymbol: IMethodSymbol { ReturnType.SpecialType: SpecialType.System_Boolean } })
            return null;
        return new ContextPlace(kind, target, fallback);
    }
}

using System.Runtime.CompilerServices;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>Which stored numbers many requests change at once, and whether the store notices when they do.</summary>
internal sealed class SharedCounters
{
    private static readonly ConditionalWeakTable<Compilation, SharedCounters> Known = new();

    private static readonly HashSet<string> Names = Words.SetOf(
        "stock inventory balance points credits remaining available reserved onhand seats tickets quota allowance used usage usages uses redemptions redeemed redemption sold allocated backordered capacity attempts spent funds");

    // With these words a plain quantity or count is shared as well: a cart line's is not.
    private static readonly HashSet<string> Holders = Words.SetOf("stock inventory warehouse product variant sku event show seat coupon voucher promotion promo discount wallet ledger quota card");

    private static readonly HashSet<string> Plain = Words.SetOf("quantity qty count units amount credit value");

    private static readonly HashSet<string> NotShared = Words.SetOf("cart basket line request dto model vm view command report statistics stats result response summary dashboard history metric metrics option options settings cache");

    private static readonly HashSet<string> Tokens = Words.SetOf("rowversion concurrencystamp concurrencytoken etag xmin timestamp version versionnumber rowver _version concurrency");

    private readonly Lazy<HashSet<string>> _configured;

    private SharedCounters(Compilation compilation) => _configured = new(() => ModelConfiguration.TypesAround(compilation, "IsConcurrencyToken", "IsRowVersion", "UseXminAsConcurrencyToken"));

    public static SharedCounters In(CompilationFacts facts) => Known.GetValue(facts.Compilation, compilation => new SharedCounters(compilation));

    /// <summary>Whether the member holds a number that several requests change: stock, a balance, how often a coupon was used.</summary>
    public static bool Is(ISymbol member)
    {
        if (member is not (IPropertySymbol or IFieldSymbol) || member.IsStatic || member.ContainingType is not { } type || !IsNumber(member))
            return false;
        var (words, holder) = (Words.Of(member.Name), Words.Of(type.Name));
        if (holder.Any(NotShared.Contains) || holder is [.., "item"] && holder.Any(word => word is "order"))
            return false;
        return words.Any(Names.Contains) || words.Any(Plain.Contains) && holder.Any(Holders.Contains) && !words.Any(word => word is "min" or "max" or "minimum" or "maximum" or "reorder");
    }

    /// <summary>Whether the store refuses a write that was made from an old value: a version column, a concurrency token.</summary>
    public bool AreGuarded(ITypeSymbol type)
    {
        for (var ancestor = type; ancestor is not null and not { SpecialType: SpecialType.System_Object }; ancestor = ancestor.BaseType)
        {
            if (_configured.Value.Contains(ancestor.Name))
                return true;
            foreach (var member in ancestor.GetMembers())
            {
                if (member is IPropertySymbol or IFieldSymbol && (Tokens.Contains(member.Name.ToLowerInvariant())
                    || member.GetAttributes().Any(attribute => attribute.AttributeClass?.Name is "TimestampAttribute" or "ConcurrencyCheckAttribute" or "VersionAttribute")))
                    return true;
            }
        }
        return type.AllInterfaces.Any(contract => contract.Name is "IHasConcurrencyStamp" or "IVersioned" or "IHasRowVersion" or "IConcurrencyAware");
    }

    private static bool IsNumber(ISymbol member) => (member is IPropertySymbol property ? property.Type : ((IFieldSymbol)member).Type).WithoutNullable()?.SpecialType
        is SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_Int16 or SpecialType.System_Decimal or SpecialType.System_Double or SpecialType.System_UInt32;
}

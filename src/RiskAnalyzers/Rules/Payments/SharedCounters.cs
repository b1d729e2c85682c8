using System.Collections.Concurrent;
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

    // How much there may be is set, not counted.
    private static readonly HashSet<string> Bounds = Words.SetOf("min max minimum maximum limit limits reorder per threshold low");

    // What was paid or given back so far: it grows with each payment, and is a fact where it is set once.
    private static readonly HashSet<string> Tallies = Words.SetOf("paid refunded captured outstanding withdrawn");

    private static readonly HashSet<string> NotShared = Words.SetOf("cart basket line report statistics stats summary dashboard history metric metrics option options settings cache");

    // What carries the number between the store and its user.
    private static readonly HashSet<string> Carriers = Words.SetOf("request dto model vm view command result response");

    private static readonly HashSet<string> Tokens = Words.SetOf("rowversion concurrencystamp concurrencytoken etag xmin timestamp version versionnumber rowver _version concurrency");

    private readonly Lazy<HashSet<string>> _configured;
    private readonly ConcurrentDictionary<ITypeSymbol, bool> _guarded = new(SymbolEqualityComparer.Default);

    private SharedCounters(Compilation compilation) => _configured = new(() => ModelConfiguration.TypesAround(compilation, "IsConcurrencyToken", "IsRowVersion", "UseXminAsConcurrencyToken"));

    public static SharedCounters In(CompilationFacts facts) => Known.GetValue(facts.Compilation, compilation => new SharedCounters(compilation));

    /// <summary>Whether the member holds a number that several requests change: stock, a balance, how often a coupon was used.</summary>
    public static bool Is(ISymbol member) => Is(member, carried: false);

    /// <summary>Whether the member holds such a number for a moment, on its way from the store and back: <c>dto.UsedAmount</c>.</summary>
    public static bool IsCarried(ISymbol member) => Is(member, carried: true) && Words.ContainAny(member.ContainingType.Name, Carriers);

    /// <summary>Whether the member sums up what came in or went out: the paid amount of an invoice, the refunded of a payment.</summary>
    public static bool IsTally(ISymbol member) => member is IPropertySymbol { IsStatic: false, Type: { } type, ContainingType: { } holder } && type.WithoutNullable()?.SpecialType is SpecialType.System_Decimal or SpecialType.System_Double or SpecialType.System_Int64
        && Words.ContainAny(member.Name, Tallies) && !Words.ContainAny(holder.Name, NotShared) && !Words.ContainAny(holder.Name, Carriers);

    /// <summary>Whether the column of a table is one: <c>stock_quantity</c>, <c>usedamount</c>.</summary>
    public static bool IsColumn(string name) => Words.Of(name) is var words && (words.HaveAny(Names) && !words.Any(word => Bounds.Contains(word) || word is "at" or "by" or "date" or "last")
        || words is [var whole] && (whole.StartsWith("stock", StringComparison.Ordinal) && whole.Length > 5 || whole.EndsWith("stock", StringComparison.Ordinal) || whole is "usedamount" or "usedcount" or "usagecount" or "availablequantity" or "quantityavailable" or "availablestock"));

    private static bool Is(ISymbol member, bool carried)
    {
        if (member is not (IPropertySymbol or IFieldSymbol) || member.IsStatic || member.ContainingType is not { } type || !IsNumber(member))
            return false;
        var (words, holder) = (Words.Of(member.Name), Words.Of(type.Name));
        if (words.HaveAny(Bounds) || holder.Any(NotShared.Contains) || !carried && holder.Any(Carriers.Contains) || holder is [.., "item"] && holder.Any(word => word is "order"))
            return false;
        return words.HaveAny(Names) || words.HaveAny(Plain) && holder.Any(Holders.Contains);
    }

    /// <summary>Whether the store refuses a write that was made from an old value: a version column, a concurrency token.</summary>
    public bool AreGuarded(ITypeSymbol type) => _guarded.GetOrAdd(type.OriginalDefinition, LooksGuarded);

    private bool LooksGuarded(ITypeSymbol type)
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

using System.Runtime.CompilerServices;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>Whether a product takes goods out of a stock that it keeps, as far as names and texts tell: asked only where something is suspected.</summary>
internal sealed class StockTaking
{
    private static readonly ConditionalWeakTable<Compilation, StockTaking> Known = new();

    private static readonly string[] Subtractions = { "tock -", "tock--", "uantity -=", "tockQuantity -", "tockQuantity--", "nventory -", "nStock -", "vailable -", "eserved +", "tock, -", "tock-=", "uantity-=",
        "ReduceStock", "DecreaseStock", "DecrementStock", "DeductStock", "ReserveStock", "RemoveStock", "ReduceInventory", "DecreaseInventory", "DeductInventory", "ReserveInventory", "ReduceQuantity", "DecreaseQuantity" };

    private static readonly HashSet<string> Taking = Words.SetOf("reduce decrease decrement deduct subtract reserve take consume allocate commit withdraw remove sell");

    private static readonly HashSet<string> Goods = Words.SetOf("stock inventory");

    private static readonly HashSet<string> Spoken = Words.SetOf("stock stocks inventory inventories restock warehouse release compensate rollback reservation reservations");

    private readonly Lazy<bool> _isTaken;

    private readonly Lazy<bool> _isTold;

    private StockTaking(Compilation compilation)
    {
        _isTaken = new(() => compilation.SyntaxTrees.Any(tree => TextSearch.ContainsAny(tree, Subtractions))
            || compilation.ContainsSymbolsWithName(name => Words.Of(name) is [var verb, ..] words && Taking.Contains(verb) && words.HaveAny(Goods), SymbolFilter.Member));
        _isTold = new(() => compilation.ContainsSymbolsWithName(name => (name.Contains("Cancelled") || name.Contains("Canceled")) && Words.Of(name) is [.., "handler" or "consumer" or "subscriber" or "listener" or "saga"], SymbolFilter.Type));
    }

    public static StockTaking In(CompilationFacts facts) => Known.GetValue(facts.Compilation, compilation => new StockTaking(compilation));

    /// <summary>Whether something in the product takes goods out of a stock.</summary>
    public bool IsTaken => _isTaken.Value;

    /// <summary>Whether something in the product is told that an order was cancelled.</summary>
    public bool IsToldOfCancelling => _isTold.Value;

    /// <summary>Whether the code has a word about stock.</summary>
    public static bool IsSpokenOf(SyntaxNode code) => code.DescendantTokens().Any(token => token.RawKind == (int)SyntaxKind.IdentifierToken && Words.ContainAny(token.ValueText, Spoken));

    /// <summary>The member of the type that says how many there are, or null.</summary>
    public static ISymbol? StockOf(ITypeSymbol type) => type is INamedTypeSymbol { TypeKind: TypeKind.Class, SpecialType: SpecialType.None } ? type.GetMembers().FirstOrDefault(member => member is IPropertySymbol && SharedCounters.Is(member) && Words.ContainAny(member.Name, Goods)) : null;
}

using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Data;

/// <summary>Tables that get a row with each sale or customer, loaded whole for somebody who asked for a list.</summary>
internal static class GrowingTables
{
    private static readonly HashSet<string> Growing = Words.SetOf("order orders invoice invoices payment payments transaction transactions user users customer customers account accounts member members cart carts basket baskets booking bookings appointment appointments enrollment enrollments refund refunds shipment shipments subscription subscriptions session sessions notification notifications log logs audit message messages");

    // Work that wants every row by its nature.
    private static readonly HashSet<string> Whole = Words.SetOf("export seed seeder seeding migrate migration report reports statistics stats summary sitemap backup restore rebuild reindex index sync synchronize cleanup job worker background cache warm warmup test tests install archive import analytics dashboard");

    /// <summary>The growing table whose every row the value holds; null where something narrows it, or the code is made for all of them.</summary>
    public static string? LoadedBy(IOperation value, OperationVisit visit)
    {
        if (value.WithoutAwait() is not IInvocationOperation { TargetMethod.Name: "ToListAsync" or "ToList" or "ToArrayAsync" or "ToArray" } load || EntityFramework.Receiver(load) is not { } query || RowOf(query) is not { } row || !IsGrowing(row))
            return null;
        if (WholeTables.Of(query) is not { } table || Words.ContainAny(visit.Member.Name, Whole) || Words.ContainAny(visit.Member.ContainingType?.Name ?? "", Whole) || Words.ContainAny(visit.Member.ContainingNamespace?.Name ?? "", Whole))
            return null;
        return WholeTables.NameOf(table);
    }

    private static ITypeSymbol? RowOf(IOperation query)
    {
        query = EntityFramework.Source(query);
        return query.Type is INamedTypeSymbol { TypeArguments: [.., var row] } ? row : null;
    }

    private static bool IsGrowing(ITypeSymbol row) => Words.Of(row.Name) is { IsEmpty: false } words && (Growing.Contains(words[words.Length - 1]) || words is ["application" or "app", "user"] or ["identity", "user"]);
}

using RiskAnalyzers.CriticalPaths;

namespace RiskAnalyzers.Reviews;

/// <summary>The reviews that speak for a unit: its own, else those of the nearest type around it.</summary>
internal sealed record StandingReviews(ISymbol Holder, ImmutableArray<Review> Reviews, ReviewedCode Code)
{
    public bool StandOn(CriticalUnit unit) => SymbolEqualityComparer.Default.Equals(Holder, unit.Symbol);

    public static StandingReviews? Of(CriticalUnit unit, INamedTypeSymbol? attribute, CancellationToken cancellation)
    {
        for (var holder = unit.Symbol; holder is not null and not INamespaceSymbol; holder = holder.ContainingSymbol)
        {
            var reviews = Review.On(holder, attribute, cancellation);
            if (!reviews.IsEmpty)
                return new StandingReviews(holder, reviews, SymbolEqualityComparer.Default.Equals(holder, unit.Symbol) ? ReviewedCode.Of(unit, cancellation) : ReviewedCode.Of(holder, cancellation));
        }
        return null;
    }
}

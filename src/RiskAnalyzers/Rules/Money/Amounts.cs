using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Money;

/// <summary>What the money rules ask of a value and its place.</summary>
internal static class Amounts
{
    // Numbers that are a share, a measure or a mark, whatever money they were computed from.
    private static readonly HashSet<string> Measures = Words.SetOf(
        "percent percentage pct rate rates ratio share score scores rating ratings average weight weights kg distance km hours hour days minutes seconds progress utilization usage factor growth trend "
        + "probability confidence latitude longitude lat lng count quantity points width height length depth volume parcels packages periods dims");

    /// <summary>Whether the type is <c>decimal</c> or <c>decimal?</c>.</summary>
    public static bool IsDecimal(ITypeSymbol? type) => type.WithoutNullable() is { SpecialType: SpecialType.System_Decimal };

    /// <summary>Whether the type is <c>double</c> or <c>float</c>, or nullable of one.</summary>
    public static bool IsFloating(ITypeSymbol? type) => type.WithoutNullable()?.SpecialType is SpecialType.System_Double or SpecialType.System_Single;

    /// <summary>Whether the factor makes cents of an amount, percent of a share, or their thousandths.</summary>
    public static bool IsHundred(this IOperation factor) => factor.ConstantNumber() is 100m or 1000m or 10000m;

    /// <summary>Whether the name means a share, a measure or a mark: <c>taxRate</c>, <c>averageRating</c>.</summary>
    public static bool IsMeasure(string name) => Words.ContainAny(name, Measures);
}

using System.Globalization;

namespace RiskAnalyzers.Reviews;

/// <summary>A <c>[ReviewedBy]</c> attribute as it stands in the source.</summary>
internal sealed record Review(string Reviewer, string DateText, string Digest, string? Notes, bool IsLiteral, AttributeData Attribute)
{
    public const string AttributeName = "RiskAnalyzers.ReviewedByAttribute";
    public const string DateFormat = "yyyy-MM-dd";

    /// <summary>The day of the review, or null where it is unreadable.</summary>
    public DateTime? Date => DateTime.TryParseExact(DateText, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    /// <summary>Where the attribute stands; the same for all fields of a declaration.</summary>
    public (SyntaxTree?, int) Place => (Attribute.ApplicationSyntaxReference?.SyntaxTree, Attribute.ApplicationSyntaxReference?.Span.Start ?? 0);

    /// <summary>The reviews that stand on a symbol itself.</summary>
    public static ImmutableArray<Review> On(ISymbol symbol, INamedTypeSymbol? attributeType, CancellationToken cancellation)
    {
        if (attributeType is null)
            return ImmutableArray<Review>.Empty;
        ImmutableArray<Review>.Builder? reviews = null;
        Collect(symbol, attributeType, ref reviews, cancellation);
        if (PartialParts.ImplementationOf(symbol) is { } implementation)
            Collect(implementation, attributeType, ref reviews, cancellation);
        return reviews?.ToImmutable() ?? ImmutableArray<Review>.Empty;
    }

    private static void Collect(ISymbol part, INamedTypeSymbol attributeType, ref ImmutableArray<Review>.Builder? reviews, CancellationToken cancellation)
    {
        foreach (var attribute in part.GetAttributes())
        {
            // Half-typed attributes have no arguments yet; they review nothing.
            if (!SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, attributeType)
                || attribute.ConstructorArguments is not [{ Value: string reviewer }, { Value: string date }, { Value: string digest }])
                continue;
            var review = new Review(reviewer, date, digest, NotesOf(attribute), HasLiterals(attribute, cancellation), attribute);
            reviews ??= ImmutableArray.CreateBuilder<Review>();
            if (!reviews.Any(other => other.Place == review.Place))
                reviews.Add(review);
        }
    }

    private static string? NotesOf(AttributeData attribute)
    {
        foreach (var named in attribute.NamedArguments)
        {
            if (named.Key == "Notes")
                return named.Value.Value as string;
        }
        return null;
    }

    // A constant elsewhere could change who reviewed what without touching the review.
    private static bool HasLiterals(AttributeData attribute, CancellationToken cancellation) =>
        attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) is AttributeSyntax { ArgumentList.Arguments: { Count: >= 3 } arguments }
        && arguments.All(argument => argument.Expression is LiteralExpressionSyntax);
}

namespace RiskAnalyzers.Reviews;

/// <summary>What the reviews on a unit are worth: reviewed, stale, or refused for one reason.</summary>
internal sealed record Verdict(Review? Stale, string? Reason)
{
    public bool IsReviewed => Stale is null && Reason is null;

    public static Verdict On(ImmutableArray<Review> reviews, ReviewedCode code, ReviewPolicy policy)
    {
        // An unknown algorithm is an error, never skipped: skipping would turn a typing error into a way round.
        var unknown = reviews.FirstOrDefault(review => !ReviewDigest.IsKnown(review.Digest));
        if (unknown is not null)
            return new Verdict(null, $"'{unknown.Digest}' is not a digest that this version knows (expected {ReviewDigest.Prefix} and 16 characters)");

        var digest = ReviewDigest.Of(code);
        var fitting = reviews.Where(review => review.Digest == digest).ToImmutableArray();
        var stale = reviews.FirstOrDefault(review => review.Digest != digest);
        if (fitting.IsEmpty)
            return new Verdict(stale, null);
        return new Verdict(null, fitting.Any(review => policy.Objection(review) is null) ? null : policy.Objection(fitting[0]));
    }
}

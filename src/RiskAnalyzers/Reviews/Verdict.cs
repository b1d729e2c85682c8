namespace RiskAnalyzers.Reviews;

/// <summary>What the reviews on a unit are worth: reviewed, stale, or refused for one reason.</summary>
internal sealed record Verdict(Review? Stale, Refusal? Refusal)
{
    public bool IsReviewed => Stale is null && Refusal is null;

    public static Verdict On(ImmutableArray<Review> reviews, ReviewedCode code, ReviewPolicy policy, AiAssistance? assistance)
    {
        // An unknown algorithm is an error, never skipped: skipping would turn a typing error into a way round.
        var unknown = reviews.FirstOrDefault(review => !ReviewDigest.IsKnown(review.Digest));
        if (unknown is not null)
            return new Verdict(null, new Refusal(null, $"'{unknown.Digest}' is not a digest that this version knows (expected {ReviewDigest.Prefix} and 16 characters)"));

        var digest = ReviewDigest.Of(code);
        var fitting = reviews.Where(review => review.Digest == digest).ToImmutableArray();
        if (fitting.IsEmpty)
            return new Verdict(reviews[0], null);
        var refusal = policy.Refuse(fitting, assistance);
        // Where an approval is missing that an earlier review gave, the change took it away.
        var stale = reviews.FirstOrDefault(review => review.Digest != digest);
        return refusal is { Key: { } key } && key == ReviewPolicy.ApprovalsOption.Key && stale is not null ? new Verdict(stale, null) : new Verdict(null, refusal);
    }
}

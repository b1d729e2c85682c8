using System.Globalization;
using RiskAnalyzers.Configuration;

namespace RiskAnalyzers.Reviews;

/// <summary>Who may review the code of one file, how many it takes and how long it lasts: the team's policy from its <c>.editorconfig</c>.</summary>
internal sealed class ReviewPolicy
{
    public static readonly RiskOption<ImmutableArray<string>> ReviewersOption = RiskOptions.List("reviewers",
        "The people who may review; anybody where the list is empty.");

    private readonly ImmutableArray<string> _reviewers;
    private readonly DateTime? _today;

    public ReviewPolicy(AnalyzerConfigOptions options)
    {
        _reviewers = ReviewersOption.In(options);
        _today = options.TryGetValue("build_property.RiskAnalyzersToday", out var today)
            && DateTime.TryParseExact(today, Review.DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
    }

    /// <summary>The people who may review; empty where anybody may.</summary>
    public ImmutableArray<string> Reviewers => _reviewers;

    /// <summary>The one reason why a review whose digest fits does not count, or null where it does.</summary>
    public string? Objection(Review review)
    {
        if (!review.IsLiteral)
            return "a review must be written as plain string literals";
        if (string.IsNullOrWhiteSpace(review.Reviewer))
            return "the review names no reviewer";
        if (!_reviewers.IsEmpty && !_reviewers.Contains(review.Reviewer))
            return $"'{review.Reviewer}' is not in {ReviewersOption.Key} ({string.Join(", ", _reviewers)})";
        if (review.Date is not { } date)
            return $"'{review.DateText}' is not a date of the form {Review.DateFormat}";
        if (_today is { } today && date > today)
            return $"the review is dated {review.DateText}, which lies in the future";
        return null;
    }
}

using System.Globalization;
using RiskAnalyzers.Configuration;

namespace RiskAnalyzers.Reviews;

/// <summary>Who may review the code of one file, how many it takes and how long it lasts: the team's policy from its <c>.editorconfig</c>.</summary>
internal sealed class ReviewPolicy
{
    public static readonly RiskOption<string> RequireReviewOption = RiskOptions.Choice("require_review",
        "Which critical units need a review: those with findings, also AI-assisted ones, or all that hold code.", "findings", "ai", "all");

    public static readonly RiskOption<ImmutableArray<string>> ReviewersOption = RiskOptions.List("reviewers",
        "The people who may review; anybody where the list is empty.");

    public static readonly RiskOption<ImmutableArray<string>> SeniorsOption = RiskOptions.List("senior_reviewers",
        "Of the people who may review, the senior ones.");

    public static readonly RiskOption<string?> RequireSeniorOption = new("require_senior", null, "ai where senior reviewers are listed, else never",
        "Which units need a senior reviewer: never any, AI-assisted ones, or always all.", "one of never, ai, always", text =>
            text.ToLowerInvariant() is "never" or "ai" or "always" ? (true, text.ToLowerInvariant()) : (false, null));

    public static readonly RiskOption<int> ApprovalsOption = RiskOptions.Number("required_approvals", 1,
        "How many different people must have reviewed the code as it stands.");

    public static readonly RiskOption<int> MaxAgeOption = RiskOptions.Number("review_max_age_days", 0,
        "After how many days a review expires; 0 means never.");

    public static readonly RiskOption<int> NotesOption = RiskOptions.Number("review_notes_min_length", 0,
        "How many characters a review's notes must have; empty phrases such as \"lgtm\" do not count.");

    private static readonly HashSet<string> EmptyPhrases = new(StringComparer.OrdinalIgnoreCase)
    {
        "ok", "okay", "lgtm", "looks good", "looks good to me", "looks fine", "fine", "false positive", "not an issue", "no issue", "n/a", "none", "reviewed", "approved", "done", "all good",
    };

    private readonly string _requireReview;
    private readonly ImmutableArray<string> _reviewers;
    private readonly ImmutableArray<string> _seniors;
    private readonly string _requireSenior;
    private readonly int _approvals;
    private readonly int _maxAge;
    private readonly int _notes;
    private readonly DateTime _today;
    private readonly bool _isTodayGiven;

    public ReviewPolicy(AnalyzerConfigOptions options, AnalyzerConfigOptions globalOptions)
    {
        _requireReview = RequireReviewOption.In(options);
        _reviewers = ReviewersOption.In(options);
        _seniors = SeniorsOption.In(options);
        _requireSenior = RequireSeniorOption.In(options) ?? (_seniors.IsEmpty ? "never" : "ai");
        _approvals = Math.Max(1, ApprovalsOption.In(options));
        _maxAge = MaxAgeOption.In(options);
        _notes = NotesOption.In(options);
        _isTodayGiven = globalOptions.TryGetValue("build_property.RiskAnalyzersToday", out var today)
            && DateTime.TryParseExact(today, Review.DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out _today);
        // The build gives the date where reviews expire, so that builds are reproducible; without it the clock must do.
        if (!_isTodayGiven)
            _today = DateTime.UtcNow.Date;
    }

    /// <summary>The people whom the fix offers; empty where anybody may review.</summary>
    public ImmutableArray<string> Reviewers => _reviewers.IsEmpty ? _reviewers : _reviewers.Concat(_seniors.Except(_reviewers)).ToImmutableArray();

    /// <summary>Whether any unit may need a review without a finding.</summary>
    public bool LooksBeyondFindings => _requireReview != "findings";

    /// <summary>Whether a unit without findings needs a review.</summary>
    public bool RequiresReviewOf(AiAssistance? assistance) => _requireReview == "all" || (_requireReview == "ai" && assistance is not null);

    /// <summary>The one reason why reviews whose digest fits are not enough, or null where they are.</summary>
    public Refusal? Refuse(ImmutableArray<Review> fitting, AiAssistance? assistance)
    {
        var objections = fitting.Select(review => (Review: review, Objection: Objection(review, assistance))).ToList();
        var approvals = objections.Where(pair => pair.Objection is null).Select(pair => pair.Review.Reviewer.Trim()).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (approvals.Count == 0)
            return objections[0].Objection;
        if (approvals.Count < _approvals)
            return new Refusal(ApprovalsOption.Key, objections.Find(pair => pair.Objection is not null).Objection is { } other
                ? $"{_approvals} people must approve; {string.Join(", ", approvals)} did, and {other.Reason}"
                : $"{_approvals} people must approve, and only {string.Join(", ", approvals)} did");
        if (RequiresSenior(assistance) && !approvals.Any(reviewer => _seniors.Contains(reviewer)))
            return new Refusal(RequireSeniorOption.Key, _seniors.IsEmpty
                ? $"a senior reviewer must approve, and {SeniorsOption.Key} names nobody"
                : $"{string.Join(", ", approvals)} is not a senior reviewer ({string.Join(", ", _seniors)})");
        return null;
    }

    private bool RequiresSenior(AiAssistance? assistance) => _requireSenior == "always" || (_requireSenior == "ai" && assistance is not null);

    private Refusal? Objection(Review review, AiAssistance? assistance)
    {
        if (!review.IsLiteral)
            return new Refusal(null, "a review must be written as plain string literals");
        if (string.IsNullOrWhiteSpace(review.Reviewer))
            return new Refusal(null, "the review names no reviewer");
        if (!_reviewers.IsEmpty && !_reviewers.Contains(review.Reviewer) && !_seniors.Contains(review.Reviewer))
            return new Refusal(ReviewersOption.Key, $"'{review.Reviewer}' is not in {ReviewersOption.Key} ({string.Join(", ", _reviewers)})");
        if (assistance?.Author is { } author && author.Trim().Equals(review.Reviewer.Trim(), StringComparison.OrdinalIgnoreCase))
            return new Refusal(null, $"'{review.Reviewer}' let a tool write this code and cannot review it");
        if (review.Date is not { } date)
            return new Refusal(null, $"'{review.DateText}' is not a date of the form {Review.DateFormat}");
        // Somewhere it may be tomorrow already.
        if (date > (_isTodayGiven ? _today : _today.AddDays(1)))
            return new Refusal(null, $"the review by '{review.Reviewer}' is dated {review.DateText}, which lies in the future");
        if (_maxAge > 0 && (_today - date).TotalDays > _maxAge)
            return new Refusal(MaxAgeOption.Key, $"the review by '{review.Reviewer}' of {review.DateText} is older than {_maxAge} days");
        if (_notes > 0 && LengthOf(review.Notes) < _notes)
            return new Refusal(NotesOption.Key, $"the notes of '{review.Reviewer}' say less than {_notes} characters about why the risk is acceptable");
        return null;
    }

    private static int LengthOf(string? notes)
    {
        var text = notes?.Trim().TrimEnd('.', '!') ?? "";
        return EmptyPhrases.Contains(text) ? 0 : text.Length;
    }
}

/// <summary>Why reviews are not enough.</summary>
/// <param name="Key">The option of the policy that is not met, or null where no option is at stake.</param>
/// <param name="Reason">The reason, in words.</param>
internal sealed record Refusal(string? Key, string Reason);

namespace RiskAnalyzers;

/// <summary>
/// Records that a person has reviewed exactly this code and answers for it. The digest ties the review to the code: change a
/// token of the unit and the review no longer holds (RISK0002). Several attributes on one unit are several approvals.
/// </summary>
/// <remarks>
/// Use the code fix of RISK0001 or RISK0002 to record a review; it fills in the date and the digest. On a type the review covers
/// everything in it; on <c>partial class Program</c> it covers the top-level statements.
/// </remarks>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface | AttributeTargets.Enum | AttributeTargets.Delegate
    | AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property | AttributeTargets.Event | AttributeTargets.Field,
    AllowMultiple = true,
    Inherited = false)]
public sealed class ReviewedByAttribute : Attribute
{
    /// <summary>Records a review.</summary>
    /// <param name="reviewer">Who answers for the code, as the policy's <c>risk_analyzers.reviewers</c> spells the name.</param>
    /// <param name="date">The day of the review, <c>yyyy-MM-dd</c>.</param>
    /// <param name="digest">The fingerprint of the reviewed code, for example <c>r1.5kq3m0v9x2w7t4bd</c>.</param>
    public ReviewedByAttribute(string reviewer, string date, string digest)
    {
        Reviewer = reviewer;
        Date = date;
        Digest = digest;
    }

    /// <summary>Who answers for the code.</summary>
    public string Reviewer { get; }

    /// <summary>The day of the review, <c>yyyy-MM-dd</c>.</summary>
    public string Date { get; }

    /// <summary>The fingerprint of the reviewed code; its prefix names the algorithm.</summary>
    public string Digest { get; }

    /// <summary>Why the risk is acceptable, in the reviewer's words. A policy may demand a minimum length.</summary>
    public string? Notes { get; set; }

    /// <summary>Where the decision is recorded, for example an issue number.</summary>
    public string? Ticket { get; set; }
}

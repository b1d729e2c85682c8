namespace RiskAnalyzers;

/// <summary>
/// Marks an API as risky: every member that calls, constructs, overrides, implements or accesses it needs a review, on a critical
/// path or not (RISK8001). Also effective for callers in other assemblies.
/// </summary>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface | AttributeTargets.Enum | AttributeTargets.Delegate
    | AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property | AttributeTargets.Event | AttributeTargets.Field,
    Inherited = true)]
public sealed class RequiresReviewAttribute : Attribute
{
    /// <summary>Marks the API.</summary>
    /// <param name="why">What a caller must look out for; the message of RISK8001 shows it.</param>
    public RequiresReviewAttribute(string why) => Why = why;

    /// <summary>What a caller must look out for.</summary>
    public string Why { get; }
}

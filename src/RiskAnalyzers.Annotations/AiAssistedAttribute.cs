namespace RiskAnalyzers;

/// <summary>
/// Says that a code generator wrote this code or part of it. A policy may demand that a person reviews such code on a critical
/// path even where no rule finds a risk, and the author named here can never be its reviewer.
/// </summary>
[AttributeUsage(
    AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface | AttributeTargets.Enum
    | AttributeTargets.Delegate | AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property | AttributeTargets.Event
    | AttributeTargets.Field,
    Inherited = false)]
public sealed class AiAssistedAttribute : Attribute
{
    /// <summary>The tool that wrote the code.</summary>
    public string? Tool { get; set; }

    /// <summary>The person who let the tool write it, as reviewers are spelled in the policy.</summary>
    public string? Author { get; set; }
}

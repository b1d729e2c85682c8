using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Resilience;

/// <summary>Retries that a library makes: Polly 7 and 8, EF Core, options of clients.</summary>
internal static class RetryPolicies
{
    private const int Endless = 1000;

    private static readonly HashSet<string> Forever = Words.SetOf("RetryForever RetryForeverAsync WaitAndRetryForever WaitAndRetryForeverAsync");

    private static readonly HashSet<string> RetryWords = Words.SetOf("retry retries retrying redelivery");

    private static readonly HashSet<string> CountWords = Words.SetOf("attempts attempt count max retries limit");

    /// <summary>Whether the call sets up a retry that never gives up.</summary>
    public static bool IsUnlimited(IInvocationOperation call) => Forever.Contains(call.TargetMethod.Name)
        || Words.ContainAny(call.TargetMethod.Name, RetryWords) && call.Arguments.Any(argument => argument.Parameter is { } parameter && Words.ContainAny(parameter.Name, CountWords) && IsEndless(argument.Value));

    /// <summary>Whether the call sets up three or more attempts without a pause between them, other than against a conflict, which is over at once.</summary>
    public static bool IsImmediate(IInvocationOperation call) => call.TargetMethod is { Name: "Retry" or "RetryAsync", ContainingType: { } type } && type.Name.EndsWith("Syntax", StringComparison.Ordinal) && type.ContainingNamespace.Name == "Polly"
        && call.Arguments.Any(argument => argument.Parameter?.Name == "retryCount" && argument.Value.ConstantNumber() >= 3)
        && !call.Syntax.ToString().Contains("Concurrency");

    /// <summary>Whether an option of this name says how often something is tried.</summary>
    public static bool CountsAttempts(string name) => Words.ContainAny(name, RetryWords) && Words.ContainAny(name, CountWords);

    public static bool IsEndless(IOperation count) => count.ConstantNumber() is >= Endless or -1;
}

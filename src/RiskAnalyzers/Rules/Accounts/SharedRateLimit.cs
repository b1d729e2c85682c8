using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>A limit on sign-ins, codes or orders that all callers use up together.</summary>
internal sealed class SharedRateLimit : RiskRule
{
    private static readonly HashSet<string> Named = Words.SetOf("AddFixedWindowLimiter AddSlidingWindowLimiter AddTokenBucketLimiter");

    private static readonly HashSet<string> Partitions = Words.SetOf("GetFixedWindowLimiter GetSlidingWindowLimiter GetTokenBucketLimiter");

    // Who wants one limit for all says so, and what machines call is few.
    private static readonly HashSet<string> Meant = Words.SetOf("global overall total server shared concurrency webhook webhooks internal export report job batch");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK3035",
        title: "One rate limit for all callers",
        message: "'{0}' counts all callers together: one machine uses it up and everybody else is refused, while guesses at a single account are hardly slowed; partition it by account or address",
        why: "A limiter that is added by name has one counter for the whole shop. Five wrong passwords a minute from one script, and no customer can sign in or pay any more; spread over the day the script guesses on.");

    public SharedRateLimit() : base(Risk)
    {
    }

    public override void Listen(RuleListener on) => on.Operation(Check, OperationKind.Invocation);

    private static void Check(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (Named.Contains(call.TargetMethod.Name))
            CheckNamed(visit, call);
        else if (Partitions.Contains(call.TargetMethod.Name))
            CheckPartition(visit, call);
    }

    // options.AddFixedWindowLimiter("login", o => o.PermitLimit = 5)
    private static void CheckNamed(OperationVisit visit, IInvocationOperation call)
    {
        if (call.TargetMethod.ContainingType.Name != "RateLimiterOptionsExtensions" || Argument(call, "policyName") is not { } name || name.ReferencedSymbol() is { } symbol && Words.ContainAny(symbol.Name, Meant))
            return;
        if (name.ConstantValue is { HasValue: true, Value: string policy } && !Words.ContainAny(policy, Meant) && !Environments.IsForDevelopersOnly(call))
            visit.Report(call.CalledName(), policy);
    }

    // options.AddPolicy("login", context => RateLimitPartition.GetFixedWindowLimiter("login", ...)), or by the host, which is the shop's own
    private static void CheckPartition(OperationVisit visit, IInvocationOperation call)
    {
        if (call.TargetMethod.ContainingType.Name != "RateLimitPartition" || Argument(call, "partitionKey") is not { } key || Environments.IsForDevelopersOnly(call))
            return;
        if (key.ConstantValue is { HasValue: true, Value: string constant } && PolicyOf(call) is { } policy && !Words.ContainAny(constant, Meant) && !Words.ContainAny(policy, Meant))
            visit.Report(key, policy);
        else if (key.DescendantsAndSelf().FirstOrDefault(IsOwnHost) is { } host)
            visit.Report(key, Excerpt.Of(host));
    }

    private static IOperation? Argument(IInvocationOperation call, string name) => call.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == name)?.Value.WithoutConversions();

    private static string? PolicyOf(IInvocationOperation call) => call.Ancestors().OfType<IInvocationOperation>().FirstOrDefault(around => around.TargetMethod.Name == "AddPolicy") is { } policy
        && Argument(policy, "policyName")?.ConstantValue is { HasValue: true, Value: string name } ? name : null;

    // request.Headers.Host, request.Host: what every visitor of the shop types.
    private static bool IsOwnHost(IOperation operation) => operation is IPropertyReferenceOperation { Property: { Name: "Host", ContainingType.Name: "IHeaderDictionary" or "HttpRequest" } };
}

using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Resilience;

/// <summary>A lock across machines that somebody else loses or takes: freed without asking whose it is, or over before the payment is.</summary>
internal sealed class LostLock : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK5016",
        title: "A lock across machines is lost while it is needed",
        message: "'{0}' {1}: two requests run at once, and the customer pays twice; {2}",
        why: "A lock in Redis or a cache ends by itself. Whoever then deletes the key frees the lock of the next request, and a call that takes longer than the lock was never alone.");

    public LostLock() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        // By syntax: the client of Redis may not be at hand.
        on.Operation(CheckRelease, OperationKind.Invocation, OperationKind.Invalid);
        on.Operation(CheckLifetime, OperationKind.Invocation);
    }

    private static readonly HashSet<string> Locks = Words.SetOf("lock locks mutex lease semaphore");

    private static readonly HashSet<string> Comparing = new(StringComparer.Ordinal) { "ScriptEvaluate", "ScriptEvaluateAsync", "LockRelease", "LockReleaseAsync", "StringGet", "StringGetAsync", "GetString", "GetStringAsync", "Equals", "StringGetDelete", "AddCondition", "CreateTransaction" };

    // await db.KeyDeleteAsync(lockKey); in ReleaseLockAsync, in a finally
    private static void CheckRelease(OperationVisit visit)
    {
        if (visit.Operation.Syntax is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: { Identifier.ValueText: "KeyDelete" or "KeyDeleteAsync" or "RemoveAsync" or "Remove" } called, Expression: var store }, ArgumentList.Arguments: [{ Expression: var key }, ..] } call)
            return;
        if (visit.Operation is IInvalidOperation && visit.Operation.Ancestors().Any(ancestor => ancestor.Syntax == call))
            return;
        var isRedis = called.Identifier.ValueText.StartsWith("Key", StringComparison.Ordinal);
        if (!isRedis && (visit.Operation as IInvocationOperation)?.TargetMethod.ContainingType is not { Name: "IDistributedCache" or "DistributedCacheExtensions" })
            return;
        if (!Words.ContainAny(key.ToString(), Locks) && !(visit.Member is IMethodSymbol method && Words.Of(method.Name) is ["release" or "unlock" or "free" or "exit", ..] words && (words[0] == "unlock" || words.HaveAny(Locks))))
            return;
        // Somewhere in the member the value is compared, or a script does it.
        var member = call.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        if (member is null || member.DescendantNodes().Any(node => node is SimpleNameSyntax { Identifier.ValueText: var name } && Comparing.Contains(name)))
            return;
        visit.Report(called, called.Identifier.ValueText, "frees the lock without asking whose it is; after it ran out it is another request's", "keep the value that was set and delete the key only where it still has it, by a script or 'LockReleaseAsync'");
    }

    // AcquireLockAsync(key, TimeSpan.FromSeconds(30)) around a charge
    private static void CheckLifetime(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (Words.Of(call.TargetMethod.Name) is not [("acquire" or "take" or "obtain" or "get" or "try" or "lock" or "create" or "enter"), ..] words || !words.HaveAny(Locks) || IsRenewed(call.TargetMethod.ContainingType))
            return;
        foreach (var argument in call.Arguments)
        {
            if (Lifetime(argument) is not { } seconds || seconds > LongestCall)
                continue;
            if (call.EnclosingFunction().DescendantsInFunction().OfType<IInvocationOperation>().FirstOrDefault(paid => paid.Syntax.SpanStart > call.Syntax.Span.End && (Language.Payments.MovesMoney(paid) || Language.Payments.IsPayment(paid.TargetMethod.Name) && paid.Type is { Name: "Task" or "ValueTask" })) is { } payment)
                visit.Report(argument.Value, call.TargetMethod.Name, $"ends after {seconds:0.#} s, before '{payment.TargetMethod.Name}' must have answered", "make it longer than all attempts together, or renew it while they run");
            return;
        }
    }

    // An HTTP client waits for 100 seconds, and tries again where it has a policy.
    private const double LongestCall = 60;

    private static readonly HashSet<string> Lifetimes = Words.SetOf("timeout expiry expiration ttl lifetime duration lease time");

    private static double? Lifetime(IArgumentOperation argument)
    {
        if (argument.Parameter is not { Type.Name: "TimeSpan" or "Nullable", Name: var name } || !Words.ContainAny(name, Lifetimes) || Words.ContainAny(name, Waits))
            return null;
        return argument.Value.WithoutConversions() is IInvocationOperation { TargetMethod: { Name: "FromSeconds" or "FromMilliseconds" or "FromMinutes", ContainingType.Name: "TimeSpan" } unit, Arguments: [{ Value: var amount }, ..] } && amount.ConstantNumber() is { } number
            ? (double)number * (unit.Name == "FromSeconds" ? 1 : unit.Name == "FromMinutes" ? 60 : 0.001) : null;
    }

    private static readonly HashSet<string> Waits = Words.SetOf("wait retry acquire acquisition acquiring");

    // These renew what they hold.
    private static bool IsRenewed(INamedTypeSymbol? type) => type is null || type.Name.Contains("RedLock") || type.NamespaceName()?.StartsWith("Medallion", StringComparison.Ordinal) == true;
}

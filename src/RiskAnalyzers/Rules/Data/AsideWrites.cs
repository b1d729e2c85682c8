using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Data;

/// <summary>What may be lost alone, and what the outside world is told in between.</summary>
internal static class AsideWrites
{
    // Traces, messages, caches.
    private static readonly HashSet<string> Aside = Words.SetOf("audit log logs history outbox notification notifications email event events message messages cache session sessions activity metric metrics telemetry statistic statistics note notes setting settings attribute attributes field fields label labels comment comments tag tags search terms preference preferences review reviews rating ratings newsletter logger");

    /// <summary>Whether the method's name, its type, the store or the row that it is given speaks of such things.</summary>
    public static bool Are(IInvocationOperation call)
    {
        if (IsNamed(call.TargetMethod) || call.TargetMethod.ContainingType is { } type && Words.ContainAny(type.Name, Aside) || call.Instance.ReferencedSymbol() is { } store && Words.ContainAny(store.Name, Aside))
            return true;
        return call.Arguments.Any(argument => argument.Value.WithoutConversions().Type is INamedTypeSymbol { TypeKind: TypeKind.Class } entity && Words.ContainAny(entity.Name, Aside));
    }

    /// <summary>Whether the method's own name does.</summary>
    public static bool IsNamed(IMethodSymbol method) => Words.ContainAny(method.Name, Aside);

    /// <summary>Whether somebody else hears of it, or money moves: that cannot be taken back with a row.</summary>
    public static bool TellOutside(IInvocationOperation call, Persistence persistence) => (persistence.Of(call) & DataReach.Remote) != 0 || Language.Payments.MovesMoney(call) || IsTold(call);

    private static bool IsTold(IInvocationOperation call) => Words.Of(call.TargetMethod.Name) is [var verb, ..]
        && verb is "send" or "publish" or "notify" or "enqueue" or "dispatch" or "charge" or "capture" or "refund" or "pay" or "post" or "upload" or "email" or "raise" or "call" or "invoke" or "sign" or "schedule" or "emit";
}

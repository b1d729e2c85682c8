using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Resilience;

/// <summary>How long a constant time is.</summary>
internal static class TimeSpans
{
    /// <summary>Whether the value means for ever: <c>Timeout.InfiniteTimeSpan</c>, <c>TimeSpan.MaxValue</c>, <c>Timeout.Infinite</c>, -1 milliseconds.</summary>
    public static bool IsEndless(IOperation value)
    {
        value = value.WithoutConversions();
        return value is IFieldReferenceOperation { Field: { Name: "InfiniteTimeSpan" or "Infinite", ContainingType.Name: "Timeout" } or { Name: "MaxValue", ContainingType.Name: "TimeSpan" } }
            || value.IsConstant(-1)
            || value is IInvocationOperation { TargetMethod: { Name: "FromMilliseconds", ContainingType.Name: "TimeSpan" }, Arguments: [{ Value: var milliseconds }, ..] } && milliseconds.IsConstant(-1);
    }

    /// <summary>The constant length in seconds, or null.</summary>
    public static decimal? Seconds(IOperation value)
    {
        value = value.WithoutConversions();
        if (value is IInvocationOperation { TargetMethod: { ContainingType.Name: "TimeSpan", Name: var name }, Arguments: [{ Value: var amount }, ..] })
        {
            var unit = name switch { "FromMilliseconds" => 0.001m, "FromSeconds" => 1m, "FromMinutes" => 60m, "FromHours" => 3600m, "FromDays" => 86400m, _ => 0m };
            return unit == 0m ? null : amount.ConstantNumber() * unit;
        }
        if (value is IObjectCreationOperation { Type.Name: "TimeSpan", Arguments: { Length: 3 } parts })
            return parts[0].Value.ConstantNumber() * 3600 + parts[1].Value.ConstantNumber() * 60 + parts[2].Value.ConstantNumber();
        return null;
    }
}

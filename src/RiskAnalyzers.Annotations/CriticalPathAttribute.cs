namespace RiskAnalyzers;

/// <summary>
/// Puts code on a critical path: an area of the product, such as checkout, pricing or accounts, where a fault takes the
/// product down or loses money. Members, nested types, derived types, overrides and implementations inherit it.
/// </summary>
[AttributeUsage(
    AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface | AttributeTargets.Enum
    | AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property | AttributeTargets.Event | AttributeTargets.Field
    | AttributeTargets.Delegate,
    Inherited = true)]
public sealed class CriticalPathAttribute : Attribute
{
    /// <summary>Puts the code on the named path.</summary>
    /// <param name="path">The path's name, for example <c>checkout</c>. Messages show it and options may refer to it.</param>
    public CriticalPathAttribute(string path) => Path = path;

    /// <summary>The path's name.</summary>
    public string Path { get; }
}

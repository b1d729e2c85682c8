namespace RiskAnalyzers.CriticalPaths;

/// <summary>A critical path and why some code is on it.</summary>
/// <param name="Name">The path's name, for example <c>checkout</c>.</param>
/// <param name="Origin">What put the code there.</param>
internal sealed record CriticalPath(string Name, PathOrigin Origin)
{
    /// <summary>The calls that lead here, from the critical member on; empty where the code is critical by itself.</summary>
    public ImmutableArray<string> Chain { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>The path as messages show it: its name, and the calls that lead to code that is on it by them alone.</summary>
    public string Description => Chain.Length < 2 ? Name : Name + ": " + string.Join(" > ", Chain);

    /// <summary>Whether a person said so (attribute or configuration). Only such code is critical whatever it is called and whatever its header says.</summary>
    public bool IsExplicit => Origin is PathOrigin.Attribute or PathOrigin.File or PathOrigin.Pattern;
}

/// <summary>The ways onto a critical path, in the order in which they are asked.</summary>
internal enum PathOrigin
{
    Attribute,
    File,
    Pattern,
    Convention,
    Call,
}

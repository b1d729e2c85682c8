namespace RiskAnalyzers.Language;

/// <summary>What a call does beyond the process.</summary>
[Flags]
internal enum DataReach
{
    None = 0,

    /// <summary>Reads from a database.</summary>
    Query = 1,

    /// <summary>Writes to a database, at once.</summary>
    Save = 2,

    /// <summary>Talks to another service.</summary>
    Remote = 4,
}

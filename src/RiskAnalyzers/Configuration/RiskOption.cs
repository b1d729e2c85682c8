namespace RiskAnalyzers.Configuration;

/// <summary>One <c>.editorconfig</c> key of ours: its name, what it means, and what it accepts. Declared beside the code that reads it.</summary>
internal abstract class RiskOption
{
    /// <summary>Every key of ours starts with this.</summary>
    public const string Prefix = "risk_analyzers.";

    protected RiskOption(string name, string defaultText, string meaning)
    {
        Key = Prefix + name;
        DefaultText = defaultText;
        Meaning = meaning;
    }

    /// <summary>The full key, lower case.</summary>
    public string Key { get; }

    /// <summary>The default as documentation shows it.</summary>
    public string DefaultText { get; }

    /// <summary>One sentence for the documentation.</summary>
    public string Meaning { get; }

    /// <summary>What is wrong with the value, or null where it is right. RISK0005 shows it.</summary>
    public abstract string? Complaint(string value);
}

/// <summary>A key with a typed value.</summary>
internal sealed class RiskOption<T> : RiskOption
{
    private readonly Func<string, (bool Valid, T Value)> _parse;
    private readonly string _expected;
    private readonly T _default;

    public RiskOption(string name, T @default, string defaultText, string meaning, string expected, Func<string, (bool, T)> parse)
        : base(name, defaultText, meaning)
    {
        _default = @default;
        _expected = expected;
        _parse = parse;
    }

    /// <summary>The value in force; the default where the key is absent or its value is unreadable (RISK0005 reports that).</summary>
    public T In(AnalyzerConfigOptions options) =>
        options.TryGetValue(Key, out var text) && _parse(text.Trim()) is (true, var value) ? value : _default;

    public override string? Complaint(string value) => _parse(value.Trim()).Valid ? null : $"expected {_expected}";
}

/// <summary>The kinds of values that our keys take.</summary>
internal static class RiskOptions
{
    public static RiskOption<bool> Flag(string name, bool @default, string meaning) =>
        new(name, @default, @default ? "true" : "false", meaning, "true or false", text =>
            bool.TryParse(text, out var value) ? (true, value) : (false, @default));

    /// <summary>A whole number, zero or more.</summary>
    public static RiskOption<int> Number(string name, int @default, string meaning) =>
        new(name, @default, @default.ToString(System.Globalization.CultureInfo.InvariantCulture), meaning, "a whole number, zero or more", text =>
            int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var value) ? (true, value) : (false, @default));

    /// <summary>A list separated by commas (Roslyn cuts values at semicolons).</summary>
    public static RiskOption<ImmutableArray<string>> List(string name, string meaning) =>
        new(name, ImmutableArray<string>.Empty, "(empty)", meaning, "a list separated by commas", text => (true, Items(text)));

    public static RiskOption<string?> Text(string name, string meaning) =>
        new(name, null, "(unset)", meaning, "a name", text => text.Length > 0 ? (true, text) : (false, null));

    public static RiskOption<string> Choice(string name, string meaning, params string[] choices) =>
        new(name, choices[0], choices[0], meaning, "one of " + string.Join(", ", choices), text =>
            Array.Find(choices, choice => choice.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } choice ? (true, choice) : (false, choices[0]));

    public static ImmutableArray<string> Items(string text)
    {
        var items = ImmutableArray.CreateBuilder<string>();
        foreach (var part in text.Split(','))
        {
            if (part.Trim() is { Length: > 0 } item)
                items.Add(item);
        }
        return items.ToImmutable();
    }
}

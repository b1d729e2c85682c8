namespace RiskAnalyzers.Language;

/// <summary>What <c>true</c> means in a member of a given name.</summary>
internal enum Polarity
{
    /// <summary>The name decides nothing: <c>ShouldRetry</c>, <c>IsTransient</c>, <c>Contains</c>.</summary>
    Neutral,

    /// <summary><c>true</c> lets something happen: <c>CanPlaceOrder</c>, <c>IsAuthorized</c>, <c>VerifySignature</c>.</summary>
    Allow,

    /// <summary><c>true</c> stops something: <c>IsFraudulent</c>, <c>IsRevoked</c>, <c>HasExpired</c>.</summary>
    Deny,
}

/// <summary>Reads the polarity of a boolean member off its name.</summary>
internal static class Polarities
{
    private static readonly HashSet<string> NeutralWords = Words.SetOf("retry retryable retries transient cached cache loaded empty null default debug log logged logging visible dirty changed test mobile ajax dismiss dismissible html");

    private static readonly HashSet<string> DenyWords = Words.SetOf(
        "fraud fraudulent suspicious blocked block blacklisted banned expired expire revoked locked lockout denied deny rejected reject duplicate invalid failed failure error risky risk breached "
        + "exceeded exceeds limited throttled disabled deleted cancelled canceled suspended forbidden refused missing unavailable required requires replayed replay tampered compromised spam bot over");

    private static readonly HashSet<string> AllowVerbs = Words.SetOf("can may validate verify check authorize authorise authenticate approve confirm ensure allow allows permit");

    private static readonly HashSet<string> AllowWords = Words.SetOf(
        "valid authorized authorised allowed active eligible permission permissions access verified approved permitted trusted authentic authenticated available sufficient enough owner owns paid "
        + "signature role admin genuine legitimate safe clean stock funds balance credit entitled granted acceptable accepted member logged correct match matches unique");

    private static readonly HashSet<string> Questions = Words.SetOf("is has are was should does in user");

    public static Polarity Of(string name)
    {
        var words = Words.Of(name);
        if (words.IsEmpty || words.HaveAny(NeutralWords))
            return Polarity.Neutral;
        if (words.HaveAny(DenyWords))
            // "IsExpired" stops something and "IsNotExpired" lets it happen; what "CheckFraud" answers nobody can tell.
            return words.Contains("not") ? Polarity.Allow : AllowVerbs.Contains(words[0]) ? Polarity.Neutral : Polarity.Deny;
        if (AllowVerbs.Contains(words[0]) || words[0] == "try" && words.Length > 1 && AllowVerbs.Contains(words[1]))
            return Polarity.Allow;
        return (Questions.Contains(words[0]) || words.Length == 1) && words.HaveAny(AllowWords) ? Polarity.Allow : Polarity.Neutral;
    }
}

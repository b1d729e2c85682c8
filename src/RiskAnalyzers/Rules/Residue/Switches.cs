using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Residue;

/// <summary>Names of switches that turn a check off: <c>skipFraudCheck</c> when true, <c>VerifySignature</c> when false.</summary>
internal static class Switches
{
    private static readonly HashSet<string> OffVerbs = Words.SetOf("skip skips skipping bypass bypasses ignore ignores disable disables suppress omit no without");
    private static readonly HashSet<string> OnVerbs = Words.SetOf("require requires validate validates verify verifies check checks enforce enforces ensure authenticate authorize");

    private static readonly HashSet<string> Protected = Words.SetOf(
        "check checks validation validations validate verification verify authorization authorisation auth authentication permission permissions payment payments limit limits stock inventory signature signatures certificate certificates ssl tls "
        + "card cards ownership owner password passwords mfa otp kyc age fraud captcha recaptcha csrf antiforgery xsrf lockout approval approvals expiry expiration expired duplicate duplicates idempotency identity cvv cvc avs security quota review nonce replay "
        + "balance funds signed acl access roles role tokens token webhook webhooks rules confirmed unique authenticated twofactor");

    private static readonly HashSet<string> Unsafe = Words.SetOf(
        "anonymous untrusted unauthenticated unverified unsigned insecure negative duplicate duplicates expired overdraft oversell overselling invalid anyone everyone all any overpayment underpayment weak plaintext selfsigned");

    // What such a word also stands beside without any harm.
    private static readonly HashSet<string> Harmless = Words.SetOf("case whitespace null nulls empty culture query queries filter filters accents comments tracking update updates unknown missing optional scopes only result results cache caching log logging telemetry rows lines header headers");

    /// <summary>Whether the switch turns a check off when it has the value.</summary>
    public static bool IsOff(string name, bool value) => value ? IsOffWhenTrue(name) : IsOffWhenFalse(name);

    /// <summary>Whether the switch turns a check off, or lets in what a check would stop, when it is true.</summary>
    public static bool IsOffWhenTrue(string name)
    {
        var words = Words.Of(name);
        for (var i = 0; i + 1 < words.Length; i++)
        {
            if (words.HaveAny(Harmless))
                return false;
            if (i < 2 && OffVerbs.Contains(words[i]) && words.Skip(i + 1).Any(Protected.Contains))
                // Without payments nothing is sold; without a check of them everything is.
                return words[i] is not ("disable" or "disables" or "no") || words[words.Length - 1] is not ("payment" or "payments" or "password" or "passwords" or "token" or "tokens" or "access" or "review" or "stock" or "role" or "roles" or "inventory");
            if (words[i] is "allow" or "allows" or "accept" or "accepts" or "permit" && Unsafe.Contains(words[i + 1]) && words.Length > i + 1)
                return words[i + 1] is not ("all" or "any" or "duplicate" or "duplicates") || words.Length > i + 2;
            if (words[i] == "trust" && words[i + 1] is "all" or "any" or "server" or "client" or "caller" or "forwarded")
                return words[i] == "trust";
        }
        return false;
    }

    /// <summary>Whether the switch turns a check off when it is false.</summary>
    public static bool IsOffWhenFalse(string name)
    {
        var words = Words.Of(name);
        if (words.Length < 2 || words.HaveAny(Harmless) || words.HaveAny(OffVerbs))
            return false;
        for (var i = 0; i + 1 < words.Length; i++)
        {
            if (OnVerbs.Contains(words[i]) && words.Skip(i + 1).Any(Protected.Contains) || words[i] is "enable" or "use" or "run" && words.Skip(i + 1).Any(Checks.Contains))
                return true;
        }
        // SignatureValidationEnabled, Fraud:Enabled
        return words[words.Length - 1] is "enabled" or "required" or "enforced" && words.Take(words.Length - 1).Any(Checks.Contains);
    }

    // What is a check whatever verb stands before it.
    private static readonly HashSet<string> Checks = Words.SetOf("validation verification check checks fraud captcha recaptcha lockout antiforgery signature signatures authorization");
}

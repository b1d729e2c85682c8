using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Residue;

/// <summary>What a text looks like: a credential, a placeholder for one, or merely a name.</summary>
internal static class SecretText
{
    private const int KeyLength = 12;
    private const double KeyEntropy = 2.7;

    // What keys of known services begin with, and how long the whole is at least.
    private static readonly (string Prefix, int Length)[] Prefixes =
    {
        ("sk_live_", 16), ("sk_test_", 16), ("rk_live_", 16), ("rk_test_", 16), ("whsec_", 14), ("ghp_", 20), ("gho_", 20), ("github_pat_", 24), ("glpat-", 16), ("xoxb-", 20), ("xoxp-", 20), ("AKIA", 20), ("AIza", 30),
        ("sk-", 24), ("SG.", 30), ("shpat_", 20), ("shpss_", 20), ("sq0csp-", 20), ("dop_v1_", 20), ("npm_", 20), ("rzp_live_", 16), ("rzp_test_", 16), ("-----BEGIN", 26), ("EAAAE", 30),
    };

    // Told by their letters and digits alone, so that "your-256-bit-secret" and "YOUR_SECRET" are one.
    private static readonly string[] Placeholders =
    {
        "yoursecret", "yoursuper", "yourkey", "yourapi", "yourpassword", "yourstrong", "yourjwt", "yourtoken", "yoursigning", "yourvery", "yourlong", "yourprivate", "yourencryption", "yourwebhook", "yourstripe", "your256", "your32", "yourown",
        "changeme", "changethis", "changeit", "changein", "pleasechange", "replaceme", "replacewith", "replacethis", "replacein", "supersecret", "superstrong", "supersafe", "mysecret", "mysuper", "myverysecret", "topsecret", "verysecret", "thisisa", "thisismy", "thisisthe",
        "placeholder", "dummykey", "dummysecret", "dummytoken", "dummypassword", "fakekey", "fakesecret", "faketoken", "testsecret", "testkey", "devsecret", "devkey", "devonly", "developmentkey", "developmentsecret", "developmentonly", "insecure",
        "notasecret", "notsosecret", "donotuse", "dontuse", "atleast32", "atleast16", "atleast64", "32char", "64char", "32byte", "256bit", "512bit", "samplekey", "samplesecret", "examplekey", "examplesecret", "defaultsecret", "defaultkey", "fallbacksecret", "fallbackkey",
        "securekey", "secretkeyfor", "somesecret", "somekey", "secret123", "secretkey1", "abcdefgh", "12345678", "insertyour", "enteryour", "addyour", "putyour",
    };

    private static readonly HashSet<string> WeakPasswords = new(
        "password passw0rd admin administrator guest postgres root secret test changeme letmein qwerty sa welcome pass demo default mysql rabbitmq redis mongo user secretpassword adminpassword superadmin".Split(' '), StringComparer.OrdinalIgnoreCase);

    private static readonly string[] PasswordFields = { "password=", "pwd=", "accountkey=", "sharedaccesskey=", "accesskey=", "secretkey=" };

    /// <summary>Whether the text is a credential wherever it stands: a provider's key, a private key, a connection string with its password.</summary>
    public static bool IsCredential(string text)
    {
        foreach (var (prefix, length) in Prefixes)
        {
            if (text.Length >= length && text.StartsWith(prefix, StringComparison.Ordinal))
                return prefix[0] == '-' ? text.Contains("PRIVATE KEY") : !HasSpace(text) && text.IndexOf("...", StringComparison.Ordinal) < 0;
        }
        return IsToken(text) || HasPassword(text) || HasUserInfo(text);
    }

    /// <summary>Whether the text is one that is used as a secret, and not the name of one, a label, a message or an address.</summary>
    public static bool Suits(string text, SecretUse use)
    {
        if (!text.Any(char.IsLetterOrDigit) || text.IndexOf('{') >= 0 && text.IndexOf('}') >= 0 || text[text.Length - 1] == '*')
            return false;
        if (use.IsCertain)
            return true;
        if (IsAddress(text) || IsNameOf(text, use.Name))
            return false;
        if (IsPlaceholder(text) || Prefixes.Any(known => known.Prefix.Length > 3 && text.StartsWith(known.Prefix, StringComparison.Ordinal)))
            return true;
        if (HasSpace(text))
            return false;
        var digits = text.Count(char.IsDigit);
        return use.Kind switch
        {
            SecretKind.Password => !use.IsConstant && WeakPasswords.Contains(text) || digits > 0 && text.Length >= 5 && !IsLabel(text, use.IsConstant ? 2 : 0),
            SecretKind.OneTime => digits == text.Length && text.Length is >= 4 and <= 8 && !use.IsConstant,
            _ => text.Length >= KeyLength && !IsLabel(text, 3) && Entropy(text) >= KeyEntropy && (digits > 0 || text.Any(char.IsPunctuation)),
        };
    }

    /// <summary>Whether the text is a URL, a path or a media type.</summary>
    public static bool IsAddress(string text) => text.IndexOf("://", StringComparison.Ordinal) >= 0 || text[0] is '/' or '~' or '.' or '#' || text.IndexOf('\\') >= 0 && text.IndexOf(":\\", StringComparison.Ordinal) == 1;

    /// <summary>The beginning of the text, which tells its kind and does not give it away.</summary>
    public static string Shown(string text) => HasPassword(text) || HasUserInfo(text) ? "connection string" : text.Substring(0, Math.Min(8, text.Length)) + "...";

    private static bool IsPlaceholder(string text)
    {
        var letters = string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();
        return Placeholders.Any(letters.Contains);
    }

    // ClientSecret = "client_secret": the text repeats the name.
    private static bool IsNameOf(string text, string name)
    {
        var words = Words.Of(text);
        var named = Words.Of(name);
        return words.Length > 0 && words.All(word => word.All(char.IsLetter) && named.Contains(word));
    }

    // Words between separators, each with few digits: X-Api-Key, jwt_secret, reset-password-v2.
    private static bool IsLabel(string text, int digits)
    {
        foreach (var part in text.Split('-', '_', '.', ':', '/', ' '))
        {
            var letters = part.TakeWhile(char.IsLetter).Count();
            if (part.Length - letters > digits || part.Skip(letters).Any(c => !char.IsDigit(c)) || letters == 0 && part.Length > 0)
                return false;
            // Upper and lower case in no order of words: base64, not a name.
            if (Words.Of(part).Length > Math.Max(3, part.Length / 4))
                return false;
        }
        return true;
    }

    private static bool IsToken(string text) => text.Length > 40 && text.StartsWith("eyJ", StringComparison.Ordinal) && text.Count(c => c == '.') == 2 && !HasSpace(text);

    private static bool HasPassword(string text)
    {
        // A connection string begins with a field; prose, help and commented-out lines of settings do not.
        var equals = text.IndexOf('=');
        if (text.IndexOf(';') < 0 && text.IndexOf(',') < 0 || equals <= 0 && !text.StartsWith(";", StringComparison.Ordinal) || text.Take(Math.Max(equals, 0)).Any(c => c is '#' or '\'' or '"'))
            return false;
        foreach (var field in PasswordFields)
        {
            var at = text.IndexOf(field, StringComparison.OrdinalIgnoreCase);
            var value = at + field.Length;
            if (at >= 0 && value < text.Length && (at == 0 || text[at - 1] is ';' or ' ' or ',') && text[value] is not (';' or '{' or '$' or '<' or ' ' or '*' or ','))
                return true;
        }
        return false;
    }

    // amqp://user:password@host
    private static bool HasUserInfo(string text)
    {
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme <= 0 || HasSpace(text) || !text.Take(scheme).All(c => char.IsLetterOrDigit(c) || c is '+'))
            return false;
        var at = text.IndexOf('@', scheme);
        var path = text.IndexOf('/', scheme + 3);
        if (at < 0 || path >= 0 && path < at)
            return false;
        var colon = text.IndexOf(':', scheme + 3);
        return colon > scheme + 3 && colon < at - 1 && text[colon + 1] is not ('{' or '$' or '<' or '*');
    }

    private static bool HasSpace(string text) => text.Any(char.IsWhiteSpace);

    private static double Entropy(string text)
    {
        var entropy = 0.0;
        foreach (var group in text.GroupBy(c => c))
        {
            var share = (double)group.Count() / text.Length;
            entropy -= share * Math.Log(share, 2);
        }
        return entropy;
    }
}

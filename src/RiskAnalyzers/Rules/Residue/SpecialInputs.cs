using System.Text.RegularExpressions;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Residue;

/// <summary>Values that tell one customer, card, order or product from another, and literals that look like one of them.</summary>
internal static class SpecialInputs
{
    private static readonly HashSet<string> Identity = Words.SetOf("id email mail username login user password pwd pin otp code token sku card number pan iban phone key apikey coupon voucher promo reference account secret subject owner");

    // Ids and codes of which there are a few, each with a meaning.
    private static readonly HashSet<string> Kinds = Words.SetOf(
        "status state type kind role category method country currency language locale culture region zip postal error response result http exit reason provider gateway scheme event action mode level tier plan version format status store "
        + "shipping tenant header claim grant algorithm media content mime message severity channel source warehouse log tax iso decline failure sql phase step page line sequence key name process thread vat");

    private static readonly HashSet<string> Decisive = Words.SetOf("email username password coupon voucher promo card otp pin");

    private static readonly HashSet<string> TestWords = Words.SetOf("test demo admin root password secret dummy fake sample example foo bar letmein guest user magic master superuser backdoor debug");

    private static readonly Regex Email = new(@"^[\w.+-]+@[\w-]+(\.[\w-]+)+$", RegexOptions.CultureInvariant);
    private static readonly Regex Card = new(@"^(\d[ -]?){13,19}$", RegexOptions.CultureInvariant);
    private static readonly Regex Otp = new(@"^\d{4,8}$", RegexOptions.CultureInvariant);
    private static readonly Regex Code = new(@"^(?=.*\d)(?=.*[A-Za-z])[A-Za-z]+([-_]?[A-Za-z0-9]+)*$", RegexOptions.CultureInvariant);

    /// <summary>Whether the subject tells things of the shop apart and the literal is one particular of them.</summary>
    /// <param name="subject">What is compared.</param>
    /// <param name="literal">What it is compared with.</param>
    /// <param name="member">The member that compares; it tells a coupon's code from a service's.</param>
    public static bool IsSpecial(IOperation subject, IOperation literal, ISymbol member)
    {
        // A constant with a name is a decision that somebody wrote down.
        literal = literal.WithoutConversions();
        if (literal is not ILiteralOperation { ConstantValue: { HasValue: true, Value: var value } } || value is null or bool)
            return false;
        if (NameOf(subject) is not { } name || Words.Of(name) is not { IsEmpty: false } words || !words.HaveAny(Identity))
            return false;
        if (words.Any(word => Kinds.Contains(word) && !(word == "name" && words.Contains("user"))) && !words.HaveAny(Decisive))
            return false;
        return value switch
        {
            int number => IsId(words) && number > 0,
            long number => IsId(words) && number > 0,
            string text => IsParticular(text, words, member),
            _ => false,
        };
    }

    /// <summary>Whether a password, token or key that somebody sends is compared with one that stands in the code.</summary>
    public static bool IsWrittenSecret(IOperation subject, IOperation literal) =>
        literal.WithoutConversions() is ILiteralOperation { ConstantValue: { HasValue: true, Value: string { Length: >= 6 } text } } && text.IndexOf(' ') < 0 && NameOf(subject) is { } name && Words.Of(name) is { IsEmpty: false } words
        && words[words.Length - 1] switch
        {
            "password" or "pwd" or "secret" or "passcode" or "passphrase" or "apikey" => true,
            "key" => words.Length > 1 && words[words.Length - 2] is "api" or "access" or "admin" or "secret" or "webhook",
            "token" => true,
            _ => false,
        } && Drawn.IsMatch(text);

    // A word of a protocol is written in one case and without digits: bearer, undefined.
    private static readonly Regex Drawn = new(@"\d|[-_!$%&*#]|[a-z][A-Z]", RegexOptions.CultureInvariant);

    /// <summary>Whether a prefix or suffix marks test data: <c>test_</c>, <c>@example.com</c>.</summary>
    public static bool IsTestMark(IOperation literal, ISymbol member) => literal.WithoutConversions() is ILiteralOperation { ConstantValue: { HasValue: true, Value: string text } }
        && (Words.ContainAny(text, TestWords) || text.IndexOf('@') == 0 || IsCardPrefix(text, member));

    // The first digits of a card tell its brand, which is a text; they decide nothing.
    private static bool IsCardPrefix(string text, ISymbol member) =>
        text.Length >= 4 && text.All(char.IsDigit) && member is IMethodSymbol { ReturnType: var answer } && answer.AwaitedType() is { SpecialType: not SpecialType.System_String, TypeKind: not TypeKind.Enum };

    /// <summary>The name of what is compared, through <c>ToLower</c> and <c>Trim</c>; null where it has none.</summary>
    public static string? NameOf(IOperation subject)
    {
        subject = subject.WithoutAwait();
        while (subject is IInvocationOperation { Instance: { } inner, TargetMethod.Name: "ToLower" or "ToLowerInvariant" or "ToUpper" or "ToUpperInvariant" or "Trim" or "ToString" or "Replace" })
            subject = inner.WithoutAwait();
        if (subject is IInvocationOperation or ILiteralOperation)
            return null;
        return subject.ReferencedSymbol()?.Name;
    }

    private static readonly HashSet<string> Coded = Words.SetOf("coupon coupons discount discounts promo promotion promotions voucher vouchers otp verify verification confirm reset redeem");

    private static readonly HashSet<string> Persons = Words.SetOf("user customer account order product owner merchant employee member client buyer seller invoice payment wallet card basket cart vendor");

    private static bool IsId(ImmutableArray<string> words) => words is ["id"] || words.Length < 4 && words[words.Length - 1] is "id" && Persons.Contains(words[words.Length - 2]) && words[0] is not ("search" or "active" or "published");

    private static bool IsParticular(string text, ImmutableArray<string> words, ISymbol member)
    {
        if (text.Length < 3)
            return false;
        if (Email.IsMatch(text) || Guid.TryParse(text, out _))
            return true;
        var last = words[words.Length - 1];
        if (words.Contains("card") || words.Contains("pan"))
            return Card.IsMatch(text) || Otp.IsMatch(text);
        if (last is "otp" or "pin" || words.Contains("otp"))
            return Otp.IsMatch(text);
        if (words.Any(word => word is "password" or "pwd" or "secret"))
            return true;
        if (words.Any(word => word is "username" or "login" or "user" or "owner" or "email" or "account" or "subject"))
            return Words.ContainAny(text, TestWords) || Otp.IsMatch(text);
        if (words.Any(word => word is "coupon" or "voucher" or "promo" or "sku") || words is ["code"] && (Words.ContainAny(member.Name, Coded) || Words.ContainAny(member.ContainingType?.Name ?? "", Coded)))
            return Code.IsMatch(text) || text.All(c => char.IsUpper(c)) && text.Length > 3 || Otp.IsMatch(text);
        return Words.ContainAny(text, TestWords) || (last is "reference" or "token" or "number" || IsId(words)) && Code.IsMatch(text);
    }
}

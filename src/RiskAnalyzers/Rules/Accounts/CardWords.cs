using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>Which members and parameters hold a whole card number, and which its security code.</summary>
internal static class CardWords
{
    private static readonly HashSet<string> Codes = Words.SetOf("cvv cvc cvn csc cvv2 cvc2");

    private static readonly HashSet<string> Partial = Words.SetOf("masked mask last first hash hashed encrypted token tokenized result check response status length is has valid required");

    private static readonly WordSequences CodePhrases = new("card security code|card security number|security code|card verification value|card verification number|card verification code|card code|verification value");

    private static readonly WordSequences NumberPhrases = new("card number|card no|card num|credit card|card pan|cardnumber|creditcardnumber");

    /// <summary>Whether the symbol holds the three or four digits from the back of a card.</summary>
    public static bool IsCode(ISymbol symbol) => IsText(symbol) && Words.Of(symbol.Name) is var words && !words.HaveAny(Partial)
        && (words.HaveAny(Codes) || CodePhrases.StandIn(symbol.Name) || words is ["security", "number"] && IsOfCard(symbol));

    /// <summary>Whether the symbol holds the digits from the front of a card.</summary>
    public static bool IsNumber(ISymbol symbol) => IsText(symbol) && Words.Of(symbol.Name) is var words && !words.HaveAny(Partial)
        && (words is ["pan"] || words is ["number"] && IsOfCard(symbol) || NumberPhrases.StandIn(symbol.Name));

    private static bool IsOfCard(ISymbol symbol) => symbol.ContainingType is { } type && Words.Of(type.Name).Any(word => word is "card" or "cards" or "creditcard");

    private static bool IsText(ISymbol symbol) => Secrets.TypeOf(symbol).WithoutNullable() is { SpecialType: SpecialType.System_String or SpecialType.System_Int32 or SpecialType.System_Int64 };
}

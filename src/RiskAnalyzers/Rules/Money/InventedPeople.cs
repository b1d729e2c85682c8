using System.Text.RegularExpressions;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Money;

/// <summary>What is told about a buyer and stands in the code: an identity number, an address of the network, a telephone number.</summary>
internal static class InventedPeople
{
    private static readonly Regex Address = new(@"^\d{1,3}(\.\d{1,3}){3}$|^::1$", RegexOptions.CultureInvariant);
    private static readonly Regex Digits = new(@"^[+\d][\d\s()./-]{5,}$", RegexOptions.CultureInvariant);
    private static readonly Regex Mail = new(@"^[^@\s{}]+@[^@\s{}]+\.\w+$", RegexOptions.CultureInvariant);

    private static readonly HashSet<string> Networks = Words.SetOf("ip ipaddress ipv4");

    private static readonly HashSet<string> Identities = Words.SetOf("identity national tckn tc ssn passport tax vat citizen");

    private static readonly HashSet<string> Telephones = Words.SetOf("phone gsm mobile telephone msisdn cellphone");

    private static readonly HashSet<string> Mails = Words.SetOf("email mail");

    private static readonly HashSet<string> People = Words.SetOf("buyer customer payer cardholder holder shopper billing consumer payment charge checkout shipping recipient order user client");

    private static readonly HashSet<string> Settings = Words.SetOf("option options settings config configuration smtp sender from support company shop store merchant proxy server host listener endpoint");

    /// <summary>What the literal is told of, where it stands for something of a buyer; else null.</summary>
    public static string? Told(ILiteralOperation literal, string text)
    {
        if (!(char.IsDigit(text[0]) || text[0] is '+' or ':' || text.IndexOf('@') > 0) || TargetOf(literal.Syntax) is not var (name, holder) || Words.Of(name) is not { IsEmpty: false } words || words.HaveAny(Settings))
            return null;
        // The rows that a model starts with are of the shop's own people.
        if (literal.Ancestor<IInvocationOperation>()?.TargetMethod.Name == "HasData" || literal.Syntax.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } around && (around.Identifier.ValueText.EndsWith("DbContext", StringComparison.Ordinal) || around.BaseList?.Types.Any(parent => TypeNames.Of(parent.Type)?.EndsWith("DbContext", StringComparison.Ordinal) == true) == true))
            return null;
        var isOfPerson = Words.ContainAny(holder, People) || words.HaveAny(People);
        if (words.HaveAny(Networks))
            return Address.IsMatch(text) && !Words.ContainAny(holder, Settings) ? name : null;
        if (!isOfPerson || Words.ContainAny(holder, Settings))
            return null;
        return words.HaveAny(Identities) && Digits.IsMatch(text) || words.HaveAny(Telephones) && Digits.IsMatch(text) || words.HaveAny(Mails) && Mail.IsMatch(text) ? name : null;
    }

    // By syntax, since the provider's library need not be at hand: buyer.Ip = "...", new Buyer { Ip = "..." }, Ip = context.Ip ?? "...".
    private static (string Name, string Holder)? TargetOf(SyntaxNode literal)
    {
        var value = literal;
        while (value.Parent is ParenthesizedExpressionSyntax || value.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } fallback && fallback.Right == value)
            value = value.Parent;
        if (value.Parent is not AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: var left } assignment || assignment.Right != value)
            return null;
        return left switch
        {
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: var member, Expression: var owner } => (member, owner.ToString()),
            IdentifierNameSyntax { Identifier.ValueText: var member } when assignment.Parent is InitializerExpressionSyntax { Parent: ObjectCreationExpressionSyntax { Type: var type } } => (member, type.ToString()),
            IdentifierNameSyntax { Identifier.ValueText: var member } when assignment.Parent is InitializerExpressionSyntax { Parent: AssignmentExpressionSyntax { Left: var nested } } => (member, nested.ToString()),
            IdentifierNameSyntax { Identifier.ValueText: var member } when assignment.Parent is InitializerExpressionSyntax { Parent: ImplicitObjectCreationExpressionSyntax { Parent: AssignmentExpressionSyntax { Left: var nested } } } => (member, nested.ToString()),
            _ => null,
        };
    }
}

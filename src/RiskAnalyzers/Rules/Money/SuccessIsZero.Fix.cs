namespace RiskAnalyzers.Rules.Money;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class SuccessIsZeroFix : RiskFix
{
    // Numbers may be stored somewhere: each enum wants a look.
    public SuccessIsZeroFix() : base("RISK1006", fixAll: false)
    {
    }

    protected override Task Offer(FixOffer offer)
    {
        // Explicit numbers are stored or sent; whoever wrote them must decide.
        if (!offer.Finds<EnumDeclarationSyntax>(out var declaration) || declaration.Members.Any(member => member.EqualsValue is not null || member.Identifier.ValueText == "Unknown"))
            return Task.CompletedTask;
        var unknown = SyntaxFactory.EnumMemberDeclaration("Unknown").WithLeadingTrivia(declaration.Members[0].GetLeadingTrivia())
            .WithEqualsValue(SyntaxFactory.EqualsValueClause(SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(0))).NormalizeWhitespace().WithLeadingTrivia(SyntaxFactory.Space));
        var members = declaration.Members.Insert(0, unknown);
        var separators = members.GetSeparators().ToList();
        separators[0] = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(declaration.Members.SeparatorCount > 0 ? declaration.Members.GetSeparator(0).TrailingTrivia : SyntaxFactory.TriviaList(SyntaxFactory.Space));
        offer.Replace("Begin with Unknown = 0 (renumbers the others)", declaration, declaration.WithMembers(SyntaxFactory.SeparatedList(members, separators)));
        return Task.CompletedTask;
    }
}

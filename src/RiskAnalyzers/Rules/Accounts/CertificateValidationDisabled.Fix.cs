namespace RiskAnalyzers.Rules.Accounts;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class CertificateValidationDisabledFix : RiskFix
{
    public CertificateValidationDisabledFix() : base("RISK3013", fixAll: true)
    {
    }

    protected override Task Offer(FixOffer offer)
    {
        if (offer.Root.FindNode(offer.Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not AssignmentExpressionSyntax assignment)
            return Task.CompletedTask;
        switch (assignment)
        {
            case { Right: LiteralExpressionSyntax { RawKind: (int)SyntaxKind.FalseLiteralExpression } off }:
                offer.Replace("Check certificates", off, SyntaxFactory.LiteralExpression(SyntaxKind.TrueLiteralExpression));
                break;
            case { Right: LiteralExpressionSyntax { RawKind: (int)SyntaxKind.TrueLiteralExpression } on }:
                offer.Replace("Check certificates", on, SyntaxFactory.LiteralExpression(SyntaxKind.FalseLiteralExpression));
                break;
            case { Parent: InitializerExpressionSyntax initializer }:
                offer.Edit("Check certificates", editor => editor.ReplaceNode(initializer, initializer.RemoveNode(assignment, SyntaxRemoveOptions.KeepNoTrivia)!.WithTriviaFrom(initializer)));
                break;
            case { Parent: ExpressionStatementSyntax { Parent: BlockSyntax } statement }:
                offer.Edit("Check certificates", editor => editor.RemoveNode(statement, statement.GetLeadingTrivia().Any(trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia)) ? SyntaxRemoveOptions.KeepExteriorTrivia : SyntaxRemoveOptions.KeepNoTrivia));
                break;
        }
        return Task.CompletedTask;
    }
}

namespace RiskAnalyzers.Rules.Payments;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class SwallowedChargeFailureFix : RiskFix
{
    public SwallowedChargeFailureFix() : base("RISK2003", fixAll: false)
    {
    }

    protected override Task Offer(FixOffer offer)
    {
        // What answers or goes on from within the clause has to be decided by hand.
        if (!offer.Finds<CatchClauseSyntax>(out var clause) || clause.Block.Statements.LastOrDefault() is not { } last || clause.Block.DescendantNodes().Any(node => node is ReturnStatementSyntax or ContinueStatementSyntax or BreakStatementSyntax or ThrowStatementSyntax))
            return Task.CompletedTask;
        var rethrow = SyntaxFactory.ThrowStatement().WithTriviaFrom(last).WithLeadingTrivia(last.GetLeadingTrivia().Where(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia))).WithAdditionalAnnotations(Formatter.Annotation);
        offer.Replace("Rethrow", clause.Block, clause.Block.AddStatements(rethrow));
        return Task.CompletedTask;
    }
}

namespace RiskAnalyzers.Rules.Errors;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class InventedFallbackFix : RiskFix
{
    public InventedFallbackFix() : base("RISK4003", fixAll: false)
    {
    }

    protected override Task Offer(FixOffer offer)
    {
        // A variable that was set before, or a branch on a status, has to be decided by hand.
        if (!offer.Finds<ReturnStatementSyntax>(out var invented) || invented.Ancestors().TakeWhile(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax)).OfType<CatchClauseSyntax>().FirstOrDefault() is null)
            return Task.CompletedTask;
        offer.Replace("Let the exception through", invented, SyntaxFactory.ThrowStatement().WithTriviaFrom(invented));
        return Task.CompletedTask;
    }
}

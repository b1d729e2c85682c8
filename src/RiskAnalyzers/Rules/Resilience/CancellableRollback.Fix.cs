namespace RiskAnalyzers.Rules.Resilience;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class CancellableRollbackFix : RiskFix
{
    public CancellableRollbackFix() : base("RISK5011", fixAll: true)
    {
    }

    protected override Task Offer(FixOffer offer)
    {
        if (offer.Finds<ArgumentSyntax>(out var argument))
            offer.Replace("Pass CancellationToken.None", argument, argument.WithExpression(SyntaxFactory.ParseExpression("System.Threading.CancellationToken.None").WithAdditionalAnnotations(Simplifier.Annotation)));
        return Task.CompletedTask;
    }
}

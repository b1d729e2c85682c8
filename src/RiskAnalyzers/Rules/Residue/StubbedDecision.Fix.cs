namespace RiskAnalyzers.Rules.Residue;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class StubbedDecisionFix : RiskFix
{
    public StubbedDecisionFix() : base("RISK7005", fixAll: false)
    {
    }

    protected override Task Offer(FixOffer offer)
    {
        if (!offer.Finds<MethodDeclarationSyntax>(out var method) || (method.Body is null && method.ExpressionBody is null))
            return Task.CompletedTask;
        offer.Replace("Throw until the decision is written", method, ThrowingBody.Of(method));
        return Task.CompletedTask;
    }
}

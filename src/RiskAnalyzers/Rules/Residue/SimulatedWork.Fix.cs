namespace RiskAnalyzers.Rules.Residue;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class SimulatedWorkFix : RiskFix
{
    public SimulatedWorkFix() : base("RISK7002", fixAll: false)
    {
    }

    protected override Task Offer(FixOffer offer)
    {
        if (!offer.Finds<MethodDeclarationSyntax>(out var method) || (method.Body is null && method.ExpressionBody is null))
            return Task.CompletedTask;
        offer.Replace("Throw until the work is written", method, ThrowingBody.Of(method));
        return Task.CompletedTask;
    }
}

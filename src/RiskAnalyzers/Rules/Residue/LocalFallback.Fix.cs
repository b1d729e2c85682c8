namespace RiskAnalyzers.Rules.Residue;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class LocalFallbackFix : RiskFix
{
    public LocalFallbackFix() : base("RISK7014", fixAll: true)
    {
    }

    protected override Task Offer(FixOffer offer)
    {
        RequiredSetting.Offer(offer);
        return Task.CompletedTask;
    }
}

namespace RiskAnalyzers.Rules.Residue;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class PlaceholderSecretFix : RiskFix
{
    public PlaceholderSecretFix() : base("RISK7004", fixAll: true)
    {
    }

    protected override Task Offer(FixOffer offer)
    {
        RequiredSetting.Offer(offer);
        return Task.CompletedTask;
    }
}

namespace RiskAnalyzers.Rules.Residue;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class UnknownConfigKeyFix : RiskFix
{
    public UnknownConfigKeyFix() : base("RISK7011", fixAll: false)
    {
    }

    protected override Task Offer(FixOffer offer)
    {
        var keys = new SettingsKeys(offer.Document.Project.AnalyzerOptions.AdditionalFiles, offer.Cancellation);
        if (!offer.Finds<LiteralExpressionSyntax>(out var literal) || !literal.IsKind(SyntaxKind.StringLiteralExpression))
            return Task.CompletedTask;
        // The message names the whole key; where the literal is only its end, the section stays.
        var written = literal.Token.ValueText;
        if (KeyIn(offer.Diagnostic, written) is not { } key || keys.NearestTo(key) is not { } nearest)
            return Task.CompletedTask;
        var prefix = key.Substring(0, key.Length - written.Length);
        if (!nearest.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            return Task.CompletedTask;
        var text = nearest.Substring(prefix.Length);
        offer.Replace($"Read '{nearest}'", literal, SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(text)));
        return Task.CompletedTask;
    }

    private static string? KeyIn(Diagnostic diagnostic, string written)
    {
        var message = diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture);
        var start = message.IndexOf('\'') + 1;
        var end = start > 0 ? message.IndexOf('\'', start) : -1;
        return end > start && message.Substring(start, end - start) is var key && key.EndsWith(written, StringComparison.Ordinal) ? key : null;
    }
}

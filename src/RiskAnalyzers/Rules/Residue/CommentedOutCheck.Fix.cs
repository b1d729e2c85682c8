using Microsoft.CodeAnalysis.Text;

namespace RiskAnalyzers.Rules.Residue;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class CommentedOutCheckFix : RiskFix
{
    // Somebody took each of them out for a reason: one at a time.
    public CommentedOutCheckFix() : base("RISK7009", fixAll: false)
    {
    }

    protected override async Task Offer(FixOffer offer)
    {
        var text = await offer.Document.GetTextAsync(offer.Cancellation).ConfigureAwait(false);
        var changes = new List<TextChange>();
        for (var line = text.Lines.GetLineFromPosition(offer.Diagnostic.Location.SourceSpan.Start).LineNumber; line <= text.Lines.GetLineFromPosition(offer.Diagnostic.Location.SourceSpan.End).LineNumber; line++)
        {
            var shown = text.Lines[line].ToString();
            var marks = shown.IndexOf("//", StringComparison.Ordinal);
            // Behind code the check would stand on that code's line.
            if (marks < 0 || shown.Substring(0, marks).Trim().Length > 0)
                return;
            changes.Add(new TextChange(new TextSpan(text.Lines[line].Start + marks, shown.Length > marks + 2 && shown[marks + 2] == ' ' ? 3 : 2), ""));
        }
        var restored = offer.Document.WithText(text.WithChanges(changes));
        if (await Errors(restored, offer.Cancellation).ConfigureAwait(false) <= await Errors(offer.Document, offer.Cancellation).ConfigureAwait(false))
            offer.Change("Put the check back", _ => Task.FromResult(restored));
    }

    // A check whose names are gone cannot come back by itself.
    private static async Task<int> Errors(Document document, CancellationToken cancellation)
    {
        var model = (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false))!;
        return model.GetDiagnostics(null, cancellation).Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }
}

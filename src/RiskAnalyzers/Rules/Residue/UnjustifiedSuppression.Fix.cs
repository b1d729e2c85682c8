using Microsoft.CodeAnalysis.Text;

namespace RiskAnalyzers.Rules.Residue;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class UnjustifiedSuppressionFix : RiskFix
{
    // What comes back wants to be mended: one at a time.
    public UnjustifiedSuppressionFix() : base("RISK7007", fixAll: false)
    {
    }

    protected override async Task Offer(FixOffer offer)
    {
        const string title = "Remove the suppression";
        var place = offer.Root.FindNode(offer.Diagnostic.Location.SourceSpan, findInsideTrivia: true, getInnermostNodeForTie: true);
        if (place.FirstAncestorOrSelf<AttributeSyntax>() is { Parent: AttributeListSyntax list } attribute)
        {
            offer.Edit(title, editor => editor.RemoveNode(list.Attributes.Count == 1 ? list : attribute, SyntaxRemoveOptions.KeepExteriorTrivia));
            return;
        }
        if (place.FirstAncestorOrSelf<DirectiveTriviaSyntax>() is not { } directive)
            return;
        var text = await offer.Document.GetTextAsync(offer.Cancellation).ConfigureAwait(false);
        var changes = new List<TextChange> { LineOf(text, directive.SpanStart) };
        for (var next = directive.GetNextDirective(); next is not null; next = next.GetNextDirective())
        {
            if (!Restores(directive, next))
                continue;
            changes.Add(LineOf(text, next.SpanStart));
            break;
        }
        offer.Change(title, _ => Task.FromResult(offer.Document.WithText(text.WithChanges(changes))));
    }

    private static bool Restores(DirectiveTriviaSyntax disable, DirectiveTriviaSyntax next) => (disable, next) switch
    {
        (PragmaWarningDirectiveTriviaSyntax off, PragmaWarningDirectiveTriviaSyntax { DisableOrRestoreKeyword.RawKind: (int)SyntaxKind.RestoreKeyword } on) => off.ErrorCodes.ToString() == on.ErrorCodes.ToString(),
        (NullableDirectiveTriviaSyntax, NullableDirectiveTriviaSyntax { SettingToken.RawKind: (int)SyntaxKind.RestoreKeyword or (int)SyntaxKind.EnableKeyword }) => true,
        _ => false,
    };

    private static TextChange LineOf(SourceText text, int position) => new(text.Lines.GetLineFromPosition(position).SpanIncludingLineBreak, "");
}

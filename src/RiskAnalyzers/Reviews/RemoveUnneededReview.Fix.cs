namespace RiskAnalyzers.Reviews;

/// <summary>Removes a review that nothing needs.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class RemoveUnneededReviewFix : RiskFix
{
    public RemoveUnneededReviewFix() : base("RISK0007", fixAll: true)
    {
    }

    protected override Task Offer(FixOffer offer)
    {
        if (!offer.Finds<AttributeSyntax>(out var attribute) || attribute.Parent is not AttributeListSyntax list)
            return Task.CompletedTask;
        SyntaxNode removed = list.Attributes.Count == 1 ? list : attribute;
        var options = HasLeadingComment(removed) ? SyntaxRemoveOptions.KeepLeadingTrivia : SyntaxRemoveOptions.KeepNoTrivia;
        offer.Change("Remove the review", _ => Task.FromResult(offer.Document.WithSyntaxRoot(offer.Root.RemoveNode(removed, options)!)));
        return Task.CompletedTask;
    }

    private static bool HasLeadingComment(SyntaxNode node) =>
        node.GetLeadingTrivia().Any(trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia));
}

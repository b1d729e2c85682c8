namespace RiskAnalyzers.Rules.Data;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class UntrackedMutationFix : RiskFix
{
    // Tracking changes what the save writes: one at a time.
    public UntrackedMutationFix() : base("RISK6007", fixAll: false)
    {
    }

    protected override async Task Offer(FixOffer offer)
    {
        var node = offer.Root.FindNode(offer.Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        var model = await offer.Model().ConfigureAwait(false);
        if (node.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Select(name => model.GetSymbolInfo(name, offer.Cancellation).Symbol).OfType<ILocalSymbol>().FirstOrDefault() is not { } local)
            return;
        if (local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(offer.Cancellation) is not { } declaration)
            return;
        var query = declaration switch
        {
            VariableDeclaratorSyntax { Initializer.Value: { } value } => value,
            ForEachStatementSyntax { Expression: var rows } => rows,
            _ => null,
        };
        var untracking = query?.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>().Where(call => call is { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "AsNoTracking" or "AsNoTrackingWithIdentityResolution" } }).ToList();
        if (untracking is [{ Expression: MemberAccessExpressionSyntax { Expression: var tracked } } call])
            offer.Replace("Load it tracked", call, tracked.WithoutTrailingTrivia());
    }
}

namespace RiskAnalyzers.Rules.Accounts;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class OpenRedirectFix : RiskFix
{
    // LocalRedirect throws for another site; somewhere that may be what is wanted.
    public OpenRedirectFix() : base("RISK3016", fixAll: false)
    {
    }

    protected override async Task Offer(FixOffer offer)
    {
        if (!offer.Finds<InvocationExpressionSyntax>(out var call))
            return;
        var name = call.Expression switch
        {
            IdentifierNameSyntax plain => plain,
            MemberAccessExpressionSyntax { Name: IdentifierNameSyntax member } => member,
            _ => null,
        };
        if (name is null)
            return;
        var model = await offer.Model().ConfigureAwait(false);
        var local = "Local" + name.Identifier.ValueText;
        if (model.GetSymbolInfo(call, offer.Cancellation).Symbol is not IMethodSymbol { ContainingType: { } owner } method || method.ReturnsVoid || owner.GetMembers(local).IsEmpty)
            return;
        // The methods return types of their own; a declared result may hold only one of them.
        if (owner.Name == "TypedResults")
            return;
        offer.Replace("Redirect within the site only", name, SyntaxFactory.IdentifierName(local));
    }
}

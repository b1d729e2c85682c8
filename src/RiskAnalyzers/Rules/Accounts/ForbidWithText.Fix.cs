namespace RiskAnalyzers.Rules.Accounts;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class ForbidWithTextFix : RiskFix
{
    public ForbidWithTextFix() : base("RISK3021", fixAll: true)
    {
    }

    // A page has no StatusCode that takes a body, and a challenge is no 403.
    protected override async Task Offer(FixOffer offer)
    {
        if (offer.Root.FindNode(offer.Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not InvocationExpressionSyntax { Parent: ReturnStatementSyntax, ArgumentList.Arguments: [{ NameColon: null } text] } call || offer.Diagnostic.GetMessage().StartsWith("'Challenge'", StringComparison.Ordinal))
            return;
        var model = await offer.Model().ConfigureAwait(false);
        if (model.GetSymbolInfo(call, offer.Cancellation).Symbol is not IMethodSymbol { ContainingType.Name: "ControllerBase" or "Controller" } || model.GetTypeInfo(call, offer.Cancellation).ConvertedType?.Name is "ForbidResult" or null)
            return;
        var answer = SyntaxFactory.InvocationExpression(SyntaxFactory.IdentifierName("StatusCode"), call.ArgumentList.WithArguments(SyntaxFactory.SeparatedList(new[] { SyntaxFactory.Argument(SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(403))), text },
            new[] { SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space) })));
        offer.Replace("Answer 403 with the text", call, answer.WithTriviaFrom(call));
    }
}

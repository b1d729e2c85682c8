namespace RiskAnalyzers.Rules.Resilience;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class EndlessCacheFix : RiskFix
{
    private const string FiveMinutes = "System.TimeSpan.FromMinutes(5)";

    public EndlessCacheFix() : base("RISK5006", fixAll: true)
    {
    }

    protected override async Task Offer(FixOffer offer)
    {
        var node = offer.Root.FindNode(offer.Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        if (node is not InvocationExpressionSyntax { ArgumentList.Arguments: var arguments } call || node.Ancestors().TakeWhile(ancestor => ancestor is not MemberDeclarationSyntax).Any(ancestor => ancestor is CatchClauseSyntax))
            return;
        var model = await offer.Model().ConfigureAwait(false);
        if (model.GetSymbolInfo(call, offer.Cancellation).Symbol is not IMethodSymbol method)
            return;
        switch (method.ContainingType.Name, method.Name)
        {
            case ("CacheExtensions", "Set") when arguments.Count == 2:
                Add(offer, call, 2, FiveMinutes);
                break;
            case ("DistributedCacheExtensions", "Set" or "SetAsync" or "SetString" or "SetStringAsync") when arguments.Count is 2 or 3:
                Add(offer, call, 2, "new Microsoft.Extensions.Caching.Distributed.DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = " + FiveMinutes + " }");
                break;
            case ("CacheExtensions", "GetOrCreate" or "GetOrCreateAsync") when arguments is [_, { Expression: LambdaExpressionSyntax { Block: { } block } lambda }] && Parameter(lambda) is { } entry:
                var statement = (ExpressionStatementSyntax)SyntaxFactory.ParseStatement(entry + ".AbsoluteExpirationRelativeToNow = " + FiveMinutes + ";");
                var simplified = Simplified(statement).WithTrailingTrivia(SyntaxFactory.ElasticLineFeed);
                offer.Replace("Let it expire after five minutes", block, block.WithStatements(block.Statements.Insert(0, simplified)));
                break;
        }
    }

    private static void Add(FixOffer offer, InvocationExpressionSyntax call, int index, string argument) =>
        offer.Replace("Let it expire after five minutes", call, call.WithArgumentList(call.ArgumentList.WithArguments(call.ArgumentList.Arguments.Insert(index, SyntaxFactory.Argument(Simplified(SyntaxFactory.ParseExpression(argument)))))));

    private static TNode Simplified<TNode>(TNode node)
        where TNode : SyntaxNode => node.ReplaceNodes(
            node.DescendantNodes().Where(name => name.ToString() is "System.TimeSpan" or "Microsoft.Extensions.Caching.Distributed.DistributedCacheEntryOptions"),
            (_, name) => name.WithAdditionalAnnotations(Simplifier.Annotation));

    private static string? Parameter(LambdaExpressionSyntax lambda) => lambda switch
    {
        SimpleLambdaExpressionSyntax { Parameter.Identifier.Text: var name } when name != "_" => name,
        ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: [{ Identifier.Text: var name }] } when name != "_" => name,
        _ => null,
    };
}

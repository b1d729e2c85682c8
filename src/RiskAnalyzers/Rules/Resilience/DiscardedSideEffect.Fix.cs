namespace RiskAnalyzers.Rules.Resilience;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class DiscardedSideEffectFix : RiskFix
{
    // Awaiting changes what the caller waits for: one at a time.
    public DiscardedSideEffectFix() : base("RISK5004", fixAll: false)
    {
    }

    protected override Task Offer(FixOffer offer)
    {
        if (!offer.Finds<InvocationExpressionSyntax>(out var call) || call.Ancestors().OfType<ExpressionStatementSyntax>().FirstOrDefault() is not { } statement)
            return Task.CompletedTask;
        var isAsync = statement.Ancestors().FirstOrDefault(node => node is MethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax) switch
        {
            MethodDeclarationSyntax method => method.Modifiers.Any(SyntaxKind.AsyncKeyword),
            LocalFunctionStatementSyntax function => function.Modifiers.Any(SyntaxKind.AsyncKeyword),
            AnonymousFunctionExpressionSyntax lambda => lambda.Modifiers.Any(SyntaxKind.AsyncKeyword),
            _ => false,
        };
        var isWhole = statement.Expression == call || statement.Expression is AssignmentExpressionSyntax { Right: var right } && right == call;
        if (isAsync && isWhole)
            offer.Replace("Await it", statement, statement.WithExpression(SyntaxFactory.AwaitExpression(SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(SyntaxFactory.Space), call.WithoutTrivia())));
        return Task.CompletedTask;
    }
}

namespace RiskAnalyzers.Rules.Resilience;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class UnboundedRetryFix : RiskFix
{
    private const int Attempts = 5;

    public UnboundedRetryFix() : base("RISK5002", fixAll: false)
    {
    }

    protected override Task Offer(FixOffer offer)
    {
        if (offer.Root.FindToken(offer.Diagnostic.Location.SourceSpan.Start).Parent is not StatementSyntax loop || BodyOfEndless(loop) is not BlockSyntax body
            || body.Statements.OfType<TryStatementSyntax>().ToList() is not [var attempt] || attempt.Catches.Count == 0 || attempt.Catches.Any(clause => clause.Filter is not null)
            || Names(loop).Contains("attempt"))
            return Task.CompletedTask;
        var pauses = body.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call => call.Expression.ToString() is "Task.Delay" or "Thread.Sleep");
        var isAsync = loop.Ancestors().FirstOrDefault(node => node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax) switch
        {
            BaseMethodDeclarationSyntax method => method.Modifiers.Any(SyntaxKind.AsyncKeyword),
            LocalFunctionStatementSyntax function => function.Modifiers.Any(SyntaxKind.AsyncKeyword),
            AnonymousFunctionExpressionSyntax lambda => lambda.Modifiers.Any(SyntaxKind.AsyncKeyword),
            _ => false,
        };
        if (!pauses && !isAsync)
            return Task.CompletedTask;

        var counted = body.ReplaceNodes(attempt.Catches, (_, clause) =>
        {
            var filter = SyntaxFactory.CatchFilterClause(SyntaxFactory.ParseExpression($"attempt < {Attempts}"));
            var block = pauses ? clause.Block : clause.Block.AddStatements(BackOff());
            return clause.WithFilter(filter).WithBlock(block);
        });
        // A variable of its own name in the loop keeps the compiler's flow analysis as it was: the loop still has no condition.
        var bounded = SyntaxFactory.ParseStatement("for (var attempt = 1; ; attempt++) { }") is ForStatementSyntax template ? template.WithStatement(counted) : null;
        if (bounded is not null)
            offer.Replace($"Stop after {Attempts} attempts", loop, bounded);
        return Task.CompletedTask;
    }

    private static StatementSyntax BackOff()
    {
        var pause = SyntaxFactory.ParseStatement("await System.Threading.Tasks.Task.Delay(System.TimeSpan.FromMilliseconds(100 * System.Math.Pow(2, attempt) + System.Random.Shared.Next(100)));");
        var names = pause.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Where(access => access.ToString() is "System.Threading.Tasks.Task" or "System.TimeSpan" or "System.Math" or "System.Random");
        return pause.ReplaceNodes(names, (_, name) => name.WithAdditionalAnnotations(Simplifier.Annotation));
    }

    private static StatementSyntax? BodyOfEndless(StatementSyntax loop) => loop switch
    {
        WhileStatementSyntax { Condition.RawKind: (int)SyntaxKind.TrueLiteralExpression, Statement: var body } => body,
        ForStatementSyntax { Declaration: null, Initializers.Count: 0, Condition: null, Incrementors.Count: 0, Statement: var body } => body,
        _ => null,
    };

    private static IEnumerable<string> Names(SyntaxNode loop) => (loop.FirstAncestorOrSelf<MemberDeclarationSyntax>() ?? loop).DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText);
}

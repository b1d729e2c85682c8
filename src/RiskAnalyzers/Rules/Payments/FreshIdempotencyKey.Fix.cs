namespace RiskAnalyzers.Rules.Payments;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class FreshIdempotencyKeyFix : RiskFix
{
    public FreshIdempotencyKeyFix() : base("RISK2001", fixAll: false)
    {
    }

    protected override async Task Offer(FixOffer offer)
    {
        if (!offer.Finds<ExpressionSyntax>(out var fresh) || KeyBeforeAttempts.StatementAround(fresh) is not { } statement)
            return;
        var model = await offer.Model().ConfigureAwait(false);
        var call = fresh.Ancestors().OfType<InvocationExpressionSyntax>().FirstOrDefault(outer => statement.Span.Contains(outer.Span) && !outer.DescendantNodes().Any(node => node is AnonymousFunctionExpressionSyntax function && function.Span.Contains(fresh.Span)));
        if (KeyBeforeAttempts.DependsOnRound((SyntaxNode?)call ?? fresh, statement, model, offer.Cancellation))
            return;
        if (fresh.DescendantNodesAndSelf().Any(node => node is AwaitExpressionSyntax or AssignmentExpressionSyntax) || model.GetTypeInfo(fresh, offer.Cancellation).Type is null)
            return;
        var key = KeyBeforeAttempts.NameAt(model, fresh);
        var changed = statement.ReplaceNode(fresh, SyntaxFactory.IdentifierName(key).WithTriviaFrom(fresh));
        offer.Replace("Make the key once, before the first attempt", statement.Parent!, KeyBeforeAttempts.Insert(statement, changed, key, fresh));
    }
}

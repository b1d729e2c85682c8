namespace RiskAnalyzers.Rules.Errors;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class NeverExpiresFix : RiskFix
{
    public NeverExpiresFix() : base("RISK4010", fixAll: true)
    {
    }

    protected override Task Offer(FixOffer offer)
    {
        if (!offer.Finds<BinaryExpressionSyntax>(out var comparison))
            return Task.CompletedTask;
        var end = comparison.Kind() is SyntaxKind.LessThanExpression or SyntaxKind.LessThanOrEqualExpression ? comparison.Left : comparison.Right;
        var test = SyntaxFactory.ParseExpression($"{end.WithoutTrivia()} is null || {comparison.WithoutTrivia()}");
        offer.Replace("Refuse what has no date", comparison, comparison.Parent is BinaryExpressionSyntax or PrefixUnaryExpressionSyntax ? SyntaxFactory.ParenthesizedExpression(test) : test);
        return Task.CompletedTask;
    }
}

using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Errors;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class ForgivenLookupFix : RiskFix
{
    public ForgivenLookupFix() : base("RISK4002", fixAll: true)
    {
    }

    protected override async Task Offer(FixOffer offer)
    {
        if (!offer.Finds<PostfixUnaryExpressionSyntax>(out var forgiven))
            return;
        // A throw expression cannot stand in an expression tree, where the query runs elsewhere.
        var model = await offer.Model().ConfigureAwait(false);
        if (forgiven.IsInExpressionTree(model, offer.Cancellation))
            return;
        var what = forgiven.Operand.ToString().Split('\n')[0].Replace("\"", "'").Replace("\\", "");
        var thrown = SyntaxFactory.ParseExpression($"throw new System.InvalidOperationException(\"{(what.Length <= 60 ? what : "what was looked up")} found nothing\")");
        ExpressionSyntax coalesce = SyntaxFactory.BinaryExpression(SyntaxKind.CoalesceExpression, forgiven.Operand.WithoutTrivia().WithTrailingTrivia(SyntaxFactory.Space), thrown.WithLeadingTrivia(SyntaxFactory.Space));
        var needsParentheses = forgiven.Parent is not (EqualsValueClauseSyntax or ArgumentSyntax or ReturnStatementSyntax or ArrowExpressionClauseSyntax or AssignmentExpressionSyntax or ParenthesizedExpressionSyntax);
        offer.Replace("Throw when nothing is found", forgiven, needsParentheses ? SyntaxFactory.ParenthesizedExpression(coalesce) : coalesce);
    }
}

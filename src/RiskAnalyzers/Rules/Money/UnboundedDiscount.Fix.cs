namespace RiskAnalyzers.Rules.Money;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class UnboundedDiscountFix : RiskFix
{
    // Whether a discount beyond the amount is to be clamped or refused is a decision.
    public UnboundedDiscountFix() : base("RISK1010", fixAll: false)
    {
    }

    protected override async Task Offer(FixOffer offer)
    {
        var place = offer.Root.FindNode(offer.Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        while (place is ParenthesizedExpressionSyntax { Expression: var inner })
            place = inner;
        var model = await offer.Model().ConfigureAwait(false);
        switch (place)
        {
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.SubtractExpression } difference when !difference.Left.IsKind(SyntaxKind.NumericLiteralExpression) && model.GetTypeInfo(difference, offer.Cancellation).Type is { SpecialType: SpecialType.System_Decimal }:
                offer.Replace("Stop at zero", difference, Max(difference));
                break;
            case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SubtractAssignmentExpression, Left: IdentifierNameSyntax } assignment when model.GetTypeInfo(assignment.Left, offer.Cancellation).Type is { SpecialType: SpecialType.System_Decimal }:
                var taken = assignment.Right is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression or (int)SyntaxKind.SubtractExpression or (int)SyntaxKind.CoalesceExpression } or ConditionalExpressionSyntax
                    ? SyntaxFactory.ParenthesizedExpression(assignment.Right.WithoutTrivia()) : assignment.Right.WithoutTrivia();
                var rest = SyntaxFactory.BinaryExpression(SyntaxKind.SubtractExpression, assignment.Left.WithoutTrivia(), taken);
                offer.Replace("Stop at zero", assignment, SyntaxFactory.AssignmentExpression(SyntaxKind.SimpleAssignmentExpression, assignment.Left, Max(rest)));
                break;
        }
    }

    private static InvocationExpressionSyntax Max(ExpressionSyntax value) => SyntaxFactory.InvocationExpression(
        SyntaxFactory.ParseExpression("global::System.Math.Max").WithAdditionalAnnotations(Simplifier.Annotation),
        SyntaxFactory.ArgumentList(SyntaxFactory.SeparatedList(new[] { SyntaxFactory.Argument(SyntaxFactory.ParseExpression("0m")), SyntaxFactory.Argument(value.WithoutTrivia()) })));
}

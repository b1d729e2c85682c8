namespace RiskAnalyzers.Rules.Resilience;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class UnboundedWaitFix : RiskFix
{
    public UnboundedWaitFix() : base("RISK5005", fixAll: false)
    {
    }

    protected override Task Offer(FixOffer offer)
    {
        var node = offer.Root.FindNode(offer.Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        switch (node)
        {
            case BaseObjectCreationExpressionSyntax creation:
                var timeout = SyntaxFactory.AssignmentExpression(SyntaxKind.SimpleAssignmentExpression, SyntaxFactory.IdentifierName("Timeout"), TenSeconds());
                var initializer = creation.Initializer ?? SyntaxFactory.InitializerExpression(SyntaxKind.ObjectInitializerExpression);
                offer.Replace("Wait ten seconds at most", creation, creation.WithInitializer(initializer.AddExpressions(timeout)));
                break;
            case AssignmentExpressionSyntax { Left: var target, Right: InvocationExpressionSyntax or MemberAccessExpressionSyntax or BaseObjectCreationExpressionSyntax } assignment
                when Name(target) == "Timeout" && assignment.Right.ToString().Contains("TimeSpan"):
                offer.Replace("Wait ten seconds at most", assignment, assignment.WithRight(TenSeconds().WithTriviaFrom(assignment.Right)));
                break;
        }
        return Task.CompletedTask;
    }

    private static string Name(ExpressionSyntax target) => target is MemberAccessExpressionSyntax access ? access.Name.Identifier.Text : target.ToString();

    private static InvocationExpressionSyntax TenSeconds() => SyntaxFactory.InvocationExpression(
        SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, SyntaxFactory.ParseName("System.TimeSpan").WithAdditionalAnnotations(Simplifier.Annotation), SyntaxFactory.IdentifierName("FromSeconds")),
        SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(10))))));
}

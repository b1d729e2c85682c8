namespace RiskAnalyzers.Rules.Resilience;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class UncheckedHttpStatusFix : RiskFix
{
    public UncheckedHttpStatusFix() : base("RISK5001", fixAll: true)
    {
    }

    protected override async Task Offer(FixOffer offer)
    {
        var node = offer.Root.FindNode(offer.Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        if (node is not ExpressionSyntax call)
            return;
        var model = await offer.Model().ConfigureAwait(false);
        var value = Awaited(call);
        if (model.GetTypeInfo(value, offer.Cancellation).Type?.Name != "HttpResponseMessage")
            return;
        switch (value.Parent)
        {
            case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Identifier: var name, Parent: VariableDeclarationSyntax { Parent: LocalDeclarationStatementSyntax { Parent: BlockSyntax } declaration } } }:
                Insert(offer, declaration, name.Text);
                break;
            case AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.Text: not "_" } target, Parent: ExpressionStatementSyntax { Parent: BlockSyntax } assignment }:
                Insert(offer, assignment, target.Identifier.Text);
                break;
            case ExpressionStatementSyntax statement:
                offer.Replace("Throw for an error", statement, statement.WithExpression(Ensured(value.WithoutTrivia())));
                break;
            case AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.Text: "_" }, Parent: ExpressionStatementSyntax statement }:
                offer.Replace("Throw for an error", statement, statement.WithExpression(Ensured(value.WithoutTrivia())));
                break;
            case ParenthesizedExpressionSyntax { Parent: MemberAccessExpressionSyntax } parenthesized:
                offer.Replace("Throw for an error", parenthesized, Ensured(value.WithoutTrivia()));
                break;
            case MemberAccessExpressionSyntax:
                offer.Replace("Throw for an error", value, Ensured(value.WithoutTrivia()));
                break;
        }
    }

    private static void Insert(FixOffer offer, StatementSyntax after, string response) => offer.Edit("Throw for an error", editor =>
        editor.InsertAfter(after, SyntaxFactory.ParseStatement(response + ".EnsureSuccessStatusCode();").WithTrailingTrivia(SyntaxFactory.ElasticLineFeed).WithAdditionalAnnotations(Formatter.Annotation)));

    // The response itself: behind ConfigureAwait, await or Result.
    private static ExpressionSyntax Awaited(ExpressionSyntax call)
    {
        while (true)
        {
            switch (call.Parent)
            {
                case AwaitExpressionSyntax awaited:
                    call = awaited;
                    break;
                case MemberAccessExpressionSyntax { Name.Identifier.Text: "ConfigureAwait" or "GetAwaiter" or "GetResult", Parent: InvocationExpressionSyntax outer } access when access.Expression == call:
                    call = outer;
                    break;
                case MemberAccessExpressionSyntax { Name.Identifier.Text: "Result" } result when result.Expression == call:
                    call = result;
                    break;
                default:
                    return call;
            }
        }
    }

    private static InvocationExpressionSyntax Ensured(ExpressionSyntax response) => SyntaxFactory.InvocationExpression(SyntaxFactory.MemberAccessExpression(
        SyntaxKind.SimpleMemberAccessExpression, response is AwaitExpressionSyntax ? SyntaxFactory.ParenthesizedExpression(response) : response, SyntaxFactory.IdentifierName("EnsureSuccessStatusCode")));
}

namespace RiskAnalyzers.Rules.Payments;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class UncheckedPaymentResultFix : RiskFix
{
    public UncheckedPaymentResultFix() : base("RISK2002", fixAll: false)
    {
    }

    protected override async Task Offer(FixOffer offer)
    {
        if (!offer.Finds<InvocationExpressionSyntax>(out var call) || call.FirstAncestorOrSelf<StatementSyntax>() is not { Parent: BlockSyntax block } statement)
            return;
        var model = await offer.Model().ConfigureAwait(false);
        var name = call.Expression is MemberAccessExpressionSyntax access ? access.Name.Identifier.ValueText : call.Expression.ToString();
        switch (statement)
        {
            case ExpressionStatementSyntax { Expression: var expression }:
                var value = expression is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" }, Right: var right } ? right : expression;
                // In a lambda or an argument the statement is not the call's own.
                if (value is AssignmentExpressionSyntax || value.DescendantNodes().Any(node => node is AnonymousFunctionExpressionSyntax) || OutcomeTest.Failed(value, model.GetTypeInfo(value, offer.Cancellation).Type) is not { } dropped)
                    return;
                offer.Replace("Stop when the payment call fails", statement, OutcomeTest.Throw(dropped, name));
                break;
            case LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: var initial } variable] }:
                if (model.GetDeclaredSymbol(variable, offer.Cancellation) is not ILocalSymbol local || initial.DescendantNodes().Any(node => node is AnonymousFunctionExpressionSyntax) || OutcomeTest.Failed(SyntaxFactory.IdentifierName(variable.Identifier.WithoutTrivia()), local.Type) is not { } failed)
                    return;
                var stop = OutcomeTest.Throw(failed, name).WithLeadingTrivia(statement.GetLeadingTrivia().Where(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia))).WithTrailingTrivia(statement.GetTrailingTrivia());
                offer.Replace("Stop when the payment call fails", block, block.WithStatements(block.Statements.Insert(block.Statements.IndexOf(statement) + 1, stop)));
                break;
        }
    }
}

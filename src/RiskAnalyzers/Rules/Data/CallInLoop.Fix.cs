namespace RiskAnalyzers.Rules.Data;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class CallInLoopFix : RiskFix
{
    // One save for all is another transaction: one at a time.
    public CallInLoopFix() : base("RISK6002", fixAll: false)
    {
    }

    protected override Task Offer(FixOffer offer)
    {
        if (!offer.Finds<InvocationExpressionSyntax>(out var call) || call.Expression is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: "SaveChanges" or "SaveChangesAsync" } save)
            return Task.CompletedTask;
        if (call.FirstAncestorOrSelf<ExpressionStatementSyntax>() is not { Parent: BlockSyntax { Parent: ForEachStatementSyntax or ForStatementSyntax } body } statement || body.Statements.Last() != statement || body.Statements.Count < 2)
            return Task.CompletedTask;
        var loop = (StatementSyntax)body.Parent!;
        // The context must still be there after the loop, and the loop must stand among statements.
        var made = body.DescendantNodes().OfType<VariableDeclaratorSyntax>().Select(variable => variable.Identifier.ValueText);
        if (loop.Parent is not BlockSyntax || statement.Expression is not (InvocationExpressionSyntax or AwaitExpressionSyntax) || made.Any(name => call.DescendantNodes().OfType<IdentifierNameSyntax>().Any(used => used.Identifier.ValueText == name)))
            return Task.CompletedTask;
        if (loop is ForEachStatementSyntax { Identifier.ValueText: var element } && save.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(used => used.Identifier.ValueText == element))
            return Task.CompletedTask;
        offer.Edit("Save once, after the loop", editor =>
        {
            editor.InsertAfter(loop, statement.WithAdditionalAnnotations(Formatter.Annotation));
            editor.RemoveNode(statement, SyntaxRemoveOptions.KeepNoTrivia);
        });
        return Task.CompletedTask;
    }
}

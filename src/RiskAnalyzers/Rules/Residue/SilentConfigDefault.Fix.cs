namespace RiskAnalyzers.Rules.Residue;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class SilentConfigDefaultFix : RiskFix
{
    public SilentConfigDefaultFix() : base("RISK7006", fixAll: true)
    {
    }

    protected override Task Offer(FixOffer offer)
    {
        var node = offer.Root.FindNode(offer.Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        if (node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: GenericNameSyntax { Identifier.ValueText: "GetValue", TypeArgumentList.Arguments: [var type] } } } call && call.ArgumentList.Arguments.Count == 1)
            offer.Replace("Throw when the setting is missing", call, Required(call, type));
        else
            RequiredSetting.Offer(offer);
        return Task.CompletedTask;
    }

    // config.GetValue<decimal?>("Tax:Rate") ?? throw ...
    private static ExpressionSyntax Required(InvocationExpressionSyntax call, TypeSyntax type)
    {
        var nullable = call.ReplaceNode(type, SyntaxFactory.NullableType(type.WithoutTrivia()));
        var coalesce = SyntaxFactory.BinaryExpression(SyntaxKind.CoalesceExpression, nullable.WithoutTrivia(),
            SyntaxFactory.Token(SyntaxKind.QuestionQuestionToken).WithLeadingTrivia(SyntaxFactory.Space).WithTrailingTrivia(SyntaxFactory.Space), RequiredSetting.Thrown(RequiredSetting.KeyIn(call)));
        return call.Parent is EqualsValueClauseSyntax or ArrowExpressionClauseSyntax or ReturnStatementSyntax or ArgumentSyntax or AssignmentExpressionSyntax
            ? coalesce : SyntaxFactory.ParenthesizedExpression(coalesce);
    }
}

using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Money;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class UnknownCaseIsNeutralFix : RiskFix
{
    // Which cases really occur wants a look each time.
    public UnknownCaseIsNeutralFix() : base("RISK1005", fixAll: false)
    {
    }

    protected override async Task Offer(FixOffer offer)
    {
        if (offer.Root.FindNode(offer.Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not ExpressionSyntax neutral)
            return;
        var model = await offer.Model().ConfigureAwait(false);
        if (neutral.IsInExpressionTree(model, offer.Cancellation))
            return;
        var system = model.LookupNamespacesAndTypes(neutral.SpanStart, name: "NotSupportedException").IsEmpty ? "System." : "";
        var exception = $"new {system}NotSupportedException({Message(neutral)})";
        switch (neutral.Parent)
        {
            case SwitchExpressionArmSyntax or ConditionalExpressionSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression }:
                offer.Replace("Throw for what is not listed", neutral, SyntaxFactory.ParseExpression("throw " + exception));
                break;
            case ReturnStatementSyntax statement:
                offer.Replace("Throw for what is not listed", statement, SyntaxFactory.ParseStatement($"throw {exception};"));
                break;
        }
    }

    private static string Message(ExpressionSyntax neutral)
    {
        var input = neutral.FirstAncestorOrSelf<SwitchExpressionSyntax>() is { } expression && neutral.Parent is SwitchExpressionArmSyntax ? expression.GoverningExpression
            : neutral.FirstAncestorOrSelf<SwitchStatementSyntax>()?.Expression;
        return input is IdentifierNameSyntax or MemberAccessExpressionSyntax ? $"$\"'{{{input.WithoutTrivia()}}}' is not supported.\"" : "\"Not supported.\"";
    }
}

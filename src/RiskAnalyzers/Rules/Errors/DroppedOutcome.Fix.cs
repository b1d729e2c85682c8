using RiskAnalyzers.Rules.Payments;

namespace RiskAnalyzers.Rules.Errors;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class DroppedOutcomeFix : RiskFix
{
    public DroppedOutcomeFix() : base("RISK4004", fixAll: false)
    {
    }

    protected override async Task Offer(FixOffer offer)
    {
        if (!offer.Finds<InvocationExpressionSyntax>(out var call) || call.FirstAncestorOrSelf<StatementSyntax>() is not ExpressionStatementSyntax { Expression: var expression } statement)
            return;
        var value = expression is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" }, Right: var right } ? right : expression;
        if (value is AssignmentExpressionSyntax)
            return;
        var model = await offer.Model().ConfigureAwait(false);
        // The variables of an out argument stay in scope: a condition declares them in the block around it.
        if (OutcomeTest.Failed(value, model.GetTypeInfo(value, offer.Cancellation).Type) is not { } failed)
            return;
        var name = call.Expression is MemberAccessExpressionSyntax access ? access.Name.Identifier.ValueText : call.Expression.ToString();
        offer.Replace("Throw when the check fails", statement, OutcomeTest.Throw(failed, name));
    }
}

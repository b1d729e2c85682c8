using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class RetriedChargeFix : RiskFix
{
    public RetriedChargeFix() : base("RISK2004", fixAll: false)
    {
    }

    protected override async Task Offer(FixOffer offer)
    {
        if (!offer.Finds<InvocationExpressionSyntax>(out var call) || KeyBeforeAttempts.StatementAround(call) is not { } statement)
            return;
        var model = await offer.Model().ConfigureAwait(false);
        if (model.GetSymbolInfo(call, offer.Cancellation).Symbol is not IMethodSymbol method || method.Parameters.FirstOrDefault(parameter => parameter.Type.SpecialType == SpecialType.System_String && parameter.IsOptional && Language.Payments.IsIdempotencyKey(parameter.Name)) is not { } slot)
            return;
        if (KeyBeforeAttempts.DependsOnRound(call, statement, model, offer.Cancellation))
            return;
        // Whatever stands in its place already was meant.
        var arguments = call.ArgumentList.Arguments;
        if (arguments.Any(argument => argument.NameColon?.Name.Identifier.ValueText == slot.Name) || arguments.Count(argument => argument.NameColon is null) > slot.Ordinal)
            return;
        var name = KeyBeforeAttempts.NameAt(model, call);
        var key = SyntaxFactory.Argument(SyntaxFactory.NameColon(slot.Name), default, SyntaxFactory.IdentifierName(name)).NormalizeWhitespace();
        var keyed = call.WithArgumentList(call.ArgumentList.AddArguments(key));
        offer.Replace("Share one idempotency key among the attempts", statement.Parent!, KeyBeforeAttempts.Insert(statement, statement.ReplaceNode(call, keyed), name, SyntaxFactory.ParseExpression("System.Guid.NewGuid().ToString()")));
    }
}

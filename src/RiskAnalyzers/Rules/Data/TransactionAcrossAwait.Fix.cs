namespace RiskAnalyzers.Rules.Data;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class TransactionAcrossAwaitFix : RiskFix
{
    private const string Enabled = "System.Transactions.TransactionScopeAsyncFlowOption.Enabled";

    public TransactionAcrossAwaitFix() : base("RISK6003", fixAll: true)
    {
    }

    protected override async Task Offer(FixOffer offer)
    {
        if (offer.Root.FindNode(offer.Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not BaseObjectCreationExpressionSyntax creation || !offer.Diagnostic.GetMessage().Contains("TransactionScopeAsyncFlowOption"))
            return;
        var arguments = creation.ArgumentList?.Arguments ?? default;
        var model = await offer.Model().ConfigureAwait(false);
        if (arguments.FirstOrDefault(argument => model.GetTypeInfo(argument.Expression, offer.Cancellation).Type?.Name == "TransactionScopeAsyncFlowOption") is { } suppressing)
        {
            offer.Replace("Let the transaction follow the await", suppressing.Expression, Option());
            return;
        }
        // The overload with an interop option has no sister with a flow option.
        if (arguments.Count > 2)
            return;
        var added = SyntaxFactory.Argument(Option());
        if (arguments.Any(argument => argument.NameColon is not null))
            added = added.WithNameColon(SyntaxFactory.NameColon("asyncFlowOption"));
        offer.Replace("Let the transaction follow the await", creation, creation.WithArgumentList((creation.ArgumentList ?? SyntaxFactory.ArgumentList()).AddArguments(added)));
    }

    private static ExpressionSyntax Option() => SyntaxFactory.ParseExpression(Enabled).WithAdditionalAnnotations(Simplifier.Annotation);
}

namespace RiskAnalyzers.Rules.Money;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class ImplicitBankersRoundingFix : RiskFix
{
    public ImplicitBankersRoundingFix() : base("RISK1011", fixAll: true)
    {
    }

    protected override async Task Offer(FixOffer offer)
    {
        if (offer.Root.FindNode(offer.Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax called } call)
            return;
        var model = await offer.Model().ConfigureAwait(false);
        if (model.GetSymbolInfo(call, offer.Cancellation).Symbol is not IMethodSymbol method || call.ArgumentList.Arguments.Any(argument => argument.NameColon is not null))
            return;
        Offer(offer, "Round half away from zero, as invoices do", call, called, method, "AwayFromZero");
        Offer(offer, "Round half to even, and say so", call, called, method, "ToEven");
    }

    private static void Offer(FixOffer offer, string title, InvocationExpressionSyntax call, MemberAccessExpressionSyntax called, IMethodSymbol method, string mode)
    {
        var rounding = SyntaxFactory.Argument(SyntaxFactory.ParseExpression("global::System.MidpointRounding." + mode).WithAdditionalAnnotations(Simplifier.Annotation)).WithLeadingTrivia(SyntaxFactory.Space);
        if (method.ContainingType.Name != "Convert")
        {
            offer.Replace(title, call, call.AddArgumentListArguments(rounding));
            return;
        }
        // Convert.ToInt64(x) throws where the number does not fit; a cast of a decimal does so too, one of a double does not.
        var keyword = method.ReturnType.SpecialType switch
        {
            SpecialType.System_Int32 => SyntaxKind.IntKeyword,
            SpecialType.System_Int64 => SyntaxKind.LongKeyword,
            SpecialType.System_UInt32 => SyntaxKind.UIntKeyword,
            _ => SyntaxKind.ULongKeyword,
        };
        if (method.Parameters[0].Type.SpecialType != SpecialType.System_Decimal || call.ArgumentList.Arguments.Count != 1 || called.Parent?.Parent is MemberAccessExpressionSyntax)
            return;
        var round = SyntaxFactory.InvocationExpression(SyntaxFactory.ParseExpression("global::System.Math.Round").WithAdditionalAnnotations(Simplifier.Annotation), call.ArgumentList.AddArguments(rounding));
        offer.Replace(title, call, SyntaxFactory.CastExpression(SyntaxFactory.PredefinedType(SyntaxFactory.Token(keyword)), round));
    }
}

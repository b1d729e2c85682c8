namespace RiskAnalyzers.Rules.Money;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class CultureDependentMoneyFix : RiskFix
{
    // A text that a customer typed may well be meant in the customer's culture: each place wants a look.
    public CultureDependentMoneyFix() : base("RISK1013", fixAll: false)
    {
    }

    protected override async Task Offer(FixOffer offer)
    {
        const string title = "Use the invariant culture";
        var place = offer.Root.FindNode(offer.Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        if (place is InterpolationSyntax { Parent: InterpolatedStringExpressionSyntax text })
        {
            var model = await offer.Model().ConfigureAwait(false);
            // A currency sign of no culture is of no use to anybody.
            if (!text.Contents.OfType<InterpolationSyntax>().Any(part => CultureDependentMoney.SaysCurrency(part.FormatClause?.FormatStringToken.ValueText)) && model.GetTypeInfo(text, offer.Cancellation).ConvertedType?.SpecialType == SpecialType.System_String)
                offer.Replace(title, text, SyntaxFactory.InvocationExpression(Expression("global::System.FormattableString.Invariant"), Arguments(SyntaxFactory.Argument(text.WithoutTrivia()))));
            return;
        }
        if (place is not InvocationExpressionSyntax call || (await offer.Model().ConfigureAwait(false)).GetSymbolInfo(call, offer.Cancellation).Symbol is not IMethodSymbol method)
            return;
        if (Invariant(call, method) is { } arguments)
            offer.Replace(title, call, call.WithArgumentList(call.ArgumentList.WithArguments(arguments)));
    }

    private static SeparatedSyntaxList<ArgumentSyntax>? Invariant(InvocationExpressionSyntax call, IMethodSymbol method)
    {
        var given = call.ArgumentList.Arguments;
        if (given.Any(argument => argument.NameColon is not null || argument.Expression.IsKind(SyntaxKind.NullLiteralExpression)))
            return null;
        var culture = SyntaxFactory.Argument(Expression("global::System.Globalization.CultureInfo.InvariantCulture")).WithLeadingTrivia(given.Count == 0 ? default : SyntaxFactory.TriviaList(SyntaxFactory.Space));
        switch (method.Name)
        {
            case "Parse" when method.Parameters.Length <= 2:
            case "ToDecimal" or "ToDouble":
                return given.Add(culture);
            case "ToString" when !given.Any(argument => argument.Expression is LiteralExpressionSyntax { Token.Value: string format } && CultureDependentMoney.SaysCurrency(format)):
                return given.Add(culture);
            // The overload without a culture reads decimals as Number and floating point as Float with thousands.
            case "TryParse" when given.Count == 2 && method.ContainingType.SpecialType == SpecialType.System_Decimal:
                return given.Insert(1, SyntaxFactory.Argument(Expression("global::System.Globalization.NumberStyles.Number")).WithLeadingTrivia(SyntaxFactory.Space)).Insert(2, culture);
            default:
                return null;
        }
    }

    private static ArgumentListSyntax Arguments(ArgumentSyntax only) => SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(only));

    private static ExpressionSyntax Expression(string text) => SyntaxFactory.ParseExpression(text).WithAdditionalAnnotations(Simplifier.Annotation);
}

namespace RiskAnalyzers.Rules.Money;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class IntegerMoneyArithmeticFix : RiskFix
{
    public IntegerMoneyArithmeticFix() : base("RISK1004", fixAll: true)
    {
    }

    protected override async Task Offer(FixOffer offer)
    {
        if (!offer.Finds<BinaryExpressionSyntax>(out var binary))
            return;
        var model = await offer.Model().ConfigureAwait(false);
        if (binary.IsKind(SyntaxKind.MultiplyExpression))
            OfferProduct(offer, model, binary);
        else if (binary.Right is LiteralExpressionSyntax { Token.Value: int or long } divisor)
            OfferDivision(offer, model, binary, divisor);
    }

    // Only where the result becomes a fraction anyway does another divisor compile.
    private static void OfferDivision(FixOffer offer, SemanticModel model, BinaryExpressionSyntax division, LiteralExpressionSyntax divisor)
    {
        ExpressionSyntax whole = division;
        while (true)
        {
            var converted = model.GetTypeInfo(whole, offer.Cancellation);
            if (converted.ConvertedType?.SpecialType is SpecialType.System_Decimal or SpecialType.System_Double && converted.Type?.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64)
            {
                var suffix = converted.ConvertedType.SpecialType == SpecialType.System_Decimal ? "m" : ".0";
                offer.Replace($"Divide by {divisor.Token.ValueText}{suffix}", divisor, SyntaxFactory.ParseExpression(divisor.Token.ValueText + suffix));
                return;
            }
            if (whole.Parent is not (ParenthesizedExpressionSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.SubtractExpression or (int)SyntaxKind.AddExpression or (int)SyntaxKind.MultiplyExpression } or CastExpressionSyntax))
                return;
            whole = (ExpressionSyntax)whole.Parent;
            if (whole is CastExpressionSyntax cast)
            {
                // (decimal)(cents / 100)
                if (model.GetTypeInfo(cast, offer.Cancellation).Type?.SpecialType is SpecialType.System_Decimal)
                    offer.Replace($"Divide by {divisor.Token.ValueText}m", divisor, SyntaxFactory.ParseExpression(divisor.Token.ValueText + "m"));
                return;
            }
        }
    }

    private static void OfferProduct(FixOffer offer, SemanticModel model, BinaryExpressionSyntax product)
    {
        var converted = model.GetTypeInfo(product, offer.Cancellation).ConvertedType?.SpecialType;
        if (converted is SpecialType.System_Int64 or SpecialType.System_Decimal && product.Left is IdentifierNameSyntax or MemberAccessExpressionSyntax)
            offer.Replace("Multiply as long", product.Left, SyntaxFactory.CastExpression(SyntaxFactory.PredefinedType(SyntaxFactory.Token(SyntaxKind.LongKeyword)), product.Left.WithoutTrivia()));
        else
            offer.Replace("Throw when it overflows", product, SyntaxFactory.CheckedExpression(SyntaxKind.CheckedExpression, product.WithoutTrivia()));
    }
}

namespace RiskAnalyzers.Rules.Money;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class LocalClockWindowFix : RiskFix
{
    // Where dates are written and where they are compared must change together, and only a reader knows which belong together.
    public LocalClockWindowFix() : base("RISK1007", fixAll: false)
    {
    }

    protected override async Task Offer(FixOffer offer)
    {
        if (!offer.Finds<MemberAccessExpressionSyntax>(out var clock) || clock.Name.Identifier.ValueText is not ("Now" or "Today" or "UtcNow"))
            return;
        var model = await offer.Model().ConfigureAwait(false);
        var utc = Provider(model, clock) is { } provider ? SyntaxFactory.ParseExpression(provider + ".GetUtcNow().UtcDateTime") : clock.WithName(SyntaxFactory.IdentifierName("UtcNow"));
        switch (clock.Name.Identifier.ValueText)
        {
            case "Today":
                offer.Replace("Use UTC", clock, SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, utc.WithoutTrivia(), SyntaxFactory.IdentifierName("Date")));
                break;
            case "Now":
                offer.Replace("Use UTC", clock, utc);
                break;
        }
    }

    // A clock that the code already has at hand: a field, property, parameter or local of type TimeProvider.
    private static string? Provider(SemanticModel model, SyntaxNode place)
    {
        foreach (var symbol in model.LookupSymbols(place.SpanStart))
        {
            var type = symbol switch
            {
                IFieldSymbol field => field.Type,
                IPropertySymbol { IsIndexer: false } property => property.Type,
                IParameterSymbol parameter => parameter.Type,
                ILocalSymbol local when local.Locations[0].SourceSpan.End < place.SpanStart => local.Type,
                _ => null,
            };
            if (type is { Name: "TimeProvider", ContainingNamespace.Name: "System" } && (symbol.IsStatic || !IsStaticContext(model, place) || symbol is IParameterSymbol or ILocalSymbol))
                return symbol.Name;
        }
        return null;
    }

    private static bool IsStaticContext(SemanticModel model, SyntaxNode place) => model.GetEnclosingSymbol(place.SpanStart) is { IsStatic: true } or null;
}

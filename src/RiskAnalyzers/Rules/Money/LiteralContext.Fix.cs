namespace RiskAnalyzers.Rules.Money;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class LiteralContextFix : RiskFix
{
    // Which of several things in scope is the right one, only a reader knows.
    public LiteralContextFix() : base("RISK1014", fixAll: false)
    {
    }

    protected override async Task Offer(FixOffer offer)
    {
        if (!offer.Finds<LiteralExpressionSyntax>(out var literal))
            return;
        var model = await offer.Model().ConfigureAwait(false);
        if (model.GetOperation(literal, offer.Cancellation) is not { } operation || model.GetEnclosingSymbol(literal.SpanStart, offer.Cancellation) is not { } member)
            return;
        if (ContextPlace.Of(operation, member) is not { } place || ContextCarrier.InScope(operation, place, member) is not { } carrier)
            return;
        if (literal.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } coalesce && coalesce.Right == literal)
        {
            var refusal = SyntaxFactory.ParseExpression($"throw new global::System.InvalidOperationException(\"{carrier.Text.Replace("\"", "")} is missing\")");
            var exception = refusal.DescendantNodes().OfType<ObjectCreationExpressionSyntax>().First().Type;
            offer.Replace("Refuse when it is missing", literal, refusal.ReplaceNode(exception, exception.WithAdditionalAnnotations(Simplifier.Annotation)));
            return;
        }
        // Providers that want "usd" do not take "EUR" for "eur".
        var lower = literal.Token.ValueText == literal.Token.ValueText.ToLowerInvariant() && place.Kind == ContextKind.Currency;
        if (carrier is { MayBeNull: false, Type.SpecialType: SpecialType.System_String })
            offer.Replace($"Use {carrier.Text}", literal, SyntaxFactory.ParseExpression(carrier.Text + (lower ? ".ToLowerInvariant()" : "")));
    }
}

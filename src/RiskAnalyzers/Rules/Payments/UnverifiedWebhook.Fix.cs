namespace RiskAnalyzers.Rules.Payments;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class UnverifiedWebhookFix : RiskFix
{
    public UnverifiedWebhookFix() : base("RISK2005", fixAll: false)
    {
    }

    protected override async Task Offer(FixOffer offer)
    {
        // Only of Stripe's library is it known what verifies.
        if (!offer.Finds<InvocationExpressionSyntax>(out var call) || call is not { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ParseEvent" } parse, ArgumentList.Arguments: [var json] })
            return;
        var model = await offer.Model().ConfigureAwait(false);
        var known = model.LookupSymbols(call.SpanStart);
        if (!known.Any(symbol => symbol is IPropertySymbol { Name: "Request", Type.Name: "HttpRequest", IsStatic: false }) || known.FirstOrDefault(symbol => IsSettings(symbol)) is not { } settings)
            return;
        var verified = SyntaxFactory.ParseExpression($"{parse.Expression}.ConstructEvent({json}, Request.Headers[\"Stripe-Signature\"].ToString(), {settings.Name}[\"Stripe:WebhookSecret\"] ?? throw new System.InvalidOperationException(\"Stripe:WebhookSecret is not set\"))");
        offer.Replace("Verify Stripe's signature", call, verified);
    }

    private static bool IsSettings(ISymbol symbol) => symbol switch
    {
        ILocalSymbol { Type.Name: var type } => type == "IConfiguration",
        IParameterSymbol { Type.Name: var type } => type == "IConfiguration",
        IFieldSymbol { Type.Name: var type, IsStatic: false } => type == "IConfiguration",
        IPropertySymbol { Type.Name: var type, IsStatic: false } => type == "IConfiguration",
        _ => false,
    };
}

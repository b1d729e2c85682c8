namespace RiskAnalyzers.Rules.Accounts;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class SensitiveDataLoggedFix : RiskFix
{
    public SensitiveDataLoggedFix() : base("RISK3005", fixAll: true)
    {
    }

    protected override async Task Offer(FixOffer offer)
    {
        var node = offer.Root.FindNode(offer.Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        if (node is not ExpressionSyntax value || value is LiteralExpressionSyntax or InterpolatedStringExpressionSyntax)
            return;
        // The part after ?. has no life of its own.
        while (value.Parent is ConditionalAccessExpressionSyntax access && access.WhenNotNull == value)
            value = access;
        // A format or an alignment belongs to the value that goes.
        if (value.Parent is InterpolationSyntax { FormatClause: not null } or InterpolationSyntax { AlignmentClause: not null })
            return;
        var model = await offer.Model().ConfigureAwait(false);
        if (model.GetTypeInfo(value, offer.Cancellation).ConvertedType is not { SpecialType: SpecialType.System_String or SpecialType.System_Object })
            return;
        if (value.Parent is not (ArgumentSyntax or InterpolationSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression }))
            return;
        offer.Replace("Write *** instead", value, SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal("***")));
    }
}

namespace RiskAnalyzers.Rules.Money;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class FloatingPointMoneyFix : RiskFix
{
    // One declaration alone may break its callers, so that nobody should change all of them without reading.
    public FloatingPointMoneyFix() : base("RISK1008", fixAll: false)
    {
    }

    protected override Task Offer(FixOffer offer)
    {
        var place = offer.Root.FindToken(offer.Diagnostic.Location.SourceSpan.Start).Parent;
        var declaration = place?.AncestorsAndSelf().FirstOrDefault(node => node is PropertyDeclarationSyntax or ParameterSyntax or VariableDeclarationSyntax or MethodDeclarationSyntax or StatementSyntax);
        var (type, initial) = declaration switch
        {
            PropertyDeclarationSyntax property => (property.Type, property.Initializer?.Value),
            ParameterSyntax parameter => (parameter.Type, parameter.Default?.Value),
            VariableDeclarationSyntax { Variables: [var variable] } variables => (variables.Type, variable.Initializer?.Value),
            _ => (null, null),
        };
        // Only declarations whose value is absent or a literal certainly compile with another type.
        if (type is null || Predefined(type) is not { } floating || initial is not (null or LiteralExpressionSyntax))
            return Task.CompletedTask;
        if (declaration is not PropertyDeclarationSyntax { ExpressionBody: null, AccessorList: { } accessors } || accessors.Accessors.Any(accessor => accessor.Body is not null || accessor.ExpressionBody is not null))
            return Task.CompletedTask;

        offer.Edit("Use decimal", editor =>
        {
            editor.ReplaceNode(floating, SyntaxFactory.PredefinedType(SyntaxFactory.Token(SyntaxKind.DecimalKeyword)).WithTriviaFrom(floating));
            if (initial is LiteralExpressionSyntax { Token.Value: double or float } literal)
                editor.ReplaceNode(literal, SyntaxFactory.ParseExpression(literal.Token.Text.TrimEnd('d', 'D', 'f', 'F', 'm', 'M') + "m").WithTriviaFrom(literal));
        });
        return Task.CompletedTask;
    }

    private static PredefinedTypeSyntax? Predefined(TypeSyntax type) => (type is NullableTypeSyntax nullable ? nullable.ElementType : type) as PredefinedTypeSyntax;
}

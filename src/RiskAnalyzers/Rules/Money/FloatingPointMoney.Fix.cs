using Microsoft.CodeAnalysis.FindSymbols;

namespace RiskAnalyzers.Rules.Money;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class FloatingPointMoneyFix : RiskFix
{
    // One declaration alone may break its callers, so that nobody should change all of them without reading.
    public FloatingPointMoneyFix() : base("RISK1008", fixAll: false)
    {
    }

    protected override async Task Offer(FixOffer offer)
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
            return;
        if (declaration is not PropertyDeclarationSyntax { ExpressionBody: null, AccessorList: { } accessors } || accessors.Accessors.Any(accessor => accessor.Body is not null || accessor.ExpressionBody is not null))
            return;

        var replaced = initial is LiteralExpressionSyntax { Token.Value: double or float } ? new SyntaxNode[] { floating, initial } : new SyntaxNode[] { floating };
        var changed = offer.Document.WithSyntaxRoot(offer.Root.ReplaceNodes(replaced, (old, _) => old is LiteralExpressionSyntax literal
            ? SyntaxFactory.ParseExpression(literal.Token.Text.TrimEnd('d', 'D', 'f', 'F', 'm', 'M') + "m").WithTriviaFrom(literal)
            : SyntaxFactory.PredefinedType(SyntaxFactory.Token(SyntaxKind.DecimalKeyword)).WithTriviaFrom(old)));
        if ((await offer.Model().ConfigureAwait(false)).GetDeclaredSymbol(declaration, offer.Cancellation) is { } amount && await IsUsedAlike(amount, changed, offer).ConfigureAwait(false))
            offer.Change("Use decimal", _ => Task.FromResult(changed));
    }

    // Nothing converts a double that another place computes with to decimal, or back.
    private static async Task<bool> IsUsedAlike(ISymbol amount, Document changed, FixOffer offer)
    {
        var before = offer.Document.Project.Solution;
        var uses = await SymbolFinder.FindReferencesAsync(amount, before, offer.Cancellation).ConfigureAwait(false);
        foreach (var file in uses.SelectMany(use => use.Locations).Select(location => location.Document.Id).Append(changed.Id).Distinct())
        {
            if (await Errors(changed.Project.Solution.GetDocument(file)!).ConfigureAwait(false) > await Errors(before.GetDocument(file)!).ConfigureAwait(false))
                return false;
        }
        return true;

        async Task<int> Errors(Document document) =>
            (await document.GetSemanticModelAsync(offer.Cancellation).ConfigureAwait(false))!.GetDiagnostics(cancellationToken: offer.Cancellation).Count(d => d.Severity == DiagnosticSeverity.Error);
    }

    private static PredefinedTypeSyntax? Predefined(TypeSyntax type) => (type is NullableTypeSyntax nullable ? nullable.ElementType : type) as PredefinedTypeSyntax;
}

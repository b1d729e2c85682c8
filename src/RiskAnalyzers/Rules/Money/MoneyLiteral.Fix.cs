namespace RiskAnalyzers.Rules.Money;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class MoneyLiteralFix : RiskFix
{
    // Each number wants a name that only its reader knows.
    public MoneyLiteralFix() : base("RISK1012", fixAll: false)
    {
    }

    protected override async Task Offer(FixOffer offer)
    {
        if (!offer.Finds<LiteralExpressionSyntax>(out var literal) || literal.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { OpenBraceToken.RawKind: (int)SyntaxKind.OpenBraceToken } type || type is InterfaceDeclarationSyntax)
            return;
        var model = await offer.Model().ConfigureAwait(false);
        if (model.GetDeclaredSymbol(type, offer.Cancellation) is not { } symbol || model.GetTypeInfo(literal, offer.Cancellation).Type is not { } number)
            return;
        var name = NameFor(literal);
        if (symbol.MemberNames.Contains(name) || model.LookupSymbols(literal.SpanStart, name: name).Any())
            return;
        var end = offer.Root.DescendantTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        var line = end == default ? SyntaxFactory.ElasticCarriageReturnLineFeed : end;
        offer.Change($"Name it {name}", _ =>
        {
            var identifier = SyntaxFactory.Identifier(name).WithAdditionalAnnotations(RenameAnnotation.Create());
            var constant = ((FieldDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration($"private const {number.ToMinimalDisplayString(model, literal.SpanStart)} {name} = {literal.Token.Text};")!)
                .WithTrailingTrivia(line, line).WithAdditionalAnnotations(Formatter.Annotation);
            var changed = type.ReplaceNode(literal, SyntaxFactory.IdentifierName(identifier).WithTriviaFrom(literal));
            return Task.FromResult(offer.Document.WithSyntaxRoot(offer.Root.ReplaceNode(type, changed.WithMembers(changed.Members.Insert(0, constant)))));
        });
    }

    // var taxRate = 0.19m; becomes TaxRate; what stands within an expression is named after its neighbour.
    private static string NameFor(LiteralExpressionSyntax literal)
    {
        var target = literal.Parent switch
        {
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable } => variable.Identifier.ValueText,
            AssignmentExpressionSyntax { Left: var left } assignment when assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) => Last(left),
            ReturnStatementSyntax or ArrowExpressionClauseSyntax => literal.FirstAncestorOrSelf<MethodDeclarationSyntax>()?.Identifier.ValueText.Replace("Get", "").Replace("Calculate", ""),
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.GreaterThanExpression or (int)SyntaxKind.GreaterThanOrEqualExpression or (int)SyntaxKind.LessThanExpression or (int)SyntaxKind.LessThanOrEqualExpression } comparison =>
                Last(comparison.Left == literal ? comparison.Right : comparison.Left) + "Threshold",
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.MultiplyExpression } product => Last(product.Left == literal ? product.Right : product.Left) + "Rate",
            _ => null,
        };
        return target is { Length: > 0 } && char.IsLetter(target.TrimStart('_')[0]) ? char.ToUpperInvariant(target.TrimStart('_')[0]) + target.TrimStart('_').Substring(1) : "NamedAmount";
    }

    private static string? Last(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        _ => null,
    };
}

using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class MissingOwnershipCheckFix : RiskFix
{
    // Whether the claim holds what the owner's member holds is for the reader to say.
    public MissingOwnershipCheckFix() : base("RISK3008", fixAll: false)
    {
    }

    protected override async Task Offer(FixOffer offer)
    {
        if (offer.Root.FindNode(offer.Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not InvocationExpressionSyntax { ArgumentList.Arguments: [{ Expression: SimpleLambdaExpressionSyntax { ExpressionBody: { } condition } lambda }, ..] } call)
            return;
        if (call.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { Body: not null } method || call.Ancestors().TakeWhile(ancestor => ancestor != method).Any(ancestor => ancestor is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            return;
        var statement = call.Ancestors().OfType<StatementSyntax>().First();
        var model = await offer.Model().ConfigureAwait(false);
        if (statement.Parent is not BlockSyntax || model.GetDeclaredSymbol(lambda.Parameter, offer.Cancellation) is not IParameterSymbol { Type: INamedTypeSymbol entity } || Ownership.OwnerOf(entity) is not { Type.SpecialType: SpecialType.System_String } owner)
            return;
        if (!model.LookupSymbols(call.SpanStart, name: "User").Any(symbol => symbol is IPropertySymbol { Type.Name: "ClaimsPrincipal" }) || model.LookupSymbols(call.SpanStart, name: "callerId").Any() || owner.Name.EndsWith("Email", StringComparison.Ordinal) || owner.Name.EndsWith("Name", StringComparison.Ordinal))
            return;
        var caller = SyntaxFactory.ParseStatement("var callerId = User.FindFirst(System.Security.Claims.ClaimTypes.NameIdentifier)?.Value;")
            .WithLeadingTrivia(statement.GetLeadingTrivia()).WithTrailingTrivia(offer.Root.DescendantTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)));
        var left = condition is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression } ? SyntaxFactory.ParenthesizedExpression(condition.WithoutTrivia()) : condition.WithoutTrivia();
        var owned = SyntaxFactory.BinaryExpression(SyntaxKind.LogicalAndExpression, left, SyntaxFactory.ParseExpression(lambda.Parameter.Identifier.ValueText + "." + owner.Name + " == callerId")).NormalizeWhitespace();
        offer.Edit("Compare '" + owner.Name + "' with the caller", editor =>
        {
            editor.InsertBefore(statement, caller);
            editor.ReplaceNode(condition, owned.WithTriviaFrom(condition));
        });
    }
}

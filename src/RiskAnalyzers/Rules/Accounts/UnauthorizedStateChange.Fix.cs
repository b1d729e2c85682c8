namespace RiskAnalyzers.Rules.Accounts;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class UnauthorizedStateChangeFix : RiskFix
{
    // Who should get in is a decision for each endpoint.
    public UnauthorizedStateChangeFix() : base("RISK3002", fixAll: false)
    {
    }

    protected override async Task Offer(FixOffer offer)
    {
        var reported = offer.Root.FindToken(offer.Diagnostic.Location.SourceSpan.Start).Parent;
        if (reported is MethodDeclarationSyntax method)
            await OfferAttribute(offer, method).ConfigureAwait(false);
        else if (reported?.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax map } access && access.Name == reported)
            OfferCall(offer, map);
    }

    private static async Task OfferAttribute(FixOffer offer, MethodDeclarationSyntax method)
    {
        // AllowAnonymous on the class beats any attribute below it.
        if (method.Parent is not TypeDeclarationSyntax type || Named(type.AttributeLists, "AllowAnonymous") is not null)
            return;
        var model = await offer.Model().ConfigureAwait(false);
        var isAtHand = model.LookupNamespacesAndTypes(method.SpanStart, name: "AuthorizeAttribute").Any();
        var authorize = SyntaxFactory.ParseName(isAtHand ? "Authorize" : "Microsoft.AspNetCore.Authorization.Authorize");
        if (Named(method.AttributeLists, "AllowAnonymous") is { } open)
        {
            offer.Replace("Require a signed-in caller", open, open.WithName(authorize));
            return;
        }
        var newLine = offer.Root.DescendantTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        var list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Attribute(authorize)))
            .WithLeadingTrivia(method.GetLeadingTrivia()).WithTrailingTrivia(newLine);
        var indent = method.GetLeadingTrivia().Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia));
        var guarded = method.WithLeadingTrivia(indent);
        offer.Edit("Require a signed-in caller", editor => editor.ReplaceNode(method, guarded.WithAttributeLists(guarded.AttributeLists.Insert(0, list)).WithAdditionalAnnotations(Formatter.Annotation)));
    }

    private static void OfferCall(FixOffer offer, InvocationExpressionSyntax map)
    {
        // What a group allows to everybody, an endpoint cannot take back.
        for (SyntaxNode? after = map; after is InvocationExpressionSyntax; after = after.Parent?.Parent as InvocationExpressionSyntax)
        {
            if (after.Parent is MemberAccessExpressionSyntax { Name: { Identifier.ValueText: "AllowAnonymous" } allow })
            {
                offer.Replace("Require a signed-in caller", allow, SyntaxFactory.IdentifierName("RequireAuthorization"));
                return;
            }
        }
        if (offer.Diagnostic.GetMessage().Contains("AllowAnonymous"))
            return;
        var demanded = SyntaxFactory.InvocationExpression(SyntaxFactory.MemberAccessExpression(
            SyntaxKind.SimpleMemberAccessExpression, map.WithoutTrailingTrivia(), SyntaxFactory.IdentifierName("RequireAuthorization")));
        offer.Change("Require a signed-in caller", _ => Task.FromResult(offer.Document.WithSyntaxRoot(offer.Root.ReplaceNode(map, demanded.WithTrailingTrivia(map.GetTrailingTrivia())))));
    }

    private static AttributeSyntax? Named(SyntaxList<AttributeListSyntax> lists, string name) =>
        lists.SelectMany(list => list.Attributes).FirstOrDefault(attribute => attribute.Name.ToString().Split('.').Last() is var used && (used == name || used == name + "Attribute"));
}

using Microsoft.CodeAnalysis.Simplification;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class SecretInResponseFix : RiskFix
{
    // Somebody may read the member from JSON, a cache for example; each needs a look.
    public SecretInResponseFix() : base("RISK3009", fixAll: false)
    {
    }

    protected override async Task Offer(FixOffer offer)
    {
        if (offer.Root.FindNode(offer.Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not ExpressionSyntax body)
            return;
        var model = await offer.Model().ConfigureAwait(false);
        if (body is AnonymousObjectCreationExpressionSyntax anonymous)
        {
            OfferToLeaveOut(offer, anonymous, model);
            return;
        }
        if (model.Compilation.GetTypeByMetadataName("System.Text.Json.Serialization.JsonIgnoreAttribute") is null || body is ObjectCreationExpressionSyntax { Initializer: not null })
            return;
        var type = SecretMembers.ElementOf(model.GetTypeInfo(body, offer.Cancellation).Type);
        if (SecretMembers.FirstOf(type, depth: 1, member => SecretMembers.Leaks(member) || member.Name == "SecurityStamp") is not { DeclaringSyntaxReferences: [var declaration] } leak)
            return;
        // In a record's parameter list the attribute would need a target, and the deserialiser would lose the parameter.
        if (declaration.GetSyntax(offer.Cancellation) is not PropertyDeclarationSyntax property || offer.Document.Project.Solution.GetDocument(property.SyntaxTree) is not { } document || leak.HasAttribute("JsonIgnoreAttribute"))
            return;
        offer.ChangeSolution($"Keep {leak.Name} out of JSON", async cancellation =>
        {
            var root = (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;
            return document.Project.Solution.WithDocumentSyntaxRoot(document.Id, root.ReplaceNode(property, WithJsonIgnore(property)));
        });
    }

    private static void OfferToLeaveOut(FixOffer offer, AnonymousObjectCreationExpressionSyntax anonymous, SemanticModel model)
    {
        if (anonymous.Initializers.Count < 2 || anonymous.Parent is not ArgumentSyntax)
            return;
        foreach (var member in anonymous.Initializers)
        {
            if (model.GetDeclaredSymbol(member, offer.Cancellation) is not { } property || !SecretMembers.Leaks(property))
                continue;
            var kept = anonymous.RemoveNode(member, SyntaxRemoveOptions.KeepNoTrivia)!;
            var last = kept.Initializers.Last();
            offer.Replace($"Leave {property.Name} out", anonymous, kept.ReplaceNode(last, last.WithTrailingTrivia(anonymous.Initializers.Last().GetTrailingTrivia())));
            return;
        }
    }

    private static PropertyDeclarationSyntax WithJsonIgnore(PropertyDeclarationSyntax property)
    {
        var name = SyntaxFactory.ParseName("System.Text.Json.Serialization.JsonIgnore").WithAdditionalAnnotations(Simplifier.Annotation);
        var list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Attribute(name)))
            .WithLeadingTrivia(property.GetLeadingTrivia()).WithTrailingTrivia(SyntaxFactory.ElasticCarriageReturnLineFeed);
        return property.WithoutLeadingTrivia().WithAttributeLists(property.WithoutLeadingTrivia().AttributeLists.Insert(0, list)).WithAdditionalAnnotations(Formatter.Annotation);
    }
}

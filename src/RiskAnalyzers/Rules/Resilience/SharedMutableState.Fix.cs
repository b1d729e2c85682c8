using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Resilience;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class SharedMutableStateFix : RiskFix
{
    // What both kinds of dictionary have, and mean alike.
    private static readonly HashSet<string> Common = Words.SetOf("TryGetValue ContainsKey Values Keys Count Clear TryAdd Remove");

    public SharedMutableStateFix() : base("RISK5003", fixAll: false)
    {
    }

    protected override async Task Offer(FixOffer offer)
    {
        if (!offer.Finds<VariableDeclaratorSyntax>(out var field) || field.Parent is not VariableDeclarationSyntax { Variables.Count: 1, Type: GenericNameSyntax { Identifier.Text: "Dictionary", TypeArgumentList: var arguments } type, Parent: FieldDeclarationSyntax declaration }
            || !declaration.Modifiers.Any(SyntaxKind.PrivateKeyword) || declaration.Parent is not TypeDeclarationSyntax owner || owner.Modifiers.Any(SyntaxKind.PartialKeyword) || !IsEmpty(field.Initializer?.Value))
            return;
        var model = await offer.Model().ConfigureAwait(false);
        var removals = new List<InvocationExpressionSyntax>();
        foreach (var name in owner.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == field.Identifier.ValueText))
        {
            var use = name.Parent is MemberAccessExpressionSyntax self && self.Name == name ? self : (ExpressionSyntax)name;
            switch (use.Parent)
            {
                case ElementAccessExpressionSyntax element when element.Expression == use:
                    break;
                case MemberAccessExpressionSyntax { Name.Identifier.Text: "Remove", Parent: InvocationExpressionSyntax { ArgumentList.Arguments.Count: 1 } removal } access when access.Expression == use:
                    removals.Add(removal);
                    break;
                case MemberAccessExpressionSyntax access when access.Expression == use && (Common.Contains(access.Name.Identifier.Text) && access.Name.Identifier.Text != "Remove" || model.GetSymbolInfo(access).Symbol?.ContainingType.Name == "Enumerable"):
                    break;
                default:
                    return;
            }
        }
        offer.Edit("Use a ConcurrentDictionary", editor =>
        {
            var concurrent = SyntaxFactory.QualifiedName(SyntaxFactory.ParseName("System.Collections.Concurrent"), SyntaxFactory.GenericName(SyntaxFactory.Identifier("ConcurrentDictionary"), arguments));
            editor.ReplaceNode(type, concurrent.WithAdditionalAnnotations(Simplifier.Annotation).WithTriviaFrom(type));
            if (field.Initializer!.Value is ObjectCreationExpressionSyntax creation)
                editor.ReplaceNode(creation, SyntaxFactory.ImplicitObjectCreationExpression(creation.ArgumentList ?? SyntaxFactory.ArgumentList(), null));
            foreach (var removal in removals)
                editor.ReplaceNode(removal, (current, _) => WithTryRemove((InvocationExpressionSyntax)current));
        });
    }

    private static bool IsEmpty(ExpressionSyntax? value) => value is BaseObjectCreationExpressionSyntax { Initializer: null, ArgumentList: null or { Arguments.Count: 0 } };

    private static InvocationExpressionSyntax WithTryRemove(InvocationExpressionSyntax removal) => removal
        .WithExpression(((MemberAccessExpressionSyntax)removal.Expression).WithName(SyntaxFactory.IdentifierName("TryRemove")))
        .AddArgumentListArguments(SyntaxFactory.Argument(null, SyntaxFactory.Token(SyntaxKind.OutKeyword).WithTrailingTrivia(SyntaxFactory.Space), SyntaxFactory.IdentifierName("_")));
}

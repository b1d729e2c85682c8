using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class OverPostingFix : RiskFix
{
    private const string Input = "input";

    // What the caller may set is for the reader to say; the fix leaves out what he surely may not.
    public OverPostingFix() : base("RISK3004", fixAll: false)
    {
    }

    // Only where a new thing is added: an update that leaves members out would write their defaults over what is stored.
    protected override async Task Offer(FixOffer offer)
    {
        if (offer.Root.FindNode(offer.Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not IdentifierNameSyntax { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Add" or "AddAsync" } } } } stored)
            return;
        if (stored.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { Body: { Statements.Count: > 0 } body, Parent: TypeDeclarationSyntax } method || method.ParameterList.Parameters.FirstOrDefault(each => each.Identifier.ValueText == stored.Identifier.ValueText) is not { Type: not null } parameter)
            return;
        var model = await offer.Model().ConfigureAwait(false);
        if (model.GetDeclaredSymbol(parameter, offer.Cancellation) is not { Type: INamedTypeSymbol { IsGenericType: false } entity } || model.GetDeclaredSymbol(method, offer.Cancellation) is not { IsOverride: false } declared || declared.Implemented().Any())
            return;
        var name = entity.Name + "Input";
        if (!entity.InstanceConstructors.Any(constructor => constructor.Parameters.IsEmpty && constructor.DeclaredAccessibility == Accessibility.Public)
            || model.LookupSymbols(method.SpanStart, name: name).Any() || model.LookupSymbols(body.SpanStart + 1, name: Input).Any())
            return;
        var settable = PropertiesOf(entity).Where(property => property is { IsStatic: false, IsIndexer: false, SetMethod.DeclaredAccessibility: Accessibility.Public }).ToList();
        var callers = settable.Where(property => property.Name != "Id" && !OverPosting.IsTheShops(property, entity)).ToList();
        if (callers.Count == 0 || settable.Except(callers).Any(property => property.IsRequired))
            return;

        var types = callers.Select(property => property.Type.ToMinimalDisplayString(model, method.SpanStart) + " " + property.Name);
        var newLine = offer.Root.DescendantTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        var record = SyntaxFactory.ParseMemberDeclaration($"public record {name}({string.Join(", ", types)});")!.WithTrailingTrivia(newLine, newLine).WithAdditionalAnnotations(Formatter.Annotation);
        var made = SyntaxFactory.ParseStatement($"var {stored.Identifier.ValueText} = new {parameter.Type} {{ {string.Join(", ", callers.Select(property => $"{property.Name} = {Input}.{property.Name}"))} }};")
            .WithTrailingTrivia(newLine).WithAdditionalAnnotations(Formatter.Annotation);
        offer.Edit("Bind an input without the shop's own members", editor =>
        {
            editor.ReplaceNode(parameter, parameter.WithType(SyntaxFactory.IdentifierName(name).WithTriviaFrom(parameter.Type)).WithIdentifier(SyntaxFactory.Identifier(Input).WithTriviaFrom(parameter.Identifier)));
            editor.InsertBefore(body.Statements[0], made);
            editor.InsertBefore(method, record);
        });
    }

    private static IEnumerable<IPropertySymbol> PropertiesOf(INamedTypeSymbol entity)
    {
        for (var type = entity; type is { SpecialType: SpecialType.None }; type = type.BaseType)
        {
            foreach (var member in type.GetMembers())
            {
                if (member is IPropertySymbol { IsOverride: false } property)
                    yield return property;
            }
        }
    }
}

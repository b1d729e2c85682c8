using System.Runtime.CompilerServices;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.CriticalPaths;

/// <summary>
/// Whether any name or route in a file could put code on a path, told by syntax alone. Says yes too often rather than too seldom: a compilation
/// in which every file says no is left alone, and costs what an empty analyzer costs. An editor keeps the trees it did not change, so each is read once.
/// </summary>
internal static class SpokenNames
{
    private static readonly ConditionalWeakTable<SyntaxTree, StrongBox<bool>> Known = new();

    public static bool MayPutCodeOnPath(SyntaxTree tree, CancellationToken cancellation)
    {
        if (!Known.TryGetValue(tree, out var answer))
            answer = Known.GetValue(tree, each => new StrongBox<bool>(Speaks(each.GetRoot(cancellation))));
        return answer.Value;
    }

    private static bool Speaks(SyntaxNode node) => node switch
    {
        CompilationUnitSyntax unit => unit.Usings.Any(Hides) || unit.Members.Any(Speaks),
        GlobalStatementSyntax { Statement: LocalFunctionStatementSyntax function } statement => ConventionWords.PathOf(function.Identifier.ValueText) is not null || Routes.PathOfCallsIn(statement) is not null,
        GlobalStatementSyntax statement => Routes.PathOfCallsIn(statement) is not null,
        BaseNamespaceDeclarationSyntax space => SpeaksAsNamespace(space.Name) || space.Usings.Any(Hides) || space.Members.Any(Speaks),
        TypeDeclarationSyntax type => SpeaksAsType(type, type.Identifier) || KeepsSets(type) || type.Members.Any(Speaks),
        BaseTypeDeclarationSyntax type => SpeaksAsType(type, type.Identifier),
        DelegateDeclarationSyntax type => SpeaksAsType(type, type.Identifier),
        MethodDeclarationSyntax method => SpeaksAsMethod(method),
        PropertyDeclarationSyntax property => SpeaksAsMember(property.Identifier, property.ExplicitInterfaceSpecifier),
        EventDeclarationSyntax @event => SpeaksAsMember(@event.Identifier, @event.ExplicitInterfaceSpecifier),
        IndexerDeclarationSyntax indexer => indexer.ExplicitInterfaceSpecifier is not null,
        EventFieldDeclarationSyntax events => events.Declaration.Variables.Any(variable => SpeaksAsMember(variable.Identifier, null)),
        _ => false,
    };

    private static bool SpeaksAsNamespace(NameSyntax name) =>
        name is QualifiedNameSyntax qualified ? SpeaksAsNamespace(qualified.Left) || SpeaksAsNamespace(qualified.Right) : name is SimpleNameSyntax simple && ConventionWords.PathOf(simple.Identifier.ValueText) is not null;

    private static bool SpeaksAsType(MemberDeclarationSyntax type, SyntaxToken name) => ConventionWords.PathOfType(name.ValueText) is not null || type.AttributeLists.Any(MayRoute);

    private static bool KeepsSets(TypeDeclarationSyntax type) => type.BaseList?.Types.Any(parent => TypeNames.Of(parent.Type) is { } name && ConventionPaths.IsContext(name)) == true
        && type.Members.Any(member => member is PropertyDeclarationSyntax { Type: GenericNameSyntax { TypeArgumentList.Arguments: [var row] } } && TypeNames.Of(row) is { } entity && ConventionWords.PathOf(entity) is not null);

    private static bool SpeaksAsMethod(MethodDeclarationSyntax method) =>
        SpeaksAsMember(method.Identifier, method.ExplicitInterfaceSpecifier) || method.AttributeLists.Any(MayRoute)
        || (method.ParameterList.Parameters.Any(parameter => TypeNames.Of(parameter.Type) is { } type && Routes.IsBuilder(type)) || method.Parent is TypeDeclarationSyntax owner && Routes.IsEntry(owner.Identifier.ValueText, method.Identifier.ValueText)) && Routes.PathOfCallsIn(method) is not null;

    // The name of an explicit implementation spells the whole interface, which syntax alone does not.
    private static bool SpeaksAsMember(SyntaxToken name, ExplicitInterfaceSpecifierSyntax? contract) => contract is not null || ConventionWords.PathOfMember(name.ValueText) is not null;

    private static bool MayRoute(AttributeListSyntax list)
    {
        foreach (var attribute in list.Attributes)
        {
            if (attribute.ArgumentList is not { } arguments || TypeNames.Of(attribute.Name) is not { } name || !Routes.IsRoute(name))
                continue;
            foreach (var argument in arguments.Arguments)
            {
                if (argument.Expression is not LiteralExpressionSyntax { Token.Value: var value } || value is string route && ConventionWords.PathOf(route) is not null)
                    return true;
            }
        }
        return false;
    }

    // Under another name a route would not be seen.
    private static bool Hides(UsingDirectiveSyntax directive) => directive.Alias is not null && TypeNames.Of(directive.Name) is { } target && (Routes.IsRoute(target) || Routes.IsBuilder(target));
}

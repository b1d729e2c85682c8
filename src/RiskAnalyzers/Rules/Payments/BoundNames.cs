using System.Runtime.CompilerServices;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>Which types endpoints bind, and which methods routes are mapped to: read from the files, each once, because an editor keeps those it did not change.</summary>
internal sealed class BoundNames
{
    private static readonly ConditionalWeakTable<SyntaxTree, BoundNames> Known = new();

    private static readonly BoundNames Nothing = new();

    internal static readonly HashSet<string> MapVerbs = new(StringComparer.Ordinal) { "MapPost", "MapPut", "MapPatch", "MapDelete", "MapGet", "MapMethods" };

    /// <summary>The simple names of the types.</summary>
    public HashSet<string> Types { get; } = new(StringComparer.Ordinal);

    /// <summary>The simple names of the methods.</summary>
    public HashSet<string> Handlers { get; } = new(StringComparer.Ordinal);

    public static BoundNames In(Compilation compilation)
    {
        var all = new BoundNames();
        foreach (var tree in compilation.SyntaxTrees)
        {
            var here = Known.GetValue(tree, Read);
            all.Types.UnionWith(here.Types);
            all.Handlers.UnionWith(here.Handlers);
        }
        if (all.Handlers.Count == 0)
            return all;
        foreach (var method in DeclaredTypes.In(compilation).All.SelectMany(type => type.Declarations))
        {
            if (!all.Handlers.Contains(method.Identifier.ValueText))
                continue;
            foreach (var parameter in method.ParameterList.Parameters)
                all.AddType(parameter.Type);
        }
        return all;
    }

    private static BoundNames Read(SyntaxTree tree)
    {
        var maps = TextSearch.Contains(tree, ".Map");
        if (!maps && !TextSearch.Contains(tree, "Controller") && !TextSearch.Contains(tree, "[From") && !TextSearch.Contains(tree, "Endpoint<"))
            return Nothing;
        var found = new BoundNames();
        foreach (var node in tree.GetRoot().DescendantNodes(child => maps || child is not BlockSyntax))
            found.Add(node);
        return found;
    }

    private void Add(SyntaxNode node)
    {
        switch (node)
        {
            case ParameterSyntax { AttributeLists.Count: > 0 } parameter when parameter.AttributeLists.ToString().Contains("From"):
                AddType(parameter.Type);
                break;
            case MethodDeclarationSyntax { Parent: ClassDeclarationSyntax type } method when type.Identifier.ValueText.EndsWith("Controller", StringComparison.Ordinal) || type.BaseList?.ToString().Contains("Controller") == true:
                foreach (var parameter in method.ParameterList.Parameters)
                    AddType(parameter.Type);
                break;
            case SimpleBaseTypeSyntax { Type: GenericNameSyntax { Identifier.ValueText: "Endpoint", TypeArgumentList.Arguments: [var request, ..] } }:
                AddType(request);
                break;
            case GenericNameSyntax { Identifier.ValueText: "ReadFromJsonAsync" or "ReadFormAsync", TypeArgumentList.Arguments: [var read], Parent: MemberAccessExpressionSyntax { Expression: var body } } when body.ToString().EndsWith("Request", StringComparison.Ordinal):
                AddType(read);
                break;
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var verb } } call when MapVerbs.Contains(verb):
                foreach (var argument in call.ArgumentList.Arguments)
                    AddMapped(argument.Expression);
                break;
        }
    }

    private void AddMapped(ExpressionSyntax handler)
    {
        switch (handler)
        {
            case ParenthesizedLambdaExpressionSyntax lambda:
                foreach (var parameter in lambda.ParameterList.Parameters)
                    AddType(parameter.Type);
                break;
            case MemberAccessExpressionSyntax access:
                Handlers.Add(access.Name.Identifier.ValueText);
                break;
            case IdentifierNameSyntax name:
                Handlers.Add(name.ToString());
                break;
        }
    }

    private void AddType(TypeSyntax? type)
    {
        if (TypeNames.Of(type) is { } name)
            Types.Add(name);
    }
}

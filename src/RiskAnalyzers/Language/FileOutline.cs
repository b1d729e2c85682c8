using System.Runtime.CompilerServices;

namespace RiskAnalyzers.Language;

/// <summary>What one file declares, by syntax. Read once: an editor keeps the files that it did not change.</summary>
internal sealed class FileOutline
{
    private static readonly ConditionalWeakTable<SyntaxTree, FileOutline> Known = new();

    private readonly List<DeclaredType> _types = new();
    private readonly List<(string, string)> _globalAliases = new();
    private readonly Dictionary<string, string> _aliases = new(StringComparer.Ordinal);

    private FileOutline(SyntaxTree tree)
    {
        if (tree.GetRoot() is not CompilationUnitSyntax unit)
            return;
        ReadAliases(unit.Usings);
        foreach (var member in unit.Members)
            Read(member, "");
    }

    public static FileOutline Of(SyntaxTree tree) => Known.GetValue(tree, each => new FileOutline(each));

    public IReadOnlyList<DeclaredType> Types => _types;

    public IReadOnlyList<(string Alias, string Target)> GlobalAliases => _globalAliases;

    /// <summary>The simple name of a type, an alias of this file resolved; empty where it has none.</summary>
    public string NameOf(TypeSyntax type) => TypeNames.Of(type) is not { } name ? "" : _aliases.TryGetValue(name, out var target) ? target : name;

    private void ReadAliases(SyntaxList<UsingDirectiveSyntax> directives)
    {
        foreach (var directive in directives)
        {
            if (directive.Alias?.Name.Identifier.ValueText is not { } alias || TypeNames.Of(directive.Name) is not { } target)
                continue;
            _aliases[alias] = target;
            if (directive.GlobalKeyword != default)
                _globalAliases.Add((alias, target));
        }
    }

    private void Read(MemberDeclarationSyntax member, string prefix)
    {
        switch (member)
        {
            case BaseNamespaceDeclarationSyntax space:
                ReadAliases(space.Usings);
                var inside = prefix + string.Join(".", space.Name.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Select(part => part.Identifier.ValueText)) + ".";
                foreach (var inner in space.Members)
                    Read(inner, inside);
                break;
            case TypeDeclarationSyntax type:
                var arity = type.TypeParameterList?.Parameters.Count ?? 0;
                var name = prefix + type.Identifier.ValueText + (arity == 0 ? "" : "`" + arity);
                _types.Add(new DeclaredType(type, name, this));
                foreach (var inner in type.Members)
                    Read(inner, name + "+");
                break;
        }
    }
}

/// <summary>One declaration of a type, as its file spells it.</summary>
internal sealed class DeclaredType
{
    private readonly HashSet<string> _methods = new(StringComparer.Ordinal);
    private readonly HashSet<string> _overrides = new(StringComparer.Ordinal);
    private readonly List<MethodDeclarationSyntax> _declarations = new();
    private readonly List<(string, string)> _sets = new();

    public DeclaredType(TypeDeclarationSyntax syntax, string metadataName, FileOutline file)
    {
        Syntax = syntax;
        MetadataName = metadataName;
        Bases = syntax.BaseList?.Types.Select(type => file.NameOf(type.Type)).ToArray() ?? Array.Empty<string>();
        foreach (var member in syntax.Members)
        {
            switch (member)
            {
                case MethodDeclarationSyntax method:
                    _methods.Add(method.Identifier.ValueText);
                    _declarations.Add(method);
                    if (method.Modifiers.Any(SyntaxKind.OverrideKeyword))
                        _overrides.Add(method.Identifier.ValueText);
                    break;
                case PropertyDeclarationSyntax property when TypeNames.Simple(property.Type) is GenericNameSyntax { Identifier.ValueText: "DbSet" or "IDbSet", TypeArgumentList.Arguments: [var entity] }:
                    _sets.Add((file.NameOf(entity), property.Identifier.ValueText));
                    break;
            }
        }
    }

    public TypeDeclarationSyntax Syntax { get; }

    public string Name => Syntax.Identifier.ValueText;

    /// <summary>As the compiler finds it: <c>Shop.Orders.Repository`1+Row</c>.</summary>
    public string MetadataName { get; }

    /// <summary>The simple names of what the declaration derives from.</summary>
    public IReadOnlyList<string> Bases { get; }

    /// <summary>The names of the methods that this declaration holds.</summary>
    public ISet<string> Methods => _methods;

    /// <summary>The methods themselves, overloads too.</summary>
    public IReadOnlyList<MethodDeclarationSyntax> Declarations => _declarations;

    /// <summary>Those of them that override.</summary>
    public ISet<string> Overrides => _overrides;

    /// <summary>Its sets of entities, with the simple names of those.</summary>
    public IReadOnlyList<(string Entity, string Property)> Sets => _sets;

    /// <summary>Whether it may have more parts, which hold members of their own.</summary>
    public bool IsPartial => Syntax.Modifiers.Any(SyntaxKind.PartialKeyword);
}

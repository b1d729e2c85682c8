using System.Runtime.CompilerServices;

namespace RiskAnalyzers.Language;

/// <summary>What rules ask of symbols and types again and again.</summary>
internal static class Symbols
{
    /// <summary>The type that an operation yields once awaited: T for <c>Task&lt;T&gt;</c> and <c>ValueTask&lt;T&gt;</c>, null for <c>Task</c> and <c>void</c>.</summary>
    public static ITypeSymbol? AwaitedType(this ITypeSymbol? type) => type switch
    {
        null or { SpecialType: SpecialType.System_Void } => null,
        INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments: [var result] } => result,
        INamedTypeSymbol { Name: "Task" or "ValueTask", ContainingNamespace.Name: "Tasks" } => null,
        _ => type,
    };

    /// <summary>The type without <c>Nullable&lt;T&gt;</c> around it.</summary>
    public static ITypeSymbol? WithoutNullable(this ITypeSymbol? type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var value] } ? value : type;

    /// <summary>Whether the type is the other, derives from it or implements it. False where the other is absent from the compilation.</summary>
    public static bool Is(this ITypeSymbol? type, ITypeSymbol? other)
    {
        if (type is null || other is null)
            return false;
        for (var ancestor = type; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(ancestor.OriginalDefinition, other))
                return true;
        }
        return type.AllInterfaces.Any(contract => SymbolEqualityComparer.Default.Equals(contract.OriginalDefinition, other));
    }

    /// <summary>What a reader calls the member: an accessor by the name of its property or event.</summary>
    public static string ReadableName(this ISymbol member) => member is IMethodSymbol { AssociatedSymbol: { } associated } ? associated.Name : member.Name;

    /// <summary>Whether the symbol carries the attribute of this class name: <c>"AllowAnonymousAttribute"</c>.</summary>
    public static bool HasAttribute(this ISymbol symbol, string className) => symbol.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == className);

    // To write a name down is dear, and a project has few namespaces.
    private static readonly ConditionalWeakTable<INamespaceSymbol, string> NamespaceNames = new();

    /// <summary>The whole name of the namespace that the symbol stands in: <c>Shop.Admin.Orders</c>.</summary>
    public static string? NamespaceName(this ISymbol symbol) => symbol.ContainingNamespace is { } space ? NamespaceNames.GetValue(space, each => each.ToString()!) : null;

    /// <summary>The first word of the symbol's namespace: <c>System</c>, <c>Stripe</c>; null outside any.</summary>
    public static string? RootNamespace(this ISymbol symbol)
    {
        var space = symbol.ContainingNamespace;
        while (space is { IsGlobalNamespace: false, ContainingNamespace.IsGlobalNamespace: false })
            space = space.ContainingNamespace;
        return space?.Name;
    }

    /// <summary>Whether the symbol is of the product's own projects, this one or another, and of no framework.</summary>
    public static bool IsOfTheProduct(this ISymbol symbol) =>
        symbol.RootNamespace() is not ("System" or "Microsoft" or "Azure" or "Amazon" or "Google" or "Stripe" or "Newtonsoft" or "MediatR" or "Windows");
}

using System.Runtime.CompilerServices;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Resilience;

/// <summary>Which types live as long as the process, and which values in them are torn by two threads at once.</summary>
internal static class SharedTypes
{
    private static readonly ConditionalWeakTable<Compilation, HashSet<string>> Singletons = new();

    private static readonly HashSet<string> Collections = Words.SetOf("Dictionary List HashSet Queue Stack SortedDictionary SortedList SortedSet LinkedList PriorityQueue StringBuilder IDictionary IList ICollection ISet Collection");

    /// <summary>Whether the type is a collection that bears no writes from two threads.</summary>
    public static bool IsCollection(ITypeSymbol type) => Collections.Contains(type.Name) && (type.Name == "StringBuilder" || type is INamedTypeSymbol { IsGenericType: true });

    /// <summary>Whether the type is a concurrent collection.</summary>
    public static bool IsConcurrent(ITypeSymbol type) => type.Name is "ConcurrentDictionary";

    /// <summary>Whether a concurrent collection holds collections that are none.</summary>
    public static bool HoldsCollections(ITypeSymbol type) => type is INamedTypeSymbol { TypeArguments: { Length: > 1 } arguments } && IsCollection(arguments[arguments.Length - 1]);

    /// <summary>Whether the member is made with a mutable collection, as far as its declaration tells: an interface may stand for a frozen or concurrent one.</summary>
    public static bool HoldsMutable(ISymbol member, CancellationToken cancellation)
    {
        var value = member.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) switch
        {
            VariableDeclaratorSyntax { Initializer.Value: var initial } => initial,
            PropertyDeclarationSyntax { Initializer.Value: var initial } => initial,
            PropertyDeclarationSyntax { AccessorList: null } => null,
            _ => null,
        };
        // A property that computes what it returns holds nothing.
        if (member is IPropertySymbol && value is null)
            return false;
        return value?.ToString() is not { } text || !(text.Contains("Concurrent") || text.Contains("Frozen") || text.Contains("Immutable") || text.Contains("ReadOnly"));
    }

    /// <summary>Whether one instance of the type serves all requests: registered as a singleton in this compilation, a middleware, or a store in memory.</summary>
    public static bool AreShared(INamedTypeSymbol type, Compilation compilation) =>
        // A hosted service is one too, but only its own loop runs it.
        !type.AllInterfaces.Any(contract => contract.Name == "IHostedService")
        && (Words.ContainSequence(type.Name, "in", "memory") || Words.ContainSequence(type.Name, "memory", "store")
        || type.InstanceConstructors.Any(constructor => constructor.Parameters.Any(parameter => parameter.Type.Name == "RequestDelegate"))
        || Singletons.GetValue(compilation, FindSingletons).Contains(type.Name));

    /// <summary>Whether each request gets an instance of its own: a controller, or what this compilation registers as scoped or transient.</summary>
    public static bool ArePerRequest(INamedTypeSymbol type, Compilation compilation) => Words.Of(type.BaseType?.Name ?? "") is [.., "controller" or "base" or "model" or "hub"] || Words.Of(type.Name) is [.., "controller"]
        || compilation.SyntaxTrees.Any(tree => (TextSearch.Contains(tree, "AddScoped") || TextSearch.Contains(tree, "AddTransient")) && tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call => Registers(call, type.Name)));

    private static bool Registers(InvocationExpressionSyntax call, string type) => call.Expression is MemberAccessExpressionSyntax { Name: { Identifier.Text: "AddScoped" or "AddTransient" or "TryAddScoped" or "TryAddTransient" } name }
        && (name is GenericNameSyntax generic ? generic.TypeArgumentList.Arguments.Any(argument => NameOf(argument) == type) : call.ArgumentList.DescendantNodes().OfType<TypeOfExpressionSyntax>().Any(typeOf => NameOf(typeOf.Type) == type));

    // By syntax: services.AddSingleton<ICart, Cart>(), AddSingleton(new Cart()), AddSingleton<ICart>(_ => new Cart(...)), AddSingleton(typeof(Cart)).
    private static HashSet<string> FindSingletons(Compilation compilation)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (!TextSearch.Contains(tree, "AddSingleton"))
                continue;
            foreach (var call in tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>())
            {
                if (call.Expression is not MemberAccessExpressionSyntax { Name: { Identifier.Text: "AddSingleton" or "TryAddSingleton" } name })
                    continue;
                if (name is GenericNameSyntax generic)
                    found.UnionWith(generic.TypeArgumentList.Arguments.Select(NameOf));
                foreach (var node in call.ArgumentList.DescendantNodes())
                {
                    if (node is ObjectCreationExpressionSyntax creation)
                        found.Add(NameOf(creation.Type));
                    else if (node is TypeOfExpressionSyntax typeOf)
                        found.Add(NameOf(typeOf.Type));
                }
            }
        }
        return found;
    }

    private static string NameOf(TypeSyntax type) => type switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.Text,
        SimpleNameSyntax simple => simple.Identifier.Text,
        _ => type.ToString(),
    };
}

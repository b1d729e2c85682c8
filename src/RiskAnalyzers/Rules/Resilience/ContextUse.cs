using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Resilience;

/// <summary>Whether members of the product work on the context of their request: the one that all that runs for it share.</summary>
internal static class ContextUse
{
    private const int Depth = 3;
    private const int MostImplementations = 3;

    private static readonly string[] OwnContexts = { "CreateDbContext", "CreateContext", "CreateScope", "CreateAsyncScope", "BeginLifetimeScope", "Connection(", "ConnectionAsync(", "GetCollection", "Context(" };

    /// <summary>Whether the method goes to the database on a context that its type was given; what nobody can see may well open one for each call.</summary>
    public static bool IsShared(IMethodSymbol method, CompilationFacts facts) => Uses(method, ImplementationMap.In(facts.Compilation), Depth) == true;

    // True for a context that is shared, false for one of its own, null where neither is seen.
    private static bool? Uses(IMethodSymbol method, ImplementationMap implementations, int depth)
    {
        bool? found = null;
        foreach (var implementation in implementations.Of(method).Take(MostImplementations))
        {
            foreach (var reference in implementation.DeclaringSyntaxReferences)
            {
                var body = reference.GetSyntax();
                if (OwnContexts.Any(body.ToString().Contains))
                    return false;
                if (InBody(body, implementation.ContainingType, implementations, depth) is not { } use)
                    continue;
                if (!use)
                    return false;
                found = true;
            }
        }
        return found;
    }

    private static bool? InBody(SyntaxNode body, INamedTypeSymbol type, ImplementationMap implementations, int depth)
    {
        var shared = false;
        foreach (var node in body.DescendantNodes())
        {
            if (node is not IdentifierNameSyntax { Identifier.ValueText: var name } identifier)
                continue;
            var isMember = identifier.Parent is MemberAccessExpressionSyntax access && access.Name == identifier;
            if (isMember && identifier.Parent is not MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax or BaseExpressionSyntax })
                continue;
            if (TypeOf(type, name) is not INamedTypeSymbol given)
                continue;
            if (EntityFramework.IsContext(given) || EntityFramework.IsSet(given) || given.Name is "UserManager" or "RoleManager" or "SignInManager")
            {
                shared = true;
                continue;
            }
            if (depth == 0 || given.DeclaringSyntaxReferences.IsEmpty)
                continue;
            // What the member of a field does.
            var outer = isMember ? identifier.Parent! : identifier;
            if (outer.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var called, Parent: InvocationExpressionSyntax } && MemberOf(given, called) is { } callee)
            {
                if (Uses(callee, implementations, depth - 1) is not { } use)
                    continue;
                if (!use)
                    return false;
                shared = true;
            }
        }
        if (shared)
            return true;
        foreach (var call in body.DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            if (depth > 0 && call.Expression is SimpleNameSyntax { Identifier.ValueText: var own } && MemberOf(type, own) is { } helper && Uses(helper, implementations, depth - 1) is { } use)
                return use;
        }
        return null;
    }

    private static IMethodSymbol? MemberOf(INamedTypeSymbol type, string name)
    {
        for (INamedTypeSymbol? owner = type; owner is not null; owner = owner.BaseType)
        {
            if (owner.GetMembers(name).OfType<IMethodSymbol>().FirstOrDefault() is { } method)
                return method.OriginalDefinition;
        }
        return type.AllInterfaces.SelectMany(contract => contract.GetMembers(name)).OfType<IMethodSymbol>().FirstOrDefault()?.OriginalDefinition;
    }

    private static ITypeSymbol? TypeOf(INamedTypeSymbol type, string name)
    {
        for (INamedTypeSymbol? owner = type; owner is not null; owner = owner.BaseType)
        {
            foreach (var member in owner.GetMembers(name))
            {
                switch (member)
                {
                    case IFieldSymbol field:
                        return field.Type;
                    case IPropertySymbol property:
                        return property.Type;
                }
            }
        }
        return type.InstanceConstructors.SelectMany(constructor => constructor.Parameters).FirstOrDefault(parameter => parameter.Name == name)?.Type;
    }
}

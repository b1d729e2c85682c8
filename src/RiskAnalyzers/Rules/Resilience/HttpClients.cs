using System.Runtime.CompilerServices;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Resilience;

/// <summary>What limits the time of an <c>HttpClient</c>'s calls: its own time-out, a token, or its registration somewhere in the compilation.</summary>
internal static class HttpClients
{
    private static readonly ConditionalWeakTable<Compilation, List<Registration>> Known = new();

    private static readonly string[] Limits = { "Timeout", "ResilienceHandler", "AddPolicyHandler", "AddHedging", "CancelAfter" };

    /// <summary>Whether a client that is made here gets a time-out, or all its calls get a token with one.</summary>
    public static bool IsLimited(IObjectCreationOperation creation, ISymbol member)
    {
        if (creation.Initializer is { } initializer && initializer.Initializers.Any(each => each is ISimpleAssignmentOperation assignment && assignment.Target.ReferencedSymbol()?.Name == "Timeout"))
            return true;
        return creation.Target(member) switch
        {
            ILocalSymbol local => creation.EnclosingFunction().Descendants().Any(operation => SetsTimeout(operation, local)) || HasDeadline(creation),
            IFieldSymbol or IPropertySymbol => TypeSetsTimeout(member.ContainingType, creation.Target(member)!.Name),
            _ => HasDeadline(creation),
        };
    }

    /// <summary>Whether the call or its surroundings limit its time.</summary>
    public static bool IsLimited(IInvocationOperation call, IOperation receiver, ISymbol member)
    {
        if (HasDeadline(call) || call.Parent is IInvocationOperation { TargetMethod.Name: "WaitAsync" or "AsTask" } || call.Ancestors().Any(IsPipeline))
            return true;
        return receiver.ReferencedSymbol() switch
        {
            ILocalSymbol local => call.EnclosingFunction().Descendants().Any(operation => SetsTimeout(operation, local)
                || operation is IVariableDeclaratorOperation declarator && SymbolEqualityComparer.Default.Equals(declarator.Symbol, local) && declarator.GetVariableInitializer()?.Value.WithoutConversions() is IObjectCreationOperation),
            IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } } parameter => TypeSetsTimeout(member.ContainingType, parameter.Name),
            IFieldSymbol or IPropertySymbol => receiver.ReferencedSymbol() is { } field && (field.IsStatic || TypeSetsTimeout(member.ContainingType, field.Name)),
            _ => true,
        };
    }

    /// <summary>Whether the client's registration is in this compilation and sets neither a time-out nor a resilience handler.</summary>
    public static bool AreUnlimitedFor(IOperation receiver, INamedTypeSymbol user, Compilation compilation)
    {
        var registrations = Known.GetValue(compilation, Find);
        if (registrations.Count == 0 || registrations.Any(registration => registration.IsForAll && registration.IsLimited))
            return false;
        var own = registrations.Where(registration => registration.Names.Contains(user.Name) || user.AllInterfaces.Any(contract => registration.Names.Contains(contract.Name))).ToList();
        if (own.Count == 0 && NameOf(receiver) is { } name)
            own = registrations.Where(registration => registration.Names.Contains(name)).ToList();
        return own.Count > 0 && own.All(registration => !registration.IsLimited);
    }

    /// <summary>Whether the statement around a setting also adds a resilience handler, which brings time-outs of its own.</summary>
    public static bool HasResilienceBeside(IOperation setting) =>
        setting.Syntax.Ancestors().FirstOrDefault(node => node is StatementSyntax and not BlockSyntax && node.Parent is BlockSyntax { Parent: not AnonymousFunctionExpressionSyntax } or GlobalStatementSyntax)?.ToString() is { } statement
        && (statement.Contains("ResilienceHandler") || statement.Contains("AddPolicyHandler") || statement.Contains("AddHedging"));

    private static bool SetsTimeout(IOperation operation, ISymbol client) =>
        operation is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "Timeout", Instance: { } instance } } && SymbolEqualityComparer.Default.Equals(instance.ReferencedSymbol(), client);

    private static bool TypeSetsTimeout(INamedTypeSymbol type, string name) => type.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax().DescendantNodes().Any(node =>
        node is AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Name.Identifier.Text: "Timeout", Expression: var client } } && (client.ToString() is var text && (text == name || text.TrimStart('_') == name.TrimStart('_') || text == "this." + name))));

    // A token source with a limit in the same function.
    private static bool HasDeadline(IOperation operation) => operation.EnclosingFunction().DescendantsInFunction().Any(each =>
        each is IInvocationOperation { TargetMethod.Name: "CancelAfter" } or IObjectCreationOperation { Type.Name: "CancellationTokenSource", Arguments.Length: > 0 });

    private static bool IsPipeline(IOperation operation) =>
        operation is IInvocationOperation { TargetMethod: { Name: "ExecuteAsync", ContainingType: { } type } } && (type.ContainingNamespace?.Name == "Polly" || Words.ContainAny(type.Name, PolicyWords));

    private static readonly HashSet<string> PolicyWords = Words.SetOf("policy pipeline resilience");

    // The literal name that a factory was asked for, where the client is a local of this function.
    private static string? NameOf(IOperation receiver)
    {
        if (receiver.ReferencedSymbol() is not ILocalSymbol local)
            return null;
        foreach (var operation in receiver.EnclosingFunction().DescendantsInFunction())
        {
            if (operation is IVariableDeclaratorOperation declarator && SymbolEqualityComparer.Default.Equals(declarator.Symbol, local))
                return declarator.GetVariableInitializer()?.Value.WithoutConversions() is IInvocationOperation { TargetMethod.Name: "CreateClient" } creation
                    ? creation.Arguments.Select(argument => argument.Value.ConstantValue is { HasValue: true, Value: string name } ? name : null).FirstOrDefault(name => name is not null) ?? ""
                    : null;
        }
        return null;
    }

    private static List<Registration> Find(Compilation compilation)
    {
        var found = new List<Registration>();
        foreach (var tree in compilation.SyntaxTrees)
        {
            // Aspire's defaults, kept in a project that all services share, give every client a resilience handler.
            if (TextSearch.Contains(tree, "AddServiceDefaults"))
                found.Add(new Registration(new HashSet<string>(), true, true));
            if (!TextSearch.Contains(tree, "AddHttpClient") && !TextSearch.Contains(tree, "ConfigureHttpClientDefaults") && !TextSearch.Contains(tree, "AddRefitClient"))
                continue;
            foreach (var call in tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>())
            {
                if (call.Expression is not MemberAccessExpressionSyntax { Name: { Identifier.Text: "AddHttpClient" or "ConfigureHttpClientDefaults" or "AddRefitClient" } name })
                    continue;
                var names = new HashSet<string>(StringComparer.Ordinal);
                if (name is GenericNameSyntax generic)
                    names.UnionWith(generic.TypeArgumentList.Arguments.Select(type => type is QualifiedNameSyntax qualified ? qualified.Right.Identifier.Text : type.ToString()));
                if (call.ArgumentList.Arguments.FirstOrDefault()?.Expression is LiteralExpressionSyntax { Token.Value: string literal })
                    names.Add(literal);
                if (names.Count == 0)
                    names.Add("");
                found.Add(new Registration(names, name.Identifier.Text == "ConfigureHttpClientDefaults", Limits.Any(Chain(call).ToString().Contains)));
            }
        }
        return found;
    }

    // services.AddHttpClient<T>(...).AddStandardResilienceHandler(), and what is done with the builder that a variable keeps.
    private static SyntaxNode Chain(SyntaxNode call)
    {
        while (call.Parent is MemberAccessExpressionSyntax or InvocationExpressionSyntax or ConditionalAccessExpressionSyntax)
            call = call.Parent;
        return call.Parent is EqualsValueClauseSyntax && call.FirstAncestorOrSelf<BlockSyntax>() is { } block ? block : call;
    }

    private sealed record Registration(HashSet<string> Names, bool IsForAll, bool IsLimited);
}

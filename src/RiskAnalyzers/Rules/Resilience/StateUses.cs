using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Resilience;

/// <summary>What a use does to the state.</summary>
internal enum StateUse
{
    Read,

    /// <summary>The whole is replaced.</summary>
    Set,

    /// <summary>It is read and written back: <c>count++</c>, <c>total += price</c>.</summary>
    Step,

    /// <summary>Something is put into it or taken out.</summary>
    Change,
}

/// <summary>Where a member's state is changed, by syntax: binding every member of a type for each of its fields would cost more than the rule.</summary>
internal static class StateUses
{
    /// <summary>Calls that change a collection.</summary>
    public static readonly HashSet<string> Mutators = Words.SetOf(
        "Add AddRange Remove RemoveAll RemoveAt RemoveRange RemoveWhere Clear Insert InsertRange TryAdd Enqueue Dequeue TryDequeue Push Pop TryPop UnionWith ExceptWith IntersectWith Sort Reverse AddFirst AddLast RemoveFirst "
        + "RemoveLast Append AppendLine");

    private static readonly string[] Locks = { "EnterWriteLock", "WaitAsync(", "Monitor.", "EnterScope", ".Wait(", "WaitOne(", "AcquireAsync(", "LockAsync(" };

    // Done once, before the first request; a customer is registered at any time.
    private static readonly HashSet<string> SetUp = Words.SetOf("register configure initialize initialise init seed setup bootstrap startup");

    private static readonly HashSet<string> Daily = Words.SetOf("user customer account cart basket order item product payment coupon token session login");

    /// <summary>Whether a collection is changed anywhere without a lock; one that others see and that starts empty must be.</summary>
    public static bool IsChangedUnlocked(ISymbol member, Compilation compilation, CancellationToken cancellation) =>
        Uses(member, compilation, cancellation).Any(use => use.Use is StateUse.Change && IsUnguarded(use.Node, member));

    /// <summary>The unlocked writes of a value.</summary>
    public static IEnumerable<StateUse> UnlockedWrites(ISymbol member, Compilation compilation, CancellationToken cancellation) =>
        Uses(member, compilation, cancellation).Where(use => use.Use is StateUse.Set or StateUse.Step && IsUnguarded(use.Node, member)).Select(use => use.Use);

    /// <summary>Whether the collections in a concurrent dictionary are changed without a lock: <c>carts.GetOrAdd(id, _ => new()).Add(item)</c>.</summary>
    public static bool ChangesInside(ISymbol member, Compilation compilation, CancellationToken cancellation) =>
        Uses(member, compilation, cancellation).Any(use => IsUnguarded(use.Node, member) && Values(use.Node).Any(value => Of(value) is StateUse.Change && !IsLocked(value)));

    /// <summary>Whether the place stands in a lock, or in a member that takes one.</summary>
    public static bool IsLocked(SyntaxNode node)
    {
        foreach (var ancestor in node.Ancestors())
        {
            if (ancestor is LockStatementSyntax)
                return true;
            if (ancestor is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax or AnonymousFunctionExpressionSyntax && ancestor.ToString() is var text && Locks.Any(text.Contains))
                return true;
        }
        return false;
    }

    private static IEnumerable<(SyntaxNode Node, StateUse Use)> Uses(ISymbol member, Compilation compilation, CancellationToken cancellation)
    {
        foreach (var scope in Scopes(member, compilation, cancellation))
        {
            foreach (var token in scope.DescendantTokens())
            {
                if (!token.IsKind(SyntaxKind.IdentifierToken) || token.ValueText != member.Name || token.Parent is not IdentifierNameSyntax name)
                    continue;
                var node = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : (SyntaxNode)name;
                yield return (node, Of(node));
            }
        }
    }

    // The type itself, and for what others see the files that name it.
    private static IEnumerable<SyntaxNode> Scopes(ISymbol member, Compilation compilation, CancellationToken cancellation)
    {
        foreach (var reference in member.ContainingType.DeclaringSyntaxReferences)
            yield return reference.GetSyntax(cancellation);
        if (!member.IsStatic || member.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Internal))
            yield break;
        var name = member.ContainingType.Name + "." + member.Name;
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (!TextSearch.Contains(tree, name))
                continue;
            foreach (var node in tree.GetRoot(cancellation).DescendantNodes())
            {
                if (node is MemberAccessExpressionSyntax access && access.Name.Identifier.ValueText == member.Name && access.Expression.ToString().EndsWith(member.ContainingType.Name, StringComparison.Ordinal))
                    yield return access;
            }
        }
    }

    private static StateUse Of(SyntaxNode state)
    {
        switch (state.Parent)
        {
            case AssignmentExpressionSyntax assignment when assignment.Left == state:
                return assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) ? StateUse.Set : assignment.IsKind(SyntaxKind.CoalesceAssignmentExpression) ? StateUse.Read : StateUse.Step;
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression }:
            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression }:
                return StateUse.Step;
            case ElementAccessExpressionSyntax element when element.Expression == state:
                return Of(element) == StateUse.Read ? StateUse.Read : StateUse.Change;
            case MemberAccessExpressionSyntax access when access.Expression == state && access.Parent is InvocationExpressionSyntax && Mutators.Contains(access.Name.Identifier.ValueText):
            case ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax { Name.Identifier.ValueText: var called } } } conditional
                when conditional.Expression == state && Mutators.Contains(called):
                return StateUse.Change;
            default:
                return StateUse.Read;
        }
    }

    private static bool IsUnguarded(SyntaxNode node, ISymbol member)
    {
        foreach (var ancestor in node.Ancestors())
        {
            switch (ancestor)
            {
                // A constructor runs before anybody else sees the instance; a static one before anybody sees the type.
                case ConstructorDeclarationSyntax constructor:
                    return member.IsStatic && !constructor.Modifiers.Any(SyntaxKind.StaticKeyword) && !IsLocked(node);
                case FieldDeclarationSyntax or EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax }:
                    return false;
                case MethodDeclarationSyntax method:
                    return !IsLocked(node) && !IsSetUp(method) && !IsCalledUnderLocks(method);
                case GlobalStatementSyntax:
                    return node.Ancestors().OfType<AnonymousFunctionExpressionSyntax>().Any() && !IsLocked(node);
                case AccessorDeclarationSyntax or PropertyDeclarationSyntax:
                    return !IsLocked(node);
            }
        }
        return false;
    }

    private static bool IsSetUp(MethodDeclarationSyntax method) =>
        Words.Of(method.Identifier.Text) is { IsEmpty: false } words && SetUp.Contains(words[0]) && !words.HaveAny(Daily) && (words[0] != "register" || method.Modifiers.Any(SyntaxKind.StaticKeyword));

    // A private part of something that holds the lock.
    private static bool IsCalledUnderLocks(MethodDeclarationSyntax method)
    {
        if (method.Parent is not TypeDeclarationSyntax type || method.Modifiers.Any(SyntaxKind.PublicKeyword) || method.Modifiers.Any(SyntaxKind.InternalKeyword))
            return false;
        var calls = type.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(call => call.Expression is IdentifierNameSyntax { Identifier.ValueText: var name } && name == method.Identifier.ValueText).ToList();
        return calls.Count > 0 && calls.All(IsLocked);
    }

    // carts[id], carts.GetOrAdd(...), and the locals that hold what was found.
    private static IEnumerable<SyntaxNode> Values(SyntaxNode state)
    {
        switch (state.Parent)
        {
            case ElementAccessExpressionSyntax element when element.Expression == state:
                yield return element;
                foreach (var use in UsesOf(Declared(element)))
                    yield return use;
                break;
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetOrAdd" or "AddOrUpdate", Parent: InvocationExpressionSyntax call } access when access.Expression == state:
                yield return call;
                foreach (var use in UsesOf(Declared(call)))
                    yield return use;
                break;
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "TryGetValue", Parent: InvocationExpressionSyntax { ArgumentList.Arguments: [_, { Expression: DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax found } }] } } access when access.Expression == state:
                foreach (var use in UsesOf(found.Identifier))
                    yield return use;
                break;
        }
    }

    private static SyntaxToken? Declared(SyntaxNode value) => value.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Identifier: var local } } ? local : null;

    private static IEnumerable<SyntaxNode> UsesOf(SyntaxToken? local) => local?.Parent?.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member
        ? member.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == local.Value.ValueText)
        : Enumerable.Empty<SyntaxNode>();
}

using RiskAnalyzers.Configuration;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.CriticalPaths;

/// <summary>
/// The paths that calls give, where a team asks for it: what critical code calls in the same compilation is critical too, directly, through an
/// interface or virtual member, a delegate, a constructor, an accessor or an operator, to any depth. Computed once a compilation, breadth first,
/// so that the chain in the message is a shortest one; in the order of names, so that it does not depend on files or threads.
/// </summary>
internal sealed class CalledPaths
{
    public static readonly RiskOption<bool> FollowOption = RiskOptions.Flag("follow_calls", false,
        "Whether code that critical code calls in the same compilation is critical too.");

    public static readonly RiskOption<ImmutableArray<string>> StopOption = RiskOptions.List("follow_calls_stop",
        "Symbol patterns at which following calls stops, such as Shop.Infrastructure.Logging.*");

    private readonly Compilation _compilation;
    private readonly Func<ISymbol, SyntaxTree, CancellationToken, CriticalPath?> _ownPath;
    private readonly Func<INamedTypeSymbol, bool> _isRealType;
    private readonly ImmutableArray<(string Path, string Pattern)> _stops;
    private readonly Dictionary<ISymbol, List<ISymbol>> _implementations = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, CriticalPath> _paths = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _types = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<SyntaxTree, SemanticModel> _models = new();

    public CalledPaths(Compilation compilation, Func<ISymbol, SyntaxTree, CancellationToken, CriticalPath?> ownPath,
        Func<INamedTypeSymbol, bool> isRealType, ImmutableArray<string> stops, CancellationToken cancellation)
    {
        _isRealType = isRealType;
        _compilation = compilation;
        _ownPath = ownPath;
        _stops = stops.Select(pattern => ("", pattern)).ToImmutableArray();
        var frontier = Roots(cancellation);
        while (frontier.Count > 0)
            frontier = Next(frontier, cancellation);
    }

    /// <summary>The path that calls give to a member, or null.</summary>
    public CriticalPath? Of(ISymbol member) => _paths.TryGetValue(member.OriginalDefinition, out var path) ? path : null;

    /// <summary>Whether calls reach anything in the type.</summary>
    public bool Touch(INamedTypeSymbol type) => _types.Contains(type);

    // Members that are critical by themselves, with the path and the chain that begins at them.
    private List<(ISymbol Member, CriticalPath Path)> Roots(CancellationToken cancellation)
    {
        var roots = new List<(ISymbol, CriticalPath)>();
        foreach (var type in ImplementationMap.SourceTypes(_compilation))
        {
            foreach (var member in type.GetMembers())
            {
                foreach (var promised in member.Implemented().Concat(member.Overridden() is { } overridden ? new[] { overridden } : Array.Empty<ISymbol>()))
                    Note(promised, member);
                if (member is INamedTypeSymbol || member.DeclaringSyntaxReferences.IsEmpty)
                    continue;
                var reviewed = CriticalUnit.Reviewed(member);
                if (_ownPath(reviewed, member.DeclaringSyntaxReferences[0].SyntaxTree, cancellation) is { } path)
                    roots.Add((reviewed, path with { Chain = ImmutableArray.Create(NameOf(reviewed)) }));
            }
        }
        return roots.OrderBy(root => root.Item1.ToDisplayString(), StringComparer.Ordinal).ToList();
    }

    private List<(ISymbol Member, CriticalPath Path)> Next(List<(ISymbol Member, CriticalPath Path)> frontier, CancellationToken cancellation)
    {
        var next = new List<(ISymbol Member, CriticalPath Path)>();
        foreach (var (caller, path) in frontier)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var called in CalledBy(caller, cancellation).SelectMany(WithImplementations).OrderBy(member => member.ToDisplayString(), StringComparer.Ordinal))
            {
                if (_paths.ContainsKey(called) || called.DeclaringSyntaxReferences.IsEmpty || PatternPaths.Of(called, _stops) is not null)
                    continue;
                if (!_isRealType(called as INamedTypeSymbol ?? called.ContainingType))
                    continue;
                if (_ownPath(called, called.DeclaringSyntaxReferences[0].SyntaxTree, cancellation) is not null)
                    continue;
                var reached = new CriticalPath(path.Name, PathOrigin.Call) { Chain = path.Chain.Add(NameOf(called)) };
                _paths.Add(called, reached);
                _types.Add(called as INamedTypeSymbol ?? called.ContainingType);
                next.Add((called, reached));
            }
        }
        return next;
    }

    private IEnumerable<ISymbol> CalledBy(ISymbol caller, CancellationToken cancellation)
    {
        foreach (var reference in Reviews.PartialParts.Of(caller).SelectMany(part => part.DeclaringSyntaxReferences))
        {
            var declaration = reference.GetSyntax(cancellation);
            var model = ModelOf(declaration.SyntaxTree);
            foreach (var node in Bodies(declaration))
            {
                if (model.GetOperation(node, cancellation) is not { } operation)
                    continue;
                foreach (var called in operation.DescendantsAndSelf().SelectMany(Called))
                {
                    if (called is not null && SymbolEqualityComparer.Default.Equals(called.ContainingAssembly, _compilation.Assembly))
                        yield return CriticalUnit.Reviewed(called.OriginalDefinition);
                }
            }
        }
    }

    private static IEnumerable<ISymbol?> Called(IOperation operation)
    {
        switch (operation)
        {
            case IInvocationOperation invocation:
                yield return invocation.TargetMethod.ReducedFrom ?? invocation.TargetMethod;
                break;
            case IObjectCreationOperation creation:
                yield return creation.Constructor;
                break;
            case IPropertyReferenceOperation property:
                yield return property.Property;
                break;
            case IMethodReferenceOperation method:
                yield return method.Method.ReducedFrom ?? method.Method;
                break;
            case IEventReferenceOperation @event:
                yield return @event.Event;
                break;
            case IBinaryOperation binary:
                yield return binary.OperatorMethod;
                break;
            case IUnaryOperation unary:
                yield return unary.OperatorMethod;
                break;
            case ICompoundAssignmentOperation compound:
                yield return compound.OperatorMethod;
                break;
            case IIncrementOrDecrementOperation step:
                yield return step.OperatorMethod;
                break;
            case IConversionOperation conversion:
                yield return conversion.OperatorMethod;
                break;
            case IAwaitOperation { Operation.Type: { } awaited }:
                yield return awaited.GetMembers("GetAwaiter").FirstOrDefault();
                break;
            case IForEachLoopOperation { Collection: var collection } when collection.WithoutConversions().Type is { } sequence:
                yield return sequence.GetMembers("GetEnumerator").FirstOrDefault() ?? sequence.GetMembers("GetAsyncEnumerator").FirstOrDefault();
                break;
            case IUsingOperation { Resources: IVariableDeclarationGroupOperation or IVariableDeclarationOperation } resources:
                foreach (var declarator in resources.Resources.Descendants().OfType<IVariableDeclaratorOperation>())
                    yield return Disposal(declarator.Symbol.Type);
                break;
            case IUsingOperation { Resources.Type: { } resource }:
                yield return Disposal(resource);
                break;
            case IUsingDeclarationOperation declaration:
                foreach (var declarator in declaration.Descendants().OfType<IVariableDeclaratorOperation>())
                    yield return Disposal(declarator.Symbol.Type);
                break;
        }
    }

    private static ISymbol? Disposal(ITypeSymbol type) => type.GetMembers("Dispose").FirstOrDefault() ?? type.GetMembers("DisposeAsync").FirstOrDefault();

    private IEnumerable<ISymbol> WithImplementations(ISymbol called) =>
        _implementations.TryGetValue(called, out var implementations) ? implementations.SelectMany(WithImplementations).Prepend(called) : new[] { called };

    private void Note(ISymbol promised, ISymbol implementation)
    {
        var key = CriticalUnit.Reviewed(promised.OriginalDefinition);
        if (!_implementations.TryGetValue(key, out var implementations))
            _implementations[key] = implementations = new();
        implementations.Add(CriticalUnit.Reviewed(implementation.OriginalDefinition));
    }

    // A constructor runs the initialisers of its type as well.
    private static IEnumerable<SyntaxNode> Bodies(SyntaxNode declaration)
    {
        yield return declaration is VariableDeclaratorSyntax { Initializer.Value: { } value } ? value : declaration;
        if (declaration is BasePropertyDeclarationSyntax property)
        {
            foreach (var accessor in property.AccessorList?.Accessors ?? default)
                yield return accessor;
            if (property is PropertyDeclarationSyntax { ExpressionBody.Expression: { } expression })
                yield return expression;
            if (property is IndexerDeclarationSyntax { ExpressionBody.Expression: { } indexed })
                yield return indexed;
            if (property is PropertyDeclarationSyntax { Initializer.Value: { } initial })
                yield return initial;
        }
        if (declaration is ConstructorDeclarationSyntax { Parent: TypeDeclarationSyntax type })
        {
            foreach (var field in type.Members.OfType<FieldDeclarationSyntax>().SelectMany(field => field.Declaration.Variables))
            {
                if (field.Initializer is { Value: var initial })
                    yield return initial;
            }
        }
    }

#pragma warning disable RS1030 // Reached code lies anywhere; each of its trees is bound once, and only where a team asks for it.
    private SemanticModel ModelOf(SyntaxTree tree)
    {
        if (!_models.TryGetValue(tree, out var model))
            _models[tree] = model = _compilation.GetSemanticModel(tree);
        return model;
    }
#pragma warning restore RS1030

    private static string NameOf(ISymbol member) => member switch
    {
        INamedTypeSymbol type => type.Name,
        IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor } => "new " + member.ContainingType.Name,
        _ => member.ContainingType?.Name + "." + member.Name,
    };
}

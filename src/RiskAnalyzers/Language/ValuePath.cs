namespace RiskAnalyzers.Language;

/// <summary>
/// A value that code can name again: a local, parameter, field or property and members of it, as in <c>request.Amount</c> or <c>order.Lines[i].Price</c>
/// of a loop over the lines. What a nullable holds is the nullable itself; a local that only renames another value, a loop's variable and a
/// query's parameter are followed to where they come from.
/// </summary>
internal sealed class ValuePath : IEquatable<ValuePath>
{
    // Stands in a path for "some element of the collection before it".
    private static readonly object Element = new();

    private const int Depth = 6;

    private static readonly HashSet<string> SameElements = Words.SetOf("Where OrderBy OrderByDescending ThenBy ThenByDescending Take Skip ToList ToArray ToHashSet AsEnumerable AsQueryable AsNoTracking Distinct Reverse ToListAsync ToArrayAsync Include");

    private readonly ImmutableArray<object> _steps;

    private ValuePath(ImmutableArray<object> steps) => _steps = steps;

    /// <summary>The local, parameter or member that the path begins with.</summary>
    public ISymbol Root => (ISymbol)_steps[0];

    /// <summary>Whether the path is the root alone.</summary>
    public bool IsRoot => _steps.Length == 1;

    /// <summary>The path as the code names it, or null where the value is computed.</summary>
    public static ValuePath? Named(IOperation? operation) => Read(operation, 0, follow: false);

    /// <summary>The path to where the value comes from: through renaming locals, loops over collections and parameters of queries.</summary>
    public static ValuePath? Of(IOperation? operation) => Read(operation, 0, follow: true);

    /// <summary>The collection whose elements a call enumerates: its receiver without filters and orders.</summary>
    public static IOperation SourceOf(IOperation collection)
    {
        while (true)
        {
            collection = collection.WithoutAwait();
            if (collection is not IInvocationOperation call || !SameElements.Contains(call.TargetMethod.Name) || Receiver(call) is not { } receiver)
                return collection;
            collection = receiver;
        }
    }

    /// <summary>What a method or extension method is called on.</summary>
    public static IOperation? Receiver(IInvocationOperation call) =>
        call.Instance ?? (call.TargetMethod.IsExtensionMethod && call.Arguments.Length > 0 ? call.Arguments[0].Value : null);

    /// <summary>The path to an element of this collection.</summary>
    public ValuePath ElementOf() => new(_steps.Add(Element));

    public ValuePath Member(ISymbol member) => new(_steps.Add(member));

    /// <summary>Whether this is the other path or a member of it.</summary>
    public bool IsWithin(ValuePath other)
    {
        if (other._steps.Length > _steps.Length)
            return false;
        for (var i = 0; i < other._steps.Length; i++)
        {
            if (!SameStep(_steps[i], other._steps[i]))
                return false;
        }
        return true;
    }

    public bool Equals(ValuePath? other) => other is not null && other._steps.Length == _steps.Length && IsWithin(other);

    public override bool Equals(object? obj) => Equals(obj as ValuePath);

    public override int GetHashCode() => SymbolEqualityComparer.Default.GetHashCode(Root) * 31 + _steps.Length;

    /// <summary>The name of the member that the path ends with.</summary>
    public string Name => _steps[_steps.Length - 1] is ISymbol symbol ? symbol.Name : "element";

    private static bool SameStep(object one, object other) =>
        one is ISymbol symbol && other is ISymbol second ? SymbolEqualityComparer.Default.Equals(symbol, second) : ReferenceEquals(one, other);

    private static ValuePath? Read(IOperation? operation, int depth, bool follow)
    {
        if (operation is null || depth > Depth)
            return null;
        operation = operation.WithoutAwait();
        switch (operation)
        {
            case ILocalReferenceOperation local:
                return follow ? Followed(local, depth) ?? new(ImmutableArray.Create<object>(local.Local)) : new(ImmutableArray.Create<object>(local.Local));
            case IParameterReferenceOperation parameter:
                return follow && CollectionOf(parameter) is { } source && Read(SourceOf(source), depth + 1, follow) is { } collection
                    ? collection.ElementOf() : new(ImmutableArray.Create<object>(parameter.Parameter));
            case IDeclarationExpressionOperation declaration:
                return Read(declaration.Expression, depth, follow: false);
            case IPropertyReferenceOperation { Property.Name: "Value", Instance: { } nullable } when IsNullable(nullable):
                return Read(nullable, depth, follow);
            case IInvocationOperation { TargetMethod.Name: "GetValueOrDefault", Instance: { } nullable } when IsNullable(nullable):
                return Read(nullable, depth, follow);
            case IPropertyReferenceOperation { Arguments.IsEmpty: false }:
                return null;
            case IFieldReferenceOperation or IPropertyReferenceOperation:
                var reference = (IMemberReferenceOperation)operation;
                return reference.Instance is null or IInstanceReferenceOperation
                    ? new(ImmutableArray.Create<object>(reference.Member))
                    : Read(reference.Instance, depth, follow)?.Member(reference.Member);
            case IConditionalAccessOperation access:
                return Read(access.WhenNotNull, depth, follow);
            case IConditionalAccessInstanceOperation instance:
                return AccessedBy(instance) is { } accessed ? Read(accessed, depth, follow) : null;
            default:
                return null;
        }
    }

    private static bool IsNullable(IOperation operation) => operation.Type is { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T };

    private static IOperation? AccessedBy(IConditionalAccessInstanceOperation instance)
    {
        IOperation child = instance;
        for (var ancestor = instance.Parent; ancestor is not null; child = ancestor, ancestor = ancestor.Parent)
        {
            if (ancestor is IConditionalAccessOperation access && access.WhenNotNull == child)
                return access.Operation;
        }
        return null;
    }

    // The collection that a query's lambda is given the elements of.
    private static IOperation? CollectionOf(IParameterReferenceOperation parameter)
    {
        if (parameter.Parameter is not { Ordinal: 0, ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } owner })
            return null;
        for (var ancestor = parameter.Parent; ancestor is not null; ancestor = ancestor.Parent)
        {
            if (ancestor is IAnonymousFunctionOperation lambda && SymbolEqualityComparer.Default.Equals(lambda.Symbol, owner))
                return lambda.Ancestor<IInvocationOperation>() is { } call && IsQuery(call) ? Receiver(call) : null;
        }
        return null;
    }

    /// <summary>Whether the call hands the elements of its receiver to its lambda, as LINQ does.</summary>
    public static bool IsQuery(IInvocationOperation call) =>
        call.TargetMethod.ContainingType is { Name: "Enumerable" or "Queryable" or "List" or "EntityFrameworkQueryableExtensions" or "Array" or "ParallelEnumerable" };

    private static ValuePath? Followed(ILocalReferenceOperation reference, int depth)
    {
        if (reference.SemanticModel is not { } model || reference.Local.DeclaringSyntaxReferences is not [var declared])
            return null;
        var syntax = declared.GetSyntax();
        switch (syntax)
        {
            case VariableDeclaratorSyntax { Initializer: not null }:
                return model.GetOperation(syntax) is IVariableDeclaratorOperation declarator ? Read(declarator.GetVariableInitializer()?.Value, depth + 1, follow: true) : null;
            case ForEachStatementSyntax:
                return model.GetOperation(syntax) is IForEachLoopOperation loop ? Read(SourceOf(loop.Collection), depth + 1, follow: true)?.ElementOf() : null;
            case SingleVariableDesignationSyntax { Parent: PatternSyntax { Parent: IsPatternExpressionSyntax test } }:
                return model.GetOperation(test) is IIsPatternOperation match ? Read(match.Value, depth + 1, follow: true) : null;
            default:
                return null;
        }
    }
}

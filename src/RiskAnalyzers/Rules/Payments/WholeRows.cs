using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>Rows that are saved with all their columns, and with all that was loaded beside them: <c>db.Carts.Update(cart)</c> writes the stock of the cart's products.</summary>
internal static class WholeRows
{
    // From a cart over its items to their products.
    private const int Depth = 3;

    // Rows that are written once, or that nobody else writes meanwhile.
    private static readonly HashSet<string> Others = Words.SetOf("seed seeder migration import importer test fake mock");

    /// <summary>The number of the store that the call writes with an old value, and who holds it; null where none is written, or the store would notice.</summary>
    public static (string Counter, INamedTypeSymbol Holder)? Of(IOperation operation, ISymbol member, SharedCounters counters)
    {
        if (Saved(operation) is not { } row || member.ContainingType is not { } repository || Words.ContainAny(member.Name, Others) || Words.ContainAny(repository.Name, Others))
            return null;
        if (row.Type is ITypeParameterSymbol)
            return row is IParameterReferenceOperation ? InSets(repository, counters) : null;
        if (ElementOf(row.Type) is not { } type || !IsOld(row) || IsCountedHere(row, counters))
            return null;
        if (CounterOf(type, counters) is { } own)
            return (type.Name + "." + own.Name, type);
        HashSet<string>? loaded = null;
        return InGraph(type, type.Name, 0);

        (string, INamedTypeSymbol)? InGraph(INamedTypeSymbol holder, string path, int depth)
        {
            if (depth == Depth)
                return null;
            foreach (var property in holder.GetMembers().OfType<IPropertySymbol>())
            {
                if (property.IsStatic || ElementOf(property.Type) is not { TypeKind: TypeKind.Class, SpecialType: SpecialType.None } next || SymbolEqualityComparer.Default.Equals(next, type) || !StoredRows.IsKept(next))
                    continue;
                loaded ??= Loaded(repository);
                if (!loaded.Contains(property.Name))
                    continue;
                if (CounterOf(next, counters) is { } counter && !Words.ContainAny(counter.Name, Plain))
                    return (path + "." + property.Name + "." + counter.Name, next);
                if (InGraph(next, path + "." + property.Name, depth + 1) is { } found)
                    return found;
            }
            return null;
        }
    }

    // db.Carts.Update(cart), db.Update(cart), db.Entry(cart).State = EntityState.Modified
    private static IOperation? Saved(IOperation operation)
    {
        if (operation is IInvocationOperation { TargetMethod: { Name: "Update" or "UpdateRange", ContainingType: { } owner }, Arguments: [{ Value: var given }, ..] })
            return EntityFramework.IsContext(owner) || EntityFramework.IsSet(owner) ? Given(given) : null;
        return operation is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "State", Instance: IInvocationOperation { TargetMethod: { Name: "Entry", ContainingType: { } context }, Arguments: [{ Value: var entry }] } }, Value: var state }
            && EntityFramework.IsContext(context) && state.WithoutConversions() is IFieldReferenceOperation { Field.Name: "Modified" } ? Given(entry) : null;
    }

    // A params array of one is the one.
    private static IOperation Given(IOperation argument) => argument.WithoutConversions() is IArrayCreationOperation { Initializer.ElementValues: [var only] } ? only.WithoutConversions() : argument.WithoutConversions();

    // Handed in, or loaded here; what is made here holds nothing old.
    private static bool IsOld(IOperation row) => row switch
    {
        IParameterReferenceOperation { Parameter.ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Ordinary } } => true,
        ILocalReferenceOperation local => (Flow.InitialValue(local)?.WithoutAwait() is ICoalesceOperation { Value: var found } ? found.WithoutAwait() : Flow.InitialValue(local)?.WithoutAwait()) is IInvocationOperation load && load.TargetMethod.Name is not ("Map" or "Adapt" or "Create"),
        _ => false,
    };

    // Where the number itself is changed, that is the place to speak.
    private static bool IsCountedHere(IOperation row, SharedCounters counters) => row.EnclosingFunction().DescendantsInFunction().Any(operation => operation is IAssignmentOperation { Target: IPropertyReferenceOperation { Property: var set } } && SharedCounters.Is(set)
        || operation is IIncrementOrDecrementOperation { Target: IPropertyReferenceOperation { Property: var stepped } } && SharedCounters.Is(stepped)
        || operation is IFieldReferenceOperation { Field: { ContainingType.Name: "IsolationLevel" } } or IPropertyReferenceOperation { Property.Name: "IsModified" or "OriginalValues" });

    private static ISymbol? CounterOf(INamedTypeSymbol type, SharedCounters counters)
    {
        for (var holder = type; holder is { SpecialType: SpecialType.None }; holder = holder.BaseType)
        {
            if (holder.GetMembers().FirstOrDefault(member => member is IPropertySymbol { SetMethod: not null } && SharedCounters.Is(member) && !Words.ContainAny(member.Name, Rare)) is { } counter)
                return counters.AreGuarded(type) ? null : counter;
        }
        return null;
    }

    // They change too seldom for somebody to lose one.
    private static readonly HashSet<string> Rare = Words.SetOf("attempts capacity");

    // What a box or a bundle holds is part of its description.
    private static readonly HashSet<string> Plain = Words.SetOf("quantity qty count units amount value");

    private static INamedTypeSymbol? ElementOf(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol { ElementType: INamedTypeSymbol element } => element,
        INamedTypeSymbol { TypeArguments: [INamedTypeSymbol element], TypeKind: TypeKind.Class or TypeKind.Interface } list when list.AllInterfaces.Any(contract => contract.SpecialType == SpecialType.System_Collections_IEnumerable) => element,
        INamedTypeSymbol { TypeKind: TypeKind.Class } single => single,
        _ => null,
    };

    // Include(c => c.Items).ThenInclude(i => i.Product), Include("Items.Product"), anywhere in the repository.
    private static HashSet<string> Loaded(INamedTypeSymbol repository)
    {
        var loaded = new HashSet<string>(StringComparer.Ordinal);
        foreach (var reference in repository.DeclaringSyntaxReferences)
        {
            if (!TextSearch.Contains(reference.SyntaxTree, "nclude"))
                continue;
            foreach (var call in reference.GetSyntax().DescendantNodes().OfType<InvocationExpressionSyntax>())
            {
                if (call.Expression is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Include" or "ThenInclude" } || call.ArgumentList.Arguments is not [{ Expression: var path }, ..])
                    continue;
                foreach (var node in path.DescendantNodesAndSelf())
                {
                    if (node is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name })
                        loaded.Add(name);
                    else if (node is LiteralExpressionSyntax { Token.Value: string text })
                        loaded.UnionWith(text.Split('.'));
                }
            }
        }
        return loaded;
    }

    // Repository<T>.Update(entity): what the context keeps tells which rows come by.
    private static (string, INamedTypeSymbol)? InSets(INamedTypeSymbol repository, SharedCounters counters)
    {
        var contexts = repository.GetMembers().OfType<IFieldSymbol>().Select(field => field.Type).Concat(repository.InstanceConstructors.SelectMany(constructor => constructor.Parameters.Select(parameter => parameter.Type))).Where(EntityFramework.IsContext);
        foreach (var set in contexts.SelectMany(context => context.GetMembers()).OfType<IPropertySymbol>())
        {
            if (set.Type is INamedTypeSymbol { TypeArguments: [INamedTypeSymbol entity] } && EntityFramework.IsSet(set.Type) && CounterOf(entity, counters) is { } counter)
                return (entity.Name + "." + counter.Name, entity);
        }
        return null;
    }
}

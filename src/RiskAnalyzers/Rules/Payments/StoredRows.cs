using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>Which objects of a member are rows of a store, and whether the member writes them back.</summary>
internal static class StoredRows
{
    /// <summary>Whether what holds the member was loaded here, reached from something that was, or handed in as an entity.</summary>
    public static bool IsStored(IOperation holder, OperationVisit visit, Persistence persistence)
    {
        var entity = holder.WithoutConversions().Type;
        (ILocalSymbol List, ITypeSymbol? Entity)? collected = null;
        for (var steps = 0; steps < 8; steps++)
        {
            holder = holder.WithoutAwait();
            switch (holder)
            {
                case ILocalReferenceOperation { Local: var local }:
                    collected = (local, entity);
                    if (CallerInput.Origin(local, holder) is not { } origin || origin.IsNull())
                        return Assigned(local, visit.Body) is { } value && IsLoad(value, persistence);
                    holder = origin;
                    break;
                case IMemberReferenceOperation { Instance: { } instance } when instance is not IInstanceReferenceOperation:
                    holder = instance;
                    break;
                case ICoalesceOperation { Value: var first }:
                    holder = first;
                    break;
                case IObjectCreationOperation when collected is { } list && Collected(list, visit) is { } put:
                    collected = null;
                    holder = put;
                    break;
                case IArrayElementReferenceOperation { ArrayReference: var array }:
                    holder = array;
                    break;
                case IInvocationOperation call when IsLoad(call, persistence):
                    return true;
                case IInvocationOperation call when EntityFramework.Receiver(call) is { } receiver && receiver is not IInstanceReferenceOperation:
                    holder = receiver;
                    break;
                case IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } indexed }:
                    holder = indexed;
                    break;
                case IConditionalAccessOperation access:
                    holder = access.Operation;
                    break;
                case IParameterReferenceOperation { Parameter: { Type: INamedTypeSymbol type } parameter }:
                    return parameter.ContainingSymbol is IMethodSymbol { MethodKind: not MethodKind.AnonymousFunction } && type.TypeKind == TypeKind.Class && (persistence.IsEntity(type) || IsKept(type));
                default:
                    return false;
            }
        }
        return false;
    }

    // foreach (var (product, quantity) in checkedProducts): what was put into the list by hand before.
    private static IOperation? Collected((ILocalSymbol List, ITypeSymbol? Entity) collected, OperationVisit visit) => visit.Body.Descendants().OfType<IInvocationOperation>()
        .Where(call => call.TargetMethod.Name is "Add" or "TryAdd" or "Enqueue" or "Push" && call.Instance is ILocalReferenceOperation { Local: var list } && SymbolEqualityComparer.Default.Equals(list, collected.List))
        .SelectMany(call => call.Arguments.SelectMany(argument => argument.Value.DescendantsAndSelf())).FirstOrDefault(part => part is ILocalReferenceOperation && SymbolEqualityComparer.Default.Equals(part.Type, collected.Entity));

    /// <summary>Whether the type is an entity of a store that no context here declares: a class with an id.</summary>
    public static bool IsKept(INamedTypeSymbol type)
    {
        for (var ancestor = type; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (!ancestor.GetMembers("Id").IsEmpty || !ancestor.GetMembers(ancestor.Name + "Id").IsEmpty || ancestor.Name is "BaseEntity" or "Entity" or "EntityBase" or "AggregateRoot")
                return true;
        }
        return false;
    }

    private static IOperation? Assigned(ILocalSymbol local, IOperation body) => body.Descendants().OfType<ISimpleAssignmentOperation>()
        .FirstOrDefault(assignment => SymbolEqualityComparer.Default.Equals(assignment.Target.ReferencedSymbol(), local))?.Value;

    private static bool IsLoad(IOperation value, Persistence persistence) => value.WithoutAwait() is IInvocationOperation call
        && (persistence.Of(call).HasFlag(DataReach.Query) || call.TargetMethod.Name is "Find" or "FindAsync"
            || Words.Of(call.TargetMethod.Name) is ["get" or "find" or "load" or "fetch", ..] && call.Instance is not null && call.TargetMethod.ContainingType is { } type && Words.Of(type.Name) is [.., "repository" or "service" or "store" or "dao" or "repo" or "session" or "context" or "manager"]);

    /// <summary>Whether something in the member, beside the operation itself, saves.</summary>
    public static bool IsSaved(OperationVisit visit, Persistence persistence) => visit.Body.DescendantsAndSelf().Any(operation => operation is IInvocationOperation call && call != visit.Operation && IsSave(call, persistence))
        || visit.Member is IMethodSymbol { DeclaredAccessibility: Accessibility.Private, MethodKind: MethodKind.Ordinary } step && IsSavedByCaller(step, visit.Cancellation);

    // A step of a handler: whoever calls it saves what it changed.
    private static bool IsSavedByCaller(IMethodSymbol step, CancellationToken cancellation) => step.DeclaringSyntaxReferences is [var own] && own.GetSyntax(cancellation).Parent is TypeDeclarationSyntax type
        && type.Members.OfType<MethodDeclarationSyntax>().Any(method => method.Identifier.ValueText != step.Name && TextSearch.ContainsAny(method, Saves) && TextSearch.ContainsAny(method, new[] { step.Name + "(" }));

    private static readonly string[] Saves = { "SaveChanges", "SaveAsync(", "CommitAsync(", ".Save(" };

    /// <summary>Whether the call saves, by what it does or by its name.</summary>
    public static bool IsSave(IInvocationOperation call, Persistence persistence) => persistence.Of(call).HasFlag(DataReach.Save)
        || Words.Of(call.TargetMethod.Name) is ["update" or "save" or "replace" or "upsert" or "store" or "commit" or "persist", ..] && !LogCalls.IsLog(call);
}
